//! What is stored, looked at: searches, counts, and looking again.

use super::*;
use crate::model::{Earlier, Prominence, Told, Withheld};
use crate::text::normalise::search_form;

const DAY: Duration = Duration::from_hours(24);

fn named(entity: &str) -> Prominence {
    Prominence { name: entity.to_owned(), count: 2, in_title: false, surfaces: vec![entity.to_owned()] }
}

/// An article that was filed at `at`.
fn article(url: &str, (title, text): (&str, &str), entities: &[&str], at: Timestamp) -> Filing {
    Filing {
        entities: entities.iter().map(|entity| named(entity)).collect(),
        search_title: search_form(title),
        search_body: search_form(text),
        at,
        ..filing(url, text)
    }
}

/// Three articles of two sources: the eldest is four days old, the newest of today.
pub(super) async fn filed() -> Desk {
    let desk = Desk::open();
    desk.watch(&["bao", "tin"]).await;
    for source in desk.claim_sources(NOW, 100).await {
        let keys: &[&str] = if source.name == "bao" { &["1", "2"] } else { &["3"] };
        let entries = keys.iter().map(|key| new_entry(key)).collect();
        assert!(desk.store.commit_poll(&source, PollResult { entries, ..answered(NOW) }).await.unwrap());
    }
    let mut claimed = desk.claim_entries(NOW).await;
    claimed.sort_by(|one, other| one.entry.key.as_str().cmp(other.entry.key.as_str()));
    let old = NOW.minus(4 * DAY);
    for (entry, filing) in claimed.iter().zip([
        article("https://bao.example/1", ("Chip mới", "Điện tử 华为发布新芯片"), &["Huawei"], old),
        article(
            "https://bao.example/2",
            ("Robot", "chip của SMIC và điện tử"),
            &["Huawei", "SMIC"],
            NOW.minus(DAY),
        ),
        article("https://tin.example/3", ("Tin", "chip khác"), &["SMIC"], NOW),
    ]) {
        desk.store.commit_ingest(entry, filing).await.unwrap();
    }
    desk
}

pub(super) fn all_of(phrases: &[&str]) -> Search {
    let wanted = phrases.iter().map(|phrase| vec![Phrase::Anywhere(search_form(phrase))]);
    Search { wanted: wanted.collect(), ..Search::default() }
}

pub(super) fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(super) async fn found(desk: &Desk, search: &Search, before: i64) -> Vec<i64> {
    let found = desk.store.search(search.clone(), before, 10).await.unwrap();
    found.iter().map(|found| found.seq).collect()
}

#[tokio::test]
async fn articles_are_found_by_words_names_and_time_newest_first() {
    let desk = filed().await;
    let nothing = Search::default();
    let chip = all_of(&["chip"]);
    for (search, seqs) in [
        (chip.clone(), vec![3, 2, 1]),
        (nothing.clone(), vec![3, 2, 1]),
        (all_of(&["Điện tử", "chip"]), vec![2, 1]),
        (all_of(&["tu dien"]), vec![]),
        (all_of(&["华为"]), vec![1]),
        (all_of(&["为华"]), vec![]),
        (all_of(&["\" OR *"]), vec![]),
        (Search { wanted: vec![vec![Phrase::InTitle("chip".to_owned())]], ..nothing.clone() }, vec![1]),
        (
            Search {
                wanted: vec![vec![Phrase::InTitle("chip".to_owned()), Phrase::Anywhere("khac".to_owned())]],
                ..nothing.clone()
            },
            vec![3, 1],
        ),
        (
            Search {
                unwanted: vec![Phrase::Anywhere("smic".to_owned()), Phrase::Anywhere("khac".to_owned())],
                ..chip.clone()
            },
            vec![1],
        ),
        (Search { entities: vec![names(&["SMIC"])], ..chip.clone() }, vec![3, 2]),
        (Search { entities: vec![names(&["SMIC", "Huawei"])], ..nothing.clone() }, vec![3, 2, 1]),
        (Search { entities: vec![names(&["SMIC"]), names(&["Huawei"])], ..nothing.clone() }, vec![2]),
        (
            Search {
                entities: vec![names(&["SMIC"])],
                unwanted: vec![Phrase::Anywhere("khac".to_owned())],
                ..nothing.clone()
            },
            vec![2],
        ),
        (Search { without_entities: names(&["Huawei"]), ..chip.clone() }, vec![3]),
        (Search { sources: names(&["bao"]), ..nothing.clone() }, vec![2, 1]),
        (Search { sources: names(&["bao", "tin"]), ..chip.clone() }, vec![3, 2, 1]),
        (Search { without_sources: names(&["bao"]), ..chip.clone() }, vec![3]),
        (Search { since: Some(NOW.minus(2 * DAY)), ..chip.clone() }, vec![3, 2]),
        (Search { until: Some(NOW.minus(2 * DAY)), ..chip.clone() }, vec![1]),
        (Search { since: Some(NOW.plus(DAY)), ..chip.clone() }, vec![]),
        (
            Search { since: Some(NOW.minus(2 * DAY)), entities: vec![names(&["Huawei"])], ..nothing.clone() },
            vec![2],
        ),
    ] {
        assert_eq!(found(&desk, &search, i64::MAX).await, seqs, "{search:?}");
        let older: Vec<i64> = seqs.into_iter().filter(|seq| *seq < 3).collect();
        assert_eq!(found(&desk, &search, 3).await, older, "before the third: {search:?}");
    }
    assert_eq!(desk.store.source_names().await.unwrap(), ["bao", "tin"]);
}

