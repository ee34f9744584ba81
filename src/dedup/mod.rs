//! Which articles are the same article, and which tell of one event.
//!
//! ```text
//! text -> tokens, paragraphs -> shingles -> Signature -> bands: who may be kin -> compare -> Kinship
//!      -> names, numbers     -> Facts                 -> keys: likewise        -> same_story
//!
//! both -> bonds with articles filed before -> which story it joins, and whether it says anything new
//! ```

mod bands;
mod compare;
mod contained;
mod content;
mod facts;
mod fresh;
mod group;
mod headline;
mod keys;
mod kin;
mod names;
mod original;
mod packed;
mod paragraphs;
mod signature;
mod story;
mod tokens;

#[cfg(test)]
mod tests;

pub use compare::{Comparison, Kinship, compare};
pub use contained::is_contained;
pub use content::{ContentHash, content_hash};
pub use facts::{Facts, Name, Parts, Quantity};
pub use group::{Group, GroupKind, group};
pub use headline::{is_announced_by, is_titled};
pub use keys::ENOUGH_KEYS;
pub use kin::{Bond, Known, bond, tied};
pub use original::{Telling, originals_first};
pub use signature::Signature;
pub use story::{WINDOW, same_story};

use crate::text::address;

/// The address under which an article is known once: no fragment, no tracking parameters, host in lower case.
///
/// It is a key for comparing; an article is fetched from the address that its feed gave. See
/// [`address::canonical`] for what counts as the same.
pub fn canonical_url(url: &str) -> String {
    address::canonical(url)
}
