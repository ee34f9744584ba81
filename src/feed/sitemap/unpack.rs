//! gzip, told by its first bytes.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::feed::FeedError;

/// A file that was packed once and served packed again.
const MOST_LAYERS: usize = 2;
const MAGIC: [u8; 2] = [0x1F, 0x8B];

/// Whether these bytes begin as a gzip file does.
pub(in crate::feed) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The bytes, at most `most` of them; all members of a packed file, and of one that breaks off what can be read.
pub(in crate::feed) fn unpack<'a>(
    bytes: &'a [u8],
    most: usize,
    repairs: &mut Vec<String>,
) -> Result<Cow<'a, [u8]>, FeedError> {
    let mut unpacked = Cow::Borrowed(bytes);
    for _ in 0..MOST_LAYERS {
        if !unpacked.starts_with(&MAGIC) {
            break;
        }
        unpacked = Cow::Owned(inflate(&unpacked, most, repairs)?);
    }
    if unpacked.starts_with(&MAGIC) {
        return Err(FeedError::Malformed("it is packed more than twice".to_owned()));
    }
    if unpacked.len() > most {
        repairs.push(format!("it is longer than {} MiB; the rest of it was not read", most >> 20));
        return Ok(match unpacked {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(..most).unwrap_or(bytes)),
            // In place: a second copy of so much is felt.
            Cow::Owned(mut bytes) => {
                bytes.truncate(most);
                Cow::Owned(bytes)
            }
        });
    }
    Ok(unpacked)
}

fn inflate(packed: &[u8], most: usize, repairs: &mut Vec<String>) -> Result<Vec<u8>, FeedError> {
    let mut inflated = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let outcome = MultiGzDecoder::new(packed).take(limit).read_to_end(&mut inflated);
    if let Err(error) = outcome {
        if inflated.is_empty() {
            return Err(FeedError::Malformed(format!("its gzip is damaged ({error})")));
        }
        repairs.push(format!("its gzip is damaged ({error}); what stands before that was read"));
    }
    Ok(inflated)
}
