//! What a text says in words that stand nowhere in another: a sentence put in, a figure, a turn to the contrary.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::signature::{IDEOGRAPHS, MOST_NUMBERS, Signature, WORDS, shingle_at};
use super::tokens::{Token, tokenise};
use crate::text::fold::{Case, fold};

/// So many words that are put in are no more than an editor's touch …
const PUT_IN: usize = 4;
/// … two more where a paragraph begins, and so many that are put for others; more are a clause of their own.
const REWORDED: usize = 8;
/// A place, a date and an agency in front of the first sentence: "HÀ NỘI, ngày 21 tháng 11 (Reuters) –".
const DATELINE: usize = 10;
/// Characters within which the dash behind it stands.
const DATELINE_LENGTH: usize = 60;
/// A name of Chinese characters has at least so many; put for another, it stands there more than once.
const SHORTEST_NAME: usize = 2;

/// One of these put in or for another word turns a sentence to its contrary, a rumour to a fact, a million to a billion or three to seven.
const TURNS: &str = "không chưa chẳng phủ bác hủy hoãn dừng ngừng rút xác thu hồi tăng giảm trước sau \
    nghìn ngàn triệu tỷ tỉ hai ba bốn sáu bảy tám chín mười nửa phần not no never denies denied deny confirms confirmed confirm \
    cancels cancelled canceled delays delayed halts halted stops stopped rejects rejected withdraws withdrew recalls recalled without \
    rose rise rises fell fall falls gains gained loses lost up down before after lifts lifted widens widened \
    thousand million billion trillion dollars euros pounds yuan yen two three four five six seven eight nine ten half third quarter \
    不 没 未 否 非 停 取 推 增 减 升 降 涨 跌 万 亿 二 三 四 五 六 七 八 九 十 半";
/// A number beside one of these is a day: editors put "on Friday" for it and the other way.
const OF_DAYS: &str = "ngày tháng năm thứ january february march april may june july august september october november december jan \
    feb mar apr jun jul aug sep sept oct nov dec 年 月 日";

static TURNING: LazyLock<HashSet<u64>> = LazyLock::new(|| hashes(TURNS));
static DAYS: LazyLock<HashSet<u64>> = LazyLock::new(|| hashes(OF_DAYS));

fn hashes(words: &str) -> HashSet<u64> {
    let mut tokens = Vec::new();
    tokenise(fold(words, Case::Fold).as_str(), &mut tokens);
    tokens.into_iter().map(Token::hash).collect()
}

/// How much of a text an editor may word otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leeway {
    /// Nothing: in a few lines each word says something.
    None,
    /// A few words in a row.
    Words,
}

/// Whether a paragraph, as tokens and as it is written, says something of its own: many words in a row that stand nowhere in the
/// other text, a number that does not, or a word that turns the sense.
pub(super) fn says_more(tokens: &[Token], text: &str, other: &Signature, leeway: Leeway) -> bool {
    let runs = fresh_runs(tokens, other);
    runs.into_iter().any(|(at, run)| {
        let is_dateline = at == 0 && run.len() <= DATELINE && has_dateline(text);
        !is_dateline
            && (run.len() > most_edited((tokens, at, run.len()), other, leeway)
                || run.iter().any(|token| TURNING.contains(&token.hash()))
                || (at..at + run.len()).any(|place| is_new_number(tokens, place, other)))
    })
}

/// So many words of this run may be an editor's. Where the words around it stand side by side in the other text, it was put in.
fn most_edited((tokens, at, length): (&[Token], usize, usize), other: &Signature, leeway: Leeway) -> usize {
    if leeway == Leeway::None {
        return 0;
    }
    let end = at + length;
    let before = tokens.get(at.saturating_sub(IDEOGRAPHS - 1)..at).unwrap_or_default();
    let after = tokens.get(end..tokens.len().min(end + IDEOGRAPHS - 1)).unwrap_or_default();
    match (before.is_empty(), after.is_empty()) {
        (_, true) => return PUT_IN,
        (true, false) => return PUT_IN + 2,
        (false, false) => {}
    }
    let joined: Vec<Token> = before.iter().chain(after).copied().collect();
    let across = (0..before.len()).filter_map(|from| shingle_at(&joined, from));
    let mut across = across.enumerate().filter(|(from, (length, _))| from + length > before.len());
    if across.any(|(_, (_, shingle))| other.has(shingle)) { PUT_IN } else { REWORDED }
}

/// Whether a name of Chinese characters stands in the text more than once and nowhere in the other.
pub(super) fn names_another<'a>(paragraphs: impl Iterator<Item = &'a [Token]>, other: &Signature) -> bool {
    let mut seen: HashSet<&[Token]> = HashSet::new();
    let is_han = |part: &&[Token]| part.iter().all(|token| matches!(token, Token::Ideograph(_)));
    let runs = paragraphs.flat_map(|tokens| fresh_runs(tokens, other)).map(|(_, run)| run);
    runs.flat_map(|run| run.windows(SHORTEST_NAME)).filter(is_han).any(|part| !seen.insert(part))
}

/// The runs of words of which no shingle stands in the other text, each with its place.
pub(super) fn fresh_runs<'a>(tokens: &'a [Token], other: &Signature) -> Vec<(usize, &'a [Token])> {
    let mut known = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        let Some((length, shingle)) = shingle_at(tokens, at) else { continue };
        if !other.knows_of(shingle) || other.has(shingle) {
            known.iter_mut().skip(at).take(length).for_each(|known| *known = true);
        }
    }
    // Too short to be told.
    if tokens.len() < WORDS.min(IDEOGRAPHS) {
        return Vec::new();
    }
    let mut runs = Vec::new();
    let mut at = 0;
    for run in known.chunk_by(|one, other| one == other) {
        if run.first() == Some(&false) {
            runs.push((at, tokens.get(at..at + run.len()).unwrap_or_default()));
        }
        at += run.len();
    }
    runs
}

/// Whether the token there is a number that the other text does not have; a day is none.
fn is_new_number(tokens: &[Token], at: usize, other: &Signature) -> bool {
    let Some(Token::Number(value)) = tokens.get(at) else { return false };
    let beside = [at.wrapping_sub(1), at + 1].into_iter().filter_map(|beside| tokens.get(beside));
    let is_of_day = |token: &Token| matches!(token, Token::Number(_)) || DAYS.contains(&token.hash());
    let is_known = other.numbers().len() >= MOST_NUMBERS || other.has_number(*value);
    !is_known && !beside.into_iter().any(is_of_day)
}

fn has_dateline(text: &str) -> bool {
    let end = text.char_indices().nth(DATELINE_LENGTH).map_or(text.len(), |(index, _)| index);
    let opening = text.get(..end).unwrap_or_default().trim_start();
    let before =
        [" - ", " – ", " — "].iter().find_map(|dash| opening.split_once(dash)).map(|(before, _)| before);
    before.is_some_and(|before| {
        let first: String = before.chars().take_while(|c| c.is_alphanumeric()).collect();
        before.contains('(') || (first.chars().count() > 1 && !first.chars().any(char::is_lowercase))
    })
}
