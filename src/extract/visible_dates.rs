//! Dates as a reader sees them: near the headline, in a `<time>`, in an element named after dates, or bare.

use chrono_tz::Tz;

use super::dates::Shown;
use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use crate::model::Moment;
use crate::text::date::parse;

/// Longest text that shows a date.
const LONGEST: usize = 120;
/// Most texts that are tried as dates.
const TRIES: usize = 200;
/// Longest label before a date, in bytes.
const LABEL: usize = 40;
/// How many nodes before a date its label may stand.
const REACH: usize = 6;
/// How many nodes before the headline a bare date may stand.
const ABOVE: usize = 40;
/// Labels of the first publication, in lower case.
const PUBLISHED: [&str; 17] = [
    "published",
    "publish",
    "posted",
    "first published",
    "veröffentlicht",
    "erschienen",
    "datum",
    "publié",
    "publicado",
    "pubblicato",
    "ngày đăng",
    "đăng lúc",
    "đăng ngày",
    "xuất bản",
    "发布",
    "發布",
    "公開",
];
/// Labels of the last change, in lower case.
const UPDATED: [&str; 14] = [
    "updated",
    "last update",
    "modified",
    "edited",
    "aktualisiert",
    "mis à jour",
    "actualizado",
    "aggiornato",
    "cập nhật",
    "chỉnh sửa",
    "更新",
    "修改",
    "修订",
    "更新日",
];

/// What the page shows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Visible {
    pub(super) published: Option<Moment>,
    pub(super) modified: Option<Moment>,
}

/// What stands for a date, the most telling first.
#[derive(Debug, Default)]
struct Found {
    labelled: Option<Moment>,
    updated: Option<Moment>,
    after: Option<Moment>,
    before: Option<Moment>,
}

/// The date that is labelled as that of publication, else the first one after the headline, else one before it; the last
/// change is read with it where a label says so.
pub(super) fn find(page: &Page<'_>, shown: Shown<'_>, zone: Tz) -> Visible {
    let mut found = Found::default();
    let mut tries = 0;
    for (id, node) in page.elements() {
        if is_elsewhere(shown, id) || (node.tag != Tag::Time && !names_a_date(page, id)) {
            continue;
        }
        tries += 1;
        if tries > TRIES {
            break;
        }
        if let Some(at) = date_of(page, id, zone) {
            found.note(page, id, at, shown.headline.unwrap_or(0));
        }
    }
    let marked = found.labelled.or(found.after);
    let published = marked.or_else(|| labelled_text(page, shown, zone)).or(found.before);
    let published = published.or_else(|| dateline(page, shown, zone));
    Visible { published, modified: found.updated }
}

impl Found {
    fn note(&mut self, page: &Page<'_>, id: Id, at: Moment, headline: Id) {
        let place = match label(page, id) {
            Label::Published => &mut self.labelled,
            Label::Updated => &mut self.updated,
            Label::None if is_of_another(page, id) => return,
            Label::None if id >= headline => &mut self.after,
            Label::None => {
                self.before = Some(at);
                return;
            }
        };
        place.get_or_insert(at);
    }
}

fn is_elsewhere(shown: Shown<'_>, id: Id) -> bool {
    shown.elsewhere.get(id).copied().unwrap_or(false)
}

/// Dates in links and lower headings belong to the articles that these name.
fn is_of_another(page: &Page<'_>, id: Id) -> bool {
    page.ancestors(id).any(|at| matches!(page.tag(at), Tag::Link | Tag::Heading(2..=6)))
}

/// What the words before or in an element say of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Updated,
    None,
}

fn label(page: &Page<'_>, id: Id) -> Label {
    let item = page.attribute(id, "itemprop").unwrap_or_default().to_ascii_lowercase();
    if item.contains("datemodified") {
        return Label::Updated;
    }
    if item.contains("datepublished") || page.attribute(id, "pubdate").is_some() {
        return Label::Published;
    }
    match of_words(&page.short_text(id, LONGEST)) {
        Label::None => before(page, id),
        label => label,
    }
}

/// The text right before a date, where it is short.
fn before(page: &Page<'_>, id: Id) -> Label {
    let texts = (id.saturating_sub(REACH)..id).rev().map(|at| page.node(at).text.trim());
    let nearest = texts.into_iter().find(|text| !text.is_empty());
    nearest.filter(|text| text.len() <= LABEL).map_or(Label::None, of_words)
}

/// Both words in one line ("Published …, updated …") mean the first date.
fn of_words(text: &str) -> Label {
    let lower = text.to_lowercase();
    let first = |words: &[&str]| words.iter().filter_map(|word| lower.find(word)).min();
    match (first(&PUBLISHED), first(&UPDATED)) {
        (Some(published), Some(updated)) if updated < published => Label::Updated,
        (Some(_), _) => Label::Published,
        (None, Some(_)) => Label::Updated,
        (None, None) => Label::None,
    }
}

fn names_a_date(page: &Page<'_>, id: Id) -> bool {
    let item = ["itemprop", "property"].iter().any(|name| {
        page.attribute(id, name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value.contains("datepublished") || value.contains("datemodified")
        })
    });
    item || page.node(id).hints.any(Hints::DATE)
}

fn date_of(page: &Page<'_>, id: Id, zone: Tz) -> Option<Moment> {
    let told = page.attribute(id, "datetime").or_else(|| page.attribute(id, "content"));
    if let Some(at) = told.and_then(|text| parse(text, zone)) {
        return Some(at);
    }
    let text = page.short_text(id, LONGEST);
    if text.len() > LONGEST || !looks_like_date(&text) {
        return None;
    }
    parse(&text, zone)
}

/// A date without a name for it that stands behind "Published".
fn labelled_text(page: &Page<'_>, shown: Shown<'_>, zone: Tz) -> Option<Moment> {
    let dates = (shown.headline.unwrap_or(0)..page.len()).filter(|id| {
        let text = page.node(*id).text;
        text.len() <= LONGEST && looks_like_date(text) && !is_elsewhere(shown, *id)
    });
    let labelled = |id: &Id| {
        let own = of_words(page.node(*id).text);
        own == Label::Published || (own == Label::None && before(page, *id) == Label::Published)
    };
    dates.take(TRIES).filter(labelled).find_map(|id| parse(page.node(id).text.trim(), zone))
}

/// A short line between the headline and the body, or right above it, that holds a date without any name for it.
fn dateline(page: &Page<'_>, shown: Shown<'_>, zone: Tz) -> Option<Moment> {
    let headline = shown.headline?;
    let until = shown.container.map_or(page.len(), |container| page.node(container).end);
    let above = headline.saturating_sub(ABOVE)..headline;
    (headline..until.max(headline))
        .chain(above)
        .filter(|id| !is_elsewhere(shown, *id))
        .map(|id| page.node(id).text.trim())
        .filter(|text| !text.is_empty() && text.len() <= LONGEST && looks_like_date(text))
        .filter(|text| of_words(text) != Label::Updated)
        .take(TRIES)
        .find_map(|text| parse(text, zone))
}

/// A day, a month and a year: two numbers at least, one of them a year.
fn looks_like_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let count = numbers.clone().count();
    count >= 2
        && numbers.any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}
