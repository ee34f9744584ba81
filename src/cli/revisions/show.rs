//! A change on a terminal: before in red, after in green, the replaced words marked.

use console::{Alignment, Style, Term, pad_str};

use super::super::output;
use super::diff::Pair;
use crate::model::WordChange;

/// Columns of a terminal that does not say how wide it is.
const WIDTH: usize = 120;

/// One line under the other.
pub(super) fn inline(pair: &Pair<'_>) -> anyhow::Result<()> {
    head(pair)?;
    let (red, green) = (Style::new().red(), Style::new().green());
    for line in &pair.change.removed {
        output::line(red.apply_to(format!("- {}", quiet(line))).to_string())?;
    }
    for line in &pair.change.added {
        output::line(green.apply_to(format!("+ {}", quiet(line))).to_string())?;
    }
    Ok(())
}

/// Before on the left, after on the right.
pub(super) fn side_by_side(pair: &Pair<'_>) -> anyhow::Result<()> {
    head(pair)?;
    let width = Term::stdout().size_checked().map_or(WIDTH, |(_, columns)| usize::from(columns));
    let column = width.saturating_sub(3).max(20) / 2;
    let (red, green) = (Style::new().red(), Style::new().green());
    let (removed, added) = (&pair.change.removed, &pair.change.added);
    for place in 0..removed.len().max(added.len()) {
        let left = removed.get(place).map(|line| wrapped(line, column)).unwrap_or_default();
        let right = added.get(place).map(|line| wrapped(line, column)).unwrap_or_default();
        for row in 0..left.len().max(right.len()) {
            let cell = |lines: &[String]| lines.get(row).cloned().unwrap_or_default();
            let left = pad_str(&cell(&left), column, Alignment::Left, None).into_owned();
            output::line(format!("{} │ {}", red.apply_to(left), green.apply_to(cell(&right))))?;
        }
        output::line("")?;
    }
    Ok(())
}

fn head(pair: &Pair<'_>) -> anyhow::Result<()> {
    let bold = Style::new().bold();
    output::line(bold.apply_to(quiet(&pair.stored.article.title)).to_string())?;
    output::line(quiet(&pair.stored.article.url))?;
    output::line(pair.heading())?;
    for words in &pair.change.swaps() {
        output::line(format!("  {}", replaced(words)))?;
    }
    output::line("")?;
    if pair.change.added.is_empty() && pair.change.removed.is_empty() && pair.change.words.is_empty() {
        output::line("No difference.")?;
    }
    Ok(())
}

/// What a stranger wrote must not steer the terminal.
fn quiet(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn replaced(WordChange { from, to, times }: &WordChange) -> String {
    let (from, to) = (quiet(from), quiet(to));
    let times = if *times > 1 { format!(" (×{times})") } else { String::new() };
    let (red, green) = (Style::new().red().bold(), Style::new().green().bold());
    match (from.is_empty(), to.is_empty()) {
        (true, _) => format!("{}{times}", green.apply_to(format!("+ {to}"))),
        (_, true) => format!("{}{times}", red.apply_to(format!("- {from}"))),
        _ => format!("{} → {}{times}", red.apply_to(from), green.apply_to(to)),
    }
}

/// The text in lines of at most `width` columns, broken at spaces where there are any.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in quiet(text).split_inclusive(|c: char| c.is_whitespace() || c > '\u{2E80}') {
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() && console::measure_text_width(line) + console::measure_text_width(word) > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(word);
        }
    }
    lines
}
