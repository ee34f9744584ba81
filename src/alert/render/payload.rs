//! What a generic webhook carries, field by field.

use serde::Serialize;

use super::clean::{cut, line, short_line};
use crate::model::{
    ArticleId, Attribution, Change, Extent, Ignored, Item, ItemChange, Prominence, Reason, Snippet, StoryId,
    WordChange,
};

/// Characters of a person's, source's or entity's name.
const NAME: usize = 100;
/// Longer addresses beside the article's own are left out.
const LONGEST_ADDRESS: usize = 2_000;

/// The `data` of a message.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Body<'a> {
    /// Articles that fired rules.
    Alert {
        items: &'a [Article<'a>],
        #[serde(skip_serializing_if = "Option::is_none")]
        omitted: Option<usize>,
    },
    /// A round-up.
    Digest {
        name: &'a str,
        from: &'a str,
        until: &'a str,
        items: &'a [Article<'a>],
        omitted: usize,
        source_problems: &'a [String],
    },
    /// About the daemon itself.
    Notice { subject: &'a str, text: &'a str },
}

impl Body<'_> {
    /// The message's `type`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Alert { .. } => "alert",
            Self::Digest { .. } => "digest",
            Self::Notice { .. } => "notice",
        }
    }
}

/// How much of an article is told; texts in characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Detail {
    title: usize,
    source: usize,
    lead: usize,
    snippets: usize,
    snippet: usize,
    authors: usize,
    entities: usize,
    surfaces: usize,
    change: Cut,
    /// Whether anything beyond alerts, reason, id, url, title and source is told.
    whole: bool,
}

impl Detail {
    /// Normal articles are told whole.
    const FULL: Self = Self {
        title: 1_000,
        source: 100,
        lead: 1_000,
        snippets: 10,
        snippet: 500,
        authors: 10,
        entities: 200,
        surfaces: 10,
        change: Cut { pairs: 100, pair: 300, lines: 30, line: 600, names: 50, ignored: 10 },
        whole: true,
    };
    /// Texts are cut.
    const SHORT: Self = Self {
        title: 300,
        source: 100,
        lead: 200,
        snippets: 2,
        snippet: 200,
        authors: 3,
        entities: 50,
        surfaces: 3,
        change: Cut { pairs: 30, pair: 200, lines: 4, line: 300, names: 20, ignored: 0 },
        whole: true,
    };
    /// Texts are gone.
    const BARE: Self = Self {
        title: 200,
        source: 100,
        lead: 0,
        snippets: 0,
        snippet: 0,
        authors: 1,
        entities: 5,
        surfaces: 0,
        change: Cut { pairs: 10, pair: 100, lines: 0, line: 0, names: 5, ignored: 0 },
        whole: true,
    };
    /// What a reader needs to open the article.
    const STUB: Self = Self {
        title: 60,
        source: 30,
        lead: 0,
        snippets: 0,
        snippet: 0,
        authors: 0,
        entities: 0,
        surfaces: 0,
        change: Cut { pairs: 1, pair: 40, lines: 0, line: 0, names: 0, ignored: 0 },
        whole: false,
    };

    /// Short, bare, stub; beyond these an article is merely counted.
    pub(super) const ROUNDS: usize = 3;

    /// What is left after so many rounds of shortening; nothing where the article is merely counted.
    pub(super) fn after(rounds: usize) -> Option<Self> {
        [Self::FULL, Self::SHORT, Self::BARE, Self::STUB].get(rounds).copied()
    }
}

/// An article and why it is told.
#[derive(Serialize)]
pub(super) struct Article<'a> {
    alerts: Vec<String>,
    reason: Reason,
    #[serde(flatten)]
    told: Told<'a>,
}

impl<'a> Article<'a> {
    /// The article in this much detail.
    pub(super) fn new(item: &'a Item, detail: Detail) -> Self {
        let told = if detail.whole { Told::whole(item, detail) } else { Told::stub(item, detail) };
        Self { alerts: item.alerts.iter().map(|name| line(name)).collect(), reason: item.reason, told }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Whole(Box<Whole<'a>>),
    Stub {
        article: Stub<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        change: Option<Box<ItemChange>>,
    },
}

#[derive(Serialize)]
struct Stub<'a> {
    id: ArticleId,
    url: &'a str,
    title: String,
    source: String,
}

/// How much of a change is told; texts in characters. The replaced words stay longest.
#[derive(Debug, Clone, Copy)]
struct Cut {
    pairs: usize,
    pair: usize,
    lines: usize,
    line: usize,
    names: usize,
    ignored: usize,
}

#[derive(Serialize)]
struct Whole<'a> {
    observed_at: String,
    article: Read<'a>,
    entities: Vec<Prominence>,
    snippets: Vec<Snippet>,
    change: Option<ItemChange>,
    story: Option<Story>,
}

