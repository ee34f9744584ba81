//! What was gathered of one entry, or of the feed itself.

use url::Url;

use crate::model::{Entry, EntryKey, Moment};

use super::limits::{LONGEST_NAME, LONGEST_TEXT, MOST_TERMS};
use super::{link, plain};

/// A field that several elements may fill.
#[derive(Debug)]
pub(super) struct Slot<T> {
    rank: u32,
    value: Option<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { rank: 0, value: None }
    }
}

impl<T> Slot<T> {
    /// Takes the value if it comes from a better element than the one before. Of equals the first counts.
    pub(super) fn offer(&mut self, rank: u32, value: Option<T>) {
        if value.is_some() && self.would_take(rank) {
            *self = Self { rank, value };
        }
    }

    /// Whether a value from an element of this rank would be taken.
    fn would_take(&self, rank: u32) -> bool {
        self.value.is_none() || rank < self.rank
    }

    /// Whether something stands in it.
    pub(super) fn is_some(&self) -> bool {
        self.value.is_some()
    }

    /// What stands in it.
    pub(super) fn take(&mut self) -> Option<T> {
        self.value.take()
    }
}

/// The fields of an entry, while it is read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Slot<String>,
    pub(super) url: Slot<String>,
    pub(super) id: Slot<String>,
    pub(super) published: Slot<Moment>,
    pub(super) updated: Slot<Moment>,
    pub(super) summary: Slot<String>,
    pub(super) content: Slot<String>,
    people: Slot<Vec<String>>,
    categories: Vec<String>,
}

impl Draft {
    /// Takes an identifier; where it may be an address, also as one.
    pub(super) fn identify(&mut self, rank: u32, id: String, may_lead: MayLead, base: &Url) {
        let Some(id) = plain::kept(id, LONGEST_NAME) else { return };
        // A link is better than an address that happens to identify.
        let as_link = rank.saturating_add(AS_LAST);
        if self.url.would_take(as_link) {
            let address = match may_lead {
                MayLead::Anywhere => link::absolute(&id, base),
                MayLead::IfAddress => link::permalink(&id),
            };
            self.url.offer(as_link, address);
        }
        self.id.offer(rank, Some(id));
    }

    /// Takes the name of an author. Those of the best element are kept, all of them.
    pub(super) fn sign(&mut self, rank: u32, name: Option<String>) {
        let Some(name) = name else { return };
        match &mut self.people {
            Slot { rank: known, value: Some(people) } if *known == rank => push_new(people, name),
            people => people.offer(rank, Some(vec![name])),
        }
    }

    /// Takes a term.
    pub(super) fn file_under(&mut self, term: Option<String>) {
        if let Some(term) = term {
            push_new(&mut self.categories, term);
        }
    }

    /// The authors.
    pub(super) fn authors(&mut self) -> Vec<String> {
        self.people.take().unwrap_or_default()
    }

    /// The entry, without its key. Where it names no author, those of the feed wrote it.
    pub(super) fn finish(mut self, inherited: &[String]) -> Entry {
        let own = self.authors();
        Entry {
            id: self.id.take(),
            key: EntryKey::new(String::new()),
            url: self.url.take(),
            title: self.title.take(),
            authors: if own.is_empty() { inherited.to_vec() } else { own },
            published: self.published.take(),
            updated: self.updated.take(),
            summary: self.summary.take().and_then(|text| plain::kept(text, LONGEST_TEXT)),
            content: self.content.take().and_then(|text| plain::kept(text, LONGEST_TEXT)),
            categories: self.categories,
            shares_address: false,
        }
    }
}

/// The rank of an address that is none of the links.
pub(super) const AS_LAST: u32 = 1 << 16;

/// Whether an identifier is also a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MayLead {
    /// The feed says so.
    Anywhere,
    /// Where it is a web address.
    IfAddress,
}

fn push_new(terms: &mut Vec<String>, term: String) {
    if terms.len() < MOST_TERMS && !terms.contains(&term) {
        terms.push(term);
    }
}

/// The name in `address (name)`, `name <address>` or `name`; the address where there is no name.
pub(super) fn name_of(words: &str) -> Option<String> {
    let words = plain::from_html(words)?;
    if !words.contains('@') {
        return Some(words);
    }
    let bracketed = |open: char, close: char| {
        let (before, rest) = words.split_once(open)?;
        let inside = rest.split_once(close).map_or(rest, |(inside, _)| inside);
        let name = if inside.contains('@') { before } else { inside };
        Some(name.trim().to_owned()).filter(|name| !name.is_empty() && !name.contains('@'))
    };
    bracketed('(', ')').or_else(|| bracketed('<', '>')).or(Some(words.clone()))
}
