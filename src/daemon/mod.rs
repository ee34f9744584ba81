//! The long-running process: it decides when, `pipeline` decides what.
//!
//! Four queues in the store (sources, pending entries, checks with the changes that are held beside them, deliveries)
//! are each drained by one loop; a tick ends digest periods; a watcher swaps the plan when sources.toml changes; a signal stops it all.

mod backups;
mod checks;
mod digests;
mod disk;
mod pulse;
mod queue;
mod reload;
mod shutdown;
#[cfg(test)]
mod tests;
mod ticks;
mod upkeep;
mod work;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

pub use checks::Checked;
pub use pulse::Pulse;
pub use shutdown::stop_signal;

use crate::app::App;
use crate::model::DeliveryKind;
use crate::pipeline::{Context, Filed, Flushed, Polled};
use crate::store::{Holder, StoreError};
use checks::Checks;
use work::{Deliveries, Entries, Only, Sources};

/// What a command says that was interrupted.
pub const INTERRUPTED: &str = "interrupted; what was under way is left to the daemon or the next command";

/// How long work that is under way may take to end after a signal.
const GRACE: Duration = Duration::from_secs(8);

/// What the parts of the daemon share.
#[derive(Debug, Clone)]
struct Shared {
    /// The plan in force; a reload replaces it.
    context: watch::Receiver<Arc<Context>>,
    /// Says that something may be due.
    wakeups: Arc<Wakeups>,
    /// Becomes true when the daemon is to stop.
    stopping: watch::Receiver<bool>,
    /// Signs of life.
    pulse: Arc<Pulse>,
}

/// One bell for each queue, and one for each kind of work that the clock asks for.
#[derive(Debug, Default)]
struct Wakeups {
    sources: Notify,
    entries: Notify,
    checks: Notify,
    deliveries: Notify,
    digests: Notify,
    backups: Notify,
}

impl Wakeups {
    fn ring_all(&self) {
        for bell in [&self.sources, &self.entries, &self.checks, &self.deliveries, &self.digests] {
            bell.notify_one();
        }
    }
}

/// One round over what is due: polls and articles of the sources `names` (of all where it is empty), then messages. Reports go to
/// `observe` as they come.
pub async fn run_once(
    app: &App,
    names: &[String],
    mut observe: impl FnMut(Report),
) -> Result<(), StoreError> {
    let context = Arc::new(app.context.clone());
    let (slots, only) = (app.slots, Only::named(names));
    queue::exhaust(Sources { slots, only: only.clone() }, context.clone(), |(name, polled)| {
        observe(Report::Polled(name, polled));
    })
    .await?;
    queue::exhaust(Entries { slots, only: only.clone() }, context.clone(), |(name, filed)| {
        observe(Report::Filed(name, filed));
    })
    .await?;
    queue::exhaust(Checks { slots, only }, context, |checked| observe(Report::Checked(checked))).await?;
    deliver_once(app, observe).await
}

/// Tries every message that is due.
pub async fn deliver_once(app: &App, mut observe: impl FnMut(Report)) -> Result<(), StoreError> {
    let context = Arc::new(app.context.clone());
    queue::exhaust(Deliveries, context, |(kind, flushed)| observe(Report::Flushed(kind, flushed))).await
}

/// Does a command's `work`. Where the user interrupts it, what the command has taken off the queues is given back, so that nobody
/// waits for it, and `None` is returned.
pub async fn unless_interrupted<T>(app: &App, work: impl Future<Output = T>) -> anyhow::Result<Option<T>> {
    let interrupted = stop_signal()?;
    tokio::select! {
        done = work => return Ok(Some(done)),
        () = interrupted => {}
    }
    app.context.store.release_leases(Holder::Command).await?;
    Ok(None)
}

/// How one piece of work of a round went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// A source was polled.
    Polled(String, Polled),
    /// An entry of a source was taken up.
    Filed(String, Filed),
    /// An article was looked at again, or a change had waited long enough.
    Checked(Checked),
    /// A message was tried.
    Flushed(DeliveryKind, Flushed),
}

/// Runs until `until` is ready, then lets work that is under way end.
pub async fn run(app: App, pulse: Arc<Pulse>, until: impl Future<Output = ()>) -> anyhow::Result<()> {
    app.context.store.release_leases(Holder::Daemon).await?;
    // Whoever restarts may have mended what kept messages back.
    app.context.store.retry_waiting(app.context.clock.now()).await?;
    let (plan, context) = watch::channel(Arc::new(app.context.clone()));
    let (stop, stopping) = watch::channel(false);
    let shared = Shared { context, wakeups: Arc::default(), stopping, pulse };
    let mut parts = JoinSet::new();
    parts.spawn(queue::drain(Sources { slots: app.slots, only: Only::Planned }, shared.clone()));
    parts.spawn(queue::drain(Entries { slots: app.slots, only: Only::Planned }, shared.clone()));
    parts.spawn(queue::drain(Checks { slots: app.slots, only: Only::Planned }, shared.clone()));
    parts.spawn(queue::drain(Deliveries, shared.clone()));
    parts.spawn(digests::close_when_due(shared.clone()));
    parts.spawn(backups::copy_when_due(shared.clone()));
    parts.spawn(disk::watch(shared.clone()));
    parts.spawn(upkeep::keep_tidy(shared.clone()));
    let reloading = tokio::spawn(reload::watch_file(app, plan, shared.clone()));
    until.await;
    tracing::info!("stopping; work that is under way ends first");
    reloading.abort();
    stop.send_replace(true);
    if tokio::time::timeout(GRACE, async { while parts.join_next().await.is_some() {} }).await.is_err() {
        tracing::warn!(
            "some work did not end in {} s; it is taken up again at the next start",
            GRACE.as_secs()
        );
    }
    Ok(())
}
