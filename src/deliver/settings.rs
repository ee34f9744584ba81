//! What the channels need to know; nothing here prints a secret.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

/// Where messages go.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The `From` header of mails, `Name <address>` or a bare address.
    pub from: String,
    /// What carries mails.
    pub mail: Carrier,
    /// Every webhook that deliveries may name.
    pub webhooks: Vec<WebhookSettings>,
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

/// A webhook of kind `generic`.
#[derive(Clone)]
pub struct WebhookSettings {
    /// Its name in sources.toml.
    pub name: String,
    /// Where messages are posted; may itself be a secret.
    pub url: Url,
    /// The key that signs them.
    pub key: Option<Vec<u8>>,
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
}
