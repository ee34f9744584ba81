//! Messages as chat and push services take them, each in its own format and within its own limits.
//!
//! A message is cut into blocks (an article each), blocks are packed into as few requests as hold them, and only
//! what would take more than [`MOST_PARTS`] requests is shortened, from the last article on. What comes from feeds
//! is harmless before a service sees it: see [`span::defused`] and the escapes of each format.

mod article;
mod discord;
mod markdown;
mod mattermost;
mod push;
mod slack;
mod span;
mod teams;
mod telegram;

use serde_json::Value;

use super::clean::{self, short_line};
use super::gathered;
use super::problem::Problems;
use super::squeeze::{Plan, Squeeze};
use super::view::Desk;
use super::{subject, together, when};
use crate::model::{Item, Message, WebhookFormat, WebhookKind};
use article::Room;
use span::{Block, Span, Style, defused};

/// Requests of one message. More of them would drown a chat, and every service counts how many it is sent.
const MOST_PARTS: usize = 5;
/// Characters of a paragraph that is no article: few enough for every service, even if each had to be escaped.
const PARAGRAPH: usize = 550;
/// Characters of a notice.
const NOTICE: usize = 10_000;
/// Characters of the subject.
const HEAD: usize = 250;

/// What stands above the blocks.
struct Head {
    /// The subject, harmless.
    text: String,
    /// Whether the message is one article, whose headline says the same.
    single: bool,
    /// Which part of how many this is, where there are several.
    part: Option<(usize, usize)>,
    kind: crate::model::DeliveryKind,
    /// Where the one article can be read.
    link: Option<String>,
}

impl Head {
    /// The subject, with the number of the part.
    fn line(&self) -> String {
        match self.part {
            Some((number, of)) => format!("{} ({number}/{of})", self.text),
            None => self.text.clone(),
        }
    }

    /// Whether the blocks alone say everything.
    fn is_idle(&self) -> bool {
        self.single && self.part.is_none()
    }
}

/// A service's own way to write and to measure.
trait Format {
    /// A block as it stands in a request.
    fn element(&self, block: &Block, head: &Head) -> Value;
    /// Whether the service takes such an element.
    fn takes(&self, element: &Value) -> bool;
    /// How much of a request the element fills.
    fn size(&self, element: &Value) -> usize;
    /// How much a request holds below this head.
    fn capacity(&self, head: &Head) -> usize;
    /// The most elements of a request.
    fn most_elements(&self) -> usize {
        usize::MAX
    }
    /// The request.
    fn body(&self, head: &Head, elements: &[Value]) -> Value;
}

/// The requests that bring the message to a service of this kind, in order; `None` for a generic webhook.
pub(super) fn posts(message: &Message, format: &WebhookFormat, desk: &Desk) -> Option<Vec<String>> {
    let format: Box<dyn Format + '_> = match format.kind {
        WebhookKind::Generic => return None,
        WebhookKind::Slack => Box::new(slack::Slack),
        WebhookKind::Discord => Box::new(discord::Discord),
        WebhookKind::Telegram => Box::new(telegram::Telegram(format)),
        WebhookKind::Teams => Box::new(teams::Teams),
        WebhookKind::Mattermost => Box::new(mattermost::Mattermost),
        WebhookKind::Ntfy => Box::new(push::Ntfy(format)),
        WebhookKind::Gotify => Box::new(push::Gotify),
    };
    Some(Chat { format: &*format, desk, message: &together(message) }.bodies())
}

/// A message on its way into requests.
struct Chat<'a> {
    format: &'a dyn Format,
    desk: &'a Desk,
    message: &'a Message,
}

