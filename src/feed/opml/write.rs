//! Writing OPML 2.0.

use crate::feed::xml::{element, escaped};
use crate::model::Timestamp;

use super::{NAMESPACE, Outline, PREFIX};

/// A whole document that lists `outlines`.
pub fn write(title: &str, outlines: &[Outline], now: Timestamp) -> String {
    let title = element("title", &[], &escaped(title));
    let date = element("dateCreated", &[], &now.to_utc().to_rfc2822());
    let head =
        format!("<opml version=\"2.0\" xmlns:diemtin=\"{NAMESPACE}\">\n<head>{title}{date}</head>\n<body>\n");
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{head}");
    for outline in outlines {
        out.push_str(&one(outline));
        out.push('\n');
    }
    out.push_str("</body>\n</opml>\n");
    out
}

fn one(outline: &Outline) -> String {
    let tags = outline.tags.join(",");
    let own: Vec<(String, &str)> =
        outline.keys.iter().map(|(key, value)| (format!("{PREFIX}{key}"), value.as_str())).collect();
    let mut attributes =
        vec![("type", "rss"), ("text", &outline.name), ("title", &outline.name), ("xmlUrl", &outline.url)];
    attributes.extend(outline.html_url.as_deref().map(|page| ("htmlUrl", page)));
    attributes.extend((!tags.is_empty()).then_some(("category", tags.as_str())));
    attributes.extend(outline.language.as_deref().map(|language| ("language", language)));
    attributes.extend(own.iter().map(|(key, value)| (key.as_str(), *value)));
    element("outline", &attributes, "")
}
