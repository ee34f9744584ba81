//! Keeps the store small, once a day.

use std::sync::Arc;
use std::time::Duration;

use super::Shared;
use crate::pipeline::{Context, tidy};

/// After a start there is more urgent work.
const FIRST_AFTER: Duration = Duration::from_mins(5);

const EVERY: Duration = Duration::from_hours(24);

/// Tidies up each day until the daemon stops; a day that was missed is made up for by the next, since what is old stays so.
pub(super) async fn keep_tidy(mut shared: Shared) {
    let mut pause = FIRST_AFTER;
    while !*shared.stopping.borrow() {
        let context: Arc<Context> = shared.context.borrow().clone();
        let tidying = async {
            tokio::time::sleep(pause).await;
            tidy(&context).await
        };
        tokio::select! {
            tidied = tidying => {
                if let Err(error) = tidied {
                    tracing::error!("old articles stay for now: {error}");
                }
            }
            _ = shared.stopping.changed() => {}
        }
        pause = EVERY;
    }
}
