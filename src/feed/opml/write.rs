//! Writing OPML 2.0.

use std::fmt::Write;

use crate::feed::reference::is_allowed;
use crate::model::Timestamp;

use super::{NAMESPACE, Outline, PREFIX};

/// A whole document that lists `outlines`.
pub fn write(title: &str, outlines: &[Outline], now: Timestamp) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let date = now.to_utc().to_rfc2822();
    // Writing to a String cannot fail.
    let _written = write!(
        out,
        "<opml version=\"2.0\" xmlns:diemtin=\"{NAMESPACE}\">\n  <head>\n    <title>{}</title>\n    \
         <dateCreated>{date}</dateCreated>\n  </head>\n  <body>\n",
        escaped(title)
    );
    for outline in outlines {
        one(&mut out, outline);
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn one(out: &mut String, outline: &Outline) {
    out.push_str("    <outline type=\"rss\"");
    attribute(out, "text", &outline.name);
    attribute(out, "title", &outline.name);
    attribute(out, "xmlUrl", &outline.url);
    if let Some(page) = &outline.html_url {
        attribute(out, "htmlUrl", page);
    }
    if !outline.tags.is_empty() {
        attribute(out, "category", &outline.tags.join(","));
    }
    if let Some(language) = &outline.language {
        attribute(out, "language", language);
    }
    for (key, value) in &outline.keys {
        attribute(out, &format!("{PREFIX}{key}"), value);
    }
    out.push_str("/>\n");
}

fn attribute(out: &mut String, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _written = write!(out, " {name}=\"{}\"", escaped(value));
}

/// Text for element content and attributes. Line ends and tabs in attributes are references, else they would come back as
/// spaces; what XML forbids is left out.
fn escaped(text: &str) -> String {
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
