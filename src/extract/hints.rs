//! What the words of an element's `class` and `id` suggest about it. Names are weak evidence: whoever uses a hint
//! also asks how much prose the element holds.

use std::collections::HashMap;
use std::ops::BitOr;

use super::hint_words::{PAIRS, STEMS, WORDS};

/// A set of suggestions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    /// The body of an article.
    pub(super) const BODY: Self = Self(1);
    /// A standfirst (sapo).
    pub(super) const STANDFIRST: Self = Self(1 << 1);
    /// Links to other articles.
    pub(super) const RELATED: Self = Self(1 << 2);
    /// Comments of readers and their forms.
    pub(super) const COMMENTS: Self = Self(1 << 3);
    /// Buttons for social networks, print, e-mail.
    pub(super) const SHARE: Self = Self(1 << 4);
    /// Advertising.
    pub(super) const ADVERT: Self = Self(1 << 5);
    /// An invitation to subscribe.
    pub(super) const NEWSLETTER: Self = Self(1 << 6);
    /// The author's name or biography.
    pub(super) const AUTHOR: Self = Self(1 << 7);
    /// Keywords of the article.
    pub(super) const TAGS: Self = Self(1 << 8);
    /// The caption of a picture.
    pub(super) const CAPTION: Self = Self(1 << 9);
    /// Dates, counters, sections: a line about the article.
    pub(super) const META: Self = Self(1 << 10);
    /// Menus, side columns, page ends.
    pub(super) const NAVIGATION: Self = Self(1 << 11);
    /// Windows that lie over the page, and text for screen readers only.
    pub(super) const OVERLAY: Self = Self(1 << 12);
    /// The line that names the source.
    pub(super) const SOURCE: Self = Self(1 << 13);
    /// The headline.
    pub(super) const TITLE: Self = Self(1 << 14);
    /// When it was published.
    pub(super) const DATE: Self = Self(1 << 15);

    /// What is no part of an article, menus and side columns apart.
    pub(super) const CLUTTER: Self = Self(
        Self::RELATED.0
            | Self::COMMENTS.0
            | Self::SHARE.0
            | Self::ADVERT.0
            | Self::NEWSLETTER.0
            | Self::TAGS.0
            | Self::OVERLAY.0,
    );

    /// What the attributes of an element suggest. Pages repeat their names, so those `known` are not read again.
    pub(super) fn of<'t>(
        attributes: impl Iterator<Item = (&'t str, &'t str)>,
        known: &mut HashMap<&'t str, Self>,
    ) -> Self {
        const NAMING: [&str; 6] = ["class", "id", "data-role", "data-slot", "data-testid", "data-component"];
        let naming = attributes.filter(|(name, _)| NAMING.contains(name));
        naming.fold(Self::default(), |hints, (_, value)| {
            hints | *known.entry(value).or_insert_with(|| Self::of_names(value))
        })
    }

    /// Whether any of `others` is suggested.
    pub(super) fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    fn of_names(value: &str) -> Self {
        let mut hints = Self::default();
        let mut words = String::new();
        // Names with colons and brackets are styling rules written as classes.
        for name in value.split_ascii_whitespace().filter(|name| !name.contains([':', '[', '&'])) {
            write_words(name, &mut words);
            let mut last = 0;
            let mut start = 0;
            for word in words.split('-') {
                let end = start + word.len();
                hints = hints | Self::of_word(word);
                if let Some(pair) = words.get(last..end).filter(|_| start > 0) {
                    hints = hints | exact(PAIRS, pair);
                }
                last = start;
                start = end + 1;
            }
        }
        hints
    }

    fn of_word(word: &str) -> Self {
        let known = exact(WORDS, word);
        if known != Self::default() || word.len() < 7 {
            return known;
        }
        STEMS.iter().filter(|(stem, _)| word.contains(stem)).fold(known, |hints, (_, hint)| hints | *hint)
    }
}

impl BitOr for Hints {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

fn exact(table: &[(&str, Hints)], word: &str) -> Hints {
    table
        .binary_search_by_key(&word, |(known, _)| known)
        .ok()
        .and_then(|at| table.get(at))
        .map_or(Hints::default(), |(_, hint)| *hint)
}

/// `relatedPosts_box-2` becomes `related-posts-box`. Letters after a digit are a piece of a number, no word.
fn write_words(name: &str, words: &mut String) {
    words.clear();
    let mut after_lower = false;
    let mut after_digit = false;
    for c in name.chars() {
        after_digit = c.is_ascii_digit() || (after_digit && c.is_ascii_alphanumeric());
        let c = if after_digit { '-' } else { c };
        let ends_word = !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && after_lower);
        if ends_word && !words.is_empty() && !words.ends_with('-') {
            words.push('-');
        }
        after_lower = c.is_ascii_lowercase();
        if c.is_ascii_alphabetic() {
            words.push(c.to_ascii_lowercase());
        }
    }
    if words.ends_with('-') {
        words.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(
            WORDS.is_sorted_by_key(|(word, _)| *word),
            "{:?}",
            WORDS.windows(2).find(|pair| pair[0].0 >= pair[1].0)
        );
        assert!(
            PAIRS.is_sorted_by_key(|(word, _)| *word),
            "{:?}",
            PAIRS.windows(2).find(|pair| pair[0].0 >= pair[1].0)
        );
    }

    #[test]
    fn names_are_read_as_words() {
        for (name, hint) in [
            ("box-tin-lien-quan", Hints::RELATED),
            ("relatedPosts", Hints::RELATED),
            ("ArticleContent", Hints::BODY),
            ("fck_detail", Hints::BODY),
            ("detail-sapo", Hints::STANDFIRST),
            ("vnexpress-quangcao", Hints::ADVERT),
        ] {
            assert!(Hints::of_names(name).any(hint), "{name}");
        }
        assert_eq!(Hints::of_names("commentary uploads download"), Hints::default());
    }
}
