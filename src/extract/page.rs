//! An article page, from its bytes to the whole article.

use chrono_tz::Tz;
use scraper::Html;
use url::Url;

use super::blocks::Blocks;
use super::clutter::Clutter;
use super::compose::Piece;
use super::dates::Shown;
use super::dom::{Id, Page, Tag};
use super::explain::{Explanation, Reason, Trace, View};
use super::finish::as_chosen;
use super::finish::{Finished, finish};
use super::lead::{Around, Lead};
use super::learnt::Seen;
use super::metadata::Head;
use super::repeated::Suspects;
use super::ruled::Ruled;
use super::structured::{self, Structured};
use super::told::Told;
use super::verdict::{Evidence, Known};
use super::{
    Explain, Guide, Origin, Place, Reading, attribution, authors, body, canonical, clutter, compose, dates,
    declared, lead, parts, title, verdict,
};
use crate::model::{Article, Attribution, Extent, Verdict};
use crate::text::charset;
use crate::text::html::{Bounded, bound};

/// How much text tells its language, in bytes.
const TELLING: usize = 20_000;

/// Reads a page.
pub(super) fn read(bytes: &[u8], origin: Origin<'_>, guide: Guide<'_>, place: Place<'_>) -> Reading {
    let url = origin.url.to_string();
    if let Some(what) = verdict::other_than_html(bytes, origin.content_type) {
        let note =
            format!("What the address answers with is {what} and no web page, so there is nothing to read.");
        let article = Article {
            canonical_url: url.clone(),
            url,
            verdict: Verdict::NotHtml,
            extent: Extent::Part,
            notes: vec![note],
            ..Article::default()
        };
        return Reading {
            article,
            next: None,
            unmet: Vec::new(),
            seen: Seen::default(),
            epoch: guide.epoch(),
            explanation: None,
        };
    }
    let decoded = charset::decode(bytes, origin.content_type, declared::charset(bytes).as_deref());
    let Bounded { html, json_ld, mut notes, unfinished, cut } = bound(&decoded.text);
    if decoded.lossy {
        notes.push(format!("Some bytes are no {}; they were replaced.", decoded.encoding));
    }
    let document = Html::parse_document(&html);
    let page = Page::new(&document);
    let raw = Raw { source: &decoded.text, unfinished, cut };
    let next = parts::next(&page, place, &base_of(&page, origin.url));
    let ruled =
        guide.rules.map(|rules| Ruled::of(&document, &page, rules, origin.timezone)).unwrap_or_default();
    let told = Told::of(&json_ld);
    let known = Site { ruled: &ruled, guide, told: told.as_ref() };
    let structured = structured::read(&json_ld, origin.url);
    let (mut article, seen, explanation) = of_page(&page, &structured, origin, raw, known);
    notes.append(&mut article.notes);
    article.notes = notes;
    Reading { article, next, unmet: ruled.unmet, seen, epoch: guide.epoch(), explanation }
}

/// What relative addresses are relative to.
pub(super) fn base_of(page: &Page<'_>, url: &Url) -> Url {
    let named =
        page.elements().find(|(_, node)| node.name() == "base").and_then(|(_, node)| node.attribute("href"));
    named.and_then(|base| url.join(base).ok()).unwrap_or_else(|| url.clone())
}

/// What is known of the site, and what of it concerns this page.
#[derive(Clone, Copy)]
struct Site<'r> {
    ruled: &'r Ruled,
    guide: Guide<'r>,
    /// The text that the page tells machines.
    told: Option<&'r Told>,
}

/// The page before it was parsed.
#[derive(Debug, Clone, Copy)]
struct Raw<'r> {
    source: &'r str,
    unfinished: bool,
    /// Its end was not read.
    cut: bool,
}

fn of_page(
    page: &Page<'_>,
    structured: &Structured,
    origin: Origin<'_>,
    raw: Raw<'_>,
    known: Site<'_>,
) -> (Article, Seen, Option<Explanation>) {
    let ruled = known.ruled;
    let head = Head::of(page);
    let base = base_of(page, origin.url);
    let site = head.site(structured);
    let title = ruled.title.clone();
    let title = title.unwrap_or_else(|| title::title(page, &head, structured, site.as_deref()));
    let mut text = Text::of(page, &head.descriptions(structured), &title, known);
    let shown = Shown { headline: headline(page), container: text.container, elsewhere: &text.elsewhere };
    let spells = |named: &str| canonical::spells(named, origin.url, &base);
    let own_address = head.own_address(structured, spells);
    let (canonical_url, doubt) = canonical::address(own_address.as_deref(), origin.url, &base);
    let authors = authors_of(page, &head, structured, &text, (site.as_deref(), &canonical_url));
    let dates = dates::dates(page, &head, structured, shown, origin.timezone);
    let language = head.language_of(structured, &beginning(&text.body.paragraphs), origin.language);
    let lead = text.lead.as_ref().map(|lead| lead.text.clone()).unwrap_or_default();
    let evidence = Known {
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
    };
    let finding = ruled.judged(verdict::judge(&Evidence::of(page, &text.blocks, evidence)));
    let cut =
        text.body.cut.then(|| "The text is longer than any article; the rest of it was not kept.".to_owned());
    let doubts = doubt.into_iter().chain(dates.doubt).chain(cut);
    let notes = finding.note.into_iter().chain(doubts).chain(ruled.notes()).collect();
    let attribution = source_of(&text, &head, structured, site.as_deref());
    let article = Article {
        url: origin.url.to_string(),
        canonical_url,
        authors: if ruled.authors.is_empty() { authors } else { ruled.authors.clone() },
        published: ruled.published.or(dates.published),
        modified: dates.modified,
        language,
        image: head.image(structured, &base),
        title,
        verdict: finding.verdict,
        extent: if finding.verdict == Verdict::Article && !raw.cut && !text.body.cut {
            Extent::Whole
        } else {
            Extent::Part
        },
        lead,
        paragraphs: std::mem::take(&mut text.body.paragraphs),
        captions: std::mem::take(&mut text.body.captions),
        attribution,
        site,
        notes,
    };
    let told = (&head, structured, origin.timezone);
    let explanation = explained(page, &text, told, &article, known);
    let seen = if article.verdict == Verdict::Article { text.seen } else { Seen::default() };
    let article = if keeps_text(article.verdict) { article } else { without_text(article) };
    (article, seen, explanation)
}

