//! Messages about nothing that happened, to try a channel or a template with.

use crate::model::{
    ArticleId, Change, ChangeKind, DeliveryKind, Extent, Item, ItemChange, Language, Message, Moment, Notice,
    Prominence, Reason, RevisionId, Snippet, SourceProblem, Timestamp, WordChange,
};

/// A message of this kind that says that it is a test.
pub fn sample(kind: DeliveryKind, language: Language, now: Timestamp) -> Message {
    match kind {
        DeliveryKind::Alert => Message::Alert { items: vec![article(language, now)] },
        DeliveryKind::Digest => Message::Digest {
            name: heading(language).to_owned(),
            from: now,
            until: now,
            items: vec![article(language, now), edit(language, now)],
            omitted: 1,
            trends: Vec::new(),
            source_problems: vec![SourceProblem {
                source: "Example".to_owned(),
                why: "503".to_owned(),
                standing: None,
            }],
        },
        DeliveryKind::Notice => {
            Message::Notice(Notice { subject: heading(language).to_owned(), text: text(language).to_owned() })
        }
    }
}

fn heading(language: Language) -> &'static str {
    match language {
        Language::Vi => "Tin thử của diemtin",
        Language::En => "A test by diemtin",
    }
}

fn text(language: Language) -> &'static str {
    match language {
        Language::Vi => {
            "Nếu đọc được dòng này thì cảnh báo về Huawei sẽ đến đúng nơi. Không có gì xảy ra cả: đây là tin thử."
        }
        Language::En => {
            "If you can read this, alerts about Huawei will arrive here. Nothing has happened: this is a test."
        }
    }
}

fn article(language: Language, now: Timestamp) -> Item {
    let address = "https://example.org/diemtin-test".to_owned();
    Item {
        alerts: vec![heading(language).to_owned()],
        reason: Reason::New,
        observed_at: now,
        id: ArticleId::from_bytes([0; 16]),
        url: address.clone(),
        canonical_url: address,
        title: format!("{}: \"Huawei\" & <SMIC>", heading(language)),
        authors: vec!["diemtin".to_owned()],
        source: "Example".to_owned(),
        published: Some(Moment::Instant(now.to_utc().fixed_offset())),
        language: Some(if language == Language::Vi { "vi" } else { "en" }.to_owned()),
        lead: text(language).to_owned(),
        attribution: None,
        extent: Extent::Whole,
        entities: vec![Prominence {
            name: "Huawei".to_owned(),
            count: 2,
            in_title: true,
            surfaces: vec!["Huawei".to_owned()],
        }],
        snippets: vec![Snippet { entity: "Huawei".to_owned(), text: text(language).to_owned() }],
        change: None,
        story: None,
    }
}

fn edit(language: Language, now: Timestamp) -> Item {
    let words = vec![WordChange { from: "384".to_owned(), to: "382".to_owned(), ..WordChange::default() }];
    let change = Change {
        changed: true,
        kind: Some(ChangeKind::NumberEdit),
        significance: 0.8,
        words,
        ..Change::default()
    };
    let (before, after) = (RevisionId::from_bytes([0; 16]), RevisionId::from_bytes([1; 16]));
    let change = ItemChange { change, before, after, appeared: Vec::new(), vanished: Vec::new() };
    Item { reason: Reason::Edit, change: Some(change), ..article(language, now) }
}
