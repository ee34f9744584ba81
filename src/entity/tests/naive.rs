//! The matcher held against one that tries every place, alias by alias.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::*;

fn is_ignorable(c: char) -> bool {
    "\u{AD}\u{200B}\u{200D}\u{FEFF}".contains(c)
}

/// The folding as the policy words it, one step after the other.
fn plain(text: &str, keep_case: bool) -> String {
    let mut text: String = text.chars().filter(|c| !is_ignorable(*c)).nfc().collect();
    if !keep_case {
        text = text.to_lowercase().replace('ß', "ss").replace('ς', "σ").nfc().collect();
    }
    for (old, new) in [("–", "-"), ("’", "'"), ("Ｘ", "X"), ("ｘ", "x")] {
        text = text.replace(old, if keep_case { new } else { old_case(new) });
    }
    for (new_style, old_style) in
        [("oà", "òa"), ("oá", "óa"), ("Oà", "Òa"), ("OÀ", "ÒA"), ("uý", "úy"), ("Oá", "Óa")]
    {
        text = text.replace(new_style, old_style);
    }
    let mut spaced = String::new();
    for part in text.split_inclusive(|c: char| !c.is_whitespace()) {
        let letters = part.trim_start();
        let gap = &part[..part.len() - letters.len()];
        if !gap.is_empty() {
            spaced.push(if gap.matches('\n').count() > 1 { '\n' } else { ' ' });
        }
        spaced.push_str(letters);
    }
    spaced
}

fn old_case(new: &str) -> &str {
    if new == "X" { "x" } else { new }
}

fn is_word(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !('\u{4E00}'..'\u{A000}').contains(&c)
}

fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let touches = |c: Option<char>| c.is_some_and(|c| is_word(c) || c == '_');
    let mut inside = text[start..end].chars();
    let (first, last) = (inside.next().unwrap(), inside.next_back());
    let last = last.unwrap_or(first);
    let before = text[..start].chars().rev().find(|c| !is_ignorable(*c));
    let after = text[end..].chars().find(|c| !is_ignorable(*c));
    !(is_word(first) && touches(before) || is_word(last) && touches(after))
}

/// Every part of the text that may be a name: where, folded, and folded but for case.
fn candidates(text: &str) -> Vec<(usize, usize, String, String)> {
    let edges: Vec<usize> = text.char_indices().map(|(index, _)| index).chain([text.len()]).collect();
    let edge = |c: char| is_ignorable(c) || c.is_whitespace();
    let mut candidates = Vec::new();
    for &start in &edges {
        // Longest first: what begins together is tried in this order.
        for &end in edges.iter().rev().take_while(|end| **end > start) {
            let surface = &text[start..end];
            if !surface.starts_with(edge) && !surface.ends_with(edge) && stands_free(text, start, end) {
                candidates.push((start, end, plain(surface, false), plain(surface, true)));
            }
        }
    }
    candidates
}

fn naive(entity: &Entity, candidates: &[(usize, usize, String, String)]) -> BTreeSet<(usize, usize)> {
    let aliases = entity.aliases.iter().map(|alias| {
        let keep_case = alias.case == CaseRule::Exact;
        (keep_case, plain(&alias.text, keep_case).trim().replace('\n', " "))
    });
    let aliases: Vec<_> = aliases.collect();
    let mut taken = BTreeSet::new();
    let mut until = 0;
    for (start, end, folded, cased) in candidates {
        let is_alias =
            aliases.iter().any(|(keep_case, alias)| alias == if *keep_case { cased } else { folded });
        if is_alias && *start >= until {
            until = *end;
            taken.insert((*start, *end));
        }
    }
    taken
}

/// Few letters, so that aliases are found; every folding among them.
fn texts(longest: usize) -> impl Strategy<Value = String> {
    let parts = vec![
        "a",
        "A",
        "b",
        "B",
        "o",
        "O",
        "à",
        "a\u{300}",
        "ò",
        "o\u{300}",
        "á",
        "u",
        "ý",
        "ú",
        "ệ",
        "e\u{323}\u{302}",
        "e\u{302}\u{323}",
        "Ệ",
        "x",
        "Ｘ",
        "ｘ",
        "ß",
        "ss",
        "SS",
        "-",
        "–",
        "'",
        "’",
        " ",
        "  ",
        "\n",
        "\u{A0}",
        "\u{AD}",
        "\u{200B}",
        "\u{FEFF}",
        "华",
        "为",
        "_",
        "1",
        "📌",
        "+",
        "ς",
        "Σ",
    ];
    prop::collection::vec(prop::sample::select(parts), 1..longest).prop_map(|parts| parts.concat())
}

fn entities() -> impl Strategy<Value = Vec<Entity>> {
    let alias = (texts(4), any::<bool>()).prop_filter_map("nothing left of it", |(text, exact)| {
        check_pattern(&text).ok()?;
        Some(super::alias(&text, if exact { CaseRule::Exact } else { CaseRule::Fold }))
    });
    prop::collection::vec(prop::collection::vec(alias, 1..5), 1..4).prop_map(|entities| {
        let named = entities.into_iter().enumerate();
        named.map(|(index, aliases)| Entity { name: format!("e{index}"), aliases }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_finds_what_trying_every_place_finds(entities in entities(), text in texts(24)) {
        let matcher = Matcher::new(&entities, &[]).unwrap();
        let all = matcher.find(&[(Field::Body, &text)]);
        let candidates = candidates(&text);
        for entity in &entities {
            let own = all.mentions.iter().filter(|mention| mention.entity == entity.name);
            let found: BTreeSet<_> = own.map(|mention| (mention.start, mention.end)).collect();
            prop_assert_eq!(found, naive(entity, &candidates), "{:?} in {:?}", entity, text);
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}|[\\u{0}-\\u{300}.:/@ ]{0,60}", alias in "\\PC{1,3}") {
        if let Ok(matcher) = Matcher::new(&[entity("it", &[&alias, "a", "."])], &[]) {
            let fields = [(Field::Body, text.as_str())];
            let found = matcher.find(&fields);
            for mention in &found.mentions {
                prop_assert_eq!(text.get(mention.start..mention.end), Some(mention.surface.as_str()));
            }
            prop_assert_eq!(snippets(&found.mentions, &fields).len(), prominence(&found.mentions).len());
        }
    }
}
