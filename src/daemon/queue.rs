//! Draining one queue of the store: take what is due, do it, sleep until the next is due or a bell rings.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

use super::pulse::Part;
use super::{Shared, Wakeups};
use crate::model::Timestamp;
use crate::pipeline::Context;
use crate::schedule::is_gap;
use crate::store::{Holder, HostSlots, Lease, StoreError, Taken};

/// Longer than the slowest piece of work: two addresses of a source and a last part of its sitemap, at ten minutes each, the
/// most that `timeout` may be; or the first page of an article, ten minutes of further parts and the last of them. A daemon that starts takes back the leases of the one before it, so that length costs nothing.
const LEASE: Duration = Duration::from_mins(40);

/// However quiet the store says it will be, the queue is looked at this often: clocks jump and machines sleep.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Once a task has ended, those that end with it are waited for: work is then taken for all of them in one change of the store.
const GATHERING: Duration = Duration::from_millis(10);

/// What falls due within a second of what was taken is taken together: each look costs a change of the store and its wait for the
/// disk.
const AFTER_TAKING: Duration = Duration::from_secs(1);

/// Where nothing was taken, the next is waited for this long at least.
const SHORTEST_SLEEP: Duration = Duration::from_millis(50);

/// What is due and nobody takes is somebody else's: of a source that only a command knows.
const WHILE_NOT_OURS: Duration = Duration::from_secs(10);

/// After the database refused (a full disk, say) no work is taken for this long, unless something new comes.
const AFTER_REFUSAL: Duration = Duration::from_secs(10);

/// A queue of the store and what is done with what is taken off it.
pub(super) trait Work: Send + Sync + 'static {
    /// What is taken.
    type Task: Send + 'static;
    /// How it went.
    type Report: Send + 'static;
    /// Which loop this is.
    const PART: Part;

    /// How much of it is done at once.
    fn room(&self) -> Room;
    /// The host or recipient of a task.
    fn slot(task: &Self::Task) -> String;
    /// The bell that says something may be due.
    fn bell(wakeups: &Wakeups) -> &Notify;
    /// Takes what is due.
    fn claim(
        &self,
        context: &Context,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> impl Future<Output = Result<Taken<Self::Task>, StoreError>> + Send;
    /// Does one task.
    fn perform(
        context: Arc<Context>,
        task: Self::Task,
    ) -> impl Future<Output = Result<Self::Report, StoreError>> + Send;
    /// After a pause, in which much may have fallen due at once.
    fn resume(_: &Context) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }
    /// Logs how it went and rings for what follows.
    fn announce(report: &Self::Report, wakeups: &Wakeups);
}

/// How much is done at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// In all.
    pub(super) tasks: usize,
    /// For one host or recipient.
    pub(super) per_slot: usize,
}

/// Takes and does work until the daemon stops, then lets what is under way end.
pub(super) async fn drain<W: Work>(work: W, mut shared: Shared) {
    let mut crew = Crew::default();
    let mut refused = false;
    let mut last_look = shared.context.borrow().clock.now();
    while !*shared.stopping.borrow() {
        let context = shared.context.borrow_and_update().clone();
        shared.pulse.beat(W::PART, context.clock.now());
        let pause = match look(&work, &context, &mut crew, &mut last_look).await {
            Ok(pause) => {
                refused = false;
                pause
            }
            Err(error) => {
                if !refused {
                    tracing::error!("no work is taken for now: {error}");
                }
                refused = true;
                Pause { is_refusal: true, ..Pause::of(AFTER_REFUSAL) }
            }
        };
        rest::<W>(pause, &mut crew, &mut shared).await;
    }
    while let Some(done) = crew.running.join_next_with_id().await {
        crew.dismiss(done);
    }
}

/// Until when nothing is looked for.
#[derive(Debug, Clone, Copy)]
struct Pause {
    until: Instant,
    /// Whether something due waits for a task to end.
    ends_with_a_task: bool,
    /// Whether the database refused.
    is_refusal: bool,
}

impl Pause {
    fn of(length: Duration) -> Self {
        Self { until: Instant::now() + length, ends_with_a_task: false, is_refusal: false }
    }

    /// What a task leaves behind may be due before the rest.
    fn after_a_task(self) -> Self {
        if self.is_refusal {
            return self;
        }
        Self { until: self.until.min(Instant::now() + AFTER_TAKING), ..self }
    }
}

/// Sleeps until it is time to look again; tasks that end meanwhile are announced.
async fn rest<W: Work>(mut pause: Pause, crew: &mut Crew<W::Report>, shared: &mut Shared) {
    loop {
        tokio::select! {
            Some(done) = crew.running.join_next_with_id() => {
                announce::<W>(crew.dismiss(done), &shared.wakeups);
                if pause.ends_with_a_task {
                    tokio::time::sleep(GATHERING).await;
                }
                while let Some(done) = crew.running.try_join_next_with_id() {
                    announce::<W>(crew.dismiss(done), &shared.wakeups);
                }
                if pause.ends_with_a_task {
                    return;
                }
                pause = pause.after_a_task();
            }
            () = W::bell(&shared.wakeups).notified() => return,
            () = tokio::time::sleep_until(pause.until) => return,
            _ = shared.stopping.changed() => return,
        }
    }
}

