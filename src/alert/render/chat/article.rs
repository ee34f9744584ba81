//! An article as a chat shows it: what changed first, then what matched, then where it stands.

use super::super::clean::short_line;
use super::super::excerpt;
use super::super::view::Desk;
use super::super::when;
use super::span::{Block, Line, Span, Style, defused, link};
use crate::model::{Item, ItemChange, Reason, WordChange};

/// Characters of the name of a person, a source, an alert or an entity.
const NAME: usize = 80;
/// Names and spellings beyond these are left out.
const MOST_NAMES: usize = 8;
const MOST_SURFACES: usize = 100;
const LONGEST_SURFACE: usize = 200;
/// Characters of an address that stands in the place of a headline.
const ADDRESS: usize = 120;

/// How much of an article is told; texts in characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    title: usize,
    /// How many changes, and how long each side of one.
    changes: usize,
    change: usize,
    quotes: usize,
    quote: usize,
    lead: usize,
    /// Whether source, date, authors and names are told.
    facts: bool,
}

impl Room {
    /// Normal articles fit into every service's message so.
    const FULL: Self =
        Self { title: 250, changes: 6, change: 160, quotes: 2, quote: 300, lead: 300, facts: true };
    const SHORT: Self =
        Self { title: 160, changes: 3, change: 100, quotes: 1, quote: 160, lead: 0, facts: true };
    const BARE: Self =
        Self { title: 120, changes: 1, change: 60, quotes: 0, quote: 0, lead: 0, facts: false };
    const TITLE: Self = Self { title: 80, changes: 0, change: 0, quotes: 0, quote: 0, lead: 0, facts: false };

    /// Short, bare, title; beyond these an article is merely counted.
    pub(super) const ROUNDS: usize = 3;

    /// What is left after so many rounds of shortening; nothing where the article is merely counted.
    pub(super) fn after(rounds: usize) -> Option<Self> {
        [Self::FULL, Self::SHORT, Self::BARE, Self::TITLE].get(rounds).copied()
    }
}

/// The article in this much room.
pub(super) fn block(item: &Item, room: Room, desk: &Desk) -> Block {
    let surfaces = surfaces(item);
    let title = Some(short_line(&item.title, room.title)).filter(|title| !title.is_empty());
    let title = defused(&title.unwrap_or_else(|| short_line(&item.url, ADDRESS)));
    let mut lines: Vec<Line> = kind(item, desk).into_iter().collect();
    lines.extend(changes(item, room));
    // What stood there before the change, or stands there unchanged, is no news.
    if item.change.is_none() {
        lines.extend(sentences(item, room, &surfaces));
    }
    if room.facts {
        lines.extend(facts(item, desk));
    }
    let pencil = if item.reason == Reason::New { "" } else { "✎ " };
    Block { title: Some(format!("{pencil}{title}")), link: link(&item.url), lines }
}

fn surfaces(item: &Item) -> Vec<String> {
    let all = item.entities.iter().flat_map(|entity| &entity.surfaces);
    let short = all.filter(|surface| surface.len() <= LONGEST_SURFACE);
    short.take(MOST_SURFACES).map(|surface| short_line(surface, NAME)).collect()
}

/// What sort of change it is.
fn kind(item: &Item, desk: &Desk) -> Option<Line> {
    let kind = item.change.as_ref()?.change.kind?;
    Some(vec![Span::plain((desk.words.change)(kind))])
}

