//! One article as the templates see it: cleaned, shortened, in the reader's language and zone.

use chrono_tz::Tz;
use serde::Serialize;

use super::change::Edit;
use super::clean::{self, short_line};
use super::excerpt::{self, Piece};
use super::group::Group;
use super::room::Room;
use super::story::{Also, Related, names_elsewhere};
use super::when;
use super::words::Words;
use crate::model::{Attribution, Item, Language, Prominence, Reason};
use crate::text::language;

/// Spellings that are looked for in sentences, and the most bytes one may have.
const MOST_SURFACES: usize = 100;
const LONGEST_SURFACE: usize = 200;
/// Characters of a person's, source's or entity's name.
const NAME: usize = 80;
/// By so many characters a sentence is known again.
const OPENING: usize = 60;
/// Characters of an address that is shown but cannot be a link.
const ADDRESS: usize = 200;

/// Who reads the mail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk {
    /// In which words.
    pub(super) words: &'static Words,
    /// In which time zone.
    pub(super) zone: Tz,
}

/// An article in a mail.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// From 1.
    number: usize,
    /// Over the first edit, and over the first page.
    pub(super) heading: Option<&'static str>,
    /// Whether it is new, an edit or a page that changed.
    pub(super) reason: Reason,
    /// The language of its text.
    language: Option<String>,
    /// Where it stands in a list of headlines, if it is told by its headline alone for want of room.
    pub(super) brief: Option<Brief>,
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
    credit: Option<Credit>,
    lead: Vec<Piece>,
    /// Sentences that name an entity and do not stand in the lead.
    quotes: Vec<Vec<Piece>>,
    names: Vec<Name>,
    more_names: Option<String>,
    edit: Option<Edit>,
    /// Others of the same story that say something of their own, with their titles.
    related: Vec<Related>,
    /// Copies, by their source, and how many more there are.
    also: Vec<Also>,
    more_also: Option<String>,
}

impl Entry {
    /// What a mail program shows beside the subject: the first sentence that matched, else the lead.
    pub(super) fn gist(&self) -> String {
        if let Some(edit) = &self.edit {
            return edit.gist();
        }
        let sentence = self.quotes.first().unwrap_or(&self.lead);
        plain(sentence)
    }
}

/// Whether a list of headlines begins with an article, and whether it ends with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Brief {
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// "Theo Reuters", with its link.
#[derive(Debug, Serialize)]
struct Credit {
    text: String,
    link: Option<String>,
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
        Self { words: Words::of(language), zone }
    }

    /// The article, and what else there is of its story, in as much room as there is.
    pub(super) fn entry(&self, group: &Group<'_>, number: usize, room: Room) -> Entry {
        let item = group.main;
        // Of an edit only the edit is news; of a new article that is gone again, that it is.
        let room = match (&item.change, item.reason) {
            (None, _) => room,
            (Some(_), Reason::New) => Room { lines: 0, words: 0, ..room },
            (Some(_), _) => Room { lead: 0, quotes: 0, ..room },
        };
        let link = clean::web_link(&item.url);
        let address = link.clone().unwrap_or_else(|| short_line(&item.url, ADDRESS));
        let title = Some(short_line(&item.title, room.title)).filter(|title| !title.is_empty());
        let surfaces = surfaces(item);
        let lead = excerpt::opening(&item.lead, &surfaces, room.lead);
        let lead = if room.lead == 0 { Vec::new() } else { lead };
        let (related, also, more_also) = self.story(group, room);
        let (names, more_names) = self.names(group, room);
        Entry {
            number,
            heading: None,
            reason: item.reason,
            language: item.language.as_deref().and_then(language::primary),
            brief: room.is_brief().then(Brief::default),
            alerts: alerts(item),
            title: title.unwrap_or_else(|| clean::cut(&address, room.title)),
            quotes: quotes(item, &surfaces, &lead, room),
            lead,
            link,
            address,
            facts: self.facts(item, room),
            credit: item.attribution.as_ref().filter(|_| room.authors > 0).map(|named| self.credit(named)),
            names,
            more_names,
            edit: item.change.as_ref().map(|change| Edit::new(change, &surfaces, room, self.words)),
            related,
            also,
            more_also,
        }
    }

    fn facts(&self, item: &Item, room: Room) -> Vec<String> {
        let authors: Vec<String> =
            item.authors.iter().take(room.authors).map(|author| short_line(author, NAME)).collect();
        let extent = self.words.extent(item.extent).to_owned();
        let facts = [short_line(&item.source, NAME), self.when(item), authors.join(", "), extent];
        facts.into_iter().filter(|fact| !fact.is_empty()).collect()
    }

    /// When it was published; of an edit, when it was seen.
    fn when(&self, item: &Item) -> String {
        let seen = || when::instant(item.observed_at, self.words, self.zone);
        match (item.reason, item.published) {
            (Reason::New, Some(published)) => when::moment(published, self.words, self.zone),
            (Reason::New, None) => self.words.seen.replace("{}", &seen()),
            (Reason::Edit, _) => self.words.edited.replace("{}", &seen()),
            (Reason::Page, _) => self.words.changed.replace("{}", &seen()),
        }
    }

    fn credit(&self, attribution: &Attribution) -> Credit {
        Credit {
            text: self.words.via.replace("{}", &clean::isolated(short_line(&attribution.name, NAME))),
            link: attribution.url.as_deref().and_then(clean::web_link),
        }
    }

    /// The names of the article, then those that only others of its story mention; and how many more there are.
    fn names(&self, group: &Group<'_>, room: Room) -> (Vec<Name>, Option<String>) {
        if room.names == 0 {
            return (Vec::new(), None);
        }
        let own = group.main.entities.iter().map(|entity| self.name(entity));
        let elsewhere = names_elsewhere(group).into_iter().map(|name| Name {
            text: short_line(name, NAME),
            times: self.words.elsewhere.to_owned(),
            in_title: false,
        });
        let mut names: Vec<Name> = own.chain(elsewhere).collect();
        let more = names.len().saturating_sub(room.names);
        names.truncate(room.names);
        (names, self.words.more_names.unless_none(more))
    }

    fn name(&self, entity: &Prominence) -> Name {
        Name {
            text: short_line(&entity.name, NAME),
            times: self.words.times.of(entity.count),
            in_title: entity.in_title,
        }
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
fn quotes(item: &Item, surfaces: &[String], lead: &[Piece], room: Room) -> Vec<Vec<Piece>> {
    let title = short_line(&item.title, room.title);
    let is_read = |sentence: &str| title.contains(core(sentence)) || begins_in(sentence, lead);
    let mut sentences: Vec<String> = Vec::new();
    for snippet in &item.snippets {
        if sentences.len() == room.quotes {
            break;
        }
        let sentence = clean::line(&snippet.text);
        let told = is_read(&sentence) || sentences.contains(&sentence);
        if !told {
            sentences.push(sentence);
        }
    }
    sentences.iter().map(|sentence| excerpt::around_name(sentence, surfaces, room.quote)).collect()
}

/// The sentence without what stands for the rest of it.
fn core(sentence: &str) -> &str {
    sentence.trim_matches(|c: char| c == '…' || c.is_whitespace())
}

/// Whether the lead tells the sentence, or as much of it as has room, with a name.
fn begins_in(sentence: &str, lead: &[Piece]) -> bool {
    let (core, shown) = (core(sentence), plain(lead));
    let opening = core.char_indices().nth(OPENING).and_then(|(end, _)| core.get(..end)).unwrap_or(core);
    shown.contains(core) || (shown.contains(opening) && lead.iter().any(|piece| piece.marked))
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}
