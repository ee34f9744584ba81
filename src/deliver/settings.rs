//! What the channels need to know; nothing here prints a secret.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use url::Url;

use crate::model::WebhookKind;

/// Where messages go.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The `From` header of mails, `Name <address>` or a bare address.
    pub from: String,
    /// What carries mails.
    pub mail: Carrier,
    /// What mails are signed with.
    pub dkim: Option<DkimSettings>,
    /// Every webhook that deliveries may name.
    pub webhooks: Vec<WebhookSettings>,
}

/// DKIM (RFC 6376).
#[derive(Clone)]
pub struct DkimSettings {
    /// Under which name the public key stands in the DNS.
    pub selector: String,
    /// The domain that signs.
    pub domain: String,
    /// The private key in DER: RSA or Ed25519.
    pub key: Vec<u8>,
}

impl fmt::Debug for DkimSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DkimSettings").field("domain", &self.domain).finish_non_exhaustive()
    }
}

/// What carries mails.
#[derive(Debug, Clone)]
pub enum Carrier {
    /// A mail server.
    Smtp(SmtpSettings),
    /// A folder of `.eml` files, made where it is missing.
    Folder(PathBuf),
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// User name and password, where it wants them.
    pub login: Option<Login>,
    /// User name and OAuth token, where it wants those instead (XOAUTH2).
    pub token: Option<Token>,
    /// What this machine calls itself in EHLO; an address literal is sent where there is no name.
    pub hello: Option<String>,
    /// The longest that one attempt may take, from connecting to the server's word that it has the mail.
    pub timeout: Duration,
}

/// How an SMTP connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all.
    Plain,
    /// Upgraded by STARTTLS; without that nothing is sent.
    StartTls,
    /// From the first byte.
    Tls,
}

/// User name and password.
#[derive(Clone)]
pub struct Login {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl Login {
    /// What a server said, without the password: some repeat the command that they refuse, and AUTH holds it in base64.
    pub(super) fn hide_in(&self, words: &str) -> String {
        let (user, password) = (&self.user, &self.password);
        let plain = STANDARD.encode(format!("\0{user}\0{password}"));
        let forms = [plain, STANDARD.encode(password), password.clone()];
        let mut hidden = words.to_owned();
        for form in forms.iter().filter(|form| !form.is_empty()) {
            hidden = hidden.replace(form, "***");
        }
        hidden
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// User name and OAuth token.
#[derive(Clone)]
pub struct Token {
    /// The user name.
    pub user: String,
    /// Where the token is.
    pub place: TokenPlace,
}

/// Where a token is.
#[derive(Clone)]
pub enum TokenPlace {
    /// Here.
    Value(String),
    /// In a file that is read for each connection: tokens last an hour or so.
    File(PathBuf),
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A webhook.
#[derive(Clone)]
pub struct WebhookSettings {
    /// Its name in sources.toml.
    pub name: String,
    /// Which service it belongs to.
    pub kind: WebhookKind,
    /// Where messages are posted, or the server where that follows from the kind; may itself be a secret.
    pub url: Url,
    /// The keys that sign them.
    pub keys: Vec<Vec<u8>>,
    /// What the service knows us by.
    pub token: Option<String>,
    /// The thread of a Discord channel.
    pub thread_id: Option<String>,
    /// Further headers, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl WebhookSettings {
    /// A webhook of kind `generic` that signs nothing.
    pub fn generic(name: &str, url: Url) -> Self {
        Self {
            name: name.to_owned(),
            kind: WebhookKind::Generic,
            url,
            keys: Vec::new(),
            token: None,
            thread_id: None,
            headers: Vec::new(),
        }
    }

    /// What tells it from the same webhook after someone changed its address, its kind or its token: a hash, which says
    /// nothing of them.
    pub fn fingerprint(&self) -> String {
        let parts =
            [self.kind.as_str(), self.url.as_str(), self.token.as_deref().unwrap_or_default()].join("\n");
        STANDARD.encode(Sha256::digest(parts))
    }

    /// What a service said, without the token.
    pub(super) fn hide_in(&self, words: &str) -> String {
        match self.token.as_deref().filter(|token| !token.is_empty()) {
            Some(token) => words.replace(token, "***"),
            None => words.to_owned(),
        }
    }
}

impl fmt::Debug for WebhookSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSettings").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Why there are no channels.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The sender is no mail address.
    #[error("{0:?} is not a sender; write from = \"Name <address@example.org>\" under [email]")]
    Sender(String),
    /// TLS for SMTP does not start.
    #[error("TLS for the mail server could not be set up: {0}")]
    Tls(String),
    /// The key signs no mails.
    #[error("the key of dkim_key_file under [email] cannot be used: {0}")]
    Dkim(String),
}
