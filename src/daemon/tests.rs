//! The daemon at its door: a whole configuration, sites on loopback, a database in a temporary folder.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::*;
use crate::app::Overrides;
use crate::config;
use crate::http::loopback::{Site, answer};
use crate::store::Holder;

const PATIENCE: Duration = Duration::from_secs(20);

async fn app(folder: &TempDir, sources: &str) -> App {
    let text = format!(
        "[fetch]\nallow_private = [\"127.0.0.0/8\", \"::1/128\"]\nmin_every = \"1s\"\n[defaults]\nevery = \"1s\"\n{sources}"
    );
    let config = config::parse(&text, "sources.toml", folder.path(), &|_| None).unwrap();
    App::build(Path::new("sources.toml"), Overrides::default(), &config, Holder::Daemon).await.unwrap()
}

/// A site that takes connections and never answers.
async fn silent() -> TcpListener {
    TcpListener::bind("localhost:0").await.unwrap()
}

#[tokio::test]
async fn a_host_that_hangs_with_more_sources_than_slots_delays_no_other_host() {
    let (tell, mut polls) = mpsc::unbounded_channel();
    let paper = Site::start(move |_| {
        tell.send(()).unwrap();
        answer(200, &[], "<rss version=\"2.0\"><channel><title>Báo Mẫu</title></channel></rss>")
    })
    .await;
    let silent = silent().await;
    let port = silent.local_addr().unwrap().port();
    let hanging = ["một", "hai", "ba"]
        .map(|name| format!("[[source]]\nname = \"{name}\"\nurl = \"http://localhost:{port}/{name}\"\n"));
    let sources =
        format!("{}[[source]]\nname = \"Báo Mẫu\"\nurl = \"{}\"\n", hanging.concat(), paper.url("/rss"));
    let folder = tempfile::tempdir().unwrap();
    let daemon = run(app(&folder, &sources).await, Arc::default(), std::future::pending());
    let three_polls = async {
        for _ in 0..3 {
            polls.recv().await.unwrap();
        }
    };
    tokio::select! {
        ended = daemon => panic!("the daemon ended: {ended:?}"),
        done = timeout(PATIENCE, three_polls) => done.expect("the paper is polled each second, whoever hangs"),
    }
}
