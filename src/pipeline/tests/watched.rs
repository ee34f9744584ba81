//! Watched pages: the first version is the baseline, real changes are told once, walls and outages never.

use super::*;
use crate::extract::{Part, Rule as PageRule, Rules, View};
use crate::store::{Phrase, Search};

const TEXT: &str = "Atlas 900 A3 SuperPoD của Huawei ghép 384 chip Ascend 910C.";

fn product(text: &str, noise: u32) -> String {
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>Huawei Ascend</title></head><body><div class=clock>{noise}</div><main>\
         <h1>Huawei Ascend</h1><p>{text}</p><p>Sản phẩm dành cho trung tâm dữ liệu cỡ lớn, làm mát bằng chất lỏng.</p></main>\
         <div class=views>{noise} lượt xem</div></body></html>"
    )
}

/// A desk that watches the page at `/p`, which was read once.
async fn watching() -> Desk {
    let mut desk = Desk::open(&["/p"]).await;
    let rule = PageRule::parse(Part::Select, "main").unwrap();
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    plan.sources.get_mut("/p").unwrap().kind = SourceKind::Page;
    let watch = Watch { view: View { rules: Rules::new(vec![rule]), ..View::default() }, ..Watch::default() };
    plan.pages.insert("/p".to_owned(), watch);
    desk.put("/p", 200, &product(TEXT, 1));
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 0, held: 0 }]);
    desk
}

impl Desk {
    async fn poll_later(&self, status: u16, page: &str) -> Vec<Polled> {
        self.put("/p", status, page);
        self.pass(Duration::from_hours(25));
        self.poll_due().await
    }

    async fn told(&self) -> Vec<serde_json::Value> {
        self.flush_due().await;
        self.hooked().into_iter().map(|(_, message)| message["data"]["items"][0].clone()).collect()
    }
}

#[tokio::test]
async fn the_first_version_is_the_baseline_in_silence() {
    let desk = watching().await;
    for noise in 2..6 {
        assert_eq!(desk.poll_later(200, &product(TEXT, noise)).await, [Polled::Unchanged]);
    }
    assert!(desk.told().await.is_empty());
}

#[tokio::test]
async fn a_watched_page_is_found_by_its_source() {
    let desk = watching().await;
    let found = async |source: &str, phrase: Option<&str>| {
        let wanted = phrase.map(|phrase| vec![Phrase::Anywhere(phrase.to_owned())]);
        let search = Search {
            sources: vec![source.to_owned()],
            wanted: wanted.into_iter().collect(),
            ..Search::default()
        };
        desk.context.store.search(search, i64::MAX, 9).await.unwrap().len()
    };
    assert_eq!((found("/p", None).await, found("/other", None).await), (1, 0));
    assert_eq!((found("/p", Some("superpod")).await, found("/p", Some("nothing")).await), (1, 0));
}

