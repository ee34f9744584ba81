//! Places inside a string: from an offset in its value to an offset in the document.

use std::ops::Range;

/// The byte of `text` at which byte `offset` of the string's value is written; `span` is the string with its
/// quotes. Escapes and line joins are followed in basic strings.
pub(super) fn written_at(text: &str, span: &Range<usize>, offset: usize) -> usize {
    let written = text.get(span.clone()).unwrap_or_default();
    let (quotes, basic) = match written {
        multi if multi.starts_with("\"\"\"") => (3, true),
        multi if multi.starts_with("'''") => (3, false),
        single => (1, single.starts_with('"')),
    };
    let body = written.get(quotes..).unwrap_or_default();
    let newline = if quotes == 3 { newline_length(body) } else { 0 };
    let start = span.start + quotes + newline;
    let body = body.get(newline..).unwrap_or_default();
    let inner = if basic { basic_offset(body, offset) } else { offset };
    (start + inner).min(span.end)
}

/// A newline right after the opening quotes is no part of the value.
fn newline_length(body: &str) -> usize {
    if body.starts_with("\r\n") {
        return 2;
    }
    usize::from(body.starts_with('\n'))
}

fn basic_offset(body: &str, offset: usize) -> usize {
    let (mut read, mut value) = (0, 0);
    while value < offset {
        let rest = body.get(read..).unwrap_or_default();
        let (written, meant) = step(rest);
        if written == 0 {
            break;
        }
        read += written;
        value += meant;
    }
    let joined = body.get(read..).unwrap_or_default();
    read + joined_lines(joined).unwrap_or(0)
}

/// How many bytes the next character takes as written, and how many in the value.
fn step(rest: &str) -> (usize, usize) {
    let Some(escape) = rest.strip_prefix('\\') else {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        return (length, length);
    };
    if let Some(length) = joined_lines(rest) {
        return (length, 0);
    }
    let digits = match escape.chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(c) => return (1 + c.len_utf8(), 1),
        None => return (1, 0),
    };
    let code = escape.get(1..=digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}

/// The length of a backslash at the end of a line and the white space after it, which are no part of the value.
fn joined_lines(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('\\')?;
    let space = after.len() - after.trim_start_matches([' ', '\t', '\r', '\n']).len();
    after.get(..space).filter(|space| space.contains('\n')).map(|space| 1 + space.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_value_is_found_in_the_document() {
        for written in [
            r#""one @ two""#,
            "'one @ two'",
            r#""\"một\" \u0041\t @ two""#,
            r#""\x41\U0001F600 @""#,
            "'''\none\n@'''",
            "\"\"\"\r\none \\\r\n   two\r\n@\"\"\"",
            "\"\"\"one \\\n   @\"\"\"",
        ] {
            let text = format!("rule = {written}\n");
            let table: toml::Table = toml::from_str(&text).unwrap();
            let value = table["rule"].as_str().unwrap();
            let span = 7..7 + written.len();
            let place = written_at(&text, &span, value.find('@').unwrap());
            assert_eq!(text.get(place..=place), Some("@"), "{written}");
        }
    }
}
