//! The matcher held against one that tries every place, alias by alias.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::*;
use crate::entity::matcher::find;

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

/// A part of the text that may be a name.
#[expect(clippy::struct_excessive_bools, reason = "what is true of a part, each alone")]
struct Part {
    start: usize,
    end: usize,
    /// Folded, and folded but for case.
    folded: String,
    cased: String,
    /// Whether no letter or syllable is cut through, marks counting.
    whole: bool,
    /// Whether a letter touches it.
    before: bool,
    after: bool,
    /// Whether `.` and a digit follow.
    version: bool,
    /// Where the word ends that it ends in.
    word_end: usize,
}

/// Every part of the text that may be a name, by beginning.
fn parts(text: &str) -> Vec<Part> {
    let edges: Vec<usize> = text.char_indices().map(|(index, _)| index).chain([text.len()]).collect();
    let edge = |c: char| is_ignorable(c) || c.is_whitespace();
    let whole = plain(text, false);
    let mut found = Vec::new();
    for &start in &edges {
        for &end in edges.iter().filter(|end| **end > start) {
            let surface = &text[start..end];
            let (folded, cased) = (plain(surface, false), plain(surface, true));
            if surface.starts_with(edge) || surface.ends_with(edge) {
                continue;
            }
            // Not cut through what folds as one; where marks do not count, nor do syllables.
            let cut = [plain(&text[..start], false), folded.clone(), plain(&text[end..], false)].concat();
            let behind = text[end..].chars().find(|c| !is_ignorable(*c));
            let in_letter = behind.is_some_and(is_combining_mark) || surface.starts_with(is_combining_mark);
            if bare(&cut) == bare(&whole) && !in_letter {
                found.push(Part { whole: cut == whole, ..part(text, start..end, folded, cased) });
            }
        }
    }
    found
}

fn part(text: &str, range: std::ops::Range<usize>, folded: String, cased: String) -> Part {
    let touches = |c: Option<char>| c.is_some_and(|c| is_word(c) || c == '_');
    let seen = |c: &char| !is_ignorable(*c);
    let mut behind = text[range.end..].chars().filter(seen);
    let (first, second) = (behind.next(), behind.next());
    let word: Vec<(usize, char)> = text[range.end..]
        .char_indices()
        .take_while(|(_, c)| touches(Some(*c)) || is_ignorable(*c))
        .filter(|(_, c)| !is_ignorable(*c))
        .collect();
    Part {
        whole: true,
        before: touches(text[..range.start].chars().rev().find(seen)),
        after: touches(first),
        version: first == Some('.') && second.is_some_and(|c| c.is_ascii_digit()),
        word_end: word.last().map_or(range.end, |(index, c)| range.end + index + c.len_utf8()),
        start: range.start,
        end: range.end,
        folded,
        cased,
    }
}

/// Where the alias ends that stands at this part; `None` where it does not.
fn alias_end(alias: &Alias, part: &Part) -> Option<usize> {
    let keep_case = alias.case == CaseRule::Exact;
    let surface = if keep_case { &part.cased } else { &part.folded };
    let mut spelt = plain(&alias.text, keep_case).trim().replace('\n', " ");
    if alias.sep == Separator::Flex {
        spelt = spelt.trim_matches([' ', '-']).to_owned();
    }
    let is_letter = |c: Option<char>| c.is_some_and(is_word) && alias.boundary != Boundary::None;
    let (starts, ends) = (is_letter(spelt.chars().next()), is_letter(spelt.chars().next_back()));
    let extends = alias.boundary == Boundary::Prefix && ends;
    let free = !(starts && part.before || ends && !extends && part.after || alias.version && part.version);
    let compared = |text: &str| if alias.marks == MarksRule::Exact { text.to_owned() } else { bare(text) };
    let stands = part.whole || alias.marks == MarksRule::Fold;
    let same = stands && variants(&compared(&spelt), alias.sep).contains(&compared(surface));
    (free && same).then_some(if extends { part.word_end } else { part.end })
}

/// Without marks.
fn bare(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters
        .map(|c| {
            if c == 'đ' {
                'd'
            } else if c == 'Đ' {
                'D'
            } else {
                c
            }
        })
        .collect()
}

/// Every way to write it.
fn variants(spelt: &str, sep: Separator) -> Vec<String> {
    let gap = spelt.find([' ', '-']).filter(|_| sep == Separator::Flex);
    let Some(at) = gap else { return vec![spelt.to_owned()] };
    let rest = spelt[at..].trim_start_matches([' ', '-']);
    let tails = variants(rest, sep);
    let gaps = [" ", "-", ""].into_iter();
    gaps.flat_map(|gap| tails.iter().map(move |tail| format!("{}{gap}{tail}", &spelt[..at]))).collect()
}

/// A phrase that an article is asked for, and its English plurals.
fn with_plurals(phrase: &str) -> Vec<Alias> {
    let spelt = plain(phrase, false).trim().to_owned();
    let may_be_plural = spelt.ends_with(|c: char| c.is_ascii_alphabetic());
    let endings = ["", "s", "es"].into_iter().take(if may_be_plural { 3 } else { 1 });
    endings.map(|ending| Alias::plain(&format!("{spelt}{ending}"))).collect()
}

