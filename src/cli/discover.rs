//! `diemtin discover URL`: the sources of a site, best first.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::json;
use url::{Host, Url};

use super::args::Discover;
use super::inspect::input;
use super::output::{self, Misuse, Output};
use super::{Session, complain_of};
use crate::clock::Clock;
use crate::pipeline::{Candidate, Cores, Discovered, Scout, discover};

/// Characters of a title that are shown.
const WIDEST_TITLE: usize = 40;

pub(super) async fn run(session: &Session, arguments: Discover) -> anyhow::Result<ExitCode> {
    let found = find(session, &arguments.url).await?;
    show(session.output, &found.candidates.iter().collect::<Vec<_>>())?;
    if !found.candidates.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    complain_of(&nothing(&arguments.url, &found));
    Ok(ExitCode::FAILURE)
}

/// Why nothing was found, as a sentence.
pub(super) fn nothing(url: &str, found: &Discovered) -> String {
    let why =
        found.page_error.as_deref().unwrap_or("The page names no feed, and none lies at the usual places.");
    format!(
        "no source was found for {url} with {} requests. {why} If you know the feed's address, give that one.",
        found.requests
    )
}

/// Looks for the sources of what was typed.
pub(super) async fn find(session: &Session, text: &str) -> anyhow::Result<Discovered> {
    let addresses = addresses(text)?;
    let fetcher = input::fetcher_in_any_case(session)?;
    let scout = Scout { fetcher, cores: Cores::all(), clock: Clock::System };
    let mut failure = None;
    for address in addresses {
        match discover(&scout, &address).await {
            Ok(found) => return Ok(found),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or_else(|| bail!("{text} is no address"), |error| Err(error.into()))
}

/// The address; without a scheme, https and then http. What has a port or is an IP address is tried without TLS first.
fn addresses(text: &str) -> anyhow::Result<Vec<Url>> {
    let text = text.trim();
    let read = |text: &str| Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    if text.contains("://") {
        let url = read(text).with_context(|| format!("{text} is no http or https address"))?;
        return Ok(vec![url]);
    }
    let secure = read(&format!("https://{text}"));
    let plain = read(&format!("http://{text}"));
    let is_own = plain.as_ref().is_some_and(|url| {
        url.port().is_some() || !matches!(url.host(), Some(Host::Domain(name)) if name.contains('.'))
    });
    let mut both: Vec<Url> = [secure, plain].into_iter().flatten().collect();
    if is_own {
        both.reverse();
    }
    if both.is_empty() {
        bail!(Misuse(format!("{text} is no address; write one such as https://example.org/")));
    }
    Ok(both)
}

/// One line, or JSON object, a candidate.
pub(super) fn show(output: Output, candidates: &[&Candidate]) -> anyhow::Result<()> {
    if output == Output::Json {
        for candidate in candidates {
            output::json(&as_json(candidate))?;
        }
        return Ok(());
    }
    if candidates.is_empty() {
        return Ok(());
    }
    let header = ["TITLE", "KIND", "FORMAT", "ENTRIES", "NEWEST", "LANGUAGE", "ADDRESS"].map(str::to_owned);
    let rows: Vec<[String; 7]> =
        std::iter::once(header).chain(candidates.iter().map(|found| row(found))).collect();
    for row in &rows {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
            let width = if column + 1 == row.len() { 0 } else { width.unwrap_or(0) };
            format!("{cell:width$}")
        });
        output::line(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

fn row(candidate: &Candidate) -> [String; 7] {
    let title: String = candidate.title.as_deref().unwrap_or("-").chars().take(WIDEST_TITLE).collect();
    let kind = candidate.kind.as_str().to_owned();
    let Some(seen) = &candidate.seen else {
        let dash = || "-".to_owned();
        return [title, kind, "not tried".to_owned(), dash(), dash(), dash(), candidate.url.to_string()];
    };
    let newest = seen.newest.map_or_else(|| "-".to_owned(), |at| at.to_string().chars().take(10).collect());
    let language = seen.language.clone().unwrap_or_else(|| "-".to_owned());
    let format = format!("{:?}", seen.format).to_lowercase();
    [title, kind, format, seen.entries.to_string(), newest, language, candidate.url.to_string()]
}

fn as_json(candidate: &Candidate) -> serde_json::Value {
    let seen = candidate.seen.as_ref();
    json!({
        "url": candidate.url, "kind": candidate.kind.as_str(), "title": candidate.title, "found": candidate.origin.as_str(),
        "tried": seen.is_some(), "format": seen.map(|seen| seen.format), "entries": seen.map(|seen| seen.entries),
        "newest": seen.and_then(|seen| seen.newest).map(|at| at.to_string()),
        "language": seen.and_then(|seen| seen.language.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_may_be_left_out() {
        for (text, first) in [
            ("bao.example/so-hoa", Some("https://bao.example/so-hoa")),
            ("http://bao.example", Some("http://bao.example/")),
            ("localhost:8080/x", Some("http://localhost:8080/x")),
            ("127.0.0.1", Some("http://127.0.0.1/")),
            ("ftp://bao.example/", None),
            ("", None),
            ("not an address", None),
        ] {
            let found = addresses(text).ok().and_then(|found| found.first().map(Url::to_string));
            assert_eq!(found.as_deref(), first, "{text}");
        }
    }
}
