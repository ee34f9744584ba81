//! `diemtin packs`: the catalogues of entities that come with the program.

use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;

use super::Session;
use super::args::Packs;
use super::output::{self, Misuse, Output};
use crate::config::{PACKS, Pack};
use crate::model::Entity;

pub(super) fn run(session: &Session, arguments: &Packs) -> anyhow::Result<ExitCode> {
    match &arguments.name {
        Some(name) => show(session, name)?,
        None => list(session)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(session: &Session) -> anyhow::Result<()> {
    for pack in PACKS {
        let count = pack.entities()?.len();
        match session.output {
            Output::Json => {
                output::json(&json!({"name": pack.name, "about": pack.about, "entities": count}))?;
            }
            Output::Text => {
                output::line(format!("{:14} {count:3} entities: {}", pack.name, pack.about))?;
            }
        }
    }
    if session.output == Output::Text {
        output::line("Take one over in sources.toml:\n  [[include]]\n  pack = \"chips\"")?;
    }
    Ok(())
}

fn show(session: &Session, name: &str) -> anyhow::Result<()> {
    let Some(pack) = Pack::named(name) else {
        let names: Vec<&str> = PACKS.iter().map(|pack| pack.name).collect();
        bail!(Misuse(format!("there is no pack {name:?}; there are {}", names.join(", "))));
    };
    for entity in pack.entities()? {
        let aliases = spellings(&entity);
        match session.output {
            Output::Json => output::json(&json!({
                "name": entity.name, "aliases": aliases, "not": entity.not, "with_any": entity.with_any,
            }))?,
            Output::Text => output::line(format!("{}: {}", entity.name, aliases.join(", ")))?,
        }
    }
    Ok(())
}

fn spellings(entity: &Entity) -> Vec<String> {
    entity.aliases.iter().map(|alias| alias.text.clone()).collect()
}
