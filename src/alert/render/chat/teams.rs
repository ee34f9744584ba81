//! Microsoft Teams: an Adaptive Card for a workflow that posts cards
//! (<https://adaptivecards.io/explorer/RichTextBlock.html>).

use serde_json::{Value, json};

use super::span::{Block, Line, Span, Style};
use super::{Format, Head};

/// Bytes of the whole request, 28 KB.
const REQUEST: usize = 28_000;
/// What stands around the blocks, without the head.
const FRAME: usize = 1_000;

/// A workflow. Rich text is used throughout, because it takes texts as they are: a `TextBlock` would read Markdown.
pub(super) struct Teams;

impl Format for Teams {
    fn element(&self, block: &Block, _: &Head) -> Value {
        let title = block.title.as_deref().map(|title| {
            let mut run = json!({"type": "TextRun", "text": title, "weight": "Bolder"});
            if let (Some(fields), Some(link)) = (run.as_object_mut(), &block.link) {
                fields.insert("selectAction".to_owned(), json!({"type": "Action.OpenUrl", "url": link}));
            }
            rich(&[run])
        });
        let lines = block.lines.iter().map(|line: &Line| rich(&line.iter().map(run).collect::<Vec<_>>()));
        let items: Vec<Value> = title.into_iter().chain(lines).collect();
        json!({"type": "Container", "separator": true, "spacing": "Medium", "items": items})
    }

    fn takes(&self, _: &Value) -> bool {
        true
    }

    fn size(&self, element: &Value) -> usize {
        element.to_string().len() + ",".len()
    }

    fn capacity(&self, head: &Head) -> usize {
        REQUEST - FRAME - 2 * head.line().len()
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let line = head.line();
        let above = (!head.is_idle())
            .then(|| rich(&[json!({"type": "TextRun", "text": line, "weight": "Bolder", "size": "Medium"})]));
        let body: Vec<Value> = above.into_iter().chain(elements.iter().cloned()).collect();
        let card = json!({
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "msteams": {"width": "Full"},
            "body": body,
        });
        let attachment = json!({
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card,
        });
        json!({"type": "message", "summary": line, "attachments": [attachment]})
    }
}

fn rich(inlines: &[Value]) -> Value {
    json!({"type": "RichTextBlock", "inlines": inlines})
}

fn run(span: &Span) -> Value {
    let text = &span.text;
    match span.style {
        Style::Plain => json!({"type": "TextRun", "text": text}),
        Style::Strong => json!({"type": "TextRun", "text": text, "weight": "Bolder"}),
        Style::Gone => json!({"type": "TextRun", "text": text, "strikethrough": true}),
    }
}
