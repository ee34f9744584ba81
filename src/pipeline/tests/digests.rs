//! A digest comes at its time, once, with everything since the last.

use super::*;
use crate::model::{Cause, Condition, Message};

/// From the desk's noon to the next morning's half past seven in Vietnam.
const TO_MORNING: Duration = Duration::from_mins(19 * 60 + 30);

const ALMOST_MORNING: Duration = Duration::from_secs(TO_MORNING.as_secs() - 1);

async fn digests(desk: &Desk) -> usize {
    desk.flush_due().await;
    desk.mails().iter().filter(|mail| mail.contains("To: team@example.org")).count()
}

#[tokio::test]
async fn a_period_ends_at_its_time_and_not_before() {
    let desk = Desk::open(&["/rss"]).await;
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 0);
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    desk.pass(ALMOST_MORNING);
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 0);
    desk.pass(Duration::from_secs(1));
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 1);
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 0);
    assert_eq!(digests(&desk).await, 1);
}

#[tokio::test]
async fn periods_missed_while_down_are_made_up_by_one_digest() {
    let desk = Desk::open(&["/rss"]).await;
    close_due_digests(&desk.context).await.unwrap();
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    desk.pass(Duration::from_hours(24 * 5));
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 1);
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 0);
    assert_eq!(digests(&desk).await, 1);
}

#[tokio::test]
async fn an_empty_period_is_skipped_where_the_user_wants_no_mail() {
    let desk = Desk::open(&[]).await;
    close_due_digests(&desk.context).await.unwrap();
    desk.pass(TO_MORNING);
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 1);
    assert_eq!(digests(&desk).await, 0);
}

#[tokio::test]
async fn a_preview_shows_what_is_open_and_ends_nothing() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    let digest = &desk.context.plan.digests[0].digest;
    assert!(preview_digest(&desk.context, digest, None).await.unwrap().is_some());
    desk.pass(TO_MORNING);
    assert_eq!(close_due_digests(&desk.context).await.unwrap(), 1);
    assert!(preview_digest(&desk.context, digest, None).await.unwrap().is_none(), "nothing new");
    let since = Some(desk.now().minus(Duration::from_hours(24)));
    let again = preview_digest(&desk.context, digest, since).await.unwrap();
    let Some(Message::Digest { items, trends, .. }) = again else {
        panic!("what was told can be shown again")
    };
    assert_eq!((items.len(), trends[0].entity.as_str()), (1, "Huawei"));
    assert_eq!(trends[0].days.iter().sum::<usize>(), 1, "{trends:?}");
}

#[tokio::test]
async fn a_digest_names_blocked_moved_and_silent_sources_after_their_kind() {
    let desk = Desk::open(&["/rss", "/walled", "/moved", "/silent"]).await;
    for path in ["/rss", "/moved", "/silent"] {
        desk.publish(path, &[]);
    }
    desk.put("/walled", 403, "");
    for _ in 0..3 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    let remember = "UPDATE source SET memory = json_set(memory, '$.stale', json('true')) WHERE name = '/silent'; \
                    UPDATE source SET memory = json_set(memory, '$.moved.address', 'https://moi.example/') WHERE name = '/moved'";
    desk.context.store.alter(remember).await;
    let digest = &desk.context.plan.digests[0].digest;
    let Some(Message::Digest { source_problems, .. }) =
        preview_digest(&desk.context, digest, None).await.unwrap()
    else {
        panic!("a digest is expected");
    };
    let told = |path: &str| source_problems.iter().find(|problem| problem.source == path).unwrap();
    let standing = |path: &str| told(path).standing.unwrap();
    assert_eq!(source_problems.len(), 3);
    assert_eq!(source_problems[0].source, "/walled", "what fails comes first");
    let walled = standing("/walled");
    assert_eq!((walled.condition, walled.cause), (Condition::Blocked, Some(Cause::Forbidden)));
    assert_eq!((standing("/silent").condition, standing("/silent").cause), (Condition::Stale, None));
    assert_eq!(standing("/moved").condition, Condition::Moved);
    assert_eq!(told("/moved").why, "https://moi.example/");
    let sources = desk.context.store.levels(desk.now()).await.unwrap().sources;
    let counted = ["ok", "blocked", "stale", "moved", "failing"]
        .map(|state| sources.iter().find(|(word, _)| *word == state).unwrap().1);
    assert_eq!(counted, [1, 1, 1, 1, 0], "and are counted as such: {sources:?}");
}

#[tokio::test]
async fn a_digest_names_the_sources_that_stay_broken_and_no_other() {
    let desk = Desk::open(&["/rss", "/once", "/broken", "/gone"]).await;
    desk.publish("/rss", &[]);
    for (path, status) in [("/broken", 500), ("/gone", 410)] {
        desk.put(path, status, "");
    }
    for _ in 0..3 {
        desk.publish("/once", &[]);
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    desk.put("/once", 500, "");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    let digest = &desk.context.plan.digests[0].digest;
    let Some(Message::Digest { source_problems, .. }) =
        preview_digest(&desk.context, digest, None).await.unwrap()
    else {
        panic!("a digest is expected");
    };
    let told: Vec<(&str, Condition)> = source_problems
        .iter()
        .map(|problem| (problem.source.as_str(), problem.standing.unwrap().condition))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.contains(&("/broken", Condition::Failing)) && told.contains(&("/gone", Condition::Gone)));
    assert!(
        source_problems.iter().all(|problem| problem
            .standing
            .unwrap()
            .next
            .is_none_or(|next| next > desk.now()))
    );
}
