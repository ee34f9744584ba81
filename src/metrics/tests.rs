//! The text that Prometheus reads.

use super::levels::MOST_SOURCES;
use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_700_000_100_500_000);

fn text_with(levels: &Levels) -> String {
    Metrics::new(NOW).text(true, Some(levels), NOW).unwrap()
}

fn has(text: &str, line: &str) -> bool {
    text.lines().any(|one| one == line)
}

#[test]
fn what_happened_is_counted_under_its_labels() {
    let metrics = Metrics::new(NOW);
    metrics.polled(PollEnd::Read, Duration::from_millis(300));
    metrics.clone().polled(PollEnd::Failed, Duration::from_secs(90));
    metrics.fetched(Fetching::Page, 4_000, Duration::from_millis(20));
    metrics.listed(3, 2);
    metrics.filed(2);
    metrics.attempted(Channel::Webhook, AttemptEnd::Retried);
    let text = metrics.text(true, None, NOW).unwrap();
    for line in [
        "diemtin_polls_total{outcome=\"read\"} 1",
        "diemtin_polls_total{outcome=\"failed\"} 1",
        "diemtin_polls_total{outcome=\"unchanged\"} 0",
        "diemtin_poll_duration_seconds_count 2",
        "diemtin_poll_duration_seconds_bucket{le=\"0.5\"} 1",
        "diemtin_fetch_bytes_total{kind=\"page\"} 4000",
        "diemtin_fetch_duration_seconds_count{kind=\"feed\"} 0",
        "diemtin_entries_total{admission=\"new\"} 3",
        "diemtin_articles_total 1",
        "diemtin_alerts_total 2",
        "diemtin_deliveries_total{channel=\"webhook\",outcome=\"retried\"} 1",
        "diemtin_healthy 1",
        "process_start_time_seconds 1700000100.5",
    ] {
        assert!(has(&text, line), "{line}\n{text}");
    }
}

#[test]
fn levels_are_ages_and_counts() {
    let levels = Levels {
        pending_entries: 7,
        oldest_due_entry: Some(NOW.minus(Duration::from_secs(90))),
        oldest_due_source: Some(NOW.plus(Duration::from_secs(90))),
        outbox: vec![("queued", 2), ("dead", 1)],
        oldest_queued: Some(NOW.minus(Duration::from_millis(1_500))),
        sources: vec![("ok", 35), ("failing", 0)],
        last_success: vec![("Báo \"Số\"\\\n2".to_owned(), NOW)],
        ..Levels::default()
    };
    let text = text_with(&levels);
    for line in [
        "diemtin_pending_entries 7",
        "diemtin_queue_age_seconds{queue=\"entries\"} 90.0",
        "diemtin_queue_age_seconds{queue=\"sources\"} 0.0",
        "diemtin_queue_age_seconds{queue=\"deliveries\"} 0.0",
        "diemtin_outbox_depth{state=\"dead\"} 1",
        "diemtin_outbox_oldest_seconds 1.5",
        "diemtin_sources{state=\"failing\"} 0",
        "diemtin_source_last_success_timestamp_seconds{source=\"Báo \\\"Số\\\"\\\\\\n2\"} 1700000100.5",
    ] {
        assert!(has(&text, line), "{line}\n{text}");
    }
}

#[test]
fn too_many_sources_have_no_series_of_their_own() {
    for (count, told) in [(MOST_SOURCES, true), (MOST_SOURCES + 1, false)] {
        let last_success = (0..count).map(|number| (format!("Báo {number}"), NOW)).collect();
        let text = text_with(&Levels { last_success, ..Levels::default() });
        assert_eq!(text.contains("diemtin_source_last_success_timestamp_seconds{"), told, "{count}");
    }
}

/// The parts of OpenMetrics 1.0 that scrapers refuse a whole answer for.
#[test]
fn the_text_is_well_formed() {
    let text = text_with(&Levels { sources: vec![("ok", 1)], ..Levels::default() });
    assert!(text.ends_with("\n# EOF\n"));
    let mut families = std::collections::HashSet::new();
    for line in text.lines().filter(|line| line.starts_with("# TYPE ")) {
        let family = line.split(' ').nth(2).unwrap();
        assert!(families.insert(family.to_owned()), "{family} stands twice");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().unwrap();
        let suffixes = ["_total", "_bucket", "_count", "_sum", "_info", ""];
        let known = suffixes
            .iter()
            .any(|suffix| name.strip_suffix(suffix).is_some_and(|family| families.contains(family)));
        assert!(known, "{name} has no # TYPE");
        assert!(line.rsplit(' ').next().unwrap().parse::<f64>().is_ok(), "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_is_measured() {
    let text = text_with(&Levels::default());
    for name in ["process_resident_memory_bytes ", "process_cpu_seconds_total ", "process_open_fds "] {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        let value: f64 = line.rsplit(' ').next().unwrap().parse().unwrap_or(-1.0);
        assert!(value >= 0.0, "{name}: {line}");
    }
}
