//! The article of an entry: known, fetched, or taken from the feed itself.

use std::time::Duration;

use url::Url;

use super::reading::{self, Provenance, Read};
use super::{Assembly, Context};
use crate::dedup::{canonical_url, is_announced_by, is_titled};
use crate::extract::{self, Origin};
use crate::fetch::{FailureClass, FetchError, Fetched, Kind, Page, Target, Validators};
use crate::model::{Article, Entry, FullText, Source, Timestamp, Verdict};
use crate::schedule::{next_attempt, when_welcome};
use crate::store::{ClaimedEntry, StoreError};
use crate::text::address::is_home;
use crate::text::normalise::search_form;

/// Why the text of an entry is not looked for at its address.
const SHARED: &str = "its address is that of other entries too";

/// How long the parts of an article may take together: its lease must not run out meanwhile.
pub(super) const LONGEST_READING: Duration = Duration::from_mins(10);

/// What fetching the article of an entry gave.
pub(super) enum Obtained {
    Article(Box<Article>, Identity),
    /// A try that failed, and when the next is.
    Later {
        why: String,
        next: Timestamp,
    },
    /// Nothing was asked for, as the host wants to be left alone, and when that is over: no try, however often it comes to this.
    Spared {
        why: String,
        next: Timestamp,
    },
}

/// What tells an article from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// Every address it is known under, and its words.
    Page,
    /// Its words alone: other articles stand at its address, or it has none.
    Words,
    /// The address in the feed alone: it is known already, or the page shows what other pages show too.
    Link,
}

/// The article: the one filed under this address before, the page, or what the feed itself carries.
pub(super) async fn obtain(
    context: &Context,
    source: &Source,
    claimed: &ClaimedEntry,
) -> Result<(Obtained, Provenance), StoreError> {
    let without_page = |obtained: Obtained| Ok((obtained, Provenance::of_feed()));
    let entry = &claimed.entry;
    let Some(url) = entry.url.as_deref().and_then(|url| Url::parse(url).ok()) else {
        return without_page(from_feed(source, entry, &source.url, "the entry has no link"));
    };
    let known = context.store.listed_article_by_url(canonical_url(url.as_str())).await?;
    if let Some(known) = known.filter(|known| entry.has_own_page() || is_headed_alike(&known.article, entry))
    {
        return without_page(Obtained::Article(Box::new(known.article), Identity::Link));
    }
    if !entry.key.is_address() {
        return without_page(from_feed(source, entry, &url, SHARED));
    }
    if source.full_text == FullText::Feed {
        return without_page(from_feed(source, entry, &url, "full_text is off for this source"));
    }
    let (obtained, provenance) = match fetch(context, source, &url).await {
        Ok(page) => read_page(context, source, claimed, &url, page).await?,
        Err(failure) => (after_failure(context, source, claimed, &url, &failure), Provenance::of_feed()),
    };
    let obtained =
        if entry.shares_address { of_shared_address(obtained, source, entry, &url) } else { obtained };
    Ok((obtained, provenance))
}

async fn fetch(context: &Context, source: &Source, url: &Url) -> Result<Page, Failure> {
    let validators = Validators::default();
    let target = Target {
        url,
        validators: &validators,
        kind: Kind::Page,
        configured_host: source.url.host_str(),
        robots: source.robots,
        private_headers: source.access.to(url, &source.url),
        route: &source.route,
    };
    match context.fetch(target).await {
        Ok(Fetched::Page(page)) => Ok(page),
        Ok(Fetched::NotModified { .. }) => {
            Err(Failure { why: "the page answered 304 to a first request".to_owned(), again: Again::Never })
        }
        Err(error) => Err(Failure::of(error)),
    }
}

/// Whether a page is worth another try.
#[derive(Clone, Copy)]
enum Again {
    Never,
    /// It is not there (404): feeds list some articles before their pages are.
    Missing,
    /// After this long at least.
    After(Duration),
    /// It was not asked for, and may be after this long.
    Unsent(Duration),
}

/// Why a page cannot be had.
struct Failure {
    why: String,
    again: Again,
}

impl Failure {
    fn of(error: FetchError) -> Self {
        let again = match error.class {
            FailureClass::Later { after } => Again::After(after.unwrap_or_default()),
            FailureClass::Unsent { left } => Again::Unsent(left),
            FailureClass::Never if error.status == Some(404) => Again::Missing,
            FailureClass::Never | FailureClass::Gone => Again::Never,
        };
        Self { why: error.message, again }
    }

