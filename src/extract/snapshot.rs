//! What a page says at one moment, or why its answer says nothing of it.

use scraper::Html;

use super::dom::Page;
use super::finish::SENTENCE_ENDS;
use super::page::base_of;
use super::view::{Targets, View};
use super::visible::{self, Region};
use super::{Guide, Origin, Place, Reading, declared, links, page, verdict};
use crate::model::{Article, ChangeKind, Mode, Snapshot, Verdict};
use crate::text::charset;
use crate::text::html::bound;
use crate::text::normalise::normalise;

/// A page with more text than this, in bytes, is no wall and no notice.
const NOTICE: usize = 12_000;

/// Shorter lines without the end of a sentence, in characters, are labels where they stand before the text.
const LABEL: usize = 70;
/// Most labels before a text; more of them are a list.
const MOST_LABELS: usize = 10;

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

/// What an answer says.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// The article that it was taken from, where articles are watched.
    pub article: Option<Article>,
}

/// Why an answer is no version of the page, and a sentence about it.
type State = Option<(ChangeKind, String)>;

/// Takes the snapshot of an answer. Of several states the first in the order of [`ChangeKind`] is named.
pub(super) fn of_answer(answer: Answer<'_>, view: &View, guide: Guide<'_>) -> Taken {
    let mut article = None;
    let (mut snapshot, seen) = match verdict::other_than_html(answer.bytes, answer.origin.content_type) {
        Some(what) => of_other(what, answer, view),
        None if view.mode == Mode::Article => {
            let read = read_article(answer, view, guide);
            let taken = of_article_page(answer, view, &read);
            article = Some(read.article);
            taken
        }
        None => of_page(answer, view),
    };
    let cut = answer.announced.filter(|announced| (answer.bytes.len() as u64) < *announced);
    let cut = cut.map(|announced| {
        let came = answer.bytes.len();
        (ChangeKind::Incomplete, format!("Only {came} of the {announced} bytes came that were announced."))
    });
    let refused = of_status(answer.status);
    // Who says that a page is gone need not say it at length.
    let seen = seen.filter(|_| !matches!(refused, Some((ChangeKind::TakenDown, _))));
    let states = [refused, cut, seen].into_iter().flatten();
    if let Some((state, note)) = states.min_by_key(|(state, _)| *state) {
        (snapshot.state, snapshot.note) = (Some(state), note);
    }
    Taken { snapshot, article }
}

fn read_article(answer: Answer<'_>, view: &View, guide: Guide<'_>) -> Reading {
    let place = Place { first: answer.origin.url, number: 1 };
    page::read(answer.bytes, answer.origin, Guide { rules: Some(&view.rules), ..guide }, place)
}

/// Nothing is there under 404, 410 and 451; any other status but success is a failure.
fn of_status(status: u16) -> State {
    match status {
        200..=299 => None,
        404 | 410 | 451 => {
            Some((ChangeKind::TakenDown, format!("The server says that the page is gone (status {status}).")))
        }
        _ => Some((ChangeKind::HttpError, format!("The server answered with status {status}."))),
    }
}

/// A plain text or JSON is lines too; anything else is no text.
fn of_other(what: &str, answer: Answer<'_>, view: &View) -> (Snapshot, State) {
    let readable = matches!(what, "plain text" | "JSON") && view.mode == Mode::Page && !view.selects();
    let text = readable.then(|| charset::decode(answer.bytes, answer.origin.content_type, None).text);
    let lines = text.map(|text| text.lines().map(normalise).filter(|line| !line.is_empty()).collect());
    let snapshot = Snapshot { mode: view.mode, lines: lines.unwrap_or_default(), ..Snapshot::default() };
    let note = format!("What the address answers with is {what} and no web page.");
    let state = snapshot.lines.is_empty().then_some((ChangeKind::Empty, note));
    (snapshot, state)
}

