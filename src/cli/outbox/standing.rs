//! Where a message stands: what it waits for and until when, or how it ended.

use super::words::Words;
use crate::alert::{Hold, InstantAlert};
use crate::cli::{Session, status};
use crate::clock::Clock;
use crate::config;
use crate::model::{DeliveryState, Message, Timestamp};
use crate::store::{OutboxRow, QuietTarget, Store};

/// What must be known beside a message to say where it stands.
pub(in crate::cli) struct Standings {
    words: &'static Words,
    now: Timestamp,
    zone: chrono_tz::Tz,
    alerts: Vec<InstantAlert>,
    quiet: Vec<QuietTarget>,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing<'a> {
    /// It is tried as soon as somebody takes it.
    Due,
    /// Nobody has tried it yet: it waits for company, or for the end of quiet hours.
    Held(Option<Hold>),
    /// It failed and is tried again.
    Retried,
    /// Its recipient is left alone for a while, which it asked for.
    Paused(Timestamp),
    /// Its recipient is called no more.
    SwitchedOff(&'a QuietTarget),
    /// It ended so.
    Ended(DeliveryState),
}

impl Standings {
    /// In the language and the time zone of sources.toml, where that can be read.
    pub(in crate::cli) async fn gather(session: &Session, store: &Store) -> anyhow::Result<Self> {
        let language = config::language(&session.config_path()).unwrap_or_default();
        let config = session.config().ok();
        let now = Clock::System.now();
        Ok(Self {
            words: Words::of(language),
            now,
            zone: config.as_ref().map_or(chrono_tz::Asia::Ho_Chi_Minh, |config| config.daemon.timezone),
            alerts: config.map(|config| config.alerts).unwrap_or_default(),
            quiet: store.quiet_targets(now).await?,
        })
    }

    /// One sentence, with what can be done about it.
    pub(in crate::cli) fn sentence(&self, row: &OutboxRow) -> String {
        let (words, attempts) = (self.words, row.delivery.attempts.to_string());
        let target = row.delivery.recipient.to_string();
        let finished = row.finished_at.map(|at| self.at(at)).unwrap_or_default();
        let phrase = match self.of(row) {
            Standing::Due => words.due.to_owned(),
            Standing::Held(hold) => {
                let is_news = matches!(row.delivery.message, Message::Sources { .. });
                let because = if is_news { words.news } else { words.hold(hold) };
                words.held.replace("{until}", &self.at(row.next_attempt_at)).replace("{because}", because)
            }
            Standing::Retried => words.retried.replace("{next}", &self.at(row.next_attempt_at)),
            Standing::Paused(until) => {
                words.paused.replace("{until}", &self.at(until.max(row.next_attempt_at)))
            }
            Standing::SwitchedOff(quiet) => {
                words.switched_off.replace("{since}", &quiet.since.map(|at| self.at(at)).unwrap_or_default())
            }
            Standing::Ended(DeliveryState::Dead) => words.dead.replace("{id}", &row.delivery.id.to_string()),
            Standing::Ended(DeliveryState::Dropped) => words.dropped.to_owned(),
            Standing::Ended(_) => words.sent.to_owned(),
        };
        let phrase = phrase.replace("{finished}", &finished);
        phrase.replace("{attempts}", &attempts).replace("{target}", &target)
    }

    /// The same in a word for programs, and until when.
    pub(in crate::cli) fn for_programs(&self, row: &OutboxRow) -> (&'static str, Option<Timestamp>) {
        let next = row.next_attempt_at;
        match self.of(row) {
            Standing::Due => ("turn", None),
            Standing::Held(Some(Hold::Quiet)) => ("quiet_hours", Some(next)),
            Standing::Held(Some(Hold::PerHour)) => ("max_per_hour", Some(next)),
            Standing::Held(None) => ("company", Some(next)),
            Standing::Retried => ("retry", Some(next)),
            Standing::Paused(until) => ("recipient", Some(until.max(next))),
            Standing::SwitchedOff(_) => ("resubscribe", None),
            Standing::Ended(_) => ("nothing", None),
        }
    }

    /// "06:30 23/11/2026 (in 5 h)".
    pub(in crate::cli) fn at(&self, at: Timestamp) -> String {
        let local = at.to_utc().with_timezone(&self.zone).format(self.words.time);
        format!("{local} ({})", status::Words::of(self.words.language).relative(at, self.now))
    }

    fn of(&self, row: &OutboxRow) -> Standing<'_> {
        if row.state != DeliveryState::Queued {
            return Standing::Ended(row.state);
        }
        let quiet = self.quiet.iter().find(|quiet| quiet.recipient == row.delivery.recipient);
        match quiet.map(|quiet| (quiet, quiet.until)) {
            Some((quiet, None)) => Standing::SwitchedOff(quiet),
            Some((_, Some(until))) => Standing::Paused(until),
            None if row.next_attempt_at <= self.now => Standing::Due,
            None if row.was_taken => Standing::Retried,
            None => Standing::Held(self.hold(row)),
        }
    }

    /// By which of its alerts' settings it is held; `None` where it is because many came at once.
    fn hold(&self, row: &OutboxRow) -> Option<Hold> {
        let Message::Alert { items } = &row.delivery.message else { return None };
        let told = |alert: &&InstantAlert| items.iter().any(|item| item.alerts.contains(&alert.name));
        let (queued, due) = (row.delivery.created_at, row.next_attempt_at);
        self.alerts.iter().filter(told).find_map(|alert| alert.pace.hold(queued, due))
    }
}
