//! Text to tokens, whatever the text: a tokenizer that cannot fail and never looks at a byte more than a few times.
//!
//! Feeds, sitemaps, OPML and the search of pages for feeds all read by it. Comments, declarations and processing
//! instructions are left out. Where the end of a section, a comment or a quote is missing, reading goes on at the next
//! item instead of losing the rest of the document.

use memchr::memmem;

use super::names;
use super::repair::Repairs;
use super::tag::{self, Tag};

/// One piece of a document.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// Text in which references stand.
    Text(&'a str),
    /// The inside of a CDATA section.
    Verbatim(&'a str),
    /// A start or end tag, and its source.
    Tag(Tag<'a>, &'a str),
}

/// The tokens of a text.
pub(super) struct Markup<'a> {
    text: &'a str,
    at: usize,
    /// Which names are those of tags even where a tag is damaged.
    is_known: fn(&str) -> bool,
    /// The name of the last start tag: a section that is not closed ends where this element does.
    opened: &'a str,
    /// Whether a section was opened inside another.
    nested: bool,
    section_end: Finder,
    section: Finder,
    comment_end: Finder,
    comment: Finder,
    instruction_end: Finder,
    subset_end: Finder,
    boundary: Finder,
    pub(super) repairs: Repairs,
}

/// The next place where something stands, looked for once.
struct Finder {
    find: fn(&str) -> Option<usize>,
    from: usize,
    found: Option<usize>,
}

impl Finder {
    fn new(find: fn(&str) -> Option<usize>) -> Self {
        Self { find, from: usize::MAX, found: None }
    }

    /// The first place at or behind `at`.
    fn next(&mut self, text: &str, at: usize) -> Option<usize> {
        if at < self.from || self.found.is_some_and(|found| found < at) {
            self.from = at;
            self.found = text.get(at..).and_then(self.find).map(|found| at + found);
        }
        self.found
    }
}

impl<'a> Markup<'a> {
    /// Those of `text`, in which a damaged tag is one where its name `is_known`, and else text.
    pub(super) fn new(text: &'a str, is_known: fn(&str) -> bool) -> Self {
        Self {
            text,
            at: 0,
            is_known,
            opened: "",
            nested: false,
            section_end: Finder::new(|text| memmem::find(text.as_bytes(), b"]]>")),
            section: Finder::new(|text| memmem::find(text.as_bytes(), b"<![CDATA[")),
            comment_end: Finder::new(|text| memmem::find(text.as_bytes(), b"-->")),
            comment: Finder::new(|text| memmem::find(text.as_bytes(), b"<!--")),
            instruction_end: Finder::new(|text| memmem::find(text.as_bytes(), b"?>")),
            subset_end: Finder::new(subset_end),
            boundary: Finder::new(names::item_boundary),
            repairs: Repairs::default(),
        }
    }

