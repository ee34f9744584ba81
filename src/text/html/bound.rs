//! What the parser is given: the page without scripts and styles, bounded in size, nesting and repetition.
//!
//! An HTML parser is super-linear in the depth of open elements, in unclosed formatting elements (each block opens
//! them again) and in the attributes of one tag. All three are cut here, before it sees the page.

use std::collections::HashMap;

use super::marks::{MAX_MARKS, affordable};
use super::markup::{
    Tag, is_block, is_fence, is_formatting, is_one_of, is_void, next_tag, opens_markup, raw_text_end,
};

/// Longest page that is read, in bytes of decoded text; the fetch cap is the same.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Most tags that the parser is given. A page of a newspaper has 2,000 to 20,000.
const MAX_TAGS: usize = 50_000;
/// Most elements open at once.
const MAX_DEPTH: usize = 512;
/// Most unclosed formatting elements (`<b>`, `<font>` …).
const MAX_FORMATTING: usize = 24;
/// Most formatting elements that unclosed ones may add by being opened again in later blocks.
const MAX_REOPENED: usize = 60_000;
/// Most attributes of one tag; beyond it the tag loses them all.
const MAX_ATTRIBUTES: usize = 256;
/// Longest tag in bytes; beyond it the tag loses its attributes. Pictures written into a page are of no use here.
const MAX_TAG: usize = 64 * 1024;
/// The sum of how deep each tag stands: for many a tag the parser looks through all elements open there.
const MAX_DEPTHS: usize = 8_000_000;
/// How far up an end tag that HTML implies (`</p>`, `</li>`) is looked for.
const IMPLIED_REACH: usize = 8;

/// Elements whose end tags HTML allows to leave out.
const CLOSED_BY_ITSELF: [&str; 15] = [
    "html", "head", "body", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option",
    "colgroup",
];

/// A page that is safe to parse.
#[derive(Debug, Default)]
pub struct Bounded<'a> {
    /// The markup.
    pub html: String,
    /// The contents of its `application/ld+json` scripts.
    pub json_ld: Vec<&'a str>,
    /// What was cut, one sentence each.
    pub notes: Vec<String>,
    /// The page ends within its body: in mid-tag, or with elements open that HTML does not close by itself.
    pub unfinished: bool,
    /// It is longer than what is read of a page.
    pub cut: bool,
}

/// Takes scripts, styles, comments and drawings out of `page` and bounds the rest.
pub fn bound(page: &str) -> Bounded<'_> {
    let mut scan = Scan { out: Bounded::default(), ..Scan::default() };
    scan.out.html.reserve(page.len() / 2);
    let mut rest = within(page, &mut scan.out.notes);
    let whole = rest.len() == page.len();
    while let Some((text, tag, after)) = next_tag(rest) {
        scan.out.html.push_str(affordable(text, &mut scan.marks));
        if scan.marks > MAX_MARKS
            || scan.written > MAX_TAGS
            || scan.reopened > MAX_REOPENED
            || scan.depths > MAX_DEPTHS
        {
            scan.out
                .notes
                .push("The page has more markup than any article; the rest of it was not read.".into());
            scan.out.cut = true;
            return scan.out;
        }
        rest = scan.take(tag, after);
    }
    let mut bounded = scan.finish(rest);
    bounded.unfinished &= whole;
    bounded.cut = !whole;
    bounded
}

fn within<'a>(page: &'a str, notes: &mut Vec<String>) -> &'a str {
    if page.len() <= MAX_BYTES {
        return page;
    }
    notes.push(format!("The page is longer than {} MiB; the rest of it was not read.", MAX_BYTES >> 20));
    let end = (0..=MAX_BYTES).rev().find(|at| page.is_char_boundary(*at)).unwrap_or(0);
    page.get(..end).unwrap_or("")
}

#[derive(Default)]
struct Scan<'a> {
    out: Bounded<'a>,
    /// Names of the elements open now, outermost first.
    open: Vec<&'a str>,
    /// How many of those are formatting elements.
    open_formatting: usize,
    /// Formatting elements not yet closed by their own end tag.
    formatting: Vec<&'a str>,
    /// How many character references and stray less-than signs it is given.
    marks: usize,
    /// How many tags the parser is given.
    written: usize,
    /// The sum of how deep they stand.
    depths: usize,
    /// How many formatting elements the parser will have opened again.
    reopened: usize,
    /// Elements whose start tag was left out, so that their end tags are too.
    left_out: HashMap<String, usize>,
    too_deep: bool,
    /// The end of the body was seen.
    ended: bool,
    /// An `<svg>` had no end; looking for more ends would cost a pass each.
    drawing_unclosed: bool,
}

