//! Sources: what is due, and how each poll ended.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, Row, params};

use super::columns::Json;
use super::entries::{NewEntry, insert_entries};
use super::notices::tell_of_source;
use super::sitemap_parts::{SitemapPart, keep_parts};
use super::{Holder, Lease, Store, StoreError};
use crate::model::{Recipient, SourceChange, SourceId, Timestamp};

/// How a source has been doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceState {
    /// Never answered yet.
    New,
    /// Answered last time.
    Ok,
    /// Failed last time.
    Failing,
    /// Gone for good, as its server says.
    Gone,
}

impl SourceState {
    /// Every state.
    pub(super) const ALL: [Self; 4] = [Self::New, Self::Ok, Self::Failing, Self::Gone];

    /// The word for it in the database and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Ok => "ok",
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }

    pub(super) fn parse(word: &str) -> Self {
        match word {
            "ok" => Self::Ok,
            "failing" => Self::Failing,
            "gone" => Self::Gone,
            _ => Self::New,
        }
    }
}

/// A source of sources.toml, as far as the store keeps it.
#[derive(Debug, Clone)]
pub struct WatchedSource {
    /// Its name, which is its identity.
    pub name: String,
    /// What is polled; where it changed, the validators of the old address are forgotten, and so is a poll of it that is under way.
    pub url: String,
    /// Sources of one host share its slots.
    pub host_key: String,
    /// When to poll it where that is overdue, so that a start is no burst.
    pub not_before: Timestamp,
}

/// A source taken off the queue.
#[derive(Debug, Clone)]
pub struct ClaimedSource {
    /// Its identity.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// Its host.
    pub host_key: String,
    /// How it has been doing.
    pub state: SourceState,
    /// Whether it has ever answered.
    pub answered_before: bool,
    /// Failures in a row.
    pub failures: u32,
    /// The last answer's `ETag`.
    pub etag: Option<String>,
    /// The last answer's `Last-Modified`.
    pub last_modified: Option<String>,
    /// SHA-256 of the last answer's body.
    pub body_hash: Option<[u8; 32]>,
    generation: i64,
}

/// How a poll ended, with everything that follows from it; committed as a whole.
#[derive(Debug, Clone)]
pub struct PollResult {
    /// When it ended.
    pub at: Timestamp,
    /// How the source is doing now.
    pub state: SourceState,
    /// Failures in a row.
    pub failures: u32,
    /// What failed, where it failed.
    pub error: Option<String>,
    /// What had to be mended in the answer; `None` leaves what is known.
    pub repairs: Option<Vec<String>>,
    /// When to poll next.
    pub next_poll_at: Timestamp,
    /// Validators and body hash of a new answer; `None` leaves the old ones.
    pub answer: Option<(Option<String>, Option<String>, [u8; 32])>,
    /// Entries that were not known.
    pub entries: Vec<NewEntry>,
    /// What was learnt of sitemaps.
    pub parts: Vec<SitemapPart>,
    /// What its operator is told, some minutes later and together with what other sources bring until then.
    pub changes: Vec<(Recipient, SourceChange)>,
}

/// A source as `status` shows it.
#[derive(Debug, Clone)]
pub struct SourceRow {
    /// Its name.
    pub name: String,
    /// What is polled.
    pub url: String,
    /// How it has been doing.
    pub state: SourceState,
    /// Since when.
    pub state_since: Timestamp,
    /// Failures in a row.
    pub failures: u32,
    /// When it is polled next.
    pub next_poll_at: Timestamp,
    /// When it was polled last.
    pub last_polled_at: Option<Timestamp>,
    /// When it answered last.
    pub last_ok_at: Option<Timestamp>,
    /// What failed.
    pub last_error: Option<String>,
    /// What had to be mended in its feed.
    pub repairs: Vec<String>,
    /// How many entries it has listed so far.
    pub entries: i64,
}

impl Store {
    /// Takes over the sources of a sources.toml; returns the identity of each by name. A daemon's sources are all there are from
    /// then on: others keep their history and are not polled. A command adds its own and leaves the rest alone.
    pub async fn watch_sources(
        &self,
        sources: Vec<WatchedSource>,
        holder: Holder,
        now: Timestamp,
    ) -> Result<HashMap<String, SourceId>, StoreError> {
        self.write(move |connection| {
            if holder == Holder::Daemon {
                connection.execute("UPDATE source SET configured = 0 WHERE configured = 1", [])?;
            }
            sources.iter().map(|source| watch(connection, source, now)).collect()
        })
        .await
    }

