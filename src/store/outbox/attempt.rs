//! Attempts at messages: what is due, who has it, how it ended.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{delivery, queue_notices};
use crate::model::{Delivery, DeliveryId, DeliveryState, Notice, Recipient, Timestamp};
use crate::store::error::unless_unreadable;
use crate::store::sources::HostSlots;
use crate::store::{Lease, Store, StoreError, Taken, targets};

/// The slot of every mail.
const MAIL_SLOT: &str = "mail";

/// A message taken off the outbox.
#[derive(Debug, Clone)]
pub struct ClaimedDelivery {
    /// The message.
    pub delivery: Delivery,
    /// How many of its requests were taken before.
    pub progress: Progress,
    generation: i64,
}

impl ClaimedDelivery {
    /// What it shares with the messages that are not sent beside it: a webhook, or the mail server.
    pub fn slot(&self) -> String {
        match &self.delivery.recipient {
            Recipient::Mail(_) => MAIL_SLOT.to_owned(),
            webhook @ Recipient::Webhook(_) => webhook.to_string(),
        }
    }
}

/// How far a message of several requests has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Requests that were taken.
    pub sent: usize,
    /// Requests that there were then.
    pub of: usize,
}

impl Progress {
    /// How many of so many requests need not be sent again; none where the message is cut into others by now.
    pub fn within(self, of: usize) -> usize {
        if self.of == of && self.sent < of { self.sent } else { 0 }
    }
}

/// How an attempt leaves a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Delivered.
    Sent,
    /// To be tried again.
    Retry {
        /// When.
        at: Timestamp,
        /// What failed.
        why: String,
    },
    /// To be tried again, and its recipient asks to be left alone meanwhile.
    Busy {
        /// When it is tried again.
        at: Timestamp,
        /// Until when the recipient is left alone.
        until: Timestamp,
        /// What it answered.
        why: String,
    },
    /// Sent too fast: it goes on then, and this attempt does not count.
    Throttled {
        /// Until when the recipient is left alone.
        until: Timestamp,
        /// What it answered.
        why: String,
    },
    /// The recipient is gone: it is called no more, and its messages wait, until someone wakes it.
    SwitchedOff {
        /// What it answered.
        why: String,
    },
    /// Its recipient wants no such messages.
    Dropped {
        /// Why.
        why: String,
    },
    /// Given up; it stays visible until someone retries or drops it.
    Dead {
        /// What failed.
        why: String,
    },
}

/// What a fate makes of the row.
struct Outcome<'a> {
    state: DeliveryState,
    due: Timestamp,
    error: Option<&'a str>,
    finished: Option<Timestamp>,
    /// How many attempts it adds.
    counted: u32,
}

impl Fate {
    fn outcome(&self, now: Timestamp) -> Outcome<'_> {
        let waiting = |due, why, counted| Outcome {
            state: DeliveryState::Queued,
            due,
            error: Some(why),
            finished: None,
            counted,
        };
        let ended = |state, error| Outcome { state, due: now, error, finished: Some(now), counted: 1 };
        match self {
            Self::Sent => ended(DeliveryState::Sent, None),
            Self::Dead { why } => ended(DeliveryState::Dead, Some(why.as_str())),
            Self::Dropped { why } => ended(DeliveryState::Dropped, Some(why.as_str())),
            Self::Retry { at, why } | Self::Busy { at, why, .. } => waiting(*at, why.as_str(), 1),
            Self::Throttled { until, why } => waiting(*until, why.as_str(), 0),
            Self::SwitchedOff { why } => waiting(now, why.as_str(), 0),
        }
    }
}

impl Store {
    /// Takes up to `limit` messages that are due; recipients stand in for hosts in `slots`, so that a dead one delays no other.
    pub async fn claim_deliveries(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Taken<ClaimedDelivery>, StoreError> {
        self.write(move |connection| {
            let tasks = due_deliveries(connection, lease.from, limit, slots.clone())?
                .into_iter()
                .filter_map(|id| unless_unreadable(lease_delivery(connection, id, lease)))
                .collect::<Result<_, _>>()?;
            Ok(Taken { tasks, next_due: next_due(connection, lease.from)? })
        })
        .await
    }

    /// Makes every message that waits for another attempt due at once. The attempt is not counted, so that many restarts
    /// during a long outage do not use up the schedule. What waits for its first keeps waiting. Returns how many there are.
    pub async fn retry_waiting(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            Ok(connection.execute(
                "UPDATE delivery SET next_attempt_at = ?1, attempts = max(attempts - 1, 0) WHERE state = 'queued' AND next_attempt_at > ?1 AND lease_gen > 0",
                [now],
            )?)
        })
        .await
    }

    /// Notes that one more request of the message was taken, so that it is not repeated whatever becomes of the next.
    pub async fn note_progress(
        &self,
        claimed: &ClaimedDelivery,
        progress: Progress,
    ) -> Result<(), StoreError> {
        let (id, generation) = (claimed.delivery.id, claimed.generation);
        self.write_outcome(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE delivery SET parts_sent = ?3, parts = ?4 WHERE id = ?1 AND lease_gen = ?2",
                )?
                .execute(params![id, generation, progress.sent as i64, progress.of as i64])?;
            Ok(())
        })
        .await
    }

    /// Writes down how an attempt ended, with the notices that follow; of a recipient that
    /// is switched off already they are left out. False where the lease was lost.
    pub async fn finish_attempt(
        &self,
        claimed: &ClaimedDelivery,
        fate: Fate,
        notices: Vec<(Recipient, Notice)>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, generation) = (claimed.delivery.id, claimed.generation);
        let recipient = claimed.delivery.recipient.clone();
        self.write_outcome(move |connection| {
            let Outcome { state, due, error, finished, counted } = fate.outcome(now);
            if state == DeliveryState::Sent {
                wake_those_behind(connection, &recipient, now)?;
                targets::trust_again(connection, &recipient)?;
            }
            let changed = connection
                .prepare_cached(
                    "UPDATE delivery SET state = ?3, next_attempt_at = ?4, last_error = ?5, finished_at = ?6, \
                       attempts = attempts + ?7, lease_until = 0, lease_owner = NULL, \
                       failed_at = iif(?3 = 'queued', coalesce(failed_at, ?8), failed_at) \
                     WHERE id = ?1 AND lease_gen = ?2 AND state = 'queued'",
                )?
                .execute(params![id, generation, state.to_string(), due, error, finished, counted, now])?;
            if changed == 0 {
                return Ok(false);
            }
            let is_news = quieten(connection, &recipient, &fate, now)?;
            if !is_news {
                return Ok(true);
            }
            queue_notices(connection, &notices, now)?;
            Ok(true)
        })
        .await
    }
}

