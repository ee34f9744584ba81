//! The edges: the ways to publishers and to recipients.

use std::time::Duration;

use anyhow::Context as _;

use crate::config::{self, Config, Email, SmtpSecurity};
use crate::deliver::{
    self, Carrier, Channels, DkimSettings, Login, Security, SmtpSettings, Token, TokenPlace, WebhookSettings,
};
use crate::http;

/// The sender of mails that are only written to a folder.
const LOCAL_SENDER: &str = "diemtin <diemtin@localhost>";

/// One attempt at one mail; RFC 5321 lets a server take minutes for its answer after the text.
const SMTP_PATIENCE: Duration = Duration::from_mins(1);

/// The ways to recipients that `config` asks for.
pub fn channels(config: &Config, client: http::Client) -> anyhow::Result<Channels> {
    let mail = match &config.email {
        Some(email) => Carrier::Smtp(smtp_settings(email)),
        None => Carrier::Folder(config.daemon.data_dir.join("mail")),
    };
    let from = config.email.as_ref().map_or_else(|| LOCAL_SENDER.to_owned(), |email| email.from.clone());
    let dkim = config.email.as_ref().and_then(|email| email.dkim.as_ref()).map(|dkim| DkimSettings {
        selector: dkim.selector.clone(),
        domain: dkim.domain.clone(),
        key: dkim.key.expose().clone(),
    });
    let webhooks = webhook_settings(config).collect();
    Ok(Channels::new(deliver::Settings { from, mail, dkim, webhooks }, client)?)
}

pub(super) fn webhook_settings(config: &Config) -> impl Iterator<Item = WebhookSettings> {
    config.webhooks.iter().map(|webhook| WebhookSettings {
        name: webhook.name.clone(),
        kind: webhook.format.kind,
        url: webhook.url.expose().clone(),
        keys: webhook.secrets.expose().clone(),
        token: webhook.token.as_ref().map(|token| token.expose().clone()),
        thread_id: webhook.format.thread_id.clone(),
        headers: webhook.headers.expose().clone(),
    })
}

fn smtp_settings(email: &Email) -> SmtpSettings {
    SmtpSettings {
        host: email.host.clone(),
        port: email.port,
        security: match email.security {
            SmtpSecurity::Plain => Security::Plain,
            SmtpSecurity::StartTls => Security::StartTls,
            SmtpSecurity::Tls => Security::Tls,
        },
        login: email
            .login
            .as_ref()
            .map(|(user, password)| Login { user: user.clone(), password: password.expose().clone() }),
        token: email.token.as_ref().map(|(user, place)| Token {
            user: user.clone(),
            place: match place {
                config::TokenPlace::Value(token) => TokenPlace::Value(token.expose().clone()),
                config::TokenPlace::File(path) => TokenPlace::File(path.clone()),
            },
        }),
        hello: None,
        timeout: SMTP_PATIENCE,
    }
}

/// The HTTP client that `config` asks for.
pub fn http_client(config: &Config) -> anyhow::Result<http::Client> {
    http::Client::new(http::Settings {
        user_agent: user_agent(config.daemon.contact.as_deref()),
        timeout: config.fetch.timeout,
        allow_private: config.fetch.allow_private.clone(),
        extra_roots: config.fetch.extra_ca.clone(),
    })
    .context("the HTTP client cannot be set up")
}

/// Honest: the product, its version and how to reach whoever runs it.
pub fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let contact = contact.unwrap_or("self-hosted news monitor");
    format!("diemtin/{version} (+{contact})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_the_product_and_its_contact() {
        let agent = user_agent(Some("https://example.org/bot"));
        assert!(agent.starts_with("diemtin/") && agent.ends_with("(+https://example.org/bot)"), "{agent}");
    }
}
