//! Atom 1.0, RFC 4287.

use url::Url;

use super::{Channel, Post};
use crate::feed::xml::{element, escaped};

/// A feed document; the newest post first, as it is given.
pub fn atom(channel: Channel<'_>, posts: &[Post<'_>]) -> String {
    let updated = posts.iter().map(|post| post.filed_at).max().unwrap_or(channel.now);
    let mut parts = vec![
        text("title", channel.title),
        text("id", &channel.id()),
        text("updated", &updated.rfc3339()),
        element("author", &[], &text("name", "diemtin")),
        element("generator", &[("version", env!("CARGO_PKG_VERSION"))], "diemtin"),
    ];
    parts.extend(posts.iter().map(entry));
    let body = parts.join("\n");
    let feed = element("feed", &[("xmlns", "http://www.w3.org/2005/Atom")], &format!("\n{body}\n"));
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{feed}\n")
}

fn entry(post: &Post<'_>) -> String {
    let article = post.article;
    let mut parts = vec![
        text("id", &post.id()),
        text("title", post.title()),
        element("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &article.url)], ""),
        text("updated", &post.updated()),
    ];
    parts.extend(post.published().map(|at| text("published", &at)));
    // An entry has an author; where nobody is named it is the paper.
    let paper = [post.source.to_owned()];
    let authors = if article.authors.is_empty() { &paper[..] } else { &article.authors };
    parts.extend(authors.iter().map(|name| element("author", &[], &text("name", name))));
    let category =
        |term: &String, scheme| element("category", &[("term", term.as_str()), ("scheme", scheme)], "");
    parts.extend(post.entities.iter().map(|name| category(name, "urn:diemtin:entity")));
    parts.extend(post.alerts.iter().map(|name| category(name, "urn:diemtin:alert")));
    parts.push(text("summary", &post.summary()));
    let language = article.language.as_deref().map(|language| ("xml:lang", language));
    let kind: Vec<(&str, &str)> = [("type", "html")].into_iter().chain(language).collect();
    parts.push(element("content", &kind, &escaped(&post.html())));
    parts.push(source(post));
    element("entry", &[], &parts.concat())
}

/// Where it was taken from: the paper, named by its site.
fn source(post: &Post<'_>) -> String {
    let site = Url::parse(&post.article.url).and_then(|url| url.join("/"));
    let id = site.map_or_else(|_| post.article.url.clone(), String::from);
    let parts = [text("id", &id), text("title", post.source), text("updated", &post.filed_at.rfc3339())];
    element("source", &[], &parts.concat())
}

fn text(name: &str, content: &str) -> String {
    element(name, &[], &escaped(content))
}