#[tokio::test]
async fn an_entity_of_many_articles_is_gone_through_from_the_newest() {
    let desk = filed().await;
    desk.store
        .alter(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10200) \
             INSERT INTO article (seq, id, source_id, title, first_seen_at, document) \
             SELECT -i, unhex(printf('%032x', i)), (SELECT id FROM source LIMIT 1), '', 0, '{}' FROM n; \
             INSERT INTO mention (article_id, entity, count, in_title, surfaces, article_seq) \
             SELECT id, 'Huawei', 1, 0, '[]', seq FROM article WHERE first_seen_at = 0",
        )
        .await;
    let huawei = Search { entities: vec![names(&["Huawei"])], ..Search::default() };
    let newest = found(&desk, &huawei, i64::MAX).await;
    assert_eq!((newest.len(), &newest[..2]), (10, &[2, 1][..]));
    let recent = Search { since: Some(NOW.minus(2 * DAY)), ..huawei.clone() };
    assert_eq!(found(&desk, &recent, i64::MAX).await, [2]);
    let with_words = Search { entities: huawei.entities, ..all_of(&["chip"]) };
    assert_eq!(found(&desk, &with_words, i64::MAX).await, [2, 1]);
}

#[tokio::test]
async fn mentions_are_counted_by_day() {
    let desk = filed().await;
    assert_eq!(desk.store.mentioned_entities().await.unwrap(), ["Huawei", "SMIC"]);
    assert!(desk.store.is_mentioned("SMIC".to_owned()).await.unwrap());
    assert!(!desk.store.is_mentioned("smic".to_owned()).await.unwrap());
    let days = vec![NOW.minus(2 * DAY), NOW.minus(DAY), NOW];
    let counted = desk.store.entity_days(None, days.clone()).await.unwrap();
    let short: Vec<_> =
        counted.iter().map(|entity| (entity.entity.as_str(), entity.days.as_slice())).collect();
    assert_eq!(short, [("Huawei", &[0, 1, 0][..]), ("SMIC", &[0, 1, 1])]);
    assert_eq!((counted[0].first, counted[0].last), (NOW.minus(4 * DAY), NOW.minus(DAY)));
    assert_eq!(desk.store.entity_days(Some("Nvidia".to_owned()), days).await.unwrap(), []);
    let spellings = desk.store.spellings("Huawei".to_owned(), Timestamp::EPOCH, 100).await.unwrap();
    assert_eq!(spellings, [("Huawei".to_owned(), 2)]);
}

#[tokio::test]
async fn looking_again_notes_mentions_and_raises_what_is_missing_once() {
    let desk = filed().await;
    let id = desk.store.search(all_of(&["khac"]), i64::MAX, 1).await.unwrap()[0].id;
    let causes = Causes {
        alerts: alerts(&[("Chips", "mail:desk@example.org")]).alerts,
        digests: alerts(&[("Sáng", "mail:team@example.org")]).alerts,
    };
    let mentions = vec![("SMIC".to_owned(), None), ("Huawei".to_owned(), Some(named("Huawei")))];
    let again = || Rescan {
        id,
        mentions: mentions.clone(),
        filing: Some(Filing { if_new: causes.clone(), ..filing("https://tin.example/3", "x") }),
        placing: None,
    };
    let first = desk.store.rescan(vec![again()]).await.unwrap();
    assert_eq!(first, Rescanned { added: 1, changed: 0, removed: 1, alerts: 1, items: 1, copies: 0 });
    let second = desk.store.rescan(vec![again()]).await.unwrap();
    assert_eq!(second, Rescanned::default());
    let traces = desk.store.traces(vec![id]).await.unwrap().remove(0);
    assert_eq!(traces.entities, [named("Huawei")]);
    assert_eq!((traces.sources, traces.is_held), (names(&["tin"]), false));
    assert!(traces.alerts.contains(&("Chips".to_owned(), "mail:desk@example.org".to_owned())));
    assert!(traces.digests.contains(&("Sáng".to_owned(), "mail:team@example.org".to_owned())));
    assert_eq!(desk.claim_deliveries(NOW.plus(DAY)).await.len(), 1);
    let gone = Rescan { id: ArticleId::new(NOW), mentions, filing: None, placing: None };
    assert_eq!(desk.store.rescan(vec![gone]).await.unwrap(), Rescanned::default());
}

