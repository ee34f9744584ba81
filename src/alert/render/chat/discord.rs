//! Discord: an embed for each article (<https://docs.discord.com/developers/resources/message#embed-object>).

use serde_json::{Value, json};

use super::markdown::{escaped, text};
use super::span::Block;
use super::{Format, Head, units};
use crate::alert::render::clean;

/// Characters of the text beside embeds.
const CONTENT: usize = 2_000;
/// Characters of the title and of the text of an embed, and of all embeds of a message together.
const TITLE: usize = 256;
const DESCRIPTION: usize = 4_096;
const TOGETHER: usize = 6_000;
/// Embeds of a message.
const EMBEDS: usize = 10;

/// A webhook of a channel.
pub(super) struct Discord;

impl Format for Discord {
    fn element(&self, block: &Block, _: &Head) -> Value {
        let lines: Vec<String> = block.lines.iter().map(text).collect();
        let mut embed = json!({"description": lines.join("\n")});
        if let Some(fields) = embed.as_object_mut() {
            fields.extend(block.title.iter().map(|title| ("title".to_owned(), escaped(title).into())));
            fields.extend(block.link.iter().map(|link| ("url".to_owned(), link.as_str().into())));
        }
        embed
    }

    fn takes(&self, element: &Value) -> bool {
        length(element, "title") <= TITLE && length(element, "description") <= DESCRIPTION
    }

    fn size(&self, element: &Value) -> usize {
        length(element, "title") + length(element, "description")
    }

    fn capacity(&self, _: &Head) -> usize {
        TOGETHER
    }

    fn most_elements(&self) -> usize {
        EMBEDS
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let content = if head.is_idle() { String::new() } else { escaped(&head.line()) };
        // Nobody is ever called, whatever stands in a title.
        json!({
            "content": clean::cut(&content, CONTENT - 1),
            "embeds": elements,
            "allowed_mentions": {"parse": []},
        })
    }
}

fn length(embed: &Value, field: &str) -> usize {
    embed.get(field).and_then(Value::as_str).map_or(0, units)
}
