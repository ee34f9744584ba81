//! A database of an earlier version.

use rusqlite::{Connection, params};

use super::*;
use crate::store::open::{APPLICATION_ID, FILE_NAME, MIGRATIONS, open_writer};

/// A file as the fourth schema had it, with one article that was brought by an entry and one entry that was held back.
fn of_fourth_schema(folder: &std::path::Path) {
    let old = Connection::open(folder.join(FILE_NAME)).unwrap();
    MIGRATIONS[..4].iter().for_each(|step| old.execute_batch(step).unwrap());
    old.pragma_update(None, "user_version", 4).unwrap();
    old.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    let (source, id, now) = (SourceId::new(NOW), ArticleId::new(NOW), NOW.micros());
    let article = filing("https://bao.example/a", "nội dung").article;
    old.execute(
        "INSERT INTO source (id, name, url, host_key, configured, state, state_since, next_poll_at) VALUES (?1, 'Báo', 'u', 'h', 1, 'ok', 0, 5)",
        [source],
    )
    .unwrap();
    old.execute(
        "INSERT INTO article (seq, id, source_id, title, first_seen_at, content_hash, document) VALUES (7, ?1, ?2, ?3, ?4, zeroblob(32), ?5)",
        params![id, source, article.title, now, serde_json::to_string(&article).unwrap()],
    )
    .unwrap();
    old.execute("INSERT INTO article_url (url_key, article_id) VALUES (?1, ?2)", params![article.url, id])
        .unwrap();
    old.execute(
        "INSERT INTO article_source (article_id, source_id, url, first_seen_at) VALUES (?1, ?2, 'https://bao.example/a?feed', ?3)",
        params![id, source, now],
    )
    .unwrap();
    old.execute(
        "INSERT INTO mention (article_id, entity, count, in_title, surfaces) VALUES (?1, 'Huawei', 1, 0, '[]')",
        [id],
    )
    .unwrap();
    old.execute("INSERT INTO article_search (rowid, title, body) VALUES (7, 'tieu de', 'noi dung')", [])
        .unwrap();
    for (key, title, held, article) in [
        ("link:https://bao.example/a", "Bài a", None, Some(id)),
        ("guid:9", "Bài cũ", Some("backfill"), None),
    ] {
        let state = if held.is_some() { "held" } else { "done" };
        old.execute(
            "INSERT INTO entry (source_id, key, url, title, first_seen_at, state, held, article_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![source, key, if held.is_none() { "https://bao.example/a" } else { "https://bao.example/old" }, title, now, state, held, article],
        )
        .unwrap();
    }
}

async fn is_whole(store: &Store) {
    let article = filing("https://bao.example/a", "nội dung").article;
    let stored = store.article_by_url("https://bao.example/a".to_owned()).await.unwrap().unwrap();
    assert_eq!((stored.seq, &stored.article), (7, &article));
    let in_title =
        |word: &str| Search { wanted: vec![vec![Phrase::InTitle(word.to_owned())]], ..Search::default() };
    for (search, is_found) in [
        (words("noi dung"), true),
        (in_title("tieu"), true),
        (in_title("noi"), false),
        (Search { entities: vec![vec!["Huawei".to_owned()]], ..words("dung") }, true),
        (Search { sources: vec!["Báo".to_owned()], ..Search::default() }, true),
        (Search { without_entities: vec!["Huawei".to_owned()], ..words("dung") }, false),
    ] {
        let found = store.search(search.clone(), i64::MAX, 9).await.unwrap();
        assert_eq!(found.len(), usize::from(is_found), "{search:?}");
    }
    assert_eq!(store.sightings(stored.id).await.unwrap()[0].url, "https://bao.example/a?feed");
    assert_eq!(store.verdicts_by_source(NOW).await.unwrap()[0].2, 1);
    let history = store.entry_histories("https://bao.example/a".to_owned()).await.unwrap();
    let [entry] = history.as_slice() else { panic!("{history:?}") };
    assert_eq!(entry.title.as_deref(), Some(article.title.as_str()));
    let held = store.entry_histories("guid:9".to_owned()).await.unwrap();
    assert_eq!((held[0].title.as_deref(), held[0].held.as_deref()), (Some("Bài cũ"), Some("backfill")));
}

