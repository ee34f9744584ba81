//! What the kernel says of this process, under the names that every Prometheus client uses. Elsewhere than on Linux there is
//! no /proc, and only the start is told.

use std::fs;
use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::levels::unix_seconds;
use crate::model::Timestamp;

/// The kernel counts CPU time for programs in hundredths of a second (`USER_HZ`), whatever its own tick is.
const TICKS_A_SECOND: f64 = 100.0;

pub(super) fn register(registry: &mut Registry, started: Timestamp) {
    let start: Gauge<f64, AtomicU64> = Gauge::default();
    start.set(unix_seconds(started));
    registry.register_with_unit("process_start_time", "When it began", Unit::Seconds, start);
    if let Some(seconds) = cpu_seconds() {
        let cpu: Counter<f64, AtomicU64> = Counter::default();
        cpu.inc_by(seconds);
        registry.register_with_unit("process_cpu", "CPU time used", Unit::Seconds, cpu);
    }
    let gauges = [
        ("process_resident_memory", "Memory in RAM", Some(Unit::Bytes), resident_bytes()),
        ("process_open_fds", "Open files and sockets", None, open_files()),
    ];
    for (name, help, unit, value) in gauges {
        let Some(value) = value else { continue };
        let gauge: Gauge = Gauge::default();
        gauge.set(value);
        match unit {
            Some(unit) => registry.register_with_unit(name, help, unit, gauge),
            None => registry.register(name, help, gauge),
        }
    }
}

/// User and system time: fields 14 and 15 of `/proc/self/stat`. The name in field 2 may hold anything, `)` included.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) as f64 / TICKS_A_SECOND)
}

fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Without the one that reads them.
fn open_files() -> Option<i64> {
    let files = fs::read_dir("/proc/self/fd").ok()?.count();
    i64::try_from(files.saturating_sub(1)).ok()
}
