//! Which articles are the same article.

mod content;
mod headline;

pub use content::{ContentHash, content_hash};
pub use headline::{is_announced_by, is_titled};

use crate::text::address;

/// The address under which an article is known once: no fragment, no tracking parameters, host in lower case.
///
/// It is a key for comparing; an article is fetched from the address that its feed gave. See
/// [`address::canonical`] for what counts as the same.
pub fn canonical_url(url: &str) -> String {
    address::canonical(url)
}
