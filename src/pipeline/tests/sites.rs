//! What pages are read with: the rules of their source and what their host has taught; and what they teach.

use super::*;
use crate::dedup::canonical_url;
use crate::extract::{Learnt, Part, Rule, Rules};
use crate::model::RuleMiss;
use crate::store::StoredArticle;

const PROMOTION: &str =
    "Huawei tài trợ chuyên mục này; mời bạn đọc tải ứng dụng để nhận tin mới mỗi sáng, không quảng cáo.";

fn article(number: usize, class: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>Tin /{number}</title></head><body><h1>Tin /{number}</h1><div class={class}>\
         <p>Nhà máy số {number} vừa chạy thử, với công suất {number}00 sản phẩm mỗi ngày, theo ban quản lý khu công nghiệp.</p>\
         <p>Dây chuyền này nhập một phần, còn lại do kỹ sư trong nước làm, chi phí thấp hơn {number} phần trăm so với dự tính.</p>\
         <p>Đại diện cho biết lô đầu tiên gồm {number} nghìn chiếc, sẽ giao trong quý tới cho ba khách hàng lớn ở miền Bắc.</p>\
         <p>{PROMOTION}</p></div></body></html>"
    )
}

impl Desk {
    /// Lists one more article and files it.
    async fn file(&self, number: usize, class: &str) -> StoredArticle {
        self.bring(number, &article(number, class)).await;
        let key = canonical_url(self.site.url(&format!("/{number}")).as_str());
        self.context.store.article_by_url(key).await.unwrap().unwrap()
    }

    /// Lists one more page, below those before it.
    async fn bring(&self, number: usize, page: &str) {
        let items: Vec<String> = (1..=number).map(|number| self.listed(&format!("/{number}"))).collect();
        self.put("/rss", 200, &rss(&items.concat()));
        self.put(&format!("/{number}"), 200, page);
        self.pass(Duration::from_hours(1));
        self.round().await;
    }

    fn rule(&mut self, rules: &[(Part, &str)]) {
        let rules = rules.iter().map(|(part, css)| Rule::parse(*part, css).unwrap()).collect();
        let plan = plan(&self.site, &["/rss"]);
        let rules = HashMap::from([("/rss".to_owned(), Rules::new(rules))]);
        self.context.plan = Arc::new(Plan { rules, ..plan });
    }

    async fn misses(&self) -> Vec<RuleMiss> {
        self.context.store.source_rows().await.unwrap().remove(0).rule_misses
    }
}

#[tokio::test]
async fn a_promotion_alerts_until_the_host_is_known_and_never_after() {
    let desk = Desk::open(&["/rss"]).await;
    let mut epochs = Vec::new();
    for number in 1..=9 {
        let stored = desk.file(number, "bai").await;
        assert_eq!(stored.article.text().contains("Huawei"), number <= 5, "article {number}");
        epochs.push(stored.epoch.unwrap());
    }
    assert_eq!(desk.hooked().len(), 5);
    let stored = desk.context.store.learnt_of_host("127.0.0.1".to_owned()).await.unwrap().unwrap();
    assert_eq!(serde_json::from_str::<Learnt>(&stored).unwrap().len(), 1, "{stored}");
    epochs.dedup();
    assert_eq!(epochs.len(), 2, "one epoch before and one after: {epochs:?}");
}

#[tokio::test]
async fn a_rule_that_gives_nothing_is_counted_until_it_does() {
    let mut desk = Desk::open(&["/rss"]).await;
    desk.rule(&[(Part::Body, ".moi"), (Part::Title, "h1"), (Part::Remove, ".box")]);
    desk.file(1, "cu").await;
    let since = desk.now();
    let stored = desk.file(2, "cu").await;
    assert!(
        stored.article.notes.iter().any(|note| note.contains("body = \".moi\"")),
        "{:?}",
        stored.article.notes
    );
    assert!(stored.article.text().contains("Nhà máy số 2"));
    let told: Vec<_> =
        desk.misses().await.into_iter().map(|miss| (miss.rule, miss.pages, miss.since)).collect();
    assert_eq!(told, [("remove".to_owned(), 2, since), ("body".to_owned(), 2, since)]);

    let stored = desk.file(3, "moi").await;
    assert!(stored.article.notes.is_empty());
    let told: Vec<_> = desk.misses().await.into_iter().map(|miss| (miss.rule, miss.pages)).collect();
    assert_eq!(told, [("remove".to_owned(), 3)]);
}

#[tokio::test]
async fn a_wall_says_nothing_of_rules() {
    let mut desk = Desk::open(&["/rss"]).await;
    desk.rule(&[(Part::Body, ".moi")]);
    desk.put("/rss", 200, &rss(&desk.listed("/1")));
    desk.put(
        "/1",
        200,
        "<html><title>Just a moment...</title><body><script>window._cf_chl_opt={}</script></body></html>",
    );
    for _ in 0..9 {
        desk.round().await;
        desk.pass(Duration::from_hours(1));
    }
    assert!(desk.misses().await.is_empty());
}

#[tokio::test]
async fn the_same_article_at_two_addresses_teaches_once() {
    let desk = Desk::open(&["/rss"]).await;
    for number in 1..=9 {
        let copy = article(1, "bai").replace("Tin /1", &format!("Tin /{number}"));
        desk.bring(number, &copy).await;
    }
    assert!(desk.file(10, "bai").await.article.text().contains("Huawei"));
}
