//! Records of a sitemap: pages and parts.

use chrono_tz::Tz;
use url::Url;

use crate::feed::{Origin, plain, reference};
use crate::model::{Entry, EntryKey, Moment};
use crate::text::date;

use super::scan::{Event, Scan};
use super::{MOST_RECORDS, Part, is_address};

/// Bytes of a field; addresses longer than this are no addresses (the protocol's own limit is 2,048 characters).
const LONGEST: usize = 4_000;
/// Keywords kept of a page.
const MOST_KEYWORDS: usize = 100;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) parts: Vec<Part>,
    /// The publication's name, as the first page of a news sitemap gives it.
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
}

impl Found {
    fn is_full(&self) -> bool {
        self.entries.len() + self.parts.len() >= MOST_RECORDS
    }
}

/// One address a line.
pub(super) fn lines(text: &str, base: &Url, repairs: &mut Vec<String>) -> Found {
    let mut found = Found::default();
    let mut others = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match address(line, base).filter(|_| is_address(line)) {
            Some(_) if found.is_full() => {
                too_many(repairs);
                break;
            }
            Some(url) => found.entries.push(entry(url.into())),
            None => others += 1,
        }
    }
    if others > 0 {
        repairs.push(format!("{others} lines that are no addresses were left out"));
    }
    found
}

/// The records of an XML sitemap.
pub(super) fn xml(text: &str, origin: Origin<'_>, repairs: &mut Vec<String>) -> Found {
    let mut reader = Reader { origin, found: Found::default(), record: None, field: None, foreign: None };
    let mut root_ended = false;
    let mut without_address = 0;
    for event in Scan::new(text) {
        root_ended |= matches!(event, Event::Close("urlset" | "sitemapindex"));
        without_address += usize::from(reader.take(event) == Taken::WithoutAddress);
        if reader.found.is_full() {
            too_many(repairs);
            return reader.found;
        }
    }
    without_address += usize::from(reader.finish_record() == Taken::WithoutAddress);
    if !root_ended {
        repairs.push("it breaks off; what stands before that was read".to_owned());
    }
    if without_address > 0 {
        repairs.push(format!("{without_address} records without a web address were left out"));
    }
    reader.found
}

fn too_many(repairs: &mut Vec<String>) {
    repairs.push(format!(
        "it lists more than the {MOST_RECORDS} addresses a sitemap may; the rest was not read"
    ));
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Fine,
    WithoutAddress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RecordKind {
    Page,
    Part,
}

/// A `<url>` or `<sitemap>` that is being read.
#[derive(Debug)]
struct Record {
    kind: RecordKind,
    loc: String,
    /// Whether `<loc>` was closed: half an address is the address of something else.
    whole: bool,
    lastmod: String,
    published: String,
    title: String,
    publication: String,
    language: String,
    keywords: String,
}

impl Record {
    fn new(kind: RecordKind) -> Self {
        Self {
            kind,
            loc: String::new(),
            whole: false,
            lastmod: String::new(),
            published: String::new(),
            title: String::new(),
            publication: String::new(),
            language: String::new(),
            keywords: String::new(),
        }
    }

    fn field(&mut self, field: Field) -> &mut String {
        match field {
            Field::Loc => &mut self.loc,
            Field::Lastmod => &mut self.lastmod,
            Field::Published => &mut self.published,
            Field::Title => &mut self.title,
            Field::Publication => &mut self.publication,
            Field::Language => &mut self.language,
            Field::Keywords => &mut self.keywords,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Loc,
    Lastmod,
    Published,
    Title,
    Publication,
    Language,
    Keywords,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "loc" => Self::Loc,
            "lastmod" => Self::Lastmod,
            "publication_date" => Self::Published,
            "title" => Self::Title,
            "name" => Self::Publication,
            "language" => Self::Language,
            "keywords" => Self::Keywords,
            _ => return None,
        })
    }
}

struct Reader<'a> {
    origin: Origin<'a>,
    found: Found,
    record: Option<Record>,
    field: Option<Field>,
    /// The open picture or video, whose fields have the same names as the page's.
    foreign: Option<&'static str>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>) -> Taken {
        match event {
            Event::Open(name) => return self.open(name),
            Event::Close(name) => return self.close(name),
            Event::Text(text) => self.write(&reference::resolve(text)),
            Event::Literal(text) => self.write(text),
        }
        Taken::Fine
    }

    fn open(&mut self, name: &str) -> Taken {
        let kind = match name {
            "url" => RecordKind::Page,
            "sitemap" => RecordKind::Part,
            "image" => {
                self.foreign = Some("image");
                return Taken::Fine;
            }
            "video" => {
                self.foreign = Some("video");
                return Taken::Fine;
            }
            name => {
                self.field = Field::named(name).filter(|_| self.foreign.is_none());
                return Taken::Fine;
            }
        };
        let taken = self.finish_record();
        self.record = Some(Record::new(kind));
        taken
    }

    fn close(&mut self, name: &str) -> Taken {
        if self.foreign == Some(name) {
            self.foreign = None;
        }
        if let (Some(Field::Loc), Some(record)) = (self.field, &mut self.record) {
            record.whole = true;
        }
        self.field = None;
        if matches!(name, "url" | "sitemap" | "urlset" | "sitemapindex") {
            return self.finish_record();
        }
        Taken::Fine
    }

    fn write(&mut self, text: &str) {
        let Some(field) = self.field else { return };
        if self.record.is_none() && field == Field::Loc {
            self.record = Some(Record::new(RecordKind::Page));
        }
        let Some(record) = &mut self.record else { return };
        let written = record.field(field);
        let space = LONGEST.saturating_sub(written.len());
        written.push_str(plain::cut(text, space));
    }

    fn finish_record(&mut self) -> Taken {
        (self.field, self.foreign) = (None, None);
        let Some(record) = self.record.take() else { return Taken::Fine };
        let loc = record.loc.trim();
        let url = Some(loc).filter(|loc| record.whole && !loc.is_empty() && loc.len() < LONGEST);
        let Some(url) = url.and_then(|loc| address(loc, self.origin.url)) else {
            return Taken::WithoutAddress;
        };
        let zone = self.origin.timezone;
        match record.kind {
            RecordKind::Part => self.found.parts.push(Part { url, lastmod: moment(&record.lastmod, zone) }),
            RecordKind::Page => self.page(url, &record, zone),
        }
        Taken::Fine
    }

    fn page(&mut self, url: Url, record: &Record, zone: Tz) {
        let found = &mut self.found;
        found.title = found.title.take().or_else(|| plain::from_text(&record.publication));
        found.language = found.language.take().or_else(|| plain::from_text(&record.language));
        let keywords = record.keywords.split([',', ';', '，', '、']);
        found.entries.push(Entry {
            title: plain::from_html(&record.title),
            published: moment(&record.published, zone),
            updated: moment(&record.lastmod, zone),
            categories: keywords.filter_map(plain::from_text).take(MOST_KEYWORDS).collect(),
            ..entry(url.into())
        });
    }
}

fn entry(url: String) -> Entry {
    Entry {
        id: None,
        key: EntryKey::new(String::new()),
        url: Some(url),
        title: None,
        authors: Vec::new(),
        published: None,
        updated: None,
        summary: None,
        content: None,
        categories: Vec::new(),
        shares_address: false,
    }
}

fn moment(text: &str, zone: Tz) -> Option<Moment> {
    date::parse(text, zone)
}

fn address(text: &str, base: &Url) -> Option<Url> {
    let url = Url::parse(text).or_else(|_| base.join(text)).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}
