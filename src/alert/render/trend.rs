//! How often entities were in the news of late, as bars of block characters: every mail program shows them, in the HTML and in the
//! plain text, without an image.

use serde::Serialize;

use super::clean::short_line;
use crate::model::Trend;

/// Characters of the name of an entity.
const NAME: usize = 40;
/// The most columns of a trend, however many days a message brings.
const MOST_DAYS: usize = 31;
/// Counts beyond this are no longer told apart.
const MANY: usize = 1_000_000;
/// No bar for none, the lowest for one at least, the highest for the most on a day.
const NONE: char = '▁';
const HEIGHTS: [char; 7] = ['▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A trend as the templates see it.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// The entity.
    name: String,
    /// Runs of columns, oldest first.
    bars: Vec<Run>,
    /// Articles of the last day, and of all of them.
    last_day: usize,
    all_days: usize,
}

/// Columns beside each other that all stand for articles, or all for none.
#[derive(Debug, Serialize)]
struct Run {
    text: String,
    idle: bool,
}

/// The rows of these trends, each scaled by itself: a rise of a seldom name matters as much as one of a frequent name.
pub(super) fn rows(trends: &[Trend]) -> Vec<Row> {
    trends.iter().map(row).collect()
}

fn row(trend: &Trend) -> Row {
    let most = trend.days.iter().copied().max().unwrap_or(0);
    let mut bars: Vec<Run> = Vec::new();
    for &count in trend.days.iter().take(MOST_DAYS) {
        let (bar, idle) = (bar(count, most), count == 0);
        match bars.last_mut().filter(|run| run.idle == idle) {
            Some(run) => run.text.push(bar),
            None => bars.push(Run { text: bar.to_string(), idle }),
        }
    }
    Row {
        name: short_line(&trend.entity, NAME),
        bars,
        last_day: trend.days.last().copied().unwrap_or(0),
        all_days: trend.days.iter().fold(0, |sum, count| sum.saturating_add(*count)),
    }
}

fn bar(count: usize, most: usize) -> char {
    if count == 0 {
        return NONE;
    }
    let scale = HEIGHTS.len() - 1;
    // Up to six a day each article is a step; beyond that the most of a day is the top.
    let height = if most <= scale { count } else { count.min(MANY) * scale / most.min(MANY) };
    HEIGHTS.get(height.min(scale)).copied().unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_with_the_days_and_none_is_told_from_one() {
        for (days, shown) in [
            (vec![], ""),
            (vec![0, 0, 0], "▁▁▁"),
            (vec![0, 1, 2, 0], "▁▃▄▁"),
            (vec![6, 3, 0, 1], "█▅▁▃"),
            (vec![1, 600, 300], "▂█▅"),
            (vec![usize::MAX, 1, 0], "█▂▁"),
        ] {
            let row = row(&Trend { entity: "Huawei".to_owned(), days: days.clone() });
            let bars: String = row.bars.iter().map(|run| run.text.as_str()).collect();
            assert_eq!(bars, shown, "{days:?}");
        }
    }
}
