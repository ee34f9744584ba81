//! The Markdown that Discord and Mattermost share.

use super::span::{Line, Span, Style};

/// The line with every sign of the text's own escaped.
pub(super) fn text(line: &Line) -> String {
    line.iter().map(span).collect()
}

/// A style begins and ends beside a letter, or its signs are shown.
fn span(span: &Span) -> String {
    let text = &span.text;
    let core = text.trim();
    let sign = match span.style {
        Style::Strong if !core.is_empty() => "**",
        Style::Gone if !core.is_empty() => "~~",
        _ => return escaped(text),
    };
    let before = text.get(..text.len() - text.trim_start().len()).unwrap_or_default();
    let after = text.get(text.trim_end().len()..).unwrap_or_default();
    format!("{before}{sign}{}{sign}{after}", escaped(core))
}

/// A backslash before every sign that could mean something.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_~|>#[]()<!".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// An address as the target of a link in round brackets.
pub(super) fn address(link: &str) -> String {
    link.replace('(', "%28").replace(')', "%29").replace('\\', "%5C")
}
