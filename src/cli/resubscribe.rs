//! `diemtin resubscribe`: sends to someone again who left a list, or to a webhook that is called no more.

use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;

use super::Session;
use super::args::Resubscribe;
use super::output::{self, Output};
use crate::clock::Clock;
use crate::model::Recipient;

pub(super) async fn run(session: &Session, arguments: Resubscribe) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let target = arguments.target;
    let recipient = Recipient::parse(&target).unwrap_or_else(|| {
        if target.contains('@') { Recipient::Mail(target) } else { Recipient::Webhook(target) }
    });
    let lists = match &recipient {
        Recipient::Mail(address) => store.resubscribe(address.clone()).await?,
        webhook @ Recipient::Webhook(_) => {
            let woken = store.wake_target(webhook.clone(), Clock::System.now()).await?;
            if woken { vec![webhook.to_string()] } else { Vec::new() }
        }
    };
    if lists.is_empty() {
        bail!("nothing keeps {recipient} from its messages; `diemtin status` shows whom something does");
    }
    match (session.output, &recipient) {
        (Output::Json, _) => output::json(&json!({"recipient": recipient.to_string(), "again": lists}))?,
        (Output::Text, Recipient::Mail(_)) => {
            output::line(format!("{recipient} gets {} again.", lists.join(", ")))?;
        }
        (Output::Text, Recipient::Webhook(_)) => {
            output::line(format!(
                "{recipient} is called again; what waits for it goes out within a minute."
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
