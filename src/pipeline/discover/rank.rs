//! Which of several sources is the better one.

use crate::feed::discover::{Lead, LeadOrigin, is_comments, is_of_section, is_of_whole_site};
use crate::model::SourceKind;

use super::Seen;

/// Smaller is better, field by field; two of the same rank are equally good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// Feeds tell most of their entries, listings least.
    kind: SourceKind,
    is_untried: bool,
    is_comments: bool,
    is_empty: bool,
    /// 0: about what the page is about.
    distance: u8,
    origin: LeadOrigin,
}

impl Rank {
    /// The rank of an address that was not tried, on a page of this section or a home page.
    pub(super) fn of_lead(lead: &Lead, section: Option<&str>) -> Self {
        let whole = is_of_whole_site(&lead.url);
        let distance = match section {
            Some(slug) if is_of_section(&lead.url, slug) => 0,
            None if whole => 0,
            Some(_) if whole => 1,
            Some(_) | None => 2,
        };
        // A host's rules and announcements are about the page that they are for.
        let certain = lead.origin <= LeadOrigin::Announced;
        Self {
            kind: lead.kind,
            is_untried: true,
            is_comments: is_comments(&lead.url, lead.title.as_deref()),
            is_empty: false,
            distance: if certain { distance.min(1) } else { distance },
            origin: lead.origin,
        }
    }

    /// The rank once it was read.
    pub(super) fn tried(self, seen: &Seen, title: Option<&str>, lead: &Lead) -> Self {
        Self {
            is_untried: false,
            is_empty: seen.entries == 0,
            is_comments: self.is_comments || is_comments(&lead.url, title),
            ..self
        }
    }
}
