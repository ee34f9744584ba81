//! `inspect entities`.

use std::process::ExitCode;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{input, print, worse};
use crate::alert::{Candidate, Rule};
use crate::cli::Session;
use crate::cli::args::InspectEntities;
use crate::config::{self, Catalogue};
use crate::entity::Matcher;
use crate::model::{Field, Mention};

/// A text as a `.json` file carries it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    title: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    source: String,
}

pub(super) fn run(session: &Session, arguments: &InspectEntities) -> anyhow::Result<ExitCode> {
    let path = session.config_path();
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let catalogue = config::catalogue(&text, &path.to_string_lossy())?;
    let rules = catalogue.alerts.iter().filter_map(|alert| alert.rule.as_ref());
    let matcher = Matcher::new(&catalogue.entities, &rules.flat_map(Rule::phrases).collect::<Vec<_>>())?;
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.paths {
        let answer = document(path).map(|document| inspect(&matcher, &catalogue, &document));
        code = worse(code, print(path, answer)?);
    }
    Ok(code)
}

fn document(path: &str) -> anyhow::Result<Document> {
    let text = String::from_utf8(input::file(path)?).with_context(|| format!("{path} is not UTF-8"))?;
    if std::path::Path::new(path).extension().is_some_and(|extension| extension == "json") {
        return serde_json::from_str(&text)
            .with_context(|| format!("{path} is not of the form {{title, lead, body, source}}"));
    }
    Ok(Document { body: text, ..Document::default() })
}

fn inspect(matcher: &Matcher, catalogue: &Catalogue, document: &Document) -> Value {
    let fields = [
        (Field::Title, document.title.as_str()),
        (Field::Lead, &document.lead),
        (Field::Body, &document.body),
    ];
    let found = matcher.find(&fields);
    let candidate = Candidate { source: &document.source, tags: &[], matches: &found };
    let fired: Vec<_> =
        catalogue.alerts.iter().filter(|alert| alert.fires(candidate)).map(|alert| &alert.name).collect();
    json!({"mentions": found.mentions.iter().map(mention).collect::<Vec<_>>(), "alerts": fired})
}

fn mention(mention: &Mention) -> Value {
    json!({
        "entity": mention.entity, "alias": mention.alias, "surface": mention.surface,
        "start": mention.start, "end": mention.end, "field": mention.field,
    })
}
