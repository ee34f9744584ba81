//! Gauges that are read from the store for one answer.

use std::time::Duration;

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use crate::model::{Levels, Timestamp};

/// The most sources that get a series of their own; of more than that none does, so that which are shown does not change
/// from one answer to the next.
pub(super) const MOST_SOURCES: usize = 2_000;

type Seconds = Gauge<f64, std::sync::atomic::AtomicU64>;

pub(super) fn health(registry: &mut Registry, well: bool) {
    let gauge: Gauge = Gauge::default();
    gauge.set(i64::from(well));
    registry.register("diemtin_healthy", "1 while /health answers 200, else 0", gauge);
}

pub(super) fn register(registry: &mut Registry, levels: &Levels, now: Timestamp) {
    let pending: Gauge = Gauge::default();
    pending.set(levels.pending_entries);
    registry.register("diemtin_pending_entries", "Entries whose article is still to be fetched", pending);
    queues(registry, levels, now);
    outbox(registry, levels, now);
    sources(registry, levels);
}

fn queues(registry: &mut Registry, levels: &Levels, now: Timestamp) {
    let ages: Family<[(&'static str, &'static str); 1], Seconds> = Family::default();
    for (queue, oldest) in [
        ("sources", levels.oldest_due_source),
        ("entries", levels.oldest_due_entry),
        ("deliveries", levels.oldest_due_delivery),
    ] {
        ages.get_or_create(&[("queue", queue)]).set(age(oldest, now).as_secs_f64());
    }
    let help = "For how long the oldest work that is due has waited; 0 where none is";
    registry.register_with_unit("diemtin_queue_age", help, Unit::Seconds, ages);
}

fn outbox(registry: &mut Registry, levels: &Levels, now: Timestamp) {
    registry.register(
        "diemtin_outbox_depth",
        "Messages on their way (queued) and given up (dead)",
        by_state(&levels.outbox),
    );
    let oldest = Seconds::default();
    oldest.set(age(levels.oldest_queued, now).as_secs_f64());
    let help = "For how long the oldest message has been on its way; 0 where none is";
    registry.register_with_unit("diemtin_outbox_oldest", help, Unit::Seconds, oldest);
}

fn sources(registry: &mut Registry, levels: &Levels) {
    registry.register("diemtin_sources", "Sources, by how they are doing", by_state(&levels.sources));
    if levels.last_success.len() > MOST_SOURCES {
        return;
    }
    let last: Family<[(&'static str, String); 1], Seconds> = Family::default();
    for (name, at) in &levels.last_success {
        last.get_or_create(&[("source", name.clone())]).set(unix_seconds(*at));
    }
    let help = "When a source answered last";
    registry.register_with_unit("diemtin_source_last_success_timestamp", help, Unit::Seconds, last);
}

fn by_state(counts: &[(&'static str, i64)]) -> Family<[(&'static str, &'static str); 1], Gauge> {
    let family: Family<[(&'static str, &'static str); 1], Gauge> = Family::default();
    for (state, count) in counts {
        family.get_or_create(&[("state", *state)]).set(*count);
    }
    family
}

fn age(oldest: Option<Timestamp>, now: Timestamp) -> Duration {
    oldest.map(|at| now.since(at)).unwrap_or_default()
}

/// Seconds since 1970, as Prometheus writes instants.
pub(super) fn unix_seconds(at: Timestamp) -> f64 {
    at.micros() as f64 / 1e6
}
