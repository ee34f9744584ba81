//! `diemtin why URL`: one article's whole way.

mod spellings;

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Session;
use super::args::Why;
use super::looks::Looks;
use super::output::{self, Output};
use crate::dedup::canonical_url;
use crate::model::{Extent, ItemStory, Timestamp};
use crate::store::{EntryHistory, HeldCopy, RaisedAlert, Sighting, Store, StoredArticle};
use spellings::Spellings;

/// Everything known of an address.
#[derive(Default)]
struct Way {
    entries: Vec<EntryHistory>,
    article: Option<StoredArticle>,
    sightings: Vec<Sighting>,
    mentions: Vec<(String, i64, Vec<String>)>,
    alerts: Vec<RaisedAlert>,
    story: Option<ItemStory>,
    held: Vec<HeldCopy>,
    spellings: Option<Spellings>,
    looks: Looks,
}

pub(super) async fn run(session: &Session, arguments: Why) -> anyhow::Result<ExitCode> {
    let mut way = gather(&session.store()?, &arguments.url).await?;
    way.spellings = way.article.as_ref().and_then(|stored| Spellings::of(session, stored));
    if way.entries.is_empty() && way.article.is_none() {
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
        Output::Json => output::json(&as_json(&arguments.url, &way))?,
        Output::Text => show(&way)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn gather(store: &Store, url: &str) -> anyhow::Result<Way> {
    let key = canonical_url(url);
    let mut entries = store.entry_histories(url.to_owned()).await?;
    if entries.is_empty() {
        entries = store.entry_histories(key.clone()).await?;
    }
    let article = store.article_by_url(key).await?;
    let Some(id) = article.as_ref().map(|article| article.id) else {
        return Ok(Way { entries, article, ..Way::default() });
    };
    Ok(Way {
        entries,
        article,
        sightings: store.sightings(id).await?,
        mentions: store.mentions(id).await?,
        alerts: store.raised_alerts(id).await?,
        story: store.story_of(id).await?,
        held: store.held_copies(id).await?,
        spellings: None,
        looks: Looks::of(store, id).await?,
    })
}

fn show(way: &Way) -> anyhow::Result<()> {
    for entry in &way.entries {
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
    let Some(stored) = &way.article else {
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
    for sighting in &way.sightings {
        output::line(format!(
            "Brought by {} at {}: {}",
            sighting.source, sighting.first_seen_at, sighting.url
        ))?;
    }
    if way.mentions.is_empty() {
        output::line("No tracked entity is mentioned.")?;
    }
    for (entity, count, surfaces) in &way.mentions {
        output::line(format!("Mentions {entity} {count} times ({})", surfaces.join(", ")))?;
        let lines = way.spellings.as_ref().map(|spellings| spellings.lines(entity)).unwrap_or_default();
        lines.into_iter().try_for_each(|line| output::line(format!("  {line}")))?;
    }
    show_story(way)?;
    way.looks.lines().into_iter().try_for_each(output::line)?;
    if way.alerts.is_empty() && way.held.is_empty() {
        output::line("No alert fired and no digest took it.")?;
    }
    for alert in &way.alerts {
        output::line(format!("{} for {}: {}", alert.name, alert.recipient, fate(alert)))?;
    }
    for HeldCopy { name, recipient, title, url, source } in &way.held {
        output::line(format!(
            "{name} for {recipient}: held back as a copy of \"{title}\" ({source}, {url}), which told the same: nothing beyond its text, no further tracked entity, no newly true rule"
        ))?;
    }
    Ok(())
}

fn show_story(way: &Way) -> anyhow::Result<()> {
    let Some(story) = way.story.as_ref().filter(|story| !story.also.is_empty()) else { return Ok(()) };
    output::line(format!("One of {} articles of story {}", story.articles, story.id))?;
    for also in &story.also {
        output::line(format!("  also at {}: \"{}\" {}", also.source, also.title, also.url))?;
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

fn as_json(url: &str, way: &Way) -> Value {
    let entries: Vec<_> = way
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
    let article = way.article.as_ref().map(|stored| {
        json!({"id": stored.id, "title": stored.article.title, "url": stored.article.url, "verdict": stored.article.verdict, "extent": stored.article.extent, "notes": stored.article.notes,
               "first_seen": stored.first_seen_at.rfc3339()})
    });
    let sightings: Vec<_> = way
        .sightings
        .iter()
        .map(|seen| json!({"source": seen.source, "url": seen.url, "at": seen.first_seen_at.rfc3339()}))
        .collect();
    let mentions: Vec<_> = way
        .mentions
        .iter()
        .map(|(entity, count, surfaces)| {
            let spellings = way.spellings.as_ref().map(|spellings| spellings.json(entity));
            json!({"entity": entity, "count": count, "surfaces": surfaces, "spellings": spellings})
        })
        .collect();
    let alerts: Vec<_> = way
        .alerts
        .iter()
        .map(|alert| {
            let (id, state) = alert.delivery.map(|(id, state)| (id.to_string(), state.to_string())).unzip();
            json!({"name": alert.name, "recipient": alert.recipient.to_string(), "delivery": id, "state": state, "error": alert.last_error})
        })
        .collect();
    let held: Vec<_> = way
        .held
        .iter()
        .map(|held| {
            json!({"name": held.name, "recipient": held.recipient.to_string(), "why": "copy",
                   "copy_of": {"title": held.title, "url": held.url, "source": held.source}})
        })
        .collect();
    let (look, waiting) = way.looks.json();
    json!({
        "looked": look, "held_changes": waiting,
        "url": url, "seen": true, "entries": entries, "article": article, "sources": sightings, "mentions": mentions,
        "alerts": alerts, "held_back": held, "story": way.story,
    })
}
