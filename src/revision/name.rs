//! Names: tracked ones, and what looks like one.

use std::collections::HashSet;

use crate::text::fold::key;

/// The spellings of tracked entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(HashSet<String>);

impl Names {
    /// These spellings; case and form do not count.
    pub fn new<'n>(spellings: impl IntoIterator<Item = &'n str>) -> Self {
        Self(spellings.into_iter().map(key).filter(|name| !name.is_empty()).collect())
    }
}
