//! Reading an answer's body, and no more of it than was asked for.

use std::time::Duration;

use super::error::Fault;
use super::{Excess, silence};

/// What is set aside before the first byte is there; a declared length beyond it has to prove itself.
const FIRST_ROOM: u64 = 256 * 1024;

/// How much is read, and how patiently.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) limit: u64,
    pub(super) excess: Excess,
    pub(super) silence: Option<Duration>,
}

/// The decoded body. Stops reading as soon as it exceeds the limit, so that a compressed bomb costs no more than that.
pub(super) async fn read(answer: &mut reqwest::Response, bounds: Bounds) -> Result<Vec<u8>, Fault> {
    let Bounds { limit, excess, silence } = bounds;
    let declared = answer.content_length().unwrap_or(0);
    if declared > limit && excess == Excess::Refuse {
        return Err(Fault::TooLarge { limit });
    }
    let mut body = Vec::with_capacity(declared.min(limit).min(FIRST_ROOM) as usize);
    while let Some(chunk) = silence::within(silence, answer.chunk()).await? {
        let room = usize::try_from(limit).unwrap_or(usize::MAX) - body.len();
        match (chunk.get(..room), excess) {
            (Some(part), Excess::Cut) => {
                body.extend_from_slice(part);
                return Ok(body);
            }
            (Some(part), Excess::Refuse) if part.len() < chunk.len() => {
                return Err(Fault::TooLarge { limit });
            }
            _ => body.extend_from_slice(&chunk),
        }
    }
    // Of unknown length it has grown by doubling, and may wait for a core.
    body.shrink_to_fit();
    Ok(body)
}
