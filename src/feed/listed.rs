//! The part of a feed that lists its entries, found without reading it.

use memchr::memmem;

/// The elements that are entries, as nearly all feeds write them.
const OPENINGS: [&[u8]; 2] = [b"<item", b"<entry"];
const ENDS: [&[u8]; 2] = [b"</item", b"</entry"];

/// Entries under a namespace prefix: where there may be some, their part is not told by the plain names.
const PREFIXED: [&[u8]; 4] = [b":item>", b":entry>", b":item ", b":entry "];

/// From where the first entry begins to where the last ends; everything where that cannot be told. Where this part is as it was,
/// the feed lists nothing new. What stands around it changes with each answer of many servers: when the feed was made, how long
/// that took.
pub fn listed_part(bytes: &[u8]) -> &[u8] {
    part(bytes).unwrap_or(bytes)
}

fn part(bytes: &[u8]) -> Option<&[u8]> {
    let is_markup = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'<');
    if !is_markup || PREFIXED.iter().any(|name| memmem::find(bytes, name).is_some()) {
        return None;
    }
    let start = OPENINGS.iter().filter_map(|name| memmem::find(bytes, name)).min()?;
    let last_opening = OPENINGS.iter().filter_map(|name| memmem::rfind(bytes, name)).max()?;
    let end = ENDS.iter().filter_map(|name| memmem::rfind(bytes, name)).max()?;
    // A last entry without an end goes on to the end of the document.
    bytes.get(start..if last_opening < end { end } else { bytes.len() })
}
