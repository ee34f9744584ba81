//! `[store]`.

use std::time::Duration;

use chrono_tz::Tz;

use super::digest::cron;
use super::measure::{self, DAY, YEAR};
use crate::config::located::Located;
use crate::config::report::Report;
use crate::config::{Backups, Store, raw};

/// Copies that are kept unless the file says otherwise: a week of daily ones.
const COPIES: u32 = 7;

/// `[store]`; its cron line is meant in `zone`.
pub(super) fn store(raw: Option<&raw::Store>, zone: Tz, report: &mut Report<'_>) -> Store {
    let unset = raw::Store::default();
    let raw = raw.unwrap_or(&unset);
    let backups = backups(raw, zone, report);
    let mut kept = |text: &Option<Located<String>>, usual: Duration| {
        text.as_ref().and_then(|text| measure::duration(text, DAY..=100 * YEAR, report)).unwrap_or(usual)
    };
    Store {
        keep_articles: kept(&raw.keep_articles, 400 * DAY),
        keep_revisions: kept(&raw.keep_revisions, 400 * DAY),
        keep_deliveries: kept(&raw.keep_deliveries, 90 * DAY),
        backups,
    }
}

fn backups(raw: &raw::Store, zone: Tz, report: &mut Report<'_>) -> Option<Backups> {
    let line = raw.backup_cron.as_ref()?;
    let keep = raw.backup_keep.as_ref().map_or(COPIES, |keep| *keep.get());
    Some(Backups { cron: cron(line, zone, report)?, keep: keep as usize })
}
