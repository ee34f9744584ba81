//! One article as the templates see it: cleaned, shortened, in the reader's language and zone.

use chrono_tz::Tz;
use serde::Serialize;

use super::change::{self, Shown, Space};
use super::clean::{self, short_line};
use super::excerpt::{self, Piece};
use super::when;
use super::words::Words;
use crate::model::{Attribution, Item, Language, Prominence};
use crate::text::language;

/// More names than this are counted, not listed.
const MOST_NAMES: usize = 8;
/// Spellings that are looked for in sentences, and the most bytes one may have.
const MOST_SURFACES: usize = 100;
const LONGEST_SURFACE: usize = 200;
/// More authors than this are left out.
const MOST_AUTHORS: usize = 4;
/// More sources of a story than this are counted, not listed.
const MOST_SOURCES: usize = 4;
/// Characters of a person's, source's or entity's name.
const NAME: usize = 80;
/// Characters of an address that is shown but cannot be a link.
const ADDRESS: usize = 200;

/// Who reads the mail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk {
    /// In which words.
    pub(super) words: &'static Words,
    pub(super) language: Language,
    /// In which time zone.
    pub(super) zone: Tz,
}

/// How much room an article has, in characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    title: usize,
    lead: usize,
    quotes: usize,
    quote: usize,
    names: usize,
    /// Authors; with none of them the attribution is left out as well.
    authors: usize,
    change: Space,
}

impl Room {
    /// In an alert: one article or a few, shown whole.
    pub(super) const ALERT: Self = Self {
        title: 300,
        lead: 600,
        quotes: 3,
        quote: 320,
        names: MOST_NAMES,
        authors: MOST_AUTHORS,
        change: Space { pairs: 10, pair: 200, lines: 5, line: 500 },
    };
    /// In a digest: enough to decide whether to read on.
    pub(super) const DIGEST: Self = Self {
        title: 200,
        lead: 280,
        quotes: 1,
        quote: 280,
        names: MOST_NAMES,
        authors: MOST_AUTHORS,
        change: Space { pairs: 4, pair: 100, lines: 1, line: 280 },
    };
    /// Where the mail is too long: without sentences.
    const BRIEF: Self = Self {
        title: 200,
        lead: 0,
        quotes: 0,
        quote: 0,
        names: 3,
        authors: 0,
        change: Space { pairs: 2, pair: 80, lines: 0, line: 0 },
    };
    /// Where it is far too long: a title to click on.
    const TITLE: Self = Self {
        title: 100,
        lead: 0,
        quotes: 0,
        quote: 0,
        names: 0,
        authors: 0,
        change: Space { pairs: 1, pair: 40, lines: 0, line: 0 },
    };

    /// Brief, then a title; beyond these an article is merely counted.
    pub(super) const ROUNDS: usize = 2;

    /// What is left after so many rounds of shortening; nothing where the article is merely counted.
    pub(super) fn after(self, rounds: usize) -> Option<Self> {
        match rounds {
            0 => Some(self),
            1 => Some(Self::BRIEF),
            2 => Some(Self::TITLE),
            _ => None,
        }
    }
}

/// An article in a mail.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// From 1.
    number: usize,
    /// The language of its text.
    language: Option<String>,
    /// The alerts that matched.
    alerts: String,
    /// Never empty.
    pub(super) title: String,
    /// Where it can be read.
    link: Option<String>,
    /// The same as text, also where it is no link.
    address: String,
    /// Source, time and authors.
    facts: Vec<String>,
    credit: Option<Linked>,
    also: Option<AlsoAt>,
    /// What was changed; lead and sentences are left out then.
    change: Option<Shown>,
    lead: Vec<Piece>,
    /// Sentences that name an entity and do not stand in the lead.
    quotes: Vec<Vec<Piece>>,
    names: Vec<Name>,
    more_names: Option<String>,
}

impl Entry {
    /// What a mail program shows beside the subject: the first sentence that matched, else the lead.
    pub(super) fn gist(&self) -> String {
        if let Some(change) = &self.change {
            return change.gist();
        }
        let sentence = self.quotes.first().unwrap_or(&self.lead);
        plain(sentence)
    }
}

/// "Theo Reuters", or the name of a source, with its link.
#[derive(Debug, Serialize)]
struct Linked {
    text: String,
    link: Option<String>,
}

/// Who else tells the story.
#[derive(Debug, Serialize)]
struct AlsoAt {
    /// "also at"
    label: &'static str,
    sources: Vec<Linked>,
    /// How many more.
    more: Option<String>,
}

/// A tracked name and how prominent it is.
#[derive(Debug, Serialize)]
struct Name {
    text: String,
    times: String,
    in_title: bool,
}

