//! Durations such as `"1h30m"` and sizes such as `"16MiB"`.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::config::located::Located;
use crate::config::report::Report;

/// One second.
pub(super) const SECOND: Duration = Duration::from_secs(1);
/// One minute.
pub(super) const MINUTE: Duration = Duration::from_mins(1);
/// One day.
pub(super) const DAY: Duration = Duration::from_hours(24);
/// 365 days.
pub(super) const YEAR: Duration = Duration::from_hours(365 * 24);

/// One mebibyte.
pub(super) const MIB: u64 = 1024 * 1024;

/// The duration, where it is one within `limits`.
pub(super) fn duration(
    text: &Located<String>,
    limits: RangeInclusive<Duration>,
    report: &mut Report<'_>,
) -> Option<Duration> {
    let Some(duration) = read_duration(text.get()) else {
        let message = format!(
            "\"{}\" is not a duration; write whole numbers with s, m, h or d, as in \"90s\", \"15m\", \"6h\", \"1h30m\", \"7d\"",
            text.get().escape_debug()
        );
        report.suggest(text.span(), message, shortened(text.get()));
        return None;
    };
    if !limits.contains(&duration) {
        let (least, most) = (written(*limits.start()), written(*limits.end()));
        report.problem(text.span(), format!("this must be between {least} and {most}"));
        return None;
    }
    Some(duration)
}

/// The number of bytes, where it is one from 1 KiB to 1 GiB.
pub(super) fn size(text: &Located<String>, report: &mut Report<'_>) -> Option<u64> {
    let Some(bytes) = read_size(text.get()) else {
        let message = format!(
            "\"{}\" is not a size; write a whole number with KiB, MiB or GiB, as in \"16MiB\"",
            text.get().escape_debug()
        );
        report.problem(text.span(), message);
        return None;
    };
    if !(1024..=1024 * MIB).contains(&bytes) {
        report.problem(text.span(), "this must be between 1KiB and 1GiB");
        return None;
    }
    Some(bytes)
}

/// Numbers and units, added up.
fn read_duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut seconds: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, after) = rest.split_at_checked(digits)?;
        let mut after = after.chars();
        let unit = match after.next()? {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return None,
        };
        seconds = seconds.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?;
        rest = after.as_str();
    }
    (!text.is_empty()).then(|| Duration::from_secs(seconds))
}

/// `15m` of `15 minutes`, where that is all there is.
fn shortened(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text.get(number.len()..)?.trim() {
        "sec" | "secs" | "second" | "seconds" | "giây" => 's',
        "min" | "mins" | "minute" | "minutes" | "phút" => 'm',
        "hr" | "hrs" | "hour" | "hours" | "giờ" | "h" => 'h',
        "day" | "days" | "ngày" | "d" => 'd',
        _ => return None,
    };
    number.parse::<u64>().ok().map(|number| format!("{number}{unit}"))
}

fn written(duration: Duration) -> String {
    let seconds = duration.as_secs();
    for (unit, name) in [(86_400, 'd'), (3_600, 'h'), (60, 'm')] {
        if seconds >= unit && seconds.is_multiple_of(unit) {
            return format!("{}{name}", seconds / unit);
        }
    }
    format!("{seconds}s")
}

fn read_size(text: &str) -> Option<u64> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(unit_at)?;
    let unit: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1024,
        "mib" => MIB,
        "gib" => 1024 * MIB,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_add_up() {
        for (text, seconds) in [
            ("90s", Some(90)),
            ("1h30m", Some(5_400)),
            ("7d", Some(604_800)),
            ("0s", Some(0)),
            ("", None),
            ("15", None),
            ("m", None),
            ("1.5h", None),
            ("-5m", None),
            ("15 m", None),
            ("99999999999999999999d", None),
            ("9999999999999999999d", None),
        ] {
            assert_eq!(read_duration(text).map(|duration| duration.as_secs()), seconds, "{text}");
        }
    }

    #[test]
    fn sizes_are_read_in_both_kinds_of_units() {
        for (text, bytes) in [
            ("16MiB", Some(16 * MIB)),
            ("512 kib", Some(512 * 1024)),
            ("10MB", Some(10_000_000)),
            ("16", None),
            ("MiB", None),
            ("1.5MiB", None),
            ("99999999999GiB", None),
        ] {
            assert_eq!(read_size(text), bytes, "{text}");
        }
    }
}
