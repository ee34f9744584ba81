//! How much of a feed is kept: beyond it is a mistake or an attack.

/// No feed lists more entries; what is beyond is said in the repairs.
pub(super) const MOST_ENTRIES: usize = 10_000;
/// Bytes of HTML kept of a summary or content.
pub(super) const LONGEST_TEXT: usize = 1 << 20;
/// Bytes kept of an identifier or address.
pub(super) const LONGEST_NAME: usize = 4_000;
/// Authors and categories kept of an entry.
pub(super) const MOST_TERMS: usize = 100;
