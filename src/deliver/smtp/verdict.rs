//! What a failure at some step of SMTP means for the mail, and what the user can do about it.

use std::error::Error;
use std::time::Duration;

use lettre::Address;

use super::super::{Attempt, Security, SmtpSettings};

/// How much of the server's words is passed on.
const LONGEST_WORDS: usize = 300;

/// The step at which it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting and greeting.
    Connect,
    /// STARTTLS.
    Protect,
    /// The certificate, whenever it came.
    Trust,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The mail itself: from here on the server may have it.
    Content,
    /// Somewhere, when time ran out.
    Unknown,
}

/// A failed step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    stage: Stage,
    /// The server's code, where it was the server that said no.
    code: Option<u16>,
    /// The server's or the network's words.
    words: String,
}

impl Failure {
    pub(super) fn at(stage: Stage, error: &lettre::transport::smtp::Error) -> Self {
        let stage = if is_distrust(error) { Stage::Trust } else { stage };
        let code = error.status().and_then(|code| code.to_string().parse().ok());
        let words = causes(error).last().map_or_else(|| error.to_string(), ToString::to_string);
        Self { stage, code, words: plain(&words) }
    }

    pub(super) fn timeout(after: Duration) -> Self {
        let words = format!("it took longer than {} s", after.as_secs_f64());
        Self { stage: Stage::Unknown, code: None, words }
    }

    /// The server's answer belongs to another command.
    pub(super) fn out_of_step(stage: Stage, code: &str) -> Self {
        Self { stage, code: None, words: format!("an unexpected {code}") }
    }

    /// The recipient's address is not ASCII, and the server cannot deal with that.
    pub(super) fn unfit_address() -> Self {
        let words = "it takes ASCII addresses only (no SMTPUTF8)".to_owned();
        Self { stage: Stage::Recipient, code: Some(553), words }
    }

    /// There is no token to show.
    pub(super) fn of_token(words: &str) -> Self {
        Self { stage: Stage::Login, code: None, words: plain(words) }
    }

    /// The failure without what is secret in the server's words.
    pub(super) fn without(self, secrets: &[&str]) -> Self {
        let hide = |words: String, secret: &&str| {
            if secret.is_empty() { words } else { words.replace(*secret, "***") }
        };
        Self { words: secrets.iter().fold(self.words, hide), ..self }
    }

    /// The failure with what the server said before it.
    pub(super) fn because(self, reason: &str) -> Self {
        Self { words: plain(&format!("{} {reason}", self.words)), ..self }
    }

    /// The failure as whoever looks before anything is sent wants it.
    pub(super) fn sentence(&self, settings: &SmtpSettings) -> String {
        let login = settings.login.as_ref();
        let words = login.map_or_else(|| self.words.clone(), |login| login.hide_in(&self.words));
        let said = self.code.map_or_else(|| words.clone(), |code| format!("{code} {words}"));
        let what = if self.is_permanent() { self.refusal() } else { self.setback() };
        let remedy =
            self.remedy(settings).trim_end_matches("it is tried again.").trim_end_matches([';', ' ']);
        format!("the mail server {}:{} {what} ({said}). {remedy}", settings.host, settings.port)
    }

    /// Whether the fault may lie in a connection that had been used before. Never once the mail was on its way.
    pub(super) fn may_pass_on_a_new_connection(&self) -> bool {
        let before_content = !matches!(self.stage, Stage::Content | Stage::Unknown);
        before_content && !self.is_permanent()
    }

    fn is_permanent(&self) -> bool {
        self.code.is_some_and(|code| (500..600).contains(&code))
    }

