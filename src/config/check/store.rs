//! `[store]`.

use super::measure::{self, DAY, YEAR};
use crate::config::report::Report;
use crate::config::{Store, raw};

/// `[store]`
pub(super) fn store(raw: Option<&raw::Store>, report: &mut Report<'_>) -> Store {
    let keep = raw.and_then(|raw| raw.keep_revisions.as_ref());
    let keep = keep.and_then(|text| measure::duration(text, DAY..=100 * YEAR, report));
    Store { keep_revisions: keep.unwrap_or(400 * DAY) }
}
