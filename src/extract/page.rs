//! An article page, from its bytes to the whole article.

use scraper::Html;

use super::blocks::Blocks;
use super::dates::Shown;
use super::dom::{Id, Page, Tag};
use super::finish::{Finished, finish};
use super::lead::{Around, Lead};
use super::metadata::Head;
use super::structured::{self, Structured};
use super::{
    Origin, attribution, authors, body, canonical, clutter, compose, dates, declared, lead, title, verdict,
};
use crate::model::{Article, Attribution, Verdict};
use crate::text::charset;
use crate::text::html::{Bounded, bound};

/// Reads a page.
pub(super) fn read(bytes: &[u8], origin: Origin<'_>) -> Article {
    let url = origin.url.to_string();
    if !verdict::is_html(bytes, origin.content_type) {
        let note = "What the address answers with is not a web page, so there is nothing to read.".to_owned();
        return Article {
            canonical_url: url.clone(),
            url,
            verdict: Verdict::NotHtml,
            notes: vec![note],
            ..Article::default()
        };
    }
    let decoded = charset::decode(bytes, origin.content_type, declared::charset(bytes).as_deref());
    let Bounded { html, json_ld, mut notes } = bound(&decoded.text);
    if decoded.lossy {
        notes.push(format!("Some bytes are no {}; they were replaced.", decoded.encoding));
    }
    let document = Html::parse_document(&html);
    let mut article = of_page(&Page::new(&document), &structured::read(&json_ld), origin);
    notes.append(&mut article.notes);
    article.notes = notes;
    article
}

fn of_page(page: &Page<'_>, structured: &Structured, origin: Origin<'_>) -> Article {
    let head = Head::of(page);
    let base = head.base.and_then(|base| origin.url.join(base).ok()).unwrap_or_else(|| origin.url.clone());
    let site = head.site(structured);
    let title = title::title(page, &head, structured, site.as_deref());
    let text = Text::of(page, &head.descriptions(structured), &title);
    let shown = Shown { headline: headline(page), container: text.container, elsewhere: &text.elsewhere };
    let places =
        authors::Places { site: site.as_deref(), elsewhere: &text.elsewhere, signed: &text.body.authors };
    let authors = authors::authors(page, &head, structured, &places);
    let dates = dates::dates(page, &head, structured, shown, origin.timezone);
    let (canonical_url, doubt) = canonical::address(head.canonical, origin.url, &base);
    let language = head.language_of(structured, &text.body.paragraphs.join("\n"), origin.language);
    let lead = text.lead.map(|lead| lead.text).unwrap_or_default();
    Article {
        url: origin.url.to_string(),
        canonical_url,
        authors,
        published: dates.published,
        modified: dates.modified,
        language,
        image: head.image(structured, &base),
        site,
        title,
        verdict: verdict::of_text(&text.body.paragraphs, &lead),
        lead,
        paragraphs: text.body.paragraphs,
        captions: text.body.captions,
        attribution: text.attribution,
        notes: doubt.into_iter().collect(),
    }
}

fn headline(page: &Page<'_>) -> Option<Id> {
    page.elements().find(|(_, node)| node.tag == Tag::Heading(1)).map(|(id, _)| id)
}

/// The article's text, and the places of the page that are not about it.
#[derive(Debug, Default)]
struct Text {
    container: Option<Id>,
    lead: Option<Lead>,
    body: Finished,
    attribution: Option<Attribution>,
    elsewhere: Vec<bool>,
}

impl Text {
    fn of(page: &Page<'_>, descriptions: &[String], title: &str) -> Self {
        let all = Blocks::of(page);
        let clutter = clutter::dropped(page, &all, title);
        let kept = all.without(&clutter.places);
        let Some(container) = body::container(page, &kept) else {
            return Self { elsewhere: clutter.elsewhere, ..Self::default() };
        };
        let around = Around {
            container,
            body_start: body::first_prose(page, &kept, container),
            descriptions,
            dropped: &clutter.places,
        };
        let lead = lead::find(page, &kept, around);
        let mut pieces = compose::pieces(page, &kept, container, &clutter.places);
        if let Some(lead) = &lead {
            pieces.retain(|piece| !page.contains(lead.place, piece.start));
        }
        let body = finish(page, pieces, title);
        let attribution = body
            .attribution
            .clone()
            .or_else(|| attribution::marked(page, |id| clutter.elsewhere.get(id).copied().unwrap_or(false)));
        Self { container: Some(container), lead, body, attribution, elsewhere: clutter.elsewhere }
    }
}
