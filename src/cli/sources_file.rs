//! sources.toml as commands add to it.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use url::Url;

use super::{Session, complain_of, output};
use crate::config::edit::{self, SourceTable, Written};
use crate::config::{self, Saved};
use crate::text::address::canonical;
use crate::text::normalise::normalise;

/// How a file begins that we make.
const BEGINNING: &str =
    "# diemtin: what to watch, what to look for, whom to tell. Check it with `diemtin check`.\n";
/// Characters of a name that a title gives.
const LONGEST_NAME: usize = 100;

/// The file and what it holds.
pub(super) struct SourcesFile {
    pub(super) path: PathBuf,
    /// `None`: there is no file yet.
    before: Option<String>,
    written: Vec<Written>,
    addresses: HashSet<String>,
    names: HashSet<String>,
}

/// What became of new sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// They stand in the file.
    Written,
    /// The file cannot be written; they were printed.
    Printed,
}

impl SourcesFile {
    /// Reads the file that the session names, where there is one.
    pub(super) fn open(session: &Session) -> anyhow::Result<Self> {
        let path = session.config_path();
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let written = edit::sources(before.as_deref().unwrap_or_default())
            .with_context(|| format!("{} cannot be edited", path.display()))?;
        let mut file = Self { path, before, written, addresses: HashSet::new(), names: HashSet::new() };
        for index in 0..file.written.len() {
            let Some(source) = file.written.get(index).map(|written| written.source.clone()) else { break };
            file.reserve(&source);
        }
        Ok(file)
    }

    /// What `[defaults]` says of the language.
    pub(super) fn language(&self) -> String {
        let text = self.before.as_deref().unwrap_or_default();
        edit::default_of(text, "language").unwrap_or_else(|| "vi".to_owned())
    }

    /// Where an address stands already, as a sentence.
    pub(super) fn with_address(&self, url: &str) -> Option<String> {
        let key = canonical(url);
        if !self.addresses.contains(&key) {
            return None;
        }
        let found = self.written.iter().find(|written| canonical(&written.source.url) == key);
        Some(found.map_or_else(
            || "it stands twice in what is added".to_owned(),
            |found| {
                format!("line {} of {} has it as \"{}\"", found.line, self.path.display(), found.source.name)
            },
        ))
    }

    /// Where a name stands already, as a sentence.
    pub(super) fn with_name(&self, name: &str) -> Option<String> {
        let key = normalise(name).to_lowercase();
        let found =
            self.written.iter().find(|written| normalise(&written.source.name).to_lowercase() == key)?;
        Some(format!("line {} of {} has a source of this name", found.line, self.path.display()))
    }

    /// A name that no other source has: the title, with its host where it is taken.
    pub(super) fn free_name(&self, title: &str, url: &str) -> String {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let visible: String =
            normalise(title).chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        let title = Some(visible.trim()).filter(|title| !title.is_empty()).unwrap_or(&host);
        let is_free = |name: &String| !self.names.contains(&name.to_lowercase());
        let with_host = format!("{title} ({host})");
        let numbered = (2..).map(|number| format!("{with_host} {number}"));
        let mut names = [title.to_owned(), with_host.clone()].into_iter().chain(numbered);
        names.find(is_free).unwrap_or(with_host)
    }

    /// Takes the name and address of a source that is about to be added.
    pub(super) fn reserve(&mut self, source: &SourceTable) {
        self.addresses.insert(canonical(&source.url));
        self.names.insert(normalise(&source.name).to_lowercase());
    }

    /// What is wrong with a source by itself, in a few words.
    pub(super) fn fault_of(&self, source: &SourceTable) -> Option<String> {
        let problems = edit::new_problems("", &source.block(), (&self.path, &|_| None))?;
        problems.0.into_iter().next().map(|problem| problem.message)
    }

    /// Adds sources in one write, or prints them where the file cannot be written. A text that would not be right is refused.
    pub(super) fn add(&self, sources: &[SourceTable]) -> anyhow::Result<Outcome> {
        let text = self.before.as_deref().unwrap_or(BEGINNING);
        let after =
            edit::add(text, sources).with_context(|| format!("{} cannot be edited", self.path.display()))?;
        let env = |name: &str| std::env::var(name).ok();
        if let Some(problems) = edit::new_problems(text, &after, (&self.path, &env)) {
            bail!("nothing was written, because {} would then be wrong:\n{problems}", self.path.display());
        }
        let saved = config::replace(&self.path, self.before.as_deref(), &after)
            .with_context(|| format!("{} was not changed", self.path.display()))?;
        let Saved::ReadOnly(why) = saved else { return Ok(Outcome::Written) };
        let blocks: Vec<String> = sources.iter().map(SourceTable::block).collect();
        output::line(blocks.join("\n").trim_end())?;
        complain_of(&format!(
            "{} cannot be written here ({why}); paste the above into it where you edit it.",
            self.path.display()
        ));
        Ok(Outcome::Printed)
    }
}
