//! `inspect feed`.

use std::process::ExitCode;

use serde_json::{Value, json};
use url::Url;

use super::{input, print, worse};
use crate::cli::Session;
use crate::cli::args::{FeedKind, InspectFeed};
use crate::feed::{self, LinkSelector, Origin, Sitemap};
use crate::fetch::Kind;
use crate::model::{Entry, Feed, Moment};

/// Files without an address are read as if they came from here.
const NOWHERE: &str = "http://localhost/";

pub(super) async fn run(session: &Session, arguments: InspectFeed) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.paths {
        let answer = inspect(session, path, &arguments).await;
        code = worse(code, print(path, answer)?);
    }
    Ok(code)
}

async fn inspect(session: &Session, path: &str, arguments: &InspectFeed) -> anyhow::Result<Value> {
    let links = arguments.links.as_deref().map(LinkSelector::parse).transpose()?;
    // Only a listing has links to choose from.
    let kind = arguments.kind.or(links.as_ref().map(|_| FeedKind::Listing));
    let input = input::read(session, path, fetched_as(kind)).await?;
    let url = match input.url.or_else(|| arguments.url.clone()) {
        Some(url) => url,
        None => Url::parse(NOWHERE)?,
    };
    let content_type = input.content_type.or_else(|| arguments.content_type.clone());
    let origin =
        Origin { url: &url, content_type: content_type.as_deref(), timezone: chrono_tz::Asia::Ho_Chi_Minh };
    match kind {
        Some(FeedKind::Listing) => Ok(as_json(&feed::listing(&input.bytes, links.as_ref(), origin)?)),
        None if !feed::is_sitemap(&input.bytes) => Ok(as_json(&feed::parse(&input.bytes, origin)?)),
        Some(FeedKind::Feed) => Ok(as_json(&feed::parse(&input.bytes, origin)?)),
        Some(FeedKind::Sitemap) | None => Ok(sitemap_as_json(&feed::sitemap(&input.bytes, origin)?)),
    }
}

fn fetched_as(kind: Option<FeedKind>) -> Kind {
    match kind {
        Some(FeedKind::Feed) | None => Kind::Feed,
        Some(FeedKind::Sitemap) => Kind::Sitemap,
        Some(FeedKind::Listing) => Kind::Listing,
    }
}

/// An index lists sitemaps instead of entries.
fn sitemap_as_json(sitemap: &Sitemap) -> Value {
    let mut whole = as_json(&sitemap.feed);
    if let Some(fields) = whole.as_object_mut().filter(|_| !sitemap.parts.is_empty()) {
        let parts =
            sitemap.parts.iter().map(|part| json!({"url": part.url, "lastmod": part.lastmod.map(instant)}));
        fields.insert("sitemaps".to_owned(), parts.collect());
    }
    whole
}

fn as_json(feed: &Feed) -> Value {
    json!({
        "format": feed.format, "title": feed.title, "link": feed.link, "language": feed.language,
        "entries": feed.entries.iter().map(entry).collect::<Vec<_>>(), "repairs": feed.repairs,
    })
}

fn entry(entry: &Entry) -> Value {
    json!({
        "id": entry.id, "key": entry.key, "url": entry.url, "title": entry.title, "authors": entry.authors,
        "published": entry.published.map(instant), "updated": entry.updated.map(instant),
        "summary": entry.summary, "content": entry.content, "categories": entry.categories,
    })
}

/// RFC 3339 with a time, as readers of feeds expect it.
fn instant(moment: Moment) -> String {
    match moment {
        Moment::Instant(_) => moment.to_string(),
        Moment::Day(_) => moment.timestamp().rfc3339(),
    }
}
