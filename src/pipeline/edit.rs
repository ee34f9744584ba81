//! What follows from two versions of a text: how they differ, which alerts and digests take it, what is told.

use std::collections::BTreeSet;

use super::Plan;
use super::text::Text;
use crate::alert::{Edited, Evidence};
use crate::entity::{prominence, snippets};
use crate::model::ChangeKind;
use crate::model::{
    Article, ArticleId, Change, Field, Item, ItemChange, Matches, Prominence, Reason, RevisionId, Snapshot,
    Snippet, Source, Timestamp,
};
use crate::revision::{Comparison, Names, Options, compare};
use crate::store::{Addressed, FiredEdit};

/// How much it matters that a text is there again: as much as that it was cut off.
const OF_RETURN: f64 = 0.8;

/// Two versions of a text, and what decides how they are compared.
pub(super) struct Versions<'a> {
    pub(super) reason: Reason,
    pub(super) source: &'a Source,
    pub(super) before: &'a Snapshot,
    pub(super) after: &'a Snapshot,
    pub(super) history: &'a [Snapshot],
    pub(super) raised: Option<ChangeKind>,
    pub(super) options: &'a Options,
}

/// How two versions differ, and what follows.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) change: Change,
    pub(super) alerts: Vec<FiredEdit>,
    pub(super) digests: Vec<Addressed>,
    pub(super) entities: Vec<Prominence>,
    snippets: Vec<Snippet>,
    appeared: Vec<String>,
    vanished: Vec<String>,
}

/// Compares two versions; entities are those tracked today in both, so that one that is tracked since yesterday did not appear.
pub(super) fn find(plan: &Plan, versions: &Versions<'_>) -> Found {
    let Versions { source, before, after, .. } = *versions;
    let texts = [Fields::of(before), Fields::of(after)];
    let fields = texts.each_ref().map(Fields::all);
    let [was, is] = fields.each_ref().map(|fields| plan.matcher.find(&source.name, fields));
    let names = Names::new(was.mentions.iter().chain(&is.mentions).map(|mention| mention.surface.as_str()));
    let mut change = compare(&Comparison {
        before,
        after,
        history: versions.history,
        raised: versions.raised,
        options: versions.options,
        names: &names,
    });
    if is_back(versions, &change) {
        change = restored(change);
    }
    let mut found = Found {
        appeared: missing(&is, &was),
        vanished: missing(&was, &is),
        entities: prominence(&is.mentions),
        snippets: snippets(&is.mentions, &fields[1]),
        change,
        alerts: Vec::new(),
        digests: Vec::new(),
    };
    if found.change.changed {
        let evidence = [Evidence::of(&was, &fields[0]), Evidence::of(&is, &fields[1])];
        take_causes(plan, versions, &evidence, &mut found);
    }
    found
}

/// Whether the text is there again after it was told that it is not.
fn is_back(versions: &Versions<'_>, change: &Change) -> bool {
    let was_missed = matches!(versions.raised, Some(ChangeKind::TakenDown | ChangeKind::Truncated));
    let is_version = change.kind.is_none_or(|kind| kind > ChangeKind::Restored);
    was_missed && versions.after.state.is_none() && is_version
}

/// That is news even where it says what it said before.
fn restored(change: Change) -> Change {
    let significance = change.significance.max(OF_RETURN);
    Change { changed: true, kind: Some(ChangeKind::Restored), significance, ..change }
}

fn take_causes(plan: &Plan, versions: &Versions<'_>, evidence: &[Evidence<'_>; 2], found: &mut Found) {
    let Versions { source, before, after, reason, .. } = *versions;
    let changed = [
        Fields::of_changed(before, after, &found.change.removed),
        Fields::of_changed(after, before, &found.change.added),
    ];
    let fields = changed.each_ref().map(Fields::all);
    let matches = fields.each_ref().map(|fields| plan.matcher.find(&source.name, fields));
    let [before, after] = evidence;
    let edited = Edited {
        reason,
        source: &source.name,
        tags: &source.tags,
        before,
        after,
        removed: &Evidence::of(&matches[0], &fields[0]),
        added: &Evidence::of(&matches[1], &fields[1]),
        change: &found.change,
    };
    let fired = plan.alerts.iter().filter(|alert| alert.fires_on(&edited));
    let alerts = fired.map(|alert| FiredEdit {
        rule: alert.name.clone(),
        to: alert.to.clone(),
        settle: alert.edits.settle,
    });
    let digests = plan.digests.iter().map(|scheduled| &scheduled.digest);
    let taken = digests.filter(|digest| digest.takes_edit(&edited));
    let digests = taken.flat_map(|digest| {
        digest
            .to
            .iter()
            .map(|recipient| Addressed { name: digest.name.clone(), recipient: recipient.clone() })
    });
    (found.alerts, found.digests) = (alerts.collect(), digests.collect());
}

