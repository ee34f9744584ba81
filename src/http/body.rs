//! Reading an answer's body, and no more of it than was asked for.

use super::error::Fault;

/// What is set aside before the first byte is there; a declared length beyond it has to prove itself.
const FIRST_ROOM: u64 = 256 * 1024;

/// The decoded body. Stops reading as soon as it exceeds `limit`, so that a compressed bomb costs no more than that.
pub(super) async fn read(answer: &mut reqwest::Response, limit: u64) -> Result<Vec<u8>, Fault> {
    let declared = answer.content_length().unwrap_or(0);
    if declared > limit {
        return Err(Fault::TooLarge { limit });
    }
    let mut body = Vec::with_capacity(declared.min(FIRST_ROOM) as usize);
    while let Some(chunk) = answer.chunk().await.map_err(|error| Fault::from_reqwest(&error))? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(Fault::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