    /// A permanent no to this mail or recipient ends the delivery. Everything else may be mended, by time or by
    /// the user, and is tried again: nothing may be lost to a wrong password.
    pub(super) fn judge(&self, settings: &SmtpSettings, to: &Address) -> Attempt {
        let server = format!("{}:{}", settings.host, settings.port);
        let words =
            settings.login.as_ref().map_or_else(|| self.words.clone(), |login| login.hide_in(&self.words));
        let said = self.code.map_or_else(|| words.clone(), |code| format!("{code} {words}"));
        let later = |what: &str, remedy: &str| Attempt::TryLater {
            why: format!("The mail server {server} {what} ({said}). {remedy}"),
            after: None,
        };
        if !self.is_permanent() {
            return later(self.setback(), self.remedy(settings));
        }
        match self.stage {
            Stage::Recipient | Stage::Data | Stage::Content if !self.blames_the_configuration() => {
                Attempt::GiveUp {
                    why: format!(
                        "The mail server {server} refuses this mail to {to} for good ({said}). Correct the address, or ask who runs that server, and try it again."
                    ),
                }
            }
            _ => later(self.refusal(), self.remedy(settings)),
        }
    }

    /// Refusals of relaying and of senders that did not log in come as answers to RCPT and DATA too; so do 5.7.x
    /// (RFC 3463: security or policy), as Postfix says to someone who forgot the login. About the mail itself
    /// 5.7.x mostly means that it looks like spam, which no setting mends.
    fn blames_the_configuration(&self) -> bool {
        if self.stage != Stage::Content && self.words.starts_with("5.7.") {
            return true;
        }
        let words = self.words.to_lowercase();
        let telling = ["relay", "authenticat", "not logged in", "login", "sender", "starttls"];
        self.code == Some(530) || telling.iter().any(|part| words.contains(part))
    }

    fn setback(&self) -> &'static str {
        match (self.stage, self.code) {
            (Stage::Connect, None) => "cannot be reached",
            (Stage::Protect, None) => "offers no secure connection",
            (Stage::Trust, _) => "did not prove who it is",
            (Stage::Login, _) => "does not let us log in",
            (Stage::Content | Stage::Unknown, None) => "did not say whether it has the mail",
            (_, None) => "broke off",
            (_, Some(_)) => "wants the mail later",
        }
    }

    fn refusal(&self) -> &'static str {
        match self.stage {
            Stage::Login => "does not accept the login",
            Stage::Sender => "does not accept the sender",
            Stage::Connect | Stage::Protect | Stage::Trust | Stage::Unknown => "does not serve us",
            Stage::Recipient | Stage::Data | Stage::Content => "does not carry our mail",
        }
    }

    /// What to mend in sources.toml, most likely thing first.
    fn remedy(&self, settings: &SmtpSettings) -> &'static str {
        match self.stage {
            Stage::Login if settings.token.is_some() => {
                "Check user and token_file (or token_env) under [email]: tokens run out and have to be renewed; it is tried again."
            }
            Stage::Login => {
                "Check user and password_file (or password_env) under [email]; it is tried again."
            }
            Stage::Protect => {
                "Check smtp under [email]: starttls:// needs a server that offers it; it is tried again."
            }
            Stage::Trust => {
                "Its certificate must be for the name in smtp under [email]; one from an authority of your own needs that one's file in SSL_CERT_FILE. It is tried again."
            }
            Stage::Connect if self.code.is_none() && settings.security == Security::Tls => {
                "Check smtp under [email]: smtps:// is mostly port 465, starttls:// 587; it is tried again."
            }
            Stage::Connect => "Check smtp under [email] if this goes on; it is tried again.",
            Stage::Sender | Stage::Recipient | Stage::Data | Stage::Content if self.is_permanent() => {
                if settings.login.is_none() && settings.token.is_none() {
                    "It may want a login: write user and password_file under [email]; it is tried again."
                } else {
                    "Check from and user under [email]: the login may not be allowed to send as this sender; it is tried again."
                }
            }
            _ => "It is tried again.",
        }
    }
}

/// Whether TLS failed for want of trust, not of TLS.
fn is_distrust(error: &lettre::transport::smtp::Error) -> bool {
    let wrapped = causes(error).find_map(|cause| cause.downcast_ref::<std::io::Error>());
    let tls =
        wrapped.and_then(std::io::Error::get_ref).and_then(|cause| cause.downcast_ref::<rustls::Error>());
    matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
}

/// What lies below an error, outermost first; lettre wraps some of its own in themselves.
fn causes(error: &lettre::transport::smtp::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source())
}

/// Another program's words on one line, cut where it rambles.
fn plain(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_WORDS).collect()
}
