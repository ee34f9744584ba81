//! What a page says at one moment.

use super::view::View;
use super::{Guide, Origin};
use crate::model::{Article, Snapshot};

/// What a server answered.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The decoded body.
    pub bytes: &'a [u8],
    /// The HTTP status.
    pub status: u16,
    /// How many bytes it announced, where the body was sent as it is.
    pub announced: Option<u64>,
    /// Where it came from.
    pub origin: Origin<'a>,
}

/// Takes the snapshot of an answer.
pub(super) fn of_answer(answer: Answer<'_>, view: &View, _guide: Guide<'_>) -> Snapshot {
    Snapshot { mode: view.mode, lines: vec![answer.bytes.len().to_string()], ..Snapshot::default() }
}

/// The snapshot of an article that was read before.
pub(super) fn of_article(article: &Article) -> Snapshot {
    Snapshot { mode: crate::model::Mode::Article, title: article.title.clone(), ..Snapshot::default() }
}
