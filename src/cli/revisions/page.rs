//! A change as an HTML page that stands alone.

use super::diff::Pair;
use crate::model::WordChange;

const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
    del{background:#fbe3dc;text-decoration:line-through}ins{background:#dff2e0;text-decoration:none}\
    p.gone{border-left:3px solid #e5b5a4;padding-left:.8rem}p.new{border-left:3px solid #a9d3ab;padding-left:.8rem}\
    .soft{color:#6b6b65}";

/// The page.
pub(super) fn page(pair: &Pair<'_>) -> String {
    let article = &pair.stored.article;
    let (title, url, heading) = (escaped(&article.title), escaped(&article.url), escaped(&pair.heading()));
    let link = if article.url.starts_with("http") { format!("<a href=\"{url}\">{url}</a>") } else { url };
    let words = pair.change.swaps();
    let words = words.iter().map(|pair| format!("<li>{}</li>", replaced(pair)));
    let words = words.collect::<Vec<_>>().concat();
    let gone = pair.change.removed.iter().map(|line| {
        format!(
            "<p class=\"gone\" dir=\"auto\">{}</p>\n",
            marked(line, pair.change.words.iter().map(|pair| &pair.from), "del")
        )
    });
    let new = pair.change.added.iter().map(|line| {
        format!(
            "<p class=\"new\" dir=\"auto\">{}</p>\n",
            marked(line, pair.change.words.iter().map(|pair| &pair.to), "ins")
        )
    });
    let lines = gone.chain(new).collect::<Vec<_>>().concat();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\
         <h1 dir=\"auto\">{title}</h1>\n<p class=\"soft\">{link}<br>{heading}</p>\n<ul>{words}</ul>\n{lines}</body></html>\n"
    )
}

fn replaced(WordChange { from, to, times }: &WordChange) -> String {
    let times = if *times > 1 { format!(" ×{times}") } else { String::new() };
    let before = if from.is_empty() { String::new() } else { format!("<del>{}</del>", escaped(from)) };
    let after = if to.is_empty() { String::new() } else { format!("<ins>{}</ins>", escaped(to)) };
    let arrow = if before.is_empty() || after.is_empty() { "" } else { " → " };
    [before.as_str(), arrow, &after, &times].concat()
}

/// The line with the first place of each of the words marked.
fn marked<'a>(line: &str, words: impl Iterator<Item = &'a String>, element: &str) -> String {
    let mut rest = line;
    let mut html = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        let Some((before, after)) = rest.split_once(word.as_str()) else { continue };
        let word = escaped(word);
        html = [html, escaped(before), format!("<{element}>{word}</{element}>")].concat();
        rest = after;
    }
    html + &escaped(rest)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
