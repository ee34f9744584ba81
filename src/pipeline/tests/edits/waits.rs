//! Edits that wait for others, and what becomes of them where their source or alert goes.

use super::*;

/// A desk where an edit waits for others, and its wait is over.
async fn settling() -> Desk {
    let mut desk = filed().await;
    desk.alert().edits.settle = Duration::from_hours(1);
    desk.recheck_later(&article(&BODY.replace("384", "382"), 2)).await;
    desk.pass(Duration::from_hours(2));
    desk
}

#[tokio::test]
async fn an_edit_waits_on_while_its_source_is_out_of_the_file() {
    let mut desk = settling().await;
    let source = Arc::get_mut(&mut desk.context.plan).unwrap().sources.remove("/rss").unwrap();
    desk.watch(&[]).await;
    desk.recheck_due().await;
    Arc::get_mut(&mut desk.context.plan).unwrap().sources.insert("/rss".to_owned(), source);
    desk.watch(&["/rss"]).await;
    desk.pass(2 * MINUTE);
    desk.recheck_due().await;
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn an_edit_of_a_source_that_is_gone_for_good_does_not_wait_for_ever() {
    let desk = settling().await;
    let held = async || desk.context.store.held_changes(desk.article_id().await).await.unwrap().len();
    desk.watch(&[]).await;
    for (days, waiting) in [(6, 1), (3, 0)] {
        desk.pass(days * DAY);
        tidy(&desk.context).await.unwrap();
        assert_eq!(held().await, waiting, "{days} days later");
    }
}

#[tokio::test]
async fn an_edit_is_told_after_a_daemon_was_down_for_long() {
    let desk = settling().await;
    desk.pass(9 * DAY);
    tidy(&desk.context).await.unwrap();
    desk.recheck_due().await;
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn an_article_of_before_is_looked_at_again_once_its_source_wants_that() {
    let mut desk = Desk::open(&["/rss"]).await;
    let tracking = |desk: &mut Desk, tracking: Tracking| {
        Arc::get_mut(&mut desk.context.plan).unwrap().sources.get_mut("/rss").unwrap().tracking = tracking;
    };
    tracking(&mut desk, Tracking::Off);
    desk.put("/rss", 200, &rss(&desk.listed("/a").replace("Tin /a", "Huawei ra mắt hệ thống mới")));
    desk.put("/a", 200, &article(BODY, 1));
    desk.round().await;
    assert!(desk.context.store.look_of(desk.article_id().await).await.unwrap().is_none());
    tracking(&mut desk, Tracking::For { span: 7 * DAY, first: 15 * MINUTE });
    tidy(&desk.context).await.unwrap();
    assert!(desk.context.store.look_of(desk.article_id().await).await.unwrap().is_some());
    assert_eq!(desk.recheck_later(&article(BODY, 2)).await, [Rechecked::Same], "the baseline");
    desk.recheck_later(&article(&BODY.replace("384", "382"), 3)).await;
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn an_article_that_cannot_be_read_ends_no_tidying() {
    let desk = filed().await;
    desk.context.store.alter("DELETE FROM tracked; UPDATE article SET document = '{', packed = NULL").await;
    desk.pass(DAY);
    tidy(&desk.context).await.unwrap();
}

#[tokio::test]
async fn an_edit_waits_while_another_file_is_read() {
    let desk = settling().await;
    let slots = HostSlots { per_host: 99, ..HostSlots::default() };
    let taken = desk.context.store.claim_checks(desk.lease(), 99, slots, |_| false).await.unwrap();
    assert!(taken.tasks.is_empty(), "{taken:?}");
    desk.recheck_due().await;
    assert_eq!(desk.edits().await.len(), 1);
}

#[tokio::test]
async fn an_edit_waits_a_week_for_an_alert_that_is_out_of_the_file() {
    for (away, told) in [(2 * MINUTE, 1), (6 * DAY, 1), (8 * DAY, 0)] {
        let mut desk = settling().await;
        let alerts = std::mem::take(&mut Arc::get_mut(&mut desk.context.plan).unwrap().alerts);
        desk.recheck_due().await;
        desk.pass(away);
        desk.recheck_due().await;
        Arc::get_mut(&mut desk.context.plan).unwrap().alerts = alerts;
        desk.pass(2 * MINUTE);
        desk.recheck_due().await;
        assert_eq!(desk.edits().await.len(), told, "{away:?}");
    }
}

#[tokio::test]
async fn an_edit_that_is_taken_back_while_it_settles_is_not_told() {
    let mut desk = filed().await;
    desk.alert().edits.settle = Duration::from_hours(1);
    desk.recheck_later(&article(&BODY.replace("384", "382"), 2)).await;
    desk.recheck_later(&article(BODY, 3)).await;
    desk.pass(Duration::from_hours(2));
    desk.recheck_due().await;
    assert!(desk.edits().await.is_empty());
}
