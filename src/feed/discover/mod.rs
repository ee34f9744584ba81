//! Where the sources of a site may lie: a page, an address or a robots.txt in, addresses to try out.

mod host;
mod page;
mod path;
mod robots;
#[cfg(test)]
mod tests;

use url::Url;

use crate::model::SourceKind;

pub use host::by_host;
pub use page::{PageLeads, of_page};
pub use path::{is_comments, is_of_section, is_of_whole_site, section_slug, well_known};
pub use robots::sitemaps;

/// An address that may be a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The address.
    pub url: Url,
    /// What it is expected to be.
    pub kind: SourceKind,
    /// What the page calls it.
    pub title: Option<String>,
    /// Why it is expected there.
    pub origin: LeadOrigin,
}

/// Why an address is expected to be a source, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeadOrigin {
    /// It is the address that was asked about.
    Itself,
    /// This host always has it there.
    Host,
    /// `<link rel="alternate">`
    Announced,
    /// A page that lists the site's feeds names it.
    Index,
    /// A link of the page looks like one.
    Linked,
    /// Many sites have one there.
    WellKnown,
    /// robots.txt names it.
    Robots,
}

impl LeadOrigin {
    /// The word for it in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Host => "host",
            Self::Announced => "announced",
            Self::Index => "index",
            Self::Linked => "linked",
            Self::WellKnown => "well-known",
            Self::Robots => "robots",
        }
    }
}

fn feed(url: Url, origin: LeadOrigin) -> Lead {
    Lead { url, kind: SourceKind::Feed, title: None, origin }
}
