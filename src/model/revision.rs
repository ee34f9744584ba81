//! What a page says at one moment, and how it differs from an earlier one.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::RevisionId;

/// What of a page is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// All visible text.
    #[default]
    Page,
    /// The article's title, lead, body and captions.
    Article,
    /// The links of the page's list.
    Listing,
}

/// What a page said when it was fetched: what is compared, before any option leaves lines out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// What of the page this is.
    pub mode: Mode,
    /// The headline; empty but for articles.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The standfirst; empty but for articles.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
    /// The text, a block element a line, in document order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// The links of a list, in document order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Why this is no version of the page, or not its last full one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ChangeKind>,
    /// What led to `state`, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A link of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads, absolute.
    pub url: String,
    /// Its words.
    pub text: String,
    /// Whether it is an item of the list. The other links of the page are kept to tell what left the list from what is
    /// only shown elsewhere now.
    #[serde(default)]
    pub listed: bool,
}

/// How a page differs from its last version.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Whether it is a new version, which is told.
    pub changed: bool,
    /// What sort of change it is, or why the answer is no version.
    pub kind: Option<ChangeKind>,
    /// How much it matters, from 0 to 1.
    pub significance: f64,
    /// Lines that were not there.
    pub added: Vec<String>,
    /// Lines that are gone.
    pub removed: Vec<String>,
    /// Runs of words that were replaced, in the order of the text.
    pub words: Vec<WordChange>,
    /// What differs and does not count.
    pub ignored: Vec<Ignored>,
}

/// A run of words that became another; either is empty where words were only added or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordChange {
    /// What stood there.
    pub from: String,
    /// What stands there now.
    pub to: String,
    /// In how many places.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
}

impl Default for WordChange {
    fn default() -> Self {
        Self { from: String::new(), to: String::new(), times: once() }
    }
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks like this")]
fn is_once(times: &u32) -> bool {
    *times == once()
}

impl Change {
    /// The words that were replaced, each pair once with in how many places, in the order of the first.
    pub fn swaps(&self) -> Vec<WordChange> {
        let mut places: HashMap<(&str, &str), usize> = HashMap::new();
        let mut swaps: Vec<WordChange> = Vec::new();
        for words in &self.words {
            let place = *places.entry((&words.from, &words.to)).or_insert(swaps.len());
            match swaps.get_mut(place) {
                Some(swap) => swap.times = swap.times.saturating_add(words.times),
                None => swaps.push(words.clone()),
            }
        }
        swaps
    }
}

/// A difference that does not count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ignored {
    /// The option or the rule that leaves it out.
    pub why: String,
    /// What differs.
    pub text: String,
}

/// What sort of change, or why an answer is no version of the page. Of several the first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The server failed or refused.
    HttpError,
    /// No text at all.
    Empty,
    /// Fewer bytes than announced, or a document cut short.
    Incomplete,
    /// A challenge or a consent wall.
    Blocked,
    /// No element of the page is selected.
    FilterMissing,
    /// No longer there, or a home page in its place.
    TakenDown,
    /// The text ends at a login or pay wall.
    Truncated,
    /// There again, or whole again, after it was told that it was not.
    Restored,
    /// A link is new.
    ItemAdded,
    /// A link is gone.
    ItemRemoved,
    /// A link has other words.
    ItemEdited,
    /// The same links in another order.
    Reordered,
    /// An editor's note was added.
    Correction,
    /// Another headline.
    TitleEdit,
    /// The same paragraphs in another order.
    Moved,
    /// A paragraph is new.
    ParagraphAdded,
    /// A paragraph is gone.
    ParagraphRemoved,
    /// Within a paragraph only numbers changed.
    NumberEdit,
    /// A name became another.
    EntityEdit,
    /// Any other.
    Edit,
    /// Typography, or the spelling of one word.
    Minor,
}

impl fmt::Display for ChangeKind {
    /// As it is stored, in `snake_case`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// An edit as a message tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemChange {
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
    /// The version before.
    pub before: RevisionId,
    /// The version after.
    pub after: RevisionId,
    /// Tracked entities that the version before did not name.
    pub appeared: Vec<String>,
    /// Tracked entities that the version after no longer names.
    pub vanished: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_in_many_places_is_told_once() {
        let words = |from: &str, to: &str| WordChange { from: from.into(), to: to.into(), times: 1 };
        let words = vec![words("384", "382"), words("", "mới"), words("384", "382"), words("384", "382")];
        let swaps = Change { words, ..Change::default() }.swaps();
        let told: Vec<_> =
            swaps.iter().map(|swap| (swap.from.as_str(), swap.to.as_str(), swap.times)).collect();
        assert_eq!(told, [("384", "382", 3), ("", "mới", 1)]);
        assert_eq!(serde_json::to_string(&swaps[1]).unwrap(), r#"{"from":"","to":"mới"}"#);
    }
}
