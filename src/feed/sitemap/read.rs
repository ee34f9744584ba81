//! Records of a sitemap: pages and parts.

use chrono_tz::Tz;
use url::Url;

use crate::feed::limits::LONGEST_NAME;
use crate::feed::link::web_address;
use crate::feed::markup::{Markup, Token};
use crate::feed::{Origin, names, plain, reference};
use crate::model::{Entry, EntryKey};
use crate::text::date;

use super::{MOST_RECORDS, Part, is_address, is_root};

/// Bytes kept of a field, more than an address may have (the protocol's own limit is 2,048 characters).
const LONGEST: usize = LONGEST_NAME + 1;
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
        match web_address(line, base).filter(|_| is_address(line)) {
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
    let mut reader = Reader {
        origin,
        found: Found::default(),
        record: None,
        field: None,
        foreign: None,
        without_address: 0,
        root_ended: false,
    };
    let mut markup = Markup::new(text, is_known);
    while let Some(token) = markup.next() {
        reader.take(&token);
        if reader.found.is_full() {
            too_many(repairs);
            return reader.found;
        }
    }
    reader.finish_record();
    markup.repairs.report(repairs);
    if !reader.root_ended {
        repairs.push("it breaks off; what stands before that was read".to_owned());
    }
    if reader.without_address > 0 {
        repairs.push(format!("{} records without a web address were left out", reader.without_address));
    }
    reader.found
}

fn is_known(name: &str) -> bool {
    let name = names::lower(names::local(name));
    is_root(&name) || matches!(&*name, "url" | "sitemap") || Field::named(&name).is_some()
}

fn too_many(repairs: &mut Vec<String>) {
    repairs.push(format!(
        "it lists more than the {MOST_RECORDS} addresses a sitemap may; the rest was not read"
    ));
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
    /// Records that were left out.
    without_address: usize,
    root_ended: bool,
}

impl Reader<'_> {
    fn take(&mut self, token: &Token<'_>) {
        match token {
            Token::Text(text) => self.write(&reference::resolve(text)),
            Token::Verbatim(text) => self.write(text),
            Token::Tag(tag, _) => {
                let name = names::lower(names::local(tag.name));
                if !tag.closes {
                    self.open(&name);
                }
                if tag.closes || tag.empty {
                    self.close(&name);
                }
            }
        }
    }

    fn open(&mut self, name: &str) {
        match name {
            "url" => self.begin_record(RecordKind::Page),
            "sitemap" => self.begin_record(RecordKind::Part),
            "image" => self.foreign = Some("image"),
            "video" => self.foreign = Some("video"),
            name => self.field = Field::named(name).filter(|_| self.foreign.is_none()),
        }
    }

    fn close(&mut self, name: &str) {
        if self.foreign == Some(name) {
            self.foreign = None;
        }
        if let (Some(Field::Loc), Some(record)) = (self.field, &mut self.record) {
            record.whole = true;
        }
        self.field = None;
        self.root_ended |= is_root(name);
        if matches!(name, "url" | "sitemap") || is_root(name) {
            self.finish_record();
        }
    }

    fn begin_record(&mut self, kind: RecordKind) {
        self.finish_record();
        self.record = Some(Record::new(kind));
    }

    fn write(&mut self, text: &str) {
        let Some(field) = self.field else { return };
        if self.record.is_none() && field == Field::Loc {
            self.record = Some(Record::new(RecordKind::Page));
        }
        let Some(record) = &mut self.record else { return };
        let written = record.field(field);
        // An address that is cut here is too long to be one.
        let space = LONGEST.saturating_sub(written.len());
        written.push_str(plain::cut(text, space));
    }

    fn finish_record(&mut self) {
        (self.field, self.foreign) = (None, None);
        let Some(record) = self.record.take() else { return };
        let url = web_address(&record.loc, self.origin.url).filter(|_| record.whole);
        let Some(url) = url else {
            self.without_address += 1;
            return;
        };
        let zone = self.origin.timezone;
        match record.kind {
            RecordKind::Part => {
                self.found.parts.push(Part { url, lastmod: date::parse(&record.lastmod, zone) });
            }
            RecordKind::Page => self.page(url, &record, zone),
        }
    }

    fn page(&mut self, url: Url, record: &Record, zone: Tz) {
        let found = &mut self.found;
        found.title = found.title.take().or_else(|| plain::from_text(&record.publication));
        found.language = found.language.take().or_else(|| plain::from_text(&record.language));
        let keywords = record.keywords.split([',', ';', '，', '、']);
        found.entries.push(Entry {
            title: plain::from_html(&record.title),
            published: date::parse(&record.published, zone),
            updated: date::parse(&record.lastmod, zone),
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
