//! One pending entry: its article is fetched, read, matched and filed, and everything that follows is committed at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use url::Url;

use super::kinship::Sketch;
use super::obtain::{Identity, Obtained, obtain};
use super::parts::Parts;
use super::reading::Provenance;
use super::tongue::Told;
use super::{Context, tracking};
use crate::alert::{Candidate, Evidence, Fired, Rule, admit_article, withheld};
use crate::dedup::{canonical_url, content_hash};
use crate::entity::{prominence, snippets};
use crate::model::{
    Addressed, Article, ArticleId, Earlier, Entry, Field, Item, Moment, Prominence, Reason, Source,
    SourceKind, Timestamp,
};
use crate::store::{Causes, ClaimedEntry, Filing, Fresh, Ingested, Lessons, StoreError, Weigh};
use crate::text::address::same_site;
use crate::text::normalise::search_form;

/// How an entry fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filed {
    /// Its article is new.
    New {
        /// The article.
        id: ArticleId,
        /// The headline.
        title: String,
        /// The alerts that fired.
        alerts: Vec<String>,
    },
    /// Its article was known already.
    Known,
    /// Its article cannot be had now.
    Later {
        /// Why.
        why: String,
        /// When it is tried again.
        next: Timestamp,
    },
    /// The lease was lost, or the source is no longer configured.
    Abandoned,
}

/// Fetches, reads, matches and files the article of a claimed entry.
pub async fn ingest(context: &Context, claimed: &ClaimedEntry) -> Result<Filed, StoreError> {
    let Some(source) = context.plan.sources.get(&claimed.source) else { return Ok(Filed::Abandoned) };
    let (obtained, provenance) = obtain(context, source, claimed).await?;
    match obtained {
        Obtained::Article(article, identity) => {
            file(context, source, claimed, (*article, identity), provenance).await
        }
        Obtained::Later { why, next } => {
            context.store.put_back_entry(claimed, next, why.clone()).await?;
            Ok(Filed::Later { why, next })
        }
        Obtained::Spared { why, next } => {
            context.store.put_off_entry(claimed, next, why.clone()).await?;
            Ok(Filed::Later { why, next })
        }
    }
}

async fn file(
    context: &Context,
    source: &Source,
    claimed: &ClaimedEntry,
    obtained: (Article, Identity),
    Provenance { epoch, lessons, pages }: Provenance,
) -> Result<Filed, StoreError> {
    let identity = obtained.1;
    let filing = prepare(context, source, &claimed.entry, obtained).await?;
    let track = tracking::of_filed(source, &filing, (identity, pages), fastrand::f64());
    let filing = Filing { epoch, lessons, track, ..filing };
    let title = filing.article.title.clone();
    Ok(match context.store.commit_ingest(claimed, filing).await? {
        Ingested::New(Fresh { id, alerts }) => {
            let alerts: BTreeSet<String> = alerts.into_iter().collect();
            context.metrics.filed(alerts.len());
            Filed::New { id, title, alerts: alerts.into_iter().collect() }
        }
        Ingested::Known(_) => Filed::Known,
        Ingested::LeaseLost => Filed::Abandoned,
    })
}

/// Everything that follows from the article, decided before the transaction.
async fn prepare(
    context: &Context,
    source: &Source,
    entry: &Entry,
    (article, identity): (Article, Identity),
) -> Result<Filing, StoreError> {
    let (plan, source, entry, now) =
        (context.plan.clone(), source.clone(), entry.clone(), context.clock.now());
    let decided = context.cores.run(move || {
        let parts = Parts::of(&article);
        let fields = parts.fields();
        let matches = plan.matcher.find(&source.name, &fields);
        // The feed's own date was admitted when the entry was listed; the page's counts where the feed gives none
        // that can be believed. What a sitemap tells is when a page was changed last, so there the article's date
        // comes before it.
        let dates = match source.kind {
            SourceKind::Sitemap => [entry.published, article.published, entry.updated],
            SourceKind::Feed | SourceKind::Listing | SourceKind::Page => {
                [entry.published, entry.updated, article.published]
            }
        };
        let held = admit_article(&dates, &source, now);
        let evidence = Evidence::of(&matches, &fields);
        let candidate = Candidate { source: &source.name, tags: &source.tags, evidence: &evidence };
        let all = if held.is_some() { Causes::default() } else { plan.causes(candidate) };
        let entities = prominence(&matches.mentions);
        let concerns_nobody = entities.is_empty() && all.alerts.is_empty() && all.digests.is_empty();
        let sketch = match identity {
            // What the page shows, other pages show too.
            Identity::Link => Sketch::default(),
            // Looking for kin costs as much as all the rest, and most articles of a busy feed name nothing that is tracked.
            Identity::Page | Identity::Words if concerns_nobody => Sketch::default(),
            Identity::Page | Identity::Words => {
                let published = article.published.or(entry.published).map(Moment::timestamp);
                Sketch::of(&article, &parts, &matches.mentions, published)
            }
        };
        let (bands, kindred) = sketch.kindred(weigh(&all, &entities));
        let told = Told::of(&article, &parts, &matches.mentions, plan.language);
        Filing {
            url_keys: url_keys(&article, &entry, identity),
            content_hash: content_hash(&article).filter(|_| identity != Identity::Link),
            bands,
            kindred,
            entities,
            search_title: search_form(&article.title),
            search_body: search_form(&format!("{}\n{}\n{}", article.lead, parts.body, parts.captions)),
            held,
            if_known: plan.only_by_source(&all),
            if_new: all,
            restraints: plan.restraints(now),
            item: Item { observed_at: now, ..item(&article, &source, told, &fields) },
            at: now,
            epoch: String::new(),
            lessons: Lessons::default(),
            track: None,
            article,
        }
    });
    decided.await.map_err(|panic| StoreError::Unreadable { what: "article", why: panic.to_string() })
}

