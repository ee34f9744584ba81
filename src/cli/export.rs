//! `diemtin export`: what is stored and watched, for other programs.

mod feed;

use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::json;

use super::args::Export;
use super::output::Misuse;
use super::{Session, opml, output};
use crate::clock::Clock;
use crate::model::{StoryId, Timestamp};
use crate::search;
use crate::store::StoredArticle;

/// Articles read from the store at a time.
const PAGE: usize = 500;

pub(super) async fn run(session: &Session, what: Export) -> anyhow::Result<ExitCode> {
    let since = match what {
        Export::Articles { since } => since,
        Export::Opml => return opml::export(session),
        Export::Feed(arguments) => return feed::run(session, arguments).await,
    };
    let since = since.map_or(Ok(Timestamp::EPOCH), |text| moment_since(&text, Clock::System.now()))?;
    let store = session.store()?;
    let mut after = 0;
    loop {
        let page = store.articles_since(since, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(ExitCode::SUCCESS) };
        after = last.seq;
        let stories = store.stories_of(page.iter().map(|stored| stored.id).collect()).await?;
        let versions = store.counts_of_versions(page.iter().map(|stored| stored.id).collect()).await?;
        for stored in &page {
            let versions = versions.get(&stored.id).copied().unwrap_or(1);
            output::json(&as_json(stored, stories.get(&stored.id), versions))?;
        }
    }
}

fn as_json(stored: &StoredArticle, story: Option<&(StoryId, usize)>, versions: usize) -> serde_json::Value {
    let story = story.map(|(id, articles)| json!({"id": id, "articles": articles}));
    let article = &stored.article;
    json!({
        "id": stored.id, "url": article.url, "canonical_url": article.canonical_url, "title": article.title,
        "lead": article.lead, "text": article.text(), "source": stored.source,
        "published": article.published.map(|moment| moment.to_string()), "first_seen": stored.first_seen_at.rfc3339(),
        "extent": article.extent,
        "content_hash": stored.content_hash.map(hex), "revisions": versions, "story": story,
    })
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

/// `7d`, `24h`, `30m`, `20s` back from now; a date; or an instant.
pub(super) fn moment_since(text: &str, now: Timestamp) -> anyhow::Result<Timestamp> {
    search::since(text, now).with_context(|| {
        Misuse(format!(
            "--since {text} is no date, instant or span; write 2026-11-21, 2026-11-21T07:30:00+07:00, 24h or 7d"
        ))
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_span_a_date_or_an_instant_says_since_when() {
        let now = Timestamp::from(DateTime::parse_from_rfc3339("2026-11-21T12:00:00Z").unwrap());
        for (text, since) in [
            ("24h", "2026-11-20T12:00:00Z"),
            ("20s", "2026-11-21T11:59:40Z"),
            ("7d", "2026-11-14T12:00:00Z"),
            ("2026-11-01", "2026-11-01T00:00:00Z"),
            ("2026-11-01T07:00:00+07:00", "2026-11-01T00:00:00Z"),
        ] {
            assert_eq!(moment_since(text, now).unwrap().rfc3339(), since);
        }
        assert!(moment_since("yesterday", now).is_err());
    }
}
