//! What an answer is: a feed, a sitemap or a page, as the readers of a poll see it.

use chrono_tz::Tz;
use url::Url;

use crate::feed::discover::{LeadOrigin, PageLeads, of_page};
use crate::feed::{self, FeedError, Origin, Sitemap, lists_its_like};
use crate::fetch::Page;
use crate::model::{Feed, FeedFormat, SourceKind};

/// For dates without a zone; they are only shown.
const ZONE: Tz = Tz::Asia__Ho_Chi_Minh;

/// What an answer turned out to be.
pub(super) enum Looked {
    Feed(Box<Feed>),
    Sitemap(Box<Sitemap>),
    Page(PageLeads, Option<Box<Feed>>),
    Nothing,
}

/// Reads bytes as whatever they are, by the readers that a poll uses. Only the page that was asked about is read as a list of
/// articles.
pub(super) fn look(page: &Page, wanted: SourceKind, found: LeadOrigin) -> (Url, Looked) {
    let content_type = page.content_type.as_deref();
    let origin = Origin { url: &page.url, content_type, timezone: ZONE };
    let looked = if wanted == SourceKind::Sitemap || feed::is_sitemap(&page.bytes) {
        feed::sitemap(&page.bytes, origin).map(|sitemap| match sitemap.feed.format {
            FeedFormat::Sitemap => Looked::Sitemap(Box::new(sitemap)),
            // A feed may serve as a sitemap, and is one all the same.
            _ => Looked::Feed(Box::new(sitemap.feed)),
        })
    } else {
        feed::parse(&page.bytes, origin).map(|feed| Looked::Feed(Box::new(feed)))
    };
    let looked = match looked {
        Ok(looked) => looked,
        Err(FeedError::Empty) => Looked::Nothing,
        Err(_) if wanted == SourceKind::Sitemap => Looked::Nothing,
        Err(_) => {
            let leads = of_page(&page.bytes, content_type, &page.url);
            let listing = (found == LeadOrigin::Itself).then(|| feed::listing(&page.bytes, None, origin));
            let listing = listing.and_then(Result::ok).filter(|feed| !lists_its_like(&page.url, feed));
            Looked::Page(leads, listing.map(Box::new))
        }
    };
    (page.url.clone(), looked)
}
