//! Push services, which show plain text: ntfy (<https://docs.ntfy.sh/publish/#publish-as-json>) and Gotify
//! (<https://gotify.net/docs/pushmsg>).

use serde_json::{Value, json};

use super::span::{Block, Line, Span, Style};
use super::{Format, Head, joined, units};
use crate::alert::render::clean;
use crate::model::{DeliveryKind, WebhookFormat};

/// Bytes of a request to ntfy; a longer message would arrive as a file.
const NTFY: usize = 4_096;
/// Characters of a message to Gotify, which names no limit of its own.
const GOTIFY: usize = 16_000;
/// Characters of a title; phones show less.
const TITLE: usize = 160;
/// Bytes of an address that a tap opens.
const LONGEST_CLICK: usize = 500;

/// A topic.
pub(super) struct Ntfy<'a>(pub(super) &'a WebhookFormat);

impl Format for Ntfy<'_> {
    fn element(&self, block: &Block, head: &Head) -> Value {
        element(block, head)
    }

    fn takes(&self, _: &Value) -> bool {
        true
    }

    fn size(&self, element: &Value) -> usize {
        // Two line feeds, as JSON writes them.
        element.to_string().len() + 4
    }

    fn capacity(&self, head: &Head) -> usize {
        NTFY - self.body(head, &[]).to_string().len()
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let (priority, tag) = match head.kind {
            DeliveryKind::Alert => (4, "newspaper"),
            DeliveryKind::Digest => (3, "coffee"),
            DeliveryKind::Notice => (3, "wrench"),
        };
        let mut body = json!({
            "topic": self.0.topic.as_deref().unwrap_or_default(),
            "title": clean::cut(&head.line(), TITLE),
            "message": joined(elements),
            "priority": priority,
            "tags": [tag],
        });
        let click = head.link.as_ref().filter(|link| link.len() <= LONGEST_CLICK);
        if let (Some(fields), Some(link)) = (body.as_object_mut(), click) {
            fields.insert("click".to_owned(), link.as_str().into());
        }
        body
    }
}

/// An application.
pub(super) struct Gotify;

impl Format for Gotify {
    fn element(&self, block: &Block, head: &Head) -> Value {
        element(block, head)
    }

    fn takes(&self, _: &Value) -> bool {
        true
    }

    fn size(&self, element: &Value) -> usize {
        element.as_str().map_or(0, units) + "\n\n".len()
    }

    fn capacity(&self, _: &Head) -> usize {
        GOTIFY
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let priority = match head.kind {
            DeliveryKind::Alert => 7,
            DeliveryKind::Digest => 4,
            DeliveryKind::Notice => 5,
        };
        let mut extras = json!({"client::display": {"contentType": "text/plain"}});
        if let (Some(fields), Some(link)) = (extras.as_object_mut(), &head.link) {
            fields.insert("client::notification".to_owned(), json!({"click": {"url": link}}));
        }
        json!({
            "title": clean::cut(&head.line(), TITLE),
            "message": joined(elements),
            "priority": priority,
            "extras": extras,
        })
    }
}

/// The lines of a block; the title of a single article stands above the message already.
fn element(block: &Block, head: &Head) -> Value {
    let title = block.title.as_ref().filter(|_| !head.single);
    let lines = title.cloned().into_iter().chain(block.lines.iter().map(text));
    lines.chain(block.link.clone()).collect::<Vec<_>>().join("\n").into()
}

/// Names and new words are marked as in the plain text of a mail.
fn text(line: &Line) -> String {
    line.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    let text = &span.text;
    match span.style {
        Style::Strong if !text.trim().is_empty() => format!("*{text}*"),
        Style::Strong | Style::Gone | Style::Plain => text.clone(),
    }
}