    /// Takes up to `limit` due sources whose names are `wanted`, within each host's slots.
    pub async fn claim_due_sources(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
        wanted: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Vec<ClaimedSource>, StoreError> {
        self.write(move |connection| {
            let due = due_sources(connection, lease.from, limit, (slots, &wanted))?;
            due.into_iter().map(|id| lease_source(connection, id, lease)).collect()
        })
        .await
    }

    /// Makes sources due at once, all of them where `names` is empty; returns how many.
    pub async fn make_due(&self, names: Vec<String>, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            if names.is_empty() {
                return Ok(
                    connection.execute("UPDATE source SET next_poll_at = ?1 WHERE configured = 1", [now])?
                );
            }
            let mut due = connection
                .prepare_cached("UPDATE source SET next_poll_at = ?2 WHERE name = ?1 AND configured = 1")?;
            let mut changed = 0;
            for name in names {
                changed += due.execute(params![name, now])?;
            }
            Ok(changed)
        })
        .await
    }

    /// When the next source is due, leases included.
    pub async fn next_source_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            connection.query_row(
                "SELECT min(max(next_poll_at, lease_until)) FROM source WHERE configured = 1",
                [],
                |row| row.get(0),
            )
        })
        .await
    }

    /// Commits a poll: state, validators, body hash, next time and all new entries. False where the lease was lost,
    /// in which case nothing is changed.
    pub async fn commit_poll(&self, claimed: &ClaimedSource, result: PollResult) -> Result<bool, StoreError> {
        let (id, host_key, generation) = (claimed.id, claimed.host_key.clone(), claimed.generation);
        self.write_outcome(move |connection| {
            if !finish(connection, id, generation, &result)? {
                return Ok(false);
            }
            insert_entries(connection, id, &host_key, &result.entries, result.at)?;
            keep_parts(connection, id, &result.parts)?;
            for (recipient, change) in &result.changes {
                tell_of_source(connection, recipient, change, result.at)?;
            }
            Ok(true)
        })
        .await
    }

    /// All configured sources by name.
    pub async fn source_rows(&self) -> Result<Vec<SourceRow>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT name, url, state, state_since, failures, next_poll_at, last_polled_at, last_ok_at, last_error, repairs, \
                 (SELECT count(*) FROM entry WHERE entry.source_id = source.id) AS entries \
                 FROM source WHERE configured = 1 ORDER BY name",
            )?;
            statement.query_map([], source_row)?.collect()
        })
        .await
    }
}

/// How many requests a host takes at once, and how many are under way.
#[derive(Debug, Clone, Default)]
pub struct HostSlots {
    /// The most at once to one host.
    pub per_host: usize,
    /// Under way, by host.
    pub busy: HashMap<String, usize>,
}

impl HostSlots {
    /// Takes a slot of `host`, where it has one left.
    pub(super) fn take(&mut self, host: &str) -> bool {
        let busy = self.busy.entry(host.to_owned()).or_default();
        let free = *busy < self.per_host;
        *busy += usize::from(free);
        free
    }
}

fn watch(
    connection: &Connection,
    source: &WatchedSource,
    now: Timestamp,
) -> Result<(String, SourceId), StoreError> {
    connection.prepare_cached(
        "INSERT INTO source (id, name, url, host_key, configured, state, state_since, next_poll_at) \
         VALUES (?1, ?2, ?3, ?4, 1, 'new', ?5, ?6) \
         ON CONFLICT (name) DO UPDATE SET configured = 1, host_key = excluded.host_key, \
           next_poll_at = CASE WHEN url <> excluded.url THEN excluded.next_poll_at ELSE max(next_poll_at, excluded.next_poll_at) END, \
           etag = iif(url = excluded.url, etag, NULL), last_modified = iif(url = excluded.url, last_modified, NULL), \
           body_hash = iif(url = excluded.url, body_hash, NULL), failures = iif(url = excluded.url, failures, 0), \
           state = iif(url = excluded.url, state, 'new'), \
           lease_gen = lease_gen + (url <> excluded.url), lease_until = iif(url = excluded.url, lease_until, 0), url = excluded.url",
    )?.execute(params![SourceId::new(now), source.name, source.url, source.host_key, now, source.not_before])?;
    let id =
        connection.query_row("SELECT id FROM source WHERE name = ?1", [&source.name], |row| row.get(0))?;
    Ok((source.name.clone(), id))
}

