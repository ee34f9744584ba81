//! What repeats on the articles of a host, and is therefore no part of any of them.
//!
//! A block is believed to be boilerplate once several different articles had it in the same position, and a good part of
//! all articles since it first appeared. What few articles share (a quotation, a correction, the words that open a series)
//! stays below that.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use url::Url;

use super::epoch::fingerprint;

/// In how many different articles a block must have stood.
const LEAST_ARTICLES: u32 = 5;
/// One of so many articles since it first appeared must have had it.
const ONE_OF: u32 = 3;
/// Most blocks that are remembered of a host.
const MOST_BLOCKS: usize = 96;
/// Most blocks of one article that are looked at.
const MOST_OF_ARTICLE: usize = 24;
/// How many of the last articles another one is compared with.
const MOST_RECENT: usize = 24;
/// After so many articles without it a block that is not believed to repeat is forgotten,
const UNPROVEN_FOR: u32 = 40;
/// and one that is.
const PROVEN_FOR: u32 = 300;

/// A hash of 48 bits: hosts have few blocks, and the shorter number halves what is stored.
pub(super) fn key(texts: &[&str]) -> u64 {
    fingerprint(texts) >> 16
}

/// What one article shows of its host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its headline.
    pub(super) title: u64,
    /// How it begins.
    pub(super) opening: u64,
    /// What may be boilerplate by where it stands.
    pub(super) blocks: Vec<u64>,
}

impl Seen {
    /// Whether there is nothing to learn.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// What the articles of a host have taught; a few kilobytes, however many there were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Learnt {
    /// Different articles so far.
    articles: u32,
    blocks: Vec<Block>,
    /// Headlines and beginnings of the last ones.
    recent: VecDeque<(u64, u64)>,
}

/// A block and where it was seen; stored as a list of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u64, u32, u32, u32, u8)", into = "(u64, u32, u32, u32, u8)")]
struct Block {
    key: u64,
    /// In how many articles.
    articles: u32,
    /// The first and the last of them, counted among all.
    first: u32,
    last: u32,
    repeats: bool,
}

impl From<(u64, u32, u32, u32, u8)> for Block {
    fn from((key, articles, first, last, repeats): (u64, u32, u32, u32, u8)) -> Self {
        Self { key, articles, first, last, repeats: repeats != 0 }
    }
}

impl From<Block> for (u64, u32, u32, u32, u8) {
    fn from(block: Block) -> Self {
        (block.key, block.articles, block.first, block.last, u8::from(block.repeats))
    }
}

impl Learnt {
    /// The host under which what a page teaches is kept: with and without "www." pages are built alike.
    pub fn host_of(page: &Url) -> String {
        let host = page.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    }

    /// What is known after one more article. One that has the headline of another, or begins with the same two paragraphs, is a
    /// version of it, and teaches nothing.
    #[must_use]
    pub fn after(mut self, seen: &Seen) -> Self {
        let is_version = |(title, opening): &(u64, u64)| *title == seen.title || *opening == seen.opening;
        if seen.is_empty() || self.recent.iter().any(is_version) {
            return self;
        }
        self.articles = self.articles.saturating_add(1);
        self.recent.push_back((seen.title, seen.opening));
        if self.recent.len() > MOST_RECENT {
            self.recent.pop_front();
        }
        let mut keys: Vec<u64> = seen.blocks.iter().copied().take(MOST_OF_ARTICLE).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            self.count(key);
        }
        self.forget();
        self
    }

    fn count(&mut self, key: u64) {
        let now = self.articles;
        let Some(block) = self.blocks.iter_mut().find(|block| block.key == key) else {
            self.blocks.push(Block { key, articles: 1, first: now, last: now, repeats: false });
            return;
        };
        block.articles += 1;
        block.last = now;
        let since = now.saturating_sub(block.first) + 1;
        block.repeats |= block.articles >= LEAST_ARTICLES && block.articles.saturating_mul(ONE_OF) >= since;
    }

    fn forget(&mut self) {
        let now = self.articles;
        self.blocks.retain(|block| {
            now.saturating_sub(block.last) <= if block.repeats { PROVEN_FOR } else { UNPROVEN_FOR }
        });
        if self.blocks.len() > MOST_BLOCKS {
            self.blocks.sort_by_key(|block| std::cmp::Reverse((block.repeats, block.last, block.articles)));
            self.blocks.truncate(MOST_BLOCKS);
        }
    }

    pub(super) fn repeats(&self, key: u64) -> bool {
        self.blocks.iter().any(|block| block.repeats && block.key == key)
    }

    /// How many blocks are believed to repeat.
    pub fn len(&self) -> usize {
        self.blocks.iter().filter(|block| block.repeats).count()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same as long as the same blocks are left out, however often they are seen; 0 where there are none.
    pub(super) fn version(&self) -> u64 {
        let repeating = self.blocks.iter().filter(|block| block.repeats);
        repeating.fold(0, |sum, block| sum.wrapping_add(fingerprint(&[&block.key.to_string()])))
    }
}
