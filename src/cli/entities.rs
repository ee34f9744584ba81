//! `diemtin entities`: how often names stand in the news, day by day.

mod plot;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use anyhow::bail;
use chrono::{NaiveDate, TimeZone};
use chrono_tz::Tz;
use console::measure_text_width;
use serde_json::{Value, json};

use super::Session;
use super::args::Entities;
use super::export::moment_since;
use super::output::{self, Misuse, Output, counted};
use crate::clock::Clock;
use crate::config::Config;
use crate::model::Timestamp;
use crate::store::{EntityDays, Search, Store};
use crate::text::fold;
use crate::text::normalise::search_form;

/// A longer time is no plot any more.
const MOST_DAYS: usize = 1_100;
/// Of so many articles the spellings are counted.
const MOST_READ: usize = 2_000;
/// The latest articles shown of one entity.
const LATEST: usize = 5;
/// A longer name is cut in the table.
const WIDEST_NAME: usize = 32;

/// The days that are counted, in the time zone of sources.toml.
struct Days {
    dates: Vec<NaiveDate>,
    begins: Vec<Timestamp>,
}

pub(super) async fn run(session: &Session, arguments: Entities) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let config = session.config().ok();
    let zone = config.as_ref().map_or(chrono_tz::Asia::Ho_Chi_Minh, |config| config.daemon.timezone);
    let now = Clock::System.now();
    let days = Days::from(moment_since(&arguments.since, now)?, now, zone)?;
    let tracked = tracked(config.as_ref());
    match &arguments.name {
        Some(name) => one(session, &store, (name, &tracked), &days).await,
        None => all(session, &store, &tracked, &days).await,
    }
}

fn tracked(config: Option<&Config>) -> BTreeSet<String> {
    let entities = config.map_or(&[][..], |config| &config.entities);
    entities.iter().map(|entity| entity.name.clone()).collect()
}

impl Days {
    fn from(since: Timestamp, now: Timestamp, zone: Tz) -> anyhow::Result<Self> {
        let date = |at: Timestamp| at.to_utc().with_timezone(&zone).date_naive();
        let dates: Vec<NaiveDate> =
            date(since).iter_days().take_while(|day| *day <= date(now)).take(MOST_DAYS + 1).collect();
        if dates.len() > MOST_DAYS || dates.is_empty() {
            bail!(Misuse(format!("--since must lie in the last {MOST_DAYS} days, as in 14d or 90d")));
        }
        let begins = dates.iter().map(|day| begin(*day, zone)).collect();
        Ok(Self { dates, begins })
    }

    /// Every day with its count, as text.
    fn by_date<'a>(&'a self, counts: &'a [u32]) -> impl Iterator<Item = (String, u32)> + 'a {
        self.dates.iter().map(ToString::to_string).zip(counts.iter().copied())
    }
}

/// The first instant of a day; where the clocks are put forward at midnight, the first there is.
fn begin(day: NaiveDate, zone: Tz) -> Timestamp {
    let hours = (0..24).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
    let mut local = hours.filter_map(|time| zone.from_local_datetime(&time).earliest());
    local.next().map_or(Timestamp::EPOCH, Timestamp::from)
}

