//! Articles that are no longer there: when that is told.

use super::*;
use crate::store::Look;

impl Desk {
    async fn look(&self) -> Option<Look> {
        self.context.store.look_of(self.article_id().await).await.unwrap()
    }
}

fn is_told(rechecked: &[Rechecked]) -> bool {
    matches!(rechecked, [Rechecked::Edited { kind: Some(ChangeKind::TakenDown), .. }])
}

#[tokio::test]
async fn what_is_gone_for_good_is_told_at_once() {
    let desk = filed().await;
    desk.put("/a", 410, "gone");
    desk.pass(20 * MINUTE);
    assert!(is_told(&desk.recheck_due().await));
    assert_eq!(desk.edits().await.len(), 1);
    assert!(desk.look().await.unwrap().next > Some(desk.now().plus(10 * MINUTE)), "back to the usual pause");
}

#[tokio::test]
async fn what_is_not_there_is_told_five_minutes_later_however_old_it_is() {
    for age in [20 * MINUTE, 5 * DAY, 8 * DAY] {
        let desk = filed().await;
        desk.put("/a", 404, "<h1>404</h1>");
        desk.pass(age);
        let rechecked = desk.recheck_due().await;
        assert!(matches!(rechecked.as_slice(), [Rechecked::Failed { .. }]), "{age:?}: {rechecked:?}");
        assert_eq!(desk.look().await.unwrap().next, Some(desk.now().plus(5 * MINUTE)), "{age:?}");
        desk.pass(5 * MINUTE);
        assert!(is_told(&desk.recheck_due().await), "{age:?}");
        assert_eq!(desk.edits().await.len(), 1, "{age:?}");
        let next = desk.look().await.and_then(|look| look.next);
        if age < 7 * DAY {
            assert!(next > Some(desk.now().plus(10 * MINUTE)), "{age:?}: the usual pause");
        } else {
            assert_eq!(next, None, "its time was over");
        }
    }
}

#[tokio::test]
async fn what_is_there_again_at_the_look_that_should_confirm_it_is_not_told() {
    for age in [5 * DAY, 8 * DAY] {
        let desk = filed().await;
        desk.put("/a", 404, "<h1>404</h1>");
        desk.pass(age);
        desk.recheck_due().await;
        desk.put("/a", 200, &article(BODY, 1));
        desk.pass(5 * MINUTE);
        assert_eq!(desk.recheck_due().await, [Rechecked::Same], "{age:?}");
        assert!(desk.edits().await.is_empty(), "{age:?}");
        assert_eq!(desk.look().await.is_some(), age < 7 * DAY, "{age:?}");
    }
}
