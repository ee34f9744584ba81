//! Looking for articles that may be copies.

use super::*;

fn banded(url: &str, bands: &[u64]) -> Filing {
    Filing { bands: bands.iter().map(|band| band << 32).collect(), ..filing(url, url) }
}

#[tokio::test]
async fn the_nearest_come_first_and_of_equals_the_latest() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let earlier = ["a", "b", "c", "d"];
    let entries = desk.list("bao", &[&earlier[..], &["e", "f", "g", "h"]].concat()).await;
    let url = |entry: &ClaimedEntry| format!("https://bao.example/{}", entry.entry.key.as_str());
    let (earlier, later) = entries.split_at(4);
    for (entry, bands) in earlier.iter().zip([&[1, 2, 3][..], &[1, 9], &[2, 8], &[7]]) {
        desk.file(entry, banded(&url(entry), bands)).await;
    }
    for (entry, (bands, found)) in later.iter().zip([
        (&[1, 2, 3, 4][..], &["a", "c", "b"][..]),
        (&[7], &["d"]),
        (&[5, 6], &[]),
        (&[], &[]),
    ]) {
        let (_, nearby) = desk.file_seeing(entry, banded(&url(entry), bands)).await;
        let articles = nearby.into_iter().map(|nearby| nearby.article.unwrap().url);
        let expected = found.iter().map(|key| format!("https://bao.example/{key}"));
        assert!(articles.eq(expected), "{bands:?}");
    }
}

#[tokio::test]
async fn of_two_copies_that_are_filed_together_the_later_one_sees_the_earlier() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b"]).await;
    let file = |entry: usize, bands: &'static [u64]| {
        let (desk, entry) = (&desk, &entries[entry]);
        async move { desk.file_seeing(entry, banded(&format!("https://bao.example/{bands:?}"), bands)).await }
    };
    let (first, second) = tokio::join!(file(0, &[1, 2]), file(1, &[2, 3]));
    let seen = |nearby: &[Nearby]| nearby.iter().map(|nearby| nearby.id).collect::<Vec<_>>();
    let both = (seen(&first.1), seen(&second.1));
    assert!(both == (vec![], vec![first.0]) || both == (vec![second.0], vec![]), "{both:?}");
}
