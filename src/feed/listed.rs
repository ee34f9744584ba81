//! The part of a feed that lists its entries, found without reading it.

use memchr::memmem::{find, rfind};

/// An element that is an entry, as nearly all feeds write it.
struct Named {
    opening: &'static [u8],
    end: &'static [u8],
    /// The same under a namespace prefix.
    prefixed: [&'static [u8]; 2],
}

const ITEM: Named = Named { opening: b"<item", end: b"</item", prefixed: [b":item>", b":item "] };
const ENTRY: Named = Named { opening: b"<entry", end: b"</entry", prefixed: [b":entry>", b":entry "] };

/// From where the first entry begins to where the last ends; everything where that cannot be told. Where this part is as it was,
/// the feed lists nothing new. What stands around it changes with each answer of many servers: when the feed was made, how long
/// that took.
pub fn listed_part(bytes: &[u8]) -> &[u8] {
    part(bytes).unwrap_or(bytes)
}

fn part(bytes: &[u8]) -> Option<&[u8]> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let is_markup = text.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'<');
    if !is_markup {
        return None;
    }
    let (first, name, other) = match find(bytes, ITEM.opening) {
        Some(first) => (first, ITEM, ENTRY),
        None => (find(bytes, ENTRY.opening)?, ENTRY, ITEM),
    };
    // With other names about, which of them are entries is the reader's to tell.
    let others = [name.prefixed, other.prefixed].concat();
    if find(bytes, other.opening).is_some() || others.iter().any(|name| find(bytes, name).is_some()) {
        return None;
    }
    let (last, end) = (rfind(bytes, name.opening)?, rfind(bytes, name.end)?);
    // A last entry without an end goes on to the end of the document.
    bytes.get(first..if last < end { end } else { bytes.len() })
}
