//! Writing XML.

use super::reference::is_allowed;

/// Text for element content and attributes. Line ends and tabs are references, else they would come back from attributes as
/// spaces; what XML forbids is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An element: its attributes, escaped here, and its content, which is markup already.
pub(super) fn element(name: &str, attributes: &[(&str, &str)], content: &str) -> String {
    let attributes = attributes
        .iter()
        .fold(String::new(), |written, (key, value)| written + &format!(" {key}=\"{}\"", escaped(value)));
    if content.is_empty() {
        return format!("<{name}{attributes}/>");
    }
    format!("<{name}{attributes}>{content}</{name}>")
}
