//! `[[include]]`: entities of packs beside those of the file.

use std::collections::BTreeSet;

use crate::config::located::Located;
use crate::config::packs::{PACKS, Pack};
use crate::config::raw;
use crate::config::report::Report;
use crate::config::suggest::nearest;
use crate::model::Entity;
use crate::text::normalise::normalise;

/// `own` and the entities of the packs. An entity that the file writes itself stands instead of the pack's of that name; of two
/// packs the first counts.
pub(super) fn with_packs(file: &raw::File, own: Vec<Entity>, report: &mut Report<'_>) -> Vec<Entity> {
    let written = file.entity.iter().filter_map(|entity| entity.get().name.as_ref());
    let mut taken: BTreeSet<String> = written.map(|name| normalise(name.get()).to_lowercase()).collect();
    let mut all = own;
    for include in &file.include {
        let Some(pack) = include.get().pack.as_ref().and_then(|name| named(name, report)) else { continue };
        match pack.entities() {
            Ok(entities) => {
                all.extend(entities.into_iter().filter(|entity| taken.insert(entity.name.to_lowercase())));
            }
            Err(problems) => report.problem(include.span(), problems.to_string()),
        }
    }
    all
}

fn named(name: &Located<String>, report: &mut Report<'_>) -> Option<Pack> {
    let found = Pack::named(name.get());
    if found.is_none() {
        let known = PACKS.iter().map(|pack| pack.name);
        let list = known.clone().collect::<Vec<_>>().join(", ");
        let message = format!("there is no pack \"{}\"; there are {list}", name.get());
        report.suggest(name.span(), message, nearest(name.get(), known));
    }
    found
}