/// All visible text, or the links of a list.
fn of_page(answer: Answer<'_>, view: &View) -> (Snapshot, State) {
    let label = declared::charset(answer.bytes);
    let decoded = charset::decode(answer.bytes, answer.origin.content_type, label.as_deref());
    let bounded = bound(&decoded.text);
    let document = Html::parse_document(&bounded.html);
    let parsed = Page::new(&document);
    let base = base_of(&parsed, answer.origin.url);
    let region = Region::of(&document, &parsed, &view.rules);
    let lines = visible::lines(&parsed, &region, view, &base);
    let targets = match view.mode {
        Mode::Listing => links::links(&parsed, &region, &base, view.selects()),
        Mode::Page | Mode::Article => Vec::new(),
    };
    let state = if region.missing {
        let note = "No element of the page is selected; look at \"select\".".to_owned();
        Some((if parsed.text(0).is_empty() { ChangeKind::Empty } else { ChangeKind::FilterMissing }, note))
    } else if lines.is_empty() || view.mode == Mode::Listing && targets.iter().all(|link| !link.listed) {
        Some((ChangeKind::Empty, "Nothing can be seen of what is watched.".to_owned()))
    } else {
        None
    };
    let cut = bounded.unfinished.then(|| {
        (ChangeKind::Incomplete, "The page ends in the middle: the transfer was cut off.".to_owned())
    });
    // Walls and notices are short. What they are is told as for articles.
    let seen: usize = lines.iter().map(String::len).sum();
    let is_long = !view.selects() && view.targets == Targets::Unwatched && seen > NOTICE;
    let shown = if !is_long && parsed.text(0).len() <= NOTICE { judged(answer) } else { None };
    let states = [state, cut, shown].into_iter().flatten();
    let lines = if view.mode == Mode::Listing { Vec::new() } else { lines };
    let snapshot = Snapshot { mode: view.mode, lines, links: targets, ..Snapshot::default() };
    (snapshot, states.min_by_key(|(state, _)| *state))
}

/// What a short page is instead of the page that is watched.
fn judged(answer: Answer<'_>) -> State {
    let place = Place { first: answer.origin.url, number: 1 };
    let read = page::read(answer.bytes, answer.origin, Guide::default(), place);
    let state = state_of(read.article.verdict)?;
    // Only of an article can it be told that these mean it.
    let told = !matches!(
        read.article.verdict,
        Verdict::Listing | Verdict::Empty | Verdict::JsShell | Verdict::Truncated
    );
    told.then(|| (state, note_of(&read.article)))
}

/// The article of a page; what is seen instead, where there is none.
fn of_article_page(answer: Answer<'_>, view: &View, read: &Reading) -> (Snapshot, State) {
    let unmet = read.unmet.iter().filter(|unmet| unmet.rule == "select").count();
    let missing = view.selects() && unmet == view.selected();
    let mut state = state_of(read.article.verdict).map(|state| (state, note_of(&read.article)));
    if missing && state.as_ref().is_none_or(|(state, _)| *state > ChangeKind::FilterMissing) {
        let note = "No element of the page is selected; look at \"select\".".to_owned();
        state = Some((ChangeKind::FilterMissing, note));
    }
    if read.article.verdict.shows_article() {
        let mut snapshot = of_article(&read.article);
        snapshot.lines.splice(0..0, read.opening.iter().cloned());
        return (snapshot, state);
    }
    let (seen, shown) = of_page(answer, &View { rules: super::Rules::default(), ..view.clone() });
    let state = [state, shown].into_iter().flatten().min_by_key(|(state, _)| *state);
    (Snapshot { title: read.article.title.clone(), ..seen }, state)
}

/// The snapshot of an article.
pub(super) fn of_article(article: &Article) -> Snapshot {
    let source = article.attribution.as_ref().map(|source| match article.language.as_deref() {
        Some("vi") => format!("Theo {}", source.name),
        Some("zh") => format!("来源：{}", source.name),
        _ => format!("Source: {}", source.name),
    });
    let text = article.paragraphs.iter().skip(labels(&article.paragraphs));
    let lines = text.chain(&article.captions).cloned().chain(source).collect();
    let state = state_of(article.verdict);
    Snapshot {
        mode: Mode::Article,
        title: article.title.clone(),
        lead: article.lead.clone(),
        lines,
        note: if state.is_some() { note_of(article) } else { String::new() },
        state,
        ..Snapshot::default()
    }
}

/// How many lines before the text are labels: a date, an author, a player.
fn labels(paragraphs: &[String]) -> usize {
    let is_text = |line: &&String| line.chars().count() >= LABEL || line.ends_with(SENTENCE_ENDS);
    let first = paragraphs.iter().position(|line| is_text(&line)).unwrap_or(0);
    let enough = paragraphs.iter().filter(is_text).count() >= 2;
    if enough && first <= MOST_LABELS { first } else { 0 }
}

/// What the verdict on a page means to one who watches it.
fn state_of(verdict: Verdict) -> Option<ChangeKind> {
    match verdict {
        Verdict::Article => None,
        Verdict::Empty | Verdict::NotHtml | Verdict::JsShell => Some(ChangeKind::Empty),
        Verdict::Challenge | Verdict::ConsentWall | Verdict::Parked => Some(ChangeKind::Blocked),
        Verdict::Soft404 | Verdict::Listing => Some(ChangeKind::TakenDown),
        Verdict::LoginWall | Verdict::Paywall => Some(ChangeKind::Truncated),
        Verdict::Maintenance => Some(ChangeKind::HttpError),
        Verdict::Truncated => Some(ChangeKind::Incomplete),
    }
}

fn note_of(article: &Article) -> String {
    article.notes.first().cloned().unwrap_or_default()
}
