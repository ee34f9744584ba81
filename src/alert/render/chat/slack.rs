//! Slack: blocks of mrkdwn (<https://docs.slack.dev/messaging/formatting-message-text>).

use serde_json::{Value, json};

use super::span::{Block, Line, Span, Style};
use super::{Format, Head, units};

/// Characters of the text of a section.
const SECTION: usize = 3_000;
/// Slack refuses longer messages (`msg_blocks_too_long`), though each section fits.
const MESSAGE: usize = 12_000;
/// Blocks of a message are 50; the head is one, and dividers are not used.
const SECTIONS: usize = 48;

/// An incoming webhook.
pub(super) struct Slack;

impl Format for Slack {
    fn element(&self, block: &Block, _: &Head) -> Value {
        let title = block.title.as_deref().map(|title| heading(title, block.link.as_deref()));
        let lines: Vec<String> = title.into_iter().chain(block.lines.iter().map(text)).collect();
        section(&lines.join("\n"))
    }

    fn takes(&self, element: &Value) -> bool {
        self.size(element) <= SECTION
    }

    fn size(&self, element: &Value) -> usize {
        element.pointer("/text/text").and_then(Value::as_str).map_or(0, units)
    }

    fn capacity(&self, head: &Head) -> usize {
        MESSAGE - units(&escaped(&head.line()))
    }

    fn most_elements(&self) -> usize {
        SECTIONS
    }

    fn body(&self, head: &Head, elements: &[Value]) -> Value {
        let line = escaped(&head.line());
        let above = (!head.is_idle()).then(|| section(&format!("*{line}*")));
        let blocks: Vec<Value> = above.into_iter().chain(elements.iter().cloned()).collect();
        // The text is what a notification shows.
        json!({"text": line, "blocks": blocks, "unfurl_links": false, "unfurl_media": false})
    }
}

fn section(text: &str) -> Value {
    // Verbatim: nothing in it becomes a link or a mention by itself.
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": true}})
}

fn heading(title: &str, link: Option<&str>) -> String {
    let title = escaped(title);
    match link {
        Some(link) => format!("*<{}|{title}>*", address(link)),
        None => format!("*{title}*"),
    }
}

/// In an address these would end it.
fn address(link: &str) -> String {
    link.replace('&', "&amp;").replace('|', "%7C").replace('<', "%3C").replace('>', "%3E")
}

fn text(line: &Line) -> String {
    line.iter().map(span).collect()
}

/// A style begins and ends beside a letter, or Slack shows its signs.
fn span(span: &Span) -> String {
    let text = escaped(&span.text);
    let (before, core) = text.split_at(text.len() - text.trim_start().len());
    let core = core.trim_end();
    let after = text.get(before.len() + core.len()..).unwrap_or_default();
    let sign = match span.style {
        Style::Plain => return text,
        _ if core.is_empty() => return text,
        Style::Strong => '*',
        Style::Gone => '~',
    };
    // Within a word, and beside Chinese, a style only begins after a space that takes no room.
    format!("{before}\u{200B}{sign}{core}{sign}\u{200B}{after}")
}

/// mrkdwn has no way to escape its own signs. Where one could begin or end a style it becomes one that looks alike.
fn escaped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_letter = |place: Option<usize>| {
        place.and_then(|place| letters.get(place)).is_some_and(char::is_ascii_alphanumeric)
    };
    let mut safe = String::with_capacity(text.len());
    for (place, c) in letters.iter().enumerate() {
        let within = is_letter(place.checked_sub(1)) && is_letter(Some(place + 1));
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '`' => safe.push('ˋ'),
            '*' if !within => safe.push('∗'),
            '_' if !within => safe.push('ˍ'),
            '~' if !within => safe.push('∼'),
            c => safe.push(*c),
        }
    }
    safe
}
