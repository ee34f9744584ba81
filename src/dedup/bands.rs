//! Which signatures may be kin: `MinHash` with locality-sensitive hashing, and the first words of the first paragraphs.

use super::paragraphs::Reading;
use super::tokens::{join, mix};

/// Bands of the `MinHash` signature.
const BANDS: usize = 32;
/// Hashes in a band, all of which have to be equal.
const ROWS: usize = 2;
/// First paragraphs whose beginnings are bands of their own. Copies are mostly cut from the end, so that a short one has its
/// beginnings in common with a long one of which it is only a small part.
const ANCHORS: usize = 8;
/// So many words of a paragraph are its beginning, and shorter paragraphs have none.
const ANCHOR: usize = 8;

/// The bands of a text's core shingles, and of its openings, sorted.
///
/// Two texts that share the part *s* of all their shingles have at least one of the 32 bands of 2 rows in common with the
/// probability `1 - (1 - s²)³²`:
///
/// | s | .02 | .05 | .1 | .2 | .3 | .4 | .5 |
/// |---|---|---|---|---|---|---|---|
/// | kin is looked for | .01 | .08 | .28 | .73 | .95 | .996 | .9999 |
pub(super) fn bands(core: &[u32], reading: &Reading) -> Vec<u64> {
    let mut bands = anchors(reading);
    if !core.is_empty() {
        let least = least_hashes(core);
        let pairs = least.chunks_exact(ROWS).zip(1_u64..);
        bands.extend(
            pairs.map(|(rows, band)| rows.iter().fold(mix(band), |hash, row| join(hash, u64::from(*row)))),
        );
    }
    bands.sort_unstable();
    bands.dedup();
    bands
}

/// `MinHash`: the least of all shingles under each of 64 permutations of the hashes.
fn least_hashes(core: &[u32]) -> [u32; BANDS * ROWS] {
    let mut keys = [0_u64; BANDS * ROWS];
    for (key, seed) in keys.iter_mut().zip(1_u64..) {
        // Multiply-shift hashing (Dietzfelbinger 1997) wants an odd factor.
        *key = mix(seed) | 1;
    }
    let mut least = [u32::MAX; BANDS * ROWS];
    for shingle in core {
        let shingle = u64::from(*shingle) | 0x1_0000_0000;
        for (least, key) in least.iter_mut().zip(&keys) {
            *least = (*least).min((shingle.wrapping_mul(*key) >> 32) as u32);
        }
    }
    least
}

fn anchors(reading: &Reading) -> Vec<u64> {
    let paragraphs = reading.paragraphs.iter().map(|paragraph| reading.of_paragraph(paragraph));
    let long = paragraphs.filter_map(|tokens| tokens.get(..ANCHOR)).take(ANCHORS);
    long.map(|beginning| beginning.iter().fold(0, |hash, token| join(hash, token.masked()))).collect()
}
