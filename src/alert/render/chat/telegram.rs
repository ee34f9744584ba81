//! Telegram: `sendMessage` with HTML (<https://core.telegram.org/bots/api#html-style>).

use serde_json::{Value, json};

use super::span::{Block, Line, Span, Style};
use super::{Format, Head, joined};
use crate::model::WebhookFormat;

/// Characters of a message once its tags are read.
const MESSAGE: usize = 4_096;

/// A bot and the chat that it writes to.
pub(super) struct Telegram<'a>(pub(super) &'a WebhookFormat);

impl Format for Telegram<'_> {
    fn element(&self, block: &Block, _: &Head) -> Value {
        let title = block.title.as_deref().map(|title| match &block.link {
            Some(link) => format!("<b><a href=\"{}\">{}</a></b>", escaped(link), escaped(title)),
            None => format!("<b>{}</b>", escaped(title)),
        });
        let lines = title.into_iter().chain(block.lines.iter().map(text));
        lines.collect::<Vec<_>>().join("\n").into()
    }

    fn takes(&self, _: &Value) -> bool {
        true
    }

    fn size(&self, element: &Value) -> usize {
        element.as_str().map_or(0, shown) + "\n\n".len()
    }

    fn capacity(&self, head: &Head) -> usize {
        MESSAGE - super::units(&head.line()) - 4
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let text = joined(elements);
        let text = if head.is_idle() { text } else { format!("<b>{}</b>\n\n{text}", escaped(&head.line())) };
        let mut body = json!({
            "chat_id": number_or_name(self.0.chat_id.as_deref().unwrap_or_default()),
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": true},
        });
        if let (Some(fields), Some(thread)) = (body.as_object_mut(), &self.0.thread_id) {
            fields.insert("message_thread_id".to_owned(), number_or_name(thread));
        }
        body
    }
}

/// Chats are numbers, channels may be `@name`.
fn number_or_name(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_name| text.into(), Value::from)
}

fn text(line: &Line) -> String {
    line.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    let text = escaped(&span.text);
    match span.style {
        Style::Plain => text,
        Style::Strong => format!("<b>{text}</b>"),
        Style::Gone => format!("<s>{text}</s>"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How many characters are left of our own HTML once its tags and entities are read.
fn shown(html: &str) -> usize {
    let (mut count, mut in_tag, mut in_entity) = (0, false, false);
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            '&' => in_entity = true,
            ';' if in_entity => {
                in_entity = false;
                count += 1;
            }
            _ if in_entity => {}
            c => count += c.len_utf16(),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_counts() {
        for (html, length) in
            [("<b>Huawei</b> &amp; &lt;SMIC&gt;", 15), ("<a href=\"https://a\">đ🙂</a>", 3), ("", 0)]
        {
            assert_eq!(shown(html), length, "{html}");
        }
    }
}
