//! Bytes to article.
//!
//! ```text
//! bytes -> charset -> bound (scripts out, size and depth capped) -> one parsed tree -> dom (flat list of nodes)
//!       -> blocks (what a reader sees as paragraphs) -> clutter (which parts are no article)
//!       -> body (which element holds the article) -> told (what JSON-LD confirms of it) -> lead, captions, paragraphs
//!       -> repeats, endings (what is said twice, what stands under the text); metadata beside it
//! ```

mod attribution;
mod authors;
mod blocks;
mod body;
mod byline;
mod byline_text;
mod canonical;
mod captions;
mod clutter;
mod compose;
mod dates;
mod declared;
mod dom;
mod elements;
mod endings;
mod entry;
mod epoch;
mod explain;
mod finish;
mod headed;
mod hint_words;
mod hints;
mod json;
mod lead;
mod learnt;
mod links;
mod metadata;
mod name_words;
mod names;
mod page;
mod parties;
mod parts;
mod references;
mod repeated;
mod repeats;
mod ruled;
mod rules;
mod snapshot;
mod sources;
mod structured;
mod title;
mod told;
mod verdict;
mod view;
mod visible;
mod visible_dates;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use url::Url;

use crate::model::{Article, Entry, Snapshot, UnmetRule};

pub use epoch::Epoch;
pub use explain::{BodyChoice, Candidate, Dropped, Explanation, Reason};
pub use learnt::{Learnt, Seen};
pub use parts::Place;
pub use rules::{Part, Rule, RuleError, Rules};
pub use snapshot::{Answer, Taken};
pub use view::{Targets, View, WhiteSpace};

/// What is known of a page besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Where it came from, after redirects.
    pub url: &'a Url,
    /// The HTTP `Content-Type`.
    pub content_type: Option<&'a str>,
    /// For dates without a zone.
    pub timezone: Tz,
    /// BCP 47 primary language of the source, where the page does not tell its own.
    pub language: &'a str,
}

/// What is known of a site besides the page at hand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guide<'a> {
    /// The rules of the source; they win over every guess.
    pub rules: Option<&'a Rules>,
    /// What earlier articles of the host have taught.
    pub learnt: Option<&'a Learnt>,
    /// Whether to say how the article came about.
    pub explain: Explain,
}

/// Whether an extraction says how it came about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Explain {
    /// Nobody asks.
    #[default]
    No,
    /// A person wants to know.
    Yes,
}

impl Guide<'_> {
    /// The epoch of what is read with this guide.
    pub fn epoch(&self) -> Epoch {
        Epoch::new(self.rules.map_or(0, Rules::version), self.learnt.map_or(0, Learnt::version))
    }
}

/// A page as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// The address of the part that follows: on the same host, this article's own address with the next number.
    pub next: Option<Url>,
    /// Text between the headline and the body that nothing marks: where there is no lead, perhaps one.
    pub opening: Vec<String>,
    /// The rules that gave nothing on this page.
    pub unmet: Vec<UnmetRule>,
    /// What the page shows of its host; nothing where it is no article or was chosen by a rule.
    pub seen: Seen,
    /// What the article depends on besides the page.
    pub epoch: Epoch,
    /// How it came about, where that was asked for.
    pub explanation: Option<Explanation>,
}

/// Reads an article page. Never fails: an unusable page gives an article whose verdict says so.
pub fn read(page: &[u8], origin: Origin<'_>, guide: Guide<'_>) -> Reading {
    read_part(page, origin, guide, Place { first: origin.url, number: 1 })
}

/// Reads a page that is one of several parts of an article.
pub fn read_part(page: &[u8], origin: Origin<'_>, guide: Guide<'_>, place: Place<'_>) -> Reading {
    page::read(page, origin, guide, place)
}

/// Reads an article page of a site of which nothing is known.
pub fn article(page: &[u8], origin: Origin<'_>) -> Article {
    read(page, origin, Guide::default()).article
}

/// The article that the feed itself carries, where the page is not wanted or cannot be had.
pub fn from_entry(entry: &Entry, origin: Origin<'_>) -> Article {
    entry::read(entry, origin)
}

/// What the answer of a server says, or why it says nothing: `state` is set where it is no version of the page. `guide.rules`
/// is not looked at: the view has the rules.
pub fn snapshot(answer: Answer<'_>, view: &View, guide: Guide<'_>) -> Taken {
    snapshot::of_answer(answer, view, guide)
}

/// What an article says that was read before, from one page or several.
pub fn snapshot_of(article: &Article) -> Snapshot {
    snapshot::of_article(article)
}
