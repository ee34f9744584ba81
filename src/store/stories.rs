//! Stories: articles join them, and two that turn out to be one become one.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::Document;
use super::mentions::mentioned;
use super::{Store, StoreError};
use crate::dedup::{Telling, originals_first};
use crate::model::{AlsoAt, ArticleId, Attribution, ItemStory, StoryId, Timestamp};
use crate::text::normalise::search_form;

/// Who tells a story after so many others is counted, not listed: each is unpacked for its headline.
const MOST_LISTED: i64 = 24;

/// A filed article that another belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kin {
    /// The article.
    pub id: ArticleId,
    /// Whether it holds all that the other says.
    pub holds_all: bool,
    /// Whether its story and that of the first kin are one.
    pub is_tied: bool,
}

/// A story, and everyone who tells it, the original before its retellings.
pub(super) struct Told {
    story: StoryId,
    articles: usize,
    tellings: Vec<AlsoAt>,
    /// Which earlier article each copy holds no more than, by its identity.
    copies: HashMap<ArticleId, ArticleId>,
}

/// An article as one source brought it.
struct TellingRow {
    also: AlsoAt,
    site: Option<String>,
    attribution: Option<Attribution>,
    filed: Timestamp,
}

impl Store {
    /// The story of an article and who else tells it; `None` where it was filed before there were stories.
    pub async fn story_of(&self, id: ArticleId) -> Result<Option<ItemStory>, StoreError> {
        self.read(move |connection| story_of(connection, id)).await
    }

    /// The story of each of these articles, and how many articles tell it.
    pub async fn stories_of(
        &self,
        ids: Vec<ArticleId>,
    ) -> Result<HashMap<ArticleId, (StoryId, usize)>, StoreError> {
        self.read(move |connection| {
            let mut stories = HashMap::new();
            for id in ids {
                if let Some(story) = story_id(connection, id)? {
                    stories.insert(id, (story, count(connection, story)?));
                }
            }
            Ok(stories)
        })
        .await
    }
}

/// Puts an article into the story of its nearest kin, and the stories of those that are tied to it, with its own where it has one, into
/// the eldest of them; one without kin founds a story. It may be a copy of an earlier article.
pub(super) fn join(
    connection: &Connection,
    (id, at): (ArticleId, Timestamp),
    kin: &[Kin],
    copy_of: Option<ArticleId>,
) -> rusqlite::Result<()> {
    let mut stories = BTreeSet::new();
    let mut strays = Vec::new();
    let tied = kin.iter().filter(|kin| kin.is_tied).map(|kin| kin.id);
    for member in std::iter::once(id).chain(tied) {
        match story_id(connection, member)? {
            Some(story) => _ = stories.insert(story),
            None => strays.push(member),
        }
    }
    // Identities sort by time.
    let eldest = stories.pop_first().unwrap_or_else(|| StoryId::new(at));
    let mut merge =
        connection.prepare_cached("UPDATE story_article SET story_id = ?1 WHERE story_id = ?2")?;
    for story in stories {
        merge.execute(params![eldest, story])?;
    }
    // With the article itself, those that were filed before there were stories.
    let mut insert =
        connection.prepare_cached("INSERT INTO story_article (article_id, story_id) VALUES (?1, ?2)")?;
    for stray in strays {
        insert.execute(params![stray, eldest])?;
    }
    if let Some(original) = copy_of {
        connection
            .prepare_cached(
                "UPDATE story_article SET copy_of = ?2 WHERE article_id = ?1 AND copy_of IS NULL",
            )?
            .execute(params![id, original])?;
    }
    Ok(())
}

/// The story of an article, and who else tells it, the original before its retellings.
pub(super) fn story_of(connection: &Connection, id: ArticleId) -> rusqlite::Result<Option<ItemStory>> {
    let Some(story) = story_id(connection, id)? else { return Ok(None) };
    Ok(Some(told(connection, story)?.seen_from(id).0))
}

/// A story and who tells it.
pub(super) fn told(connection: &Connection, story: StoryId) -> rusqlite::Result<Told> {
    Ok(Told {
        story,
        articles: count(connection, story)?,
        tellings: tellings(connection, story)?,
        copies: copies(connection, story)?,
    })
}

