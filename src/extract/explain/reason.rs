//! Why a part of a page is no part of the article's text.

use serde::Serialize;

use crate::extract::clutter::is_hidden;
use crate::extract::dom::{Id, Page, Tag};
use crate::extract::hints::Hints;

/// Why something was left out, or where it was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is not shown.
    Hidden,
    /// Its name is that of links to other articles.
    Related,
    /// Its name is that of readers' comments.
    Comments,
    /// Its name is that of buttons for social networks.
    Share,
    /// Its name is that of the article's keywords.
    Tags,
    /// Its name is that of advertising.
    Advertising,
    /// Its name is that of an invitation to subscribe.
    Newsletter,
    /// Its name is that of an author box or a byline.
    AuthorBox,
    /// A date, a section, a counter: about the article.
    About,
    /// A menu, a side column, a page end, a form.
    Navigation,
    /// A window that lies over the page, or text for screen readers.
    Overlay,
    /// It stands under a heading such as "Tin liên quan".
    Heading,
    /// Links and hardly anything else, or the card of another article.
    Links,
    /// The headline again, or a label before the text.
    Header,
    /// "Xem thêm: …" and other lines that lead elsewhere.
    Pointer,
    /// Stands in the text twice, or is a variant of what does.
    Repeated,
    /// Not in the text that the page tells machines.
    Untold,
    /// Links, source and signature after the text, and headings without one.
    Tail,
    /// The caption of a picture; it stands in `captions`.
    Caption,
    /// The standfirst; it stands in `lead`.
    Lead,
    /// The same stands on many pages of this host.
    Learnt,
    /// The source's `remove` says so.
    Rule,
}

impl Reason {
    /// In a few words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Hidden => "not shown on the page",
            Self::Related => "box of related articles",
            Self::Comments => "comments",
            Self::Share => "share buttons",
            Self::Tags => "tags",
            Self::Advertising => "advertising",
            Self::Newsletter => "newsletter",
            Self::AuthorBox => "author box or byline",
            Self::About => "date, section or source beside the text",
            Self::Navigation => "menu, side column, form or page end",
            Self::Overlay => "overlay",
            Self::Heading => "stands under a heading of other things",
            Self::Links => "list of links or card of another article",
            Self::Header => "headline again, or label before the text",
            Self::Pointer => "leads to another article",
            Self::Repeated => "repeated in the text",
            Self::Untold => "not in the text that the page declares",
            Self::Tail => "links, source or signature after the text",
            Self::Caption => "caption; moved to captions",
            Self::Lead => "standfirst; moved to lead",
            Self::Learnt => "repeats on this host",
            Self::Rule => "rule `remove`",
        }
    }

    /// What speaks against an element that was judged to be clutter, in the order in which it is judged.
    pub(in crate::extract) fn of(page: &Page<'_>, id: Id) -> Self {
        const BY_NAME: [(Hints, Reason); 10] = [
            (Hints::AUTHOR, Reason::AuthorBox),
            (Hints::RELATED, Reason::Related),
            (Hints::COMMENTS, Reason::Comments),
            (Hints::SHARE, Reason::Share),
            (Hints::ADVERT, Reason::Advertising),
            (Hints::NEWSLETTER, Reason::Newsletter),
            (Hints::TAGS, Reason::Tags),
            (Hints::NAVIGATION, Reason::Navigation),
            (Hints::OVERLAY, Reason::Overlay),
            (Hints::META, Reason::About),
        ];
        let node = page.node(id);
        if is_hidden(page, id) {
            return Self::Hidden;
        }
        if let Some((_, reason)) = BY_NAME.into_iter().find(|(hints, _)| node.hints.any(*hints)) {
            return reason;
        }
        match node.tag {
            Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form | Tag::Header => Self::Navigation,
            _ if node.attribute("role").is_some() => Self::Navigation,
            _ if node.hints.any(Hints::DATE | Hints::SOURCE) => Self::About,
            _ => Self::Links,
        }
    }
}
