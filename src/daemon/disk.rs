//! Looks at the disk now and then.

use std::sync::Arc;
use std::time::Duration;

use super::Shared;
use crate::pipeline::{Context, watch_disk};

const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Has it told that the disk is nearly full, or no longer, until the daemon stops.
pub(super) async fn watch(mut shared: Shared) {
    while !*shared.stopping.borrow() {
        let context: Arc<Context> = shared.context.borrow().clone();
        match watch_disk(&context).await {
            Ok(true) => shared.wakeups.deliveries.notify_one(),
            Ok(false) => {}
            Err(error) => tracing::debug!("the state of the disk is not told: {error}"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = shared.stopping.changed() => {}
        }
    }
}
