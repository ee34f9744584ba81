//! Our own identifier of an entry.
//!
//! The address identifies an entry, because headlines are edited and many feeds make up a new guid on every poll. An
//! address that several entries of one feed share (a live blog, a home page) identifies none of them; there the guid
//! decides. An entry with neither is known by the moment of its publication, else by its text, and by its headline only
//! where those say nothing.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::{Entry, EntryKey, Moment};
use crate::text::address;

/// What longer keys name is replaced by its hash.
const LONGEST: usize = 400;

/// Gives every entry its key.
pub(super) fn assign(entries: &mut [Entry]) {
    let addresses: Vec<Option<String>> = entries.iter().map(identifying_address).collect();
    let mut shared: HashMap<&str, Option<&str>> = HashMap::new();
    let mut marked: HashMap<Mark<'_>, usize> = HashMap::new();
    for (entry, address) in entries.iter().zip(&addresses) {
        if let Some(address) = address {
            let known = shared.entry(address).or_insert_with(|| Some(distinction(entry)));
            *known = known.filter(|known| *known == distinction(entry));
        }
        for mark in marks(entry) {
            *marked.entry(mark).or_default() += 1;
        }
    }
    let keys: Vec<EntryKey> = entries
        .iter()
        .zip(&addresses)
        .map(|(entry, address)| match address {
            Some(address) if shared.get(address.as_str()).is_some_and(Option::is_some) => {
                bounded(EntryKey::ADDRESS, address)
            }
            _ => without_address(entry, address.as_deref(), &marked),
        })
        .collect();
    for (entry, key) in entries.iter_mut().zip(keys) {
        entry.key = key;
    }
}

/// What tells two entries with one address apart.
fn distinction(entry: &Entry) -> &str {
    entry.id.as_deref().or(entry.title.as_deref()).unwrap_or_default()
}

/// The canonical address, unless it is a home page: that names the site, not the entry. Within one feed, neither `www.`
/// nor a slash at the end makes another article.
fn identifying_address(entry: &Entry) -> Option<String> {
    let address = address::canonical(entry.url.as_deref()?);
    let place = address.split_once("://").map_or("", |(_, place)| place);
    if place.split_once('/').is_some_and(|(_, path)| path.is_empty()) {
        return None;
    }
    let address = address.replacen("://www.", "://", 1);
    Some(address.strip_suffix('/').map(str::to_owned).unwrap_or(address))
}

/// What an entry without a guid is known by where no other entry has the same: its headline may then change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Mark<'a> {
    At(i64),
    Says(&'a str),
}

/// The best one first. A day is no mark, since many articles appear on it.
fn marks(entry: &Entry) -> impl Iterator<Item = Mark<'_>> {
    let entry = Some(entry).filter(|entry| entry.id.is_none());
    let at = entry.and_then(|entry| entry.published.or(entry.updated));
    let at = at.filter(|at| matches!(at, Moment::Instant(_))).map(|at| Mark::At(at.timestamp().micros()));
    let text = entry.and_then(|entry| entry.summary.as_deref().or(entry.content.as_deref()));
    at.into_iter().chain(text.map(Mark::Says))
}

fn without_address(entry: &Entry, address: Option<&str>, marked: &HashMap<Mark<'_>, usize>) -> EntryKey {
    let place = address.map(|address| format!(" link:{address}")).unwrap_or_default();
    if let Some(id) = &entry.id {
        return bounded("guid:", &format!("{id}{place}"));
    }
    let own = marks(entry).find(|mark| marked.get(mark) == Some(&1));
    let (date, words) = match own {
        Some(Mark::At(micros)) => (micros.to_string(), ""),
        Some(Mark::Says(text)) => (String::new(), text),
        None => {
            let date = entry.published.or(entry.updated).map(|at| at.to_string()).unwrap_or_default();
            let words = entry.title.as_ref().or(entry.summary.as_ref()).or(entry.content.as_ref());
            (date, words.map_or("", String::as_str))
        }
    };
    let mut hash = Sha256::new();
    for part in [date.as_str(), words] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    bounded("text:", &format!("{}{place}", hexadecimal(&hash.finalize())))
}

fn bounded(kind: &str, key: &str) -> EntryKey {
    if kind.len() + key.len() <= LONGEST {
        return EntryKey::new(format!("{kind}{key}"));
    }
    EntryKey::new(format!("{kind}sha256-{}", hexadecimal(&Sha256::digest(key.as_bytes()))))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
