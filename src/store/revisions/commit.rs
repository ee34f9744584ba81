//! How looking at a text again ended, committed as a whole.

use std::borrow::Cow;

use rusqlite::{Connection, params};

use super::claim::ClaimedCheck;
use super::packed::{KeptPage, pack};
use super::raise::{Happened, Told, tell};
use super::read::text_of;
use super::rewrite::{Rewritten, rewrite};
use super::track::{NEVER, keep_pages};
use crate::model::{ArticleId, Change, ChangeKind, RevisionId, Snapshot, Timestamp};
use crate::store::columns::{Json, Word};
use crate::store::{Store, StoreError};

/// After so many differences a version is kept whole, so that reading one does not take all before it.
const LONGEST_CHAIN: i64 = 16;

/// How looking at a text again ended.
#[derive(Debug, Clone)]
pub struct CheckResult {
    /// When.
    pub at: Timestamp,
    /// When it is looked at next; `None`: it is tracked no longer.
    pub next_check_at: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// Why the answer was no version.
    pub state: Option<ChangeKind>,
    /// The same as a sentence.
    pub error: Option<String>,
    /// What has been told of its state and still holds.
    pub raised: Option<ChangeKind>,
    /// What the pages answered; those that are not named stay as they are.
    pub replies: Vec<Reply>,
    /// What was judged; `None` where nothing was to be judged.
    pub judged: Option<Judged>,
    /// Pages to keep in the place of those that are kept.
    pub kept: Option<Vec<KeptPage>>,
    /// A new version and what follows from it.
    pub edit: Option<Box<Edit>>,
    /// What was seen.
    pub looked: Looked,
}

/// What looking at a text again came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// The server says that nothing changed, or sends the same bytes.
    Unchanged,
    /// Other bytes that say the same.
    Same,
    /// A new version.
    Changed,
    /// No version of it.
    Failed,
}

impl Looked {
    /// As it stands in the database and is told to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Same => "same_text",
            Self::Changed => "changed",
            Self::Failed => "failed",
        }
    }
}

/// What a page answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Which part of the article.
    pub number: u32,
    /// `ETag` and `Last-Modified`
    pub validators: (Option<String>, Option<String>),
    /// SHA-256 of its bytes.
    pub body_hash: [u8; 32],
}

/// A text that says what the baseline says.
#[derive(Debug, Clone)]
pub struct Judged {
    /// By what it was read.
    pub epoch: String,
    /// Its hash.
    pub text_hash: [u8; 32],
}

/// A version as it is written down.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// Its identity.
    pub id: RevisionId,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// Where from, after redirects.
    pub url: String,
    /// `ETag` and `Last-Modified`
    pub validators: (Option<String>, Option<String>),
    /// SHA-256 of the bytes.
    pub body_hash: Option<[u8; 32]>,
    /// By what it was read.
    pub epoch: String,
    /// The hash of its text.
    pub text_hash: [u8; 32],
    /// What it says.
    pub text: Snapshot,
}

/// A new version and what follows from it.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The version before, where it was not written down yet.
    pub first: Option<NewRevision>,
    /// The version before,
    pub before: RevisionId,
    /// and its lines as they are written down, where they are known.
    pub before_lines: Option<Vec<String>>,
    /// The new version.
    pub after: NewRevision,
    /// How they differ.
    pub change: Change,
    /// What the article says from now on; `None` where the last full version stays the baseline.
    pub rewritten: Option<Rewritten>,
    /// Who is told.
    pub told: Told,
}

impl Store {
    /// Commits how looking at an article again ended. False where the lease was lost, in which case nothing is changed.
    pub async fn commit_check(
        &self,
        claimed: &ClaimedCheck,
        result: CheckResult,
    ) -> Result<bool, StoreError> {
        let (article, generation) = (claimed.text.article, claimed.generation);
        self.write_outcome(move |connection| {
            let held = connection
                .prepare_cached(
                    "UPDATE tracked SET lease_until = 0, lease_owner = NULL WHERE article_id = ?1 AND lease_gen = ?2",
                )?
                .execute(params![article, generation])?;
            if held == 0 {
                return Ok(false);
            }
            finish(connection, article, &result)?;
            Ok(true)
        })
        .await
    }

    /// Puts an article back that was not asked for; nothing else of it changes. False where the lease was lost.
    pub async fn put_off_check(&self, claimed: &ClaimedCheck, next: Timestamp) -> Result<bool, StoreError> {
        let (article, generation) = (claimed.text.article, claimed.generation);
        self.write(move |connection| {
            let held = connection
                .prepare_cached(
                    "UPDATE tracked SET next_check_at = ?3, lease_until = 0, lease_owner = NULL \
                     WHERE article_id = ?1 AND lease_gen = ?2",
                )?
                .execute(params![article, generation, next])?;
            Ok(held > 0)
        })
        .await
    }
}

