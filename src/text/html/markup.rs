//! Tags in raw HTML, found without building a tree.

/// One piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// `<name …>`
    Start {
        /// The element's name as written.
        name: &'a str,
        /// The whole tag.
        source: &'a str,
        /// About how many attributes it has.
        attributes: usize,
    },
    /// `</name>`
    End {
        /// The element's name as written.
        name: &'a str,
        /// The whole tag.
        source: &'a str,
    },
    /// A comment, a doctype, a processing instruction.
    Other {
        /// The whole of it.
        source: &'a str,
    },
}

/// The text before the next tag, the tag, and what follows it; `None` where no complete tag is left.
pub(super) fn next_tag(html: &str) -> Option<(&str, Tag<'_>, &str)> {
    let mut from = 0;
    loop {
        let at = from + html.get(from..)?.find('<')?;
        let (text, markup) = html.split_at_checked(at)?;
        let second = markup.as_bytes().get(1).copied()?;
        let tag = match second {
            b'!' | b'?' => other(markup),
            b'/' if markup.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => end_tag(markup),
            letter if letter.is_ascii_alphabetic() => start_tag(markup),
            _ => {
                from = at + 1;
                continue;
            }
        };
        let (tag, after) = tag?;
        return Some((text, tag, after));
    }
}

/// Whether markup begins with the less-than sign at `at`.
pub(super) fn opens_markup(text: &str, at: usize) -> bool {
    text.as_bytes()
        .get(at + 1)
        .is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
}

/// The content of a raw-text element up to its end tag, and what follows that.
pub(super) fn raw_text_end<'a>(after: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let mut from = 0;
    loop {
        let at = from + after.get(from..)?.find("</")?;
        let tag = after.get(at + 2..)?;
        let closes =
            tag.as_bytes().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
        if closes {
            let rest = tag.find('>').and_then(|end| tag.get(end + 1..)).unwrap_or("");
            return Some((after.get(..at)?, rest));
        }
        from = at + 2;
    }
}

fn other(markup: &str) -> Option<(Tag<'_>, &str)> {
    let end = if markup.starts_with("<!--") {
        // `<!-->` and `<!--->` are whole comments.
        let body = markup.get(4..)?;
        match body {
            _ if body.starts_with('>') => 5,
            _ if body.starts_with("->") => 6,
            _ => 4 + comment_end(body)?,
        }
    } else {
        markup.find('>')? + 1
    };
    let (source, after) = markup.split_at_checked(end)?;
    Some((Tag::Other { source }, after))
}

/// `--!>` ends a comment too.
fn comment_end(body: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + body.get(from..)?.find("--")?;
        let rest = body.get(at + 2..)?;
        if rest.starts_with('>') {
            return Some(at + 3);
        }
        if rest.starts_with("!>") {
            return Some(at + 4);
        }
        from = at + 1;
    }
}

fn end_tag(markup: &str) -> Option<(Tag<'_>, &str)> {
    let (source, after) = markup.split_at_checked(markup.find('>')? + 1)?;
    Some((Tag::End { name: name_of(source.get(2..)?), source }, after))
}

fn start_tag(markup: &str) -> Option<(Tag<'_>, &str)> {
    let (end, attributes) = tag_end(markup.as_bytes())?;
    let (source, after) = markup.split_at_checked(end)?;
    Some((Tag::Start { name: name_of(source.get(1..)?), source, attributes }, after))
}

fn name_of(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
    tag.get(..end).unwrap_or("")
}

/// Where a start tag ends, just after its `>`, and about how many attributes it has. A `>` within a quoted value
/// does not end it; a quote opens a value only after `=`.
fn tag_end(tag: &[u8]) -> Option<(usize, usize)> {
    let mut attributes = 0;
    let mut value_follows = false;
    let mut quote = None;
    let mut after_space = false;
    for (at, byte) in tag.iter().copied().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some((at + 1, attributes)),
            (None, b'"' | b'\'') if value_follows => quote = Some(byte),
            (None, b'=') => value_follows = true,
            (None, byte) if byte.is_ascii_whitespace() || byte == b'/' => after_space = true,
            (None, _) => {
                attributes += usize::from(after_space && !value_follows);
                value_follows = false;
                after_space = false;
            }
        }
        if quote.is_some() {
            value_follows = false;
            after_space = true;
        }
    }
    None
}

/// Whether a name is one of these, whatever its case.
pub(super) fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// Elements without content or end tag.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ];
    is_one_of(name, &VOID)
}

/// Elements that the parser opens again in later blocks until their own end tag.
pub(super) fn is_formatting(name: &str) -> bool {
    const FORMATTING: [&str; 14] =
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    name.len() <= 6 && is_one_of(name, &FORMATTING)
}

/// Elements that a new list item, row or paragraph does not close past.
pub(super) fn is_fence(name: &str) -> bool {
    is_one_of(name, &["ul", "ol", "dl", "table", "div", "section", "article", "body", "select", "blockquote"])
}

/// Elements before which an open `<p>` ends.
pub(super) fn is_block(lower: &str) -> bool {
    matches!(
        lower,
        "p" | "div"
            | "ul"
            | "ol"
            | "dl"
            | "table"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "nav"
            | "main"
            | "figure"
            | "blockquote"
            | "pre"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "address"
    )
}
