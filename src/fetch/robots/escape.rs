//! One spelling for all ways to write an octet of a path, so that patterns and addresses can be compared (RFC 9309, 2.2.2).

/// A pattern without its anchor: `*` stays a wildcard, a run of them is one.
pub(super) fn of_pattern(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut parts = text.split('*');
    push(&mut escaped, parts.next().unwrap_or_default());
    for part in parts {
        if !escaped.ends_with('*') {
            escaped.push('*');
        }
        push(&mut escaped, part);
    }
    escaped
}

/// Path and query of an address: nothing in them is a wildcard.
pub(super) fn of_address(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push(&mut escaped, text);
    escaped
}

/// Octets that mean the same escaped or not are written plainly, all others that may not stand in a pattern or path are escaped,
/// and what is escaped already (`%2f`) stays so, in upper case.
fn push(escaped: &mut String, text: &str) {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let octet = if byte == b'%' { hex_octet(&mut bytes) } else { None };
        match octet {
            Some(octet) if is_unreserved(octet) => escaped.push(char::from(octet)),
            Some(octet) => push_escape(escaped, octet),
            None if is_plain(byte) => escaped.push(char::from(byte)),
            None => push_escape(escaped, byte),
        }
    }
}

/// The octet that two hexadecimal digits stand for; takes them only where they are ones.
fn hex_octet(bytes: &mut std::str::Bytes<'_>) -> Option<u8> {
    let mut ahead = bytes.clone();
    let mut digit = || char::from(ahead.next()?).to_digit(16);
    let octet = digit()? * 16 + digit()?;
    *bytes = ahead;
    u8::try_from(octet).ok()
}

fn push_escape(escaped: &mut String, octet: u8) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digits = [octet >> 4, octet & 15].into_iter().filter_map(|half| DIGITS.get(usize::from(half)));
    escaped.push('%');
    escaped.extend(digits);
}

/// RFC 3986, 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Whether this stands for itself. `*` and `$` have a meaning in patterns, so that a literal one is always escaped; a `%` that
/// escapes nothing stays as browsers leave it.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(byte, b'*' | b'$' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
}
