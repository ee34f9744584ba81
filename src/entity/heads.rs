//! Spellings cut into heads, which an automaton looks for, and tails, which are compared.

use std::ops::Range;

use super::texts::{TextId, Texts};

/// Fewer spellings are looked for whole: their automaton is small, and it finds nothing in vain.
const MANY: usize = 50_000;
/// So many spellings may have one head.
const MOST_ALIKE: usize = 16;
/// No head is shorter, in bytes: the beginnings of common words would be found everywhere.
const SHORTEST: usize = 8;

/// What stands behind the heads.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// For each head the first of its spellings; one more at the end. Empty where the spellings are looked for whole.
    first_spellings: Vec<u32>,
    /// What of each spelling stands behind its head.
    tails: Texts,
}

impl Heads {
    /// Cuts spellings, given by the numbers of their texts in the order of those texts, each once. Returns also the heads.
    pub(super) fn of<'a>(spellings: &[TextId], keys: &'a Texts) -> (Self, Vec<&'a str>) {
        if spellings.len() < MANY {
            return (Self::default(), spellings.iter().map(|key| keys.get(*key)).collect());
        }
        let mut cut = Cut { spellings, keys, heads: Self::default(), written: Vec::new() };
        cut.split(0..spellings.len(), 0);
        cut.heads.first_spellings.push(spellings.len() as u32);
        cut.heads.first_spellings.shrink_to_fit();
        cut.heads.tails.shrink();
        (cut.heads, cut.written)
    }

    /// Whether heads are whole spellings, numbered alike.
    pub(super) fn are_whole(&self) -> bool {
        self.first_spellings.is_empty()
    }

    /// The spellings of this head with whose tails `rest` begins, and the lengths of those in bytes.
    pub(super) fn completed(&self, head: u32, rest: &str) -> impl Iterator<Item = (u32, usize)> {
        let bound = |index: usize| self.first_spellings.get(index).copied().unwrap_or(0);
        let spellings = bound(head as usize)..bound(head as usize + 1);
        spellings.filter_map(move |spelling| {
            let tail = self.tails.get(spelling);
            rest.starts_with(tail).then_some((spelling, tail.len()))
        })
    }
}

/// The cutting.
struct Cut<'a, 's> {
    spellings: &'s [TextId],
    keys: &'a Texts,
    heads: Heads,
    written: Vec<&'a str>,
}

impl<'a> Cut<'a, '_> {
    fn key(&self, index: usize) -> &'a str {
        self.spellings.get(index).map_or("", |key| self.keys.get(*key))
    }

    /// Cuts these spellings, which begin with the same `shared` bytes. It goes as deep as a spelling is long, which is bounded.
    fn split(&mut self, mut range: Range<usize>, shared: usize) {
        if range.len() <= MOST_ALIKE && shared >= SHORTEST {
            self.take(range, shared);
            return;
        }
        if self.key(range.start).len() == shared {
            self.take(range.start..range.start + 1, shared);
            range.start += 1;
        }
        while range.start < range.end {
            let next = self.next_char(range.start, shared);
            let length = next.map_or(0, char::len_utf8);
            let alike =
                (range.start..range.end).take_while(|index| self.next_char(*index, shared) == next).count();
            self.split(range.start..range.start + alike, shared + length);
            range.start += alike;
        }
    }

    fn next_char(&self, index: usize, shared: usize) -> Option<char> {
        self.key(index).get(shared..)?.chars().next()
    }

    /// These spellings get one head of so many bytes.
    fn take(&mut self, range: Range<usize>, length: usize) {
        self.written.push(self.key(range.start).get(..length).unwrap_or_default());
        self.heads.first_spellings.push(range.start as u32);
        for index in range {
            self.heads.tails.push(self.key(index).get(length..).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys in order, and their heads.
    fn cut(all: &[String]) -> (Texts, Vec<TextId>) {
        let mut keys = Texts::default();
        let ids = all.iter().map(|key| keys.push(key)).collect();
        (keys, ids)
    }

    #[test]
    fn every_spelling_is_its_head_and_its_tail() {
        let mut all: Vec<String> = (0..MANY).map(|number| format!("tập đoàn {number}")).collect();
        all.extend((1..40).map(|length| "华".repeat(length)));
        all.sort();
        let (keys, ids) = cut(&all);
        let (heads, written) = Heads::of(&ids, &keys);
        assert!(!heads.are_whole() && written.len() < all.len() / 4, "{} heads", written.len());
        let mut distinct = written.clone();
        distinct.dedup();
        assert_eq!(distinct.len(), written.len());
        let mut found = Vec::new();
        for (head, text) in written.iter().enumerate() {
            let range = heads.first_spellings[head]..heads.first_spellings[head + 1];
            found.extend(range.map(|spelling| format!("{text}{}", heads.tails.get(spelling))));
        }
        assert_eq!(found, all);
    }

    #[test]
    fn tails_that_begin_each_other_are_all_completed() {
        let mut all: Vec<String> = (0..MANY).map(|number| format!("x{number:08}")).collect();
        all.extend(["tập đoàn", "tập đoàn an", "tập đoàn an khang", "tập đoàn bình"].map(str::to_owned));
        all.sort();
        let (keys, ids) = cut(&all);
        let (heads, written) = Heads::of(&ids, &keys);
        let head = written.iter().position(|head| "tập đoàn".starts_with(head)).unwrap();
        let rest = "tập đoàn an khanh".strip_prefix(written[head]).unwrap();
        let completed: Vec<&str> =
            heads.completed(head as u32, rest).map(|(spelling, _)| all[spelling as usize].as_str()).collect();
        assert_eq!(completed, ["tập đoàn", "tập đoàn an"]);
    }

    #[test]
    fn few_spellings_stay_whole() {
        let all = ["a", "ab", "abc"].map(str::to_owned);
        let (keys, ids) = cut(&all);
        let (heads, written) = Heads::of(&ids, &keys);
        assert!(heads.are_whole());
        assert_eq!(written, ["a", "ab", "abc"]);
    }
}
