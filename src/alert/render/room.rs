//! How much of an article is shown.

/// More names than this are counted, not listed.
const MOST_NAMES: usize = 8;
/// More authors than this are left out.
const MOST_AUTHORS: usize = 4;

/// How much room an article has; lengths in characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) title: usize,
    pub(super) lead: usize,
    pub(super) quotes: usize,
    pub(super) quote: usize,
    pub(super) names: usize,
    /// Authors; with none of them the attribution is left out as well.
    pub(super) authors: usize,
    /// Articles of the same story that are told by their titles, and those that are only named.
    pub(super) related: usize,
    pub(super) also: usize,
    /// Changed words, and the most of one side of a change.
    pub(super) words: usize,
    pub(super) word: usize,
    /// Lines that changed, and how much stands around what changed in them.
    pub(super) lines: usize,
    pub(super) context: usize,
}

impl Room {
    /// In an alert: one article or a few, shown whole.
    pub(super) const ALERT: Self = Self {
        title: 300,
        lead: 600,
        quotes: 3,
        quote: 320,
        names: MOST_NAMES,
        authors: MOST_AUTHORS,
        related: 4,
        also: 12,
        words: 6,
        word: 120,
        lines: 6,
        context: 110,
    };
    /// In a digest: enough to decide whether to read on.
    pub(super) const DIGEST: Self = Self {
        title: 200,
        lead: 280,
        quotes: 1,
        quote: 280,
        related: 5,
        also: 8,
        words: 4,
        word: 80,
        lines: 3,
        context: 70,
        ..Self::ALERT
    };
    /// Where the mail is too long: without sentences.
    const BRIEF: Self = Self { title: 200, names: 3, related: 3, also: 3, words: 2, word: 50, ..Self::TITLE };
    /// Where it is far too long: a title to click on, and what changed.
    const TITLE: Self = Self {
        title: 100,
        lead: 0,
        quotes: 0,
        quote: 0,
        names: 0,
        authors: 0,
        related: 0,
        also: 0,
        words: 1,
        word: 30,
        lines: 0,
        context: 0,
    };

    /// In a subject: the words that changed.
    pub(super) const SUBJECT: Self = Self { words: 2, word: 40, ..Self::TITLE };

    /// Brief, then a title; beyond these an article is merely counted.
    pub(super) const ROUNDS: usize = 2;

    /// Whether there is room for the headline alone.
    pub(super) fn is_brief(self) -> bool {
        self.names == 0
    }

    /// What is left after so many rounds of shortening; nothing where the article is merely counted.
    pub(super) fn after(self, rounds: usize) -> Option<Self> {
        match rounds {
            0 => Some(self),
            1 => Some(Self::BRIEF),
            2 => Some(Self::TITLE),
            _ => None,
        }
    }
}
