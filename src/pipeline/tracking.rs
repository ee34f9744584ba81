//! Which articles are looked at again.

use std::time::Duration;

use chrono_tz::Tz;
use url::Url;

use super::obtain::Identity;
use crate::model::{
    Article, Extent, FullText, MaxAge, Moment, Source, SourceKind, Timestamp, Tracking, Verdict,
};
use crate::schedule::{Age, Recheck, next_recheck};
use crate::store::{Filing, KeptPage, StoredArticle, Track};
use crate::text::date;

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
    let since = born(article, &pages, (filing.at, span));
    let age = age(article.published.map(Moment::timestamp), (since, None));
    let recheck = Recheck { age, until, first, failures: 0, asked: Duration::ZERO };
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

/// How long, and after what time first, articles of the source are looked at that were filed when nobody did; `None` where none is.
pub(super) fn rhythm_of_known(source: &Source) -> Option<(Duration, Duration)> {
    let Tracking::For { span, first } = source.tracking else { return None };
    (source.kind != SourceKind::Page && source.full_text != FullText::Feed).then_some((span, first))
}

/// How an article is looked at again that was filed when nobody did.
pub(super) fn of_known(
    source: &Source,
    stored: &StoredArticle,
    now: Timestamp,
    jitter: f64,
) -> Option<Track> {
    let (span, first) = rhythm_of_known(source)?;
    let article = &stored.article;
    if !is_of_page(article) {
        return None;
    }
    let (published, filed) = (article.published.map(Moment::timestamp), stored.first_seen_at);
    if matches!((source.max_age, published), (MaxAge::Within(most), Some(at)) if filed.since(at) > most) {
        return None;
    }
    let url = Url::parse(&article.url).ok()?;
    let (since, until) = (born(article, &[], (filed, span)), filed.plus(span));
    let recheck =
        Recheck { age: age(published, (since, None)), until, first, failures: 0, asked: Duration::ZERO };
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
/// come, is as old as what we know of it: since its server says that it has not been changed, or since it was filed.
fn born(article: &Article, pages: &[KeptPage], (filed, span): (Timestamp, Duration)) -> Timestamp {
    let published = article.published.map(Moment::timestamp);
    let published = published.filter(|at| *at <= filed && *at > filed.minus(span));
    let modified = || last_modified(pages).filter(|at| *at <= filed && at.is_believable(filed));
    published.or_else(modified).unwrap_or(filed)
}

/// When the last of its pages was changed, where the server says so of each.
fn last_modified(pages: &[KeptPage]) -> Option<Timestamp> {
    let of_page = |page: &KeptPage| Some(date::parse(page.validators.1.as_deref()?, Tz::UTC)?.timestamp());
    pages.iter().map(of_page).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// How the age of an article counts that tells this date, whose age counts from `since` and which was changed then, if ever.
pub(super) fn age(published: Option<Timestamp>, (since, changed): (Timestamp, Option<Timestamp>)) -> Age {
    if published.is_some_and(|at| at.is_believable(since)) {
        return Age::Since(since);
    }
    Age::Unknown { seen: changed.unwrap_or(since) }
}

/// Whether its text is that of a page.
fn is_of_page(article: &Article) -> bool {
    article.verdict.shows_article() && matches!(article.extent, Extent::Whole | Extent::Part)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    const HOUR: Duration = Duration::from_hours(1);
    const FILED: Timestamp = Timestamp::from_micros(1_795_000_000_000_000);

    fn page(last_modified: Option<Timestamp>) -> KeptPage {
        let last_modified = last_modified.map(|at| at.to_utc().to_rfc2822());
        let url = "https://bao.example/1".to_owned();
        KeptPage::pack((1, url), None, (None, last_modified), (b"<p>Tin</p>", [0; 32]), FILED)
    }

    #[test]
    fn the_age_of_an_article_counts_from_its_date_or_from_what_its_server_says() {
        let (lately, long_ago) = (FILED.minus(2 * HOUR), FILED.minus(4_000 * HOUR));
        let (hour_ago, day_ago) = (FILED.minus(HOUR), FILED.minus(24 * HOUR));
        for (published, pages, born) in [
            (Some(lately), vec![page(Some(hour_ago))], lately),
            (Some(lately), vec![], lately),
            // A date from before it was tracked at all, one to come, none.
            (Some(long_ago), vec![page(Some(hour_ago))], hour_ago),
            (Some(long_ago), vec![page(None)], FILED),
            (Some(FILED.plus(HOUR)), vec![page(Some(day_ago))], day_ago),
            (None, vec![page(Some(day_ago)), page(Some(hour_ago))], hour_ago),
            (None, vec![page(Some(day_ago)), page(None)], FILED),
            (None, vec![page(Some(FILED.plus(HOUR)))], FILED),
            (None, vec![], FILED),
        ] {
            let published = published.map(|at| Moment::Instant(DateTime::from(at.to_utc())));
            let article = Article { published, ..Article::default() };
            assert_eq!(super::born(&article, &pages, (FILED, 168 * HOUR)), born, "{published:?} {pages:?}");
        }
    }

    #[test]
    fn the_age_of_an_article_without_a_date_is_not_known() {
        let unknown = Age::Unknown { seen: FILED };
        assert_eq!(age(None, (FILED, None)), unknown);
        assert_eq!(age(Some(Timestamp::EPOCH), (FILED, None)), unknown);
        assert_eq!(age(Some(FILED.plus(9_000 * HOUR)), (FILED, None)), unknown);
        assert_eq!(age(Some(FILED.minus(HOUR)), (FILED.minus(HOUR), None)), Age::Since(FILED.minus(HOUR)));
        assert_eq!(age(None, (FILED, Some(FILED.plus(HOUR)))), Age::Unknown { seen: FILED.plus(HOUR) });
    }
}
