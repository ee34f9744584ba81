//! Which articles are looked at again.

use std::time::Duration;

use url::Url;

use super::obtain::Identity;
use crate::model::{
    Article, Extent, FullText, MaxAge, Moment, Source, SourceKind, Timestamp, Tracking, Verdict,
};
use crate::schedule::{Recheck, next_recheck};
use crate::store::{Filing, KeptPage, StoredArticle, Track};

/// How a filed article is looked at again; `None` where it is not: where nobody wants it, where it is too old to alert, and where no
/// page shows it (the feed's text, a wall that is the same for every article).
///
/// An article that another source brought before comes without pages: it is tracked for longer, by the rules of the first.
/// One of which a part could not be had begins with what is had next.
pub(super) fn of_filed(
    source: &Source,
    filing: &Filing,
    (identity, pages): (Identity, Vec<KeptPage>),
    jitter: f64,
) -> Option<Track> {
    let Tracking::For { span, first } = source.tracking else { return None };
    let article = &filing.article;
    let is_shown = match identity {
        Identity::Page => !pages.is_empty(),
        Identity::Link => pages.is_empty(),
        Identity::Words => false,
    };
    if filing.held.is_some() || !is_shown || !is_of_page(article) {
        return None;
    }
    let url = Url::parse(&article.url).ok()?;
    let until = filing.at.plus(span);
    let since = born(article, filing.at, span);
    let recheck = Recheck { since, until, first, failures: 0, asked: Duration::ZERO };
    let is_broken_off = article.verdict == Verdict::Article && article.extent == Extent::Part;
    Some(Track {
        host_key: url.host_str()?.to_owned(),
        url: url.into(),
        born: since,
        span: i64::try_from(span.as_micros()).unwrap_or(i64::MAX),
        next_check_at: next_recheck(&recheck, filing.at, jitter)?,
        pages: if is_broken_off { Vec::new() } else { pages },
    })
}

/// The same of an article that was filed when nobody looked again.
pub(super) fn of_known(
    source: &Source,
    stored: &StoredArticle,
    now: Timestamp,
    jitter: f64,
) -> Option<Track> {
    let Tracking::For { span, first } = source.tracking else { return None };
    let article = &stored.article;
    if source.kind == SourceKind::Page || source.full_text == FullText::Feed || !is_of_page(article) {
        return None;
    }
    let age = article.published.map(|at| stored.first_seen_at.since(at.timestamp()));
    if matches!((source.max_age, age), (MaxAge::Within(most), Some(age)) if age > most) {
        return None;
    }
    let url = Url::parse(&article.url).ok()?;
    let (since, until) = (born(article, stored.first_seen_at, span), stored.first_seen_at.plus(span));
    let recheck = Recheck { since, until, first, failures: 0, asked: Duration::ZERO };
    Some(Track {
        host_key: url.host_str()?.to_owned(),
        url: url.into(),
        born: since,
        span: i64::try_from(span.as_micros()).unwrap_or(i64::MAX),
        next_check_at: next_recheck(&recheck, now, jitter)?,
        pages: Vec::new(),
    })
}

/// From when its age is counted: its publication. One that was older than it is tracked for when it came, or tells a time that is yet to
/// come, is as old as what we know of it.
fn born(article: &Article, filed: Timestamp, span: Duration) -> Timestamp {
    let published = article.published.map(Moment::timestamp);
    published.filter(|at| *at <= filed && *at > filed.minus(span)).unwrap_or(filed)
}

/// Whether its text is that of a page.
fn is_of_page(article: &Article) -> bool {
    article.verdict.shows_article() && matches!(article.extent, Extent::Whole | Extent::Part)
}
