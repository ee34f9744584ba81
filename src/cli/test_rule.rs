//! `diemtin test-rule`: a rule tried on the stored articles before it stands in sources.toml.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::json;

use super::Session;
use super::args::TestRule;
use super::export::moment_since;
use super::output::{self, Misuse, Output};
use super::trial::{Fired, Pages, by_day};
use crate::alert::{Evidence, Rule};
use crate::clock::Clock;
use crate::config::{self, Catalogue};
use crate::entity::{Matcher, check_pattern};
use crate::model::Timestamp;
use crate::pipeline::Parts;
use crate::store::{Store, StoredArticle};

/// What a rule would have done.
struct Trial {
    since: Timestamp,
    /// How many articles it was asked about.
    asked: usize,
    /// Those for which it holds, the oldest first.
    fired: Vec<Fired>,
    /// The names and phrases of the rule that stand in none of them.
    absent: Vec<String>,
}

pub(super) async fn run(session: &Session, arguments: TestRule) -> anyhow::Result<ExitCode> {
    let path = session.config_path();
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let catalogue = config::catalogue(&text, &path.to_string_lossy())?;
    let rule = parsed(&arguments.rule, &catalogue)?;
    let matcher = Matcher::new(&catalogue.entities, &rule.phrases())?;
    let doubt = rule.doubt().map(|doubt| doubt.to_string());
    if let Some(doubt) = &doubt {
        output::complain_of(&format!("{doubt}."));
    }
    let since = moment_since(&arguments.since, Clock::System.now())?;
    let asked = Asked { names: named(&rule, &catalogue), rule, matcher };
    let trial = try_on(&session.store()?, &asked, since).await?;
    match session.output {
        Output::Json => output::json(&as_json((&arguments.rule, doubt), &trial, arguments.limit))?,
        Output::Text => show(&trial, arguments.limit)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn parsed(text: &str, catalogue: &Catalogue) -> anyhow::Result<Rule> {
    let names: Vec<&str> = catalogue.entities.iter().map(|entity| entity.name.as_str()).collect();
    let rule = match Rule::parse(text, &names) {
        Ok(rule) => rule,
        Err(error) => bail!(Misuse(output::pointed_at(&error.message, text, error.start..error.end))),
    };
    for phrase in rule.phrases() {
        check_pattern(&phrase)?;
    }
    Ok(rule)
}

/// A rule and what it is judged by.
struct Asked {
    rule: Rule,
    matcher: Matcher,
    /// The entities that it names.
    names: Vec<String>,
}

fn named(rule: &Rule, catalogue: &Catalogue) -> Vec<String> {
    let names = catalogue.entities.iter().map(|entity| &entity.name);
    names.filter(|name| rule.names(|named| named == name.as_str())).cloned().collect()
}

async fn try_on(store: &Store, asked: &Asked, since: Timestamp) -> anyhow::Result<Trial> {
    let mut trial = Trial { since, asked: 0, fired: Vec::new(), absent: Vec::new() };
    let phrases = asked.rule.phrases().into_iter().map(|phrase| format!("\"{phrase}\""));
    let mut absent: BTreeSet<String> = asked.names.iter().cloned().chain(phrases).collect();
    let mut pages = Pages::since(store, since);
    while let Some(page) = pages.next().await? {
        trial.asked += page.len();
        trial.fired.extend(page.iter().filter(|stored| holds(asked, stored, &mut absent)).map(Fired::of));
    }
    trial.absent = absent.into_iter().collect();
    Ok(trial)
}

/// Whether the rule holds for an article. What stands in it is no longer `absent`.
fn holds(asked: &Asked, stored: &StoredArticle, absent: &mut BTreeSet<String>) -> bool {
    let parts = Parts::of(&stored.article);
    let fields = parts.fields();
    let found = asked.matcher.find(&stored.source, &fields);
    if !absent.is_empty() {
        found.mentions.iter().for_each(|mention| _ = absent.remove(&mention.entity));
        found.phrases.iter().for_each(|hit| _ = absent.remove(&format!("\"{}\"", hit.phrase)));
    }
    asked.rule.holds(&Evidence::of(&found, &fields))
}

fn show(trial: &Trial, limit: usize) -> anyhow::Result<()> {
    let (fired, asked) = (trial.fired.len(), trial.asked);
    output::line(format!(
        "It would have fired on {fired} of {asked} articles stored since {}.",
        trial.since.rfc3339()
    ))?;
    if asked > 0 && !trial.absent.is_empty() {
        output::line(format!("In none of them stands: {}.", trial.absent.join(", ")))?;
    }
    for (day, count) in by_day(&trial.fired) {
        output::line(format!("  {day}  {count}"))?;
    }
    for fired in trial.fired.iter().rev().take(limit) {
        fired.show("")?;
    }
    if fired > limit {
        output::line(format!("… and {} more; --limit shows them.", fired - limit))?;
    }
    Ok(())
}

fn as_json((rule, doubt): (&str, Option<String>), trial: &Trial, limit: usize) -> serde_json::Value {
    let items: Vec<_> = trial.fired.iter().rev().take(limit).map(Fired::as_json).collect();
    json!({
        "rule": rule, "since": trial.since.rfc3339(), "articles": trial.asked, "fired": trial.fired.len(),
        "days": by_day(&trial.fired), "items": items, "doubt": doubt, "absent": trial.absent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_the_rule_is_pointed_at() {
        let entities = "[[entity]]\nname = \"Huawei\"\n";
        let catalogue = config::catalogue(entities, "sources.toml").unwrap();
        let error = parsed("华为 AND Huawie", &catalogue).unwrap_err().to_string();
        assert!(error.ends_with("\n  华为 AND Huawie\n  ^^^^"), "{error}");
        let error = parsed("\"华为\" AND Huawie", &catalogue).unwrap_err().to_string();
        assert!(
            error.contains("Did you mean Huawei?") && error.ends_with("\n             ^^^^^^"),
            "{error}"
        );
        assert!(parsed("title(Huawei)", &catalogue).is_ok());
    }

    #[test]
    fn the_rule_is_asked_about_title_and_text() {
        let catalogue = config::catalogue("[[entity]]\nname = \"Huawei\"\n", "sources.toml").unwrap();
        let rule = parsed("Huawei SAME paragraph \"chip\"", &catalogue).unwrap();
        let matcher = Matcher::new(&catalogue.entities, &rule.phrases()).unwrap();
        let asked = Asked { names: named(&rule, &catalogue), rule, matcher };
        let stored = |paragraphs: &[&str]| StoredArticle {
            id: crate::model::ArticleId::new(Timestamp::EPOCH),
            seq: 1,
            source: "Báo".to_owned(),
            first_seen_at: Timestamp::EPOCH,
            content_hash: None,
            epoch: None,
            article: crate::model::Article {
                paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
                ..Default::default()
            },
        };
        let mut absent = BTreeSet::from(["Huawei", "\"chip\""].map(str::to_owned));
        assert!(!holds(&asked, &stored(&["Huawei."]), &mut absent));
        assert_eq!(absent, BTreeSet::from(["\"chip\"".to_owned()]));
        assert!(holds(&asked, &stored(&["Huawei ra chip."]), &mut absent));
        assert!(!holds(&asked, &stored(&["Huawei.", "Một con chip."]), &mut absent));
        assert!(absent.is_empty());
    }
}
