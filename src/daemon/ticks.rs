//! Clock ticks at the cron lines of digests and backups, by tokio-cron-scheduler. A tick only rings a bell: what is due, and
//! whether it was done, the store knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use super::Wakeups;
use crate::pipeline::Plan;

/// The scheduler of the plan in force.
#[derive(Default)]
pub(super) struct Ticks {
    scheduler: Option<JobScheduler>,
}

impl Ticks {
    /// Whether no plan is followed yet.
    pub(super) fn is_idle(&self) -> bool {
        self.scheduler.is_none()
    }

    /// Ticks at the cron lines of `plan` from now on.
    pub(super) async fn follow(&mut self, plan: &Plan, wakeups: &Arc<Wakeups>) {
        self.stop().await;
        match start(plan, wakeups).await {
            Ok(scheduler) => self.scheduler = Some(scheduler),
            Err(error) => {
                tracing::warn!(
                    "no clock ticks ({error}); digests are looked at every minute instead, backups every hour"
                );
            }
        }
    }

    /// Ends all ticks.
    pub(super) async fn stop(&mut self) {
        let Some(mut scheduler) = self.scheduler.take() else { return };
        if let Err(error) = scheduler.shutdown().await {
            tracing::debug!(%error, "the scheduler did not stop cleanly");
        }
    }
}

async fn start(plan: &Plan, wakeups: &Arc<Wakeups>) -> Result<JobScheduler, JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    let lines: BTreeSet<String> =
        plan.digests.iter().map(|scheduled| with_seconds(scheduled.cron.line())).collect();
    for line in lines {
        let wakeups = wakeups.clone();
        let job = Job::new_tz(line.as_str(), plan.timezone, move |_, _| wakeups.digests.notify_one())?;
        scheduler.add(job).await?;
    }
    if let Some(backups) = &plan.backups {
        let (line, wakeups) = (with_seconds(backups.cron.line()), wakeups.clone());
        let job = Job::new_tz(line.as_str(), plan.timezone, move |_, _| wakeups.backups.notify_one())?;
        scheduler.add(job).await?;
    }
    scheduler.start().await?;
    Ok(scheduler)
}

/// The scheduler wants six fields; a line of five is meant at second 0.
fn with_seconds(line: &str) -> String {
    if line.split_whitespace().count() == 5 { format!("0 {line}") } else { line.to_owned() }
}
