//! Keys of 8 bytes for addresses and entries: an index of the texts themselves would be as large as the articles.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use sha2::{Digest, Sha256};

use crate::model::SourceId;
use crate::text::address;

/// The key of an address in its canonical form. Among a million, two have the same with a probability of 1 : 36 million.
pub(super) fn address_hash(url: &str) -> i64 {
    hash(&[address::canonical(url).as_bytes()])
}

/// The key of an entry of a source.
pub(super) fn entry_hash(source: SourceId, key: &str) -> i64 {
    hash(&[source.as_bytes(), key.as_bytes()])
}

/// Nobody can make a text with a given hash, so that no article can be hidden behind another's.
fn hash(parts: &[&[u8]]) -> i64 {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().iter().take(8).fold(0, |key, byte| key << 8 | i64::from(*byte))
}

/// Makes both known to migrations.
pub(super) fn teach(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("address_hash", 1, flags, |arguments| {
        Ok(arguments.get::<Option<String>>(0)?.map(|url| address_hash(&url)))
    })?;
    connection.create_scalar_function("entry_hash", 2, flags, |arguments| {
        let (source, key): (Vec<u8>, String) = (arguments.get(0)?, arguments.get(1)?);
        Ok(hash(&[&source, key.as_bytes()]))
    })
}
