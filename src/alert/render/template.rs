//! Bodies of webhooks that the user writes: a template that reads no file, runs for a bounded time, and cannot be
//! talked out of its JSON by a headline.

use std::collections::BTreeSet;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value, context};
use serde_json::Value as Json;

use super::sample::sample;
use super::templates::Templates;
use super::view::Desk;
use super::webhook::webhook_body;
use super::{RenderError, letter};
use crate::model::{DeliveryKind, Language, Message, Timestamp};

/// Steps of a template: enough for some hundred articles with all their names.
const FUEL: u64 = 1_000_000;
/// Bytes of a body; no receiver wants more.
const LONGEST: usize = 256 * 1024;
/// Calls of macros within each other.
const DEEPEST: usize = 50;
/// What a template is given.
const NAMES: [&str; 5] = ["type", "timestamp", "data", "subject", "text"];

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateProblem {
    /// Counted from 1, where it is known.
    pub line: Option<usize>,
    /// The bytes of the template that are meant, where they are known.
    pub range: Option<std::ops::Range<usize>>,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

impl TemplateProblem {
    /// The line of the template that is meant, counted from 1.
    pub fn line_in(&self, template: &str) -> Option<usize> {
        let of_range = self.range.as_ref().and_then(|range| template.get(..range.start));
        self.line.or_else(|| of_range.map(|before| before.matches('\n').count() + 1))
    }
}

/// Tries the template on a message of each kind.
pub fn check_template(template: &str) -> Result<(), TemplateProblem> {
    let environment = environment(AutoEscape::Json);
    let read = environment.template_from_str(template).map_err(|error| problem(&error))?;
    let unknown: BTreeSet<String> =
        read.undeclared_variables(false).into_iter().filter(|name| !NAMES.contains(&name.as_str())).collect();
    if let Some(name) = unknown.first().filter(|name| !environment_knows(&environment, name)) {
        let message = format!(
            "the template names \"{name}\", which there is not; it is given {}, and \"data\" is that of a generic webhook",
            NAMES.join(", ")
        );
        return Err(TemplateProblem { line: None, range: place_of(template, name), message });
    }
    let desk = Desk::new(Language::En, chrono_tz::UTC);
    for kind in [DeliveryKind::Alert, DeliveryKind::Digest, DeliveryKind::Notice] {
        let message = sample(kind, Language::En, Timestamp::EPOCH);
        let values = values(&message, &desk, Timestamp::EPOCH).map_err(|error| TemplateProblem {
            line: None,
            range: None,
            message: error.to_string(),
        })?;
        filled(template, &values).map_err(|problem| TemplateProblem {
            message: format!("{} (for a message of type {})", problem.message, word_of(kind)),
            ..problem
        })?;
    }
    Ok(())
}

/// What `type` says.
fn word_of(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Alert => "alert",
        DeliveryKind::Digest => "digest",
        DeliveryKind::Notice => "notice",
    }
}

/// The body that the template makes of the message. Where it begins as JSON does it is JSON, and every value in it
/// is written as JSON, quotes included; else it is plain text.
pub(super) fn fill(
    template: &str,
    message: &Message,
    desk: &Desk,
    timestamp: Timestamp,
) -> Result<String, RenderError> {
    let values = values(message, desk, timestamp)?;
    filled(template, &values).map_err(|problem| {
        let line = problem.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        RenderError(format!("the template of this webhook failed{line}: {}", problem.message))
    })
}

fn filled(template: &str, values: &Value) -> Result<String, TemplateProblem> {
    let as_json = rendered(template, values, AutoEscape::Json)?;
    if !as_json.trim_start().starts_with(['{', '[']) {
        return rendered(template, values, AutoEscape::None);
    }
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&as_json) {
        let message = format!(
            "the template makes no JSON ({error}); in JSON write {{{{ subject }}}} without quotes around it, which come by themselves"
        );
        return Err(TemplateProblem { line: None, range: None, message });
    }
    Ok(as_json)
}

fn rendered(template: &str, values: &Value, escape: AutoEscape) -> Result<String, TemplateProblem> {
    let environment = environment(escape);
    let read = environment.template_from_str(template).map_err(|error| problem(&error))?;
    let text = read.render(values).map_err(|error| problem(&error))?;
    if text.len() > LONGEST {
        let message = format!("the template makes a body of more than {} KiB", LONGEST / 1024);
        return Err(TemplateProblem { line: None, range: None, message });
    }
    Ok(text)
}

/// There is no loader: `include`, `import` and `extends` find nothing.
fn environment(escape: AutoEscape) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| escape.clone());
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEEPEST);
    environment.set_debug(true);
    environment
}

/// Functions that the engine itself brings, such as `range`.
fn environment_knows(environment: &Environment<'_>, name: &str) -> bool {
    environment.globals().any(|(known, _)| known == name)
}

fn values(message: &Message, desk: &Desk, timestamp: Timestamp) -> Result<Value, RenderError> {
    let body: Json = serde_json::from_str(&webhook_body(message, timestamp)?)
        .map_err(|error| RenderError(error.to_string()))?;
    let mail = letter::write(message, desk, &Templates::default())?;
    let of_body = |field: &str| Value::from(Serde(body.get(field)));
    Ok(context! {
        type => of_body("type"),
        timestamp => of_body("timestamp"),
        data => of_body("data"),
        subject => mail.subject,
        text => mail.text.trim_end(),
    })
}

fn problem(error: &Error) -> TemplateProblem {
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    TemplateProblem { line: error.line(), range: error.range(), message: format!("in the template: {what}") }
}

/// Where the name stands as a word of its own.
fn place_of(template: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    template.match_indices(name).map(|(start, _)| start..start + name.len()).find(|place| {
        let before = template.get(..place.start).and_then(|text| text.chars().next_back());
        let after = template.get(place.end..).and_then(|text| text.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}