impl Chat<'_> {
    fn bodies(&self) -> Vec<String> {
        let plan = Plan { items: self.items().len(), rounds: Room::ROUNDS, lag: self.items().len() / 4 };
        let mut head = self.head();
        // Room for the number of the part.
        head.part = Some((MOST_PARTS, MOST_PARTS));
        let packed = |squeeze| self.packed(self.elements(squeeze, &head), &head);
        let mut parts = packed(plan.least(|squeeze| packed(squeeze).len() <= MOST_PARTS));
        parts.truncate(MOST_PARTS);
        let of = parts.len();
        let numbered = parts.iter().enumerate();
        let body = |(place, elements): (usize, &Vec<Value>)| {
            let head = Head { part: (of > 1).then_some((place + 1, of)), ..self.head() };
            self.format.body(&head, elements).to_string()
        };
        numbered.map(body).collect()
    }

    fn items(&self) -> &[Item] {
        match self.message {
            Message::Alert { items } | Message::Digest { items, .. } => items,
            Message::Notice(_) | Message::Sources { .. } => &[],
        }
    }

    fn head(&self) -> Head {
        let single = matches!(self.message, Message::Alert { items } if items.len() == 1);
        let subject = subject::of(self.message, self.desk);
        let item = self.items().first().filter(|_| single);
        Head {
            text: defused(&short_line(&subject, HEAD)),
            single,
            part: None,
            kind: self.message.kind(),
            link: item.and_then(|item| span::link(&item.url)),
        }
    }

    /// As few requests as hold the elements in their order; at least one.
    fn packed(&self, elements: Vec<Value>, head: &Head) -> Vec<Vec<Value>> {
        let capacity = self.format.capacity(head);
        let mut parts: Vec<Vec<Value>> = Vec::new();
        let mut filled = 0;
        for element in elements {
            let size = self.format.size(&element);
            match parts.last_mut() {
                Some(part) if filled + size <= capacity && part.len() < self.format.most_elements() => {
                    part.push(element);
                    filled += size;
                }
                _ => {
                    parts.push(vec![element]);
                    filled = size;
                }
            }
        }
        if parts.is_empty() { vec![Vec::new()] } else { parts }
    }

    fn elements(&self, squeeze: Squeeze, head: &Head) -> Vec<Value> {
        let mut elements: Vec<Value> = self.opening().iter().map(|block| self.element(block, head)).collect();
        let before = elements.len();
        for (place, item) in self.items().iter().enumerate() {
            elements.extend(self.article(item, squeeze.rounds(place), head));
        }
        let left_out = self.items().len() - (elements.len() - before);
        elements.extend(self.closing(left_out).iter().map(|block| self.element(block, head)));
        elements
    }

    fn element(&self, block: &Block, head: &Head) -> Value {
        self.format.element(block, head)
    }

    /// The article in the most room that the service takes, after so many rounds of shortening.
    fn article(&self, item: &Item, rounds: usize, head: &Head) -> Option<Value> {
        let element = |rounds| {
            let room = Room::after(rounds)?;
            Some(self.element(&article::block(item, room, self.desk), head))
        };
        let capacity = self.format.capacity(head);
        let fits = |element: &Value| self.format.takes(element) && self.format.size(element) <= capacity;
        let mut shown = (rounds..=Room::ROUNDS).filter_map(element);
        shown.find(fits).or_else(|| {
            let block = article::block(item, Room::after(Room::ROUNDS)?, self.desk);
            // Only its address can be too long by now.
            (rounds <= Room::ROUNDS).then(|| self.element(&Block { link: None, ..block }, head))
        })
    }

    /// What is said before any article.
    fn opening(&self) -> Vec<Block> {
        let words = self.desk.words;
        match self.message {
            Message::Alert { .. } => Vec::new(),
            Message::Digest { from, until, items, .. } => {
                let instant = |at| when::instant(at, words, self.desk.zone);
                let period = words.period.replace("{from}", &instant(*from));
                let mut text = period.replace("{until}", &instant(*until));
                if items.is_empty() {
                    text = format!("{text}\n{}", words.nothing_new);
                }
                paragraphs(&text)
            }
            Message::Notice(notice) => paragraphs(&notice.text),
            Message::Sources { changes, omitted } => paragraphs(&gathered::notice(changes, *omitted).text),
        }
    }

    /// What is said after the articles, `left_out` of which had no room.
    fn closing(&self, left_out: usize) -> Vec<Block> {
        let words = self.desk.words;
        let Message::Digest { omitted, source_problems, .. } = self.message else {
            return words.more_articles.unless_none(left_out).map_or(Vec::new(), |more| paragraphs(&more));
        };
        let more = words.more_articles.unless_none(left_out.saturating_add(*omitted));
        let mut blocks = more.map_or(Vec::new(), |more| paragraphs(&more));
        if !source_problems.is_empty() {
            let problems = Problems::new(source_problems, self.desk);
            let listed = problems.listed.iter().map(|one| {
                let standing = one.standing.as_deref().unwrap_or(&one.why);
                format!("{}: {standing}", one.source)
            });
            let lines: Vec<String> = listed.chain(problems.more).chain(problems.lines).collect();
            blocks.extend(paragraphs(&format!("{}:\n{}", words.problems, lines.join("\n"))));
        }
        blocks
    }
}

/// The text in blocks of whole lines, as far as it goes.
fn paragraphs(text: &str) -> Vec<Block> {
    let text = clean::cut(&clean::lines(text), NOTICE);
    let mut blocks: Vec<Block> = Vec::new();
    let mut filled = PARAGRAPH;
    for line in text.lines().flat_map(pieces).filter(|line| !line.is_empty()) {
        let length = line.chars().count();
        let line = vec![Span { text: defused(&line), style: Style::Plain }];
        match blocks.last_mut() {
            Some(block) if filled + length <= PARAGRAPH => block.lines.push(line),
            _ => {
                blocks.push(Block::of_lines(vec![line]));
                filled = 0;
            }
        }
        filled += length;
    }
    blocks
}

/// A line in pieces that fit into a paragraph.
fn pieces(line: &str) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    letters.chunks(PARAGRAPH).map(|piece| piece.iter().collect()).collect()
}

/// How many units of UTF-16 the text has: what these services count, or more than they do.
fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The texts of elements that are texts, an empty line between any two.
fn joined(elements: &[Value]) -> String {
    elements.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n")
}
