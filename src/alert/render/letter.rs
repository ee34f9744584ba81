//! Mails put together: what stands in them, and how much of it.

use minijinja::value::Serde;
use minijinja::{Error, Value, context};

use super::clean::{self, short_line};
use super::gathered;
use super::group::{self, Group};
use super::problem::Problems;
use super::room::Room;
use super::squeeze::{Plan, Squeeze};
use super::subject;
use super::tally;
use super::templates::{Loaded, Templates};
use super::view::{Desk, Entry};
use super::wrap::wrapped;
use super::{Mail, trend, when};
use crate::model::{Item, Message, Notice, Reason, SourceProblem, Timestamp, Trend};

/// Gmail clips a mail at 102 kB; headers and encoding come on top of the HTML.
const HTML_LIMIT: usize = 80_000;
/// Characters of a notice, few enough that they stay under the limit even if each had to be escaped.
const NOTICE: usize = 10_000;
/// Characters of the name of a digest.
const NAME: usize = 80;
/// Characters that mail programs show beside the subject.
const PREVIEW: usize = 140;

/// The mail that says this to this reader.
pub(super) fn write(message: &Message, desk: &Desk, templates: &Templates) -> Result<Mail, Error> {
    let letter = Letter {
        subject: subject::of(message, desk),
        footer: desk.words.zone.replace("{}", desk.zone.name()),
        templates: templates.load()?,
        desk: *desk,
    };
    match message {
        Message::Alert { items } => letter.alert(items),
        Message::Digest { name, from, until, items, omitted, source_problems, trends } => {
            let heading = letter.digest_heading(name, *from, *until);
            let tail = letter.digest_tail(source_problems, trends);
            letter.digest(items, *omitted, &context! { ..heading, ..tail })
        }
        Message::Notice(notice) => letter.notice(notice),
        Message::Sources { changes, omitted } => letter.notice(&gathered::notice(changes, *omitted)),
    }
}

/// A mail under way.
struct Letter {
    subject: String,
    footer: String,
    templates: Loaded,
    desk: Desk,
}

impl Letter {
    fn alert(&self, items: &[Item]) -> Result<Mail, Error> {
        let articles = self.desk.words.articles.of(items.len());
        let whole = context! { articles, single => items.len() == 1, ..self.frame() };
        self.fitted("alert", &group::each(items), |groups, squeeze| {
            let entries = self.entries(groups, squeeze, Room::ALERT);
            self.page(&entries, untold(groups, &entries), &whole)
        })
    }

    fn digest_heading(&self, name: &str, from: Timestamp, until: Timestamp) -> Value {
        let Desk { words, zone, .. } = self.desk;
        let period = words.period.replace("{from}", &when::instant(from, words, zone));
        let period = period.replace("{until}", &when::instant(until, words, zone));
        context! { name => short_line(name, NAME), period, ..self.frame() }
    }

    fn digest_tail(&self, problems: &[SourceProblem], trends: &[Trend]) -> Value {
        let problems = Some(Problems::new(problems, &self.desk)).filter(|_| !problems.is_empty());
        context! { problems => Serde(&problems), trends => Serde(trend::rows(trends)) }
    }

    fn digest(&self, items: &[Item], omitted: usize, around: &Value) -> Result<Mail, Error> {
        let words = self.desk.words;
        let articles = words.articles.unless_none(items.len().saturating_add(omitted));
        let whole = context! {
            articles,
            among => tally::sorts(items, words).join(", "),
            index => Serde(tally::names(items)),
            ..around.clone()
        };
        self.fitted("digest", &group::by_story(items), |groups, squeeze| {
            let entries = self.entries(groups, squeeze, Room::DIGEST);
            self.page(&entries, omitted.saturating_add(untold(groups, &entries)), &whole)
        })
    }

