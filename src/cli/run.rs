//! `diemtin run`: the daemon and what it serves.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;

use super::Session;
use crate::app::App;
use crate::daemon::{self, Pulse};
use crate::store::{Holder, RunLock};
use crate::web::{self, Vitals};

pub(super) async fn run(session: &Session) -> anyhow::Result<ExitCode> {
    let stop = daemon::stop_signal()?;
    let config = session.config()?;
    let _lock = RunLock::take(&config.daemon.data_dir)?;
    let app = App::build(&session.config_path(), session.overrides(), &config, Holder::Daemon).await?;
    let listener = TcpListener::bind(app.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; another program may use it: change [web] listen or DIEMTIN_LISTEN",
            app.listen
        )
    })?;
    let pulse = Arc::new(Pulse::default());
    let vitals = Vitals {
        store: app.context.store.clone(),
        clock: app.context.clock.clone(),
        pulse: pulse.clone(),
        metrics: app.context.metrics.clone(),
    };
    let serving = tokio::spawn(web::serve(listener, vitals));
    let (sources, entities) = (config.sources.len(), config.entities.len());
    // The plan has its own copy: with ten thousand sources this one is 5 MB.
    drop(config);
    tracing::info!(
        sources,
        entities,
        data = %app.data_dir.display(),
        health = %format!("http://{}/health", app.listen),
        "diemtin {} runs",
        env!("CARGO_PKG_VERSION")
    );
    let ended = daemon::run(app, pulse, stop).await;
    serving.abort();
    ended.map(|()| ExitCode::SUCCESS)
}
