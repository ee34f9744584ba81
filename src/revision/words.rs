//! Which words of a line became which others.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{Budget, Hunk, hunks};
use super::folding::Folding;
use super::name::beside_title;
use super::token::{Token, tokens};

/// Two lines with fewer words in common than this share say something else: scraps that they have in common mean nothing.
const REWRITTEN: f32 = 0.35;
/// Longest such scrap, in words.
const SCRAP: usize = 2;

/// A run of words that became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit<'t> {
    pub(super) from: Run<'t>,
    pub(super) to: Run<'t>,
}

/// Words that stand together in a line; none where only the other line has some.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    /// As it is written.
    pub(super) text: &'t str,
    /// Whether a sentence begins with it.
    pub(super) begins_sentence: bool,
    /// Whether the words around it say that it names a person.
    pub(super) beside_title: bool,
}

/// Numbers for what is compared, so that comparing costs nothing.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<String, u32>);

impl Ids {
    /// The same number for the same key.
    pub(super) fn of(&mut self, key: &str) -> u32 {
        if let Some(id) = self.0.get(key) {
            return *id;
        }
        let id = self.0.len() as u32;
        self.0.insert(key.to_owned(), id);
        id
    }
}

/// The words of `before` that `after` has no longer, and those that stand in their place.
pub(super) fn edits<'t>(
    before: &'t str,
    after: &'t str,
    folding: &Folding,
    budget: &mut Budget,
) -> Vec<Edit<'t>> {
    let mut ids = Ids::default();
    let (old, old_ids) = keyed(before, folding, &mut ids);
    let (new, new_ids) = keyed(after, folding, &mut ids);
    let found = merged(hunks(&old_ids, &new_ids, budget), &old, &new);
    let run = |line, tokens: &[Token<'t>], range: &Range<usize>| Run::of(line, tokens, range);
    found
        .iter()
        .map(|hunk| Edit { from: run(before, &old, &hunk.before), to: run(after, &new, &hunk.after) })
        .collect()
}

fn keyed<'t>(line: &'t str, folding: &Folding, ids: &mut Ids) -> (Vec<Token<'t>>, Vec<u32>) {
    let mut kept = Vec::new();
    let mut numbers = Vec::new();
    for token in tokens(line) {
        let key = folding.key(token.text);
        if !key.is_empty() {
            numbers.push(ids.of(&key));
            kept.push(token);
        }
    }
    (kept, numbers)
}

impl<'t> Run<'t> {
    fn of(line: &'t str, tokens: &[Token<'t>], range: &Range<usize>) -> Self {
        let tokens = tokens.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Self::default() };
        let before = line.get(..first.start).unwrap_or_default().trim_end();
        let beside_title = first.is_han() && beside_title(before, line.get(last.end()..).unwrap_or_default());
        let before = before.trim_end_matches(['"', '“', '\'', '‘', '(', '-', '–', '•']).trim_end();
        let begins_sentence =
            before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：']);
        Self {
            tokens: tokens.to_vec(),
            text: line.get(first.start..last.end()).unwrap_or_default(),
            begins_sentence,
            beside_title,
        }
    }
}

/// A name of several words is one run, also where one of its words stayed; so is what stands around scraps in a line that
/// says something else.
fn merged(hunks: Vec<Hunk>, old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Hunk> {
    let changed: usize = hunks.iter().map(|hunk| hunk.before.len() + hunk.after.len()).sum();
    let share = 1.0 - changed as f32 / (old.len() + new.len()).max(1) as f32;
    let mut merged: Vec<Hunk> = Vec::new();
    for hunk in hunks {
        if let Some(last) = merged.last_mut() {
            let gap = old.get(last.before.end..hunk.before.start).unwrap_or_default();
            let scrap = share < REWRITTEN && gap.len() <= SCRAP;
            if scrap || gap.len() == 1 && is_one_name(last, gap, &hunk, old, new) {
                last.before.end = hunk.before.end;
                last.after.end = hunk.after.end;
                continue;
            }
        }
        merged.push(hunk);
    }
    merged
}

fn is_one_name(last: &Hunk, gap: &[Token<'_>], hunk: &Hunk, old: &[Token<'_>], new: &[Token<'_>]) -> bool {
    let capitalised = |tokens: Option<&[Token<'_>]>| {
        tokens.is_some_and(|tokens| !tokens.is_empty() && tokens.iter().all(Token::is_capitalised))
    };
    capitalised(Some(gap))
        && [last, hunk]
            .into_iter()
            .all(|hunk| capitalised(old.get(hunk.before.clone())) && capitalised(new.get(hunk.after.clone())))
}

/// How much two lines have in common, from 0 to 1: the share of words that both have, counted alone and, in longer lines, in
/// pairs of neighbours, because any two long lines share small words.
pub(super) fn likeness(one: &[u32], other: &[u32]) -> f32 {
    let alone = dice(one.to_vec(), other.to_vec());
    if one.len().min(other.len()) < 12 {
        return alone;
    }
    let pairs = |ids: &[u32]| -> Vec<(u32, u32)> {
        ids.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
    };
    f32::midpoint(alone, dice(pairs(one), pairs(other)))
}

fn dice<T: Ord>(mut one: Vec<T>, mut other: Vec<T>) -> f32 {
    let all = one.len() + other.len();
    if all == 0 {
        return 1.0;
    }
    one.sort_unstable();
    other.sort_unstable();
    let mut common = 0_usize;
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                common += 1;
                left.next();
                right.next();
            }
        }
    }
    2.0 * common as f32 / all as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaced_runs_are_told_in_order() {
        for (before, after, pairs) in [
            ("ghép 384 chip Ascend", "ghép 382 chip Ascend", "384>382"),
            ("cả hai chưa đưa ra", "cả hai đã đưa ra", "chưa>đã"),
            ("SMIC đảm nhận", "Hua Hong đảm nhận", "SMIC>Hua Hong"),
            ("都没有对此作出", "都已经对此作出", "没有>已经"),
            ("cost $5.6 million", "cost $6.5 million", "$5.6>$6.5"),
            ("ông Nguyễn Văn An nói", "ông Trần Văn Bình nói", "Nguyễn Văn An>Trần Văn Bình"),
            ("giá tăng 5 lên 7 đồng", "giá tăng 6 lên 8 đồng", "5>6;7>8"),
            ("máy mới", "máy rất mới", ">rất"),
            ("máy rất mới", "máy mới", "rất>"),
            ("如期交付384颗芯片", "如期交付382颗芯片", "384>382"),
        ] {
            let found = edits(before, after, &Folding::default(), &mut Budget::default());
            let found: Vec<String> =
                found.iter().map(|edit| format!("{}>{}", edit.from.text, edit.to.text)).collect();
            assert_eq!(found.join(";"), pairs, "{before}");
        }
    }

    #[test]
    fn lines_are_alike_by_the_words_they_share() {
        let mut ids = Ids::default();
        let mut of = |line: &str| keyed(line, &Folding::default(), &mut ids).1;
        assert!(likeness(&of("Tình trạng: còn hàng"), &of("Tình trạng: hết hàng")) > 0.7);
        assert!(likeness(&of("Nhà máy mở cửa"), &of("Giá vàng giảm mạnh")) < 0.1);
    }
}