    fn notice(&self, notice: &Notice) -> Result<Mail, Error> {
        let text = clean::cut(&clean::lines(&notice.text), NOTICE);
        let page = context! { preview => short_line(&text, PREVIEW), text, footer => (), ..self.frame() };
        self.rendered("notice", &page)
    }

    fn entries(&self, groups: &[Group<'_>], squeeze: Squeeze, room: Room) -> Vec<Entry> {
        let places = groups.iter().enumerate();
        let with_room =
            places.filter_map(|(place, group)| Some((place, group, room.after(squeeze.rounds(place))?)));
        let mut entries: Vec<Entry> =
            with_room.map(|(place, group, room)| self.desk.entry(group, place + 1, room)).collect();
        self.head(&mut entries);
        list(&mut entries);
        entries
    }

    /// Writes a heading over the first edit and over the first page.
    fn head(&self, entries: &mut [Entry]) {
        let mut before = Reason::New;
        for entry in entries {
            if entry.reason != before {
                before = entry.reason;
                let words = self.desk.words;
                entry.heading = Some(if before == Reason::Page { words.pages } else { words.edits });
            }
        }
    }

    fn page(&self, entries: &[Entry], left_out: usize, whole: &Value) -> Value {
        let more = self.desk.words.more_articles.unless_none(left_out);
        let preview =
            if entries.is_empty() { self.desk.words.nothing_new.to_owned() } else { preview(entries) };
        context! { entries => Serde(entries), more, preview, ..whole.clone() }
    }

    fn frame(&self) -> Value {
        context! { subject => self.subject.as_str(), footer => self.footer.as_str(), words => Serde(self.desk.words) }
    }

    /// The mail with its articles shortened just enough.
    fn fitted(
        &self,
        template: &str,
        groups: &[Group<'_>],
        page: impl Fn(&[Group<'_>], Squeeze) -> Value,
    ) -> Result<Mail, Error> {
        let html = format!("{template}.html.j2");
        // What cannot be rendered at all is told when it is rendered for good.
        let fits = |squeeze| {
            self.templates.fill(&html, &page(groups, squeeze)).map_or(true, |html| html.len() < HTML_LIMIT)
        };
        // The first articles matter most: they keep their sentences while the last are already mere titles.
        let plan = Plan { items: groups.len(), rounds: Room::ROUNDS, lag: groups.len() / 4 };
        self.rendered(template, &page(groups, plan.least(fits)))
    }

    fn rendered(&self, template: &str, page: &Value) -> Result<Mail, Error> {
        Ok(Mail {
            subject: self.subject.clone(),
            text: wrapped(&self.templates.fill(&format!("{template}.txt.j2"), page)?),
            html: self.templates.fill(&format!("{template}.html.j2"), page)?,
            fault: None,
        })
    }
}

/// Marks where lists of headlines begin and end; a heading begins another.
fn list(entries: &mut [Entry]) {
    let joins: Vec<bool> =
        entries.iter().map(|entry| entry.brief.is_some() && entry.heading.is_none()).collect();
    let mut before = false;
    for (place, entry) in entries.iter_mut().enumerate() {
        let Some(brief) = &mut entry.brief else {
            before = false;
            continue;
        };
        let goes_on = joins.get(place).is_some_and(|joins| *joins);
        brief.begins = !(before && goes_on);
        brief.ends = !joins.get(place + 1).is_some_and(|joins| *joins);
        before = true;
    }
}

/// How many articles stand in groups without an entry.
fn untold(groups: &[Group<'_>], entries: &[Entry]) -> usize {
    groups.iter().skip(entries.len()).map(Group::len).sum()
}

/// One article gives its sentence, several give their titles.
fn preview(entries: &[Entry]) -> String {
    if let [entry] = entries {
        return clean::cut(&entry.gist(), PREVIEW);
    }
    let titles: Vec<&str> = entries.iter().take(4).map(|entry| entry.title.as_str()).collect();
    clean::cut(&titles.join(" · "), PREVIEW)
}
