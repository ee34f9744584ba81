//! `inspect duplicates`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::json;

use super::{input, print};
use crate::cli::args::InspectDuplicates;
use crate::cli::{Session, output};
use crate::config::{self, PACKS};
use crate::dedup::{Facts, Parts, group};
use crate::entity::Matcher;
use crate::model::{Entity, Field, Mention};

/// A missing file of this name is no mistake: nobody asked for it.
const DEFAULT_CONFIG: &str = "sources.toml";

/// A file that was read, and what its text is about.
struct Read<'a> {
    path: &'a str,
    facts: Facts,
}

pub(super) fn run(session: &Session, arguments: &InspectDuplicates) -> anyhow::Result<ExitCode> {
    let matcher = Matcher::new(&entities(session)?, &[])?;
    let mut code = ExitCode::SUCCESS;
    let mut read = Vec::new();
    for path in &arguments.paths {
        match text(path) {
            Ok(text) => read.push(Read { path, facts: facts(&text, &matcher) }),
            Err(error) => code = print(path, Err(error))?,
        }
    }
    let facts: Vec<Facts> = read.iter_mut().map(|read| std::mem::take(&mut read.facts)).collect();
    let paths = |members: &[usize]| -> Vec<&str> {
        members.iter().filter_map(|member| read.get(*member)).map(|read| read.path).collect()
    };
    let groups: Vec<_> = group(&facts)
        .iter()
        .map(|group| json!({"kind": group.kind, "paths": paths(&group.members)}))
        .collect();
    output::json(&json!({ "groups": groups }))?;
    Ok(code)
}

/// The entities of the configuration where one is there, else those of all packs.
fn entities(session: &Session) -> anyhow::Result<Vec<Entity>> {
    let path = session.config_path();
    if path == Path::new(DEFAULT_CONFIG) && !path.exists() {
        return packed();
    }
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(config::catalogue(&text, &path.to_string_lossy())?.entities)
}

/// Those of all packs, each name once.
fn packed() -> anyhow::Result<Vec<Entity>> {
    let mut entities: Vec<Entity> = Vec::new();
    for pack in PACKS {
        for entity in pack.entities()? {
            if entities.iter().all(|known| known.name != entity.name) {
                entities.push(entity);
            }
        }
    }
    Ok(entities)
}

fn text(path: &str) -> anyhow::Result<String> {
    String::from_utf8(input::file(path)?).with_context(|| format!("{path} is not UTF-8"))
}

/// The first line is the title, the second the lead.
fn facts(text: &str, matcher: &Matcher) -> Facts {
    let mut lines = text.splitn(2, '\n');
    let (title, rest) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default().trim_start());
    let mut lines = rest.splitn(2, '\n');
    let (lead, body) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let mentions: Vec<Mention> =
        matcher.find("", &[(Field::Title, title), (Field::Lead, lead), (Field::Body, body)]).mentions;
    Facts::of(Parts { title, lead, text: body, mentions: &mentions, published: None })
}
