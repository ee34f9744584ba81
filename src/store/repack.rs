//! Texts that an earlier version filed, packed little by little.

use rusqlite::{Connection, params};

use super::columns::{Document, Json};
use super::packed::pack;
use super::{Store, StoreError};
use crate::model::Verdict;

/// An article's place in the order of filing, its packed text and its verdict; the text is `None` where it cannot be read.
type Packed = (i64, Option<(Vec<u8>, Verdict)>);

impl Store {
    /// Packs up to `limit` articles that are not packed yet, from the latest to the first. Returns how many were left: 0 where all are packed.
    pub async fn repack_some(&self, limit: usize) -> Result<usize, StoreError> {
        let packed = self.read(move |connection| unpacked(connection, limit)).await?;
        let count = packed.len();
        if count > 0 {
            self.write(move |connection| Ok(keep(connection, &packed)?)).await?;
        }
        Ok(count)
    }
}

fn unpacked(connection: &Connection, limit: usize) -> rusqlite::Result<Vec<Packed>> {
    let mut left = connection.prepare_cached(
        "SELECT seq, document FROM article WHERE seq <= (SELECT last_seq FROM packing) ORDER BY seq DESC LIMIT ?1",
    )?;
    let mut rows = left.query([limit as i64])?;
    let mut packed = Vec::new();
    while let Some(row) = rows.next()? {
        // A text that cannot be read stays as it is.
        let article = row.get("document").ok().map(|Document(article)| article);
        let text = article.map(|article| Ok::<_, rusqlite::Error>((pack(&article)?, article.verdict)));
        packed.push((row.get("seq")?, text.transpose()?));
    }
    Ok(packed)
}

fn keep(connection: &Connection, packed: &[Packed]) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(
        "UPDATE article SET packed = ?2, verdict = ?3, document = '' WHERE seq = ?1 AND packed IS NULL",
    )?;
    for (seq, text) in packed {
        if let Some((text, verdict)) = text {
            update.execute(params![seq, text, Json(verdict)])?;
        }
    }
    let last = packed.iter().map(|(seq, _)| seq - 1).min();
    connection.execute("UPDATE packing SET last_seq = min(last_seq, ?1)", [last])?;
    Ok(())
}
