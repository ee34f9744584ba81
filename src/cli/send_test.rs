//! `diemtin send-test`: a message that says it is a test, to one recipient or to all, and what each answered.

use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;

use super::Session;
use super::args::SendTest;
use super::output::{self, Output};
use crate::alert::render;
use crate::app::App;
use crate::config::Config;
use crate::deliver::Attempt;
use crate::model::{DeliveryKind, Message, Recipient};
use crate::pipeline::send_once;
use crate::store::Holder;

pub(super) async fn run(session: &Session, arguments: SendTest) -> anyhow::Result<ExitCode> {
    let config = session.config()?;
    let recipients = chosen(&config, arguments.target.as_deref())?;
    let app = App::build(&session.config_path(), session.overrides(), &config, Holder::Command).await?;
    let mut failed = false;
    for recipient in recipients {
        let now = app.context.clock.now();
        let language = config.languages().of(&recipient, &Message::Alert { items: Vec::new() });
        let message = render::sample(DeliveryKind::Alert, language, now);
        let attempt = send_once(&app.context, recipient.clone(), message).await;
        failed |= attempt != Attempt::Sent;
        tell(session, &config, &recipient, &attempt)?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A test is not tried again.
fn without_promise(why: &str) -> String {
    why.replace("; it is tried again.", ".").replace("It is tried again.", "").trim_end().to_owned()
}

fn tell(session: &Session, config: &Config, recipient: &Recipient, attempt: &Attempt) -> anyhow::Result<()> {
    let why = match attempt {
        Attempt::Sent => None,
        Attempt::TryLater { why, .. }
        | Attempt::Wait { why, .. }
        | Attempt::Gone { why }
        | Attempt::GiveUp { why } => Some(without_promise(why)),
    };
    if session.output == Output::Json {
        let sent = why.is_none();
        output::json(&json!({"recipient": recipient.to_string(), "sent": sent, "error": why}))?;
        return Ok(());
    }
    let mails = config.daemon.data_dir.join("mail");
    output::line(match (why, recipient, &config.email) {
        (Some(why), ..) => format!("{recipient}  failed: {why}"),
        (None, Recipient::Mail(_), None) => {
            format!("{recipient}  written to {} (there is no [email])", mails.display())
        }
        (None, Recipient::Mail(_), Some(email)) => format!("{recipient}  {} has it", email.host),
        (None, Recipient::Webhook(_), _) => format!("{recipient}  has it"),
    })?;
    Ok(())
}

/// The one that is meant, else everyone whom the file names, each once.
fn chosen(config: &Config, target: Option<&str>) -> anyhow::Result<Vec<Recipient>> {
    let all = everyone(config);
    let Some(target) = target else {
        if all.is_empty() {
            bail!(
                "sources.toml names no recipient; give one, as in `diemtin send-test mail:desk@example.org`"
            );
        }
        return Ok(all);
    };
    if let Some(known) = all.iter().find(|recipient| {
        recipient.to_string() == target
            || matches!(recipient, Recipient::Webhook(name) | Recipient::Mail(name) if name == target)
    }) {
        return Ok(vec![known.clone()]);
    }
    // An address may be tried before it is written down.
    let meant =
        Recipient::parse(target).or_else(|| target.contains('@').then(|| Recipient::Mail(target.to_owned())));
    if let Some(mail @ Recipient::Mail(_)) = meant {
        return Ok(vec![mail]);
    }
    let names: Vec<String> = all.iter().map(ToString::to_string).collect();
    bail!("sources.toml has no recipient {target:?}; there are {}", names.join(", "))
}

fn everyone(config: &Config) -> Vec<Recipient> {
    let of_alerts = config.alerts.iter().flat_map(|alert| &alert.to);
    let of_digests = config.digests.iter().flat_map(|scheduled| &scheduled.digest.to);
    let webhooks = config.webhooks.iter().map(|webhook| Recipient::Webhook(webhook.name.clone()));
    let named = of_alerts.chain(of_digests).chain(&config.daemon.notices).cloned();
    let mut all: Vec<Recipient> = Vec::new();
    for recipient in named.chain(webhooks) {
        if !all.contains(&recipient) {
            all.push(recipient);
        }
    }
    all
}
