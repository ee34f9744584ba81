//! Stored articles found for a reader's query, newest first.

use super::parts::Parts;
use crate::model::ArticleId;
use crate::search::{Name, Query, QueryError, Term, Within};
use crate::store::{Phrase, Search, Store, StoreError, StoredArticle};
use crate::text::fold;
use crate::text::language::primary;
use crate::text::normalise::search_form;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Newest first.
    pub articles: Vec<StoredArticle>,
    /// Whether these hold the words with other marks than were typed, because none holds them with those.
    pub has_other_marks: bool,
    /// How many of the newest articles were read before the search was given up; `None` where nothing more can be found.
    pub gave_up_after: Option<usize>,
}

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// It names what is not there.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store cannot be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where marks or the language decide, no more articles are read than this: reading one takes a tenth of a millisecond.
const MOST_READ: usize = 3_000;
/// Articles asked for at a time.
const PAGE: usize = 200;

/// Up to `limit` articles. `tracked` are the entities of sources.toml, which is asked where an entity stands in no article.
pub async fn find(
    store: &Store,
    query: &Query,
    limit: usize,
    tracked: impl Fn() -> Vec<String>,
) -> Result<Found, FindError> {
    let search = resolved(store, query, tracked).await?;
    let decides = query.has_marks() || !query.languages.is_empty();
    let mut found = Found::default();
    let mut otherwise = Vec::new();
    let (mut before, mut read) = (i64::MAX, 0);
    loop {
        let wanted = if decides { PAGE } else { limit.saturating_sub(read).min(PAGE) };
        let page = store.search(search.clone(), before, wanted).await?;
        for hit in &page {
            before = before.min(hit.seq);
            if found.articles.len() < limit {
                sort(store, hit.id, (query, limit), (&mut found.articles, &mut otherwise)).await?;
            }
        }
        read += page.len();
        if found.articles.len() >= limit || page.len() < wanted || wanted == 0 {
            break;
        }
        if decides && read >= MOST_READ {
            found.gave_up_after = Some(read);
            break;
        }
    }
    if found.articles.is_empty() && !otherwise.is_empty() {
        found = Found { articles: otherwise, has_other_marks: true, gave_up_after: None };
    }
    Ok(found)
}

/// Reads an article and puts it among those that are meant, or among those that have other marks.
async fn sort(
    store: &Store,
    id: ArticleId,
    (query, limit): (&Query, usize),
    (meant, otherwise): (&mut Vec<StoredArticle>, &mut Vec<StoredArticle>),
) -> Result<(), StoreError> {
    let Some(stored) = store.article(id).await? else { return Ok(()) };
    let language = stored.article.language.as_deref().and_then(primary);
    if !query.languages.is_empty() && !language.is_some_and(|language| query.languages.contains(&language)) {
        return Ok(());
    }
    if !query.has_marks() || is_as_typed(query, &stored) {
        meant.push(stored);
    } else if otherwise.len() < limit {
        otherwise.push(stored);
    }
    Ok(())
}

fn is_as_typed(query: &Query, stored: &StoredArticle) -> bool {
    let parts = Parts::of(&stored.article);
    let [(_, title), texts @ ..] = parts.fields();
    query.is_as_typed(title, &texts.map(|(_, text)| text))
}

async fn resolved(
    store: &Store,
    query: &Query,
    tracked: impl Fn() -> Vec<String>,
) -> Result<Search, FindError> {
    let names = Names { store, entities: entities(store, query, tracked).await? };
    let mut groups = Vec::new();
    for group in &query.entities {
        groups.push(names.entities(group)?);
    }
    Ok(Search {
        wanted: query.wanted.iter().map(|group| group.iter().map(phrase).collect()).collect(),
        unwanted: query.unwanted.iter().filter(|term| !term.has_marks()).map(phrase).collect(),
        entities: groups,
        without_entities: names.entities(&query.without_entities)?,
        sources: names.sources(&query.sources).await?,
        without_sources: names.sources(&query.without_sources).await?,
        since: query.since,
        until: query.until,
    })
}

fn phrase(term: &Term) -> Phrase {
    match term.within {
        Within::Article => Phrase::Anywhere(term.form()),
        Within::Title => Phrase::InTitle(term.form()),
    }
}

/// The entities that may be meant. Most queries name them as they are called, and then the others need not be read.
async fn entities(
    store: &Store,
    query: &Query,
    tracked: impl Fn() -> Vec<String>,
) -> Result<Vec<String>, StoreError> {
    let mut known = Vec::new();
    for name in query.entities.iter().flatten().chain(&query.without_entities) {
        if !store.is_mentioned(name.text.clone()).await? {
            let mentioned = store.mentioned_entities().await?;
            return Ok(mentioned.into_iter().chain(tracked()).collect());
        }
        known.push(name.text.clone());
    }
    Ok(known)
}

/// What names in a query may mean.
struct Names<'a> {
    store: &'a Store,
    entities: Vec<String>,
}

impl Names<'_> {
    fn entities(&self, names: &[Name]) -> Result<Vec<String>, QueryError> {
        let command = "`diemtin entities` lists those that are tracked";
        names.iter().map(|name| meant(name, &self.entities, ("entity", command))).collect()
    }

    async fn sources(&self, names: &[Name]) -> Result<Vec<String>, FindError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.store.source_names().await?;
        let command = "`diemtin status` lists the sources";
        Ok(names.iter().map(|name| meant(name, &known, ("source", command))).collect::<Result<_, _>>()?)
    }
}

/// The one among `known` that is called so, case aside, or marks aside.
fn meant(name: &Name, known: &[String], (what, command): (&str, &str)) -> Result<String, QueryError> {
    let (key, form) = (fold::key(&name.text), search_form(&name.text));
    let same = known.iter().find(|known| **known == name.text);
    let same = same.or_else(|| known.iter().find(|known| fold::key(known) == key));
    if let Some(found) = same.or_else(|| known.iter().find(|known| search_form(known) == form)) {
        return Ok(found.clone());
    }
    let most = (form.chars().count() / 3).max(1);
    let distances =
        known.iter().map(|known| (strsim::damerau_levenshtein(&form, &search_form(known)), known));
    let advice = match distances.filter(|(distance, _)| *distance <= most).min() {
        Some((_, similar)) => format!("Did you mean {what}:{}?", quoted(similar)),
        None => format!("{command}."),
    };
    let message = format!("There is no {what} named \"{}\". {advice}", name.text);
    Err(QueryError { start: name.start, end: name.end, message })
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() }
}
