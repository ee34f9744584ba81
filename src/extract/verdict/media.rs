//! Whether bytes are a web page: their own beginning counts more than the media type, which is often wrong.

/// How far into a page its markup must begin.
const SNIFFED: usize = 2048;
/// One byte in so many that is a control character makes a text doubtful.
const CONTROLS: usize = 20;

/// Beginnings of formats, and what they are called.
const MAGIC: [(&[u8], &str); 27] = [
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"{\\rtf", "an office document"),
    (b"%!PS", "a PostScript document"),
    (b"\x1F\x8B", "compressed data"),
    (b"\x28\xB5\x2F\xFD", "compressed data"),
    (b"\xFD7zXZ", "compressed data"),
    (b"BZh", "compressed data"),
    (b"7z\xBC\xAF", "an archive"),
    (b"Rar!", "an archive"),
    (b"RIFF", "a picture, a film or a sound"),
    (b"OggS", "a film or a sound"),
    (b"ID3", "a sound"),
    (b"fLaC", "a sound"),
    (b"\x1A\x45\xDF\xA3", "a film"),
    (b"FLV\x01", "a film"),
    (b"wOF", "a font"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format", "a database"),
    (b"\x00\x00\x00", "binary data"),
];
/// First elements of XML documents that are no pages, and what those are.
const DOCUMENTS: [(&str, &str); 9] = [
    ("<rss", "a feed"),
    ("<feed", "a feed"),
    ("<rdf", "a feed"),
    ("<channel", "a feed"),
    ("<urlset", "a sitemap"),
    ("<sitemapindex", "a sitemap"),
    ("<opml", "a list of feeds"),
    ("<svg", "a picture"),
    ("<error", "an error in XML"),
];

/// Tags of which a page shows one early on.
const TAGS: [&str; 11] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<div",
    "<article",
    "<p>",
    "<h1",
    "<table",
];

/// What these bytes are, if they are no page.
pub(in crate::extract) fn other_than_html(bytes: &[u8], content_type: Option<&str>) -> Option<&'static str> {
    let start = bytes.get(..SNIFFED.min(bytes.len())).unwrap_or_default();
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Some(name);
    }
    if start.get(4..8) == Some(b"ftyp") {
        return Some("a picture or a film");
    }
    if is_binary(start) {
        return Some("binary data");
    }
    let text = String::from_utf8_lossy(start).replace(['\0', '\u{FEFF}'], "").to_ascii_lowercase();
    let root = root_of(&text);
    if let Some((_, name)) = DOCUMENTS.iter().find(|(tag, _)| root.starts_with(tag)) {
        return Some(name);
    }
    if is_json(root) {
        return Some("JSON");
    }
    if TAGS.iter().any(|tag| text.contains(tag)) {
        return None;
    }
    match media_type(content_type).as_deref() {
        Some("text/html" | "application/xhtml+xml") => None,
        Some("text/plain") => Some("plain text"),
        _ if root.trim().is_empty() => Some("empty"),
        _ => Some("of an unknown kind"),
    }
}

/// Control characters beyond those of line ends; UTF-16 has such bytes in every letter.
fn is_binary(start: &[u8]) -> bool {
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return false;
    }
    let controls = start.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    controls * CONTROLS > start.len()
}

/// The text from its first element on: declarations, comments and a doctype come before.
fn root_of(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?")
            || (rest.starts_with("<!doctype") && !rest.starts_with("<!doctype html"))
        {
            ">"
        } else {
            return rest;
        };
        let Some((_, after)) = rest.split_once(end) else { return rest };
        rest = after.trim_start();
    }
}

/// An object or a list; `{{` begins a template.
fn is_json(text: &str) -> bool {
    let Some(inner) = text.strip_prefix(['{', '[']).map(str::trim_start) else { return false };
    inner.starts_with(['"', '{', '[', '}', ']']) && !text.starts_with("{{")
}

fn media_type(content_type: Option<&str>) -> Option<String> {
    content_type.and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase())
}