#[tokio::test]
async fn a_change_is_told_once() {
    let desk = watching().await;
    desk.poll_later(200, &product(&TEXT.replace("384", "512"), 2)).await;
    let [told] = desk.told().await.try_into().unwrap();
    assert_eq!((&told["reason"], &told["article"]["source"]), (&"page".into(), &"/p".into()));
    assert_eq!(told["change"]["words"], serde_json::json!([{"from": "384", "to": "512"}]));
    for noise in 3..6 {
        desk.poll_later(200, &product(&TEXT.replace("384", "512"), noise)).await;
    }
    assert_eq!(desk.told().await.len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_no_version_is_never_the_baseline() {
    let desk = watching().await;
    let challenge =
        "<html><title>Just a moment...</title><body><script>window._cf_chl_opt={}</script></body></html>";
    let other = "<!DOCTYPE html><html><head><title>Huawei Ascend</title></head><body><div><h1>Huawei Ascend</h1>\
         <p>Trang đã được làm lại và không còn phần chính nữa, nhưng vẫn có nhiều chữ.</p></div></body></html>";
    for (status, page) in [(200, challenge), (200, other), (503, "busy"), (500, "")] {
        let polled = desk.poll_later(status, page).await;
        assert!(matches!(polled.as_slice(), [Polled::Failed { .. }]), "{status} {page}: {polled:?}");
    }
    assert_eq!(desk.poll_later(200, &product(TEXT, 9)).await.len(), 1);
    assert!(desk.told().await.is_empty());
    desk.poll_later(200, &product(&TEXT.replace("384", "512"), 10)).await;
    assert_eq!(desk.told().await.len(), 1, "against the last version that was one");
}

#[tokio::test]
async fn the_operator_is_told_once_that_nothing_is_selected_any_more() {
    let desk = watching().await;
    let other = "<!DOCTYPE html><html><head><title>Huawei Ascend</title></head><body><div><h1>Huawei Ascend</h1>\
         <p>Trang đã được làm lại và không còn phần chính nữa, nhưng vẫn có nhiều chữ.</p></div></body></html>";
    for _ in 0..5 {
        desk.poll_later(200, other).await;
        desk.pass(Duration::from_hours(1));
        desk.flush_due().await;
    }
    assert_eq!(desk.mails().len(), 1, "{:?}", desk.mails());
}

#[tokio::test]
async fn a_page_that_is_taken_down_is_told_once() {
    let desk = watching().await;
    for _ in 0..4 {
        desk.poll_later(404, "<h1>404</h1>").await;
    }
    let told = desk.told().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["change"]["kind"], "taken_down");
}

#[tokio::test]
async fn a_page_that_is_back_is_told_once_and_taken_down_again_too() {
    let desk = watching().await;
    let visit = async |status: u16, page: &str| {
        desk.put("/p", status, page);
        desk.pass(Duration::from_hours(7));
        desk.poll_due().await
    };
    for _ in 0..2 {
        visit(404, "<h1>404</h1>").await;
    }
    visit(200, &product(TEXT, 1)).await;
    let asked = desk.site.seen();
    let last = asked.iter().rfind(|seen| seen.path == "/p").unwrap();
    assert!(last.header("if-none-match").is_some(), "it answered 304");
    // What was told within a day would settle first.
    assert_eq!(visit(200, &product(TEXT, 1)).await, [Polled::Unchanged]);
    desk.pass(DAY);
    for _ in 0..2 {
        visit(404, "<h1>404</h1>").await;
    }
    let told = desk.told().await;
    let kinds: Vec<&serde_json::Value> = told.iter().map(|item| &item["change"]["kind"]).collect();
    assert_eq!(kinds, ["taken_down", "restored", "taken_down"], "{told:?}");
}

#[tokio::test]
async fn a_page_that_is_back_with_other_words_says_which() {
    let desk = watching().await;
    for _ in 0..3 {
        desk.poll_later(404, "<h1>404</h1>").await;
    }
    for noise in 2..5 {
        desk.poll_later(200, &product(&TEXT.replace("384", "512"), noise)).await;
    }
    let [gone, back] = desk.told().await.try_into().unwrap();
    assert_eq!(
        (&gone["change"]["kind"], &back["change"]["kind"]),
        (&"taken_down".into(), &"restored".into())
    );
    assert_eq!(back["change"]["words"], serde_json::json!([{"from": "384", "to": "512"}]));
}

#[tokio::test]
async fn a_page_that_comes_and_goes_waits_and_that_is_shown() {
    let desk = watching().await;
    let visit = async |status: u16, page: &str| {
        desk.put("/p", status, page);
        desk.pass(Duration::from_hours(4));
        desk.poll_due().await
    };
    for _ in 0..2 {
        for _ in 0..2 {
            visit(404, "<h1>404</h1>").await;
        }
        visit(200, &product(TEXT, 1)).await;
    }
    assert_eq!(desk.told().await.len(), 2, "gone and back, once");
    let page = desk.context.store.article_by_url(key_of(&desk)).await.unwrap().unwrap();
    let [held] = desk.context.store.held_changes(page.id).await.unwrap().try_into().unwrap();
    assert_eq!((held.rule.as_str(), held.why.as_str()), ("Chips", "restless"));
    desk.pass(Duration::from_hours(7));
    desk.recheck_due().await;
    assert_eq!(desk.told().await.len(), 2, "it is there, as was told");
    assert!(desk.context.store.held_changes(page.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn how_a_page_was_looked_at_last_is_known() {
    let desk = watching().await;
    let page = desk.context.store.article_by_url(key_of(&desk)).await.unwrap().unwrap();
    let came_to = async || desk.context.store.look_of(page.id).await.unwrap().unwrap().came_to.unwrap();
    for (status, text, expected) in [
        (200, product(TEXT, 1), "unchanged"),
        (200, product(TEXT, 2), "same_text"),
        (200, product(&TEXT.replace("384", "512"), 3), "changed"),
        (503, "busy".to_owned(), "failed"),
    ] {
        desk.poll_later(status, &text).await;
        assert_eq!(came_to().await, expected);
    }
}

#[tokio::test]
async fn a_page_at_another_address_begins_anew() {
    let mut desk = watching().await;
    let moved = desk.site.url("/q");
    desk.put("/q", 200, &product("Trang khác hẳn, nói về một sản phẩm khác của Huawei.", 1));
    Arc::get_mut(&mut desk.context.plan).unwrap().sources.get_mut("/p").unwrap().url = moved;
    desk.pass(Duration::from_hours(25));
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 0, held: 0 }]);
    assert!(desk.told().await.is_empty());
}

#[tokio::test]
async fn another_way_of_reading_a_page_is_no_change() {
    let mut desk = watching().await;
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    let rule = PageRule::parse(Part::Select, "main p").unwrap();
    plan.pages.get_mut("/p").unwrap().view.rules = Rules::new(vec![rule]);
    assert_eq!(desk.poll_later(200, &product(TEXT, 2)).await, [Polled::Unchanged]);
    assert!(desk.told().await.is_empty());
    desk.poll_later(200, &product(&TEXT.replace("384", "512"), 3)).await;
    assert_eq!(desk.told().await.len(), 1);
}

#[tokio::test]
async fn a_page_that_needs_a_browser_is_said_to() {
    let desk = watching().await;
    let shell =
        "<html><title>App</title><body><div id=root></div><script src=/app.js></script></body></html>";
    let polled = desk.poll_later(200, shell).await;
    let [Polled::Failed { why, .. }] = polled.as_slice() else { panic!("{polled:?}") };
    assert!(why.contains("needs a browser"), "{why}");
}

#[tokio::test]
async fn an_article_at_the_address_of_a_watched_page_is_new_all_the_same() {
    let mut desk = watching().await;
    let feed = source(&desk.site, "/rss");
    Arc::get_mut(&mut desk.context.plan).unwrap().sources.insert("/rss".to_owned(), feed);
    let item = desk.listed("/p").replace("Tin /p", "Huawei Ascend");
    desk.put("/rss", 200, &rss(&item));
    desk.watch(&["/p", "/rss"]).await;
    desk.poll_due().await;
    let page = desk.context.store.article_by_url(key_of(&desk)).await.unwrap().unwrap();
    assert!(matches!(desk.ingest_due().await.as_slice(), [Filed::New { .. }]));
    let [told] = desk.told().await.try_into().unwrap();
    assert_eq!(told["reason"], "new");
    let article = desk.context.store.article_by_url(key_of(&desk)).await.unwrap().unwrap();
    assert_ne!(article.id, page.id, "what is known under the address is the article");
    let again = desk.listed("/p").replace("Tin /p", "Huawei Ascend").replace("<guid>/p", "<guid>/p2");
    desk.put("/rss", 200, &rss(&again));
    desk.pass(20 * MINUTE);
    desk.poll_due().await;
    desk.ingest_due().await;
    assert_eq!(desk.told().await.len(), 1, "once");
    desk.poll_later(200, &product(&TEXT.replace("384", "512"), 2)).await;
    assert!(desk.told().await.iter().any(|item| item["reason"] == "page"), "the page is still watched");
}

fn key_of(desk: &Desk) -> String {
    crate::dedup::canonical_url(desk.site.url("/p").as_str())
}
