//! Mattermost: one text of Markdown (<https://developers.mattermost.com/integrate/webhooks/incoming/>).

use serde_json::{Value, json};

use super::markdown::{address, escaped, text};
use super::span::Block;
use super::{Format, Head, joined, units};

/// Characters of a post.
const POST: usize = 16_383;

/// An incoming webhook.
pub(super) struct Mattermost;

impl Format for Mattermost {
    fn element(&self, block: &Block, _: &Head) -> Value {
        let title = block.title.as_deref().map(|title| match &block.link {
            Some(link) => format!("**[{}]({})**", escaped(title), address(link)),
            None => format!("**{}**", escaped(title)),
        });
        // Two spaces keep a line's end.
        let lines = title.into_iter().chain(block.lines.iter().map(text));
        lines.collect::<Vec<_>>().join("  \n").into()
    }

    fn takes(&self, _: &Value) -> bool {
        true
    }

    fn size(&self, element: &Value) -> usize {
        element.as_str().map_or(0, units) + "\n\n".len()
    }

    fn capacity(&self, head: &Head) -> usize {
        POST - units(&escaped(&head.line())) - 8
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let text = joined(elements);
        if head.is_idle() {
            return json!({"text": text});
        }
        json!({"text": format!("**{}**\n\n{text}", escaped(&head.line()))})
    }
}
