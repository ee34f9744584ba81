//! An article page, from its bytes to the whole article.

use scraper::Html;

use super::blocks::Blocks;
use super::dates::Shown;
use super::dom::{Id, Page, Tag};
use super::finish::{Finished, finish};
use super::lead::{Around, Lead};
use super::metadata::Head;
use super::structured::{self, Structured};
use super::told::Told;
use super::verdict::{Evidence, Known};
use super::{
    Origin, attribution, authors, body, canonical, clutter, compose, dates, declared, lead, title, verdict,
};
use crate::model::{Article, Attribution, Verdict};
use crate::text::charset;
use crate::text::html::{Bounded, bound};

/// How much text tells its language, in bytes.
const TELLING: usize = 20_000;

/// Reads a page.
pub(super) fn read(bytes: &[u8], origin: Origin<'_>) -> Article {
    let url = origin.url.to_string();
    if let Some(what) = verdict::other_than_html(bytes, origin.content_type) {
        let note =
            format!("What the address answers with is {what} and no web page, so there is nothing to read.");
        return Article {
            canonical_url: url.clone(),
            url,
            verdict: Verdict::NotHtml,
            notes: vec![note],
            ..Article::default()
        };
    }
    let decoded = charset::decode(bytes, origin.content_type, declared::charset(bytes).as_deref());
    let Bounded { html, json_ld, mut notes, unfinished } = bound(&decoded.text);
    if decoded.lossy {
        notes.push(format!("Some bytes are no {}; they were replaced.", decoded.encoding));
    }
    let document = Html::parse_document(&html);
    let told = Told::of(&json_ld);
    let raw = Raw { source: &decoded.text, unfinished, told: told.as_ref() };
    let mut article = of_page(&Page::new(&document), &structured::read(&json_ld), origin, raw);
    notes.append(&mut article.notes);
    article.notes = notes;
    article
}

/// The page before it was parsed.
#[derive(Debug, Clone, Copy)]
struct Raw<'r> {
    source: &'r str,
    unfinished: bool,
    told: Option<&'r Told>,
}

fn of_page(page: &Page<'_>, structured: &Structured, origin: Origin<'_>, raw: Raw<'_>) -> Article {
    let head = Head::of(page);
    let base = head.base.and_then(|base| origin.url.join(base).ok()).unwrap_or_else(|| origin.url.clone());
    let site = head.site(structured);
    let title = title::title(page, &head, structured, site.as_deref());
    let text = Text::of(page, &head.descriptions(structured), &title, raw.told);
    let shown = Shown { headline: headline(page), container: text.container, elsewhere: &text.elsewhere };
    let places =
        authors::Places { site: site.as_deref(), elsewhere: &text.elsewhere, signed: &text.body.authors };
    let authors = authors::authors(page, &head, structured, &places);
    let dates = dates::dates(page, &head, structured, shown, origin.timezone);
    let (canonical_url, doubt) = canonical::address(head.canonical, origin.url, &base);
    let language = head.language_of(structured, &beginning(&text.body.paragraphs), origin.language);
    let lead = text.lead.as_ref().map(|lead| lead.text.clone()).unwrap_or_default();
    let finding = verdict::judge(&Evidence::of(
        page,
        &text.blocks,
        Known {
            url: origin.url,
            source: raw.source,
            title: head.title.as_deref().unwrap_or_default(),
            site: site.as_deref(),
            lead: &lead,
            paragraphs: &text.body.paragraphs,
            declared: structured.is_article || head.says_article(),
            costs: structured.costs || head.says_locked(),
            cards: text.cards,
            cut: raw.unfinished && text.container.is_none_or(|id| page.node(id).end == page.len()),
        },
    ));
    let cut =
        text.body.cut.then(|| "The text is longer than any article; the rest of it was not kept.".to_owned());
    let article = Article {
        url: origin.url.to_string(),
        canonical_url,
        authors,
        published: dates.published,
        modified: dates.modified,
        language,
        image: head.image(structured, &base),
        site,
        title,
        verdict: finding.verdict,
        lead,
        paragraphs: text.body.paragraphs,
        captions: text.body.captions,
        attribution: text.attribution,
        notes: finding.note.into_iter().chain(doubt).chain(cut).collect(),
    };
    if keeps_text(article.verdict) { article } else { without_text(article) }
}

/// As much of a text as tells its language.
fn beginning(paragraphs: &[String]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        text.push_str(paragraph);
        text.push('\n');
        if text.len() >= TELLING {
            break;
        }
    }
    text
}

/// A list is worth looking at, if not worth filing.
fn keeps_text(verdict: Verdict) -> bool {
    verdict.shows_article() || verdict == Verdict::Listing
}

/// The words of a wall are nobody's article.
fn without_text(article: Article) -> Article {
    Article {
        lead: String::new(),
        paragraphs: Vec::new(),
        captions: Vec::new(),
        attribution: None,
        ..article
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
    blocks: Blocks,
    cards: f32,
}

impl Text {
    fn of(page: &Page<'_>, descriptions: &[String], title: &str, told: Option<&Told>) -> Self {
        let all = Blocks::of(page);
        let clutter = clutter::dropped(page, &all, title);
        let kept = all.without(&clutter.places);
        let Some(container) = body::container(page, &kept) else {
            return Self {
                elsewhere: clutter.elsewhere,
                blocks: all,
                cards: clutter.cards,
                ..Self::default()
            };
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
        if let Some(told) = told {
            told.confirm(page, &mut pieces);
        }
        let body = finish(page, pieces, title);
        let attribution = body
            .attribution
            .clone()
            .or_else(|| attribution::marked(page, |id| clutter.elsewhere.get(id).copied().unwrap_or(false)));
        Self {
            container: Some(container),
            lead,
            body,
            attribution,
            elsewhere: clutter.elsewhere,
            blocks: all,
            cards: clutter.cards,
        }
    }
}
