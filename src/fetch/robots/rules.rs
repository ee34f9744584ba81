//! The rules of one robots.txt that concern one crawler, and how they decide.

use std::time::Duration;

use url::Url;

use super::{escape, parse};

/// The rules that concern one crawler; those for others are not kept. Without a rule, everything is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Longest pattern first and allowing ones before others, so that the first that matches decides.
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) verdict: Verdict,
    pub(super) pattern: Pattern,
}

/// What a rule says of the addresses that it matches. Of two equally long ones the allowing one decides (RFC 9309, 2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Allow,
    Disallow,
}

/// The beginning of a path, where `*` stands for any characters and `$` at its end for the path's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    text: Box<str>,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Anchored,
}

impl Rules {
    /// Reads a robots.txt for the crawler with this product token. Anything can be read; what is no rule is skipped.
    pub fn parse(bytes: &[u8], token: &str) -> Self {
        parse::rules_for(bytes, token)
    }

    pub(super) fn new(mut rules: Vec<Rule>, crawl_delay: Option<Duration>) -> Self {
        rules.sort_by(|a, b| b.pattern.length().cmp(&a.pattern.length()).then(a.verdict.cmp(&b.verdict)));
        rules.dedup();
        rules.shrink_to_fit();
        Self { rules, crawl_delay }
    }

    /// Whether this address may be fetched. Takes time in proportion to the rules and the address, whatever wildcards they hold.
    pub fn allows(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let path = escape::of_address(&format!("{}{query}", url.path()));
        let decisive = self.rules.iter().find(|rule| rule.pattern.matches(&path));
        decisive.is_none_or(|rule| rule.verdict == Verdict::Allow)
    }

    /// The pause between two requests that the site asks for, as written.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.crawl_delay
    }

    /// About how many bytes these rules occupy.
    pub fn weight(&self) -> usize {
        let rules = self.rules.iter();
        rules.map(|rule| size_of::<Rule>() + rule.pattern.text.len()).sum::<usize>() + size_of::<Self>()
    }
}

impl Pattern {
    /// Of the value of a rule; `None` where it is empty, which rules nothing.
    pub(super) fn new(value: &str) -> Option<Self> {
        if value.is_empty() {
            return None;
        }
        let (text, end) = match value.strip_suffix('$') {
            Some(text) => (text, End::Anchored),
            None => (value, End::Open),
        };
        Some(Self { text: escape::of_pattern(text).into(), end })
    }

    /// In octets, the anchor included; the longest that matches is the most specific.
    fn length(&self) -> usize {
        self.text.len() + usize::from(self.end == End::Anchored)
    }

    /// Each literal part is looked for once, after the one before it: taking the first place always leaves the most for the
    /// rest, so there is nothing to go back for. The last part of an anchored pattern must be the path's end.
    fn matches(&self, path: &str) -> bool {
        let mut parts = self.text.split('*');
        let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return self.end == End::Open || rest.is_empty();
        }
        while let Some(part) = parts.next() {
            if parts.peek().is_none() && self.end == End::Anchored {
                return rest.ends_with(part);
            }
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        true
    }
}
