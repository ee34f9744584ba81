//! Stored articles as the present plan judges them: which entities they mention, which alerts and digests they belong to.

use super::context::Plan;
use super::ingest::item;
use super::parts::Parts;
use super::tongue::Told;
use crate::alert::{Candidate, Evidence, admit_article};
use crate::entity::prominence;
use crate::model::{Field, HeldBack, Item, Matches, Moment, Prominence, Source, Timestamp};
use crate::store::{Addressed, Causes, Filing, Kindred, Lessons, Restraints, StoredArticle, Traces};

/// What follows from a stored article.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The entities that it mentions.
    pub entities: Vec<Prominence>,
    /// The alerts that fire and the digests that take it, whether or not it is held back.
    pub causes: Causes,
    /// Why it does not alert.
    pub held: Option<HeldBack>,
    /// The message item about it; `None` where its source is no longer configured.
    pub item: Option<Item>,
}

/// Judges an article. Its age is told from `now`: what was too old when it was filed stays so.
pub fn judge(plan: &Plan, stored: &StoredArticle, traces: &Traces, now: Timestamp) -> Judged {
    let parts = Parts::of(&stored.article);
    let fields = parts.fields();
    let first = plan.matcher.find(&stored.source, &fields);
    let entities = prominence(&first.mentions);
    let mut causes = Causes::default();
    let configured = |name: &String| plan.sources.get(name);
    let mut brought = vec![&stored.source];
    brought.extend(traces.sources.iter().filter(|name| **name != stored.source));
    for (index, source) in brought.iter().copied().filter_map(configured).enumerate() {
        let is_first = index == 0 && source.name == stored.source;
        let own;
        let matches = if is_first || !plan.matcher.binds_some_to_sources() {
            &first
        } else {
            own = plan.matcher.find(&source.name, &fields);
            &own
        };
        let all = causes_by(plan, source, matches, &fields);
        // Another source makes only those true that ask which source it is.
        join(&mut causes, if is_first { all } else { plan.only_by_source(&all) });
    }
    let source = brought.into_iter().find_map(configured);
    Judged {
        held: source.and_then(|source| held(stored, traces, source, now)),
        item: source.map(|source| {
            let told = Told::of(&stored.article, &parts, &first.mentions, plan.language);
            Item { observed_at: stored.first_seen_at, ..item(&stored.article, source, told, &fields) }
        }),
        entities,
        causes,
    }
}

fn causes_by(plan: &Plan, source: &Source, matches: &Matches, fields: &[(Field, &str)]) -> Causes {
    let evidence = Evidence::of(matches, fields);
    plan.causes(Candidate { source: &source.name, tags: &source.tags, evidence: &evidence })
}

fn join(causes: &mut Causes, more: Causes) {
    let add = |all: &mut Vec<Addressed>, more: Vec<Addressed>| {
        for cause in more {
            if !all.contains(&cause) {
                all.push(cause);
            }
        }
    };
    add(&mut causes.alerts, more.alerts);
    add(&mut causes.digests, more.digests);
}

fn held(stored: &StoredArticle, traces: &Traces, source: &Source, now: Timestamp) -> Option<HeldBack> {
    if traces.is_held {
        return Some(HeldBack::TooOld);
    }
    // An article without a date is as old as the time since it was filed.
    let seen = Moment::Instant(stored.first_seen_at.to_utc().fixed_offset());
    admit_article(&[stored.article.published, Some(seen)], source, now)
}

impl Judged {
    /// What the store is given to add what is missing of `causes`.
    pub fn filing(
        &self,
        stored: StoredArticle,
        (causes, restraints): (Causes, Restraints),
        now: Timestamp,
    ) -> Option<Filing> {
        Some(Filing {
            article: stored.article,
            url_keys: Vec::new(),
            content_hash: stored.content_hash,
            bands: Vec::new(),
            kindred: Kindred::default(),
            entities: self.entities.clone(),
            search_title: String::new(),
            search_body: String::new(),
            held: self.held,
            if_new: causes,
            if_known: Causes::default(),
            restraints,
            item: self.item.clone()?,
            at: now,
            epoch: stored.epoch.unwrap_or_default(),
            track: None,
            lessons: Lessons::default(),
        })
    }
}
