//! The queue of articles to look at again, and of changes that have waited for others.

use std::sync::Arc;

use tokio::sync::Notify;

use super::Wakeups;
use super::pulse::Part;
use super::queue::{Room, Work};
use super::work::{Only, of_hosts};
use crate::app::Slots;
use crate::pipeline::{Context, Rechecked, Settled, recheck, settle_change};
use crate::store::{Check, HostSlots, Lease, StoreError, Taken};

/// Articles and changes that are due.
pub(super) struct Checks {
    pub(super) slots: Slots,
    pub(super) only: Only,
}

/// How a check went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// An article of this source was looked at again.
    Again(String, Rechecked),
    /// The wait of a change ended.
    Settled(Settled),
}

impl Work for Checks {
    type Task = Check;
    type Report = Checked;
    const PART: Part = Part::Checks;

    fn room(&self) -> Room {
        of_hosts(self.slots)
    }

    fn slot(task: &Check) -> String {
        match task {
            Check::Again(claimed) => claimed.text.host_key.clone(),
            Check::Settled(_) => String::new(),
        }
    }

    fn bell(wakeups: &Wakeups) -> &Notify {
        &wakeups.checks
    }

    async fn claim(
        &self,
        context: &Context,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Taken<Check>, StoreError> {
        context.store.claim_checks(lease, limit, slots, self.only.within(context)).await
    }

    async fn perform(context: Arc<Context>, task: Check) -> Result<Checked, StoreError> {
        Ok(match task {
            Check::Again(claimed) => {
                let rechecked = recheck(&context, &claimed).await?;
                Checked::Again(claimed.source.clone(), rechecked)
            }
            Check::Settled(hold) => Checked::Settled(settle_change(&context, &hold).await?),
        })
    }

    fn announce(checked: &Checked, wakeups: &Wakeups) {
        match checked {
            Checked::Again(source, Rechecked::Edited { title, kind, alerts }) => {
                let kind = kind.map(|kind| kind.to_string()).unwrap_or_default();
                tracing::info!(%source, %kind, alerts = %alerts.join(", "), "edited: {title}");
                wakeups.deliveries.notify_one();
            }
            Checked::Again(source, Rechecked::Failed { why }) => {
                tracing::debug!(%source, "an article cannot be looked at again for now: {why}");
            }
            Checked::Settled(Settled::Told) => wakeups.deliveries.notify_one(),
            Checked::Again(..) | Checked::Settled(_) => {}
        }
    }
}
