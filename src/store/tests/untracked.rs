//! Articles that nobody looks at again, though their sources want that.

use super::*;

const DAY: Duration = Duration::from_hours(24);

/// Three articles each of two sources, filed today, three and six days ago.
async fn filed() -> Desk {
    let desk = Desk::open();
    desk.watch(&["bao", "tin"]).await;
    for source in desk.claim_sources(NOW, 100).await {
        let entries = ["6", "3", "0"].map(|days| new_entry(&format!("{}-{days}", source.name)));
        let result = PollResult { entries: entries.into(), ..answered(NOW) };
        assert!(desk.store.commit_poll(&source, result).await.unwrap());
    }
    let mut claimed = desk.claim_entries(NOW).await;
    let key = |entry: &ClaimedEntry| entry.entry.key.as_str().to_owned();
    claimed.sort_by_key(|entry| std::cmp::Reverse(key(entry).split('-').nth(1).unwrap().to_owned()));
    for entry in &claimed {
        let key = key(entry);
        let days: u32 = key.split('-').nth(1).unwrap().parse().unwrap();
        let filing = Filing { at: NOW.minus(DAY * days), ..filing(&key, &key) };
        assert!(matches!(desk.store.commit_ingest(entry, filing).await.unwrap(), Ingested::New(_)));
    }
    desk
}

/// All of them, taken one by one.
async fn untracked(desk: &Desk, sources: &[(&str, u32)]) -> Vec<StoredArticle> {
    let sources = sources.iter().map(|(name, days)| ((*name).to_owned(), NOW.minus(DAY * *days)));
    let sources: Vec<_> = sources.collect();
    let (mut found, mut after) = (Vec::new(), 0);
    while let Some(page) = desk.store.untracked_articles(sources.clone(), after, 1).await.unwrap() {
        found.extend(page.articles);
        after = page.last;
    }
    found
}

fn named(articles: &[StoredArticle]) -> Vec<&str> {
    let mut names: Vec<&str> = articles.iter().map(|stored| stored.article.url.as_str()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn each_source_has_its_own_span() {
    let desk = filed().await;
    for (sources, expected) in [
        (&[("bao", 7), ("tin", 4)][..], &["bao-0", "bao-3", "bao-6", "tin-0", "tin-3"][..]),
        (&[("tin", 1)], &["tin-0"]),
        (&[("khac", 7)], &[]),
        (&[], &[]),
    ] {
        assert_eq!(named(&untracked(&desk, sources).await), expected, "{sources:?}");
    }
}

#[tokio::test]
async fn one_that_cannot_be_read_or_is_gone_keeps_no_other_from_being_looked_at() {
    let desk = filed().await;
    let wanted = [("bao", 7), ("tin", 7)];
    let all = untracked(&desk, &wanted).await;
    desk.store.alter("UPDATE article SET document = '{', packed = NULL WHERE title LIKE '%bao-3'").await;
    assert_eq!(
        named(&untracked(&desk, &wanted).await),
        ["bao-0", "bao-6", "tin-0", "tin-3", "tin-6"],
        "one is left aside"
    );
    let track = |id| {
        let track = Track {
            url: "https://bao.example/1".to_owned(),
            host_key: "bao.example".to_owned(),
            born: NOW,
            span: i64::try_from((9 * DAY).as_micros()).unwrap(),
            next_check_at: NOW,
            pages: vec![],
        };
        (id, track)
    };
    let mut tracks = vec![track(ArticleId::new(NOW))];
    tracks.extend(all.iter().map(|stored| track(stored.id)));
    desk.store.track_again(tracks, NOW).await.unwrap();
    assert!(untracked(&desk, &wanted).await.is_empty());
}
