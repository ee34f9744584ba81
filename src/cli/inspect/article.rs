//! `inspect article`.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono_tz::Tz;
use serde_json::{Value, json};
use url::Url;

use super::{input, print, worse};
use crate::cli::Session;
use crate::cli::args::InspectArticle;
use crate::cli::export::hex;
use crate::dedup::content_hash;
use crate::extract::{self, Origin, Place};
use crate::fetch::Kind;
use crate::model::Article;
use crate::pipeline::Assembly;

/// Files without an address are read as if they came from here.
const NOWHERE: &str = "http://localhost/";

pub(super) async fn run(session: &Session, arguments: InspectArticle) -> anyhow::Result<ExitCode> {
    let (timezone, language) = habits(session, arguments.source.as_deref())?;
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.paths {
        let answer = inspect(session, path, arguments.url.as_ref(), (timezone, &language)).await;
        code = worse(code, print(path, answer)?);
    }
    Ok(code)
}

async fn inspect(
    session: &Session,
    path: &str,
    url: Option<&Url>,
    habits: (Tz, &str),
) -> anyhow::Result<Value> {
    let input = input::read(session, path, Kind::Page).await?;
    let url = match input.url.or_else(|| url.cloned()) {
        Some(url) => url,
        None => Url::parse(NOWHERE)?,
    };
    let (timezone, language) = habits;
    let origin = Origin { url: &url, content_type: input.content_type.as_deref(), timezone, language };
    let first = extract::part(&input.bytes, origin, Place { first: &url, number: 1 });
    let mut whole = Assembly::of(first);
    while let Some((address, number)) = whole.wanted().filter(|_| path.starts_with("http")) {
        match input::read(session, address.as_str(), Kind::Page).await {
            Ok(input) => {
                let from = input.url.as_ref().unwrap_or(&address);
                let content_type = input.content_type.as_deref();
                let origin = Origin { url: from, content_type, timezone, language };
                whole.add(extract::part(&input.bytes, origin, Place { first: &url, number }));
            }
            Err(error) => whole.give_up(&format!("{error:#}")),
        }
    }
    Ok(as_json(&whole.finished()))
}

/// Time zone and language of a source; the usual ones without a name.
fn habits(session: &Session, source: Option<&str>) -> anyhow::Result<(Tz, String)> {
    let Some(name) = source else { return Ok((chrono_tz::Asia::Ho_Chi_Minh, "vi".to_owned())) };
    let config = session.config()?;
    let found = config.sources.into_iter().find(|source| source.name == name);
    let source = found.with_context(|| format!("there is no source named \"{name}\""))?;
    Ok((source.timezone, source.language))
}

fn as_json(article: &Article) -> Value {
    json!({
        "url": article.url, "canonical_url": article.canonical_url, "title": article.title, "authors": article.authors,
        "published": article.published, "modified": article.modified, "language": article.language, "site": article.site,
        "image": article.image, "lead": article.lead, "paragraphs": article.paragraphs, "captions": article.captions,
        "text": article.text(), "attribution": article.attribution, "content_hash": content_hash(article).map(hex),
        "verdict": article.verdict, "extent": article.extent, "notes": article.notes,
    })
}
