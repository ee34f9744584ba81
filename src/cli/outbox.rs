//! `diemtin outbox`: messages on their way, and those that could not be delivered.

mod standing;
mod words;

use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::Session;
use super::args::Outbox;
use super::output::{self, Output};
use crate::alert::render;
use crate::clock::Clock;
use crate::model::{Delivery, Language, Message, Timestamp};
use crate::store::{Finished, OutboxRow, Store};
pub(super) use standing::Standings;

pub(super) async fn run(session: &Session, action: Outbox) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    match action {
        Outbox::List { all } => {
            list(session, &store, if all { Finished::Shown } else { Finished::Hidden }).await
        }
        Outbox::Show { id } => {
            let standings = Standings::gather(session, &store).await?;
            show(session, &find(&store, &id).await?, &standings)
        }
        Outbox::Retry { id } => {
            let row = find(&store, &id).await?;
            let done = store.retry_delivery(row.delivery.id, Clock::System.now()).await?;
            report(
                session,
                done,
                &row,
                "is tried again: within a minute by a running daemon, at once by `diemtin poll`",
            )
        }
        Outbox::Drop { id } => {
            let row = find(&store, &id).await?;
            let done = store.drop_delivery(row.delivery.id, Clock::System.now()).await?;
            report(session, done, &row, "is off the outbox")
        }
    }
}

async fn list(session: &Session, store: &Store, finished: Finished) -> anyhow::Result<ExitCode> {
    let rows = store.outbox(finished).await?;
    let standings = Standings::gather(session, store).await?;
    for row in &rows {
        match session.output {
            Output::Json => output::json(&as_json(row, &standings))?,
            Output::Text => output::line(in_words(row, &standings))?,
        }
    }
    if rows.is_empty() && session.output == Output::Text {
        output::line("Nothing waits. / Không có tin nào đang chờ.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The message as its recipient sees it.
fn show(session: &Session, row: &OutboxRow, standings: &Standings) -> anyhow::Result<ExitCode> {
    let Delivery { message, created_at, recipient, .. } = &row.delivery;
    if session.output == Output::Json {
        let body: Value = serde_json::from_str(&render::webhook_body(message, *created_at)?)?;
        let mut whole = as_json(row, standings);
        if let Value::Object(fields) = &mut whole {
            fields.insert("message".to_owned(), body);
        }
        output::json(&whole)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mail = match session.config() {
        Ok(config) => {
            let language = config.languages().of(recipient, message);
            config.templates.mail(message, language, config.daemon.timezone)?
        }
        // With --data-dir alone there is no sources.toml to ask.
        Err(_problems) => render::mail(message, Language::default(), chrono_tz::Asia::Ho_Chi_Minh)?,
    };
    output::line(in_words(row, standings))?;
    output::line(format!("\n{}\n\n{}", mail.subject, mail.text.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}

fn report(session: &Session, done: bool, row: &OutboxRow, what: &str) -> anyhow::Result<ExitCode> {
    if !done {
        bail!("{} is {}; nothing was changed", row.delivery.id, row.state);
    }
    match session.output {
        Output::Json => output::json(&json!({"id": row.delivery.id, "done": true}))?,
        Output::Text => output::line(format!("{} {what}.", row.delivery.id))?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(store: &Store, id: &str) -> anyhow::Result<OutboxRow> {
    let mut found = store.find_deliveries(id.to_owned()).await?;
    match (found.pop(), found.is_empty()) {
        (Some(row), true) => Ok(row),
        (Some(_), false) => bail!("several messages begin with {id}; give more of it"),
        (None, _) => bail!("no message begins with {id}; `diemtin outbox list --all` shows them"),
    }
}

/// Who it is for and what it is about; below it, where it stands and what failed last.
fn in_words(row: &OutboxRow, standings: &Standings) -> String {
    let Delivery { id, recipient, message, .. } = &row.delivery;
    let standing = standings.sentence(row);
    let error = row.last_error.as_ref().map(|error| format!("\n  {}", one_line(error))).unwrap_or_default();
    format!("{id}  {recipient}  {}\n  {standing}{error}", one_line(&headline(message)))
}

/// What others wrote must not steer the terminal.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn headline(message: &Message) -> String {
    match message {
        Message::Alert { items } => {
            let title = items.first().map(|item| item.title.clone()).unwrap_or_default();
            if items.len() > 1 { format!("{title} (+{})", items.len() - 1) } else { title }
        }
        Message::Digest { name, items, .. } => format!("{name} ({} articles)", items.len()),
        Message::Notice(_) | Message::Sources { .. } => {
            render::notice(message).map(|notice| notice.subject).unwrap_or_default()
        }
    }
}

fn as_json(row: &OutboxRow, standings: &Standings) -> Value {
    let delivery = &row.delivery;
    let (waits_for, until) = standings.for_programs(row);
    json!({
        "id": delivery.id, "recipient": delivery.recipient.to_string(), "kind": delivery.message.kind(), "state": row.state,
        "headline": headline(&delivery.message), "created": delivery.created_at.rfc3339(), "attempts": delivery.attempts,
        "next_attempt": row.next_attempt_at.rfc3339(), "error": row.last_error, "finished": row.finished_at.map(Timestamp::rfc3339),
        "waits_for": waits_for, "until": until.map(Timestamp::rfc3339),
    })
}
