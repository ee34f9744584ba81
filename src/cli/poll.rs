//! `diemtin poll`: one round now, with a progress bar where someone is watching.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::Session;
use super::args::Poll;
use super::output::{self, Misuse, Output, counted};
use crate::app::App;
use crate::daemon::{self, Checked, Report};
use crate::pipeline::{Filed, Flushed, Polled, Rechecked};
use crate::store::Holder;

/// What a round came to.
#[derive(Debug, Default)]
struct Tally {
    sources: usize,
    unchanged: usize,
    new: usize,
    held: usize,
    articles: usize,
    known: usize,
    later: usize,
    alerts: usize,
    rechecked: usize,
    edited: usize,
    sent: usize,
    waiting: i64,
    dead: usize,
    failures: Vec<(String, String)>,
}

pub(super) async fn run(session: &Session, arguments: Poll) -> anyhow::Result<ExitCode> {
    let config = session.config()?;
    if let Some(unknown) =
        arguments.sources.iter().find(|name| config.sources.iter().all(|source| source.name != **name))
    {
        bail!(Misuse(format!(
            "there is no source named \"{unknown}\" in {}; `diemtin status` lists them",
            session.global.config.display()
        )));
    }
    let app = App::build(&session.config_path(), session.overrides(), &config, Holder::Command).await?;
    let due = app.context.store.make_due(arguments.sources.clone(), app.context.clock.now()).await?;
    let bar = progress_bar(due as u64);
    let mut tally = Tally::default();
    let round = daemon::run_once(&app, &arguments.sources, |report| tally.count(report, &bar));
    let done = daemon::unless_interrupted(&app, round).await?;
    bar.finish_and_clear();
    done.context(daemon::INTERRUPTED)??;
    // Also those whose next attempt is not due yet: this round did not try them.
    tally.waiting = app.context.store.waiting_deliveries().await?;
    tally.show(session.output)?;
    let all_failed = tally.sources > 0 && tally.failures.len() == tally.sources;
    Ok(if all_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn progress_bar(sources: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(sources);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

impl Tally {
    fn count(&mut self, report: Report, bar: &ProgressBar) {
        match report {
            Report::Polled(name, polled) => {
                self.count_poll(&name, polled, bar);
                bar.inc(1);
                bar.set_message(name);
            }
            Report::Filed(name, filed) => {
                self.count_article(filed);
                bar.inc(1);
                bar.set_message(name);
            }
            Report::Checked(Checked::Again(_, rechecked)) => {
                self.rechecked += 1;
                self.edited += usize::from(matches!(rechecked, Rechecked::Edited { .. }));
            }
            Report::Flushed(_, Flushed::Sent) => self.sent += 1,
            Report::Flushed(_, Flushed::Dead { .. }) => self.dead += 1,
            Report::Checked(Checked::Settled(_))
            | Report::Flushed(
                _,
                Flushed::Later { .. }
                | Flushed::SwitchedOff { .. }
                | Flushed::Unsubscribed
                | Flushed::Abandoned,
            ) => {}
        }
    }

    fn count_poll(&mut self, name: &str, polled: Polled, bar: &ProgressBar) {
        self.sources += 1;
        match polled {
            Polled::Unchanged => self.unchanged += 1,
            Polled::Read { new, held } => {
                self.new += new;
                self.held += held;
                bar.inc_length(new as u64);
            }
            Polled::Failed { why, .. } => self.failures.push((name.to_owned(), why)),
            Polled::Abandoned => {}
        }
    }

    fn count_article(&mut self, filed: Filed) {
        match filed {
            Filed::New { alerts, .. } => {
                self.articles += 1;
                self.alerts += usize::from(!alerts.is_empty());
            }
            Filed::Known => self.known += 1,
            Filed::Later { .. } => self.later += 1,
            Filed::Abandoned => {}
        }
    }

    fn show(&self, output: Output) -> anyhow::Result<()> {
        if output == Output::Json {
            let failures: Vec<_> = self
                .failures
                .iter()
                .map(|(source, error)| json!({"source": source, "error": error}))
                .collect();
            output::json(&json!({
                "sources": self.sources, "unchanged": self.unchanged, "entries_new": self.new, "entries_held": self.held,
                "articles_new": self.articles, "articles_known": self.known, "articles_later": self.later,
                "articles_alerted": self.alerts, "articles_rechecked": self.rechecked, "articles_edited": self.edited, "deliveries_sent": self.sent, "deliveries_waiting": self.waiting, "deliveries_dead": self.dead, "failures": failures,
            }))?;
            return Ok(());
        }
        let failed = self.failures.len();
        output::line(format!(
            "{} polled, {} unchanged, {failed} failed.",
            counted(self.sources, "source"),
            self.unchanged
        ))?;
        output::line(format!("{} new entries, {} more recorded as already published.", self.new, self.held))?;
        output::line(format!(
            "{} new articles, {} known already, {} to be fetched later; {} raised an alert.",
            self.articles, self.known, self.later, self.alerts
        ))?;
        if self.rechecked > 0 {
            output::line(format!(
                "{} articles looked at again, {} edited (`diemtin changes`).",
                self.rechecked, self.edited
            ))?;
        }
        output::line(format!(
            "{} messages delivered, {} waiting, {} given up (`diemtin outbox list`).",
            self.sent, self.waiting, self.dead
        ))?;
        for (source, error) in &self.failures {
            output::line(format!("  {source}: {error}"))?;
        }
        Ok(())
    }
}
