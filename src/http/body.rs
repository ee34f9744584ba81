//! Reading an answer's body, and no more of it than was asked for.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::error::Fault;
use super::unpack::Unpacker;
use super::{Excess, silence};

/// What is set aside before the first byte is there; a declared length beyond it has to prove itself.
const FIRST_ROOM: u64 = 256 * 1024;

/// How much is read, and how patiently.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) limit: u64,
    pub(super) excess: Excess,
    pub(super) silence: Option<Duration>,
    /// When the whole request ends …
    pub(super) deadline: Instant,
    /// … which is this long after its beginning.
    pub(super) after: Duration,
}

/// The decoded body. Stops reading as soon as it exceeds the limit, so that a compressed bomb costs no more than that.
pub(super) async fn read(answer: &mut reqwest::Response, bounds: Bounds) -> Result<Vec<u8>, Fault> {
    let declared = answer.content_length().unwrap_or(0);
    if declared > bounds.limit && bounds.excess == Excess::Refuse {
        return Err(Fault::TooLarge { limit: bounds.limit });
    }
    let mut body = Vec::with_capacity(declared.min(bounds.limit).min(FIRST_ROOM) as usize);
    let unpacker = Unpacker::of(answer.headers(), bounds.limit);
    let filled = async { fill(&mut body, answer, (unpacker?, bounds)).await };
    let read = timeout_at(bounds.deadline, filled).await;
    match read.unwrap_or(Err(Fault::Timeout { after: bounds.after })) {
        Err(fault) if bounds.excess != Excess::Salvage => Err(fault),
        _ => {
            // Of unknown length it has grown by doubling, and may wait for a core.
            body.shrink_to_fit();
            Ok(body)
        }
    }
}

async fn fill(
    body: &mut Vec<u8>,
    answer: &mut reqwest::Response,
    (mut unpacker, bounds): (Unpacker, Bounds),
) -> Result<(), Fault> {
    let limit = usize::try_from(bounds.limit).unwrap_or(usize::MAX);
    let mut take = |piece: &[u8]| match piece.get(..limit - body.len()) {
        Some(part) if part.len() < piece.len() => {
            body.extend_from_slice(part);
            Err(Fault::TooLarge { limit: bounds.limit })
        }
        _ => {
            body.extend_from_slice(piece);
            Ok(())
        }
    };
    let taken = async {
        while let Some(chunk) = silence::within(bounds.silence, answer.chunk()).await? {
            unpacker.push(&chunk, &mut take)?;
        }
        unpacker.end(&mut take)
    };
    match (taken.await, bounds.excess) {
        (Err(Fault::TooLarge { .. }), Excess::Cut | Excess::Salvage) => Ok(()),
        (taken, _) => taken,
    }
}
