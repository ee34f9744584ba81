//! Tags and text of XML, as they come: nothing is an error, and nothing is kept.

/// One piece of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// A start tag, by its name without prefix.
    Open(&'a str),
    /// An end tag, by its name without prefix.
    Close(&'a str),
    /// Characters with references in them.
    Text(&'a str),
    /// Characters of a CDATA section.
    Literal(&'a str),
}

/// Walks through a document once.
#[derive(Debug, Clone)]
pub(super) struct Scan<'a> {
    rest: &'a str,
    /// The name of an empty element whose end is still to be told.
    empty: Option<&'a str>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, empty: None }
    }

    fn skip(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Everything up to and with `end`; to the end of the document where it is missing.
    fn skip_past(&mut self, end: &str) -> &'a str {
        let length = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.skip(length)
    }

    fn markup(&mut self) -> Option<Event<'a>> {
        if self.rest.starts_with("<![CDATA[") {
            let section = self.skip_past("]]>");
            let inside = section.strip_prefix("<![CDATA[")?;
            return Some(Event::Literal(inside.strip_suffix("]]>").unwrap_or(inside)));
        }
        if self.rest.starts_with("<!--") {
            self.skip_past("-->");
            return None;
        }
        if self.rest.starts_with("<?") || self.rest.starts_with("<!") {
            self.skip_past(">");
            return None;
        }
        let named = self.rest.trim_start_matches(['<', '/']);
        if !named.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Some(Event::Text(self.skip(1)));
        }
        let tag = self.skip_past(">");
        let name = local(named);
        if tag.starts_with("</") {
            return Some(Event::Close(name));
        }
        self.empty = tag.ends_with("/>").then_some(name);
        Some(Event::Open(name))
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(name) = self.empty.take() {
            return Some(Event::Close(name));
        }
        while !self.rest.is_empty() {
            if !self.rest.starts_with('<') {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Event::Text(self.skip(length)));
            }
            if let Some(event) = self.markup() {
                return Some(event);
            }
        }
        None
    }
}

/// `news:title` is a `title`.
fn local(named: &str) -> &str {
    let end = named.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(named.len());
    let name = named.get(..end).unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}
