//! The command line: one file per command. A command reads, calls one function of the layers below, shows the result.

mod add;
mod args;
mod backup;
mod check;
pub mod demo;
mod digest;
mod discover;
mod entities;
mod export;
mod health;
mod inspect;
#[cfg(unix)]
mod lean;
mod logging;
mod looks;
mod opml;
mod outbox;
mod output;
mod packs;
mod poll;
mod rescan;
mod resubscribe;
mod revisions;
mod run;
mod schema;
mod search;
mod send_test;
mod sources_file;
mod status;
mod test_rule;
mod trial;
mod why;

use std::ffi::OsString;
use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;

use anyhow::bail;
use clap::Parser;

use crate::app::{self, Overrides};
use crate::config::{self, Config, Problems};
use crate::store::Store;
use args::{Cli, Command, Global};
use output::{Output, complain_of};

/// Runs the command that `arguments` (the program's name first) ask for. 0: done; 1: failed; 2: wrong use.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(search::with_signs(arguments.iter().cloned())) {
        Ok(cli) => cli,
        Err(error) => return wrong_use(&error),
    };
    #[cfg(unix)]
    if matches!(cli.command, Command::Run) {
        lean::begin(&arguments);
    }
    logging::start(&cli.global);
    // Behind a pointer all commands are compiled once, not once for each way in which the runtime takes a future: 300 kB.
    let command: Pin<Box<dyn Future<Output = anyhow::Result<ExitCode>>>> = Box::pin(dispatch(cli));
    match runtime().map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(command)) {
        Ok(code) => code,
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            if error.is::<output::Misuse>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// clap's help and version end well, anything else is wrong use.
fn wrong_use(error: &clap::Error) -> ExitCode {
    if let Err(unwritable) = error.print() {
        tracing::debug!(%unwritable, "the message could not be shown");
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Name look-ups block, those of dead name servers for many seconds; mails in folders and the disk are asked here, too.
const MOST_BLOCKING_THREADS: usize = 32;

/// One thread for the network: what keeps a core busy has threads of its own, and tasks that never move wake no other thread.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(MOST_BLOCKING_THREADS)
        .build()
}

async fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    let session = Session { output: Output::new(cli.global.json), global: cli.global };
    match cli.command {
        Command::Run => run::run(&session).await,
        Command::Demo(arguments) => demo::run(&session, arguments).await,
        Command::Check(arguments) => check::run(&session, arguments).await,
        Command::Poll(arguments) => poll::run(&session, arguments).await,
        Command::Discover(arguments) => discover::run(&session, arguments).await,
        Command::Add(arguments) => add::run(&session, arguments).await,
        Command::Import(what) => opml::import(&session, what).await,
        Command::Inspect(what) => inspect::run(&session, what).await,
        Command::Search(arguments) => search::run(&session, arguments).await,
        Command::Entities(arguments) => entities::run(&session, arguments).await,
        Command::Status(arguments) => status::run(&session, arguments).await,
        Command::TestRule(arguments) => test_rule::run(&session, arguments).await,
        Command::Rescan(arguments) => rescan::run(&session, arguments).await,
        Command::Packs(arguments) => packs::run(&session, &arguments),
        Command::History(arguments) => revisions::history(&session, arguments).await,
        Command::Diff(arguments) => revisions::diff(&session, arguments).await,
        Command::Changes(arguments) => revisions::changes(&session, arguments).await,
        Command::Why(arguments) => why::run(&session, arguments).await,
        Command::Digest(arguments) => digest::run(&session, arguments).await,
        Command::Outbox(action) => outbox::run(&session, action).await,
        Command::SendTest(arguments) => send_test::run(&session, arguments).await,
        Command::Resubscribe(arguments) => resubscribe::run(&session, arguments).await,
        Command::Backup(arguments) => backup::backup(&session, arguments).await,
        Command::Restore(arguments) => backup::restore(&session, &arguments),
        Command::Health => health::run(&session).await,
        Command::Schema => schema::schema(&session),
        Command::Completions(arguments) => schema::completions(&arguments),
        Command::Export(what) => export::run(&session, what).await,
    }
}

/// What every command is given.
#[derive(Debug)]
pub struct Session {
    global: Global,
    output: Output,
}

impl Session {
    fn config_path(&self) -> PathBuf {
        self.global.config.clone()
    }

    fn overrides(&self) -> Overrides {
        Overrides { data_dir: self.global.data_dir.clone(), listen: self.global.listen }
    }

    fn config(&self) -> Result<Config, Problems> {
        app::load(&self.config_path(), &self.overrides())
    }

    /// The store that `--data-dir` or sources.toml names, where there is one: who only looks makes none. With `--data-dir` no
    /// sources.toml is needed.
    fn store(&self) -> anyhow::Result<Store> {
        let data_dir = self.data_dir()?;
        if !Store::exists(&data_dir) {
            bail!(
                "there is no database in {} yet; `diemtin run` and `diemtin poll` make it. Is --data-dir right?",
                data_dir.display()
            );
        }
        Ok(Store::open(&data_dir)?)
    }

    fn data_dir(&self) -> Result<PathBuf, Problems> {
        match &self.global.data_dir {
            Some(folder) => Ok(folder.clone()),
            None => config::data_dir(&self.config_path()),
        }
    }
}