impl Found {
    /// The message item about the change of an article, but for the names of alerts.
    pub(super) fn item(
        &self,
        (id, article): (ArticleId, &Article),
        (source, reason): (&str, Reason),
        versions: (RevisionId, RevisionId),
        at: Timestamp,
    ) -> Item {
        let lead = if article.lead.is_empty() {
            article.paragraphs.first().cloned().unwrap_or_default()
        } else {
            article.lead.clone()
        };
        Item {
            alerts: Vec::new(),
            reason,
            observed_at: at,
            id,
            url: article.url.clone(),
            canonical_url: article.canonical_url.clone(),
            title: article.title.clone(),
            authors: article.authors.clone(),
            source: source.to_owned(),
            published: article.published,
            language: article.language.clone(),
            lead,
            attribution: article.attribution.clone(),
            extent: article.extent,
            entities: self.entities.clone(),
            snippets: self.snippets.clone(),
            change: Some(self.told(versions)),
            story: None,
        }
    }

    /// The change between two versions as a message tells it.
    pub(super) fn told(&self, (before, after): (RevisionId, RevisionId)) -> ItemChange {
        ItemChange {
            change: self.change.clone(),
            before,
            after,
            appeared: self.appeared.clone(),
            vanished: self.vanished.clone(),
        }
    }
}

/// The entities that `one` mentions and `other` does not, in the order of their names.
fn missing(one: &Matches, other: &Matches) -> Vec<String> {
    let names = |matches: &Matches| -> BTreeSet<String> {
        matches.mentions.iter().map(|mention| mention.entity.clone()).collect()
    };
    names(one).difference(&names(other)).cloned().collect()
}

/// A text in the fields that names are looked for in.
struct Fields {
    title: String,
    lead: String,
    body: String,
}

impl Fields {
    fn of(snapshot: &Snapshot) -> Self {
        let links = snapshot.links.iter().filter(|link| link.listed).map(|link| link.text.as_str());
        let body: Vec<&str> = snapshot.lines.iter().map(String::as_str).chain(links).collect();
        Self { title: snapshot.title.clone(), lead: snapshot.lead.clone(), body: body.join("\n\n") }
    }

    /// What of `one` differs from `other`, and the lines that do.
    fn of_changed(one: &Snapshot, other: &Snapshot, lines: &[String]) -> Self {
        let if_other = |one: &String, other: &String| if one == other { String::new() } else { one.clone() };
        let is_field = |line: &&String| **line == one.title || **line == one.lead;
        let body: Vec<&str> = lines.iter().filter(|line| !is_field(line)).map(String::as_str).collect();
        Self {
            title: if_other(&one.title, &other.title),
            lead: if_other(&one.lead, &other.lead),
            body: body.join("\n\n"),
        }
    }

    fn all(&self) -> [(Field, &str); 3] {
        [(Field::Title, &self.title), (Field::Lead, &self.lead), (Field::Body, &self.body)]
    }
}

/// What a version is written down with.
pub(super) fn recorded(
    id: RevisionId,
    text: Text,
    raw: &super::text::Raw,
    validators: (Option<String>, Option<String>),
) -> crate::store::NewRevision {
    crate::store::NewRevision {
        id,
        fetched_at: raw.at,
        url: raw.page.url.to_string(),
        validators,
        body_hash: Some(raw.hash),
        epoch: text.epoch,
        text_hash: text.hash,
        text: text.snapshot,
    }
}
