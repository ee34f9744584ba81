//! Articles that stand on several pages: names on the last of them raise alerts, and no part is waited for without end.

use super::*;
use crate::dedup::canonical_url;
use crate::model::{Article, Extent};

const HEADLINE: &str = "Chip mới ra mắt ở Hà Nội";
const LEAD: &str =
    "Phần mở đầu đứng lại trên mọi trang của bài, như nhiều tòa soạn vẫn làm với độc giả của mình.";

/// A page of an article with this text and a link to the part that follows.
fn page_of(text: &str, next: &str) -> String {
    let filler =
        format!("{text} Buổi họp báo sáng nay kéo dài hai giờ và có nhiều câu hỏi từ phóng viên các báo. ");
    let link = if next.is_empty() {
        String::new()
    } else {
        format!("<p class=pager><a href='{next}'>Trang sau</a></p>")
    };
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>{HEADLINE}</title></head><body><nav>Trang chủ</nav><article>\
         <h1>{HEADLINE}</h1><p>{LEAD}</p><p>{filler}</p><p>{}</p></article>{link}</body></html>",
        filler.repeat(2)
    )
}

async fn listed(pages: &[(&str, u16, String)]) -> Desk {
    let desk = Desk::open(&["/rss"]).await;
    let (link, date) = (desk.site.url("/a-1.html"), desk.now().to_utc().to_rfc2822());
    let item = format!("<item><title>{HEADLINE}</title><link>{link}</link><pubDate>{date}</pubDate></item>");
    desk.put("/rss", 200, &rss(&item));
    for (path, status, body) in pages {
        desk.put(path, *status, body);
    }
    desk.poll_due().await;
    desk
}

async fn filed(desk: &Desk) -> Article {
    for _ in 0..9 {
        desk.ingest_due().await;
        desk.pass(Duration::from_hours(1));
    }
    let key = canonical_url(desk.site.url("/a-1.html").as_str());
    desk.context.store.article_by_url(key).await.unwrap().expect("an article is filed in the end").article
}

#[tokio::test]
async fn all_parts_are_read_as_one_article_and_searched() {
    let desk = listed(&[
        ("/a-1.html", 200, page_of("Phần một.", "/a-1-page-2.html")),
        ("/a-1-page-2.html", 200, page_of("Phần hai.", "/a-1-page-3.html")),
        ("/a-1-page-3.html", 200, page_of("Phần ba nhắc tới Huawei.", "/b-2.html")),
        ("/b-2.html", 200, page_of("Một bài khác hẳn.", "")),
    ])
    .await;
    let article = filed(&desk).await;
    let text = article.text();
    let (one, two, three) = (text.find("Phần một"), text.find("Phần hai"), text.find("Phần ba"));
    assert!(one < two && two < three && one.is_some(), "{text}");
    assert_eq!(format!("{}{text}", article.lead).matches(LEAD).count(), 1, "the repeated lead stands once");
    assert!(!text.contains("Một bài khác"));
    assert_eq!(article.extent, Extent::Whole);
    assert!(article.notes.join(" ").contains("stands on 3 pages"), "{:?}", article.notes);
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1, "a name on the last page raises the alert");
}

#[tokio::test]
async fn a_part_that_fails_for_a_while_is_waited_for() {
    let desk = listed(&[
        ("/a-1.html", 200, page_of("Phần một.", "/a-1-page-2.html")),
        ("/a-1-page-2.html", 503, String::new()),
    ])
    .await;
    let first = desk.ingest_due().await;
    let [Filed::Later { why, .. }] = first.as_slice() else { panic!("it is tried again: {first:?}") };
    assert!(why.contains("part 2"), "{why}");
    desk.put("/a-1-page-2.html", 200, &page_of("Phần hai nhắc tới Huawei.", ""));
    let article = filed(&desk).await;
    assert!(article.text().contains("Phần hai"));
    assert_eq!(article.extent, Extent::Whole);
}

#[tokio::test]
async fn where_a_part_cannot_be_had_the_others_are_filed_and_it_is_said() {
    for (status, body, extent) in [
        (404, String::new(), Extent::Part),
        (410, String::new(), Extent::Part),
        (503, String::new(), Extent::Part),
        (200, "<html><title>404</title><body><h1>404</h1></body></html>".to_owned(), Extent::Part),
        // There never was a second part.
        (200, page_of("Phần một.", ""), Extent::Whole),
        (302, "/".to_owned(), Extent::Whole),
    ] {
        let desk = listed(&[
            ("/a-1.html", 200, page_of("Phần một.", "/a-1-page-2.html")),
            ("/a-1-page-2.html", status, body.clone()),
            ("/", 200, page_of("Trang chủ của báo.", "")),
        ])
        .await;
        let article = filed(&desk).await;
        assert!(
            article.text().contains("Phần một") && !article.text().contains("Trang chủ"),
            "{status} {body}"
        );
        assert_eq!(article.extent, extent, "{status} {body}");
        let is_told = article.notes.join(" ").contains("Part 2 of the article");
        assert_eq!(is_told, extent == Extent::Part, "{:?}", article.notes);
    }
}

#[tokio::test]
async fn parts_are_under_the_rules_of_the_site_and_capped() {
    let desk = listed(&[
        ("/robots.txt", 200, "User-agent: *\nDisallow: /a-1-page-2.html".to_owned()),
        ("/a-1.html", 200, page_of("Phần một.", "/a-1-page-2.html")),
        ("/a-1-page-2.html", 200, page_of("Phần hai.", "")),
    ])
    .await;
    let article = filed(&desk).await;
    assert!(!desk.site.seen().iter().any(|seen| seen.path == "/a-1-page-2.html"), "robots.txt forbids it");
    assert_eq!(article.extent, Extent::Part);

    let endless = (1..40).map(|number| {
        let path = if number == 1 { "/a-1.html".to_owned() } else { format!("/a-1-page-{number}.html") };
        (path, page_of(&format!("Phần số {number}."), &format!("/a-1-page-{}.html", number + 1)))
    });
    let endless: Vec<_> = endless.collect();
    let pages: Vec<_> = endless.iter().map(|(path, body)| (path.as_str(), 200, body.clone())).collect();
    let desk = listed(&pages).await;
    let article = filed(&desk).await;
    assert!(article.text().contains("Phần số 10.") && !article.text().contains("Phần số 11."));
    assert!(article.notes.join(" ").contains("more than 10 parts"), "{:?}", article.notes);
}

#[tokio::test]
async fn the_parts_of_an_article_on_a_slow_site_are_not_all_asked_for_again() {
    let parts = ["/a-1.html", "/a-1-page-2.html", "/a-1-page-3.html", "/a-1-page-4.html", ""];
    let pages: Vec<(&str, u16, String)> = std::iter::zip(parts, &parts[1..])
        .map(|(path, next)| (path, 200, page_of(&format!("Phần đứng ở {path}."), next)))
        .collect();
    let desk = listed(&pages).await;
    desk.ingest_due().await;
    let asked = || desk.site.seen().iter().filter(|seen| seen.path.starts_with("/a-1")).count();
    assert_eq!(asked(), 4);
    *desk.slowness.lock().unwrap() = 6 * MINUTE;
    desk.pass(20 * MINUTE);
    let rechecked = desk.recheck_due().await;
    let [Rechecked::Failed { why }] = rechecked.as_slice() else { panic!("{rechecked:?}") };
    assert!(why.contains("took too long"), "{why}");
    assert_eq!(asked(), 6, "two parts, and no more");
}
