//! `diemtin rescan`: the present entities on the articles that are stored already.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::bail;
use indicatif::ProgressBar;
use serde_json::json;

use super::Session;
use super::args::Rescan;
use super::export::moment_since;
use super::output::{self, Output, counted};
use super::trial::Pages;
use crate::app;
use crate::clock::Clock;
use crate::daemon;
use crate::model::Timestamp;
use crate::pipeline::{Judged, Plan, judge, place};
use crate::store::{self, Addressed, Causes, Rescanned, Store, StoredArticle, Traces};
use crate::text::fold;

/// What is looked for again.
struct Task {
    plan: Plan,
    since: Timestamp,
    /// `None`: every entity.
    only: Option<String>,
    raise: Raise,
}

/// What is done about alerts and digest items that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raise {
    /// They are counted.
    Count,
    /// They are raised.
    Now,
}

/// What was done.
#[derive(Debug, Default)]
struct Tally {
    articles: usize,
    done: Rescanned,
    /// Alerts and digest items that are missing, whether or not they were raised.
    missing: (usize, usize),
    /// Articles that would alert and are too old.
    held: usize,
    interrupted: bool,
}

pub(super) async fn run(session: &Session, arguments: Rescan) -> anyhow::Result<ExitCode> {
    let config = session.config()?;
    let store = session.store()?;
    let since = moment_since(&arguments.since, Clock::System.now())?;
    let raise = if arguments.alert { Raise::Now } else { Raise::Count };
    let mut task = Task { plan: app::plan(&config)?, since, only: None, raise };
    if let Some(name) = &arguments.entity {
        let tracked = config.entities.iter().map(|entity| entity.name.clone());
        task.only = Some(meant(name, tracked.chain(store.mentioned_entities().await?).collect())?);
    }
    let tally = task.run(&store).await?;
    tally.show(session.output, &task)?;
    Ok(if tally.interrupted { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The entity of this name, case aside.
fn meant(name: &str, known: Vec<String>) -> anyhow::Result<String> {
    let key = fold::key(name);
    match known.into_iter().find(|known| fold::key(known) == key) {
        Some(found) => Ok(found),
        None => bail!("there is no entity named \"{name}\"; `diemtin entities` lists them"),
    }
}

impl Task {
    async fn run(&self, store: &Store) -> anyhow::Result<Tally> {
        let mut tally = Tally::default();
        let mut pages = Pages::since(store, self.since);
        let mut stop = std::pin::pin!(daemon::stop_signal()?);
        let bar = ProgressBar::new_spinner();
        while let Some(page) = pages.next().await? {
            tokio::select! {
                biased;
                () = &mut stop => {
                    tally.interrupted = true;
                    break;
                }
                () = std::future::ready(()) => {}
            }
            tally.articles += page.len();
            let traces = store.traces(page.iter().map(|stored| stored.id).collect()).await?;
            let now = Clock::System.now();
            let mut looked_at = Vec::new();
            for (stored, traces) in page.into_iter().zip(traces) {
                let looked = self.look_at(&stored, &traces, now, &mut tally);
                looked_at.extend(self.beside_kin(&stored, &traces, looked));
            }
            tally.add(store.rescan(looked_at).await?);
            bar.set_message(format!("{} articles, up to {}", tally.articles, now.rfc3339()));
            bar.tick();
        }
        bar.finish_and_clear();
        Ok(tally)
    }

    /// What changes for an article; `None` where nothing does.
    fn look_at(
        &self,
        stored: &StoredArticle,
        traces: &Traces,
        now: Timestamp,
        tally: &mut Tally,
    ) -> Option<(Judged, store::Rescan)> {
        let judged = judge(&self.plan, stored, traces, now);
        let mentions = self.mentions(&judged, traces);
        let mut missing = missing(&judged.causes, traces);
        if judged.held.is_some() {
            tally.held += usize::from(!missing.alerts.is_empty() || !missing.digests.is_empty());
            missing = Causes::default();
        }
        tally.missing.0 += missing.alerts.len();
        tally.missing.1 += missing.digests.len();
        let causes = if self.raise == Raise::Now { missing } else { Causes::default() };
        if mentions.is_empty() && causes == Causes::default() {
            return None;
        }
        let id = stored.id;
        let restraints = self.plan.restraints(now);
        let filing = judged.filing(stored.clone(), (causes, restraints), now);
        Some((judged, store::Rescan { id, mentions, filing, placing: None }))
    }

    /// What changes, with the kin of an article that somebody is to be told of or that is the first time of interest to anyone.
    fn beside_kin(
        &self,
        stored: &StoredArticle,
        traces: &Traces,
        looked: Option<(Judged, store::Rescan)>,
    ) -> Option<store::Rescan> {
        let (judged, rescan) = looked?;
        let causes = rescan.filing.as_ref().map(|filing| filing.if_new.clone()).unwrap_or_default();
        let concerned_nobody =
            traces.entities.is_empty() && traces.alerts.is_empty() && traces.digests.is_empty();
        let is_found = rescan.mentions.iter().any(|(_, found)| found.is_some());
        if causes == Causes::default() && !(concerned_nobody && is_found) {
            return Some(rescan);
        }
        let placing = place(&self.plan, stored, (&causes, &judged.entities));
        Some(store::Rescan { placing, ..rescan })
    }

    /// What is to be noted otherwise than it is.
    fn mentions(&self, judged: &Judged, traces: &Traces) -> Vec<(String, Option<crate::model::Prominence>)> {
        let names = judged.entities.iter().chain(&traces.entities).map(|entity| &entity.name);
        let names: BTreeSet<&String> =
            names.filter(|name| self.only.as_ref().is_none_or(|only| only == *name)).collect();
        let of = |entities: &[crate::model::Prominence], name: &String| {
            entities.iter().find(|entity| entity.name == *name).cloned()
        };
        let now = names.into_iter().map(|name| (name, of(&judged.entities, name)));
        let changed = now.filter(|(name, found)| *found != of(&traces.entities, name));
        changed.map(|(name, found)| (name.clone(), found)).collect()
    }
}

/// The causes that the article has not had.
fn missing(causes: &Causes, traces: &Traces) -> Causes {
    let not_in = |had: &BTreeSet<(String, String)>, all: &[Addressed]| -> Vec<Addressed> {
        let is_new = |cause: &&Addressed| !had.contains(&(cause.name.clone(), cause.recipient.to_string()));
        all.iter().filter(is_new).cloned().collect()
    };
    Causes {
        alerts: not_in(&traces.alerts, &causes.alerts),
        digests: not_in(&traces.digests, &causes.digests),
    }
}

impl Tally {
    fn add(&mut self, more: Rescanned) {
        let done = &mut self.done;
        done.added += more.added;
        done.changed += more.changed;
        done.removed += more.removed;
        done.alerts += more.alerts;
        done.items += more.items;
        done.copies += more.copies;
    }

    fn show(&self, output: Output, task: &Task) -> anyhow::Result<()> {
        let Rescanned { added, changed, removed, alerts, items, copies } = self.done;
        if output == Output::Json {
            return Ok(output::json(&json!({
                "since": task.since.rfc3339(), "entity": task.only, "articles": self.articles, "added": added, "changed": changed,
                "removed": removed, "alerts": alerts, "digest_items": items, "missing_alerts": self.missing.0,
                "missing_digest_items": self.missing.1, "held_back": self.held, "copies": copies, "interrupted": self.interrupted,
            }))?);
        }
        let begun = if self.interrupted { "Interrupted after looking again at" } else { "Looked again at" };
        output::line(format!(
            "{begun} {} stored since {}: {} added, {changed} changed, {removed} removed.",
            counted(self.articles, "article"),
            task.since.rfc3339(),
            counted(added, "mention")
        ))?;
        match task.raise {
            Raise::Now => output::line(format!(
                "Raised {} and added {} to digests. A running daemon sends them within a minute; without one, `diemtin poll` does.",
                counted(alerts, "alert"),
                counted(items, "item")
            ))?,
            Raise::Count => output::line(format!(
                "Nobody was alerted. With --alert it would raise {} and add {} to digests.",
                counted(self.missing.0, "alert"),
                counted(self.missing.1, "item")
            ))?,
        }
        if copies > 0 {
            output::line(format!("Held back as copies of what was told before: {copies}."))?;
        }
        if self.held > 0 {
            let articles = counted(self.held, "article");
            output::line(format!(
                "Held back: {articles} published longer ago than `max_age` or `backfill` allows."
            ))?;
        }
        if self.interrupted {
            output::line("What is done stays done; the same command goes on with the rest.")?;
        }
        Ok(())
    }
}
