//! A poll of a watched page: what the source is like, the baseline or the change, and who is told, in one transaction.

use rusqlite::{Connection, params};

use super::commit::{CheckResult, NewRevision, finish, write_first};
use super::track::track_page;
use crate::model::{ArticleId, SourceId};
use crate::store::ingest::{Filing, insert_article};
use crate::store::keys::address_hash;
use crate::store::packed::pack;
use crate::store::sources::{PollResult, write_poll};
use crate::store::{ClaimedSource, Store, StoreError};

/// What a poll found of a watched page.
#[derive(Debug, Clone)]
pub enum Watched {
    /// It was read for the first time.
    Baseline {
        /// The page as an article; nobody is told of it.
        filing: Box<Filing>,
        /// Its first version, which later ones are compared with.
        first: Box<NewRevision>,
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
                Watched::Baseline { filing, first, result } => {
                    let article = begin(connection, claimed.id, filing)?;
                    write_first(connection, article, first)?;
                    finish(connection, article, result)?;
                }
                Watched::Compared { article, result } => finish(connection, *article, result)?,
            }
            Ok(true)
        })
        .await
    }
}

fn begin(connection: &Connection, source: SourceId, filing: &Filing) -> Result<ArticleId, StoreError> {
    let (id, seq) = insert_article(connection, source, filing, &pack(&filing.article)?)?;
    let url = &filing.article.url;
    for key in &filing.url_keys {
        connection
            .prepare_cached(
                "INSERT INTO article_address (address_hash, article_seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![address_hash(key), seq])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO article_source (article_id, source_id, url, first_seen_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id, source, "", filing.at])?;
    let host = filing.track.as_ref().map(|track| track.host_key.as_str()).unwrap_or_default();
    let asked = filing.track.as_ref().map_or(url.as_str(), |track| track.url.as_str());
    track_page(connection, (id, source), (asked, host), filing.at)?;
    Ok(id)
}
