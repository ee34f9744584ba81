//! `diemtin search`: stored articles, newest first.

use std::ffi::OsString;
use std::ops::Range;
use std::process::ExitCode;

use anyhow::anyhow;
use console::style;
use serde_json::json;

use super::args::Search;
use super::output::{self, Output};
use super::{Session, complain_of};
use crate::clock::Clock;
use crate::config;
use crate::model::Field;
use crate::pipeline::{FindError, Found, Parts, find};
use crate::search::{Excerpt, Query, QueryError, typed};
use crate::store::StoredArticle;

pub(super) async fn run(session: &Session, arguments: Search) -> anyhow::Result<ExitCode> {
    let words: Vec<String> =
        arguments.words.iter().map(|word| word.trim_start_matches(SIGNED).to_owned()).collect();
    let text = typed(&words);
    let query = match Query::parse(&text, Clock::System.now()) {
        Ok(query) => query,
        Err(error) => return Ok(refused(&text, &error)),
    };
    let store = session.store()?;
    let found = match find(&store, &query, arguments.limit, || tracked(session)).await {
        Ok(found) => found,
        Err(FindError::Query(error)) => return Ok(refused(&text, &error)),
        Err(FindError::Store(error)) => return Err(error.into()),
    };
    for stored in &found.articles {
        match session.output {
            Output::Json => output::json(&as_json(stored, &query))?,
            Output::Text => output::line(in_words(stored, &query))?,
        }
    }
    if session.output == Output::Text && found.articles.is_empty() {
        output::line("Nothing found. / Không tìm thấy.")?;
    }
    if let Some(note) = note(&found) {
        complain_of(&note);
    }
    Ok(ExitCode::SUCCESS)
}

/// Stands in front of a `-word`; nobody types it.
const SIGNED: char = '\u{1}';

/// The arguments of the program, with a sign in front of each `-word` of a search, which would otherwise be taken for an option.
pub(super) fn with_signs(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let (mut is_search, mut are_words) = (false, false);
    let mut signed = Vec::new();
    for argument in arguments {
        are_words |= argument == "--";
        let unwanted = argument.to_str().filter(|_| is_search && !are_words).and_then(unwanted);
        if let Some(word) = unwanted {
            signed.push(OsString::from(format!("{SIGNED}-{word}")));
            continue;
        }
        is_search |= argument == "search";
        signed.push(argument);
    }
    signed
}

/// What stands behind the sign of a word that is not wanted; `-v`, `-h` and `-V` are options.
fn unwanted(argument: &str) -> Option<&str> {
    let word = argument.strip_prefix('-')?;
    let is_option = word.chars().all(|c| c == 'v') || matches!(word, "h" | "V");
    let is_word = word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“'));
    (is_word && !is_option).then_some(word)
}

/// Wrong use: what is wrong, and where in the query.
fn refused(text: &str, error: &QueryError) -> ExitCode {
    complain_of(&output::pointed_at(&error.message, text, error.start..error.end));
    ExitCode::from(2)
}

/// The entities of sources.toml; none where it cannot be read.
fn tracked(session: &Session) -> Vec<String> {
    let path = session.config_path();
    let text = std::fs::read_to_string(&path).map_err(|error| anyhow!(error));
    let catalogue = text.and_then(|text| Ok(config::catalogue(&text, &path.to_string_lossy())?));
    catalogue.map_or_else(
        |error| {
            tracing::debug!("sources.toml is not asked for names: {error}");
            Vec::new()
        },
        |catalogue| catalogue.entities.into_iter().map(|entity| entity.name).collect(),
    )
}

/// What a reader must know of the answer.
fn note(found: &Found) -> Option<String> {
    if found.has_other_marks {
        return Some(
            "no article has these words with the marks you typed; these have them with others.".to_owned(),
        );
    }
    let read = found.gave_up_after?;
    Some(format!(
        "only the newest {read} articles with these words were read; narrow the search with until:, source: or entity: to see older ones."
    ))
}

fn excerpt(stored: &StoredArticle, query: &Query) -> Excerpt {
    let article = &stored.article;
    let texts = [&article.lead].into_iter().chain(&article.paragraphs).chain(&article.captions);
    query.excerpt(&texts.map(String::as_str).collect::<Vec<_>>())
}

fn in_words(stored: &StoredArticle, query: &Query) -> String {
    let article = &stored.article;
    let when = article.published.map_or_else(|| stored.first_seen_at.rfc3339(), |moment| moment.to_string());
    let title = visible(&article.title);
    let title = bold(&title, &query.places(&title));
    let Excerpt { text, found } = excerpt(stored, query);
    format!(
        "{title}\n  {} · {when}\n  {}\n  {}\n",
        visible(&stored.source),
        visible(&article.url),
        bold(&text, &found)
    )
}

/// What an article writes must not steer the terminal.
fn visible(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// The text with these places in bold, where a terminal shows it.
fn bold(text: &str, places: &[Range<usize>]) -> String {
    let (mut shown, mut at) = (String::new(), 0);
    for place in places {
        shown.push_str(text.get(at..place.start).unwrap_or_default());
        shown += &style(text.get(place.clone()).unwrap_or_default()).bold().to_string();
        at = place.end;
    }
    shown + text.get(at..).unwrap_or_default()
}

fn as_json(stored: &StoredArticle, query: &Query) -> serde_json::Value {
    let article = &stored.article;
    let Excerpt { text, found } = excerpt(stored, query);
    let parts = Parts::of(article);
    let fields = parts.fields();
    let found_in = fields.iter().filter(|(_, text)| !query.places(text).is_empty());
    let fields: Vec<Field> = found_in.map(|(field, _)| *field).collect();
    json!({
        "id": stored.id, "url": article.url, "title": article.title, "source": stored.source, "lead": article.lead,
        "published": article.published.map(|moment| moment.to_string()), "first_seen": stored.first_seen_at.rfc3339(),
        "language": article.language, "snippet": text,
        "found": found.iter().map(|place| [place.start, place.end]).collect::<Vec<_>>(), "fields": fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_behind_a_minus_is_no_option() {
        for (typed, read) in [
            ("diemtin search chip -Intel --limit 3 -v", "diemtin search chip ~-Intel --limit 3 -v"),
            ("diemtin -v --json search -entity:SMIC chip", "diemtin -v --json search ~-entity:SMIC chip"),
            ("diemtin search -- -Intel", "diemtin search -- -Intel"),
            ("diemtin search - -h -vv", "diemtin search - -h -vv"),
            ("diemtin poll -q", "diemtin poll -q"),
        ] {
            let signed = with_signs(typed.split(' ').map(OsString::from));
            assert_eq!(
                signed.join(std::ffi::OsStr::new(" ")),
                read.replace('~', &SIGNED.to_string()).as_str()
            );
        }
    }
}
