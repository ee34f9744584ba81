//! The disk of the data folder: its operators hear that it fills while there is still room to write that down.

use super::Context;
use super::notices::for_everyone;
use crate::model::{DiskSpace, Language, Notice};
use crate::store::{StoreError, Trouble};

pub(super) const MEGABYTE: u64 = 1_000_000;
/// With less room than this the disk is nearly full, and also with less than a twentieth of it.
const LOW: u64 = 200 * MEGABYTE;
const LOW_PERCENT: u64 = 5;

/// What follows from a look at the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Low,
    /// Neither: what was told last stands, so that a disk at the border is no news each minute.
    Between,
    Well,
}

/// Looks at the disk and tells where it is nearly full, or no longer, once each. Returns whether something was told.
pub async fn watch_disk(context: &Context) -> Result<bool, StoreError> {
    match context.store.disk_space().await {
        Some(space) => tell_of_disk(context, space).await,
        None => Ok(false),
    }
}

pub(super) async fn tell_of_disk(context: &Context, space: DiskSpace) -> Result<bool, StoreError> {
    let (store, now) = (&context.store, context.clock.now());
    let told = store.trouble(Trouble::Disk).await?.is_some();
    match (verdict(space), told) {
        (Verdict::Low, false) => {
            tracing::warn!(free = %megabytes(space), "the disk of the data folder is nearly full");
            store
                .begin_trouble(Trouble::Disk, for_everyone(context, &nearly_full(context, space)), now)
                .await?;
        }
        (Verdict::Well, true) => {
            tracing::info!(free = %megabytes(space), "the disk of the data folder has room again");
            store.end_trouble(Trouble::Disk, for_everyone(context, &room_again(context, space)), now).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Well again is a disk with half as much room again as one that is nearly full.
fn verdict(DiskSpace { free, total }: DiskSpace) -> Verdict {
    let percent = |of: u64| total.saturating_mul(of) / 100;
    let low = LOW.max(percent(LOW_PERCENT));
    if free < low {
        return Verdict::Low;
    }
    if free < low.saturating_add(low / 2).min(percent(90)) { Verdict::Between } else { Verdict::Well }
}

/// Whether so many bytes more leave the disk with room for the rest.
pub(super) fn has_room_for(bytes: u64, DiskSpace { free, total }: DiskSpace) -> bool {
    free > bytes && verdict(DiskSpace { free: free - bytes, total }) != Verdict::Low
}

fn megabytes(space: DiskSpace) -> String {
    format!("{} MB", space.free / MEGABYTE)
}

fn nearly_full(context: &Context, space: DiskSpace) -> Notice {
    let free = megabytes(space);
    match context.plan.language {
        Language::Vi => Notice {
            subject: format!("Đĩa sắp đầy: còn {free}"),
            text: format!(
                "Đĩa chứa thư mục dữ liệu chỉ còn {free}.\nKhi đĩa đầy sẽ không đọc nguồn và không báo tin nữa cho đến khi có chỗ trống; những gì đã lưu không mất. Hãy dọn bớt hoặc chuyển thư mục dữ liệu."
            ),
        },
        Language::En => Notice {
            subject: format!("The disk is nearly full: {free} left"),
            text: format!(
                "The disk of the data folder has {free} left.\nOnce it is full nothing is polled and nobody alerted until there is room; what is stored is not lost. Make room or move the data folder."
            ),
        },
    }
}

fn room_again(context: &Context, space: DiskSpace) -> Notice {
    let free = megabytes(space);
    match context.plan.language {
        Language::Vi => Notice {
            subject: format!("Đĩa đã có chỗ trống: {free}"),
            text: format!("Đĩa chứa thư mục dữ liệu lại có {free} chỗ trống."),
        },
        Language::En => Notice {
            subject: format!("The disk has room again: {free}"),
            text: format!("The disk of the data folder has {free} left again."),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_made_where_the_rest_keeps_its_room() {
        let space = DiskSpace { free: 1_000 * MEGABYTE, total: 2_000 * MEGABYTE };
        for (megabytes, expected) in [(10, true), (799, true), (801, false), (5_000, false)] {
            assert_eq!(has_room_for(megabytes * MEGABYTE, space), expected, "{megabytes}");
        }
    }

    #[test]
    fn a_disk_is_nearly_full_by_bytes_or_by_share() {
        const GIGABYTE: u64 = 1_000 * MEGABYTE;
        for (free, total, expected) in [
            (0, 10 * GIGABYTE, Verdict::Low),
            (499 * MEGABYTE, 10 * GIGABYTE, Verdict::Low),
            (500 * MEGABYTE, 10 * GIGABYTE, Verdict::Between),
            (750 * MEGABYTE, 10 * GIGABYTE, Verdict::Well),
            (199 * MEGABYTE, GIGABYTE, Verdict::Low),
            (299 * MEGABYTE, GIGABYTE, Verdict::Between),
            (300 * MEGABYTE, GIGABYTE, Verdict::Well),
            // A small volume of its own that is nearly empty.
            (240 * MEGABYTE, 256 * MEGABYTE, Verdict::Well),
            (u64::MAX, u64::MAX, Verdict::Well),
        ] {
            assert_eq!(verdict(DiskSpace { free, total }), expected, "{free} of {total}");
        }
    }
}