impl Told {
    /// The story as it stands with one of its articles, and that article's own place among those that tell it.
    pub(super) fn seen_from(&self, id: ArticleId) -> (ItemStory, usize) {
        let mut also = self.tellings.clone();
        // Several sources may have brought it; the first is what the reader is shown.
        let own = also.iter().position(|telling| telling.id == id);
        if let Some(own) = own {
            also.remove(own);
        }
        let place = own.unwrap_or(also.len());
        self.mark_copies(id, &mut also);
        (ItemStory { id: self.story, articles: self.articles, also }, place)
    }

    /// Marks what says no more than the article itself or one that is listed before. What was filed before copies were noted is one
    /// where its headline is the same.
    fn mark_copies(&self, id: ArticleId, also: &mut [AlsoAt]) {
        let own = self.tellings.iter().find(|telling| telling.id == id);
        let mut originals = HashSet::from([self.original(id)]);
        let mut titles: HashSet<String> = own.map(|own| search_form(&own.title)).into_iter().collect();
        for other in also {
            let (is_new, is_titled) =
                (originals.insert(self.original(other.id)), titles.insert(search_form(&other.title)));
            other.is_copy = !is_new || !is_titled;
        }
    }

    /// The article that a copy, a copy of a copy or the original itself goes back to.
    fn original(&self, id: ArticleId) -> ArticleId {
        let copied = std::iter::successors(Some(id), |copy| self.copies.get(copy).copied());
        // An article is a copy of an earlier one: there is no ring, but the file may be anyone's.
        copied.take(self.copies.len() + 1).last().unwrap_or(id)
    }
}

fn copies(connection: &Connection, story: StoryId) -> rusqlite::Result<HashMap<ArticleId, ArticleId>> {
    connection
        .prepare_cached(
            "SELECT article_id, copy_of FROM story_article WHERE story_id = ?1 AND copy_of IS NOT NULL",
        )?
        .query_map([story], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Everyone who tells a story, the original before its retellings.
pub(super) fn tellings(connection: &Connection, story: StoryId) -> rusqlite::Result<Vec<AlsoAt>> {
    let mut statement = connection.prepare_cached(
        "SELECT article.id, source.name AS source, article_source.url, coalesce(packed, document) AS document, \
           article_source.first_seen_at AS filed FROM story_article \
         JOIN article ON article.id = story_article.article_id \
         JOIN article_source ON article_source.article_id = article.id \
         JOIN source ON source.id = article_source.source_id \
         WHERE story_id = ?1 ORDER BY article_source.first_seen_at, article.seq, source.name LIMIT ?2",
    )?;
    let rows: Vec<TellingRow> =
        statement.query_map(params![story, MOST_LISTED], telling)?.collect::<rusqlite::Result<_>>()?;
    let told: Vec<Telling<'_>> = rows.iter().map(TellingRow::as_told).collect();
    let order = originals_first(&told);
    let in_order = order.into_iter().filter_map(|place| rows.get(place)).map(|row| row.also.clone());
    in_order.map(|also| Ok(AlsoAt { entities: mentioned(connection, also.id)?, ..also })).collect()
}

pub(super) fn story_id(connection: &Connection, id: ArticleId) -> rusqlite::Result<Option<StoryId>> {
    connection
        .prepare_cached("SELECT story_id FROM story_article WHERE article_id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()
}

fn count(connection: &Connection, story: StoryId) -> rusqlite::Result<usize> {
    let counted: i64 = connection
        .prepare_cached("SELECT count(*) FROM story_article WHERE story_id = ?1")?
        .query_row([story], |row| row.get(0))?;
    Ok(usize::try_from(counted).unwrap_or(0))
}

impl TellingRow {
    fn as_told(&self) -> Telling<'_> {
        Telling {
            url: &self.also.url,
            source: &self.also.source,
            site: self.site.as_deref(),
            attribution: self.attribution.as_ref(),
            filed: self.filed,
        }
    }
}

fn telling(row: &Row<'_>) -> rusqlite::Result<TellingRow> {
    let Document(article) = row.get("document")?;
    let url: String = row.get("url")?;
    let also = AlsoAt {
        id: row.get("id")?,
        source: row.get("source")?,
        title: article.title,
        // The first source brought the article from where it was read.
        url: if url.is_empty() { article.url } else { url },
        is_copy: false,
        entities: Vec::new(),
    };
    Ok(TellingRow { also, site: article.site, attribution: article.attribution, filed: row.get("filed")? })
}
