//! Mails put together: what stands in them, and how much of it.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::clean::{self, short_line};
use super::gathered;
use super::problem::Problems;
use super::squeeze::{Plan, Squeeze};
use super::subject;
use super::templates::Templates;
use super::view::{Desk, Entry, Room};
use super::{Mail, RenderError, when};
use crate::model::{Item, Message, Notice, SourceProblem, Timestamp};

/// Gmail clips a mail at 102 kB; headers and encoding come on top of the HTML.
const HTML_LIMIT: usize = 80_000;
/// Characters of a notice, few enough that they stay under the limit even if each had to be escaped.
const NOTICE: usize = 10_000;
/// Characters of the name of a digest.
const NAME: usize = 80;
/// Characters that mail programs show beside the subject.
const PREVIEW: usize = 140;

/// The mail that says this to this reader.
pub(super) fn write(message: &Message, desk: &Desk) -> Result<Mail, RenderError> {
    let letter = Letter {
        subject: subject::of(message, desk),
        footer: desk.words.zone.replace("{}", desk.zone.name()),
        templates: Templates::load()?,
        desk: *desk,
    };
    match message {
        Message::Alert { items } => letter.alert(items),
        Message::Digest { name, from, until, items, omitted, source_problems } => {
            let heading = letter.digest_heading(name, *from, *until);
            letter.digest(&heading, items, *omitted, source_problems)
        }
        Message::Notice(notice) => letter.notice(notice),
        Message::Sources { changes, omitted } => letter.notice(&gathered::notice(changes, *omitted)),
    }
}

/// A mail under way.
struct Letter {
    subject: String,
    footer: String,
    templates: Templates,
    desk: Desk,
}

impl Letter {
    fn alert(&self, items: &[Item]) -> Result<Mail, RenderError> {
        let articles = self.desk.words.articles.of(items.len());
        let whole = context! { articles, single => items.len() == 1, ..self.frame() };
        self.fitted("alert", items, |squeeze| {
            let entries = self.entries(items, squeeze, Room::ALERT);
            let left_out = items.len() - entries.len();
            self.page(&entries, left_out, &whole)
        })
    }

    fn digest_heading(&self, name: &str, from: Timestamp, until: Timestamp) -> Value {
        let Desk { words, zone, .. } = self.desk;
        let period = words.period.replace("{from}", &when::instant(from, words, zone));
        let period = period.replace("{until}", &when::instant(until, words, zone));
        context! { name => short_line(name, NAME), period, ..self.frame() }
    }

    fn digest(
        &self,
        heading: &Value,
        items: &[Item],
        omitted: usize,
        problems: &[SourceProblem],
    ) -> Result<Mail, RenderError> {
        let words = self.desk.words;
        let articles = words.articles.unless_none(items.len().saturating_add(omitted));
        let problems = Some(Problems::new(problems, &self.desk)).filter(|_| !problems.is_empty());
        let whole = context! { articles, problems => Serde(&problems), ..heading.clone() };
        self.fitted("digest", items, |squeeze| {
            let entries = self.entries(items, squeeze, Room::DIGEST);
            let left_out = omitted.saturating_add(items.len() - entries.len());
            self.page(&entries, left_out, &whole)
        })
    }

    fn notice(&self, notice: &Notice) -> Result<Mail, RenderError> {
        let text = clean::cut(&clean::lines(&notice.text), NOTICE);
        let page = context! { preview => short_line(&text, PREVIEW), text, footer => (), ..self.frame() };
        self.rendered("notice", &page)
    }

    fn entries(&self, items: &[Item], squeeze: Squeeze, room: Room) -> Vec<Entry> {
        let places = items.iter().enumerate();
        let with_room =
            places.filter_map(|(place, item)| Some((place, item, room.after(squeeze.rounds(place))?)));
        with_room.map(|(place, item, room)| self.desk.entry(item, place + 1, room)).collect()
    }

    fn page(&self, entries: &[Entry], left_out: usize, whole: &Value) -> Value {
        let more = self.desk.words.more_articles.unless_none(left_out);
        context! { entries => Serde(entries), more, preview => preview(entries), ..whole.clone() }
    }

    fn frame(&self) -> Value {
        context! { subject => self.subject.as_str(), footer => self.footer.as_str(), words => Serde(self.desk.words) }
    }

    /// The mail with its articles shortened just enough.
    fn fitted(
        &self,
        template: &str,
        items: &[Item],
        page: impl Fn(Squeeze) -> Value,
    ) -> Result<Mail, RenderError> {
        let html = format!("{template}.html.j2");
        // What cannot be rendered at all is told when it is rendered for good.
        let fits =
            |squeeze| self.templates.fill(&html, &page(squeeze)).map_or(true, |html| html.len() < HTML_LIMIT);
        // The first articles matter most: they keep their sentences while the last are already mere titles.
        let plan = Plan { items: items.len(), rounds: Room::ROUNDS, lag: items.len() / 4 };
        self.rendered(template, &page(plan.least(fits)))
    }

    fn rendered(&self, template: &str, page: &Value) -> Result<Mail, RenderError> {
        Ok(Mail {
            subject: self.subject.clone(),
            text: self.templates.fill(&format!("{template}.txt.j2"), page)?,
            html: self.templates.fill(&format!("{template}.html.j2"), page)?,
        })
    }
}

/// One article gives its sentence, several give their titles.
fn preview(entries: &[Entry]) -> String {
    if let [entry] = entries {
        return clean::cut(&entry.gist(), PREVIEW);
    }
    let titles: Vec<&str> = entries.iter().take(4).map(|entry| entry.title.as_str()).collect();
    clean::cut(&titles.join(" · "), PREVIEW)
}
