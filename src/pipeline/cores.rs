//! Work that keeps a core busy: as much at once as there are cores, so that the rest of the daemon stays quick and
//! memory is bounded by a few pages, not by every answer that came in.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

/// The right to keep a core busy.
#[derive(Debug, Clone)]
pub struct Cores(Arc<Semaphore>);

impl Cores {
    /// As many as this machine has.
    pub fn all() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(cores)))
    }

    /// Does `work` on a thread of its own as soon as a core is free; fails only where it panics.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, JoinError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        // The semaphore is never closed, so there is always a permit to wait for.
        let permit = self.0.clone().acquire_owned().await;
        spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
    }
}
