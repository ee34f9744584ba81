//! `diemtin digest`: what a digest says now, or sending it before its time.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::Session;
use super::args::Digest;
use super::export::moment_since;
use super::output::{self, Misuse, Output};
use crate::alert::render;
use crate::app::App;
use crate::daemon::{self, Report};
use crate::model::DeliveryKind;
use crate::pipeline::{Flushed, ScheduledDigest, close_digest_now, preview_digest};
use crate::store::Holder;

pub(super) async fn run(session: &Session, arguments: Digest) -> anyhow::Result<ExitCode> {
    let config = session.config()?;
    let app = App::build(&session.config_path(), session.overrides(), &config, Holder::Command).await?;
    let scheduled = choose(&app, arguments.name.as_deref())?;
    if arguments.preview {
        return preview(session, &app, scheduled, &arguments).await;
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
    app: &App,
    scheduled: &ScheduledDigest,
    arguments: &Digest,
) -> anyhow::Result<ExitCode> {
    let (plan, now) = (&app.context.plan, app.context.clock.now());
    let since = arguments.since.as_deref().map(|since| moment_since(since, now)).transpose()?;
    let Some(message) = preview_digest(&app.context, &scheduled.digest, since).await? else {
        output::line("Nothing would be sent: there is nothing new, and the digest says `empty = \"skip\"`.")?;
        return Ok(ExitCode::SUCCESS);
    };
    let language = scheduled.digest.language.unwrap_or(plan.language);
    let mail = plan.templates.mail(&message, language, plan.timezone)?;
    if let Some(fault) = &mail.fault {
        output::complain_of(&format!("a template of yours failed, and the embedded ones were used: {fault}"));
    }
    if let Some(file) = &arguments.html {
        std::fs::write(file, &mail.html).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    match (session.output, &arguments.html) {
        (Output::Json, _) => {
            let body: Value = serde_json::from_str(&render::webhook_body(&message, now)?)?;
            output::json(&body)?;
        }
        (Output::Text, Some(file)) => output::line(format!("{}\n{}", mail.subject, file.display()))?,
        (Output::Text, None) => output::line(format!("{}\n\n{}", mail.subject, mail.text.trim_end()))?,
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
        (None, _) => bail!(Misuse(format!("which one? There are {}", names()))),
        (Some(name), _) => digests
            .iter()
            .find(|scheduled| scheduled.digest.name == name)
            .with_context(|| Misuse(format!("there is no digest named \"{name}\"; there are {}", names()))),
    }
}