    fn of_panic(why: &str) -> Self {
        Self { why: format!("reading the page failed ({why})"), again: Again::Never }
    }

    /// The wait for another try; nothing where there is no use in it.
    fn later(&self, context: &Context, claimed: &ClaimedEntry) -> Option<Obtained> {
        let (why, now) = (self.why.clone(), context.clock.now());
        let asked = match self.again {
            Again::Never => return None,
            Again::Unsent(left) => {
                return Some(Obtained::Spared { why, next: when_welcome(now, left, fastrand::f64()) });
            }
            Again::Missing => Duration::ZERO,
            Again::After(asked) => asked,
        };
        let next = next_attempt(now, claimed.attempts + 1, Some(asked), fastrand::f64())?;
        Some(Obtained::Later { why, next })
    }
}

/// What stands at an address that several entries share is the article of the eldest where it bears its headline (the
/// others may be the same link, tracked in another way). A live blog or a page of release notes does not.
fn of_shared_address(obtained: Obtained, source: &Source, entry: &Entry, url: &Url) -> Obtained {
    let headline = entry.title.as_deref().unwrap_or_default();
    match obtained {
        Obtained::Article(article, Identity::Page) if is_titled(&article, headline) => {
            Obtained::Article(article, Identity::Page)
        }
        Obtained::Spared { .. } => obtained,
        Obtained::Article(..) | Obtained::Later { .. } => from_feed(source, entry, url, SHARED),
    }
}

async fn read_page(
    context: &Context,
    source: &Source,
    claimed: &ClaimedEntry,
    url: &Url,
    page: Page,
) -> Result<(Obtained, Provenance), StoreError> {
    let entry = &claimed.entry;
    if is_home(&page.url) && !is_home(url) {
        let found = Found {
            verdict: Verdict::Soft404,
            notes: vec!["its address leads to the site's home page now".to_owned()],
        };
        return Ok((instead_of_page(source, entry, url, &found), Provenance::of_feed()));
    }
    let first = page.url.clone();
    let read = match reading::read(context, source, page, (&first, 1)).await? {
        Ok(read) => read,
        Err(panic) => {
            let why = Failure::of_panic(&panic).why;
            return Ok((from_feed(source, entry, url, &why), Provenance::of_feed()));
        }
    };
    let mut provenance = read.provenance.clone();
    if read.article.verdict != Verdict::Article {
        return Ok((by_verdict(context, source, claimed, url, read.article), provenance));
    }
    let obtained = with_parts(context, source, claimed, (&first, &mut provenance), read).await?;
    Ok((obtained, provenance))
}

/// The article with the parts that follow its first.
async fn with_parts(
    context: &Context,
    source: &Source,
    claimed: &ClaimedEntry,
    (first, provenance): (&Url, &mut Provenance),
    read: Read,
) -> Result<Obtained, StoreError> {
    let mut whole = Assembly::of(read.article, read.next);
    let begun = context.clock.now();
    while let Some((address, number)) = whole.wanted() {
        if context.clock.now().since(begun) > LONGEST_READING {
            whole.give_up("the parts before it took too long");
            break;
        }
        let part = match fetch(context, source, &address).await {
            Ok(page) => reading::read(context, source, page, (first, number))
                .await?
                .map_err(|panic| Failure::of_panic(&panic)),
            Err(failure) => Err(failure),
        };
        match part {
            Ok(part) => {
                provenance.pages.extend(part.provenance.pages);
                whole.add(part.article, part.next);
            }
            // A part that is not there was guessed wrongly, or never will be.
            Err(failure @ Failure { again: Again::Missing, .. }) => whole.give_up(&failure.why),
            // Names may stand in what cannot be had for now, so the article waits for it as it would for its only page.
            Err(failure) => {
                let why = format!("part {number} of the article: {}", failure.why);
                match (Failure { why, ..failure }).later(context, claimed) {
                    Some(later) => return Ok(later),
                    None => whole.give_up(&failure.why),
                }
            }
        }
    }
    Ok(of_page(whole.finished(), source, &claimed.entry))
}

