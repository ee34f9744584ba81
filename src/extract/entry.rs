//! The article that a feed carries itself.

use scraper::Html;

use super::Origin;
use super::blocks::Blocks;
use super::dom::Page;
use super::finish::{Finished, finish};
use super::lead::comparable;
use super::references::unescape;
use super::{clutter, compose, verdict};
use crate::model::{Article, Entry, Extent};
use crate::text::html::bound;
use crate::text::language::{detect_language, primary};
use crate::text::normalise::normalise;

/// The place of a page that everything stands in.
const WHOLE: usize = 0;

/// Reads the longer of an entry's two texts as the body; the other is the lead where it says something else.
pub(super) fn read(entry: &Entry, origin: Origin<'_>) -> Article {
    let title = entry.title.as_deref().map(normalise).unwrap_or_default();
    let text = |html: &Option<String>| html.as_deref().map(|html| of_text(html, &title)).unwrap_or_default();
    let (summary, content) = (text(&entry.summary), text(&entry.content));
    let (body, other) =
        if length(&content) >= length(&summary) { (content, summary) } else { (summary, content) };
    let lead = lead(&other, &body);
    let address = entry.url.clone().unwrap_or_else(|| origin.url.to_string());
    Article {
        canonical_url: address.clone(),
        url: address,
        title,
        authors: entry.authors.clone(),
        published: entry.published,
        modified: entry.updated,
        language: detect_language(&body.paragraphs.join("\n"))
            .map(str::to_owned)
            .or_else(|| primary(origin.language)),
        verdict: verdict::of_text(&body.paragraphs, &lead),
        extent: if body.paragraphs.is_empty() && lead.is_empty() { Extent::Headline } else { Extent::Feed },
        lead,
        paragraphs: body.paragraphs,
        captions: body.captions,
        attribution: body.attribution,
        ..Article::default()
    }
}

fn length(text: &Finished) -> usize {
    text.paragraphs.iter().map(String::len).sum()
}

/// A summary that is neither the beginning of the body nor a piece of it.
fn lead(summary: &Finished, body: &Finished) -> String {
    let text = summary.paragraphs.join(" ");
    let cut = text.trim_end_matches(['.', '…', '[', ']', ' ']);
    let key = comparable(cut);
    if key.is_empty() || comparable(&body.paragraphs.join(" ")).contains(&key) { String::new() } else { text }
}

fn of_text(text: &str, title: &str) -> Finished {
    if is_markup(text) {
        return of_markup(text, title);
    }
    let paragraphs = unescape(text).lines().map(normalise).filter(|line| !line.is_empty()).collect();
    Finished { paragraphs, ..Finished::default() }
}

fn is_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        text.as_bytes()
            .get(at + 1)
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'))
    })
}

fn of_markup(html: &str, title: &str) -> Finished {
    let bounded = bound(html);
    let document = Html::parse_fragment(&bounded.html);
    let page = Page::new(&document);
    let all = Blocks::of(&page);
    let clutter = clutter::dropped(&page, &all, title);
    let mut pieces = compose::pieces(&page, &all.without(&clutter.places), WHOLE, &clutter.places);
    if pieces.last().is_some_and(|piece| is_advertisement_of_itself(&piece.text)) {
        pieces.pop();
    }
    finish(&page, pieces, title)
}

/// What blog software writes under each entry of its feeds.
fn is_advertisement_of_itself(line: &str) -> bool {
    (line.starts_with("The post ") && line.contains(" appeared first on "))
        || ["Continue reading", "Read more", "Đọc tiếp", "Xem tiếp"]
            .iter()
            .any(|start| line.starts_with(start) && line.len() < 120)
}