impl Desk {
    /// A reader of this language in this zone.
    pub(super) fn new(language: Language, zone: Tz) -> Self {
        Self { words: Words::of(language), language, zone }
    }

    /// The article in as much room as there is.
    pub(super) fn entry(&self, item: &Item, number: usize, room: Room) -> Entry {
        let change = change::shown(item, self.language, room.change);
        let room = if change.is_some() { Room { lead: 0, quotes: 0, ..room } } else { room };
        let link = clean::web_link(&item.url);
        let address = link.clone().unwrap_or_else(|| short_line(&item.url, ADDRESS));
        let title = Some(short_line(&item.title, room.title)).filter(|title| !title.is_empty());
        let surfaces = surfaces(item);
        let lead = excerpt::opening(&item.lead, &surfaces, room.lead);
        let lead = if room.lead == 0 { Vec::new() } else { lead };
        Entry {
            number,
            change,
            language: item.language.as_deref().and_then(language::primary),
            alerts: alerts(item),
            title: title.unwrap_or_else(|| clean::cut(&address, room.title)),
            quotes: quotes(item, &surfaces, &plain(&lead), room),
            lead,
            link,
            address,
            facts: self.facts(item, room),
            also: self.also_at(item, room),
            credit: item.attribution.as_ref().filter(|_| room.authors > 0).map(|named| self.credit(named)),
            names: item.entities.iter().take(room.names).map(|entity| self.name(entity)).collect(),
            more_names: self.more_names(item, room),
        }
    }

    fn facts(&self, item: &Item, room: Room) -> Vec<String> {
        let authors: Vec<String> =
            item.authors.iter().take(room.authors).map(|author| short_line(author, NAME)).collect();
        let extent = self.words.extent(item.extent).to_owned();
        let facts = [short_line(&item.source, NAME), self.when(item), authors.join(", "), extent];
        facts.into_iter().filter(|fact| !fact.is_empty()).collect()
    }

    fn when(&self, item: &Item) -> String {
        let Some(published) = item.published else {
            let seen = when::instant(item.observed_at, self.words, self.zone);
            return self.words.seen.replace("{}", &seen);
        };
        when::moment(published, self.words, self.zone)
    }

    /// A source stands here once, however often it tells the story.
    fn also_at(&self, item: &Item, room: Room) -> Option<AlsoAt> {
        let told = item.story.iter().flat_map(|story| &story.also);
        let mut sources: Vec<Linked> = Vec::new();
        for also in told {
            let text = short_line(&also.source, NAME);
            if !text.is_empty() && sources.iter().all(|known| known.text != text) {
                sources.push(Linked { text, link: clean::web_link(&also.url) });
            }
        }
        let more = self.words.more_sources.unless_none(sources.len().saturating_sub(MOST_SOURCES));
        sources.truncate(MOST_SOURCES);
        let shown = !sources.is_empty() && room.authors > 0;
        shown.then_some(AlsoAt { label: self.words.also_at, sources, more })
    }

    fn credit(&self, attribution: &Attribution) -> Linked {
        Linked {
            text: self.words.via.replace("{}", &clean::isolated(short_line(&attribution.name, NAME))),
            link: attribution.url.as_deref().and_then(clean::web_link),
        }
    }

    fn name(&self, entity: &Prominence) -> Name {
        Name {
            text: short_line(&entity.name, NAME),
            times: self.words.times.of(entity.count),
            in_title: entity.in_title,
        }
    }

    fn more_names(&self, item: &Item, room: Room) -> Option<String> {
        let shown = room.names > 0;
        shown.then(|| self.words.more_names.unless_none(item.entities.len().saturating_sub(room.names)))?
    }
}

fn alerts(item: &Item) -> String {
    let names: Vec<String> = item.alerts.iter().map(|alert| short_line(alert, NAME)).collect();
    names.join(", ")
}

fn surfaces(item: &Item) -> Vec<String> {
    let all = item.entities.iter().flat_map(|entity| &entity.surfaces);
    all.filter(|surface| surface.len() <= LONGEST_SURFACE)
        .take(MOST_SURFACES)
        .map(|surface| clean::line(surface))
        .collect()
}

/// The sentences that matched, each once, without those that the reader has just read in title or lead.
fn quotes(item: &Item, surfaces: &[String], lead: &str, room: Room) -> Vec<Vec<Piece>> {
    let title = short_line(&item.title, room.title);
    let mut sentences: Vec<String> = Vec::new();
    for snippet in &item.snippets {
        if sentences.len() == room.quotes {
            break;
        }
        let sentence = clean::line(&snippet.text);
        let told = title.contains(&sentence) || lead.contains(&sentence) || sentences.contains(&sentence);
        if !told {
            sentences.push(sentence);
        }
    }
    sentences.iter().map(|sentence| excerpt::around_name(sentence, surfaces, room.quote)).collect()
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}
