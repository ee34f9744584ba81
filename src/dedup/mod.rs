//! Which articles are the same article, and which tell of one event.
//!
//! ```text
//! text -> tokens, paragraphs -> shingles -> Signature -> bands: who may be kin -> compare -> Kinship
//!      -> names, numbers     -> Facts                                          -> same_story
//! ```

mod bands;
mod compare;
mod content;
mod facts;
mod group;
mod headline;
mod names;
mod paragraphs;
mod signature;
mod story;
mod tokens;

#[cfg(test)]
mod tests;

pub use compare::{Comparison, Kinship, compare};
pub use content::{ContentHash, content_hash};
pub use facts::{Facts, Name, Parts, Quantity};
pub use group::{Group, GroupKind, group};
pub use headline::{is_announced_by, is_titled};
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
