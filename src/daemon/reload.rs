//! A changed sources.toml takes effect without a restart. Where the new file has a problem the old plan stays and a
//! notice goes out.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::Shared;
use crate::app::App;
use crate::config::Problems;
use crate::model::{Language, Notice};
use crate::pipeline::Context;

/// The file is looked at rather than watched: that also sees a file that an editor renamed into place, and one on a
/// bind mount or network share, where no event arrives.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// At so many looks a file must be gone until that is told.
const GONE_FOR: u32 = 5;

/// What tells one state of the file from another.
type Stamp = Option<(SystemTime, u64, u64)>;

/// Reloads on SIGHUP and whenever the file changes, for as long as the daemon runs.
pub(super) async fn watch_file(mut app: App, plan: watch::Sender<Arc<Context>>, shared: Shared) {
    let mut hangup = match signal(SignalKind::hangup()) {
        Ok(hangup) => hangup,
        Err(error) => return tracing::error!("sources.toml is not watched: {error}"),
    };
    let mut seen = stamp(&app.config_path);
    loop {
        tokio::select! {
            _ = hangup.recv() => {}
            () = changed(&app.config_path, seen) => {}
        }
        seen = stamp(&app.config_path);
        reload(&mut app, &plan, &shared).await;
    }
}

async fn changed(path: &Path, seen: Stamp) {
    let (mut last, mut missing) = (seen, 0);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = stamp(path);
        // A file that is being written is left alone until it has kept still from one look to the next; one that is gone for a
        // moment is being replaced.
        missing = if now.is_none() { missing + 1 } else { 0 };
        if now != seen && now == last && (now.is_some() || missing >= GONE_FOR) {
            return;
        }
        last = now;
    }
}

fn stamp(path: &Path) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len(), metadata.ino()))
}

async fn reload(app: &mut App, plan: &watch::Sender<Arc<Context>>, shared: &Shared) {
    match app.reload().await {
        Ok(context) => {
            plan.send_replace(Arc::new(context));
            tracing::info!(
                "sources.toml was read again; {} sources are watched",
                app.context.plan.sources.len()
            );
            shared.wakeups.ring_all();
        }
        Err(error) => {
            tracing::error!("sources.toml was not taken over, the old one stays in force:\n{error:#}");
            tell(app, &error, shared).await;
        }
    }
}

async fn tell(app: &App, error: &anyhow::Error, shared: &Shared) {
    let problems = error.downcast_ref::<Problems>().map_or_else(|| format!("{error:#}"), Problems::to_string);
    let notice = match app.context.plan.language {
        Language::Vi => Notice {
            subject: "sources.toml có lỗi, cấu hình cũ vẫn được dùng".to_owned(),
            text: format!("{problems}\nSửa tệp rồi lưu lại; diemtin sẽ tự đọc lại."),
        },
        Language::En => Notice {
            subject: "sources.toml has problems, the old one stays in force".to_owned(),
            text: format!("{problems}\nMend the file and save it; it is read again by itself."),
        },
    };
    let notices =
        app.context.plan.notices.iter().map(|recipient| (recipient.clone(), notice.clone())).collect();
    if let Err(error) = app.context.store.notify(notices, app.context.clock.now()).await {
        tracing::error!("the notice about it could not be queued: {error}");
    }
    shared.wakeups.deliveries.notify_one();
}