/// Who need not be told of the article, given what came of those that hold all its text.
pub(super) fn weigh(causes: &Causes, entities: &[Prominence]) -> Weigh {
    let (causes, entities) = (causes.clone(), entities.to_vec());
    Arc::new(move |earlier: &[Earlier]| {
        let fired = Fired { alerts: &causes.alerts, digests: &causes.digests, entities: &entities };
        withheld(fired, earlier)
    })
}

/// The addresses an article is known under: the feed's, the fetched one and the one it names as its own.
fn url_keys(article: &Article, entry: &Entry, identity: Identity) -> Vec<String> {
    let shown: &[&String] = match identity {
        Identity::Words => return Vec::new(),
        Identity::Link => &[],
        Identity::Page => &[&article.url, &article.canonical_url],
    };
    let mut keys = Vec::new();
    // What a page says of other sites does not make their articles known.
    let is_elsewhere = |url: &&String| match (Url::parse(url), Url::parse(&article.url)) {
        (Ok(named), Ok(fetched)) => !same_site(&named, &fetched),
        _ => true,
    };
    let shown = shown.iter().copied().filter(|url| !is_elsewhere(url));
    for url in entry.url.iter().chain(shown).filter(|url| !url.is_empty()) {
        let key = canonical_url(url);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The message item of an article, but for when it was read.
pub(super) fn item(article: &Article, source: &Source, told: Told, fields: &[(Field, &str)]) -> Item {
    Item {
        alerts: Vec::new(),
        reason: Reason::New,
        observed_at: Timestamp::EPOCH,
        id: ArticleId::new(Timestamp::EPOCH),
        url: article.url.clone(),
        canonical_url: article.canonical_url.clone(),
        title: article.title.clone(),
        authors: article.authors.clone(),
        source: source.name.clone(),
        published: article.published,
        language: article.language.clone(),
        lead: told.lead,
        attribution: article.attribution.clone(),
        extent: article.extent,
        entities: prominence(&told.mentions),
        snippets: snippets(&told.mentions, fields),
        change: None,
        story: None,
    }
}

impl super::Plan {
    /// The alerts that an article fires and the digests that take it, with their recipients.
    pub(super) fn causes(&self, candidate: Candidate<'_>) -> Causes {
        let fired = self.alerts.iter().filter(|alert| alert.fires(candidate));
        let taken =
            self.digests.iter().map(|scheduled| &scheduled.digest).filter(|digest| digest.takes(candidate));
        Causes {
            alerts: fired.flat_map(|alert| addressed(&alert.name, &alert.to)).collect(),
            digests: taken.flat_map(|digest| addressed(&digest.name, &digest.to)).collect(),
        }
    }

    /// Those of `causes` that depend on the source: another source that brings a known article can make only these true.
    pub(super) fn only_by_source(&self, causes: &Causes) -> Causes {
        let is_bound = |name: &str| self.matcher.is_bound_to_sources(name);
        let asks = |rule: &Option<Rule>| rule.as_ref().is_some_and(|rule| rule.names(is_bound));
        let chosen = |name: &str| {
            let alert = self.alerts.iter().find(|alert| alert.name == name);
            alert.is_some_and(|alert| !alert.sources.takes_all() || asks(&alert.rule))
        };
        let digest_chosen = |name: &str| {
            let mut digests = self.digests.iter().map(|scheduled| &scheduled.digest);
            digests.find(|digest| digest.name == name).is_some_and(|digest| {
                let is_of_any = digest.entities.is_empty() && digest.rule.is_none();
                !digest.sources.takes_all()
                    || asks(&digest.rule)
                    || (is_of_any && self.matcher.binds_some_to_sources())
                    || digest.entities.iter().any(|name| is_bound(name))
            })
        };
        Causes {
            alerts: causes.alerts.iter().filter(|addressed| chosen(&addressed.name)).cloned().collect(),
            digests: causes
                .digests
                .iter()
                .filter(|addressed| digest_chosen(&addressed.name))
                .cloned()
                .collect(),
        }
    }
}

fn addressed<'a>(name: &'a str, to: &'a [crate::model::Recipient]) -> impl Iterator<Item = Addressed> + 'a {
    to.iter().map(|recipient| Addressed { name: name.to_owned(), recipient: recipient.clone() })
}