#[tokio::test]
async fn looking_again_tells_nobody_of_a_copy_and_puts_it_into_its_story() {
    let desk = filed().await;
    let all = desk.store.search(Search::default(), i64::MAX, 9).await.unwrap();
    let [copy, _, original] = [0, 1, 2].map(|place| all[place].id);
    let chips = alerts(&[("Chips", "mail:desk@example.org")]);
    let cause = chips.alerts[0].clone();
    let again = |id: ArticleId, kin: Vec<Kin>| {
        let told = Told { cause: cause.clone(), by: original };
        let weigh: Weigh = std::sync::Arc::new(move |earlier: &[Earlier]| Withheld {
            alerts: earlier.iter().flat_map(|earlier| &earlier.alerts).map(|_| told.clone()).collect(),
            digests: Vec::new(),
        });
        let judge: Judge = std::sync::Arc::new(move |_nearby| kin.clone());
        let kindred = Kindred { keys: vec![7 << 32], facts: vec![1], judge: Some(judge), weigh: Some(weigh) };
        let filing = Filing { if_new: chips.clone(), ..filing("https://tin.example/3", "x") };
        let placing = Some(Placing { bands: vec![5 << 32], kindred });
        Rescan { id, mentions: Vec::new(), filing: Some(filing), placing }
    };
    let kin = vec![Kin { id: original, holds_all: true, is_tied: true }];
    let both = vec![again(original, Vec::new()), again(copy, kin)];
    let done = desk.store.rescan(both).await.unwrap();
    assert_eq!(done, Rescanned { alerts: 1, copies: 1, ..Rescanned::default() });
    assert_eq!(desk.store.story_of(copy).await.unwrap().unwrap().articles, 2);
    assert_eq!(desk.store.held_copies(copy).await.unwrap().len(), 1);
    // Those that come later find it.
    desk.watch(&["xa"]).await;
    let entry = &desk.list("xa", &["later"]).await[0];
    let kindred = Kindred { keys: vec![7 << 32], ..Kindred::default() };
    let later = Filing { bands: vec![5 << 32], kindred, ..filing("https://tin.example/later", "y") };
    let (_, nearby) = desk.file_seeing(entry, later).await;
    assert!(nearby.iter().any(|near| near.id == copy));
    let traces = desk.store.traces(vec![copy]).await.unwrap().remove(0);
    assert!(traces.alerts.contains(&("Chips".to_owned(), "mail:desk@example.org".to_owned())));
}

#[tokio::test]
async fn however_many_articles_a_name_or_a_source_has_the_same_are_found() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let keys: Vec<String> = (0..100).map(|number| format!("k{number:03}")).collect();
    let entries = desk.list("bao", &keys.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for (at, entry) in entries.iter().enumerate() {
        let text = if at % 2 == 0 { "chip mới ra" } else { "mới ra chip" };
        let names: &[&str] = if at % 10 < 8 { &["Huawei"] } else { &[] };
        let url = format!("https://bao.example/{at}");
        let filing = Filing { content_hash: None, ..article(&url, ("Tin", text), names, NOW) };
        desk.store.commit_ingest(entry, filing).await.unwrap();
    }
    let of_name = Search { entities: vec![names(&["Huawei"])], ..Search::default() };
    let of_source = Search { sources: names(&["bao"]), ..Search::default() };
    let both = Search { sources: names(&["bao"]), ..of_name.clone() };
    for (wanted, is_meant) in [
        (&[][..], &(|_| true) as &dyn Fn(i64) -> bool),
        (&["chip"], &|_| true),
        (&["chip moi"], &|seq| seq % 2 == 1),
        (&["moi", "ra chip"], &|seq| seq % 2 == 0),
        (&["khong"], &|_| false),
    ] {
        let is_named = |seq: &i64| (seq - 1) % 10 < 8;
        for (search, needs_name) in [(&of_name, true), (&of_source, false), (&both, true)] {
            let search = Search { wanted: all_of(wanted).wanted, ..search.clone() };
            let meant = (1..90).rev().filter(|seq| is_meant(*seq) && (!needs_name || is_named(seq)));
            let meant: Vec<i64> = meant.take(10).collect();
            assert_eq!(found(&desk, &search, 90).await, meant, "{search:?}");
        }
    }
}

#[tokio::test]
async fn a_source_that_is_called_like_a_name_is_no_mention_of_it() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let elsewhere = desk.list("bao", &["a", "b", "c", "d"]).await;
    desk.watch(&["bao", "Huawei"]).await;
    let own = desk.list("Huawei", &["e", "f"]).await;
    for (at, entry) in elsewhere.iter().chain(&own).enumerate() {
        let mentioned: &[&str] = if at < 5 { &["Huawei"] } else { &[] };
        let filing = article(&format!("https://bao.example/{at}"), ("Tin", "chip mới"), mentioned, NOW);
        desk.store.commit_ingest(entry, Filing { content_hash: None, ..filing }).await.unwrap();
    }
    let search =
        Search { sources: names(&["Huawei"]), entities: vec![names(&["Huawei"])], ..Search::default() };
    assert_eq!(found(&desk, &search, 100).await, [5]);
}