fn authors_of(
    page: &Page<'_>,
    head: &Head<'_>,
    structured: &Structured,
    text: &Text,
    (site, canonical_url): (Option<&str>, &str),
) -> Vec<String> {
    let host = Url::parse(canonical_url).ok().and_then(|address| address.host_str().map(str::to_owned));
    let places = authors::Places {
        site,
        host: host.as_deref(),
        elsewhere: &text.elsewhere,
        signed: &text.body.authors,
        container: text.container,
    };
    authors::authors(page, head, structured, &places)
}

/// How an article came about, where that was asked for.
fn explained(
    page: &Page<'_>,
    text: &Text,
    (head, structured, zone): (&Head<'_>, &Structured, Tz),
    article: &Article,
    known: Site<'_>,
) -> Option<Explanation> {
    let view = View {
        page,
        blocks: &text.blocks,
        dropped: &text.dropped,
        head,
        structured,
        ruled: known.ruled,
        article,
        container: text.container,
        lead: text.lead.as_ref(),
        trace: &text.trace,
        zone,
    };
    (known.guide.explain == Explain::Yes).then(|| Explanation::of(&view))
}

/// The source: named beside the text, in the metadata, or by the first words of a Chinese report.
fn source_of(
    text: &Text,
    head: &Head<'_>,
    structured: &Structured,
    site: Option<&str>,
) -> Option<Attribution> {
    let named = text.attribution.clone().or_else(|| head.source(structured, site));
    named.or_else(|| text.body.paragraphs.first().and_then(|first| attribution::reported(first)))
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
    trace: Trace,
    /// For each place whether it was dropped.
    dropped: Vec<bool>,
    /// What the host can be learnt from.
    seen: Seen,
}

impl Text {
    fn of(page: &Page<'_>, descriptions: &[String], title: &str, known: Site<'_>) -> Self {
        let ruled = known.ruled;
        let all = Blocks::of(page);
        let mut clutter = clutter::dropped(page, &all, title);
        ruled.correct(page, &all, &mut clutter);
        let kept = if ruled.is_empty() { all.without(&clutter.places) } else { all.trimmed(&clutter.places) };
        let Some(container) = ruled.bodies.first().copied().or_else(|| body::container(page, &kept)) else {
            return Self { lead: ruled.lead(), ..Self::without_body(all, clutter) };
        };
        let around = Around {
            container,
            body_start: body::first_prose(page, &kept, container),
            descriptions,
            dropped: &clutter.places,
        };
        let lead = ruled.lead().or_else(|| lead::find(page, &kept, around));
        let mut pieces = ruled
            .pieces(page, &kept, &clutter.places)
            .unwrap_or_else(|| compose::pieces(page, &kept, container, &clutter.places));
        let stands_in_lead = |piece: &Piece| {
            lead.as_ref().is_some_and(|lead| page.contains(lead.place, piece.start))
                || ruled.holds_lead(page, piece.start)
        };
        clutter
            .trace
            .watch(Reason::Lead, &mut pieces, |pieces| pieces.retain(|piece| !stands_in_lead(piece)));
        let (body, seen) = if ruled.bodies.is_empty() {
            if let Some(told) = known.told {
                clutter.trace.watch(Reason::Untold, &mut pieces, |pieces| told.confirm(page, pieces));
            }
            let suspects = Suspects::of(page, container, &pieces, title);
            if let Some(learnt) = known.guide.learnt {
                suspects.remove(learnt, &mut pieces, &mut clutter.trace);
            }
            (finish(page, pieces, title), suspects.seen())
        } else {
            (as_chosen(page, pieces, title), Seen::default())
        };
        let attribution = body
            .attribution
            .clone()
            .or_else(|| attribution::marked(page, |id| clutter.elsewhere.get(id).copied().unwrap_or(false)));
        clutter.trace.append(&body.trace);
        Self { container: Some(container), lead, body, attribution, seen, ..Self::without_body(all, clutter) }
    }

    fn without_body(blocks: Blocks, clutter: Clutter) -> Self {
        Self {
            elsewhere: clutter.elsewhere,
            blocks,
            cards: clutter.cards,
            trace: clutter.trace,
            dropped: clutter.places,
            ..Self::default()
        }
    }
}
