//! Whether a text says anything that another does not.

use super::compare::{Comparison, Kinship};
use super::paragraphs::Reading;
use super::signature::{Signature, shingles};

/// A paragraph with fewer shingles is a line: a credit, a subhead, a caption.
const LINE: usize = 8;
/// A paragraph of which less stands in the other text is a new one. Independent texts on one event share a tenth at most.
const KNOWN: f32 = 0.25;

/// Whether a text, told by its signature and its paragraphs (one a line, without the headline), stands in another as a whole:
/// a copy, perhaps cut or lightly edited, without a paragraph or a number of its own.
pub fn is_contained(paragraphs: &str, signature: &Signature, other: &Signature) -> bool {
    let comparison = Comparison::of(signature, other);
    match comparison.kinship() {
        Kinship::Exact => true,
        Kinship::Near { .. } | Kinship::Contained { .. } => {
            comparison.other_numbers == 0 && is_every_paragraph_in(paragraphs, other)
        }
        Kinship::Contains { .. } | Kinship::SameForm | Kinship::Unrelated => false,
    }
}

fn is_every_paragraph_in(paragraphs: &str, other: &Signature) -> bool {
    let reading = Reading::of(paragraphs);
    let own = reading.paragraphs.iter().filter(|paragraph| paragraph.is_core);
    own.into_iter().all(|paragraph| {
        let shingles = shingles(reading.of_paragraph(paragraph));
        let comparable = shingles.filter(|shingle| other.knows_of(*shingle));
        let (mut all, mut known) = (0_usize, 0_usize);
        for shingle in comparable {
            all += 1;
            known += usize::from(other.has(shingle));
        }
        all < LINE || known as f32 >= KNOWN * all as f32
    })
}
