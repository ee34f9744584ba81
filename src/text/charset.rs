//! Bytes to text: the character encoding is chosen here and nowhere else.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding's name as in the WHATWG registry.
    pub encoding: &'static str,
    /// Whether bytes had to be replaced by U+FFFD.
    pub lossy: bool,
}

/// Decodes `bytes` by byte order mark, else as UTF-8 where they are valid UTF-8, else by the charset of the
/// HTTP `content_type`, else by the label the document itself `declared`, else by what the bytes look like.
pub fn decode(bytes: &[u8], content_type: Option<&str>, declared: Option<&str>) -> Decoded {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (Some(encoding), bytes.get(mark..).unwrap_or_default()),
        None => (named(bytes, content_type, declared), bytes),
    };
    let is_mail = encoding == Some(ISO_2022_JP) && bytes.contains(&0x1B);
    let is_wide = encoding == Some(UTF_16LE) || encoding == Some(UTF_16BE);
    if !is_mail
        && !is_wide
        && let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Decoded { text: text.into_owned(), encoding: UTF_8.name(), lossy: false };
    }
    let encoding = choose(bytes, encoding);
    if encoding == UTF_8 {
        return Decoded { text: with_strays(bytes), encoding: UTF_8.name(), lossy: true };
    }
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), lossy }
}

/// The encoding that the HTTP header names, else the document. Text without zero bytes is no UTF-16, whatever it says.
fn named(bytes: &[u8], content_type: Option<&str>, declared: Option<&str>) -> Option<&'static Encoding> {
    let possible =
        |encoding: &&'static Encoding| (*encoding != UTF_16LE && *encoding != UTF_16BE) || bytes.contains(&0);
    let header = content_type.and_then(charset_parameter).and_then(encoding_of).filter(possible);
    header.or_else(|| declared.and_then(encoding_of).filter(possible))
}

/// UTF-8 into which text of an older encoding was pasted: a byte alone among good ones is read as that of
/// windows-1252, which is what most of them are. What is left of a broken sequence is replaced by U+FFFD.
fn with_strays(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            [stray] if !chunk.valid().is_empty() && *stray >= 0x80 => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*stray]).0);
            }
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

/// The encoding of bytes that are no faultless UTF-8.
fn choose(bytes: &[u8], named: Option<&'static Encoding>) -> &'static Encoding {
    let (good, wrong) = evidence(bytes);
    match named {
        Some(encoding) if encoding != UTF_8 => encoding,
        Some(_) if wrong <= 4 => UTF_8,
        _ if good >= wrong => UTF_8,
        _ => detect(bytes),
    }
}

fn encoding_of(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The `charset` parameter of a media type.
pub fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// How many characters beyond ASCII are valid UTF-8, and how many bytes are not. Text of another encoding hardly ever
/// looks like UTF-8; a document in which most does is damaged in places, or had other text pasted into it.
fn evidence(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(good, wrong), chunk| {
        let beyond_ascii = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (good + beyond_ascii, wrong + chunk.invalid().len())
    })
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_chosen_by_evidence() {
        let windows_1258 = b"Vi\xEA\xF2t";
        for (bytes, content_type, declared, encoding) in [
            ("Việt".as_bytes(), Some("text/html; charset=iso-8859-1"), None, "UTF-8"),
            (b"\xFF\xFEV\0".as_slice(), None, Some("utf-8"), "UTF-16LE"),
            (windows_1258, Some("text/xml; charset=\"windows-1258\""), None, "windows-1258"),
            (windows_1258, None, Some("windows-1258"), "windows-1258"),
            (
                b"\xBB\xAA\xCE\xAA\xB7\xA2\xB2\xBC\xC1\xCB\xD0\xC2\xB5\xC4\xD0\xBE\xC6\xAC",
                None,
                Some("gb2312"),
                "GBK",
            ),
        ] {
            assert_eq!(decode(bytes, content_type, declared).encoding, encoding, "{bytes:?}");
        }
    }

    #[test]
    fn a_few_damaged_bytes_do_not_change_the_encoding() {
        let mut bytes = "Việt Nam phát triển ".repeat(20).into_bytes();
        bytes.push(0xFF);
        let decoded = decode(&bytes, Some("text/html; charset=utf-8"), None);
        assert_eq!((decoded.encoding, decoded.lossy), ("UTF-8", true));
    }
}
