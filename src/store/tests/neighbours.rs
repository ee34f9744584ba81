//! Looking for articles that may be copies.

use super::*;

fn banded(url: &str, bands: &[u64]) -> Filing {
    Filing { bands: bands.iter().map(|band| band << 32).collect(), ..filing(url, url) }
}

async fn nearest(desk: &Desk, bands: &[u64], limit: usize) -> Vec<String> {
    let bands = bands.iter().map(|band| band << 32).collect();
    let neighbours = desk.store.neighbours(bands, limit).await.unwrap();
    neighbours.found.into_iter().map(|stored| stored.article.url).collect()
}

#[tokio::test]
async fn the_nearest_come_first_and_of_equals_the_latest() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c", "d"]).await;
    for (entry, bands) in entries.iter().zip([&[1, 2, 3][..], &[1, 9], &[2, 8], &[7]]) {
        let url = format!("https://bao.example/{}", entry.entry.key.as_str());
        desk.store.commit_ingest(entry, banded(&url, bands)).await.unwrap();
    }
    for (bands, limit, found) in [
        (&[1, 2, 3, 4][..], 9, &["a", "c", "b"][..]),
        (&[1, 2, 3, 4], 2, &["a", "c"]),
        (&[7], 9, &["d"]),
        (&[5, 6], 9, &[]),
        (&[], 9, &[]),
    ] {
        let found: Vec<String> = found.iter().map(|key| format!("https://bao.example/{key}")).collect();
        assert_eq!(nearest(&desk, bands, limit).await, found, "{bands:?}");
    }
}

#[tokio::test]
async fn who_files_after_a_copy_that_was_not_seen_decides_again() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b"]).await;
    let seen = desk.store.neighbours(vec![], 9).await.unwrap().up_to;
    let first = Filing { judged_up_to: seen, ..banded("https://bao.example/a", &[1, 2]) };
    let copy = Filing { judged_up_to: seen, ..banded("https://bao.example/b", &[2, 3]) };
    assert!(matches!(desk.store.commit_ingest(&entries[0], first).await.unwrap(), Ingested::New(_)));
    let overtaken = desk.store.commit_ingest(&entries[1], copy.clone()).await.unwrap();
    assert_eq!(overtaken, Ingested::Overtaken);
    let again = desk.store.neighbours(copy.bands.clone(), 9).await.unwrap();
    assert_eq!(again.found.len(), 1);
    let copy = Filing { judged_up_to: again.up_to, ..copy };
    assert!(matches!(desk.store.commit_ingest(&entries[1], copy).await.unwrap(), Ingested::New(_)));
}