/// Where an entity stands, by field: alias by alias, place by place, as the policy words it.
fn naive(entity: &Entity, source: &str, fields: &[(Field, Vec<Part>)]) -> BTreeSet<(Field, usize, usize)> {
    let stands = |phrase: &String| {
        fields
            .iter()
            .flat_map(|(_, parts)| parts)
            .any(|part| with_plurals(phrase).iter().any(|phrase| alias_end(phrase, part).is_some()))
    };
    let refused = !entity.sources.is_empty() && !entity.sources.iter().any(|name| name == source)
        || !entity.with_any.is_empty() && !entity.with_any.iter().any(stands)
        || entity.without_any.iter().any(stands);
    let mut found = BTreeSet::new();
    let mut has_full = false;
    for (field, parts) in fields.iter().filter(|(field, _)| !refused && entity.scope.takes(*field)) {
        let mut until = 0;
        let inside_not = |start: usize, end: usize| {
            let mut around = parts.iter().filter(|part| part.start <= start && end <= part.end);
            around
                .any(|part| entity.not.iter().any(|phrase| alias_end(&Alias::plain(phrase), part).is_some()))
        };
        let starts: BTreeSet<usize> = parts.iter().map(|part| part.start).collect();
        for start in starts {
            let here = parts.iter().filter(|part| part.start == start);
            let ends: Vec<(usize, bool)> = here
                .flat_map(|part| {
                    let aliases = entity.aliases.iter();
                    aliases.filter_map(|alias| Some((alias_end(alias, part)?, alias.requires_full)))
                })
                .filter(|(end, _)| !inside_not(start, *end))
                .collect();
            has_full |= ends.iter().any(|(_, requires_full)| !requires_full);
            if let Some((end, _)) = ends.iter().max().filter(|_| start >= until) {
                until = *end;
                found.insert((*field, start, *end));
            }
        }
    }
    if has_full && found.len() >= entity.min_count { found } else { BTreeSet::new() }
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
        "s",
        "es",
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
        "đ",
        "Đ",
        "d",
        ".1",
    ];
    prop::collection::vec(prop::sample::select(parts), 1..longest).prop_map(|parts| parts.concat())
}

fn aliases() -> impl Strategy<Value = Alias> {
    let options = (any::<bool>(), any::<bool>(), 0..3, any::<bool>(), any::<bool>(), 0..4);
    (texts(4), options).prop_filter_map("nothing left of it", |(text, options)| {
        let (exact, marks, boundary, flex, version, requires_full) = options;
        let alias = Alias {
            text,
            case: if exact { CaseRule::Exact } else { CaseRule::Fold },
            marks: if marks { MarksRule::Fold } else { MarksRule::Exact },
            boundary: [Boundary::Auto, Boundary::Prefix, Boundary::None][boundary as usize],
            sep: if flex { Separator::Flex } else { Separator::Space },
            version,
            requires_full: requires_full == 0,
        };
        check_alias(&alias).ok().map(|()| alias)
    })
}

fn phrases() -> impl Strategy<Value = Vec<String>> {
    let phrase = texts(4).prop_filter("nothing left of it", |text| check_pattern(text).is_ok());
    prop::collection::vec(phrase, 0..3)
}

fn entities() -> impl Strategy<Value = Vec<Entity>> {
    let conditions = (phrases(), phrases(), phrases(), 0..3, any::<bool>(), 0..3_usize);
    let entity = (prop::collection::vec(aliases(), 1..5), conditions).prop_map(|(aliases, conditions)| {
        let (not, with_any, without_any, scope, bound, min_count) = conditions;
        // Most articles would be refused if each condition were asked each time.
        let asked = |phrases: Vec<String>| if phrases.len() == 2 { phrases } else { Vec::new() };
        Entity {
            aliases,
            not,
            with_any: asked(with_any),
            without_any: asked(without_any),
            scope: [Scope::Any, Scope::Title, Scope::Body][scope as usize],
            sources: if bound { vec!["Báo".to_owned(), "Tin".to_owned()] } else { Vec::new() },
            min_count,
            ..Entity::default()
        }
    });
    prop::collection::vec(entity, 1..4).prop_map(|entities| {
        let named = entities.into_iter().enumerate();
        named.map(|(index, entity)| Entity { name: format!("e{index}"), ..entity }).collect()
    })
}

/// Where an entity stands, as a matcher tells.
fn told(found: &Matches, entity: &Entity) -> BTreeSet<(Field, usize, usize)> {
    let own = found.mentions.iter().filter(|mention| mention.entity == entity.name);
    own.map(|mention| (mention.field, mention.start, mention.end)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_finds_what_trying_every_place_finds(
        entities in entities(), title in texts(8), body in texts(20), source in prop::sample::select(vec!["Báo", "Đài"]),
    ) {
        let fields = [(Field::Title, title.as_str()), (Field::Body, body.as_str())];
        let tried = [(Field::Title, parts(&title)), (Field::Body, parts(&body))];
        let fast = Matcher::new(&entities, &[]).unwrap().find(source, &fields);
        let loose = find(&Explainer::new(&entities).unwrap().patterns, source, &fields);
        for entity in &entities {
            prop_assert_eq!(told(&fast, entity), naive(entity, source, &tried), "{:?} in {:?}", entity, fields);
            prop_assert_eq!(told(&loose, entity), told(&fast, entity), "{:?} in {:?}", entity, fields);
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}|[\\u{0}-\\u{300}.:/@ ]{0,60}", alias in "\\PC{1,3}") {
        if let Ok(matcher) = Matcher::new(&[entity("it", &[&alias, "a", "."])], &[]) {
            let fields = [(Field::Body, text.as_str())];
            let found = matcher.find("", &fields);
            for mention in &found.mentions {
                prop_assert_eq!(text.get(mention.start..mention.end), Some(mention.surface.as_str()));
            }
            prop_assert_eq!(snippets(&found.mentions, &fields).len(), prominence(&found.mentions).len());
        }
    }
}