/// The first message that gets through after a time in which none did makes those due at once that failed meanwhile: whoever was
/// away is back, and the schedule would let them wait for up to a day. That attempt is not counted. What failed while others got
/// through has a fault of its own, and keeps to its schedule. Mails share one server, and so they share its return.
fn wake_those_behind(
    connection: &Connection,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<(), StoreError> {
    let alike = match recipient {
        Recipient::Mail(_) => "substr(recipient, 1, 5) = substr(?2, 1, 5)",
        Recipient::Webhook(_) => "recipient = ?2",
    };
    let behind = format!(
        "state = 'queued' AND next_attempt_at > ?1 AND lease_gen > 0 AND lease_until <= ?1 AND {alike}"
    );
    let waits = connection
        .prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM delivery WHERE {behind})"))?
        .query_row(params![now, recipient], |row| row.get::<_, bool>(0))?;
    if !waits {
        return Ok(());
    }
    connection.execute(
        &format!(
            "UPDATE delivery SET next_attempt_at = ?1, attempts = max(attempts - 1, 0) WHERE {behind} AND failed_at > coalesce( \
               (SELECT finished_at FROM delivery WHERE state = 'sent' AND finished_at IS NOT NULL AND {alike} \
                ORDER BY finished_at DESC LIMIT 1), 0)"
        ),
        params![now, recipient],
    )?;
    Ok(())
}

/// Leaves the recipient alone where the fate says so. False where that says nothing new.
fn quieten(
    connection: &Connection,
    recipient: &Recipient,
    fate: &Fate,
    now: Timestamp,
) -> Result<bool, StoreError> {
    match fate {
        Fate::Busy { until, why, .. } | Fate::Throttled { until, why } => {
            targets::pause(connection, recipient, *until, (why, now))?;
        }
        Fate::SwitchedOff { why } => return targets::switch_off(connection, recipient, why, now),
        Fate::Sent | Fate::Retry { .. } | Fate::Dropped { .. } | Fate::Dead { .. } => {}
    }
    Ok(true)
}

/// When the next message is due that nobody has and whose recipient may be called.
fn next_due(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due: Option<Timestamp> = connection
        .prepare_cached(
            "SELECT next_attempt_at FROM delivery WHERE state = 'queued' AND lease_until <= ?1 \
               AND recipient NOT IN (SELECT recipient FROM target WHERE quiet_until > ?1) \
             ORDER BY next_attempt_at LIMIT 1",
        )?
        .query_row([now], |row| row.get(0))
        .optional()?;
    let awake = targets::next_awake(connection, now)?;
    Ok(due.into_iter().chain(awake).min())
}

fn due_deliveries(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
    mut slots: HostSlots,
) -> Result<Vec<DeliveryId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, recipient FROM delivery WHERE state = 'queued' AND next_attempt_at <= ?1 AND lease_until <= ?1 \
           AND recipient NOT IN (SELECT recipient FROM target WHERE quiet_until > ?1) ORDER BY next_attempt_at, id",
    )?;
    let mut due = statement.query([now])?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = due.next()?
    {
        if has_slot(&mut slots, &row.get::<_, String>("recipient")?) {
            chosen.push(row.get("id")?);
        }
    }
    Ok(chosen)
}

/// All mails go to one server and share its slots. Each webhook has one of its own: one that hangs delays no other, and
/// nothing else is on its way to one that asks for patience.
fn has_slot(slots: &mut HostSlots, recipient: &str) -> bool {
    if recipient.starts_with("mail:") {
        return slots.take(MAIL_SLOT);
    }
    !slots.busy.contains_key(recipient) && slots.take(recipient)
}

fn lease_delivery(
    connection: &Connection,
    id: DeliveryId,
    lease: Lease,
) -> Result<ClaimedDelivery, StoreError> {
    let claimed = connection
        .prepare_cached(
            "UPDATE delivery SET lease_owner = ?2, lease_until = ?3, lease_gen = lease_gen + 1 WHERE id = ?1 \
             RETURNING id, recipient, message, created_at, attempts, lease_gen, parts_sent, parts",
        )?
        .query_row(params![id, lease.holder.name(), lease.until], |row| {
            Ok(ClaimedDelivery {
                delivery: delivery(row)?,
                progress: Progress {
                    sent: row.get::<_, i64>("parts_sent")? as usize,
                    of: row.get::<_, i64>("parts")? as usize,
                },
                generation: row.get("lease_gen")?,
            })
        })?;
    Ok(claimed)
}
