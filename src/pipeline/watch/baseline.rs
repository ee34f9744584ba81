//! The first version of a watched page: filed like an article, told to nobody.

use super::super::edit::recorded;
use super::super::outcome::Ending;
use super::super::text::{Lens, Raw};
use super::super::version::{packed, page_as_article};
use super::super::{Context, Plan};
use super::state::{unusable, version};
use crate::dedup::canonical_url;
use crate::entity::prominence;
use crate::extract;
use crate::model::{
    Article, ArticleId, Extent, Field, Item, Mode, Reason, RevisionId, Snapshot, Source, Timestamp,
};
use crate::schedule;
use crate::store::{
    Causes, CheckResult, ClaimedSource, Filing, Judged, Kindred, Lessons, Restraints, StoreError, Track,
    Watched,
};
use crate::text::normalise::search_form;

/// The first version of the page.
pub(super) async fn begin(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    (raw, answer): (Raw, schedule::Answer),
) -> Result<Ending, StoreError> {
    let lens = Lens::of_page(context, source);
    let (plan, own, at) = (context.plan.clone(), source.clone(), context.clock.now());
    let (validators, hash) = (raw.validators(), raw.hash);
    let begun = context.cores.run(move || {
        let text = lens.text(&own, std::slice::from_ref(&raw));
        if let Some(kind) = text.snapshot.state {
            return Err((kind, text.snapshot.note));
        }
        let article = filed(&own, &raw, (&text.snapshot, lens.view.mode));
        let epoch = text.epoch.clone();
        let result = CheckResult {
            judged: Some(Judged { epoch: text.epoch.clone(), text_hash: text.hash }),
            kept: Some(packed(std::slice::from_ref(&raw))),
            ..version(at)
        };
        let filing = Box::new(filing(&plan, &own, (article, epoch), at));
        let first = Box::new(recorded(RevisionId::new(at), text, &raw, raw.validators()));
        Ok(Watched::Baseline { filing, first, result })
    });
    let begun =
        begun.await.map_err(|panic| StoreError::Unreadable { what: "page", why: panic.to_string() })?;
    Ok(match begun {
        Ok(watched) => {
            let (etag, last_modified) = validators;
            Ending {
                validators: Some((etag, last_modified, hash)),
                repairs: Some(Vec::new()),
                watched: Some(watched),
                ..Ending::answered(answer)
            }
        }
        Err((kind, note)) => Ending::failed(claimed, &unusable(kind, &note)),
    })
}

/// The page as an article, so that it is found, explained and told like one.
fn filed(source: &Source, raw: &Raw, (snapshot, mode): (&Snapshot, Mode)) -> Article {
    let origin = extract::Origin {
        url: &raw.page.url,
        content_type: raw.page.content_type.as_deref(),
        timezone: source.timezone,
        language: &source.language,
    };
    let read = extract::article(&raw.page.bytes, origin);
    let title = if read.title.is_empty() { source.name.clone() } else { read.title };
    let url = raw.page.url.to_string();
    let known = Article {
        canonical_url: url.clone(),
        url,
        title,
        language: read.language,
        site: read.site,
        extent: Extent::Whole,
        ..Article::default()
    };
    let snapshot = if mode == Mode::Article {
        snapshot.clone()
    } else {
        Snapshot { title: String::new(), ..snapshot.clone() }
    };
    page_as_article(known, &snapshot)
}

fn filing(plan: &Plan, source: &Source, (article, epoch): (Article, String), at: Timestamp) -> Filing {
    let body = article.paragraphs.join("\n\n");
    let fields = [(Field::Title, article.title.as_str()), (Field::Lead, &article.lead), (Field::Body, &body)];
    let matches = plan.matcher.find(&source.name, &fields);
    let item = Item {
        alerts: Vec::new(),
        reason: Reason::Page,
        observed_at: at,
        id: ArticleId::new(at),
        url: article.url.clone(),
        canonical_url: article.canonical_url.clone(),
        title: article.title.clone(),
        authors: Vec::new(),
        source: source.name.clone(),
        published: None,
        language: article.language.clone(),
        lead: String::new(),
        attribution: None,
        extent: article.extent,
        entities: prominence(&matches.mentions),
        snippets: Vec::new(),
        change: None,
        story: None,
    };
    Filing {
        url_keys: vec![canonical_url(&article.url)],
        content_hash: None,
        bands: Vec::new(),
        kindred: Kindred::default(),
        entities: prominence(&matches.mentions),
        search_title: search_form(&article.title),
        search_body: search_form(&body),
        held: None,
        if_new: Causes::default(),
        if_known: Causes::default(),
        restraints: Restraints::default(),
        item,
        at,
        epoch,
        lessons: Lessons::default(),
        track: Some(Track {
            url: source.url.to_string(),
            host_key: source.url.host_str().unwrap_or_default().to_owned(),
            born: at,
            span: i64::MAX,
            next_check_at: at,
            pages: Vec::new(),
        }),
        article,
    }
}
