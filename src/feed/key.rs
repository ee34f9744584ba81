//! Our own identifier of an entry.
//!
//! The address identifies an entry, because headlines are edited and many feeds make up a new guid on every poll.
//! An address that several entries of one feed share (a live blog, a home page) identifies none of them; there the
//! guid decides, else the date and the headline.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};
use url::Url;

use crate::model::{Entry, EntryKey};
use crate::text::address;

/// What longer keys name is replaced by its hash.
const LONGEST: usize = 400;

/// Gives every entry its key.
pub(super) fn assign(entries: &mut [Entry]) {
    let addresses: Vec<Option<String>> = entries.iter().map(identifying_address).collect();
    let mut shared: HashMap<&str, Vec<&str>> = HashMap::new();
    for (entry, address) in entries.iter().zip(&addresses) {
        if let Some(address) = address {
            shared.entry(address).or_default().push(distinction(entry));
        }
    }
    let keys: Vec<EntryKey> = entries
        .iter()
        .zip(&addresses)
        .map(|(entry, address)| {
            let alone = address.as_deref().filter(|address| {
                shared
                    .get(address)
                    .is_none_or(|others| others.iter().all(|other| *other == distinction(entry)))
            });
            match alone {
                Some(address) => bounded(EntryKey::ADDRESS, address),
                None => without_address(entry, address.as_deref()),
            }
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

/// The canonical address, unless it is a home page: that names the site, not the entry.
fn identifying_address(entry: &Entry) -> Option<String> {
    let address = address::canonical(entry.url.as_deref()?);
    let url = Url::parse(&address).ok()?;
    let home = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    (!home).then_some(address)
}

fn without_address(entry: &Entry, address: Option<&str>) -> EntryKey {
    let place = address.map(|address| format!(" link:{address}")).unwrap_or_default();
    if let Some(id) = &entry.id {
        return bounded("guid:", &format!("{id}{place}"));
    }
    let mut hash = Sha256::new();
    let date = entry.published.or(entry.updated).map(|at| at.to_string()).unwrap_or_default();
    let words = entry.title.as_ref().or(entry.summary.as_ref()).or(entry.content.as_ref());
    for part in [date.as_str(), words.map_or("", String::as_str)] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    bounded("text:", &format!("{}{place}", hexadecimal(&hash.finalize())))
}

/// The key of what is known by its address alone: a page of a sitemap, a link of a listing.
pub(super) fn of_address(url: &str) -> EntryKey {
    bounded(EntryKey::ADDRESS, &address::canonical(url))
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