#[tokio::test]
async fn an_older_file_is_whole_before_and_after_its_texts_are_packed() {
    let folder = tempfile::tempdir().unwrap();
    of_fourth_schema(folder.path());
    let store = Store::open(folder.path()).unwrap();
    is_whole(&store).await;
    assert_eq!(store.repack_some(9).await.unwrap(), 1);
    assert_eq!(store.repack_some(9).await.unwrap(), 0);
    is_whole(&store).await;
}

#[tokio::test]
async fn what_an_older_file_takes_in_and_changes_is_found_like_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    of_fourth_schema(folder.path());
    let desk = Desk { store: Store::open(folder.path()).unwrap(), folder };
    desk.watch(&["tin"]).await;
    let claimed = desk.list("tin", &["1"]).await.remove(0);
    let new = Filing {
        search_title: "dau de".to_owned(),
        search_body: "noi dung khac".to_owned(),
        ..filing("https://tin.example/1", "khác")
    };
    desk.store.commit_ingest(&claimed, new).await.unwrap();
    let found = |search| desk.store.search(search, i64::MAX, 9);
    let seqs = |found: Vec<Found>| found.into_iter().map(|found| found.seq).collect::<Vec<_>>();
    assert_eq!(seqs(found(words("noi dung")).await.unwrap()), [8, 7]);
    let in_title = vec![vec![Phrase::InTitle("de".to_owned())]];
    assert_eq!(seqs(found(Search { wanted: in_title, ..Search::default() }).await.unwrap()), [8, 7]);
    let of_source = Search { sources: vec!["tin".to_owned()], ..words("khac") };
    assert_eq!(seqs(found(of_source).await.unwrap()), [8]);
}

#[tokio::test]
async fn a_text_that_cannot_be_read_stays_and_keeps_no_other_from_being_packed() {
    let folder = tempfile::tempdir().unwrap();
    of_fourth_schema(folder.path());
    let store = Store::open(folder.path()).unwrap();
    store
        .alter(
            "INSERT INTO article (seq, id, source_id, title, first_seen_at, document) \
             SELECT 8, x'00112233445566778899aabbccddeeff', source_id, '', 0, '{damaged' FROM article; UPDATE packing SET last_seq = 8",
        )
        .await;
    while store.repack_some(1).await.unwrap() > 0 {}
    is_whole(&store).await;
}

#[tokio::test]
async fn what_articles_have_in_common_is_taken_over_from_rows_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    of_fourth_schema(folder.path());
    let old = Connection::open(folder.path().join(FILE_NAME)).unwrap();
    crate::store::keys::teach(&old).unwrap();
    MIGRATIONS[4..12].iter().for_each(|step| old.execute_batch(step).unwrap());
    old.pragma_update(None, "user_version", 12).unwrap();
    old.execute_batch(
        "INSERT INTO article_band VALUES (5, 7), (-3, 7); INSERT INTO story_key VALUES (0, -6, 7); INSERT INTO story_facts VALUES (7, 0, x'01')",
    )
    .unwrap();
    drop(old);
    let desk = Desk { store: Store::open(folder.path()).unwrap(), folder };
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["x", "y"]).await;
    let bands = [5, 0xFFFF_FFFD].map(|band| band << 32);
    let (_, by_words) = desk
        .file_seeing(&entries[0], Filing { bands: bands.to_vec(), ..filing("https://bao.example/x", "x") })
        .await;
    assert_eq!(by_words.len(), 1);
    let kindred = Kindred { keys: vec![(-6_i64) as u64], ..Kindred::default() };
    let (_, by_names) =
        desk.file_seeing(&entries[1], Filing { kindred, ..filing("https://bao.example/y", "y") }).await;
    assert_eq!(by_names[0].facts.as_deref(), Some(&[1][..]));
}

#[test]
fn an_index_without_words_is_made_anew_and_one_with_words_is_kept() {
    for (words, columns) in
        [("", "body, title"), ("INSERT INTO article_search (rowid, title) VALUES (1, 'chip')", "title, body")]
    {
        let folder = tempfile::tempdir().unwrap();
        let first = Connection::open(folder.path().join(FILE_NAME)).unwrap();
        first.execute_batch(MIGRATIONS[0]).unwrap();
        first.execute_batch(words).unwrap();
        first.pragma_update(None, "user_version", 1).unwrap();
        first.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        drop(first);
        let upgraded = open_writer(folder.path()).unwrap();
        let index: String = upgraded
            .query_row("SELECT sql FROM sqlite_schema WHERE name = 'article_search'", [], |row| row.get(0))
            .unwrap();
        assert!(index.contains(columns), "{index}");
    }
}
