//! What stands in the place of what was asked for: a wall, a login, a page that says sorry. A source is said to be kept out by it,
//! not just to be unreadable.

use url::Url;

use super::Context;
use super::outcome::Ending;
use crate::extract::{self, Origin};
use crate::fetch::{Cause, FetchError, Page};
use crate::model::{Source, SourceKind, Verdict};

/// Walls are small; a larger answer is not looked at a second time.
const LARGEST: usize = 256 * 1024;

/// What came in the place of something else.
pub(super) struct Instead {
    url: Url,
    /// The same for programs.
    pub(super) cause: Cause,
    /// What it is, as a sentence.
    pub(super) what: String,
}

/// What this page is, where it is none of its site's own contents.
pub(super) fn of_page(page: &Page, source: &Source) -> Option<Instead> {
    if page.bytes.len() > LARGEST {
        return None;
    }
    let origin = Origin {
        url: &page.url,
        content_type: page.content_type.as_deref(),
        timezone: source.timezone,
        language: &source.language,
    };
    let article = extract::article(&page.bytes, origin);
    let cause = match article.verdict {
        Verdict::Challenge | Verdict::ConsentWall => Cause::BotWall,
        Verdict::LoginWall => Cause::Login,
        Verdict::Soft404 | Verdict::Parked => Cause::NotFound,
        Verdict::Maintenance => Cause::Server,
        // Of a feed's and a page's own more is said elsewhere.
        Verdict::JsShell if source.kind == SourceKind::Listing => Cause::Unreadable,
        _ => return None,
    };
    Some(Instead { url: page.url.clone(), cause, what: article.notes.into_iter().next()? })
}

/// A copy for [`told`], before a watched page is taken apart.
pub(super) fn copy(page: &Page) -> Option<Page> {
    (page.bytes.len() <= LARGEST).then(|| page.clone())
}

/// A refusal, named by the wall that came with its status.
pub(super) async fn named(context: &Context, source: &Source, mut error: FetchError) -> FetchError {
    let Some(page) = error.page.take().filter(|_| is_vague(error.cause)) else { return error };
    let Some(Instead { cause, what, .. }) =
        look(context, source, *page).await.filter(|found| found.cause.is_block())
    else {
        return error;
    };
    FetchError { message: format!("{} {what}", error.message), cause, ..error }
}

/// How the poll of a watched page ended, told by the wall that was found in its place.
pub(super) async fn told(context: &Context, source: &Source, ending: Ending, page: Option<Page>) -> Ending {
    let Some(page) = page.filter(|_| ending.error.is_some()) else { return ending };
    let Some(found) = look(context, source, page).await else { return ending };
    Ending { error: Some(found.sentence(source)), cause: Some(found.cause), ..ending }
}

impl Instead {
    /// What status shows.
    pub(super) fn sentence(&self, source: &Source) -> String {
        let wanted = match source.kind {
            SourceKind::Feed => "a feed",
            SourceKind::Sitemap => "a sitemap",
            SourceKind::Listing => "a list of articles",
            SourceKind::Page => "the page that is watched",
        };
        format!("{} answered, but not with {wanted}; it is tried again. {}", self.url, self.what)
    }
}

/// Whether a wall may hide behind this.
fn is_vague(cause: Cause) -> bool {
    matches!(cause, Cause::Forbidden | Cause::Throttled | Cause::Server | Cause::Status | Cause::Login)
}

async fn look(context: &Context, source: &Source, page: Page) -> Option<Instead> {
    let source = source.clone();
    // A page that cannot be read is no wall that is known.
    context.cores.run(move || of_page(&page, &source)).await.ok().flatten()
}