impl<'a> Scan<'a> {
    /// Handles one tag; returns what is to be read next.
    fn take(&mut self, tag: Tag<'a>, after: &'a str) -> &'a str {
        match tag {
            Tag::Other { source } => {
                if source.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
                    self.out.html.push_str(source);
                }
                after
            }
            Tag::End { name, source } => {
                self.end(name, source);
                after
            }
            Tag::Start { name, source, attributes } => {
                if let Some(rest) = self.skip_content(name, source, after) {
                    return rest;
                }
                let bare = attributes > MAX_ATTRIBUTES || source.len() > MAX_TAG;
                self.start(name, if bare { "" } else { source });
                after
            }
        }
    }

    /// Leaves out elements whose content is never prose; returns what follows them. Raw text without an end
    /// tag reaches to the end of the page.
    fn skip_content(&mut self, name: &str, source: &str, after: &'a str) -> Option<&'a str> {
        const BEGINNINGS: &[u8] = b"sntixp";
        if !name.bytes().next().is_some_and(|first| BEGINNINGS.contains(&first.to_ascii_lowercase())) {
            return None;
        }
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "script" => {
                let (content, rest) = raw_text_end(after, "script").unwrap_or((after, ""));
                if is_json_ld(source) {
                    self.out.json_ld.push(content);
                }
                Some(rest)
            }
            "style" | "noscript" | "textarea" | "iframe" | "noembed" | "noframes" | "xmp" => {
                Some(raw_text_end(after, &lower).map_or("", |(_, rest)| rest))
            }
            "title" => {
                let (content, rest) = raw_text_end(after, "title").unwrap_or((after, ""));
                for piece in [source, content, "</title>"] {
                    self.out.html.push_str(piece);
                }
                Some(rest)
            }
            "svg" => Some(self.skip_drawing(source, after)),
            "plaintext" => Some(after),
            _ => None,
        }
    }

    fn skip_drawing(&mut self, source: &str, after: &'a str) -> &'a str {
        if source.ends_with("/>") || self.drawing_unclosed {
            return after;
        }
        let end = raw_text_end(after, "svg");
        self.drawing_unclosed = end.is_none();
        end.map_or(after, |(_, rest)| rest)
    }

    fn start(&mut self, name: &'a str, source: &str) {
        if is_void(name) {
            self.write(name, source);
            return;
        }
        self.close_implied(name);
        if self.open.len() >= MAX_DEPTH {
            self.note_depth();
            self.leave_out(name);
            return;
        }
        if is_formatting(name) {
            if self.formatting.len() >= MAX_FORMATTING {
                self.leave_out(name);
                return;
            }
            self.formatting.push(name);
            self.open_formatting += 1;
        } else {
            self.reopened += self.formatting.len().saturating_sub(self.open_formatting);
        }
        self.open.push(name);
        self.write(name, source);
    }

    fn note_depth(&mut self) {
        if !self.too_deep {
            self.too_deep = true;
            self.out.notes.push(format!("Elements nested deeper than {MAX_DEPTH} were read as plain text."));
        }
    }

    fn leave_out(&mut self, name: &str) {
        *self.left_out.entry(name.to_ascii_lowercase()).or_default() += 1;
        self.out.html.push(' ');
    }

    /// A start tag that lost its attributes is written bare.
    fn write(&mut self, name: &str, source: &str) {
        self.written += 1;
        self.depths += self.open.len();
        if source.is_empty() {
            for piece in ["<", name, ">"] {
                self.out.html.push_str(piece);
            }
        } else {
            self.out.html.push_str(source);
        }
    }

    fn end(&mut self, name: &str, source: &str) {
        if !self.left_out.is_empty()
            && let Some(count) = self.left_out.get_mut(&name.to_ascii_lowercase())
            && *count > 0
        {
            *count -= 1;
            return;
        }
        self.ended |= is_one_of(name, &["body", "html"]);
        self.close(name);
        self.written += 1;
        self.out.html.push_str(source);
    }

    fn close(&mut self, name: &str) {
        let formatting = is_formatting(name);
        if formatting && let Some(at) = position(&self.formatting, name) {
            self.formatting.remove(at);
        }
        let Some(at) = position(&self.open, name) else { return };
        if formatting {
            self.open.remove(at);
            self.open_formatting = self.open_formatting.saturating_sub(1);
        } else {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, at: usize) {
        let closed = self.open.drain(at..).filter(|name| is_formatting(name)).count();
        self.open_formatting = self.open_formatting.saturating_sub(closed);
    }

    /// HTML closes some elements where the next one of their kind begins.
    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name.to_ascii_lowercase().as_str() {
            "a" => return self.close("a"),
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["tr"],
            "option" => &["option"],
            name if is_block(name) => &["p"],
            _ => return,
        };
        let near = self.open.len().saturating_sub(IMPLIED_REACH);
        let found = self.open.iter().skip(near).rposition(|open| is_one_of(open, closes) || is_fence(open));
        let at = found
            .map(|at| near + at)
            .filter(|at| self.open.get(*at).is_some_and(|open| is_one_of(open, closes)));
        if let Some(at) = at {
            self.close_to(at);
        }
    }

    /// What is left holds no complete tag: its text counts, an unfinished tag or comment does not.
    fn finish(mut self, rest: &str) -> Bounded<'a> {
        let text = rest.match_indices('<').map(|(at, _)| at).find(|at| opens_markup(rest, *at));
        let shown = text.and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.out.html.push_str(affordable(shown, &mut self.marks));
        let within_body = self.open.iter().any(|name| name.eq_ignore_ascii_case("body"));
        let left_open = self.open.iter().any(|name| !is_one_of(name, &CLOSED_BY_ITSELF));
        self.out.unfinished = within_body && !self.ended && (text.is_some() || left_open);
        self.out
    }
}

fn position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().rposition(|open| open.eq_ignore_ascii_case(name))
}

fn is_json_ld(source: &str) -> bool {
    source.to_ascii_lowercase().contains("ld+json")
}