    /// How far the text has been read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next token, or `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            match rest.find('<') {
                Some(0) => {}
                start => return Some(self.words(rest, start.unwrap_or(rest.len()))),
            }
            if let Some(inside) = section_opening(rest) {
                return Some(Token::Verbatim(self.section(self.at + inside)));
            }
            if let Some(length) = self.aside(rest) {
                self.at += length;
                continue;
            }
            let Some(tag) = tag::read(rest, self.is_known) else {
                self.at += 1;
                self.repairs.note("bare < signs were taken as text");
                return rest.get(..1).map(Token::Text);
            };
            if !tag.whole {
                self.repairs.note("tags without an end were closed");
            }
            self.at += tag.length;
            if !tag.closes {
                self.opened = tag.name;
            }
            return Some(Token::Tag(tag, rest.get(..tag.length)?));
        }
    }

    /// Goes on at the end tag of an element whose content is no markup; at the end of the text where there is none.
    pub(super) fn skip_content(&mut self, name: &str) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at = closing_tag(rest, name).map_or(self.text.len(), |end| self.at + end);
    }

    /// Text up to a tag. What closes the outer one of two nested sections is no text.
    fn words(&mut self, rest: &'a str, length: usize) -> Token<'a> {
        let words = rest.get(..length).unwrap_or_default();
        let end = if self.nested { words.find("]]>") } else { None };
        let Some(end) = end else {
            self.at += length;
            return Token::Text(words);
        };
        self.nested = false;
        self.at += end + 3;
        Token::Text(words.get(..end).unwrap_or_default())
    }

    /// The inside of a section whose opening ends at `from`.
    fn section(&mut self, from: usize) -> &'a str {
        let end = self.section_end.next(self.text, from);
        let inner = self.section.next(self.text, from);
        if let Some(end) = end.filter(|end| inner.is_none_or(|inner| inner > *end)) {
            self.at = end + 3;
            return self.between(from, end);
        }
        // No end, or another section begins before it: this one was never closed, or holds the other.
        let limit = inner.filter(|_| end.is_some()).unwrap_or(self.text.len());
        let limit = self.boundary.next(self.text, from).filter(|at| *at < limit).unwrap_or(limit);
        let window = self.between(from, limit);
        let cut = closing_tag(window, self.opened).map(|cut| from + cut);
        self.nested = cut.is_none() && Some(limit) == inner;
        if !self.nested {
            self.repairs.note("CDATA sections without an end were closed");
        }
        self.at = cut.unwrap_or(limit);
        let inside = self.between(from, self.at);
        inside.trim_end_matches("&gt;").trim_end_matches(']')
    }

    fn between(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The length of a comment, declaration or instruction that `rest` begins with.
    fn aside(&mut self, rest: &str) -> Option<usize> {
        let from = self.at + 2;
        if rest.starts_with("<!--") {
            let end = self.comment_end.next(self.text, from + 2);
            let inner = self.comment.next(self.text, from);
            let boundary = self.boundary.next(self.text, from);
            let closed = end.filter(|end| {
                !(inner.is_some_and(|inner| inner < *end) && boundary.is_some_and(|at| at < *end))
            });
            return Some(self.end_or_skip(rest, closed.map(|end| end + 3)));
        }
        if rest.starts_with("<?") {
            let end = self.instruction_end.next(self.text, from);
            let boundary = self.boundary.next(self.text, from);
            let closed = end.filter(|end| boundary.is_none_or(|at| at > *end));
            return Some(self.end_or_skip(rest, closed.map(|end| end + 2)));
        }
        let declaration = rest.strip_prefix("<!")?;
        let sign = declaration.find(['>', '[', '<']);
        let subset = sign.is_some_and(|sign| declaration.as_bytes().get(sign) == Some(&b'['));
        let end = if subset { self.subset_end.next(self.text, from) } else { None };
        Some(self.end_or_skip(rest, end))
    }

    /// The length up to `end`; without one, up to the next `>`, but not into another tag.
    fn end_or_skip(&self, rest: &str, end: Option<usize>) -> usize {
        if let Some(end) = end {
            return end - self.at;
        }
        let body = rest.get(2..).unwrap_or_default();
        let sign = body.find(['>', '<']).unwrap_or(body.len());
        2 + sign + usize::from(body.as_bytes().get(sign) == Some(&b'>'))
    }
}

/// Where a document type with a subset ends: behind the sign that follows its bracket.
fn subset_end(text: &str) -> Option<usize> {
    let close = text.find(']')?;
    let behind = text.get(close..)?;
    let sign = behind.find(['>', '<'])?;
    Some(close + sign + usize::from(behind.as_bytes().get(sign) == Some(&b'>')))
}

/// The length of what opens a section, some of whose signs may be lost.
fn section_opening(rest: &str) -> Option<usize> {
    let body = rest.get(1..)?;
    let word = body.trim_start_matches(['!', '[', ' ']);
    let opened = body.len() - word.len();
    let letters = word.get(..5)?;
    let behind = word.get(5..)?;
    let is_section =
        (1..=4).contains(&opened) && letters.eq_ignore_ascii_case("CDATA") && behind.starts_with('[');
    is_section.then_some(1 + opened + 6)
}

/// Where the end tag of the element stands.
fn closing_tag(text: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    text.match_indices("</").map(|(start, _)| start).find(|start| {
        let behind = text.get(start + 2..).unwrap_or_default();
        behind.get(..name.len()).is_some_and(|closed| closed.eq_ignore_ascii_case(name))
            && !behind.get(name.len()..).unwrap_or_default().starts_with(char::is_alphanumeric)
    })
}
