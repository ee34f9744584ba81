//! Ends digest periods when their time has come.

use std::sync::Arc;
use std::time::Duration;

use super::Shared;
use super::pulse::Part;
use super::ticks::Ticks;
use crate::pipeline::{Context, close_due_digests, forget_old_versions};

/// A tick that never comes is made up for by looking this often: the store knows which periods are done.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Ends what is due at each tick, at each look and after each reload, until the daemon stops.
pub(super) async fn close_when_due(mut shared: Shared) {
    let mut ticks = Ticks::default();
    while !*shared.stopping.borrow() {
        if shared.context.has_changed().unwrap_or(false) || ticks.is_idle() {
            let context = shared.context.borrow_and_update().clone();
            ticks.follow(&context.plan, &shared.wakeups).await;
        }
        let context: Arc<Context> = shared.context.borrow().clone();
        shared.pulse.beat(Part::Digests, context.clock.now());
        match close_due_digests(&context).await {
            Ok(0) => {}
            Ok(_) => shared.wakeups.deliveries.notify_one(),
            Err(error) => tracing::error!("a digest waits: {error}"),
        }
        if let Err(error) = forget_old_versions(&context).await {
            tracing::error!("old versions are not forgotten: {error}");
        }
        tokio::select! {
            () = shared.wakeups.digests.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = shared.stopping.changed() => {}
        }
    }
    ticks.stop().await;
}
