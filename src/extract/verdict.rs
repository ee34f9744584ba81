//! Whether a fetched page is an article at all.

use crate::model::Verdict;

/// How far into a page its markup must begin.
const SNIFFED: usize = 2048;

/// Whether these bytes are a page: their own beginning counts more than the media type, which is often wrong.
pub(super) fn is_html(bytes: &[u8], content_type: Option<&str>) -> bool {
    let start = bytes.get(..SNIFFED.min(bytes.len())).unwrap_or_default();
    if is_binary(start) {
        return false;
    }
    let text = String::from_utf8_lossy(start).replace('\0', "").to_ascii_lowercase();
    let looks = [
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
    if looks.iter().any(|tag| text.contains(tag)) {
        return true;
    }
    let media =
        content_type.and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase());
    matches!(media.as_deref(), Some("text/html" | "application/xhtml+xml"))
}

fn is_binary(start: &[u8]) -> bool {
    const MAGIC: [&[u8]; 9] = [
        b"%PDF-",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"PK\x03\x04",
        b"\x1F\x8B",
        b"RIFF",
        b"\x00\x00\x00",
        b"OggS",
    ];
    MAGIC.iter().any(|magic| start.starts_with(magic))
}

/// What a page with this much text is.
pub(super) fn of_text(paragraphs: &[String], lead: &str) -> Verdict {
    if paragraphs.is_empty() && lead.is_empty() { Verdict::Empty } else { Verdict::Article }
}
