//! What the daemon serves: whether it is well, figures for monitoring, and where recipients of mails leave a list.

mod exposition;
#[cfg(test)]
mod tests;
mod unsubscribe;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::daemon::Pulse;
use crate::metrics::Metrics;
use crate::model::Timestamp;
use crate::store::Store;

/// A writer that takes longer than this for one row is stuck.
const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes of what is posted: a form of one field.
const MOST_BODY: usize = 4 * 1024;

/// What the handlers need.
#[derive(Debug, Clone)]
pub struct Vitals {
    /// Whose writer is tried.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The loops' signs of life.
    pub pulse: Arc<Pulse>,
    /// What was counted.
    pub metrics: Metrics,
}

/// Serves until the listener fails.
pub async fn serve(listener: TcpListener, vitals: Vitals) -> std::io::Result<()> {
    axum::serve(listener, router(vitals)).await
}

/// All routes.
pub fn router(vitals: Vitals) -> Router {
    let metrics = Router::new().route("/metrics", get(exposition::metrics));
    let metrics = metrics.with_state(Arc::new(exposition::Exposition::new(vitals.clone())));
    let unsubscribe = get(unsubscribe::ask).post(unsubscribe::leave).layer(DefaultBodyLimit::max(MOST_BODY));
    Router::new()
        .route("/health", get(health))
        .route("/unsubscribe", unsubscribe)
        .with_state(vitals)
        .merge(metrics)
}

/// 200 while the writer writes and every loop turns, else 503 with the reasons.
async fn health(State(vitals): State<Vitals>) -> (StatusCode, Json<Value>) {
    let reasons = vitals.troubles(vitals.clock.now()).await;
    let version = env!("CARGO_PKG_VERSION");
    if reasons.is_empty() {
        return (StatusCode::OK, Json(json!({"status": "ok", "version": version})));
    }
    (
        StatusCode::SERVICE_UNAVAILABLE,
        Json(json!({"status": "failing", "version": version, "reasons": reasons})),
    )
}

impl Vitals {
    /// Why the daemon is not well; nothing where it is.
    async fn troubles(&self, now: Timestamp) -> Vec<String> {
        let mut reasons: Vec<String> =
            self.pulse.stuck(now).into_iter().map(|part| format!("{part} has stalled")).collect();
        match tokio::time::timeout(PATIENCE, self.store.beat(now)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => reasons.push(error.to_string()),
            Err(_elapsed) => {
                reasons.push(format!("the database did not write within {} s", PATIENCE.as_secs()));
            }
        }
        reasons
    }
}
