//! Silent edits: each real one is told once, and nothing else is.

mod gone;
mod waits;

use super::*;
use crate::extract::{Part, Rule as PageRule, Rules};
use crate::model::{ArticleId, ChangeKind};

pub(super) const BODY: &str =
    "Huawei cho biết hệ thống mới ghép 384 chip và đã giao cho ba trung tâm dữ liệu trong nước.";

/// The article at `/a` with this body, and noise that is no part of it.
pub(super) fn article(body: &str, noise: u32) -> String {
    let filler =
        "Buổi họp báo sáng nay kéo dài hai giờ và có nhiều câu hỏi từ phóng viên các báo trong nước.";
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>Huawei ra mắt hệ thống mới</title><script>var token='{noise}'</script></head>\
         <body><nav>Trang chủ {noise}</nav><article><h1>Huawei ra mắt hệ thống mới</h1><p>{filler}</p><p>{body}</p>\
         <p>Đại diện hãng nói thêm rằng bản mẫu chạy ổn định suốt nửa năm qua tại phòng thí nghiệm.</p></article>\
         <footer>{noise} người đang xem</footer></body></html>"
    )
}

/// A desk whose one article was filed and told of; what was sent of that is not counted.
pub(super) async fn filed() -> Desk {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "x")]);
    let item = desk.listed("/a").replace("Tin /a", "Huawei ra mắt hệ thống mới");
    desk.put("/rss", 200, &rss(&item));
    desk.put("/a", 200, &article(BODY, 1));
    desk.round().await;
    assert_eq!(desk.hooked().len(), 1, "the article itself");
    desk
}

impl Desk {
    /// The edits that the webhook was told of.
    async fn edits(&self) -> Vec<serde_json::Value> {
        self.flush_due().await;
        let items = self.hooked().into_iter().map(|(_, message)| message["data"]["items"][0].clone());
        items.filter(|item| item["reason"] != "new").collect()
    }

    pub(super) async fn recheck_later(&self, page: &str) -> Vec<Rechecked> {
        self.put("/a", 200, page);
        self.pass(20 * MINUTE);
        self.recheck_due().await
    }

    fn alert(&mut self) -> &mut InstantAlert {
        Arc::get_mut(&mut self.context.plan).unwrap().alerts.first_mut().unwrap()
    }

    async fn article_id(&self) -> ArticleId {
        let key = crate::dedup::canonical_url(self.site.url("/a").as_str());
        self.context.store.article_by_url(key).await.unwrap().unwrap().id
    }
}

#[tokio::test]
async fn an_article_is_left_alone_together_with_its_site() {
    let desk = filed().await;
    desk.put("/rss", 429, "7200");
    desk.put("/a", 200, &article(&BODY.replace("384", "768"), 2));
    desk.pass(20 * MINUTE);
    desk.poll_due().await;
    let asked = desk.site.seen().len();
    assert!(matches!(desk.recheck_due().await.as_slice(), [Rechecked::Spared { .. }]));
    assert_eq!(desk.site.seen().len(), asked, "nothing is sent");
    desk.pass(119 * MINUTE);
    assert!(desk.recheck_due().await.is_empty());
    desk.pass(14 * MINUTE);
    assert!(matches!(desk.recheck_due().await.as_slice(), [Rechecked::Edited { .. }]));
}

