//! What lines and words are compared by, where the options make more equal than the letters say.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::options::Options;
use crate::text::normalise::normalise;

/// Vowels with the tone on the second letter, as the newer placement has it, and on the first, as the older one has it:
/// `hoà`, `hòa`.
const TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// One thing that is made equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Width,
    Typography,
    Tones,
    Case,
    Numbers,
}

impl Rule {
    /// Its key in sources.toml.
    fn name(self) -> &'static str {
        match self {
            Self::Width => "fold_width",
            Self::Typography => "fold_typography",
            Self::Tones => "fold_tone_placement",
            Self::Case => "ignore_case",
            Self::Numbers => "ignore_numbers",
        }
    }

    fn apply(self, text: &str) -> String {
        match self {
            Self::Width => text.chars().map(narrow).collect(),
            Self::Typography => plain(text),
            Self::Tones => older_tones(text),
            Self::Case => text.to_lowercase(),
            Self::Numbers => without_numbers(text),
        }
    }
}

/// What is made equal before comparing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Folding(Vec<Rule>);

impl Folding {
    /// As the options say.
    pub(super) fn of(options: &Options) -> Self {
        let wanted = [
            (options.fold_width, Rule::Width),
            (options.fold_typography, Rule::Typography),
            (options.fold_tone_placement, Rule::Tones),
            (options.ignore_case, Rule::Case),
            (options.ignore_numbers, Rule::Numbers),
        ];
        Self(wanted.into_iter().filter_map(|(wanted, rule)| wanted.then_some(rule)).collect())
    }

    /// What a text is compared by.
    pub(super) fn key<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        let folded = self.0.iter().fold(text.to_owned(), |text, rule| rule.apply(&text));
        Cow::Owned(normalise(&folded))
    }

    /// The options that make two texts equal.
    pub(super) fn reason(&self, one: &str, other: &str) -> String {
        let alone = self.0.iter().find(|rule| normalise(&rule.apply(one)) == normalise(&rule.apply(other)));
        match alone {
            Some(rule) => rule.name().to_owned(),
            None => self.0.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Full-width forms as plain ones.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Quotes, dashes and ellipses as a typewriter has them.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => plain.push('"'),
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => plain.push('\''),
            '‐'..='―' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            c => plain.push(c),
        }
    }
    if plain.contains("--") { plain.replace("---", "-").replace("--", "-") } else { plain }
}

/// The same in small letters, in capitals, and with the first letter a capital.
static CASED_TONES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let capital = |text: &str| {
        let mut letters = text.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    let cased = |(newer, older): &(&str, &str)| {
        [
            ((*newer).to_owned(), (*older).to_owned()),
            (newer.to_uppercase(), older.to_uppercase()),
            (capital(newer), capital(older)),
        ]
    };
    TONES.iter().flat_map(cased).collect()
});

/// Vietnamese with the tones where the older placement has them.
pub(super) fn older_tones(text: &str) -> String {
    let mut text = text.to_owned();
    if text.is_ascii() || !text.contains(['o', 'u', 'O', 'U']) {
        return text;
    }
    for (newer, older) in CASED_TONES.iter() {
        if text.contains(newer) {
            text = text.replace(newer, older);
        }
    }
    text
}

/// The text without digits and what separates them.
fn without_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut after_digit = false;
    while let Some(c) = letters.next() {
        let separates = after_digit
            && matches!(c, '.' | ',' | ':' | '/' | '\'' | ' ' | '\u{A0}')
            && letters.peek().is_some_and(|next| next.is_numeric());
        after_digit = c.is_numeric() || separates;
        if !after_digit {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folding(rule: Rule) -> Folding {
        Folding(vec![rule])
    }

    #[test]
    fn what_an_option_names_is_equal_and_nothing_else() {
        for (rule, one, other, equal) in [
            (Rule::Tones, "hoà, Thuý, HOÀ, Oà", "hòa, Thúy, HÒA, Òa", true),
            (Rule::Tones, "hoà", "hoa", false),
            (Rule::Typography, "“Chip” – mới…", "\"Chip\" - mới...", true),
            (Rule::Typography, "A—B", "A--B", true),
            (Rule::Typography, "a-b", "a b", false),
            (Rule::Width, "ＡＩ：１２", "AI:12", true),
            (Rule::Case, "ĐIỆN THOẠI", "điện thoại", true),
            (Rule::Case, "dien", "điện", false),
            (Rule::Numbers, "Giá 1.299.000 đ", "Giá 58 đ", true),
            (Rule::Numbers, "Lúc 12:05, 3/7", "Lúc 9:10, 14/12", true),
            (Rule::Numbers, "Giá 5 đ", "Giá 5 tệ", false),
        ] {
            let folding = folding(rule);
            assert_eq!(folding.key(one) == folding.key(other), equal, "{one} {other}");
        }
    }
}
