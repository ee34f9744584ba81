//! What rules would have done with the stored articles: shared by `test-rule`, `check --impact` and `rescan`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::output;
use crate::model::{ArticleId, Timestamp};
use crate::store::{Store, StoreError, StoredArticle};

/// Articles read from the store at a time.
const PAGE: usize = 200;

/// The articles stored since then, a page at a time, the oldest first.
pub(super) struct Pages<'a> {
    store: &'a Store,
    since: Timestamp,
    after: i64,
}

impl<'a> Pages<'a> {
    pub(super) fn since(store: &'a Store, since: Timestamp) -> Self {
        Self { store, since, after: 0 }
    }

    /// `None` behind the last one.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<StoredArticle>>, StoreError> {
        let page = self.store.articles_since(self.since, self.after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = last.seq;
        Ok(Some(page))
    }
}

/// An article for which a rule holds; its text is not kept, there may be many.
#[derive(Debug, Clone)]
pub(super) struct Fired {
    id: ArticleId,
    url: String,
    title: String,
    source: String,
    pub(super) first_seen: Timestamp,
}

impl Fired {
    pub(super) fn of(stored: &StoredArticle) -> Self {
        Self {
            id: stored.id,
            url: stored.article.url.clone(),
            title: stored.article.title.clone(),
            source: stored.source.clone(),
            first_seen: stored.first_seen_at,
        }
    }

    /// As a command prints it; `sign` stands in front of it.
    pub(super) fn show(&self, sign: &str) -> std::io::Result<()> {
        let Self { title, source, first_seen, url, .. } = self;
        let indent = " ".repeat(sign.len());
        let text = format!("{sign}{title}\n{indent}  {source} · {}\n{indent}  {url}", first_seen.rfc3339());
        output::line(text.replace(|c: char| c.is_control() && c != '\n', " "))
    }

    pub(super) fn as_json(&self) -> Value {
        let Self { id, url, title, source, first_seen } = self;
        json!({"id": id, "url": url, "title": title, "source": source, "first_seen": first_seen.rfc3339()})
    }
}

/// How many fired on each day (UTC) that has any.
pub(super) fn by_day(fired: &[Fired]) -> BTreeMap<String, usize> {
    let mut days = BTreeMap::new();
    for fired in fired {
        let day: String = fired.first_seen.rfc3339().chars().take("2026-11-22".len()).collect();
        *days.entry(day).or_insert(0) += 1;
    }
    days
}

/// How many that is a day, from `since` to `now`, to one decimal.
pub(super) fn a_day(count: usize, since: Timestamp, now: Timestamp) -> f64 {
    let days = (now.since(since).as_secs_f64() / 86_400.0).max(1.0);
    (count as f64 / days * 10.0).round() / 10.0
}