fn announce<W: Work>(report: Option<W::Report>, wakeups: &Wakeups) {
    if let Some(report) = report {
        W::announce(&report, wakeups);
    }
}

/// Takes and does work until nothing is due and nothing under way, and hands each report to `observe`.
pub(super) async fn exhaust<W: Work>(
    work: W,
    context: Arc<Context>,
    mut observe: impl FnMut(W::Report),
) -> Result<(), StoreError> {
    let mut crew = Crew::default();
    loop {
        let free = work.room().tasks.saturating_sub(crew.running.len());
        let now = context.clock.now();
        let lease = Lease { holder: Holder::Command, from: now, until: now.plus(LEASE) };
        let slots = HostSlots { per_host: work.room().per_slot, busy: crew.busy.clone() };
        for task in work.claim(&context, lease, free, slots).await?.tasks {
            crew.start(W::slot(&task), W::perform(context.clone(), task));
        }
        let Some(done) = crew.running.join_next_with_id().await else { return Ok(()) };
        crew.dismiss(done).into_iter().for_each(&mut observe);
        tokio::time::sleep(GATHERING).await;
        while let Some(done) = crew.running.try_join_next_with_id() {
            crew.dismiss(done).into_iter().for_each(&mut observe);
        }
    }
}

/// Takes what is due, after giving new times to what fell due while the machine slept or its clock was set.
async fn look<W: Work>(
    work: &W,
    context: &Arc<Context>,
    crew: &mut Crew<W::Report>,
    last_look: &mut Timestamp,
) -> Result<Pause, StoreError> {
    let now = context.clock.now();
    if is_gap(*last_look, now) {
        tracing::info!(from = %*last_look, to = %now, "the machine slept or its clock was set; polls that are overdue are spread");
        W::resume(context).await?;
    }
    *last_look = now;
    take(work, context, crew).await
}

/// Takes what is due and starts it; returns until when to rest.
async fn take<W: Work>(
    work: &W,
    context: &Arc<Context>,
    crew: &mut Crew<W::Report>,
) -> Result<Pause, StoreError> {
    let free = work.room().tasks.saturating_sub(crew.running.len());
    if free == 0 {
        return Ok(Pause { ends_with_a_task: true, ..Pause::of(LONGEST_SLEEP) });
    }
    let now = context.clock.now();
    let lease = Lease { holder: Holder::Daemon, from: now, until: now.plus(LEASE) };
    let slots = HostSlots { per_host: work.room().per_slot, busy: crew.busy.clone() };
    let Taken { tasks, next_due } = work.claim(context, lease, free, slots).await?;
    let taken = tasks.len();
    for task in tasks {
        crew.start(W::slot(&task), W::perform(context.clone(), task));
    }
    let is_waiting = next_due.is_some_and(|due| due <= now);
    let shortest = match (taken, crew.running.is_empty()) {
        (0, true) if is_waiting => WHILE_NOT_OURS,
        (0, _) if !is_waiting => SHORTEST_SLEEP,
        _ => AFTER_TAKING,
    };
    let length = next_due.map_or(LONGEST_SLEEP, |due| due.since(now)).clamp(shortest, LONGEST_SLEEP);
    Ok(Pause { ends_with_a_task: is_waiting, ..Pause::of(length) })
}

/// What is under way, and for which host or recipient.
struct Crew<R> {
    running: JoinSet<Result<R, StoreError>>,
    slots: HashMap<Id, String>,
    busy: HashMap<String, usize>,
}

impl<R: 'static> Default for Crew<R> {
    fn default() -> Self {
        Self { running: JoinSet::new(), slots: HashMap::new(), busy: HashMap::new() }
    }
}

impl<R: Send + 'static> Crew<R> {
    fn start(&mut self, slot: String, task: impl Future<Output = Result<R, StoreError>> + Send + 'static) {
        *self.busy.entry(slot.clone()).or_default() += 1;
        // Boxed here, so that these ten kilobytes are moved once.
        let handle = self.running.spawn(Box::pin(task));
        self.slots.insert(handle.id(), slot);
    }

    /// Frees the slot of a task that ended, and returns its report.
    fn dismiss(&mut self, done: Result<(Id, Result<R, StoreError>), JoinError>) -> Option<R> {
        let (id, report) = match done {
            Ok((id, Ok(report))) => (id, Some(report)),
            Ok((id, Err(error))) => {
                tracing::error!("work is left for later: {error}");
                (id, None)
            }
            Err(error) => {
                tracing::error!(
                    "a task failed unexpectedly and is tried again later; please report this: {error}"
                );
                (error.id(), None)
            }
        };
        self.free(id);
        report
    }

    fn free(&mut self, id: Id) {
        let Some(slot) = self.slots.remove(&id) else { return };
        if let Some(count) = self.busy.get_mut(&slot) {
            *count -= 1;
            if *count == 0 {
                self.busy.remove(&slot);
            }
        }
    }
}
