//! Messages with everything that a template can meet, to try those of the user's on.

use minijinja::Error;

use super::letter;
use super::templates::Templates;
use super::view::Desk;
use crate::model::{
    AlsoAt, ArticleId, Attribution, Change, ChangeKind, Condition, Extent, Item, ItemChange, ItemStory,
    Language, Message, Notice, Prominence, Reason, RevisionId, Snippet, SourceProblem, Standing, StoryId,
    Timestamp, Trend, WordChange,
};

/// Why the templates fail on the first message that they fail on.
pub(super) fn failure(templates: &Templates) -> Option<Error> {
    let desk = Desk::new(Language::En, chrono_tz::UTC);
    messages().iter().find_map(|message| letter::write(message, &desk, templates).err())
}

fn messages() -> [Message; 6] {
    let bare = Item {
        authors: Vec::new(),
        lead: String::new(),
        attribution: None,
        extent: Extent::Headline,
        entities: Vec::new(),
        snippets: Vec::new(),
        story: None,
        url: "mailto:x".to_owned(),
        ..article()
    };
    let all = vec![article(), article(), edit(Reason::Edit), edit(Reason::Page), bare.clone()];
    [
        Message::Alert { items: vec![article()] },
        Message::Alert { items: vec![edit(Reason::Edit)] },
        Message::Alert { items: all.clone() },
        digest(all, vec![trouble(Condition::Failing), trouble(Condition::Stale)]),
        digest(Vec::new(), Vec::new()),
        Message::Notice(Notice { subject: text(), text: text() }),
    ]
}

fn text() -> String {
    "Huawei & SMIC".to_owned()
}

fn digest(items: Vec<Item>, source_problems: Vec<SourceProblem>) -> Message {
    let trends = items.iter().take(1).map(|_| Trend { entity: text(), days: vec![0, 2, 1] }).collect();
    let (from, until, omitted) = (Timestamp::EPOCH, Timestamp::EPOCH, items.len());
    Message::Digest { name: text(), from, until, items, omitted, source_problems, trends }
}

fn trouble(condition: Condition) -> SourceProblem {
    let standing = Standing { condition, cause: None, since: Timestamp::EPOCH, next: Some(Timestamp::EPOCH) };
    SourceProblem { source: text(), why: text(), standing: Some(standing) }
}

fn article() -> Item {
    let id = ArticleId::from_bytes([1; 16]);
    let url = "https://example.org/".to_owned();
    let also = AlsoAt {
        id: ArticleId::from_bytes([2; 16]),
        source: text(),
        title: text(),
        url: url.clone(),
        is_copy: true,
        entities: vec![text()],
    };
    Item {
        alerts: vec![text()],
        reason: Reason::New,
        observed_at: Timestamp::EPOCH,
        id,
        url: url.clone(),
        canonical_url: url.clone(),
        title: text(),
        authors: vec![text()],
        source: text(),
        published: None,
        language: Some("en".to_owned()),
        lead: text(),
        attribution: Some(Attribution { name: text(), url: Some(url) }),
        extent: Extent::Part,
        entities: vec![prominence("Huawei"), prominence("SMIC")],
        snippets: vec![Snippet { entity: text(), text: "A sentence with Huawei in it.".to_owned() }],
        change: None,
        story: Some(ItemStory { id: StoryId::from_bytes([1; 16]), articles: 4, also: vec![also] }),
    }
}

fn prominence(name: &str) -> Prominence {
    Prominence { name: name.to_owned(), count: 2, in_title: true, surfaces: vec![name.to_owned()] }
}

fn edit(reason: Reason) -> Item {
    let change = Change {
        changed: true,
        kind: Some(ChangeKind::NumberEdit),
        significance: 0.8,
        added: vec!["Huawei orders 382 machines.".to_owned(), text()],
        removed: vec!["Huawei orders 384 machines.".to_owned()],
        words: vec![WordChange { from: "384".to_owned(), to: "382".to_owned(), ..WordChange::default() }],
        ignored: Vec::new(),
    };
    let [before, after] = [3, 4].map(|byte| RevisionId::from_bytes([byte; 16]));
    let change = ItemChange { change, before, after, appeared: vec![text()], vanished: vec![text()] };
    Item { reason, change: Some(change), story: None, ..article() }
}
