//! `diemtin add URL`: a source more in sources.toml.

use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;

use super::args::Add;
use super::output::{self, Output};
use super::sources_file::{Outcome, SourcesFile};
use super::{Session, complain_of, discover};
use crate::config::edit::SourceTable;
use crate::model::SourceKind;
use crate::pipeline::Candidate;
use crate::text::language::primary;

pub(super) async fn run(session: &Session, arguments: Add) -> anyhow::Result<ExitCode> {
    let file = SourcesFile::open(session)?;
    refuse_known(&file, &arguments.url, arguments.name.as_deref())?;
    let found = discover::find(session, &arguments.url).await?;
    let best = found.best();
    let [candidate] = best.as_slice() else {
        if best.is_empty() {
            bail!("{}", discover::nothing(&arguments.url, &found));
        }
        discover::show(session.output, &best)?;
        complain_of("these are equally good; add one of them by its address.");
        return Ok(ExitCode::from(2));
    };
    // What was asked for is not there: that the site has something else must not go unnoticed.
    if let Some(error) = &found.page_error {
        discover::show(session.output, &best)?;
        complain_of(&format!("{error} This is what its site has; add it by its address if it is meant."));
        return Ok(ExitCode::from(2));
    }
    refuse_known(&file, candidate.url.as_str(), None)?;
    let source = table(&file, candidate, &arguments);
    if arguments.dry_run {
        output::line(source.block().trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    let outcome = file.add(std::slice::from_ref(&source))?;
    tell(session.output, &file, &source, outcome)?;
    Ok(ExitCode::SUCCESS)
}

fn refuse_known(file: &SourcesFile, url: &str, name: Option<&str>) -> anyhow::Result<()> {
    if let Some(place) = file.with_address(url) {
        bail!("{url} is watched already: {place}");
    }
    if let Some(place) = name.and_then(|name| file.with_name(name)) {
        bail!("the name is taken: {place}");
    }
    Ok(())
}

fn table(file: &SourcesFile, candidate: &Candidate, arguments: &Add) -> SourceTable {
    let url = candidate.url.to_string();
    let title = candidate.title.as_deref().unwrap_or_default();
    let kind = Some(candidate.kind).filter(|kind| *kind != SourceKind::Feed);
    let language = candidate.seen.as_ref().and_then(|seen| primary(seen.language.as_deref()?));
    let language = language.filter(|language| *language != file.language());
    let keys = [
        ("kind", kind.map(|kind| kind.as_str().to_owned())),
        ("every", arguments.every.clone()),
        ("language", language),
    ];
    SourceTable {
        name: arguments.name.clone().unwrap_or_else(|| file.free_name(title, &url)),
        url,
        tags: arguments.tags.clone(),
        keys: keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect(),
    }
}

fn tell(output: Output, file: &SourcesFile, source: &SourceTable, outcome: Outcome) -> anyhow::Result<()> {
    let is_written = outcome == Outcome::Written;
    match output {
        Output::Json => {
            output::json(&json!({"name": source.name, "url": source.url, "written": is_written}))?;
        }
        Output::Text if is_written => output::line(format!(
            "\"{}\" ({}) stands in {} now. A running daemon takes it up within seconds.",
            source.name,
            source.url,
            file.path.display()
        ))?,
        Output::Text => {}
    }
    Ok(())
}
