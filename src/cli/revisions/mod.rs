//! `diemtin history`, `diff` and `changes`: what was edited, and how.

mod diff;
mod page;
mod show;

use std::process::ExitCode;
use std::str::FromStr;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::Session;
use super::args::revisions::{Changes, History};
use super::export::moment_since;
use super::looks::Looks;
use super::output::{self, Output};
use crate::clock::Clock;
use crate::dedup::canonical_url;
use crate::model::{ArticleId, Change, ChangeKind, Language};
use crate::store::{Store, StoredArticle, Version};

pub(super) use diff::diff;

/// `history`: the versions of one article or page.
pub(super) async fn history(session: &Session, arguments: History) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let stored = find(&store, &arguments.text).await?;
    let versions = store.versions(stored.id).await?;
    let looks = Looks::of(&store, stored.id).await?;
    if session.output == Output::Json {
        let versions: Vec<Value> =
            numbered(&versions).map(|(number, version)| as_json(number, version)).collect();
        let (look, held) = looks.json();
        output::json(&json!({
            "id": stored.id, "url": stored.article.url, "title": stored.article.title, "source": stored.source,
            "looked": look, "held_changes": held,
            "first_seen": stored.first_seen_at.rfc3339(), "versions": versions,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    output::line(format!("{}\n{}\n{}", stored.article.title, stored.source, stored.article.url))?;
    if versions.is_empty() {
        output::line(format!("1  {}  as it was filed; no edit was found", stored.first_seen_at))?;
    }
    for (number, version) in numbered(&versions) {
        let what = version.change.as_ref().map_or_else(|| "as it was filed".to_owned(), told);
        output::line(format!("{number}  {}  {what}", version.fetched_at))?;
    }
    looks.lines(Language::En, &|at| at.rfc3339()).into_iter().try_for_each(output::line)?;
    Ok(ExitCode::SUCCESS)
}

/// `changes`: every change of a while.
pub(super) async fn changes(session: &Session, arguments: Changes) -> anyhow::Result<ExitCode> {
    let since = moment_since(&arguments.since, Clock::System.now())?;
    let found = session.store()?.changes_since(since, arguments.limit).await?;
    for recorded in &found {
        let Some(change) = &recorded.version.change else { continue };
        if session.output == Output::Json {
            output::json(&json!({
                "article": recorded.article, "revision": recorded.version.id, "title": recorded.title,
                "source": recorded.source, "url": recorded.version.url,
                "fetched": recorded.version.fetched_at.rfc3339(),
                "change": Change { words: change.swaps(), ..change.clone() },
            }))?;
            continue;
        }
        let (at, what) = (recorded.version.fetched_at, told(change));
        output::line(format!(
            "{at}  {what}\n  {} · {}\n  {}",
            recorded.title, recorded.source, recorded.version.url
        ))?;
    }
    if found.is_empty() && session.output == Output::Text {
        output::line(format!("Nothing was changed since {since}. / Chưa có thay đổi nào."))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The article or page of this address or identity.
async fn find(store: &Store, text: &str) -> anyhow::Result<StoredArticle> {
    let found = match ArticleId::from_str(text) {
        Ok(id) => store.article(id).await?,
        Err(_) => store.article_by_url(canonical_url(text)).await?,
    };
    found.with_context(|| {
        format!("{text} is not stored; give the address of an article or of a watched page (`diemtin search`, `diemtin why`)")
    })
}

fn numbered(versions: &[Version]) -> impl Iterator<Item = (usize, &Version)> {
    versions.iter().enumerate().map(|(place, version)| (place + 1, version))
}

fn as_json(number: usize, version: &Version) -> Value {
    let hash = version
        .body_hash
        .map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat());
    json!({
        "number": number, "id": version.id, "fetched": version.fetched_at.rfc3339(), "url": version.url,
        "etag": version.validators.0, "last_modified": version.validators.1, "sha256": hash, "epoch": version.epoch,
        "change": version.change,
    })
}

/// What happened, with the first words that were replaced.
fn told(change: &Change) -> String {
    let first = change.words.iter().find(|pair| !pair.from.is_empty() && !pair.to.is_empty());
    let words =
        first.map(|pair| format!(": {} → {}", short(&pair.from), short(&pair.to))).unwrap_or_default();
    format!("{}{words}", label(change.kind))
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// What a person calls a kind of change.
fn label(kind: Option<ChangeKind>) -> &'static str {
    match kind {
        Some(ChangeKind::TakenDown) => "taken down",
        Some(ChangeKind::Truncated) => "cut off at a wall",
        Some(ChangeKind::Restored) => "is back",
        Some(ChangeKind::ItemAdded) => "new item",
        Some(ChangeKind::ItemRemoved) => "item gone",
        Some(ChangeKind::ItemEdited) => "item renamed",
        Some(ChangeKind::Reordered) => "items reordered",
        Some(ChangeKind::Correction) => "correction",
        Some(ChangeKind::TitleEdit) => "headline edited",
        Some(ChangeKind::Moved) => "paragraphs moved",
        Some(ChangeKind::ParagraphAdded) => "paragraph added",
        Some(ChangeKind::ParagraphRemoved) => "paragraph removed",
        Some(ChangeKind::NumberEdit) => "number edited",
        Some(ChangeKind::EntityEdit) => "name edited",
        Some(ChangeKind::Minor) => "spelling edited",
        _ => "edited",
    }
}
