//! Copies the database when the clock asks for it.

use std::sync::Arc;
use std::time::Duration;

use super::Shared;
use crate::pipeline::{Context, back_up_when_due};

/// A tick that never comes is made up for by looking this often, and so is a copy that failed.
const LOOK_EVERY: Duration = Duration::from_hours(1);

/// Copies at each tick, look and reload at which a copy is due, until the daemon stops.
pub(super) async fn copy_when_due(mut shared: Shared) {
    while !*shared.stopping.borrow() {
        let context: Arc<Context> = shared.context.borrow_and_update().clone();
        match back_up_when_due(&context).await {
            Ok(Some(file)) => tracing::info!(file = %file.display(), "the database was copied"),
            Ok(None) => {}
            Err(error) => {
                tracing::error!("the database could not be copied: {error}; this is tried again in an hour");
                shared.wakeups.deliveries.notify_one();
            }
        }
        tokio::select! {
            () = shared.wakeups.backups.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = shared.context.changed() => {}
            _ = shared.stopping.changed() => {}
        }
    }
}
