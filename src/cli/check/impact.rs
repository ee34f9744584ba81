//! `check --impact`: the file that was checked, tried on the stored articles.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::app;
use crate::cli::Session;
use crate::cli::args::Check;
use crate::cli::export::moment_since;
use crate::cli::output::{self, Output, counted};
use crate::cli::trial::{Fired, Pages, a_day, by_day};
use crate::clock::Clock;
use crate::config::Config;
use crate::model::Timestamp;
use crate::pipeline::{Plan, judge};
use crate::store::{Addressed, Store, StoredArticle, Traces};

/// What an `[[alert]]` or `[[digest]]` did, and would do.
#[derive(Debug, Default)]
struct Effect {
    /// Whether it stands in the file.
    is_defined: bool,
    /// The articles for which it would fire, the oldest first.
    fires: Vec<Fired>,
    /// Those of them for which it did not.
    new: Vec<Fired>,
    /// Those for which it did and would not.
    gone: Vec<Fired>,
}

/// An alert or a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Alert,
    Digest,
}

/// Everything that the file would do.
struct Impact {
    now: Timestamp,
    since: Timestamp,
    /// When the first article was filed that it was tried on.
    begun: Option<Timestamp>,
    articles: usize,
    effects: BTreeMap<(Kind, String), Effect>,
}

pub(super) async fn show(session: &Session, config: &Config, arguments: &Check) -> anyhow::Result<()> {
    let store = session.store()?;
    let now = Clock::System.now();
    let since = moment_since(&arguments.since, now)?;
    let impact = Impact::of(&app::plan(config)?, &store, (since, now)).await?;
    match session.output {
        Output::Json => output::json(&impact.as_json(arguments.limit))?,
        Output::Text => impact.show(arguments.limit)?,
    }
    Ok(())
}

impl Impact {
    async fn of(plan: &Plan, store: &Store, (since, now): (Timestamp, Timestamp)) -> anyhow::Result<Self> {
        let alerts = plan.alerts.iter().map(|alert| (Kind::Alert, alert.name.clone()));
        let digests = plan.digests.iter().map(|scheduled| (Kind::Digest, scheduled.digest.name.clone()));
        let defined = |key| (key, Effect { is_defined: true, ..Effect::default() });
        let effects = alerts.chain(digests).map(defined).collect();
        let mut impact = Self { now, since, begun: None, articles: 0, effects };
        let mut pages = Pages::since(store, since);
        while let Some(page) = pages.next().await? {
            let traces = store.traces(page.iter().map(|stored| stored.id).collect()).await?;
            for (stored, traces) in page.iter().zip(&traces) {
                impact.add(plan, stored, traces);
            }
        }
        Ok(impact)
    }

    fn add(&mut self, plan: &Plan, stored: &StoredArticle, traces: &Traces) {
        self.articles += 1;
        self.begun.get_or_insert(stored.first_seen_at);
        // Its age is that of the time when it came, which decided then.
        let judged = judge(plan, stored, traces, stored.first_seen_at);
        let fires = |causes: &[Addressed]| -> BTreeSet<String> {
            let names = causes.iter().filter(|_| judged.held.is_none()).map(|cause| cause.name.clone());
            names.collect()
        };
        let did = |causes: &BTreeSet<(String, String)>| -> BTreeSet<String> {
            causes.iter().map(|(name, _)| name.clone()).collect()
        };
        for (kind, fires, did) in [
            (Kind::Alert, fires(&judged.causes.alerts), did(&traces.alerts)),
            (Kind::Digest, fires(&judged.causes.digests), did(&traces.digests)),
        ] {
            for name in fires.union(&did) {
                let effect = self.effects.entry((kind, name.clone())).or_default();
                effect.add(Fired::of(stored), (fires.contains(name), did.contains(name)));
            }
        }
    }

    fn show(&self, limit: usize) -> std::io::Result<()> {
        output::line(format!(
            "\nTried on {} stored since {} (+ it would fire now and did not, - it did and would not):",
            counted(self.articles, "article"),
            self.since.rfc3339()
        ))?;
        for ((kind, name), effect) in &self.effects {
            output::line(self.sentence(*kind, name, effect))?;
            for (sign, changed) in [("  + ", &effect.new), ("  - ", &effect.gone)] {
                for fired in changed.iter().rev().take(limit) {
                    fired.show(sign)?;
                }
                if changed.len() > limit {
                    output::line(format!("{sign}… and {} more", changed.len() - limit))?;
                }
            }
        }
        Ok(())
    }

    /// How many that is a day; a store that is younger than what was asked for counts from its beginning.
    fn a_day(&self, count: usize) -> f64 {
        a_day(count, self.begun.unwrap_or(self.since), self.now)
    }

    fn sentence(&self, kind: Kind, name: &str, effect: &Effect) -> String {
        let what = kind.as_str();
        if !effect.is_defined {
            let gone = counted(effect.gone.len(), "article");
            return format!("{what} \"{name}\" stands in the file no more; it had {gone}.");
        }
        let (fires, daily) = (effect.fires.len(), self.a_day(effect.fires.len()));
        let verb = if kind == Kind::Alert { "would fire on" } else { "would take" };
        format!(
            "{what} \"{name}\" {verb} {}, {daily} a day: {} new, {} gone.",
            counted(fires, "article"),
            effect.new.len(),
            effect.gone.len()
        )
    }

    fn as_json(&self, limit: usize) -> Value {
        let examples =
            |fired: &[Fired]| fired.iter().rev().take(limit).map(Fired::as_json).collect::<Vec<_>>();
        let effects = self.effects.iter().map(|((kind, name), effect)| {
            json!({
                "kind": kind.as_str(), "name": name, "defined": effect.is_defined, "fires": effect.fires.len(),
                "per_day": self.a_day(effect.fires.len()), "days": by_day(&effect.fires),
                "new": effect.new.len(), "gone": effect.gone.len(),
                "new_examples": examples(&effect.new), "gone_examples": examples(&effect.gone),
            })
        });
        json!({"since": self.since.rfc3339(), "articles": self.articles, "impact": effects.collect::<Vec<_>>()})
    }
}

impl Effect {
    fn add(&mut self, article: Fired, (fires, did): (bool, bool)) {
        match (fires, did) {
            (true, false) => self.new.push(article.clone()),
            (false, true) => self.gone.push(article.clone()),
            _ => {}
        }
        if fires {
            self.fires.push(article);
        }
    }
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Digest => "digest",
        }
    }
}