async fn all(
    session: &Session,
    store: &Store,
    tracked: &BTreeSet<String>,
    days: &Days,
) -> anyhow::Result<ExitCode> {
    let mut counted_ones = store.entity_days(None, days.begins.clone()).await?;
    counted_ones.sort_by_key(|entity| (std::cmp::Reverse(total(entity)), entity.entity.clone()));
    let seen: BTreeSet<&String> = counted_ones.iter().map(|entity| &entity.entity).collect();
    let never: Vec<&String> = tracked.iter().filter(|name| !seen.contains(name)).collect();
    if session.output == Output::Json {
        for entity in &counted_ones {
            output::json(&as_json(entity, days, tracked))?;
        }
        for name in never {
            output::json(
                &json!({"entity": name, "tracked": true, "articles": 0, "days": {}, "first_seen": null, "last_seen": null}),
            )?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    show_table(&counted_ones, days)?;
    if !never.is_empty() {
        let names: Vec<&str> = never.iter().map(|name| name.as_str()).collect();
        output::line(format!("Never seen in any article: {}", names.join(", ")))?;
    }
    if counted_ones.is_empty() && never.is_empty() {
        output::line("No entity is tracked: write an [[entity]] into sources.toml.")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show_table(entities: &[EntityDays], days: &Days) -> std::io::Result<()> {
    let (recent, silent): (Vec<_>, Vec<_>) = entities.iter().partition(|entity| total(entity) > 0);
    let wide = recent.iter().map(|entity| measure_text_width(&entity.entity)).max().unwrap_or(0);
    let wide = wide.min(WIDEST_NAME);
    if let (Some(first), Some(last), false) = (days.dates.first(), days.dates.last(), recent.is_empty()) {
        let each = plot::days_a_bar(days.dates.len());
        let bar = if each > 1 { format!(", a bar is {each} days") } else { String::new() };
        output::line(format!("Articles that mention each entity, {first} to {last}{bar}"))?;
    }
    for entity in recent {
        let name = console::pad_str(&entity.entity, wide, console::Alignment::Left, Some("…"));
        output::line(format!("  {name}  {:>6}  {}", total(entity), plot::sparkline(&entity.days)))?;
    }
    if !silent.is_empty() {
        let names: Vec<String> =
            silent.iter().map(|entity| format!("{} (last {})", entity.entity, day_of(entity.last))).collect();
        output::line(format!("Not in this time: {}", names.join(", ")))?;
    }
    Ok(())
}

fn day_of(at: Timestamp) -> String {
    at.to_utc().date_naive().to_string()
}

fn total(entity: &EntityDays) -> u32 {
    entity.days.iter().sum()
}

fn as_json(entity: &EntityDays, days: &Days, tracked: &BTreeSet<String>) -> Value {
    let by_date: BTreeMap<String, u32> = days.by_date(&entity.days).filter(|(_, count)| *count > 0).collect();
    json!({
        "entity": entity.entity, "tracked": tracked.contains(&entity.entity), "articles": total(entity), "days": by_date,
        "first_seen": entity.first.rfc3339(), "last_seen": entity.last.rfc3339(),
    })
}

async fn one(
    session: &Session,
    store: &Store,
    (name, tracked): (&str, &BTreeSet<String>),
    days: &Days,
) -> anyhow::Result<ExitCode> {
    let known: BTreeSet<String> =
        store.mentioned_entities().await?.into_iter().chain(tracked.iter().cloned()).collect();
    let name = meant(name, &known)?;
    let found = store.entity_days(Some(name.clone()), days.begins.clone()).await?;
    let Some(entity) = found.first() else {
        match session.output {
            Output::Json => output::json(
                &json!({"entity": name, "tracked": true, "articles": 0, "days": {}, "first_seen": null, "last_seen": null}),
            )?,
            Output::Text => output::line(format!(
                "{name} stands in no stored article. `diemtin rescan --entity {}` looks for it in those that were stored before it was tracked; \
                 `diemtin inspect entities --explain -` says why it does not count in a text.",
                quoted(&name)
            ))?,
        }
        return Ok(ExitCode::SUCCESS);
    };
    let since = days.begins.first().copied().unwrap_or(Timestamp::EPOCH);
    let spellings = store.spellings(name, since, MOST_READ).await?;
    if session.output == Output::Json {
        let mut value = as_json(entity, days, tracked);
        if let Value::Object(fields) = &mut value {
            let counts: BTreeMap<String, usize> = spellings.into_iter().collect();
            fields.insert("spellings".to_owned(), json!(counts));
        }
        output::json(&value)?;
        return Ok(ExitCode::SUCCESS);
    }
    portray(entity, days, &spellings)?;
    latest(store, entity).await?;
    Ok(ExitCode::SUCCESS)
}

fn portray(entity: &EntityDays, days: &Days, spellings: &[(String, usize)]) -> std::io::Result<()> {
    output::line(format!(
        "{}: {} since {}; seen first {}, last {}",
        entity.entity,
        counted(total(entity) as usize, "article"),
        days.dates.first().map(ToString::to_string).unwrap_or_default(),
        entity.first,
        entity.last
    ))?;
    let most = entity.days.iter().copied().max().unwrap_or(0);
    for (date, count) in days.by_date(&entity.days) {
        output::line(format!("  {date}  {count:>5}  {}", plot::bar(count, most)).trim_end())?;
    }
    if !spellings.is_empty() {
        let all: Vec<String> = spellings.iter().map(|(text, count)| format!("{text} ({count})")).collect();
        output::line(format!("Written as {}", all.join(", ").replace(char::is_control, " ")))?;
    }
    Ok(())
}

async fn latest(store: &Store, entity: &EntityDays) -> anyhow::Result<()> {
    let search = Search { entities: vec![vec![entity.entity.clone()]], ..Search::default() };
    for found in store.search(search, i64::MAX, LATEST).await? {
        let Some(stored) = store.article(found.id).await? else { continue };
        let line = format!("{} · {}  {}", stored.article.title, stored.source, stored.article.url);
        output::line(line.replace(char::is_control, " "))?;
    }
    Ok(())
}

/// The entity of this name, case or marks aside.
fn meant(name: &str, known: &BTreeSet<String>) -> anyhow::Result<String> {
    let (key, form) = (fold::key(name), search_form(name));
    let same = known.iter().find(|known| fold::key(known) == key);
    if let Some(found) = same.or_else(|| known.iter().find(|known| search_form(known) == form)) {
        return Ok(found.clone());
    }
    let most = (form.chars().count() / 3).max(1);
    let distances =
        known.iter().map(|known| (strsim::damerau_levenshtein(&form, &search_form(known)), known));
    match distances.filter(|(distance, _)| *distance <= most).min() {
        Some((_, similar)) => {
            bail!(Misuse(format!("there is no entity named \"{name}\"; did you mean \"{similar}\"?")))
        }
        None => bail!(Misuse(format!(
            "there is no entity named \"{name}\"; `diemtin entities` lists those that are tracked"
        ))),
    }
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    #[test]
    fn days_begin_at_midnight_of_the_zone() {
        let now = Timestamp::from_micros(1_795_000_000_000_000); // 2026-11-18T09:06:40Z
        let days = Days::from(now.minus(2 * DAY), now, chrono_tz::Asia::Ho_Chi_Minh).unwrap();
        assert_eq!(
            days.dates.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2026-11-16", "2026-11-17", "2026-11-18"]
        );
        assert_eq!(days.begins[2].rfc3339(), "2026-11-17T17:00:00Z");
        assert!(Days::from(now.minus(2_000 * DAY), now, chrono_tz::UTC).is_err());
        assert!(Days::from(now.plus(2 * DAY), now, chrono_tz::UTC).is_err());
    }

    #[test]
    fn an_entity_is_meant_whatever_its_case_and_marks() {
        let known = BTreeSet::from(["Tập Cận Bình".to_owned(), "Huawei".to_owned()]);
        assert_eq!(meant("tap can binh", &known).unwrap(), "Tập Cận Bình");
        assert_eq!(meant("HUAWEI", &known).unwrap(), "Huawei");
        assert!(meant("Huawie", &known).unwrap_err().to_string().contains("did you mean \"Huawei\"?"));
        assert!(meant("Nvidia", &known).unwrap_err().to_string().contains("lists those"));
    }
}
