//! `diemtin why URL`: one article's whole way.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Session;
use super::args::Why;
use super::output::{self, Output};
use crate::dedup::canonical_url;
use crate::model::{Extent, Timestamp};
use crate::store::{EntryHistory, RaisedAlert, Sighting, Store, StoredArticle};

/// Everything known of an address.
struct Story {
    entries: Vec<EntryHistory>,
    article: Option<StoredArticle>,
    sightings: Vec<Sighting>,
    mentions: Vec<(String, i64, Vec<String>)>,
    alerts: Vec<RaisedAlert>,
}

pub(super) async fn run(session: &Session, arguments: Why) -> anyhow::Result<ExitCode> {
    let story = gather(&session.store()?, &arguments.url).await?;
    if story.entries.is_empty() && story.article.is_none() {
        match session.output {
            Output::Json => output::json(&json!({"url": arguments.url, "seen": false}))?,
            Output::Text => output::line(format!(
                "{} was never seen: no source has listed it. Is the source in sources.toml, and does it answer (`diemtin status`)?",
                arguments.url
            ))?,
        }
        return Ok(ExitCode::FAILURE);
    }
    match session.output {
        Output::Json => output::json(&as_json(&arguments.url, &story))?,
        Output::Text => show(&story)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn gather(store: &Store, url: &str) -> anyhow::Result<Story> {
    let key = canonical_url(url);
    let mut entries = store.entry_histories(url.to_owned()).await?;
    if entries.is_empty() {
        entries = store.entry_histories(key.clone()).await?;
    }
    let article = store.article_by_url(key).await?;
    let Some(id) = article.as_ref().map(|article| article.id) else {
        return Ok(Story {
            entries,
            article,
            sightings: Vec::new(),
            mentions: Vec::new(),
            alerts: Vec::new(),
        });
    };
    let (sightings, mentions) = (store.sightings(id).await?, store.mentions(id).await?);
    Ok(Story { entries, article, sightings, mentions, alerts: store.raised_alerts(id).await? })
}

fn show(story: &Story) -> anyhow::Result<()> {
    for entry in &story.entries {
        output::line(format!(
            "Seen in {} at {}: {}",
            entry.source,
            entry.first_seen_at,
            held_or_state(entry)
        ))?;
        if let (Some(error), Some(next)) = (&entry.last_error, entry.next_attempt_at) {
            let attempts = output::counted(usize::try_from(entry.attempts).unwrap_or(0), "failed attempt");
            output::line(format!("  {attempts}: {error}; next {next}"))?;
        }
    }
    let Some(stored) = &story.article else {
        output::line("Not read yet.")?;
        return Ok(());
    };
    let article = &stored.article;
    output::line(format!(
        "Read as \"{}\" ({} paragraphs, {} captions{})",
        article.title,
        article.paragraphs.len(),
        article.captions.len(),
        only(article.extent)
    ))?;
    for note in &article.notes {
        output::line(format!("  note: {note}"))?;
    }
    for sighting in &story.sightings {
        output::line(format!(
            "Brought by {} at {}: {}",
            sighting.source, sighting.first_seen_at, sighting.url
        ))?;
    }
    if story.mentions.is_empty() {
        output::line("No tracked entity is mentioned.")?;
    }
    for (entity, count, surfaces) in &story.mentions {
        output::line(format!("Mentions {entity} {count} times ({})", surfaces.join(", ")))?;
    }
    if story.alerts.is_empty() {
        output::line("No alert fired and no digest took it.")?;
    }
    for alert in &story.alerts {
        output::line(format!("{} for {}: {}", alert.name, alert.recipient, fate(alert)))?;
    }
    Ok(())
}

/// What a reader must know of an article that was not there to read as a whole.
fn only(extent: Extent) -> &'static str {
    match extent {
        Extent::Whole => "",
        Extent::Part => "; only a part of the article could be read",
        Extent::Feed => "; only the feed's text",
        Extent::Headline => "; only the headline",
    }
}

fn held_or_state(entry: &EntryHistory) -> String {
    match entry.held.as_deref() {
        Some("backfill") => {
            "held back: it stood there at the first poll and is older than `backfill`, or undated".to_owned()
        }
        Some("too_old") => "held back: it was published longer ago than `max_age`".to_owned(),
        Some(other) => format!("held back: {other}"),
        None if entry.state == "pending" => "waiting to be fetched".to_owned(),
        None => "read".to_owned(),
    }
}

fn fate(alert: &RaisedAlert) -> String {
    match (&alert.delivery, &alert.last_error) {
        (None, _) => "stands in the next digest".to_owned(),
        (Some((id, state)), None) => format!("{state} ({id})"),
        (Some((id, state)), Some(error)) => format!("{state} ({id}): {error}"),
    }
}

fn as_json(url: &str, story: &Story) -> Value {
    let entries: Vec<_> = story
        .entries
        .iter()
        .map(|entry| {
            json!({
                "source": entry.source, "key": entry.key, "title": entry.title, "url": entry.url, "state": entry.state, "held": entry.held,
                "first_seen": entry.first_seen_at.rfc3339(), "attempts": entry.attempts, "error": entry.last_error,
                "next_attempt": entry.next_attempt_at.map(Timestamp::rfc3339),
            })
        })
        .collect();
    let article = story.article.as_ref().map(|stored| {
        json!({"id": stored.id, "title": stored.article.title, "url": stored.article.url, "verdict": stored.article.verdict, "extent": stored.article.extent, "notes": stored.article.notes,
               "first_seen": stored.first_seen_at.rfc3339()})
    });
    let sightings: Vec<_> = story
        .sightings
        .iter()
        .map(|seen| json!({"source": seen.source, "url": seen.url, "at": seen.first_seen_at.rfc3339()}))
        .collect();
    let mentions: Vec<_> = story
        .mentions
        .iter()
        .map(|(entity, count, surfaces)| json!({"entity": entity, "count": count, "surfaces": surfaces}))
        .collect();
    let alerts: Vec<_> = story
        .alerts
        .iter()
        .map(|alert| {
            let (id, state) = alert.delivery.map(|(id, state)| (id.to_string(), state.to_string())).unzip();
            json!({"name": alert.name, "recipient": alert.recipient.to_string(), "delivery": id, "state": state, "error": alert.last_error})
        })
        .collect();
    json!({"url": url, "seen": true, "entries": entries, "article": article, "sources": sightings, "mentions": mentions, "alerts": alerts})
}
