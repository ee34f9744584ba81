//! Many alerts become few messages, and none goes out in quiet hours.

use super::*;
use crate::alert::{Pace, Quiet};

async fn desk(pace: Pace) -> Desk {
    let mut desk = Desk::open(&["/rss"]).await;
    let mut plan = plan(&desk.site, &["/rss"]);
    for alert in &mut plan.alerts {
        alert.pace = pace;
    }
    desk.context.plan = Arc::new(plan);
    desk
}

/// Publishes articles that nothing links to each other, and takes them in.
async fn bring(desk: &Desk, numbers: std::ops::Range<u64>) {
    let articles: Vec<(String, String)> = numbers
        .map(|number| {
            let words = (0..12_u64).map(|word| format!("từ{}", (number * 31 + word + 1) * 7_919));
            (format!("/{number}"), format!("Huawei {}", words.collect::<Vec<_>>().join(" ")))
        })
        .collect();
    let listed: Vec<(&str, &str)> =
        articles.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    desk.publish("/rss", &listed);
    desk.poll_due().await;
    while !desk.ingest_due().await.is_empty() {}
}

/// How many articles each message to the webhook named, in the order they came.
async fn told(desk: &Desk) -> Vec<usize> {
    while !desk.flush_due().await.is_empty() {}
    let hooked = desk.hooked();
    hooked.iter().map(|(_, message)| message["data"]["items"].as_array().unwrap().len()).collect()
}

#[tokio::test]
async fn what_comes_in_quiet_hours_is_told_together_when_they_end() {
    // It is noon in Vietnam.
    let quiet = Quiet::parse("11:30-13:00", ZONE).unwrap();
    let desk = desk(Pace { quiet: Some(quiet), max_per_hour: None }).await;
    bring(&desk, 0..3).await;
    assert_eq!(told(&desk).await, [0; 0]);
    desk.context.store.retry_waiting(desk.now()).await.unwrap();
    assert_eq!(told(&desk).await, [0; 0], "a restart breaks no silence");
    desk.pass(Duration::from_hours(1));
    assert_eq!(told(&desk).await, [3]);
}

#[tokio::test]
async fn beyond_the_most_an_hour_one_message_holds_several() {
    let desk = desk(Pace { quiet: None, max_per_hour: Some(2) }).await;
    bring(&desk, 0..5).await;
    assert_eq!(told(&desk).await, [1, 1]);
    desk.pass(Duration::from_mins(50));
    assert_eq!(told(&desk).await, [1, 1]);
    desk.pass(Duration::from_mins(11));
    assert_eq!(told(&desk).await, [1, 1, 3]);
}

#[tokio::test]
async fn a_message_counts_from_when_it_goes_out() {
    let desk = desk(Pace { quiet: None, max_per_hour: Some(1) }).await;
    bring(&desk, 0..1).await;
    assert_eq!(told(&desk).await, [1]);
    for (minutes, number, expected) in
        [(20, 1, &[1][..]), (41, 2, &[1, 1]), (20, 3, &[1, 1]), (39, 4, &[1, 1]), (20, 5, &[1, 1, 3])]
    {
        desk.pass(minutes * MINUTE);
        while !desk.flush_due().await.is_empty() {}
        bring(&desk, number..number + 1).await;
        assert_eq!(told(&desk).await, expected, "with article {number}");
    }
    desk.pass(Duration::from_mins(59));
    assert_eq!(told(&desk).await, [1, 1, 3], "the last is held until an hour after three were told");
    desk.pass(Duration::from_mins(2));
    assert_eq!(told(&desk).await, [1, 1, 3, 1]);
}

#[tokio::test]
async fn a_long_silence_fills_several_messages_in_turn() {
    let quiet = Quiet::parse("11:30-13:00", ZONE).unwrap();
    let desk = desk(Pace { quiet: Some(quiet), max_per_hour: None }).await;
    bring(&desk, 0..120).await;
    desk.pass(Duration::from_hours(1) + Duration::from_secs(1));
    let mut told = told(&desk).await;
    told.sort_unstable();
    assert_eq!(told, [20, 50, 50]);
}

#[tokio::test]
async fn a_webhook_of_limited_room_is_told_of_every_article_however_long_its_address() {
    let desk = desk(Pace::default()).await;
    let addresses: Vec<String> =
        (0..40).map(|number| format!("/{}/{number}", "duong-dan".repeat(60))).collect();
    let texts: Vec<String> =
        (0..40).map(|number| format!("Huawei báo tin {}", (number + 3) * 7_919)).collect();
    let listed: Vec<(&str, &str)> =
        addresses.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    desk.publish("/rss", &listed);
    desk.poll_due().await;
    while !desk.ingest_due().await.is_empty() {}
    desk.pass(Duration::from_mins(5));
    assert_eq!(told(&desk).await.iter().sum::<usize>(), 40);
    for (_, message) in desk.hooked() {
        assert_eq!(message["data"]["omitted"], serde_json::Value::Null, "{message}");
    }
}

#[tokio::test]
async fn a_storm_is_told_in_a_few_messages_that_name_every_article() {
    let desk = desk(Pace::default()).await;
    bring(&desk, 0..270).await;
    desk.pass(Duration::from_secs(25));
    let told = told(&desk).await;
    assert!(told.len() <= 20, "{told:?}");
    assert_eq!(told.iter().sum::<usize>(), 270, "{told:?}");
    let mut titles: Vec<String> = Vec::new();
    for (_, message) in desk.hooked() {
        let items = message["data"]["items"].as_array().unwrap();
        titles.extend(items.iter().map(|item| item["article"]["url"].as_str().unwrap().to_owned()));
    }
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 270);
}
