//! The JSON of a generic webhook.

use serde::Serialize;

use super::RenderError;
use super::clean::{self, short_line};
use super::gathered;
use super::payload::{Article, Body, Detail};
use super::problem;
use super::squeeze::{Plan, Squeeze};
use crate::model::{Item, Message, Notice, Timestamp};

/// Standard Webhooks asks for payloads under 20 kB.
const LIMIT: usize = 20_000;
/// Characters of a notice's text: the first number that fits is taken, and the last always does.
const NOTICE: [usize; 3] = [16_000, 8_000, 4_000];
/// Characters of one line: a notice's subject, a digest's name.
const LINE: usize = 200;
/// Sources in trouble beyond these are left out.
const MOST_PROBLEMS: usize = 10;

/// The message as the body of a generic webhook: valid JSON of under 20,000 bytes, `timestamp` being when it was
/// queued.
///
/// Where the articles are too many or too long for that, they are shortened from the last one on, a round at a
/// time: first lead, sentences and long titles are cut; then sentences, lead and spellings go; then only
/// `alerts`, `reason` and the article's `id`, `url`, `title` (shortened) and `source` are left. An alert of up to
/// [`super::MOST_ITEMS`] articles with addresses below 400 bytes never needs more. What has no room even so is
/// counted in `omitted`, which an alert carries only then.
pub fn webhook_body(message: &Message, timestamp: Timestamp) -> Result<String, RenderError> {
    match message {
        Message::Alert { items } => fitted(items, |items, left_out| {
            json(timestamp, &Body::Alert { items, omitted: Some(left_out).filter(|left_out| *left_out > 0) })
        }),
        Message::Digest { name, from, until, items, omitted, source_problems, .. } => {
            let name = short_line(name, LINE);
            let (from, until) = (from.rfc3339(), until.rfc3339());
            let problems: Vec<String> =
                source_problems.iter().take(MOST_PROBLEMS).map(problem::sentence).collect();
            fitted(items, |items, left_out| {
                let omitted = omitted.saturating_add(left_out);
                json(
                    timestamp,
                    &Body::Digest {
                        name: &name,
                        from: &from,
                        until: &until,
                        items,
                        omitted,
                        source_problems: &problems,
                    },
                )
            })
        }
        Message::Notice(notice) => self::notice(notice, timestamp),
        Message::Sources { changes, omitted } => {
            self::notice(&gathered::notice(changes, *omitted), timestamp)
        }
    }
}

/// The JSON with its articles shortened just enough; `write` also gets how many have no room.
fn fitted(
    items: &[Item],
    write: impl Fn(&[Article<'_>], usize) -> Result<String, RenderError>,
) -> Result<String, RenderError> {
    let shortened = |squeeze: Squeeze| {
        let places = items.iter().enumerate();
        let shown: Vec<Article> = places
            .filter_map(|(place, item)| Some(Article::new(item, Detail::after(squeeze.rounds(place))?)))
            .collect();
        write(&shown, items.len() - shown.len())
    };
    let plan = Plan { items: items.len(), rounds: Detail::ROUNDS, lag: items.len() };
    // What cannot be written at all is told when it is written for good.
    shortened(plan.least(|squeeze| shortened(squeeze).map_or(true, |body| body.len() < LIMIT)))
}

fn notice(notice: &Notice, timestamp: Timestamp) -> Result<String, RenderError> {
    let subject = short_line(&notice.subject, LINE);
    let text = clean::lines(&notice.text);
    let write =
        |most: usize| json(timestamp, &Body::Notice { subject: &subject, text: &clean::cut(&text, most) });
    let [long, medium, short] = NOTICE;
    for most in [long, medium] {
        let body = write(most)?;
        if body.len() < LIMIT {
            return Ok(body);
        }
    }
    write(short)
}

/// What stands around every kind of message.
#[derive(Serialize)]
struct Envelope<'a> {
    r#type: &'static str,
    timestamp: String,
    data: &'a Body<'a>,
}

fn json(timestamp: Timestamp, body: &Body<'_>) -> Result<String, RenderError> {
    let envelope = Envelope { r#type: body.kind(), timestamp: timestamp.rfc3339(), data: body };
    serde_json::to_string(&envelope).map_err(|error| RenderError(error.to_string()))
}