/// A source that was polled later than this from now was polled by a clock that has been put back since: what that clock said about
/// its next poll may be days away.
const CLOCK_DRIFT: Duration = Duration::from_mins(1);

fn due_sources(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
    (mut slots, wanted): (HostSlots, &dyn Fn(&str) -> bool),
) -> Result<Vec<SourceId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, host_key FROM source WHERE configured = 1 AND (next_poll_at <= ?1 OR last_polled_at > ?2) AND lease_until <= ?1 \
         ORDER BY next_poll_at",
    )?;
    let mut due = statement.query([now, now.plus(CLOCK_DRIFT)])?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = due.next()?
    {
        if wanted(&row.get::<_, String>("name")?) && slots.take(&row.get::<_, String>("host_key")?) {
            chosen.push(row.get("id")?);
        }
    }
    Ok(chosen)
}

fn lease_source(connection: &Connection, id: SourceId, lease: Lease) -> Result<ClaimedSource, StoreError> {
    let claimed = connection
        .prepare_cached(
            "UPDATE source SET lease_owner = ?2, lease_until = ?3, lease_gen = lease_gen + 1 WHERE id = ?1 \
             RETURNING id, name, host_key, state, last_ok_at, failures, etag, last_modified, body_hash, lease_gen",
        )?
        .query_row(params![id, lease.holder.as_str(), lease.until], |row| {
            Ok(ClaimedSource {
                id: row.get("id")?,
                name: row.get("name")?,
                host_key: row.get("host_key")?,
                state: SourceState::parse(&row.get::<_, String>("state")?),
                answered_before: row.get::<_, Option<Timestamp>>("last_ok_at")?.is_some(),
                failures: row.get("failures")?,
                etag: row.get("etag")?,
                last_modified: row.get("last_modified")?,
                body_hash: row.get("body_hash")?,
                generation: row.get("lease_gen")?,
            })
        })?;
    Ok(claimed)
}

fn finish(
    connection: &Connection,
    id: SourceId,
    generation: i64,
    result: &PollResult,
) -> Result<bool, StoreError> {
    let answered = matches!(result.state, SourceState::Ok);
    let changed = connection
        .prepare_cached(
            "UPDATE source SET lease_until = 0, lease_owner = NULL, \
               state_since = iif(state = ?3, state_since, ?4), state = ?3, failures = ?5, last_error = ?6, next_poll_at = ?7, \
               last_polled_at = ?4, last_ok_at = iif(?8, ?4, last_ok_at), repairs = coalesce(?9, repairs) \
             WHERE id = ?1 AND lease_gen = ?2",
        )?
        .execute(params![
            id,
            generation,
            result.state.as_str(),
            result.at,
            result.failures,
            result.error,
            result.next_poll_at,
            answered,
            result.repairs.as_ref().map(Json),
        ])?;
    if changed == 0 {
        return Ok(false);
    }
    if let Some((etag, last_modified, body_hash)) = &result.answer {
        connection
            .prepare_cached("UPDATE source SET etag = ?2, last_modified = ?3, body_hash = ?4 WHERE id = ?1")?
            .execute(params![id, etag, last_modified, body_hash])?;
    }
    Ok(true)
}

fn source_row(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    Ok(SourceRow {
        name: row.get("name")?,
        url: row.get("url")?,
        state: SourceState::parse(&row.get::<_, String>("state")?),
        state_since: row.get("state_since")?,
        failures: row.get("failures")?,
        next_poll_at: row.get("next_poll_at")?,
        last_polled_at: row.get("last_polled_at")?,
        last_ok_at: row.get("last_ok_at")?,
        last_error: row.get("last_error")?,
        repairs: row
            .get::<_, Option<Json<Vec<String>>>>("repairs")?
            .map(|Json(list)| list)
            .unwrap_or_default(),
        entries: row.get("entries")?,
    })
}
