//! `diemtin why URL`: one article's whole way.

mod page;
mod spellings;
mod words;

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Session;
use super::args::Why;
use super::looks::Looks;
use super::outbox::Standings;
use super::output::{self, Output};
use crate::config;
use crate::dedup::canonical_url;
use crate::model::{ArticleId, ItemStory, Timestamp};
use crate::store::{EntryHistory, HeldCopy, OutboxRow, RaisedAlert, Sighting, Store, StoredArticle};
use page::Page;
use spellings::Spellings;
use words::Words;

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
    /// The messages that tell of it.
    messages: Vec<OutboxRow>,
    looks: Looks,
}

pub(super) async fn run(session: &Session, arguments: Why) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let mut way = found(&store, &arguments.url).await?;
    let words = Words::of(config::language(&session.config_path()).unwrap_or_default());
    way.spellings = way.article.as_ref().and_then(|stored| Spellings::of(session, stored));
    if way.is_empty() {
        let unseen = if is_address(&arguments.url) { words.never_seen } else { words.no_address };
        match session.output {
            Output::Json => output::json(&json!({"url": arguments.url, "seen": false}))?,
            Output::Text => output::line(unseen.replace("{url}", &arguments.url))?,
        }
        return Ok(ExitCode::FAILURE);
    }
    let standings = Standings::gather(session, &store).await?;
    match session.output {
        Output::Json => output::json(&as_json(&arguments.url, &way))?,
        Output::Text => {
            let page = Page { words, standings: &standings };
            page.lines(&way).into_iter().try_for_each(output::line)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The way of the article of this address, with or without its scheme, or of this identity.
async fn found(store: &Store, typed: &str) -> anyhow::Result<Way> {
    let typed = typed.trim();
    if let Ok(id) = typed.parse::<ArticleId>() {
        let Some(stored) = store.article(id).await? else { return Ok(Way::default()) };
        return gather(store, &stored.article.url).await;
    }
    let way = gather(store, typed).await?;
    if !way.is_empty() || typed.contains("://") {
        return Ok(way);
    }
    let way = gather(store, &format!("https://{typed}")).await?;
    if way.is_empty() { gather(store, &format!("http://{typed}")).await } else { Ok(way) }
}

/// Whether this may be the address of a page or the identity of an article.
fn is_address(typed: &str) -> bool {
    let typed = typed.trim();
    let is_host = |host: &str| host.contains(['.', ':']) && !host.contains(char::is_whitespace);
    typed.contains("://")
        || typed.parse::<ArticleId>().is_ok()
        || typed.split('/').next().is_some_and(is_host)
}

impl Way {
    /// Whether nothing is known of it.
    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.article.is_none()
    }
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
    let alerts = store.raised_alerts(id).await?;
    let mut messages: Vec<OutboxRow> = Vec::new();
    for (message, _) in alerts.iter().filter_map(|alert| alert.delivery) {
        if messages.iter().all(|row| row.delivery.id != message) {
            messages.extend(store.find_deliveries(message.to_string()).await?);
        }
    }
    Ok(Way {
        entries,
        article,
        sightings: store.sightings(id).await?,
        mentions: store.mentions(id).await?,
        alerts,
        messages,
        story: store.story_of(id).await?,
        held: store.held_copies(id).await?,
        spellings: None,
        looks: Looks::of(store, id).await?,
    })
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
