//! JSON Feed 1.1.

use serde_json::{Value, json};

use super::{Channel, Post};

/// A feed document; the newest post first, as it is given.
pub fn json(channel: Channel<'_>, posts: &[Post<'_>]) -> String {
    let items: Vec<Value> = posts.iter().map(item).collect();
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": channel.title, "items": items});
    format!("{feed:#}\n")
}

fn item(post: &Post<'_>) -> Value {
    let article = post.article;
    let authors: Vec<Value> = article.authors.iter().map(|name| json!({"name": name})).collect();
    let mut item = json!({
        "id": post.id(), "url": article.url, "title": post.title(), "content_html": post.html(), "summary": post.summary(),
        "date_modified": post.updated(), "authors": authors, "tags": post.entities,
        "_diemtin": {"source": post.source, "alerts": post.alerts, "filed": post.filed_at.rfc3339()},
    });
    if let Some(fields) = item.as_object_mut() {
        let optional = [
            ("date_published", post.published()),
            ("language", article.language.clone()),
            ("image", article.image.clone()),
        ];
        fields.extend(optional.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))));
    }
    item
}
