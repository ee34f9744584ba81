//! What the papers' addresses answer: the templates beside this file, filled in for the present moment.

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, TimeZone, Weekday};
use minijinja::{Environment, Error, Value, context};

use super::server::Site;
use super::story::{Paper, Story};
use crate::model::Timestamp;

/// Vietnam is seven hours east of Greenwich all year.
const VIETNAM: i32 = 7 * 3_600;

/// How many headlines the box of latest articles holds.
const LATEST: usize = 5;

/// Each template once, by its file name.
const TEMPLATES: [(&str, &str); 5] = [
    ("rss.xml", include_str!("templates/rss.xml")),
    ("atom.xml", include_str!("templates/atom.xml")),
    ("front.html", include_str!("templates/front.html")),
    ("article.vi.html", include_str!("templates/article.vi.html")),
    ("article.en.html", include_str!("templates/article.en.html")),
];

/// The drawing of a kite above the sea.
pub(super) const PICTURE: &str = include_str!("templates/picture.svg");

/// The compiled templates.
pub(super) fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    // The papers' markup writes slashes as they are, as sites do; the default would turn them into `&#x2f;`.
    environment.set_formatter(|out, _, value| {
        let text = value.to_string();
        let escaped = if value.is_safe() { text } else { escaped(&text) };
        out.write_str(&escaped).map_err(Error::from)
    });
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A paper's feed: RSS 2.0 as Vietnamese papers write it, Atom as English ones do.
pub(super) fn feed(site: &Site, paper: Paper) -> Result<String, Error> {
    let name = match paper {
        Paper::CanhDieu => "rss.xml",
        Paper::LanternWire => "atom.xml",
    };
    listing(site, paper, name)
}

/// A paper's front page.
pub(super) fn front(site: &Site, paper: Paper) -> Result<String, Error> {
    listing(site, paper, "front.html")
}

fn listing(site: &Site, paper: Paper, template: &str) -> Result<String, Error> {
    let published = site.published(paper);
    let updated = published.first().map_or(Timestamp::EPOCH, |newest| site.published_at(newest));
    let stories: Vec<Value> = published.into_iter().map(|story| about(site, story)).collect();
    site.templates().get_template(template)?.render(context! {
        language => paper.folder(),
        feed_type => paper.feed_type(),
        updated => rfc3339(updated),
        stories,
        ..place(site, paper),
    })
}

/// An article's page with everything that stands around it.
pub(super) fn article(site: &Site, story: &Story) -> Result<String, Error> {
    let template = match story.paper {
        Paper::CanhDieu => "article.vi.html",
        Paper::LanternWire => "article.en.html",
    };
    let others = site.published(story.paper).into_iter().filter(|other| other.slug != story.slug);
    let latest: Vec<Value> = others.take(LATEST).map(|other| about(site, other)).collect();
    let comments: Vec<Value> = story
        .comments
        .iter()
        .map(|(reader, words)| context! { reader => *reader, words => *words })
        .collect();
    site.templates().get_template(template)?.render(context! {
        story => about(site, story),
        related => story.related.to_vec(),
        most_read => story.paper.most_read().to_vec(),
        comments,
        latest,
        ..place(site, story.paper),
    })
}

fn place(site: &Site, paper: Paper) -> Value {
    context! {
        paper => paper.name(),
        base_url => site.address(""),
        front => site.address(&format!("/{}/", paper.folder())),
        feed => site.address(paper.feed_path()),
    }
}

fn about(site: &Site, story: &Story) -> Value {
    let elapsed = site.elapsed();
    let paragraphs: Vec<String> = story.paragraphs.iter().map(|text| story.reads(text, elapsed)).collect();
    let date = site.published_at(story);
    let linked_data = linked_data(story, &rfc3339(date));
    context! {
        slug => story.slug,
        title => story.title,
        address => site.address(&story.path()),
        lead => story.lead,
        author => story.author,
        caption => story.caption,
        credit => story.credit,
        paragraphs,
        date_rfc3339 => rfc3339(date),
        date_rfc2822 => in_vietnam(date).to_rfc2822(),
        date_shown => shown(in_vietnam(date), story.paper),
        linked_data => Value::from_safe_string(linked_data),
    }
}

/// schema.org's description of the article, as JSON that may stand in a script element.
fn linked_data(story: &Story, date: &str) -> String {
    let described = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.lead,
        "datePublished": date,
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": story.paper.name()},
    });
    described.to_string().replace('<', "\\u003c")
}

fn rfc3339(at: Timestamp) -> String {
    in_vietnam(at).to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn in_vietnam(at: Timestamp) -> DateTime<FixedOffset> {
    let utc = at.to_utc();
    match FixedOffset::east_opt(VIETNAM) {
        Some(offset) => offset.from_utc_datetime(&utc.naive_utc()),
        None => utc.fixed_offset(),
    }
}

/// The date as the paper prints it.
fn shown(at: DateTime<FixedOffset>, paper: Paper) -> String {
    if paper == Paper::LanternWire {
        return at.format("%B %-d, %Y, %H:%M GMT+7").to_string();
    }
    let day = match at.weekday() {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ Nhật",
    };
    format!("{day}, {} (GMT+7)", at.format("%d/%m/%Y %H:%M"))
}
