//! Articles as they lie in the database: JSON, packed to less than half.
//!
//! A short text packs badly by itself, so each is packed as the continuation of one that has the usual keys and words (what RFC 1950
//! calls a preset dictionary).

use std::cell::RefCell;
use std::error::Error;
use std::io::Read as _;

use flate2::bufread::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use rusqlite::types::FromSqlError;

use crate::model::Article;

/// What every packed article continues. It never changes: another one would have another `FORMAT`.
const USUAL: &str = include_str!("usual.txt");

/// The first byte of what is packed: which of the usual texts it continues.
const FORMAT: u8 = 1;

/// Larger articles than this are not made by us.
const LARGEST: u64 = 64 << 20;

/// Beyond it more work saves hardly a byte of texts of this length.
const LEVEL: u32 = 6;

thread_local! {
    /// To be begun anew for each article: making one takes as long as packing.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
}

/// The article in few bytes.
pub(super) fn pack(article: &Article) -> rusqlite::Result<Vec<u8>> {
    let text = serde_json::to_vec(article).map_err(unpackable)?;
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        packer.set_dictionary(USUAL.as_bytes()).map_err(unpackable)?;
        let mut packed = Vec::with_capacity(text.len() / 2 + 64);
        packed.push(FORMAT);
        deflate(packer, &text, &mut packed)?;
        Ok(packed)
    })
}

/// The article again.
pub(super) fn unpack(packed: &[u8]) -> Result<Article, FromSqlError> {
    let Some((&FORMAT, rest)) = packed.split_first() else {
        return Err(unreadable("it is packed in a way that this version does not know"));
    };
    let mut text = Vec::with_capacity(USUAL.len() + 4 * rest.len());
    let whole = STORED.as_slice().chain(USUAL.as_bytes()).chain(rest);
    DeflateDecoder::new(whole).take(LARGEST).read_to_end(&mut text).map_err(unreadable)?;
    serde_json::from_slice(text.get(USUAL.len()..).unwrap_or_default()).map_err(unreadable)
}

/// The head of a block of RFC 1951 that holds the usual text as it stands, and is not the last: its type, its length, and that inverted.
const STORED: [u8; 5] = {
    let [low, high] = (USUAL.len() as u16).to_le_bytes();
    [0, low, high, !low, !high]
};

/// Appends the packed form of a text.
fn deflate(state: &mut Compress, text: &[u8], packed: &mut Vec<u8>) -> rusqlite::Result<()> {
    loop {
        let done = usize::try_from(state.total_in()).unwrap_or(usize::MAX);
        let rest = text.get(done..).unwrap_or_default();
        if state.compress_vec(rest, packed, FlushCompress::Finish).map_err(unpackable)? == Status::StreamEnd {
            return Ok(());
        }
        packed.reserve(packed.len());
    }
}

fn unpackable(error: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

fn unreadable(error: impl Into<Box<dyn Error + Send + Sync>>) -> FromSqlError {
    FromSqlError::Other(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(paragraphs: &[&str]) -> Article {
        Article {
            url: "https://bao.example/tin/1".to_owned(),
            canonical_url: "https://bao.example/tin/1".to_owned(),
            title: "Nhà máy mới ở Cảng Bắc".to_owned(),
            paragraphs: paragraphs.iter().map(|paragraph| (*paragraph).to_owned()).collect(),
            ..Article::default()
        }
    }

    #[test]
    fn whatever_is_packed_comes_back() {
        let long = "Sản lượng quý này tăng 12,5% so với cùng kỳ. ".repeat(40_000);
        let noise: String =
            (0..70_000_u32).filter_map(|n| char::from_u32(n.wrapping_mul(2_654_435_761) >> 16)).collect();
        for paragraphs in [
            &[][..],
            &[""],
            &["公司发布新一代加速芯片。"],
            &["Quoted \"words\"\n\u{1}", "🙂"],
            &[&long],
            &[&noise],
        ] {
            let article = article(paragraphs);
            assert_eq!(unpack(&pack(&article).unwrap()).unwrap(), article);
        }
    }

    #[test]
    fn a_usual_article_takes_less_than_half() {
        let text = "Công ty cho biết sẽ đầu tư thêm vào nhà máy trong năm nay, theo thông tin được công bố hôm qua. ";
        let article = article(&[
            text,
            "The company said it would invest more this year.",
            "Giá bán chưa được tiết lộ.",
        ]);
        let (packed, plain) = (pack(&article).unwrap().len(), serde_json::to_vec(&article).unwrap().len());
        assert!(packed * 2 < plain, "{packed} of {plain}");
    }

    #[test]
    fn what_is_damaged_or_of_a_later_version_is_an_error() {
        let packed = pack(&article(&["Một đoạn văn."])).unwrap();
        let later = [&[FORMAT + 1][..], &packed[1..]].concat();
        for bad in [&[][..], &[FORMAT], &later, &packed[..packed.len() / 2]] {
            assert!(unpack(bad).is_err(), "{bad:?}");
        }
    }
}
