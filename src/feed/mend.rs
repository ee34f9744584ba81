//! What feeds get wrong, put right before the reader sees it: one pass over the markup.
//!
//! Comments, declarations and document types are left out. Tags are balanced, bare `&` and `<` escaped, characters
//! that XML forbids dropped, names of older dialects brought up to date. Text is otherwise left alone.

use url::Url;

use crate::model::FeedFormat;

use super::FeedError;
use super::reference;
use super::tag::{self, Dialect};

/// Deeper markup is an attack, or text that was never a feed.
const DEEPEST: usize = 256;

/// Mends `text`, which begins at the feed's root, and says in `repairs` what was done. Also tells the
/// dialect, since RSS 1.0 is written as 2.0.
pub(super) fn mend(
    text: &str,
    base: &Url,
    repairs: &mut Vec<String>,
) -> Result<(String, FeedFormat), FeedError> {
    let mut mender = Mender {
        out: String::with_capacity(text.len() + 64),
        open: Vec::new(),
        dialect: Dialect::default(),
        base,
        ends: Ends::of(text),
        done: Done::default(),
    };
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (words, markup) = rest.split_at(start);
        mender.words(words);
        rest = mender.markup(markup)?;
    }
    mender.words(rest);
    mender.close_down_to(0);
    mender.done.report(repairs);
    Ok((mender.out, mender.dialect.format()))
}

struct Mender<'a> {
    out: String,
    /// Names of the elements that are open.
    open: Vec<&'a str>,
    dialect: Dialect,
    base: &'a Url,
    ends: Ends,
    done: Done,
}

/// How much text stands behind the last end of each kind. An end is looked for only where one is left: else text
/// full of openings would be searched to its end for every one of them.
struct Ends {
    section: usize,
    comment: usize,
    instruction: usize,
    subset: usize,
}

impl Ends {
    fn of(text: &str) -> Self {
        let behind_last = |end: &str| text.rfind(end).map_or(usize::MAX, |last| text.len() - last);
        Self {
            section: behind_last("]]>"),
            comment: behind_last("-->"),
            instruction: behind_last("?>"),
            subset: behind_last("]"),
        }
    }
}

/// Which repairs were made.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts, each with its sentence")]
struct Done {
    ampersands: bool,
    angles: bool,
    characters: bool,
    tags: bool,
    truncated: bool,
    attributes: bool,
}

impl Done {
    fn report(&self, repairs: &mut Vec<String>) {
        for (done, sentence) in [
            (self.ampersands, "bare & signs were escaped"),
            (self.angles, "bare < signs were escaped"),
            (self.characters, "characters that XML forbids were dropped"),
            (self.tags, "tags were balanced"),
            (self.truncated, "it breaks off; what was open was closed"),
            (self.attributes, "the version, namespace or attributes of elements were corrected"),
        ] {
            if done {
                repairs.push(sentence.to_owned());
            }
        }
    }
}

