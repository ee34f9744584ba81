//! Numbers as bars of text.

/// More bars do not fit beside a name.
const MOST_BARS: usize = 60;
/// Cells of the longest bar.
const LONGEST: u32 = 40;

/// How many days one bar of a sparkline stands for.
pub(super) fn days_a_bar(days: usize) -> usize {
    days.div_ceil(MOST_BARS).max(1)
}

/// One character for each day, or for as many days as it takes; the highest is the most of this line. A day without any is a dot.
pub(super) fn sparkline(days: &[u32]) -> String {
    let bars: Vec<u32> = days.chunks(days_a_bar(days.len())).map(|days| days.iter().sum()).collect();
    let most = bars.iter().copied().max().unwrap_or(0);
    bars.into_iter().map(|count| height(count, most)).collect()
}

fn height(count: u32, most: u32) -> char {
    let eighths = (u64::from(count) * 8).div_ceil(u64::from(most.max(1)));
    match eighths {
        0 => '·',
        1 => '▁',
        2 => '▂',
        3 => '▃',
        4 => '▄',
        5 => '▅',
        6 => '▆',
        7 => '▇',
        _ => '█',
    }
}

/// A bar whose full length is `most`.
pub(super) fn bar(count: u32, most: u32) -> String {
    let cells = (u64::from(count) * u64::from(LONGEST)).div_ceil(u64::from(most.max(1)));
    "█".repeat(usize::try_from(cells).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_the_highest_and_any_is_seen() {
        assert_eq!(sparkline(&[0, 1, 50, 100]), "·▁▄█");
        assert_eq!(sparkline(&[0, 0]), "··");
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[1; 120]), "█".repeat(60));
        assert_eq!((bar(1, 1_000), bar(10, 10), bar(0, 0)), ("█".to_owned(), "█".repeat(40), String::new()));
    }
}
