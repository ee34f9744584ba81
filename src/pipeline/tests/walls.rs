//! Pages that stand in the place of an article: nothing of them is filed, and the feed's own words are not missed.

use super::*;
use crate::dedup::canonical_url;
use crate::model::{Article, Extent, Verdict};

const SUMMARY: &str = "Huawei cho biết nhà máy chip mới chạy thử từ tháng tới.";

/// A desk with one entry whose article stands at `/a`; the entry has this summary.
async fn listed(summary: &str, page: &str) -> Desk {
    let desk = Desk::open(&["/rss"]).await;
    let (link, date) = (desk.site.url("/a"), desk.now().to_utc().to_rfc2822());
    let item = format!(
        "<item><title>Huawei mở nhà máy</title><link>{link}</link><pubDate>{date}</pubDate><description>{summary}</description></item>"
    );
    desk.put("/rss", 200, &rss(&item));
    desk.put("/a", 200, page);
    desk.poll_due().await;
    desk
}

/// The article at `/a`, and how often its page was asked for until it was filed.
async fn filed(desk: &Desk) -> (Article, usize) {
    for _ in 0..9 {
        desk.ingest_due().await;
        desk.pass(Duration::from_hours(1));
    }
    let key = canonical_url(desk.site.url("/a").as_str());
    let stored =
        desk.context.store.article_by_url(key).await.unwrap().expect("an article is filed in the end");
    (stored.article, desk.site.seen().iter().filter(|seen| seen.path == "/a").count())
}

#[tokio::test]
async fn a_wall_is_never_filed_as_the_article() {
    for (html, verdict, requests) in [
        (
            "<html><title>Just a moment...</title><body><script>window._cf_chl_opt={}</script>WALL</body></html>",
            Verdict::Challenge,
            4,
        ),
        (
            "<html><title>Bảo trì</title><body>Hệ thống đang bảo trì WALL</body></html>",
            Verdict::Maintenance,
            4,
        ),
        (
            "<html><title>Không tìm thấy trang</title><body><h1>404</h1><p>WALL không có ở đây.</p></body></html>",
            Verdict::Soft404,
            1,
        ),
        (
            "<html><title>Đăng nhập</title><body><form><input type=password>WALL</form></body></html>",
            Verdict::LoginWall,
            1,
        ),
        (
            "<html><title>App</title><body><div id=root></div><script src=/WALL.js></script></body></html>",
            Verdict::JsShell,
            1,
        ),
        ("{\"message\": \"WALL <p>\"}", Verdict::NotHtml, 1),
    ] {
        let desk = listed(SUMMARY, html).await;
        let (article, asked) = filed(&desk).await;
        assert_eq!((article.verdict, asked), (verdict, requests), "{html}");
        assert_eq!(article.text(), SUMMARY);
        let notes = article.notes.join(" ");
        assert!(notes.contains("the feed's own text is used"), "{notes}");
        assert!(!notes.contains("WALL"));
        desk.flush_due().await;
        assert_eq!(desk.hooked().len(), 1, "the feed's words raise the alert");
        let counts =
            desk.context.store.verdicts_by_source(desk.now().minus(Duration::from_hours(99))).await.unwrap();
        assert_eq!(counts, [("/rss".to_owned(), verdict, 1)]);
    }
}

#[tokio::test]
async fn a_wall_that_lifts_gives_the_article() {
    let desk = listed(SUMMARY, "<html><title>Bảo trì</title><body>Hệ thống đang bảo trì</body></html>").await;
    let filed_now = desk.ingest_due().await;
    let [Filed::Later { why, .. }] = filed_now.as_slice() else { panic!("it is tried again") };
    assert!(why.contains("out of order"), "{why}");
    desk.put("/a", 200, &page("Huawei mở nhà máy tại Thâm Quyến"));
    desk.pass(MINUTE);
    let (article, asked) = filed(&desk).await;
    assert_eq!((article.verdict, asked), (Verdict::Article, 2));
}

#[tokio::test]
async fn an_entry_without_text_is_filed_with_its_headline() {
    let desk = listed("", "<html><title>404</title><body><h1>404</h1></body></html>").await;
    let (article, _) = filed(&desk).await;
    assert_eq!((article.title.as_str(), article.verdict), ("Huawei mở nhà máy", Verdict::Soft404));
    assert!(article.notes.join(" ").contains("the headline is all that is known"), "{:?}", article.notes);
    assert!(article.paragraphs.is_empty());
}

#[tokio::test]
async fn of_a_teaser_and_the_feed_the_longer_text_is_kept() {
    let teaser =
        "Nhà máy của Huawei đặt tại Thâm Quyến, rộng 12 héc-ta, và tuyển một nghìn kỹ sư trong năm nay.";
    let wall = format!(
        "<html><title>Huawei mở nhà máy</title><body><article><h1>Huawei mở nhà máy</h1><p>{teaser}</p>\
         <div>Bài viết chỉ dành cho thành viên trả phí</div></article></body></html>"
    );
    let long = format!("{SUMMARY} {SUMMARY} {SUMMARY} {SUMMARY} {SUMMARY}");
    for (summary, text) in [(SUMMARY, teaser), (long.as_str(), long.as_str())] {
        let desk = listed(summary, &wall).await;
        let (article, asked) = filed(&desk).await;
        assert_eq!((article.verdict, asked), (Verdict::Paywall, 1));
        assert!(article.text().contains(text), "{}", article.text());
    }
}

#[tokio::test]
async fn a_reader_is_told_where_less_than_the_article_was_there_to_read() {
    let whole = page("Huawei mở nhà máy ở Thâm Quyến");
    let teaser =
        "Nhà máy của Huawei đặt tại Thâm Quyến, rộng 12 héc-ta, và tuyển một nghìn kỹ sư trong năm nay.";
    let paywall = format!(
        "<html><title>Huawei mở nhà máy</title><body><article><h1>Huawei mở nhà máy</h1><p>{teaser}</p>\
         <div>Bài viết chỉ dành cho thành viên trả phí</div></article></body></html>"
    );
    let shell =
        "<html><title>App</title><body><div id=root></div><script src=/app.js></script></body></html>";
    let feed = "only the feed's text";
    for (full_text, status, html, summary, extent, told) in [
        (FullText::Page, 200, whole.as_str(), SUMMARY, Extent::Whole, None),
        (FullText::Feed, 200, whole.as_str(), SUMMARY, Extent::Feed, Some(feed)),
        (FullText::Page, 410, "", SUMMARY, Extent::Feed, Some(feed)),
        (FullText::Page, 200, shell, SUMMARY, Extent::Feed, Some(feed)),
        (
            FullText::Page,
            200,
            paywall.as_str(),
            SUMMARY,
            Extent::Part,
            Some("only a part of the article could be read"),
        ),
        (FullText::Page, 410, "", "", Extent::Headline, Some("only the headline")),
    ] {
        let mut desk = listed(summary, html).await;
        desk.put("/a", status, html);
        let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
        plan.sources.values_mut().for_each(|source| source.full_text = full_text);
        let (article, _) = filed(&desk).await;
        assert_eq!(article.extent, extent, "{full_text:?} {status} {html}");
        desk.flush_due().await;
        let hooked = desk.hooked();
        let shown = &hooked.first().unwrap().1["data"]["items"][0]["article"]["extent"];
        assert_eq!(*shown, serde_json::to_value(extent).unwrap());
        let mail = desk.mails().first().unwrap().replace("=\r\n", "");
        for words in [feed, "only a part of the article could be read", "only the headline"] {
            assert_eq!(mail.contains(words), told == Some(words), "{words}: {mail}");
        }
    }
}
