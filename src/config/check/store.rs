//! `[store]`.

use std::time::Duration;

use super::measure::{self, DAY, YEAR};
use crate::config::located::Located;
use crate::config::report::Report;
use crate::config::{Store, raw};

/// `[store]`
pub(super) fn store(raw: Option<&raw::Store>, report: &mut Report<'_>) -> Store {
    let unset = raw::Store::default();
    let raw = raw.unwrap_or(&unset);
    let mut kept = |text: &Option<Located<String>>, usual: Duration| {
        text.as_ref().and_then(|text| measure::duration(text, DAY..=100 * YEAR, report)).unwrap_or(usual)
    };
    Store {
        keep_articles: kept(&raw.keep_articles, 400 * DAY),
        keep_revisions: kept(&raw.keep_revisions, 400 * DAY),
        keep_deliveries: kept(&raw.keep_deliveries, 90 * DAY),
    }
}
