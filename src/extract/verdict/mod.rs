//! Whether a fetched page is the article at all, or something that stands in its place.
//!
//! What a page is built of decides first: marks of known bot checks, a password field, an empty frame for scripts.
//! Words decide only where there is hardly any text, because there are articles about all of this: outages, captchas,
//! maintenance, pages that are not found.

mod challenge;
mod evidence;
mod gate;
mod media;
mod shell;
mod sign;
mod words;

pub(super) use evidence::{Evidence, Known};
pub(super) use media::other_than_html;

use crate::model::Verdict;

/// Weight of text up to which a page is hardly more than a notice.
const NOTICE: u32 = 400;
/// Weight of all that is shown where a sentence, a widget or a script is all there is to a page.
const BARE: u32 = 300;
/// Weight up to which a headline that says "not found" is believed.
const SHORT: u32 = 600;
/// Weight up to which a text may be a teaser: some 300 words.
const TEASER: u32 = 1500;
/// Weight up to which even a page that calls itself an article may be none.
const TINY: u32 = 160;

/// What a page is, and a sentence about it where it is no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    pub(super) note: Option<String>,
}

impl Finding {
    fn new(verdict: Verdict, note: impl Into<String>) -> Self {
        Self { verdict, note: Some(note.into()) }
    }
}

/// Judges a page; the first of these that recognises it decides.
pub(super) fn judge(evidence: &Evidence<'_>) -> Finding {
    let judges: [fn(&Evidence<'_>) -> Option<Finding>; 8] = [
        challenge::find,
        sign::find,
        gate::login,
        gate::payment,
        shell::find,
        sign::listing,
        truncated,
        empty,
    ];
    let found = judges.iter().find_map(|judge| judge(evidence));
    found.unwrap_or(Finding { verdict: Verdict::Article, note: None })
}

fn truncated(evidence: &Evidence<'_>) -> Option<Finding> {
    evidence.known.cut.then(|| {
        Finding::new(Verdict::Truncated, "The page ends in the middle of its text: the transfer was cut off.")
    })
}

fn empty(evidence: &Evidence<'_>) -> Option<Finding> {
    (evidence.weight == 0).then_some(Finding { verdict: Verdict::Empty, note: None })
}

/// What a text of a feed is.
pub(super) fn of_text(paragraphs: &[String], lead: &str) -> Verdict {
    if paragraphs.is_empty() && lead.is_empty() { Verdict::Empty } else { Verdict::Article }
}
