//! Proper names that a text shows by its capitals, whether or not anyone tracks them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::text::normalise::search_form;

/// More names than this are not kept; those that stand most often are.
const MOST: usize = 64;
/// Shorter words (`AI`, `US`, `Mỹ`) stand in too many articles.
const SHORTEST: usize = 3;
/// Who reports is not who it is about, and when is told by dates.
const NO_NAMES: &str = " reuters afp bloomberg getty images xinhua ttxvn cnn bbc monday tuesday wednesday thursday friday saturday \
    sunday january february march april june july august september october november december jan feb mar apr jun jul aug sep \
    sept oct nov dec usd vnd ndt rmb gmt ceo photo president minister department ";
/// English words that often begin a sentence.
const BEGINNINGS: &str = " the this that these those there their they then though although and but for from with without while when \
    where which who what why how after before since until under over about above across against among around because between \
    during despite here however its just last late later many more most much new next not now one only other our out perhaps \
    several she some such than through today tomorrow two three under unlike very was were will would yes yesterday you your \
    early both another any are all also can could does even every first few given has have his her into like may might must \
    near never once still said says according former ";

/// The names of a text as keys without marks and case, each with how often it stands there, most often first.
///
/// Foreign words of a name count each on its own (`Paul Triolo` is two keys), because languages add and leave out parts;
/// Vietnamese names count whole, because their words are common. The first word of a sentence needs another sign: capitals
/// inside it, letters that no Vietnamese syllable has, or a place elsewhere in the text.
pub(super) fn names(text: &str) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, Count> = HashMap::new();
    for line in text.lines() {
        let words = words(line);
        let capitals = words.iter().filter(|word| word.is_capital).count();
        if words.len() > 4 && capitals * 5 > words.len() * 3 {
            continue; // A headline with capitals everywhere names nothing.
        }
        for run in words.chunk_by(|first, second| first.is_capital && second.is_capital && second.follows) {
            count_run(run, &mut counts);
        }
    }
    let sure = counts.into_iter().filter(|(key, count)| count.is_sure && !NOT_NAMES.contains(key.as_str()));
    let mut names: Vec<(String, usize)> = sure.map(|(key, count)| (key, count.times)).collect();
    names.sort_by(|(first, a), (second, b)| b.cmp(a).then_with(|| first.cmp(second)));
    names.truncate(MOST);
    names
}

#[derive(Default)]
struct Count {
    times: usize,
    is_sure: bool,
}

struct Word<'a> {
    text: &'a str,
    is_capital: bool,
    /// Whether a sentence begins here.
    is_first: bool,
    /// Whether only a space stands between it and the word before.
    follows: bool,
}

fn count_run(run: &[Word<'_>], counts: &mut HashMap<String, Count>) {
    if run.first().is_none_or(|word| !word.is_capital) {
        return;
    }
    for part in run.chunk_by(|first, second| !is_foreign(first.text) && !is_foreign(second.text)) {
        if part.iter().all(|word| word.text.is_ascii()) {
            for word in part {
                count_word(word, counts);
            }
        } else if part.len() > 1 {
            count(whole(part), true, counts);
            // "Theo Trung Quốc" is not another name than "Trung Quốc".
            let rest =
                part.get(1..).filter(|rest| rest.len() > 1 && part.first().is_some_and(|word| word.is_first));
            if let Some(rest) = rest {
                count(whole(rest), true, counts);
            }
        }
    }
}

fn whole(part: &[Word<'_>]) -> String {
    search_form(&part.iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
}

fn count_word(word: &Word<'_>, counts: &mut HashMap<String, Count>) {
    if word.text.len() < SHORTEST {
        return;
    }
    let inner = word.text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    let is_sure = !word.is_first || inner || is_foreign(word.text);
    count(word.text.to_ascii_lowercase(), is_sure, counts);
}

static NOT_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| NO_NAMES.split_whitespace().chain(BEGINNINGS.split_whitespace()).collect());

/// Whether this cannot be a Vietnamese syllable: letters or an end that none has, two groups of vowels, or too long.
fn is_foreign(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let groups = lower.as_bytes().chunk_by(|first, second| is_vowel(first) == is_vowel(second));
    let vowels = groups.filter(|group| group.first().is_some_and(is_vowel)).count();
    let ends_foreign = lower.ends_with(['b', 'd', 'f', 'j', 'k', 'l', 'q', 'r', 's', 'v', 'w', 'x', 'z']);
    word.is_ascii()
        && (vowels != 1 || lower.len() > 7 || ends_foreign || lower.contains(['f', 'j', 'w', 'z']))
}

fn count(key: String, is_sure: bool, counts: &mut HashMap<String, Count>) {
    let count = counts.entry(key).or_default();
    count.times += 1;
    count.is_sure |= is_sure;
}

fn words(line: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut end = 0;
    for piece in line.split(|c: char| !c.is_alphanumeric() || !is_cased(c)).filter(|piece| !piece.is_empty())
    {
        let start = piece.as_ptr() as usize - line.as_ptr() as usize;
        let gap = line.get(end..start).unwrap_or_default();
        let is_first = words.is_empty() || gap.contains(['.', '!', '?', '…', ':', '“', '"', '。']);
        words.push(Word {
            text: piece,
            is_capital: piece.starts_with(char::is_uppercase),
            is_first,
            follows: gap == " " && !words.is_empty(),
        });
        end = start + piece.len();
    }
    words
}

/// Letters of scripts with capitals, and digits; a Han character ends a name.
fn is_cased(c: char) -> bool {
    (c as u32) < 0x2000
}
