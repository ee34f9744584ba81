//! Who is told.

use super::address::address;
use super::select::Known;
use crate::config::located::Located;
use crate::config::report::Report;
use crate::config::suggest::nearest;
use crate::model::Recipient;
use crate::text::normalise::normalise;

/// All recipients of a list, each once.
pub(super) fn all(raw: &[Located<String>], known: &Known, report: &mut Report<'_>) -> Vec<Recipient> {
    let mut all: Vec<Recipient> = Vec::new();
    for recipient in raw.iter().filter_map(|recipient| checked(recipient, known, report)) {
        if !all.contains(&recipient) {
            all.push(recipient);
        }
    }
    all
}

fn checked(raw: &Located<String>, known: &Known, report: &mut Report<'_>) -> Option<Recipient> {
    let text = raw.get();
    match Recipient::parse(text) {
        Some(Recipient::Mail(mail)) => match address(&mail) {
            Ok(address) => Some(Recipient::Mail(address)),
            Err(message) => {
                report.problem(raw.span(), message);
                None
            }
        },
        Some(Recipient::Webhook(name)) => webhook(&normalise(&name), raw, known, report),
        None => {
            let message = format!(
                "\"{}\" is not a recipient; write \"mail:ADDRESS\" or \"webhook:NAME\"",
                text.escape_debug()
            );
            report.suggest(raw.span(), message, meant(text, known));
            None
        }
    }
}

fn webhook(name: &str, raw: &Located<String>, known: &Known, report: &mut Report<'_>) -> Option<Recipient> {
    let Some(webhooks) = &known.webhooks else { return Some(Recipient::Webhook(name.to_owned())) };
    if let Some(found) = webhooks.iter().find(|known| known.to_lowercase() == name.to_lowercase()) {
        return Some(Recipient::Webhook(found.clone()));
    }
    let suggestion = nearest(name, webhooks.iter().map(String::as_str));
    let message = format!("there is no [[webhook]] named \"{}\"", name.escape_debug());
    report.absence(raw.span(), message, suggestion.map(|name| format!("webhook:{name}")));
    None
}

fn meant(text: &str, known: &Known) -> Option<String> {
    let target = text.split_once(':').map_or(text, |(_, target)| target).trim();
    if let Ok(address) = address(target) {
        return Some(format!("mail:{address}"));
    }
    let webhooks = known.webhooks.iter().flatten();
    nearest(target, webhooks.map(String::as_str)).map(|name| format!("webhook:{name}"))
}
