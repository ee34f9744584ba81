//! Paragraphs: a blank line ends one.

use super::normalise::is_invisible;

/// Where the paragraph ends that goes on at byte `from`: at the first line break that is followed by another with
/// nothing visible between them, else at the end of `text`.
pub fn end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let mut first_break = None;
    for (index, c) in rest.char_indices() {
        match (is_line_break(c), first_break) {
            (true, Some(at)) => return from + at,
            (true, None) => first_break = Some(index),
            (false, _) if c.is_whitespace() || is_invisible(c) => {}
            (false, _) => first_break = None,
        }
    }
    text.len()
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_ends_a_paragraph() {
        for (text, first) in [
            ("một\nhai\n\nba", "một\nhai"),
            ("một\r\n \u{200B}\r\nhai", "một\r"),
            ("một\nhai", "một\nhai"),
            ("", ""),
        ] {
            assert_eq!(text.get(..end(text, 0)), Some(first), "{text:?}");
        }
        assert_eq!(end("một\n\nhai\n\nba", 7), "một\n\nhai".len());
    }
}
