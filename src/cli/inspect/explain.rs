//! `inspect article --explain`: how an article came about, for people.

use crate::extract::{BodyChoice, Dropped, Explanation};
use crate::model::Article;

/// Most parts of the page that are shown; `--json` has them all.
const MOST_DROPPED: usize = 60;

/// The article in a few lines, then what led to it.
pub(super) fn in_words(path: &str, article: &Article, explanation: &Explanation) -> String {
    let mut lines = vec![path.to_owned(), format!("  verdict: {}", word(&article.verdict))];
    let published = article.published.map(|at| at.to_string()).unwrap_or_default();
    let values = [
        ("title", article.title.clone()),
        ("lead", article.lead.clone()),
        ("authors", article.authors.join(", ")),
        ("published", published),
        ("modified", article.modified.map(|at| at.to_string()).unwrap_or_default()),
        ("language", article.language.clone().unwrap_or_default()),
        ("site", article.site.clone().unwrap_or_default()),
        ("image", article.image.clone().unwrap_or_default()),
        ("canonical_url", article.canonical_url.clone()),
    ];
    for (field, value) in values {
        let places = explanation.fields.get(field).map(|places| places.join("; "));
        let from = places.map(|places| format!("  [{places}]")).unwrap_or_default();
        let value = if value.is_empty() { "-" } else { &value };
        lines.push(format!("  {field}: {}{from}", shown(value)));
    }
    let (paragraphs, captions) = (article.paragraphs.len(), article.captions.len());
    lines.push(format!(
        "  text: {paragraphs} paragraphs, {} characters, {captions} captions",
        article.text().chars().count()
    ));
    lines.extend(article.notes.iter().map(|note| format!("  note: {}", shown(note))));
    lines.push(String::new());
    lines.extend(body(explanation.body.as_ref()));
    lines.push(String::new());
    lines.push("  left out:".to_owned());
    lines.extend(explanation.dropped.iter().take(MOST_DROPPED).map(dropped));
    let more = explanation.dropped.len().saturating_sub(MOST_DROPPED);
    if more > 0 {
        lines.push(format!("    … and {more} more; see --json"));
    }
    lines.join("\n")
}

fn body(choice: Option<&BodyChoice>) -> Vec<String> {
    let Some(choice) = choice else { return vec!["  body: no element holds running text".to_owned()] };
    let score = choice.score.map(|score| format!("  score {score:.0}")).unwrap_or_default();
    let by = if choice.by == "rule" { "by the rule `body`" } else { "guessed" };
    let mut lines = vec![format!("  body, {by}:")];
    lines.extend(choice.paths.iter().map(|path| format!("    {path}{score}")));
    if !choice.runners_up.is_empty() {
        lines.push("  next best:".to_owned());
    }
    let next = choice.runners_up.iter();
    lines.extend(next.map(|next| format!("    {}  score {:.0}", next.path, next.score)));
    lines
}

fn dropped(part: &Dropped) -> String {
    format!("    {}: {}\n      {}", part.reason.in_words(), part.path, shown(&part.text))
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
