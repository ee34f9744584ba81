//! `inspect article`.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono_tz::Tz;
use serde_json::{Value, json};
use url::Url;

use super::input::{self, Input};
use super::{explain, print, worse};
use crate::cli::Session;
use crate::cli::args::InspectArticle;
use crate::cli::export::hex;
use crate::cli::output::{self, Output};
use crate::dedup::content_hash;
use crate::extract::{self, Explain, Guide, Learnt, Origin, Place, Reading, Rules};
use crate::fetch::Kind;
use crate::pipeline::Assembly;
use crate::store::Store;

/// Files without an address are read as if they came from here.
const NOWHERE: &str = "http://localhost/";

pub(super) async fn run(session: &Session, arguments: InspectArticle) -> anyhow::Result<ExitCode> {
    let habits = habits(session, arguments.source.as_deref())?;
    let store = if arguments.learnt { Some(session.store()?) } else { None };
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.paths {
        let answer = inspect(session, path, &arguments, (&habits, store.as_ref())).await;
        code = worse(code, show(session, path, answer)?);
    }
    Ok(code)
}

/// One JSON object; words for people where an explanation was asked for without `--json`.
fn show(session: &Session, path: &str, answer: anyhow::Result<Reading>) -> anyhow::Result<ExitCode> {
    match answer {
        Ok(Reading { article, explanation: Some(explanation), .. }) if session.output == Output::Text => {
            output::line(explain::in_words(path, &article, &explanation))?;
            Ok(ExitCode::SUCCESS)
        }
        answer => print(path, answer.map(|reading| as_json(&reading))),
    }
}

async fn inspect(
    session: &Session,
    path: &str,
    arguments: &InspectArticle,
    (habits, store): (&Habits, Option<&Store>),
) -> anyhow::Result<Reading> {
    let input = input::read(session, path, Kind::Page).await?;
    let url = match input.url.clone().or_else(|| arguments.url.clone()) {
        Some(url) => url,
        None => Url::parse(NOWHERE)?,
    };
    let explain = if arguments.explain { Explain::Yes } else { Explain::No };
    let learnt = match store {
        Some(store) => store.learnt_of_host(Learnt::host_of(&url)).await?,
        None => None,
    };
    let learnt: Option<Learnt> = learnt.and_then(|stored| serde_json::from_str(&stored).ok());
    let guide = Guide { rules: Some(&habits.rules), learnt: learnt.as_ref(), explain };
    let mut reading = habits.read(&input, &url, guide, Place { first: &url, number: 1 });
    let mut whole = Assembly::of(reading.article, reading.next.take());
    while let Some((address, number)) = whole.wanted().filter(|_| path.starts_with("http")) {
        match input::read(session, address.as_str(), Kind::Page).await {
            Ok(input) => {
                let from = input.url.as_ref().unwrap_or(&address);
                let part = habits.read(&input, from, guide, Place { first: &url, number });
                whole.add(part.article, part.next);
            }
            Err(error) => whole.give_up(&format!("{error:#}")),
        }
    }
    Ok(Reading { article: whole.finished(), ..reading })
}

/// What is known of a source.
struct Habits {
    timezone: Tz,
    language: String,
    rules: Rules,
}

impl Habits {
    fn read(&self, input: &Input, url: &Url, guide: Guide<'_>, place: Place<'_>) -> Reading {
        let content_type = input.content_type.as_deref();
        let origin = Origin { url, content_type, timezone: self.timezone, language: &self.language };
        extract::read_part(&input.bytes, origin, guide, place)
    }
}

/// Those of a source; the usual ones without a name.
fn habits(session: &Session, source: Option<&str>) -> anyhow::Result<Habits> {
    let Some(name) = source else {
        let (timezone, language) = (chrono_tz::Asia::Ho_Chi_Minh, "vi".to_owned());
        return Ok(Habits { timezone, language, rules: Rules::default() });
    };
    let mut config = session.config()?;
    let found = config.sources.into_iter().find(|source| source.name == name);
    let source = found.with_context(|| format!("there is no source named \"{name}\""))?;
    let rules = config.rules.remove(name).unwrap_or_default();
    Ok(Habits { timezone: source.timezone, language: source.language, rules })
}

fn as_json(reading: &Reading) -> Value {
    let article = &reading.article;
    let mut whole = json!({
        "url": article.url, "canonical_url": article.canonical_url, "title": article.title, "authors": article.authors,
        "published": article.published, "modified": article.modified, "language": article.language, "site": article.site,
        "image": article.image, "lead": article.lead, "paragraphs": article.paragraphs, "captions": article.captions,
        "text": article.text(), "attribution": article.attribution, "content_hash": content_hash(article).map(hex),
        "verdict": article.verdict, "extent": article.extent, "notes": article.notes,
    });
    if let (Value::Object(fields), Some(explanation)) = (&mut whole, &reading.explanation) {
        fields.insert("explain".to_owned(), json!(explanation));
    }
    whole
}
