//! Turns at hosts, without any network.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::hosts::Hosts;

const MOMENT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_hours(1);

#[tokio::test]
async fn a_host_is_left_alone_between_two_requests_and_others_are_not_kept_waiting() {
    let hosts = Hosts::new(1, 2);
    let started = Instant::now();
    for _ in 0..3 {
        let visit = hosts.visit("bao.example").await;
        drop(visit.start(MOMENT, None).await);
    }
    assert!(started.elapsed() >= MOMENT * 2);
    let (first, second) = (hosts.visit("bao.example").await, hosts.visit("bao.example.").await);
    // Both wait for their pause, and neither holds the only place.
    let waiting = tokio::time::timeout(MOMENT, async {
        tokio::join!(first.start(LONG, None), second.start(LONG, None))
    });
    let other = hosts.visit("khac.example").await;
    let (waited, _place) = tokio::join!(waiting, other.start(LONG, None));
    assert!(waited.is_err());
}

#[tokio::test]
async fn a_host_is_remembered_for_its_pause_and_then_forgotten() {
    let hosts = Hosts::new(1, 1);
    drop(hosts.visit("bao.example").await.start(LONG, None).await);
    drop(hosts.visit("khac.example").await.start(Duration::ZERO, None).await);
    assert_eq!(hosts.known(), 1);
    for number in 0..1000 {
        drop(hosts.visit(&format!("{number}.example")).await.start(Duration::from_micros(1), None).await);
    }
    assert!(hosts.known() < 600, "{}", hosts.known());
}

#[tokio::test]
async fn requests_that_hang_give_their_place_to_others() {
    let hosts = Arc::new(Hosts::with_patience(2, 1, MOMENT / 10));
    let mut hanging = tokio::task::JoinSet::new();
    for number in 0..2 {
        let hosts = Arc::clone(&hosts);
        hanging.spawn(async move {
            let visit = hosts.visit(&format!("{number}.example")).await;
            visit.start(Duration::ZERO, None).await.hold(std::future::pending::<()>()).await;
        });
    }
    tokio::task::yield_now().await;
    for _ in 0..5 {
        let visit = hosts.visit("prompt.example").await;
        let served = async { visit.start(Duration::ZERO, None).await.hold(async { 7 }).await };
        assert_eq!(tokio::time::timeout(Duration::from_secs(5), served).await, Ok(7));
    }
    hanging.shutdown().await;
}

#[tokio::test]
async fn whoever_waits_for_a_pause_is_not_overtaken() {
    let hosts = Arc::new(Hosts::new(8, 3));
    let busy = Arc::clone(&hosts);
    let stream = tokio::spawn(async move {
        loop {
            drop(busy.visit("bao.example").await.start(Duration::ZERO, None).await);
            tokio::task::yield_now().await;
        }
    });
    let visit = hosts.visit("bao.example").await;
    for _ in 0..2 {
        let started = tokio::time::timeout(Duration::from_secs(5), visit.start(MOMENT, None)).await;
        assert!(started.is_ok(), "requests without a pause must not put it off for ever");
    }
    stream.abort();
}
