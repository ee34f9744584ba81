//! The plan: what sources.toml asks for, compiled.

use crate::config::Config;
use crate::entity::Matcher;
use crate::pipeline::{Backups, Plan, Retention, ScheduledDigest, Watch};

/// What `config` asks for, compiled.
pub fn plan(config: &Config) -> anyhow::Result<Plan> {
    let of_alerts = config.alerts.iter().filter_map(|alert| alert.rule.as_ref());
    let of_digests = config.digests.iter().filter_map(|scheduled| scheduled.digest.rule.as_ref());
    let phrases: Vec<String> = of_alerts.chain(of_digests).flat_map(crate::alert::Rule::phrases).collect();
    Ok(Plan {
        sources: config.sources.iter().map(|source| (source.name.clone(), source.clone())).collect(),
        cadences: config.cadences.clone(),
        rules: config.rules.clone(),
        pages: config
            .pages
            .iter()
            .map(|(name, page)| {
                (name.clone(), Watch { view: page.view.clone(), options: page.options.clone() })
            })
            .collect(),
        matcher: Matcher::new(&config.entities, &phrases)?,
        alerts: config.alerts.clone(),
        digests: config
            .digests
            .iter()
            .map(|scheduled| ScheduledDigest {
                digest: scheduled.digest.clone(),
                cron: scheduled.cron.clone(),
            })
            .collect(),
        notices: config.daemon.notices.clone(),
        retention: Retention {
            articles: config.store.keep_articles,
            revisions: config.store.keep_revisions,
            deliveries: config.store.keep_deliveries,
        },
        backups: config
            .store
            .backups
            .as_ref()
            .map(|backups| Backups { cron: backups.cron.clone(), keep: backups.keep }),
        webhooks: config
            .webhooks
            .iter()
            .map(|webhook| (webhook.name.clone(), webhook.format.clone()))
            .collect(),
        unsubscribe: None,
        templates: config.templates.clone(),
        language: config.daemon.language,
        languages: config.languages(),
        timezone: config.daemon.timezone,
    })
}
