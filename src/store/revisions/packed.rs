//! Pages and texts as they lie in the database: deflated, and a text that is much like the one before as its difference.

use std::collections::HashMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use crate::model::{RevisionId, Snapshot, Timestamp};
use crate::store::StoreError;

/// No page or text is longer when it is unpacked: the cap of pages in sources.toml reaches so far.
const MOST: u64 = 1 << 30;
/// Pages are packed on the way in, where each millisecond counts; a higher level saves a tenth and takes twice as long.
const OF_PAGES: Compression = Compression::new(3);
const OF_TEXTS: Compression = Compression::new(6);

/// A page as it was answered, kept so that it can be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPage {
    /// Which part of its article, from 1.
    pub number: u32,
    /// Where it came from, after redirects.
    pub url: String,
    /// `Content-Type`
    pub content_type: Option<String>,
    /// `ETag` and `Last-Modified` of the last answer.
    pub validators: (Option<String>, Option<String>),
    /// SHA-256 of the last answer's bytes.
    pub body_hash: [u8; 32],
    /// When these bytes were fetched.
    pub kept_at: Timestamp,
    /// Their SHA-256.
    pub kept_hash: [u8; 32],
    pub(super) packed: Vec<u8>,
}

impl KeptPage {
    /// A page that was just fetched; packing it takes about a millisecond for 50 kB.
    pub fn pack(
        (number, url): (u32, String),
        content_type: Option<String>,
        validators: (Option<String>, Option<String>),
        (bytes, hash): (&[u8], [u8; 32]),
        at: Timestamp,
    ) -> Self {
        Self {
            number,
            url,
            content_type,
            validators,
            body_hash: hash,
            kept_at: at,
            kept_hash: hash,
            packed: deflate(bytes, OF_PAGES),
        }
    }

    /// The bytes as they were answered.
    pub fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        inflate(&self.packed, "page")
    }
}

fn deflate(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), level);
    // Writing to memory cannot fail.
    drop(encoder.write_all(bytes));
    encoder.finish().unwrap_or_default()
}

fn inflate(packed: &[u8], what: &'static str) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(4));
    let read = DeflateDecoder::new(packed).take(MOST).read_to_end(&mut bytes);
    read.map_err(|error| StoreError::Unreadable { what, why: error.to_string() })?;
    Ok(bytes)
}

/// A text as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PackedText {
    /// The version that must be known to read it.
    pub(super) base: Option<RevisionId>,
    pub(super) bytes: Vec<u8>,
}

/// Lines that stood in the version before, by place and number, or a line of its own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Piece {
    Again(usize, usize),
    Line(String),
}

/// A text told by another one: its lines are pieces, the rest stands here.
#[derive(Debug, Serialize, Deserialize)]
struct Difference {
    rest: Snapshot,
    pieces: Vec<Piece>,
}

/// Text packs to about a third.
const USUAL_GAIN: usize = 3;

/// The text, as the difference to `base` where that is less than about half of it.
pub(super) fn pack(text: &Snapshot, base: Option<(RevisionId, &[String])>) -> Result<PackedText, StoreError> {
    let whole = json(text)?;
    if let Some((id, base)) = base {
        let difference = deflate(&json(&difference(text, base))?, OF_TEXTS);
        if difference.len() < whole.len() / USUAL_GAIN / 2 {
            return Ok(PackedText { base: Some(id), bytes: difference });
        }
    }
    Ok(PackedText { base: None, bytes: deflate(&whole, OF_TEXTS) })
}

/// The text of these bytes; `base` is the text of the version that they name.
pub(super) fn unpack(bytes: &[u8], base: Option<&Snapshot>) -> Result<Snapshot, StoreError> {
    let json = inflate(bytes, "version")?;
    let unreadable =
        |error: serde_json::Error| StoreError::Unreadable { what: "version", why: error.to_string() };
    let Some(base) = base else { return serde_json::from_slice(&json).map_err(unreadable) };
    let Difference { mut rest, pieces } = serde_json::from_slice(&json).map_err(unreadable)?;
    for piece in pieces {
        match piece {
            Piece::Again(from, count) => rest.lines.extend(base.lines.iter().skip(from).take(count).cloned()),
            Piece::Line(line) => rest.lines.push(line),
        }
    }
    Ok(rest)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value)
        .map_err(|error| StoreError::Unreadable { what: "version", why: error.to_string() })
}

fn difference(text: &Snapshot, base: &[String]) -> Difference {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, line) in base.iter().enumerate() {
        places.entry(line).or_insert(place);
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for line in &text.lines {
        let continues = match pieces.last() {
            Some(Piece::Again(from, count)) => base.get(from + count) == Some(line),
            _ => false,
        };
        match (pieces.last_mut(), places.get(line.as_str())) {
            (Some(Piece::Again(_, count)), _) if continues => *count += 1,
            (_, Some(place)) => pieces.push(Piece::Again(*place, 1)),
            (_, None) => pieces.push(Piece::Line(line.clone())),
        }
    }
    Difference { rest: Snapshot { lines: Vec::new(), ..text.clone() }, pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[&str]) -> Snapshot {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        Snapshot { title: "Tiêu đề".to_owned(), lines, ..Snapshot::default() }
    }

    #[test]
    fn a_text_is_read_as_it_was_packed() {
        let id = RevisionId::new(Timestamp::EPOCH);
        let long: Vec<String> =
            (0..60).map(|line| format!("Đoạn {line} nói về nhà máy số {}.", line * 7919)).collect();
        let long: Vec<&str> = long.iter().map(String::as_str).collect();
        let base = text(&long);
        let mut edited = long.clone();
        edited[7] = "Đoạn này là mới.";
        edited.insert(20, "Thêm một đoạn.");
        edited.remove(40);
        let reversed: Vec<&str> = long.iter().rev().copied().collect();
        for (lines, is_short) in
            [(&edited, true), (&long, true), (&vec!["a", "a", "b"], false), (&reversed, true)]
        {
            let text = text(lines);
            let packed = pack(&text, Some((id, &base.lines))).unwrap();
            assert_eq!(packed.base.is_some(), is_short, "{} bytes", packed.bytes.len());
            let known = packed.base.map(|_| &base);
            assert_eq!(unpack(&packed.bytes, known).unwrap(), text);
        }
    }

    #[test]
    fn a_page_keeps_its_bytes() {
        let page = "<p>Huawei ra mắt chip mới.</p>".repeat(900);
        let kept = KeptPage::pack(
            (1, "https://bao.example/a".to_owned()),
            None,
            (None, None),
            (page.as_bytes(), [1; 32]),
            Timestamp::EPOCH,
        );
        assert!(kept.packed.len() < page.len() / 10);
        assert_eq!(kept.bytes().unwrap(), page.as_bytes());
    }
}
