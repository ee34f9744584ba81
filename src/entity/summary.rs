//! What a reader is told of the mentions: how prominent, and in which words.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use crate::model::{Field, Mention, Prominence, Snippet};
use crate::text::normalise::normalise;
use crate::text::sentence;

/// A snippet has about so many characters on each side of the name.
const CONTEXT: usize = 140;

/// The entities of an article, most prominent first: in the title, then in the lead, then by count; those that
/// are equal in the order they appear.
pub fn prominence(mentions: &[Mention]) -> Vec<Prominence> {
    let mut found: Vec<(bool, Prominence)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for mention in mentions {
        let place = *places.entry(&mention.entity).or_insert(found.len());
        if place == found.len() {
            let name = mention.entity.clone();
            found.push((false, Prominence { name, count: 0, in_title: false, surfaces: Vec::new() }));
        }
        if let Some((in_lead, prominence)) = found.get_mut(place) {
            *in_lead |= mention.field == Field::Lead;
            add(prominence, mention);
        }
    }
    found
        .sort_by_key(|(in_lead, prominence)| (!prominence.in_title, !in_lead, usize::MAX - prominence.count));
    found.into_iter().map(|(_, prominence)| prominence).collect()
}

fn add(prominence: &mut Prominence, mention: &Mention) {
    prominence.count += 1;
    prominence.in_title |= mention.field == Field::Title;
    let surface = normalise(&mention.surface);
    if !prominence.surfaces.contains(&surface) {
        prominence.surfaces.push(surface);
    }
}

/// For each entity the first sentence that names it, most prominent entity first. Lead and body come before captions, and those
/// before the title, which the reader sees anyway. A long sentence is cut at words, with an ellipsis.
pub fn snippets(mentions: &[Mention], fields: &[(Field, &str)]) -> Vec<Snippet> {
    let mut best: HashMap<&str, &Mention> = HashMap::new();
    for mention in mentions {
        let kept = best.entry(&mention.entity).or_insert(mention);
        if rank(mention) < rank(kept) {
            *kept = mention;
        }
    }
    let ordered = prominence(mentions).into_iter();
    ordered
        .filter_map(|entity| {
            let mention = best.get(entity.name.as_str())?;
            let (_, text) = fields.iter().find(|(field, _)| *field == mention.field)?;
            Some(Snippet { text: snippet(text, mention), entity: entity.name })
        })
        .collect()
}

fn rank(mention: &Mention) -> (usize, usize) {
    let field = match mention.field {
        Field::Lead => 0,
        Field::Body => 1,
        Field::Captions => 2,
        Field::Title => 3,
    };
    (field, mention.start)
}

fn snippet(text: &str, mention: &Mention) -> String {
    let sentence = sentence::range_around(text, mention.start, mention.end);
    let before = text.get(sentence.start..mention.start).unwrap_or_default();
    let after = text.get(mention.end..sentence.end).unwrap_or_default();
    normalise(&format!("{}{}{}", last_words(before), mention.surface, first_words(after)))
}

/// The end of `text`, cut before a word where it is long; where there are no words, before a letter.
fn last_words(text: &str) -> String {
    let mut backwards = text.char_indices().rev().skip(CONTEXT).map(|(index, _)| index);
    let Some(tail) = backwards.find_map(|cut| text.get(cut..).filter(|tail| !begins_with_mark(tail))) else {
        return text.to_owned();
    };
    let word = tail.find(char::is_whitespace).and_then(|index| tail.get(index..));
    format!("… {}", word.unwrap_or(tail).trim_start())
}

/// The beginning of `text`, cut after a word where it is long; where there are no words, after a letter.
fn first_words(text: &str) -> String {
    let mut forwards = text.char_indices().skip(CONTEXT);
    let Some((cut, _)) = forwards.find(|(_, c)| !is_combining_mark(*c)) else {
        return text.to_owned();
    };
    let head = text.get(..cut).unwrap_or_default();
    let word = head.rfind(char::is_whitespace).and_then(|index| head.get(..index));
    format!("{} …", word.unwrap_or(head).trim_end())
}

fn begins_with_mark(text: &str) -> bool {
    text.starts_with(is_combining_mark)
}
