//! A bound on how long a server may keep still.

use std::time::Duration;

use super::error::Fault;

/// What comes of waiting for a server, for no longer than this without a sign of it.
pub(super) async fn within<T>(
    silence: Option<Duration>,
    wait: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, Fault> {
    let heard = match silence {
        Some(longest) => {
            tokio::time::timeout(longest, wait).await.map_err(|_elapsed| Fault::Silence { after: longest })?
        }
        None => wait.await,
    };
    heard.map_err(|error| Fault::from_reqwest(&error))
}
