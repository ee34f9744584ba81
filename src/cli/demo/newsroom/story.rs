//! What an article of the newsroom is made of.

use std::time::Duration;

use super::Effect;

/// One of the two papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Vietnamese, with an RSS feed.
    CanhDieu,
    /// English, with an Atom feed.
    LanternWire,
}

impl Paper {
    /// Its name, which is also the name of its `[[source]]`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CanhDieu => "Cánh Diều",
            Self::LanternWire => "The Lantern Wire",
        }
    }

    /// The folder of the site that it lives in, also its language.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::CanhDieu => "vi",
            Self::LanternWire => "en",
        }
    }

    /// The media type of its feed.
    pub(super) const fn feed_type(self) -> &'static str {
        match self {
            Self::CanhDieu => "application/rss+xml",
            Self::LanternWire => "application/atom+xml",
        }
    }

    /// The headlines in the box beside all its articles.
    pub(super) const fn most_read(self) -> &'static [&'static str] {
        match self {
            Self::CanhDieu => super::vietnamese::MOST_READ,
            Self::LanternWire => super::english::MOST_READ,
        }
    }

    /// The path of its feed.
    pub const fn feed_path(self) -> &'static str {
        match self {
            Self::CanhDieu => "/vi/rss.xml",
            Self::LanternWire => "/en/feed.atom",
        }
    }
}

/// When an article stands in its feed, counted from the opening of the newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appears {
    /// It was there before, published this many days ago.
    DaysBefore(u64),
    /// It appears this many seconds of the script later.
    After(u64),
}

impl Appears {
    /// Whether it can be read once the script has run for `elapsed`.
    pub(super) fn is_out(self, elapsed: Duration) -> bool {
        match self {
            Self::DaysBefore(_) => true,
            Self::After(seconds) => elapsed >= Duration::from_secs(seconds),
        }
    }
}

/// A change that the paper makes to a published article without saying so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit {
    /// Seconds of the script.
    pub(super) at: u64,
    /// The text that goes.
    pub(super) from: &'static str,
    /// The text that comes.
    pub(super) to: &'static str,
}

/// An article and the page around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    pub(super) paper: Paper,
    pub(super) slug: &'static str,
    pub(super) appears: Appears,
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) author: &'static str,
    pub(super) paragraphs: &'static [&'static str],
    pub(super) caption: &'static str,
    /// Who it was taken from, where it is not the paper's own.
    pub(super) credit: Option<&'static str>,
    pub(super) edit: Option<Edit>,
    /// Headlines in a box between its paragraphs, which are not part of it.
    pub(super) related: &'static [&'static str],
    /// Readers' names and words below it, which are not part of it.
    pub(super) comments: &'static [(&'static str, &'static str)],
    /// What a monitor with the newsroom's own sources.toml should make of it.
    pub(super) effect: Effect,
    /// The same for the user, as a sentence.
    pub(super) expect: &'static str,
}

impl Story {
    /// What an article is unless it says otherwise.
    pub(super) const BLANK: Self = Self {
        paper: Paper::CanhDieu,
        slug: "",
        appears: Appears::After(0),
        title: "",
        lead: "",
        author: "",
        paragraphs: &[],
        caption: "",
        credit: None,
        edit: None,
        related: &[],
        comments: &[],
        effect: Effect::Silence,
        expect: "",
    };

    /// Its path on the site.
    pub(super) fn path(&self) -> String {
        format!("/{}/{}.html", self.paper.folder(), self.slug)
    }

    /// One of its texts as it reads once the script has run for `elapsed`.
    pub(super) fn reads(&self, text: &str, elapsed: Duration) -> String {
        match self.edit.filter(|edit| elapsed >= Duration::from_secs(edit.at)) {
            Some(edit) => text.replace(edit.from, edit.to),
            None => text.to_owned(),
        }
    }
}

/// Every article of both papers.
pub(super) fn all() -> impl Iterator<Item = &'static Story> {
    super::vietnamese::STORIES.iter().chain(super::english::STORIES)
}
