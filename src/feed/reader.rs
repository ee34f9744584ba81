//! The only home of feed-rs: its panics are contained, its invented ids refused, its dates replaced by ours.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use feed_rs::parser::{Builder, ParseFeedError};

use crate::model::Moment;
use crate::text::date;

use super::{FeedError, Origin};

/// What feed-rs read, and the dates in it.
pub(super) struct Read {
    pub(super) feed: feed_rs::model::Feed,
    moments: Vec<Moment>,
}

impl Read {
    /// The date behind one of feed-rs's.
    pub(super) fn moment(&self, stamp: Option<DateTime<Utc>>) -> Option<Moment> {
        self.moments.get(usize::try_from(stamp?.timestamp()).ok()?).copied()
    }
}

/// Reads mended text. Where feed-rs panics, the text is read once more with e-mail addresses set apart: the one
/// known cause is a letter beyond ASCII beside an address in an author's name.
pub(super) fn read(text: &str, origin: Origin<'_>, repairs: &mut Vec<String>) -> Result<Read, FeedError> {
    if let Some(outcome) = attempt(text, origin) {
        return outcome;
    }
    repairs.push("e-mail addresses were set apart from the words around them".to_owned());
    attempt(&set_addresses_apart(text), origin).unwrap_or_else(|| {
        Err(FeedError::Malformed("the reader gave up on it; please report the feed's address".to_owned()))
    })
}

/// `None` where feed-rs panicked.
fn attempt(text: &str, origin: Origin<'_>) -> Option<Result<Read, FeedError>> {
    let moments = Arc::new(Mutex::new(Vec::new()));
    let base = origin.url.as_str().to_owned();
    let outcome = {
        let moments = Arc::clone(&moments);
        let zone = origin.timezone;
        catch_unwind(AssertUnwindSafe(move || {
            let parser = Builder::new()
                .base_uri(Some(base))
                .sanitize_content(false)
                .id_generator(|_, _, _| String::new())
                .timestamp_parser(move |text| remember(text, zone, &moments))
                .build();
            parser.parse(text.as_bytes())
        }))
        .ok()?
    };
    let moments = std::mem::take(&mut *moments.lock().unwrap_or_else(PoisonError::into_inner));
    Some(outcome.map(|feed| Read { feed, moments }).map_err(|error| explain(&error)))
}

/// Reads a date with its offset and precision. feed-rs can only carry an instant in UTC, so it is given the
/// date's number in our list as seconds; it never looks into an instant.
fn remember(text: &str, zone: Tz, moments: &Mutex<Vec<Moment>>) -> Option<DateTime<Utc>> {
    let moment = date::parse(text, zone)?;
    let mut moments = moments.lock().unwrap_or_else(PoisonError::into_inner);
    moments.push(moment);
    DateTime::from_timestamp(i64::try_from(moments.len() - 1).ok()?, 0)
}

fn explain(error: &ParseFeedError) -> FeedError {
    FeedError::Malformed(match error {
        ParseFeedError::JsonSerde(reason) => format!("its JSON is not that of a JSON Feed ({reason})"),
        ParseFeedError::JsonUnsupportedVersion(version) => {
            format!("it is JSON, but names {version:?} as its version instead of one of jsonfeed.org")
        }
        ParseFeedError::XmlReader(reason) => format!("its XML is damaged ({reason})"),
        ParseFeedError::ParseError(reason) => format!("its elements are not those of a feed ({reason})"),
        ParseFeedError::IoError(reason) => format!("it breaks off ({reason})"),
    })
}

/// Puts a space on both sides of every e-mail address that touches a letter beyond ASCII.
fn set_addresses_apart(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let mut apart = String::with_capacity(text.len() + 16);
    let mut pieces = text.split('@').peekable();
    let mut behind_sign = false;
    while let Some(piece) = pieces.next() {
        let host = if behind_sign { piece.find(|c| !is_part(c)).unwrap_or(piece.len()) } else { 0 };
        let (host, rest) = piece.split_at(host);
        apart.push_str(host);
        if behind_sign && rest.starts_with(|c: char| !c.is_ascii()) {
            apart.push(' ');
        }
        behind_sign = pieces.peek().is_some();
        let local = if behind_sign { rest.rfind(|c| !is_part(c)) } else { None };
        match local.and_then(|last| {
            rest.get(last..).and_then(|tail| tail.chars().next()).map(|c| (last + c.len_utf8(), c))
        }) {
            Some((start, c)) if !c.is_ascii() => {
                let (words, local) = rest.split_at(start);
                apart.push_str(words);
                apart.push(' ');
                apart.push_str(local);
            }
            _ => apart.push_str(rest),
        }
        if behind_sign {
            apart.push('@');
        }
    }
    apart
}