/// Writes down how it ended.
pub(super) fn finish(
    connection: &Connection,
    article: ArticleId,
    result: &CheckResult,
) -> Result<(), StoreError> {
    if let Some(edit) = &result.edit {
        write_edit(connection, article, edit, result.at)?;
    }
    let Some(next) = result.next_check_at else { return stop(connection, article) };
    connection
        .prepare_cached(
            "UPDATE tracked SET next_check_at = ?2, checked_at = ?3, failures = ?4, last_error = ?6, raised = ?7, \
               state_since = CASE WHEN ?5 IS NULL THEN NULL WHEN state = ?5 THEN coalesce(state_since, ?3) ELSE ?3 END, state = ?5, \
               epoch = coalesce(?8, epoch), judged_hash = coalesce(?9, judged_hash), looked = ?10 WHERE article_id = ?1",
        )?
        .execute(params![
            article,
            next,
            result.at,
            result.failures,
            result.state.map(Word),
            result.error,
            result.raised.map(Word),
            result.judged.as_ref().map(|judged| &judged.epoch),
            result.judged.as_ref().map(|judged| judged.text_hash),
            result.looked.as_str(),
        ])?;
    if let Some(pages) = &result.kept {
        return keep_pages(connection, article, pages);
    }
    let mut reply = connection.prepare_cached(
        "UPDATE tracked_page SET etag = ?3, last_modified = ?4, body_hash = ?5 WHERE article_id = ?1 AND number = ?2",
    )?;
    for Reply { number, validators, body_hash } in &result.replies {
        reply.execute(params![article, number, validators.0, validators.1, body_hash])?;
    }
    Ok(())
}

/// The next check of a page is its next poll.
pub const AT_NEXT_POLL: Option<Timestamp> = Some(NEVER);

fn stop(connection: &Connection, article: ArticleId) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM tracked_page WHERE article_id = ?1")?.execute([article])?;
    connection.prepare_cached("DELETE FROM tracked WHERE article_id = ?1")?.execute([article])?;
    Ok(())
}

fn write_edit(
    connection: &Connection,
    article: ArticleId,
    edit: &Edit,
    at: Timestamp,
) -> Result<(), StoreError> {
    if let Some(first) = &edit.first {
        insert(connection, article, first, None)?;
    }
    insert(connection, article, &edit.after, Some(edit))?;
    if let Some(rewritten) = &edit.rewritten {
        rewrite(connection, article, rewritten)?;
        connection
            .prepare_cached("UPDATE tracked SET revision_id = ?2 WHERE article_id = ?1")?
            .execute(params![article, edit.after.id])?;
    } else {
        connection
            .prepare_cached("UPDATE tracked SET revision_id = ?2 WHERE article_id = ?1")?
            .execute(params![article, edit.before])?;
    }
    let Edit { before, after: NewRevision { id: after, text_hash, .. }, told, .. } = edit;
    tell(connection, told, Happened { article, before: *before, after: *after, text_hash: *text_hash, at })
}

/// Writes down the version that later ones are compared with.
pub(super) fn write_first(
    connection: &Connection,
    article: ArticleId,
    first: &NewRevision,
) -> Result<(), StoreError> {
    insert(connection, article, first, None)?;
    connection
        .prepare_cached("UPDATE tracked SET revision_id = ?2 WHERE article_id = ?1")?
        .execute(params![article, first.id])?;
    Ok(())
}

fn insert(
    connection: &Connection,
    article: ArticleId,
    new: &NewRevision,
    since: Option<&Edit>,
) -> Result<(), StoreError> {
    let base = since.map_or(Ok(None), |edit| base_of(connection, edit))?;
    let packed = pack(&new.text, base.as_ref().map(|(id, lines)| (*id, lines.as_ref())))?;
    let change = since.map(|edit| &edit.change);
    connection
        .prepare_cached(
            "INSERT INTO revision (id, article_id, fetched_at, url, etag, last_modified, body_hash, epoch, kind, significance, change, \
               text_hash, base_id, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            new.id,
            article,
            new.fetched_at,
            new.url,
            new.validators.0,
            new.validators.1,
            new.body_hash,
            new.epoch,
            change.and_then(|change| change.kind).map(Word),
            change.map(|change| change.significance),
            change.map(Json),
            new.text_hash,
            packed.base,
            packed.bytes
        ])?;
    Ok(())
}

/// A version with its lines.
type Base<'a> = (RevisionId, Cow<'a, [String]>);

/// The version that the new one may be told by.
fn base_of<'a>(connection: &Connection, edit: &'a Edit) -> Result<Option<Base<'a>>, StoreError> {
    if chain(connection, edit.before)?.is_none_or(|length| length >= LONGEST_CHAIN) {
        return Ok(None);
    }
    let lines = match &edit.before_lines {
        Some(lines) => Some(Cow::from(lines)),
        None => text_of(connection, edit.before)?.map(|text| Cow::from(text.lines)),
    };
    Ok(lines.map(|lines| (edit.before, lines)))
}

/// How many versions must be read to read this one, but for itself; nothing where it is not kept.
fn chain(connection: &Connection, id: RevisionId) -> Result<Option<i64>, StoreError> {
    let length = connection
        .prepare_cached(
            "WITH RECURSIVE chain (id, base, depth) AS (SELECT id, base_id, 0 FROM revision WHERE id = ?1 \
               UNION ALL SELECT revision.id, base_id, depth + 1 FROM revision JOIN chain ON revision.id = base) \
             SELECT max(depth) FROM chain",
        )?
        .query_row([id], |row| row.get(0))?;
    Ok(length)
}
