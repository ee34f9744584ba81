//! `inspect change`.

use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Value, json};
use url::Url;

use super::input::{self, Input};
use super::print;
use crate::cli::Session;
use crate::cli::args::{InspectChange, PageMode};
use crate::cli::output::{self, Output};
use crate::config::WatchedPage;
use crate::extract::{Answer, Guide, Origin, Rules};
use crate::fetch::Kind;
use crate::model::{Change, Mode, Snapshot};
use crate::pipeline;
use crate::revision::{self, Comparison, Names};

/// Files of no source are read as if they came from here.
const NOWHERE: &str = "http://localhost/page";
/// Most lines of one side that are shown to people; `--json` has them all.
const MOST_LINES: usize = 40;

pub(super) async fn run(session: &Session, arguments: InspectChange) -> anyhow::Result<ExitCode> {
    match inspect(session, &arguments).await {
        Err(error) => print(&arguments.after, Err(error)),
        Ok(inspected) if arguments.explain && session.output == Output::Text => {
            output::line(in_words(&inspected))?;
            Ok(ExitCode::SUCCESS)
        }
        Ok(inspected) => {
            output::json(&as_json(&inspected, arguments.explain))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Two versions and how they differ.
struct Inspected {
    before: Snapshot,
    after: Snapshot,
    change: Change,
}

async fn inspect(session: &Session, arguments: &InspectChange) -> anyhow::Result<Inspected> {
    let watch = watch(session, arguments)?;
    let before = watch.snapshot(&input::read(session, &arguments.before, Kind::Page).await?, None);
    let mut history = Vec::new();
    for path in &arguments.history {
        history.push(watch.snapshot(&input::read(session, path, Kind::Page).await?, None));
    }
    let after = input::read(session, &arguments.after, Kind::Page).await?;
    let after = watch.snapshot(&after, Some(arguments));
    let change = revision::compare(&Comparison {
        before: &before,
        after: &after,
        history: &history,
        raised: None,
        options: &watch.page.options,
        names: &watch.names,
    });
    Ok(Inspected { before, after, change })
}

/// How versions are read and compared.
struct Watch {
    page: WatchedPage,
    names: Names,
    url: Url,
    timezone: chrono_tz::Tz,
    language: String,
}

impl Watch {
    /// What an answer says; `served` tells how it came where the file does not.
    fn snapshot(&self, input: &Input, served: Option<&InspectChange>) -> Snapshot {
        let content_type = served.and_then(|served| served.content_type.as_deref());
        let origin = Origin {
            url: input.url.as_ref().unwrap_or(&self.url),
            content_type: content_type.or(input.content_type.as_deref()),
            timezone: self.timezone,
            language: &self.language,
        };
        let status = served.and_then(|served| served.status).unwrap_or(200);
        let announced = served.and_then(|served| served.content_length);
        let answer = Answer { bytes: &input.bytes, status, announced, origin };
        pipeline::snapshot(answer, &self.page.view, Guide::default())
    }
}

/// As a source says, or as the usual page is watched.
fn watch(session: &Session, arguments: &InspectChange) -> anyhow::Result<Watch> {
    let mut watch = Watch {
        page: WatchedPage::default(),
        names: Names::default(),
        url: Url::parse(NOWHERE)?,
        timezone: chrono_tz::Asia::Ho_Chi_Minh,
        language: "vi".to_owned(),
    };
    if let Some(name) = arguments.source.as_deref() {
        let mut config = session.config()?;
        let found = config.sources.into_iter().find(|source| source.name == name);
        let source = found.with_context(|| format!("there is no source named \"{name}\""))?;
        let rules: Rules = config.rules.remove(name).unwrap_or_default();
        watch.page = config.pages.remove(name).unwrap_or_else(|| WatchedPage::of_articles(rules));
        let aliases = config.entities.iter().flat_map(|entity| &entity.aliases);
        watch.names = Names::new(aliases.map(|alias| alias.text.as_str()));
        (watch.url, watch.timezone, watch.language) = (source.url, source.timezone, source.language);
    }
    if let Some(mode) = arguments.mode {
        watch.page.view.mode = match mode {
            PageMode::Page => Mode::Page,
            PageMode::Article => Mode::Article,
            PageMode::Listing => Mode::Listing,
        };
    }
    Ok(watch)
}

fn as_json(inspected: &Inspected, explain: bool) -> Value {
    let Inspected { before, after, change } = inspected;
    let mut whole = json!(change);
    if let (true, Value::Object(fields)) = (explain, &mut whole) {
        fields.insert("explain".to_owned(), json!({"before": before, "after": after}));
    }
    whole
}

fn in_words(inspected: &Inspected) -> String {
    let Change { changed, kind, significance, added, removed, words, ignored } = &inspected.change;
    let kind = kind.map(|kind| word(&kind)).unwrap_or_default();
    let mut lines = vec![match (changed, kind.as_str()) {
        (true, kind) => format!("changed: {kind}, significance {significance:.2}"),
        (false, "") => "unchanged".to_owned(),
        (false, state) => format!("no version of the page: {state}; what was stored stays"),
    }];
    for (sign, texts) in [('-', removed), ('+', added)] {
        lines.extend(texts.iter().take(MOST_LINES).map(|text| format!("  {sign} {}", shown(text))));
        let more = texts.len().saturating_sub(MOST_LINES);
        lines.extend((more > 0).then(|| format!("  {sign} … and {more} more; see --json")));
    }
    lines.extend(words.iter().map(|word| format!("  {:?} → {:?}", shown(&word.from), shown(&word.to))));
    if !ignored.is_empty() {
        lines.push("  does not count:".to_owned());
        lines.extend(ignored.iter().map(|ignored| format!("    {}: {}", ignored.why, shown(&ignored.text))));
    }
    for (name, snapshot) in [("before", &inspected.before), ("after", &inspected.after)] {
        let items = snapshot.links.iter().filter(|link| link.listed).count();
        let listed = if snapshot.mode == Mode::Listing { format!(", {items} items") } else { String::new() };
        lines.push(format!("  {name}: {} lines{listed}", snapshot.lines.len()));
        lines.extend((!snapshot.note.is_empty()).then(|| format!("    {}", shown(&snapshot.note))));
    }
    lines.join("\n")
}

/// What a page says must not steer the terminal.
fn shown(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// The word that JSON has for a value.
fn word(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
