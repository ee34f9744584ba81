//! Web and e-mail addresses in running text: names inside them are not mentions.

use std::ops::Range;

use memchr::memchr3;

/// Endings by which an address without a scheme is known (`huawei.com`): the generic ones in use by news, and the
/// countries our sources come from. Endings that are also words or file suffixes (`.in`, `.me`, `.md`) are left out: a missing
/// space after a full stop is more common than such an address.
const ENDINGS: &[&str] = &[
    "ai", "app", "asia", "au", "biz", "blog", "br", "ca", "cloud", "cn", "com", "de", "dev", "edu", "eu",
    "fr", "gov", "hk", "info", "int", "io", "jp", "kr", "mil", "net", "news", "nl", "online", "org", "ru",
    "sg", "shop", "site", "store", "tech", "tv", "tw", "uk", "vn", "xyz",
];

/// The byte ranges of addresses in `text`, in order, without the punctuation of the sentence around them.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(anchor) = next_anchor(text, from) {
        let floor = found.last().map_or(0, |last| last.end);
        let address = address_at(text, anchor, floor);
        let read = address.as_ref().map_or(anchor, |address| address.end);
        // No byte of a host is looked at twice for its dots, which keeps `a.a.a.a…` linear.
        let host = host_run(text, anchor);
        from = read.max(anchor + host.len()).max(anchor + 1);
        found.extend(address);
    }
    found
}

fn next_anchor(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    memchr3(b':', b'@', b'.', rest).map(|index| from + index)
}

fn address_at(text: &str, anchor: usize, floor: usize) -> Option<Range<usize>> {
    let rest = text.get(anchor..)?;
    match rest.bytes().next()? {
        b'@' => mail_address(text, anchor, floor),
        b'.' => bare_domain(text, anchor, floor),
        _ if rest.starts_with("://") => with_scheme(text, anchor, floor),
        _ => None,
    }
}

/// `https://host/path` around the colon at byte `anchor`.
fn with_scheme(text: &str, anchor: usize, floor: usize) -> Option<Range<usize>> {
    let scheme = tail_of(text, floor, anchor, |byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let start = anchor - scheme.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).len();
    let host = anchor + "://".len();
    let end = address_end(text, host);
    (start < anchor && end > host).then_some(start..end)
}

/// `local@host` around the sign at byte `anchor`.
fn mail_address(text: &str, anchor: usize, floor: usize) -> Option<Range<usize>> {
    let local = tail_of(text, floor, anchor, |byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte));
    let host = host_at(text, anchor + 1);
    let plausible =
        !local.is_empty() && host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    plausible.then(|| anchor - local.len()..anchor + 1 + host.len())
}

/// `host.ending` around the first dot at byte `anchor`. A capitalised one without a path is a company's name
/// (`Amazon.com`, `Booking.com`), not an address.
fn bare_domain(text: &str, anchor: usize, floor: usize) -> Option<Range<usize>> {
    let label = tail_of(text, floor, anchor, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let start = anchor - label.len();
    let host = host_at(text, start);
    let end = start + host.len();
    let after = text.as_bytes().get(end..).unwrap_or_default();
    let has_path = matches!(after, [b'/' | b'?' | b'#', next, ..] if begins_path(*next))
        || matches!(after, [b':', next, ..] if next.is_ascii_digit());
    let ending = host.rsplit('.').next().unwrap_or_default();
    let known_ending =
        ENDINGS.contains(&ending) || has_path && is_short_link(host, ending) && !is_glued(text, start);
    let complete = host.split('.').all(|label| !label.is_empty()) && after.first() != Some(&b'@');
    let typed_as_address = label == "www" || host.starts_with(|c: char| !c.is_ascii_uppercase()) || has_path;
    if !complete || !(known_ending || label.eq_ignore_ascii_case("www")) || !typed_as_address {
        return None;
    }
    Some(start..if has_path { address_end(text, end) } else { end })
}

/// `/tin`, `/@name`, `/~name`, `/%E5`, and letters as they are typed: those below the general punctuation.
fn begins_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"@~%_-?#!".contains(&byte) || (0xC3..=0xE1).contains(&byte)
}

/// `t.me/…`, `youtu.be/…`, `bit.ly/…`: behind a path any two letters end a host.
fn is_short_link(host: &str, ending: &str) -> bool {
    ending.len() == 2
        && ending.bytes().all(|byte| byte.is_ascii_lowercase())
        && !host.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a word goes on at byte `start`, so that what begins there is only the rest of it.
fn is_glued(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// The host at byte `start`, without the dot that ends a sentence.
fn host_at(text: &str, start: usize) -> &str {
    host_run(text, start).trim_end_matches(['.', '-'])
}

/// The run of host characters at byte `start`.
fn host_run(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// The longest tail of `floor..end` made of such bytes, all of them ASCII.
fn tail_of(text: &str, floor: usize, end: usize, is_part: impl Fn(u8) -> bool) -> &str {
    let before = text.as_bytes().get(floor..end).unwrap_or_default();
    let length = before.iter().rev().take_while(|byte| is_part(**byte)).count();
    text.get(end - length..end).unwrap_or_default()
}

/// The end of an address whose path goes on at byte `from`: at white space, quotes, a bracket it did not open, or
/// Chinese text; the punctuation of the sentence is not part of it.
fn address_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let mut open = 0_usize;
    let mut length = rest.len();
    for (index, c) in rest.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            _ if !is_address_part(c) => {
                length = index;
                break;
            }
            _ => {}
        }
    }
    let address = rest.get(..length).unwrap_or_default();
    from + address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']).len()
}

fn is_address_part(c: char) -> bool {
    match c {
        '"' | '<' | '>' | '[' | ']' | '{' | '}' | '`' | ')' | '\\' | '|' => false,
        _ if c.is_ascii() => c.is_ascii_graphic(),
        // An address typed with its Vietnamese letters; Han and full-width punctuation begin the next word.
        _ => c.is_alphanumeric() && c < '\u{2E80}',
    }
}