/// The story that the article belongs to.
#[derive(Serialize)]
struct Story {
    id: StoryId,
    articles: usize,
}

/// The article as it was read.
#[derive(Serialize)]
struct Read<'a> {
    id: ArticleId,
    url: &'a str,
    canonical_url: Option<&'a str>,
    title: String,
    authors: Vec<String>,
    source: String,
    published: Option<String>,
    language: Option<String>,
    lead: String,
    attribution: Option<Attribution>,
    extent: Extent,
}

impl<'a> Told<'a> {
    fn stub(item: &'a Item, detail: Detail) -> Self {
        let title = short_line(&item.title, detail.title);
        Self::Stub {
            article: Stub {
                id: item.id,
                url: web(&item.url),
                title,
                source: short_line(&item.source, detail.source),
            },
            change: item.change.as_ref().map(|told| Box::new(change(told, detail.change))),
        }
    }

    fn whole(item: &'a Item, detail: Detail) -> Self {
        Self::Whole(Box::new(Whole {
            observed_at: item.observed_at.rfc3339(),
            article: read(item, detail),
            entities: item
                .entities
                .iter()
                .take(detail.entities)
                .map(|entity| prominence(entity, detail))
                .collect(),
            snippets: item.snippets.iter().take(detail.snippets).map(|one| snippet(one, detail)).collect(),
            change: item.change.as_ref().map(|told| change(told, detail.change)),
            story: item.story.as_ref().map(|story| Story { id: story.id, articles: story.articles }),
        }))
    }
}

fn read(item: &Item, detail: Detail) -> Read<'_> {
    Read {
        id: item.id,
        url: web(&item.url),
        canonical_url: address(&item.canonical_url),
        title: short_line(&item.title, detail.title),
        authors: item.authors.iter().take(detail.authors).map(|author| short_line(author, NAME)).collect(),
        source: short_line(&item.source, detail.source),
        published: item.published.map(|at| at.to_string()),
        language: item.language.as_deref().map(|tag| short_line(tag, NAME)),
        lead: opening(&item.lead, detail.lead),
        attribution: item.attribution.as_ref().map(attribution),
        extent: item.extent,
    }
}

fn prominence(entity: &Prominence, detail: Detail) -> Prominence {
    let surfaces =
        entity.surfaces.iter().take(detail.surfaces).map(|surface| short_line(surface, NAME)).collect();
    Prominence {
        name: short_line(&entity.name, NAME),
        count: entity.count,
        in_title: entity.in_title,
        surfaces,
    }
}

fn snippet(snippet: &Snippet, detail: Detail) -> Snippet {
    Snippet { entity: short_line(&snippet.entity, NAME), text: short_line(&snippet.text, detail.snippet) }
}

fn attribution(attribution: &Attribution) -> Attribution {
    let url = attribution.url.as_deref().and_then(address).map(str::to_owned);
    Attribution { name: short_line(&attribution.name, NAME), url }
}

fn change(told: &ItemChange, cut: Cut) -> ItemChange {
    let lines = |lines: &[String]| -> Vec<String> {
        lines.iter().take(cut.lines).map(|line| short_line(line, cut.line)).collect()
    };
    let names = |names: &[String]| -> Vec<String> {
        names.iter().take(cut.names).map(|name| short_line(name, NAME)).collect()
    };
    let pair = |pair: &WordChange| WordChange {
        from: short_line(&pair.from, cut.pair),
        to: short_line(&pair.to, cut.pair),
        times: pair.times,
    };
    let ignored = |ignored: &Ignored| Ignored {
        why: short_line(&ignored.why, NAME),
        text: short_line(&ignored.text, cut.line),
    };
    let Change { changed, kind, significance, added, removed, ignored: left_out, .. } = &told.change;
    ItemChange {
        change: Change {
            changed: *changed,
            kind: *kind,
            significance: *significance,
            added: lines(added),
            removed: lines(removed),
            words: told.change.swaps().iter().take(cut.pairs).map(pair).collect(),
            ignored: left_out.iter().take(cut.ignored).map(ignored).collect(),
        },
        appeared: names(&told.appeared),
        vanished: names(&told.vanished),
        ..told.clone()
    }
}

fn address(url: &str) -> Option<&str> {
    Some(web(url)).filter(|url| !url.is_empty() && url.len() <= LONGEST_ADDRESS)
}

/// The address where it is one of the web, and nothing where it is a script, data or a second line.
fn web(url: &str) -> &str {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_one_word = !url.chars().any(|c| c.is_control() || c.is_whitespace());
    if is_web && is_one_word { url } else { "" }
}

/// Nothing at all where there is no room, rather than a lone ellipsis.
fn opening(text: &str, most: usize) -> String {
    if most == 0 { String::new() } else { cut(&line(text), most) }
}
