//! `inspect entities`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{input, print, worse};
use crate::alert::{Candidate, Evidence, Rule};
use crate::cli::Session;
use crate::cli::args::InspectEntities;
use crate::cli::output::{self, Output};
use crate::config::{self, Catalogue};
use crate::entity::{Explainer, Matcher, NearMiss, Obstacle};
use crate::model::{Field, Mention};
use crate::text::normalise::normalise;

/// A text as a `.json` file carries it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    title: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    captions: String,
    #[serde(default)]
    source: String,
    /// Of the source: alerts may ask for them.
    #[serde(default)]
    tags: Vec<String>,
}

pub(super) fn run(session: &Session, arguments: &InspectEntities) -> anyhow::Result<ExitCode> {
    let path = session.config_path();
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let inspection = Inspection::of(config::catalogue(&text, &path.to_string_lossy())?, arguments.explain)?;
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.paths {
        let answer = document(path).map(|document| inspection.answer(&document));
        code = worse(code, show(session, path, answer)?);
    }
    Ok(code)
}

/// JSON, but for an explanation that nobody asked to have as JSON.
fn show(session: &Session, path: &str, answer: anyhow::Result<Answer>) -> anyhow::Result<ExitCode> {
    match answer {
        Ok(Answer { misses: Some(misses), mentions, alerts, document }) if session.output == Output::Text => {
            output::line(format!("{path}: {} mentions; alerts: {}", mentions.len(), listed(&alerts)))?;
            for line in explained(&misses, &document) {
                output::line(line)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        other => print(path, other.map(|answer| answer.as_json())),
    }
}

fn listed(alerts: &[String]) -> String {
    if alerts.is_empty() { "none".to_owned() } else { alerts.join(", ") }
}

fn document(path: &str) -> anyhow::Result<Document> {
    let text = String::from_utf8(input::file(path)?).with_context(|| format!("{path} is not UTF-8"))?;
    if std::path::Path::new(path).extension().is_some_and(|extension| extension == "json") {
        return serde_json::from_str(&text).with_context(|| {
            format!("{path} is not of the form {{title, lead, body, captions, source, tags}}")
        });
    }
    Ok(Document { body: text, ..Document::default() })
}

/// What texts are inspected with.
struct Inspection {
    catalogue: Catalogue,
    matcher: Matcher,
    explainer: Option<Explainer>,
}

/// What is said of one text.
struct Answer {
    mentions: Vec<Mention>,
    alerts: Vec<String>,
    /// `None` where nobody asked.
    misses: Option<Vec<NearMiss>>,
    document: Document,
}

impl Inspection {
    fn of(catalogue: Catalogue, explains: bool) -> anyhow::Result<Self> {
        let rules = catalogue.alerts.iter().filter_map(|alert| alert.rule.as_ref());
        let matcher = Matcher::new(&catalogue.entities, &rules.flat_map(Rule::phrases).collect::<Vec<_>>())?;
        let explainer = if explains { Some(Explainer::new(&catalogue.entities)?) } else { None };
        Ok(Self { catalogue, matcher, explainer })
    }

    fn answer(&self, document: &Document) -> Answer {
        let (fields, source) = (document.fields(), document.source.as_str());
        let found = self.matcher.find(source, &fields);
        let evidence = Evidence::of(&found, &fields);
        let candidate = Candidate { source, tags: &document.tags, evidence: &evidence };
        let fired = self.catalogue.alerts.iter().filter(|alert| alert.fires(candidate));
        Answer {
            alerts: fired.map(|alert| alert.name.clone()).collect(),
            misses: self.explainer.as_ref().map(|explainer| explainer.near_misses(source, &fields)),
            mentions: found.mentions,
            document: document.clone(),
        }
    }
}

impl Document {
    fn fields(&self) -> [(Field, &str); 4] {
        [
            (Field::Title, self.title.as_str()),
            (Field::Lead, self.lead.as_str()),
            (Field::Body, self.body.as_str()),
            (Field::Captions, self.captions.as_str()),
        ]
    }
}

impl Answer {
    fn as_json(&self) -> Value {
        let mentions: Vec<_> = self.mentions.iter().map(mention).collect();
        let mut answer = json!({"mentions": mentions, "alerts": self.alerts});
        if let (Some(misses), Value::Object(fields)) = (&self.misses, &mut answer) {
            fields.insert("explain".to_owned(), json!(misses));
        }
        answer
    }
}

/// A line for each near miss; what fails for the same reason is told once, with its number.
fn explained(misses: &[NearMiss], document: &Document) -> Vec<String> {
    if misses.is_empty() {
        return vec!["  Every spelling that stands in it counts.".to_owned()];
    }
    let mut alike: BTreeMap<(&str, &str, &[Obstacle]), Vec<&NearMiss>> = BTreeMap::new();
    for miss in misses {
        alike.entry((&miss.entity, &miss.alias, &miss.obstacles)).or_default().push(miss);
    }
    let lines = alike.into_iter().filter_map(|((entity, alias, obstacles), all)| {
        let first = all.first()?;
        let (_, text) = document.fields().into_iter().find(|(field, _)| *field == first.field)?;
        let why: Vec<String> = obstacles.iter().map(Obstacle::to_string).collect();
        let more = if all.len() > 1 { format!(" ({} times)", all.len()) } else { String::new() };
        let place = around(text, first.start, first.end);
        Some(format!("  {entity}, alias {alias:?}, not in {place:?}{more}: {}", why.join("; ")))
    });
    lines.collect()
}

/// What stands at a place, with the words around it.
fn around(text: &str, start: usize, end: usize) -> String {
    let from = text.floor_char_boundary(start.saturating_sub(CONTEXT));
    let to = text.ceil_char_boundary(end + CONTEXT);
    let before = text.get(from..start).unwrap_or_default();
    let after = text.get(end..to).unwrap_or_default();
    // No word is cut, where there are spaces.
    let first = if from == 0 { None } else { before.find(char::is_whitespace) };
    let last = if to == text.len() { None } else { after.rfind(char::is_whitespace) };
    let (from, to) = (from + first.unwrap_or(0), end + last.unwrap_or(after.len()));
    normalise(text.get(from..to).unwrap_or_default())
}

/// Bytes on each side of a near miss.
const CONTEXT: usize = 24;

fn mention(mention: &Mention) -> Value {
    json!({
        "entity": mention.entity, "alias": mention.alias, "surface": mention.surface,
        "start": mention.start, "end": mention.end, "field": mention.field,
    })
}
