//! Marks that cost the parser a step of its own wherever they stand in a text.

/// Most character references and stray less-than signs of a page. A long novel written in references alone has
/// 100,000; four times as many take the parser a tenth of a second.
pub(super) const MAX_MARKS: usize = 150_000;

/// The text up to the mark that is one too many, where `marks` have come before it; they are counted on.
pub(super) fn affordable<'t>(text: &'t str, marks: &mut usize) -> &'t str {
    for at in memchr::memchr2_iter(b'&', b'<', text.as_bytes()) {
        *marks += 1;
        if *marks > MAX_MARKS {
            return text.get(..at).unwrap_or("");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_over_all_texts() {
        let mut marks = MAX_MARKS - 2;
        assert_eq!(affordable("a &amp; b", &mut marks), "a &amp; b");
        assert_eq!(affordable("1 < 2, 3 < 4", &mut marks), "1 < 2, 3 ");
        assert_eq!(affordable("one more & more", &mut marks), "one more ");
    }
}
