//! `/metrics`, as Prometheus and everything that speaks its language reads it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::Mutex;

use super::Vitals;
use crate::metrics::CONTENT_TYPE;

/// However often someone asks, the database is asked this seldom; scrapers come every 15 s or less often.
const KEPT: Duration = Duration::from_secs(5);

/// The last answer, and what the next is made from.
#[derive(Debug)]
pub(super) struct Exposition {
    vitals: Vitals,
    last: Mutex<Option<(Instant, String)>>,
}

impl Exposition {
    pub(super) fn new(vitals: Vitals) -> Self {
        Self { vitals, last: Mutex::new(None) }
    }

    /// Whoever asks while an answer is being made waits for it instead of making another.
    async fn text(&self) -> Result<String, std::fmt::Error> {
        let mut last = self.last.lock().await;
        if let Some((at, text)) = last.as_ref()
            && at.elapsed() < KEPT
        {
            return Ok(text.clone());
        }
        let Vitals { store, clock, metrics, .. } = &self.vitals;
        let now = clock.now();
        let well = self.vitals.troubles(now).await.is_empty();
        let levels = store.levels(now).await.inspect_err(|error| {
            tracing::warn!("/metrics lacks what stands in the database: {error}");
        });
        let text = metrics.text(well, levels.ok().as_ref(), now)?;
        *last = Some((Instant::now(), text.clone()));
        Ok(text)
    }
}

pub(super) async fn metrics(State(exposition): State<Arc<Exposition>>) -> Response {
    match exposition.text().await {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