#[tokio::test]
async fn a_number_that_is_changed_in_silence_is_told_once() {
    let desk = filed().await;
    let rechecked = desk.recheck_later(&article(&BODY.replace("384", "382"), 2)).await;
    let [Rechecked::Edited { kind, alerts, .. }] = rechecked.as_slice() else { panic!("{rechecked:?}") };
    assert_eq!((*kind, alerts.as_slice()), (Some(ChangeKind::NumberEdit), &["Chips".to_owned()][..]));
    let [edit] = desk.edits().await.try_into().unwrap();
    assert_eq!(edit["change"]["words"], serde_json::json!([{"from": "384", "to": "382"}]), "{edit}");
    assert_eq!((&edit["reason"], &edit["alerts"][0]), (&"edit".into(), &"Chips".into()));
    assert_ne!(edit["change"]["before"], edit["change"]["after"]);
    let mails = desk.mails();
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().any(|mail| mail.contains("382") && mail.contains("384")));
    for noise in 3..13 {
        assert_eq!(desk.recheck_later(&article(&BODY.replace("384", "382"), noise)).await, [Rechecked::Same]);
    }
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn noise_is_never_an_edit() {
    let desk = filed().await;
    for noise in 2..12 {
        assert_eq!(desk.recheck_later(&article(BODY, noise)).await, [Rechecked::Same]);
    }
    assert_eq!(desk.recheck_later(&article(BODY, 11)).await, [Rechecked::Same], "the same bytes");
    assert!(desk.edits().await.is_empty());
    assert!(desk.context.store.versions(desk.article_id().await).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_restart_repeats_nothing_and_loses_nothing() {
    let desk = filed().await;
    desk.put("/a", 200, &article(&BODY.replace("384", "382"), 2));
    desk.pass(20 * MINUTE);
    let slots = HostSlots { per_host: 9, ..HostSlots::default() };
    let lost = desk.context.store.claim_checks(desk.lease(), 9, slots, |_| true).await.unwrap().tasks;
    let [Check::Again(lost)] = lost.as_slice() else { panic!("a check is due") };
    assert!(desk.recheck_due().await.is_empty(), "somebody has it");
    desk.context.store.release_leases(Holder::Daemon).await.unwrap();
    assert!(matches!(desk.recheck_due().await.as_slice(), [Rechecked::Edited { .. }]));
    assert_eq!(recheck(&desk.context, lost).await.unwrap(), Rechecked::Abandoned);
    desk.pass(20 * MINUTE);
    desk.recheck_due().await;
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn the_versions_can_be_read_again() {
    let desk = filed().await;
    desk.recheck_later(&article(&BODY.replace("384", "382"), 2)).await;
    desk.recheck_later(&article(&BODY.replace("384", "380"), 3)).await;
    let versions = desk.context.store.versions(desk.article_id().await).await.unwrap();
    let mut figures = Vec::new();
    for version in &versions {
        let text = desk.context.store.text_of_version(version.id).await.unwrap().unwrap();
        let said = text.lines.join(" ");
        figures.push(["384", "382", "380"].into_iter().find(|figure| said.contains(figure)).unwrap());
        assert!(version.body_hash.is_some() && version.epoch.is_some() && version.url.contains("/a?"));
    }
    assert_eq!(figures, ["384", "382", "380"]);
    assert_eq!(versions.iter().filter(|version| version.change.is_none()).count(), 1, "the first");
    let known = desk.context.store.article(desk.article_id().await).await.unwrap().unwrap();
    assert!(known.article.text().contains("380"), "the last version is what is shown");
}

#[tokio::test]
async fn an_article_that_is_taken_down_is_told_once_and_so_is_its_return() {
    let desk = filed().await;
    desk.put("/a", 404, "<h1>404</h1>");
    for _ in 0..5 {
        desk.pass(Duration::from_hours(2));
        desk.recheck_due().await;
    }
    let [edit] = desk.edits().await.try_into().unwrap();
    assert_eq!(edit["change"]["kind"], "taken_down");
    desk.put("/a", 200, &article(BODY, 5));
    desk.pass(Duration::from_hours(2));
    desk.recheck_due().await;
    for noise in 6..9 {
        let rechecked = desk.recheck_later(&article(BODY, noise)).await;
        assert!(rechecked.iter().all(|rechecked| *rechecked == Rechecked::Same), "{rechecked:?}");
    }
    let [_, back] = desk.edits().await.try_into().unwrap();
    assert_eq!(
        (&back["change"]["kind"], &back["change"]["words"]),
        (&"restored".into(), &serde_json::json!([]))
    );
}

#[tokio::test]
async fn a_short_outage_is_no_takedown() {
    let desk = filed().await;
    for status in [404, 503, 404, 500] {
        desk.put("/a", status, "busy");
        desk.pass(Duration::from_hours(8));
        assert!(matches!(desk.recheck_due().await.as_slice(), [Rechecked::Failed { .. }]), "{status}");
    }
    assert_eq!(desk.recheck_later(&article(BODY, 2)).await, []);
    assert!(desk.edits().await.is_empty());
}

#[tokio::test]
async fn another_way_of_reading_is_no_edit() {
    let mut desk = filed().await;
    let rule = PageRule::parse(Part::Remove, "article p:last-child").unwrap();
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    plan.rules.insert("/rss".to_owned(), Rules::new(vec![rule]));
    assert_eq!(desk.recheck_later(&article(BODY, 2)).await, [Rechecked::Same]);
    assert_eq!(desk.recheck_later(&article(BODY, 3)).await, [Rechecked::Same]);
    assert!(desk.edits().await.is_empty());
    desk.recheck_later(&article(&BODY.replace("384", "382"), 4)).await;
    assert_eq!(desk.edits().await.len(), 1, "real edits are still seen");
}

#[tokio::test]
async fn edits_that_follow_each_other_are_told_as_one() {
    let mut desk = filed().await;
    desk.alert().edits.settle = Duration::from_hours(1);
    for figure in ["383", "382", "381"] {
        desk.recheck_later(&article(&BODY.replace("384", figure), 2)).await;
        assert!(desk.edits().await.is_empty(), "it waits for others");
    }
    desk.pass(Duration::from_hours(1));
    desk.recheck_due().await;
    let [edit] = desk.edits().await.try_into().unwrap();
    assert_eq!(edit["change"]["words"], serde_json::json!([{"from": "384", "to": "381"}]));
    desk.pass(Duration::from_hours(2));
    desk.recheck_due().await;
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn a_text_that_goes_back_and_forth_is_told_twice_and_then_where_it_stays() {
    let desk = filed().await;
    for turn in 0..8 {
        let figure = if turn % 2 == 0 { "382" } else { "384" };
        desk.recheck_later(&article(&BODY.replace("384", figure), turn + 2)).await;
    }
    assert_eq!(desk.edits().await.len(), 2, "there and back");
    let held = desk.context.store.held_changes(desk.article_id().await).await.unwrap();
    assert!(held.iter().all(|held| held.why == "restless") && !held.is_empty(), "{held:?}");
    desk.recheck_later(&article(&BODY.replace("384", "382"), 20)).await;
    desk.pass(Duration::from_hours(7));
    desk.recheck_due().await;
    let edits = desk.edits().await;
    assert_eq!(edits.len(), 3, "where it stays is told in the end");
    assert_eq!(edits[2]["change"]["words"], serde_json::json!([{"from": "384", "to": "382"}]));
}

#[tokio::test]
async fn what_was_never_told_does_not_wait_with_a_text_that_goes_back_and_forth() {
    let desk = filed().await;
    for (turn, figure) in (0..).zip(["382", "384", "382", "384"]) {
        desk.recheck_later(&article(&BODY.replace("384", figure), turn + 2)).await;
    }
    assert_eq!(desk.edits().await.len(), 2, "there and back");
    desk.recheck_later(&article(&BODY.replace("384", "400"), 20)).await;
    let edits = desk.edits().await;
    assert_eq!(edits.len(), 3, "at once");
    assert_eq!(edits[2]["change"]["words"], serde_json::json!([{"from": "384", "to": "400"}]));
    desk.recheck_later(&article(&BODY.replace("384", "410"), 21)).await;
    assert_eq!(desk.edits().await.len(), 4);
}

#[tokio::test]
async fn a_name_that_appears_is_told_and_one_tracked_since_today_did_not_appear() {
    let mut desk = filed().await;
    let entity =
        |name: &str| Entity { name: name.to_owned(), aliases: vec![Alias::plain(name)], ..Entity::default() };
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    plan.matcher = Matcher::new(&[entity("Huawei"), entity("Đại diện hãng"), entity("SMIC")], &[]).unwrap();
    desk.recheck_later(&article(&BODY.replace("ba trung tâm", "SMIC và ba trung tâm"), 2)).await;
    let [edit] = desk.edits().await.try_into().unwrap();
    assert_eq!(edit["change"]["appeared"], serde_json::json!(["SMIC"]));
    assert_eq!(edit["change"]["vanished"], serde_json::json!([]));
}

#[tokio::test]
async fn an_article_is_left_alone_once_its_time_is_over() {
    let desk = filed().await;
    desk.pass(Duration::from_hours(8 * 24));
    desk.put("/a", 200, &article(BODY, 2));
    assert_eq!(desk.recheck_due().await, [Rechecked::Same], "the last look");
    desk.pass(Duration::from_hours(48));
    assert!(desk.recheck_due().await.is_empty());
    assert!(desk.context.store.kept_pages(desk.article_id().await).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_article_that_two_sources_bring_is_looked_at_for_the_longer_of_their_times() {
    let mut desk = Desk::open(&["/one", "/two"]).await;
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    let short = Tracking::For { span: Duration::from_hours(24), first: 15 * MINUTE };
    plan.sources.get_mut("/one").unwrap().tracking = short;
    let item = desk.listed("/a").replace("Tin /a", "Huawei ra mắt hệ thống mới");
    desk.put("/one", 200, &rss(&item));
    desk.put("/two", 200, &rss(""));
    desk.put("/a", 200, &article(BODY, 1));
    desk.round().await;
    desk.put("/two", 200, &rss(&item));
    desk.pass(20 * MINUTE);
    desk.round().await;
    desk.recheck_due().await;
    desk.pass(Duration::from_hours(72));
    let asked = desk.site.seen().iter().filter(|seen| seen.path.starts_with("/a?")).count();
    assert!(!desk.recheck_due().await.is_empty(), "it is still looked at");
    assert_eq!(
        desk.site.seen().iter().filter(|seen| seen.path.starts_with("/a?")).count(),
        asked + 1,
        "once for both"
    );
}

#[tokio::test]
async fn an_edit_goes_into_the_digest() {
    let desk = filed().await;
    open_digest_periods(&desk.context).await.unwrap();
    desk.pass(Duration::from_hours(20));
    close_due_digests(&desk.context).await.unwrap();
    desk.flush_due().await;
    desk.recheck_later(&article(&BODY.replace("384", "382"), 2)).await;
    let digest = desk.context.plan.digests[0].digest.clone();
    let Some(Message::Digest { items, .. }) = preview_digest(&desk.context, &digest, None).await.unwrap()
    else {
        panic!("a digest is expected");
    };
    let [item] = items.try_into().unwrap();
    assert_eq!((item.reason, item.change.unwrap().change.words.len()), (Reason::Edit, 1));
}

#[tokio::test]
async fn of_many_old_versions_all_go_that_nothing_is_told_by() {
    let desk = filed().await;
    let id = desk.article_id().await;
    for figure in 400..430 {
        if desk.context.store.versions(id).await.unwrap().len() < 18 {
            desk.recheck_later(&article(&BODY.replace("384", &figure.to_string()), figure)).await;
            desk.pass(2 * 60 * MINUTE);
        }
    }
    assert_eq!(desk.context.store.versions(id).await.unwrap().len(), 18);
    desk.pass(401 * DAY);
    tidy(&desk.context).await.unwrap();
    assert_eq!(desk.context.store.versions(id).await.unwrap().len(), 2, "the first and the last");
}

#[tokio::test]
async fn the_pages_of_a_source_that_is_gone_are_kept_until_their_time_is_over() {
    let desk = filed().await;
    desk.watch(&[]).await;
    let id = desk.article_id().await;
    for (days, kept) in [(6, 1), (3, 0)] {
        desk.pass(days * DAY);
        tidy(&desk.context).await.unwrap();
        assert_eq!(desk.context.store.kept_pages(id).await.unwrap().len(), kept, "{days} days later");
    }
}

#[tokio::test]
async fn an_edited_article_is_known_by_its_new_words() {
    let desk = filed().await;
    let known = async || desk.context.store.article(desk.article_id().await).await.unwrap().unwrap();
    desk.recheck_later(&article(&BODY.replace("384", "382"), 2)).await;
    let edited = known().await;
    assert!(edited.content_hash.is_some());
    assert_eq!(edited.content_hash, crate::dedup::content_hash(&edited.article));
}

#[tokio::test]
async fn an_article_that_is_edited_to_the_words_of_another_leaves_them_to_it() {
    let desk = filed().await;
    let other = BODY.replace("384", "382");
    desk.put("/b", 200, &article(&other, 3).replace("ra mắt hệ thống mới</h1>", "giao hệ thống</h1>"));
    desk.put("/rss", 200, &rss(&desk.listed("/b").replace("Tin /b", "Huawei giao hệ thống")));
    desk.pass(20 * MINUTE);
    desk.poll_due().await;
    desk.ingest_due().await;
    let store = &desk.context.store;
    let key = crate::dedup::canonical_url(desk.site.url("/b").as_str());
    let second = store.article_by_url(key).await.unwrap().unwrap();
    assert_ne!(second.id, desk.article_id().await);
    let rechecked = desk.recheck_later(&article(&other, 2)).await;
    assert!(rechecked.iter().any(|rechecked| matches!(rechecked, Rechecked::Edited { .. })), "{rechecked:?}");
    let first = store.article(desk.article_id().await).await.unwrap().unwrap();
    assert_eq!(first.content_hash, None);
    assert_eq!(store.article(second.id).await.unwrap().unwrap().content_hash, second.content_hash);
}