/// The words that changed; where whole lines came or went, those.
fn changes(item: &Item, room: Room) -> Vec<Line> {
    let Some(ItemChange { change, appeared, vanished, .. }) = &item.change else { return Vec::new() };
    let mut all: Vec<WordChange> = change.words.clone();
    if all.is_empty() {
        let gone = change.removed.iter().map(|line| WordChange {
            from: line.clone(),
            to: String::new(),
            ..WordChange::default()
        });
        let new = change.added.iter().map(|line| WordChange {
            from: String::new(),
            to: line.clone(),
            ..WordChange::default()
        });
        all = gone.chain(new).collect();
    }
    let mut lines: Vec<Line> = all.iter().take(room.changes).map(|words| changed(words, room)).collect();
    let more = all.len().saturating_sub(lines.len());
    if more > 0 && room.changes > 0 {
        lines.push(vec![Span::plain(format!("… +{more}"))]);
    }
    if room.facts {
        lines.extend([("＋", appeared), ("−", vanished)].into_iter().filter_map(turned));
    }
    lines
}

fn changed(words: &WordChange, room: Room) -> Line {
    let gone = || Span::new(&words.from, Style::Gone, room.change);
    let new = || Span::new(&words.to, Style::Strong, room.change);
    match (words.from.trim().is_empty(), words.to.trim().is_empty()) {
        (true, _) => vec![Span::plain("＋ "), new()],
        (_, true) => vec![Span::plain("− "), gone()],
        _ => vec![gone(), Span::plain(" → "), new()],
    }
}

/// Tracked names that came or went.
fn turned((sign, names): (&str, &Vec<String>)) -> Option<Line> {
    if names.is_empty() {
        return None;
    }
    let names: Vec<String> = names.iter().take(MOST_NAMES).map(|name| short_line(name, NAME)).collect();
    let line = format!("{sign} {}", names.join(", "));
    Some(vec![Span { text: defused(&line), style: Style::Plain }])
}

/// The sentences that matched, else the lead; none that the title says already.
fn sentences(item: &Item, room: Room, surfaces: &[String]) -> Vec<Line> {
    let mut told: Vec<&str> = Vec::new();
    for snippet in &item.snippets {
        let text = snippet.text.as_str();
        if told.len() < room.quotes && !told.contains(&text) && !item.title.contains(text) {
            told.push(text);
        }
    }
    let quoted = |text: &&str| {
        let mut line = vec![Span::plain("» ")];
        line.extend(Span::all_of(excerpt::around_name(text, surfaces, room.quote)));
        line
    };
    let mut lines: Vec<Line> = told.iter().map(quoted).collect();
    if lines.is_empty() && room.lead > 0 && !item.lead.trim().is_empty() {
        lines.push(Span::all_of(excerpt::opening(&item.lead, surfaces, room.lead)));
    }
    lines
}

fn facts(item: &Item, desk: &Desk) -> Vec<Line> {
    let words = desk.words;
    let published = match item.published {
        Some(at) => when::moment(at, words, desk.zone),
        None => words.seen.replace("{}", &when::instant(item.observed_at, words, desk.zone)),
    };
    let author = item.authors.first().map(|author| short_line(author, NAME)).unwrap_or_default();
    let via = item.attribution.as_ref().map(|from| words.via.replace("{}", &short_line(&from.name, NAME)));
    let extent = words.extent(item.extent).to_owned();
    let facts = [short_line(&item.source, NAME), published, author, via.unwrap_or_default(), extent];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let alerts = listed(item.alerts.iter().map(String::as_str));
    let names = item.entities.iter().take(MOST_NAMES).map(|entity| {
        let name = short_line(&entity.name, NAME);
        format!("{name} {}", words.times.of(entity.count))
    });
    let names = names.collect::<Vec<_>>().join(", ");
    let labelled = [(words.alert, alerts), (words.why, names)];
    let labelled = labelled.iter().filter(|(_, text)| !text.is_empty());
    let labelled = labelled.map(|(label, text)| format!("{label}: {text}")).collect::<Vec<_>>().join(" · ");
    let lines = [facts.join(" · "), labelled].into_iter().filter(|line| !line.is_empty());
    lines.map(|line| vec![Span { text: defused(&line), style: Style::Plain }]).collect()
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.take(MOST_NAMES).map(|name| short_line(name, NAME)).collect::<Vec<_>>().join(", ")
}