impl<'a> Mender<'a> {
    /// Text between tags.
    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(start) = rest.find('&') {
            let (before, reference) = rest.split_at(start);
            self.characters(before);
            let length = if let Some((meaning, length)) = reference::at_start(reference) {
                self.meaning(&meaning);
                length
            } else {
                self.done.ampersands = true;
                self.out.push_str("&amp;");
                1
            };
            rest = reference.get(length..).unwrap_or_default();
        }
        self.characters(rest);
    }

    /// A reference is written as the character itself, so that the reader needs no list of names.
    fn meaning(&mut self, meaning: &str) {
        for c in meaning.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                c => self.out.push(c),
            }
        }
    }

    fn characters(&mut self, text: &str) {
        if text.chars().all(reference::is_allowed) {
            self.out.push_str(text);
            return;
        }
        self.done.characters = true;
        self.out.extend(text.chars().filter(|c| reference::is_allowed(*c)));
    }

    /// Reads what begins with `<` and returns what follows it.
    fn markup(&mut self, markup: &'a str) -> Result<&'a str, FeedError> {
        if let Some(body) = markup.strip_prefix("<![CDATA[") {
            return Ok(self.verbatim(body));
        }
        let (comment, instruction) = (self.ends.comment, self.ends.instruction);
        for (opening, closing, last) in [("<!--", "-->", comment), ("<?", "?>", instruction)] {
            if let Some(body) = markup.strip_prefix(opening) {
                let closed = if body.len() >= last { body.split_once(closing) } else { None };
                return Ok(closed.or_else(|| body.split_once('>')).map_or("", |(_, after)| after));
            }
        }
        if let Some(body) = markup.strip_prefix("<!") {
            let has_subset = body.len() >= self.ends.subset;
            return Ok(if has_subset { tag::behind_declaration(body) } else { tag::behind_angle(body) });
        }
        let Some(tag) = tag::read(markup) else {
            self.done.angles = true;
            self.out.push_str("&lt;");
            return Ok(markup.get(1..).unwrap_or_default());
        };
        if tag.closes {
            self.close(tag.name);
        } else {
            self.start(&tag)?;
        }
        Ok(markup.get(tag.length..).unwrap_or_default())
    }

    /// The inside of a CDATA section; an unclosed one ends where its element does.
    fn verbatim(&mut self, body: &'a str) -> &'a str {
        let closed = if body.len() >= self.ends.section { body.split_once("]]>") } else { None };
        let (inside, after) = closed.unwrap_or_else(|| {
            self.done.truncated = true;
            let closing = self.open.last().map(|name| format!("</{name}>"));
            body.split_at(closing.and_then(|closing| body.find(&closing)).unwrap_or(body.len()))
        });
        self.out.push_str("<![CDATA[");
        self.characters(inside);
        self.out.push_str("]]>");
        after
    }

    fn start(&mut self, tag: &tag::Tag<'a>) -> Result<(), FeedError> {
        if self.open.len() >= DEEPEST {
            return Err(FeedError::Malformed(format!("its elements are nested more than {DEEPEST} deep")));
        }
        if self.open.is_empty() {
            self.dialect = Dialect::of(tag);
        } else if self.dialect.has_channel() && self.is_channel_business(tag) {
            return Ok(());
        }
        let written = tag::write(tag, self.dialect, self.base, &mut self.out);
        self.done.attributes |= written == tag::Written::Corrected;
        if tag.empty {
            return Ok(());
        }
        self.open.push(tag.name);
        if self.dialect == Dialect::Rdf && tag.local() == "item" {
            self.identify(tag);
        }
        Ok(())
    }

    /// Keeps one channel open from the root's first child to its end: items outside it would be lost. Returns
    /// whether the tag is a further channel, which is not written again.
    fn is_channel_business(&mut self, tag: &tag::Tag<'a>) -> bool {
        let is_channel = tag.local() == "channel";
        if self.open.len() == 1 && !is_channel {
            self.done.tags = true;
            self.out.push_str("<channel>");
            self.open.push("channel");
        }
        self.open.len() == 2 && is_channel
    }

    /// The identifier of an RSS 1.0 item stands in an attribute.
    fn identify(&mut self, item: &tag::Tag<'a>) {
        let Some(about) = tag::about(item) else { return };
        self.out.push_str("<guid>");
        self.words(&about);
        self.out.push_str("</guid>");
    }

    /// Closes the innermost element of this name and what is open inside it; a stray end tag is left out.
    fn close(&mut self, name: &str) {
        let Some(depth) = self.open.iter().rposition(|open| *open == name) else {
            self.done.tags = true;
            return;
        };
        let is_channel = depth == 1 && self.dialect.has_channel();
        let innermost = if depth == 0 && self.dialect.has_channel() { 2 } else { depth + 1 };
        self.done.tags |= self.open.len() > innermost;
        self.close_above(if is_channel { 2 } else { depth });
    }

    fn close_down_to(&mut self, depth: usize) {
        self.done.truncated |= self.open.len() > depth;
        self.close_above(depth);
    }

    fn close_above(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(name) = self.open.pop() else { return };
            self.out.push_str("</");
            self.out.push_str(tag::current_name(name, self.dialect));
            self.out.push('>');
        }
    }
}