/// Where a page is not the whole article: if it is a wall that may lift, another try; else the feed's own text.
fn by_verdict(
    context: &Context,
    source: &Source,
    claimed: &ClaimedEntry,
    url: &Url,
    article: Article,
) -> Obtained {
    let (entry, verdict) = (&claimed.entry, article.verdict);
    let now = context.clock.now();
    if verdict.may_lift()
        && let Some(next) = next_attempt(now, claimed.attempts + 1, None, fastrand::f64())
    {
        let why = format!("{url} answered, but not with the article. {}", article.notes.join(" "));
        return Obtained::Later { why, next };
    }
    let own = extract::from_entry(entry, origin(source, url));
    if verdict.shows_article() && article.text().len() >= own.text().len() && !article.paragraphs.is_empty() {
        tracing::warn!(source = source.name, url = %url, ?verdict, "only a part of an article can be read");
        return of_page(article, source, entry);
    }
    instead_of_page(source, entry, url, &Found { verdict, notes: article.notes })
}

fn of_page(article: Article, source: &Source, entry: &Entry) -> Obtained {
    let headline = entry.title.as_deref().unwrap_or_default();
    if is_announced_by(&article, headline) {
        return Obtained::Article(Box::new(completed(article, entry)), Identity::Page);
    }
    Obtained::Article(Box::new(headed_by_feed(article, source, entry)), Identity::Link)
}

/// What stood at an address in the place of the article.
struct Found {
    verdict: Verdict,
    notes: Vec<String>,
}

/// The feed's own text, marked with what the page turned out to be; the headline alone where the feed has no text.
fn instead_of_page(source: &Source, entry: &Entry, url: &Url, found: &Found) -> Obtained {
    let verdict = found.verdict;
    let why = match found.notes.as_slice() {
        [] => "nothing on the page is, or is left as, the text of an article".to_owned(),
        notes => notes.join(" "),
    };
    tracing::warn!(source = source.name, url = %url, ?verdict, why, "a page is no article; the feed's own text is used");
    let mut obtained = from_feed(source, entry, url, &why);
    if let Obtained::Article(article, _) = &mut obtained {
        article.verdict = verdict;
    }
    obtained
}

/// What the page does not tell is taken from the feed.
fn completed(mut article: Article, entry: &Entry) -> Article {
    if article.title.is_empty() {
        article.title = entry.title.clone().unwrap_or_default();
        article.notes.push("the page shows no headline, so it is the feed's".to_owned());
    }
    if article.authors.is_empty() {
        article.authors.clone_from(&entry.authors);
    }
    article.published = article.published.or(entry.published);
    article.modified = article.modified.or(entry.updated);
    article
}

/// A page that says nothing of what the feed announced is a wall, or an article that the feed heads in its own words. Either
/// way the feed's words must not be missed.
fn headed_by_feed(article: Article, source: &Source, entry: &Entry) -> Article {
    let own = extract::from_entry(entry, origin(source, &source.url));
    let lead = [own.lead, own.paragraphs.join("\n"), article.lead.clone()];
    let lead: Vec<String> = lead.into_iter().filter(|part| !part.is_empty()).collect();
    let mut headed = Article { title: own.title, lead: lead.join("\n"), ..completed(article, entry) };
    let note =
        "the page holds hardly a word of the feed's headline, so the feed's own words stand before its text";
    headed.notes.push(note.to_owned());
    headed
}

fn after_failure(
    context: &Context,
    source: &Source,
    claimed: &ClaimedEntry,
    url: &Url,
    failure: &Failure,
) -> Obtained {
    failure.later(context, claimed).unwrap_or_else(|| from_feed(source, &claimed.entry, url, &failure.why))
}

fn from_feed(source: &Source, entry: &Entry, url: &Url, why: &str) -> Obtained {
    let mut article = extract::from_entry(entry, origin(source, url));
    let used = if article.verdict == Verdict::Empty {
        "the headline is all that is known"
    } else {
        "the feed's own text is used"
    };
    article.notes.push(format!("{used}: {why}"));
    let identity = if entry.has_own_page() { Identity::Page } else { Identity::Words };
    Obtained::Article(Box::new(article), identity)
}

fn origin<'a>(source: &'a Source, url: &'a Url) -> Origin<'a> {
    Origin { url, content_type: None, timezone: source.timezone, language: &source.language }
}

/// An entry that was filed while its address was its own is listed beside a second one with that address.
fn is_headed_alike(article: &Article, entry: &Entry) -> bool {
    entry.title.as_deref().is_some_and(|title| search_form(title) == search_form(&article.title))
}
