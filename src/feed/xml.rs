//! Writing XML.

use super::reference::is_allowed;

/// Text for the content of an element; what XML forbids is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The value of an attribute. Line ends and tabs are references, else they would come back as spaces.
fn value(text: &str) -> String {
    escaped(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}

/// An element: its attributes, escaped here, and its content, which is markup already.
pub(super) fn element(name: &str, attributes: &[(&str, &str)], content: &str) -> String {
    let attributes = attributes
        .iter()
        .fold(String::new(), |written, (key, text)| written + &format!(" {key}=\"{}\"", value(text)));
    if content.is_empty() {
        return format!("<{name}{attributes}/>");
    }
    format!("<{name}{attributes}>{content}</{name}>")
}
