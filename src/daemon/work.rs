//! Three of the four queues: sources to poll, entries to fetch, messages to deliver; `checks` is the fourth.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::Notify;

use super::Wakeups;
use super::pulse::Part;
use super::queue::{Room, Work};
use crate::app::Slots;
use crate::model::DeliveryKind;
use crate::pipeline::{Context, Filed, Flushed, Polled, flush, ingest, poll, spread_overdue};
use crate::store::{ClaimedDelivery, ClaimedEntry, ClaimedSource, HostSlots, Lease, StoreError, Taken};

/// Tasks under way for each request: many of them wait for their host's pause or for an answer that takes long, and those that
/// could be fetched at once must not wait behind them.
const TASKS_PER_REQUEST: usize = 2;

/// Messages at once: enough that many recipients that hang are not felt by the others.
const DELIVERIES: usize = 128;

/// Mails at once: as many as there are connections to the mail server. Each webhook has a slot of its own.
const MAILS: usize = 4;

/// Sources that are due.
pub(super) struct Sources {
    pub(super) slots: Slots,
    pub(super) only: Only,
}

/// Entries whose articles are to be fetched.
pub(super) struct Entries {
    pub(super) slots: Slots,
    pub(super) only: Only,
}

/// Messages of the outbox.
pub(super) struct Deliveries;

/// Which sources are worked on.
#[derive(Debug, Clone)]
pub(super) enum Only {
    /// All of the plan.
    Planned,
    /// Those of the plan with these names.
    Named(Arc<HashSet<String>>),
}

impl Only {
    /// Of no names: all.
    pub(super) fn named(names: &[String]) -> Self {
        if names.is_empty() { Self::Planned } else { Self::Named(Arc::new(names.iter().cloned().collect())) }
    }

    /// Whether a source is worked on under the plan of `context`; a source of some other file is left to whoever has that file.
    pub(super) fn within(&self, context: &Context) -> impl Fn(&str) -> bool + Send + 'static {
        let (plan, only) = (context.plan.clone(), self.clone());
        move |name| plan.sources.contains_key(name) && only.takes(name)
    }

    fn takes(&self, name: &str) -> bool {
        match self {
            Self::Planned => true,
            Self::Named(names) => names.contains(name),
        }
    }
}

pub(super) fn of_hosts(slots: Slots) -> Room {
    Room { tasks: slots.concurrency * TASKS_PER_REQUEST, per_slot: slots.per_host }
}

impl Work for Sources {
    type Task = ClaimedSource;
    type Report = (String, Polled);
    const PART: Part = Part::Sources;

    fn room(&self) -> Room {
        of_hosts(self.slots)
    }

    fn slot(task: &ClaimedSource) -> String {
        task.host_key.clone()
    }

    fn bell(wakeups: &Wakeups) -> &Notify {
        &wakeups.sources
    }

    async fn claim(
        &self,
        context: &Context,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Taken<ClaimedSource>, StoreError> {
        context.store.claim_due_sources(lease, limit, slots, self.only.within(context)).await
    }

    async fn perform(context: Arc<Context>, task: ClaimedSource) -> Result<Self::Report, StoreError> {
        let polled = poll(&context, &task).await?;
        Ok((task.name, polled))
    }

    async fn resume(context: &Context) -> Result<(), StoreError> {
        spread_overdue(context).await
    }

    fn announce((_, polled): &Self::Report, wakeups: &Wakeups) {
        if let Polled::Read { new: 1.., .. } = polled {
            wakeups.entries.notify_one();
        }
        // A change of state may have queued a notice.
        if *polled != Polled::Abandoned {
            wakeups.deliveries.notify_one();
        }
    }
}

impl Work for Entries {
    type Task = ClaimedEntry;
    type Report = (String, Filed);
    const PART: Part = Part::Entries;

    fn room(&self) -> Room {
        of_hosts(self.slots)
    }

    fn slot(task: &ClaimedEntry) -> String {
        task.host_key.clone()
    }

    fn bell(wakeups: &Wakeups) -> &Notify {
        &wakeups.entries
    }

    async fn claim(
        &self,
        context: &Context,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Taken<ClaimedEntry>, StoreError> {
        context.store.claim_entries(lease, limit, slots, self.only.within(context)).await
    }

    async fn perform(context: Arc<Context>, task: ClaimedEntry) -> Result<Self::Report, StoreError> {
        let filed = ingest(&context, &task).await?;
        Ok((task.source, filed))
    }

    fn announce((source, filed): &Self::Report, wakeups: &Wakeups) {
        // It may be looked at again sooner than anything else.
        if let Filed::New { .. } = filed {
            wakeups.checks.notify_one();
        }
        match filed {
            Filed::New { title, alerts, .. } if !alerts.is_empty() => {
                tracing::info!(%source, alerts = %alerts.join(", "), "alert: {title}");
                wakeups.deliveries.notify_one();
            }
            // Another source that brings a known article may have made an alert true.
            Filed::Known => wakeups.deliveries.notify_one(),
            Filed::New { .. } | Filed::Later { .. } | Filed::Abandoned => {}
        }
    }
}

impl Work for Deliveries {
    type Task = ClaimedDelivery;
    type Report = (DeliveryKind, Flushed);
    const PART: Part = Part::Deliveries;

    fn room(&self) -> Room {
        Room { tasks: DELIVERIES, per_slot: MAILS }
    }

    fn slot(task: &ClaimedDelivery) -> String {
        task.slot()
    }

    fn bell(wakeups: &Wakeups) -> &Notify {
        &wakeups.deliveries
    }

    async fn claim(
        &self,
        context: &Context,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Taken<ClaimedDelivery>, StoreError> {
        context.store.claim_deliveries(lease, limit, slots).await
    }

    async fn perform(context: Arc<Context>, task: ClaimedDelivery) -> Result<Self::Report, StoreError> {
        let flushed = flush(&context, &task).await?;
        Ok((task.delivery.message.kind(), flushed))
    }

    fn announce((_, flushed): &Self::Report, wakeups: &Wakeups) {
        // A notice may follow.
        if let Flushed::Dead { .. } | Flushed::SwitchedOff { .. } = flushed {
            wakeups.deliveries.notify_one();
        }
    }
}
