//! Catalogues of entities that come with the program; a file takes one over with `[[include]]`.

use super::problem::Problems;
use super::{Catalogue, load};
use crate::model::Entity;

/// A catalogue that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pack {
    /// What `[[include]]` calls it.
    pub name: &'static str,
    /// What it holds, as a phrase.
    pub about: &'static str,
    text: &'static str,
}

/// Every pack.
pub const PACKS: &[Pack] = &[
    Pack {
        name: "china-ai",
        about: "Chinese AI: companies, models, people and events",
        text: include_str!("china-ai.toml"),
    },
    Pack {
        name: "chips",
        about: "chips: makers, tools, products and the rules about them",
        text: include_str!("chips.toml"),
    },
    Pack {
        name: "vietnam-tech",
        about: "technology in Vietnam: companies, products, people and agencies",
        text: include_str!("vietnam-tech.toml"),
    },
];

impl Pack {
    /// The pack of this name.
    pub fn named(name: &str) -> Option<Self> {
        PACKS.iter().find(|pack| pack.name == name).copied()
    }

    /// Its entities. A test holds that they are right.
    pub fn entities(&self) -> Result<Vec<Entity>, Problems> {
        let Catalogue { entities, .. } = load::catalogue(self.text, self.name)?;
        Ok(entities)
    }
}
