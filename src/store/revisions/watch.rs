//! A poll of a watched page: what the source is like, the baseline or the change, and who is told, in one transaction.

use rusqlite::{Connection, params};

use super::commit::{CheckResult, finish};
use super::track::track_page;
use crate::model::{ArticleId, SourceId};
use crate::store::ingest::{Filing, insert_article};
use crate::store::sources::{PollResult, write_poll};
use crate::store::{ClaimedSource, Store, StoreError};

/// What a poll found of a watched page.
#[derive(Debug, Clone)]
pub enum Watched {
    /// It was read for the first time.
    Baseline {
        /// The page as an article; nobody is told of it.
        filing: Box<Filing>,
        /// What was read.
        result: CheckResult,
    },
    /// It was compared with the baseline.
    Compared {
        /// What stands for it.
        article: ArticleId,
        /// How it ended.
        result: Box<CheckResult>,
    },
}

impl Store {
    /// Commits a poll of a watched page. False where the lease was lost, in which case nothing is changed.
    pub async fn commit_watch(
        &self,
        claimed: &ClaimedSource,
        result: PollResult,
        watched: Watched,
    ) -> Result<bool, StoreError> {
        let claimed = claimed.clone();
        self.write_outcome(move |connection| {
            if !write_poll(connection, &claimed, &result)? {
                return Ok(false);
            }
            match &watched {
                Watched::Baseline { filing, result } => begin(connection, claimed.id, filing, result)?,
                Watched::Compared { article, result } => finish(connection, *article, result)?,
            }
            Ok(true)
        })
        .await
    }
}

fn begin(
    connection: &Connection,
    source: SourceId,
    filing: &Filing,
    result: &CheckResult,
) -> Result<(), StoreError> {
    let id = insert_article(connection, source, filing)?;
    let url = &filing.article.url;
    for key in &filing.url_keys {
        connection
            .prepare_cached(
                "INSERT INTO article_url (url_key, article_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![key, id])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO article_source (article_id, source_id, url, first_seen_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id, source, url, filing.at])?;
    let host = filing.track.as_ref().map(|track| track.host_key.as_str()).unwrap_or_default();
    let asked = filing.track.as_ref().map_or(url.as_str(), |track| track.url.as_str());
    track_page(connection, (id, source), (asked, host), filing.at)?;
    finish(connection, id, result)
}
