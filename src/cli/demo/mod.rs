//! `diemtin demo`: the whole product on a newsroom of its own, without any network.

pub mod newsroom;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use newsroom::{Newsroom, Scene};
use tokio::time::{Instant, sleep, sleep_until};

use super::Session;
use super::args::Demo;
use super::output;
use crate::alert::render;
use crate::app::{App, Overrides};
use crate::clock::Clock;
use crate::config;
use crate::daemon::{self, Pulse};
use crate::model::{DeliveryId, DeliveryState, Message};
use crate::store::{Finished, Holder, Store};

/// How long the newsroom's script takes at its own speed.
const SCRIPT_SECONDS: u64 = 60;

/// The papers are asked every 2 s: so much longer, and what they publish at the very end is told, too.
const LAST_WORDS: Duration = Duration::from_secs(4);

/// How often the outbox is looked at for what to show.
const LOOK_EVERY: Duration = Duration::from_millis(300);

pub(super) async fn run(_session: &Session, arguments: Demo) -> anyhow::Result<ExitCode> {
    let folder = folder(arguments.keep)?;
    let speed = u32::try_from(SCRIPT_SECONDS.div_ceil(arguments.seconds.max(1))).unwrap_or(1);
    let newsroom =
        Newsroom::start(Clock::System, speed).await.context("the demo newsroom cannot listen on loopback")?;
    let app = watch(&newsroom, &folder).await?;
    output::line(format!(
        "Two invented papers publish on {} for {} s; diemtin watches them.\n\
         Hai tờ báo tưởng tượng đăng bài trên máy của bạn; diemtin theo dõi, không cần mạng.\n",
        newsroom.base_url(),
        arguments.seconds
    ))?;
    let store = app.context.store.clone();
    let (script, stories) =
        (tokio::spawn(tell_script(newsroom.script())), tokio::spawn(tell_messages(store.clone())));
    let stop = daemon::stop_signal()?;
    let until = async {
        tokio::select! {
            () = stop => {}
            () = sleep(Duration::from_secs(arguments.seconds) + LAST_WORDS) => {}
        }
    };
    daemon::run(app, Arc::new(Pulse::default()), until).await?;
    script.abort();
    stories.abort();
    summarise(&store, &folder).await?;
    Ok(ExitCode::SUCCESS)
}

fn folder(keep: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let folder =
        keep.unwrap_or_else(|| std::env::temp_dir().join(format!("diemtin-demo-{}", std::process::id())));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}; name another with --keep", folder.display()))?;
    Ok(std::path::absolute(folder)?)
}

async fn watch(newsroom: &Newsroom, folder: &Path) -> anyhow::Result<App> {
    let file = folder.join("sources.toml");
    std::fs::write(&file, newsroom.sources_toml(&folder.join("data")))
        .with_context(|| format!("cannot write {}", file.display()))?;
    let config = config::load(&file, &|_| None)?;
    App::build(&file, Overrides::default(), &config, Holder::Daemon).await
}

async fn tell_script(script: Vec<Scene>) -> anyhow::Result<()> {
    let opened = Instant::now();
    for scene in script {
        sleep_until(opened + scene.at).await;
        output::line(format!(
            "{:3} s  {}\n       expected: {}",
            scene.at.as_secs(),
            scene.happens,
            scene.expect
        ))?;
    }
    Ok(())
}

async fn tell_messages(store: Store) -> anyhow::Result<()> {
    let mut told: HashSet<DeliveryId> = HashSet::new();
    loop {
        sleep(LOOK_EVERY).await;
        for row in store.outbox(Finished::Shown).await? {
            if row.state == DeliveryState::Sent && told.insert(row.delivery.id) {
                output::line(format!(
                    "   ✉   {} → {}",
                    describe(&row.delivery.message),
                    row.delivery.recipient
                ))?;
            }
        }
    }
}

fn describe(message: &Message) -> String {
    match message {
        Message::Alert { items } => {
            let titles: Vec<_> =
                items.iter().map(|item| format!("[{}] {}", item.alerts.join(", "), item.title)).collect();
            format!("alert: {}", titles.join("; "))
        }
        Message::Digest { name, items, .. } => format!("digest \"{name}\" with {} articles", items.len()),
        Message::Notice(_) | Message::Sources { .. } => {
            format!("notice: {}", render::notice(message).map(|notice| notice.subject).unwrap_or_default())
        }
    }
}

async fn summarise(store: &Store, folder: &Path) -> anyhow::Result<()> {
    let counts = store.counts().await?;
    let sent = counts.deliveries.iter().find(|(state, _)| state == "sent").map_or(0, |(_, count)| *count);
    output::line(format!(
        "\n{} articles read, {} alerts raised, {sent} mails written.",
        counts.articles, counts.alerts
    ))?;
    let (mails, file) = (folder.join("data/mail"), folder.join("sources.toml"));
    output::line(format!("Mails / Thư: {}", mails.display()))?;
    output::line(format!("Look further / Xem thêm: diemtin --config {} search Huawei", file.display()))?;
    Ok(())
}
