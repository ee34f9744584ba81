//! `diemtin search`: stored articles, newest first.

use std::process::ExitCode;

use serde_json::json;

use super::Session;
use super::args::Search;
use super::output::{self, Output};
use crate::text::normalise::{normalise, search_form};

/// Characters of text shown under a headline.
const EXCERPT: usize = 200;

pub(super) async fn run(session: &Session, arguments: Search) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let phrases = phrases(&arguments.words).iter().map(|phrase| search_form(phrase)).collect();
    let found = store.search(phrases, arguments.limit).await?;
    for hit in &found {
        let article = &hit.article;
        match session.output {
            Output::Json => output::json(&json!({
                "id": hit.id, "url": article.url, "title": article.title, "source": hit.source, "lead": article.lead,
                "published": article.published.map(|moment| moment.to_string()), "first_seen": hit.first_seen_at.rfc3339(),
            }))?,
            Output::Text => {
                let when = article
                    .published
                    .map_or_else(|| hit.first_seen_at.rfc3339(), |moment| moment.to_string());
                output::line(format!("{}\n  {} · {when}\n  {}", article.title, hit.source, article.url))?;
                let text = if article.lead.is_empty() { article.text() } else { article.lead.clone() };
                output::line(format!("  {}\n", excerpt(&text)))?;
            }
        }
    }
    if found.is_empty() && session.output == Output::Text {
        output::line("Nothing found. / Không tìm thấy.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An argument with spaces was quoted for the shell, so it is a phrase; so is what stands between quotes.
fn phrases(words: &[String]) -> Vec<String> {
    let quoted = words.iter().flat_map(|word| word.split('"').map(str::to_owned).collect::<Vec<_>>());
    quoted.filter(|phrase| !phrase.trim().is_empty()).collect()
}

fn excerpt(text: &str) -> String {
    let text = normalise(text);
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
