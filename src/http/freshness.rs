//! What an answer says about time: when to come back, and how long it stays fresh.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime};

use super::Response;
use crate::model::Timestamp;

impl Response {
    /// `Retry-After`: seconds, or a date seen from `now`. Some services send a fraction, which is rounded up, or words behind the
    /// number ("20 seconds", "2 minutes"), or a date of ISO 8601.
    pub fn retry_after(&self, now: Timestamp) -> Option<Duration> {
        let value = self.header("retry-after")?.trim().trim_start_matches('+');
        if let Some(at) = http_date(value) {
            return Some(at.since(now));
        }
        let seconds = value.parse().ok().or_else(|| leading_number(value))?;
        let is_span = value.starts_with(|first: char| first.is_ascii_digit());
        is_span.then(|| Duration::try_from_secs_f64(seconds.ceil()).unwrap_or(Duration::MAX))
    }

    /// How long the answer stays fresh by RFC 9111: `Cache-Control: max-age` less the `Age` it already has, else
    /// `Expires` seen from `Date` (or `now`). `None` where it says nothing, or that it is stale at once.
    pub fn fresh_for(&self, now: Timestamp) -> Option<Duration> {
        let span = match self.max_age() {
            MaxAge::Forbidden => return None,
            MaxAge::Seconds(seconds) => Duration::from_secs(seconds).saturating_sub(self.age()),
            MaxAge::Unsaid => {
                let sent = self.header("date").and_then(http_date).unwrap_or(now);
                http_date(self.header("expires")?)?.since(sent)
            }
        };
        (!span.is_zero()).then_some(span)
    }

    fn max_age(&self) -> MaxAge {
        let mut found = MaxAge::Unsaid;
        let values = self.headers.iter().filter(|(name, _)| name == "cache-control");
        for directive in values.flat_map(|(_, value)| value.split(',')) {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-store" | "no-cache" => return MaxAge::Forbidden,
                "max-age" => found = seconds(value.trim().trim_matches('"')).map_or(found, MaxAge::Seconds),
                _ => {}
            }
        }
        found
    }

    fn age(&self) -> Duration {
        Duration::from_secs(self.header("age").and_then(|value| value.trim().parse().ok()).unwrap_or(0))
    }
}

/// What `Cache-Control` says.
#[derive(Debug, Clone, Copy)]
enum MaxAge {
    Unsaid,
    Forbidden,
    Seconds(u64),
}

/// A span of whole seconds; one beyond what a number holds is as long as can be (RFC 9111, 1.2.2).
fn seconds(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// The number that a text begins with, in seconds where a unit stands behind it; nothing where a word does that is none.
fn leading_number(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    let rest = rest.trim_start();
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let unit = match word.to_ascii_lowercase().as_str() {
        // A second number, or a remark; what else stands there makes it a date or a time of day that is not understood.
        "" if rest.is_empty() || rest.starts_with([',', ';', '(']) => 1.0,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86_400.0,
        "ms" | "msec" | "msecs" | "milli" | "millis" | "millisecond" | "milliseconds" => 0.001,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * unit)
}

/// The three date formats of RFC 9110 section 5.6.7 (the usual one, that of RFC 850, that of asctime), and that of ISO 8601.
fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc2822(text).or_else(|_other| DateTime::parse_from_rfc3339(text)) {
        return Some(at.into());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|at| at.and_utc().into())
}
