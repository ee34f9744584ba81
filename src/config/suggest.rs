//! "Did you mean …?"

/// Below this share of equal letters two words are not the same word misspelt: "evry" is `every` (0.8) and
/// "tag" is `tags` (0.75), while "timer" is not `title` (0.4).
const ALIKE: f64 = 0.6;

/// The word among `known` that `word` most resembles, where one does.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            (strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase()), candidate)
        })
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_is_recognised() {
        let known = ["every", "tags", "title", "name"];
        for (word, meant) in [
            ("evry", Some("every")),
            ("TAG", Some("tags")),
            ("nmae", Some("name")),
            ("timer", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known).as_deref(), meant, "{word}");
        }
    }
}
