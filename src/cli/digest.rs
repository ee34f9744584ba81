//! `diemtin digest`: what a digest says now, or sending it before its time.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::json;

use super::Session;
use super::args::Digest;
use super::output::{self, Output};
use crate::alert::render;
use crate::app::App;
use crate::config::Config;
use crate::daemon::{self, Report};
use crate::model::DeliveryKind;
use crate::pipeline::{Flushed, ScheduledDigest, close_digest_now, preview_digest};
use crate::store::Holder;

pub(super) async fn run(session: &Session, arguments: Digest) -> anyhow::Result<ExitCode> {
    let config = session.config()?;
    let app = App::build(&session.config_path(), session.overrides(), &config, Holder::Command).await?;
    let scheduled = choose(&app, arguments.name.as_deref())?;
    if arguments.preview {
        return preview(session, &config, &app, scheduled).await;
    }
    let queued = close_digest_now(&app.context, scheduled).await?;
    let mut delivered = 0;
    let sent = Report::Flushed(DeliveryKind::Digest, Flushed::Sent);
    let round = daemon::deliver_once(&app, |report| delivered += usize::from(report == sent));
    daemon::unless_interrupted(&app, round).await?.context(daemon::INTERRUPTED)??;
    let mails = config.email.is_none().then(|| config.daemon.data_dir.join("mail"));
    match session.output {
        Output::Json => output::json(&json!({"queued": queued, "delivered": delivered, "mails": mails}))?,
        Output::Text => {
            output::line(format!("{queued} digests queued, {delivered} delivered (`diemtin outbox list`)."))?;
            if let Some(mails) = mails {
                output::line(format!("Mails lie in {}.", mails.display()))?;
            }
        }
    }
    Ok(if delivered >= queued { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn preview(
    session: &Session,
    config: &Config,
    app: &App,
    scheduled: &ScheduledDigest,
) -> anyhow::Result<ExitCode> {
    let Some(message) = preview_digest(&app.context, &scheduled.digest).await? else {
        output::line("Nothing would be sent: there is nothing new, and the digest says `empty = \"skip\"`.")?;
        return Ok(ExitCode::SUCCESS);
    };
    match session.output {
        Output::Json => output::json(&message)?,
        Output::Text => {
            let mail = render::mail(&message, config.daemon.language, config.daemon.timezone)?;
            output::line(format!("{}\n\n{}", mail.subject, mail.text.trim_end()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn choose<'a>(app: &'a App, name: Option<&str>) -> anyhow::Result<&'a ScheduledDigest> {
    let digests = &app.context.plan.digests;
    let names = || {
        digests
            .iter()
            .map(|scheduled| format!("\"{}\"", scheduled.digest.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (name, digests.as_slice()) {
        (_, []) => bail!("sources.toml has no [[digest]]"),
        (None, [only]) => Ok(only),
        (None, _) => bail!("which one? There are {}", names()),
        (Some(name), _) => digests
            .iter()
            .find(|scheduled| scheduled.digest.name == name)
            .with_context(|| format!("there is no digest named \"{name}\"; there are {}", names())),
    }
}
