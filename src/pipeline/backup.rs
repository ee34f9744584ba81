//! Copies of the database, when the clock asks for them.

use std::path::PathBuf;

use super::Context;
use super::disk::{MEGABYTE, has_room_for};
use super::notices::for_everyone;
use crate::model::{Language, Notice, Timestamp};
use crate::schedule::Cron;
use crate::store::{Store, StoreError, Trouble};

/// When the database is copied, and how many copies are kept.
#[derive(Debug, Clone)]
pub struct Backups {
    /// When.
    pub cron: Cron,
    /// The newest so many stay.
    pub keep: usize,
}

/// Copies the database where a copy is due and returns where it lies. What was missed while down is made up once, and where there
/// is no copy yet, the first is due. That it fails, or works again, is told once.
pub async fn back_up_when_due(context: &Context) -> Result<Option<PathBuf>, StoreError> {
    let Some(backups) = &context.plan.backups else { return Ok(None) };
    let (store, now) = (&context.store, context.clock.now());
    let copied = copy_when_due(store, backups, now).await;
    match &copied {
        Ok(None) => {}
        Ok(Some(_)) => {
            store.end_trouble(Trouble::Backup, for_everyone(context, &copied_again(context)), now).await?;
        }
        Err(why) => {
            let notices = for_everyone(context, &not_copied(context, why));
            store.begin_trouble(Trouble::Backup, notices, now).await?;
        }
    }
    copied
}

async fn copy_when_due(
    store: &Store,
    backups: &Backups,
    now: Timestamp,
) -> Result<Option<PathBuf>, StoreError> {
    let latest = store.latest_backup(now).await?;
    if latest.is_some_and(|latest| backups.cron.latest_between(latest, now).is_none()) {
        return Ok(None);
    }
    let bytes = store.size().await?;
    if store.disk_space().await.is_some_and(|space| !has_room_for(bytes, space)) {
        return Err(StoreError::NoRoom { megabytes: bytes / MEGABYTE });
    }
    store.back_up(now, backups.keep).await.map(Some)
}

fn not_copied(context: &Context, why: &StoreError) -> Notice {
    match context.plan.language {
        Language::Vi => Notice {
            subject: "Không sao lưu được cơ sở dữ liệu".to_owned(),
            text: format!(
                "Lần sao lưu đã hẹn không thành: {why}\nMỗi giờ sẽ thử lại; việc đọc nguồn và báo tin vẫn tiếp tục. Hãy xem đĩa còn chỗ không và có quyền ghi vào backups/ trong thư mục dữ liệu không."
            ),
        },
        Language::En => Notice {
            subject: "The database could not be copied".to_owned(),
            text: format!(
                "The backup that was due failed: {why}\nIt is tried again each hour; polling and alerts go on. See whether the disk has room and backups/ in the data folder can be written."
            ),
        },
    }
}

fn copied_again(context: &Context) -> Notice {
    match context.plan.language {
        Language::Vi => Notice {
            subject: "Đã sao lưu được cơ sở dữ liệu trở lại".to_owned(),
            text: "Bản sao mới nằm trong backups/ của thư mục dữ liệu.".to_owned(),
        },
        Language::En => Notice {
            subject: "The database is copied again".to_owned(),
            text: "The new copy is in backups/ of the data folder.".to_owned(),
        },
    }
}
