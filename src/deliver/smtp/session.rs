//! One SMTP connection, step by step, so that each failure says at which step.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::time::timeout;

use super::super::letter::Letter;
use super::super::{Security, SmtpSettings, Token, TokenPlace};
use super::{Failure, Server, Stage};

/// A kept connection that takes longer to stir is as good as closed.
const STIR: Duration = Duration::from_secs(5);

/// A connection that is ready for a mail.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    used: Instant,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Connects, protects the connection and logs in.
    pub(super) async fn open(server: &Server) -> Result<Self, Failure> {
        let settings = &server.settings;
        let hello = match &settings.hello {
            Some(name) => ClientId::Domain(name.clone()),
            None => ClientId::default(),
        };
        let host = settings.host.trim_start_matches('[').trim_end_matches(']');
        let at_once = server.tls.clone().filter(|_| settings.security == Security::Tls);
        let address = (host, settings.port);
        let opened = AsyncSmtpConnection::connect_tokio1(
            address,
            Some(settings.timeout),
            &hello,
            at_once,
            None::<IpAddr>,
        );
        let mut connection = opened.await.map_err(|error| Failure::at(Stage::Connect, &error))?;
        if let (Security::StartTls, Some(tls)) = (settings.security, server.tls.clone()) {
            connection.starttls(tls, &hello).await.map_err(|error| Failure::at(Stage::Protect, &error))?;
        }
        log_in(&mut connection, settings).await?;
        Ok(Self { connection, used: Instant::now() })
    }

    /// Takes leave of the server.
    pub(super) async fn close(mut self) {
        if let Err(error) = self.connection.quit().await {
            tracing::debug!(%error, "the mail server did not say goodbye");
        }
    }

    /// How long it has been lying about.
    pub(super) fn idle_for(&self) -> Duration {
        self.used.elapsed()
    }

    /// Whether the server still answers; leaves it with nothing half done.
    pub(super) async fn is_alive(&mut self) -> bool {
        matches!(timeout(STIR, self.connection.command(Rset)).await, Ok(Ok(_)))
    }

    /// Hands over a mail; ends well only with the server's word that it has it.
    pub(super) async fn send(&mut self, letter: &Letter) -> Result<(), Failure> {
        let sender = Mail::new(Some(letter.from.clone()), self.parameters(letter)?);
        self.step(Stage::Sender, sender, '2').await?;
        self.step(Stage::Recipient, Rcpt::new(letter.to.clone(), Vec::new()), '2').await?;
        self.step(Stage::Data, Data, '3').await?;
        self.step(Stage::Content, Content(&letter.text), '2').await?;
        self.used = Instant::now();
        Ok(())
    }

    fn parameters(&self, letter: &Letter) -> Result<Vec<MailParameter>, Failure> {
        if letter.text.is_ascii() {
            return Ok(Vec::new());
        }
        if self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Ok(vec![MailParameter::SmtpUtfEight]);
        }
        Err(Failure::unfit_address())
    }

    /// One command, and an answer of the class that it wants.
    async fn step(&mut self, stage: Stage, command: impl fmt::Display, wanted: char) -> Result<(), Failure> {
        let answer = self.connection.command(command).await.map_err(|error| Failure::at(stage, &error))?;
        if code(&answer).starts_with(wanted) {
            Ok(())
        } else {
            Err(Failure::out_of_step(stage, &code(&answer)))
        }
    }
}

async fn log_in(connection: &mut AsyncSmtpConnection, settings: &SmtpSettings) -> Result<(), Failure> {
    if let Some(token) = &settings.token {
        return show_token(connection, token).await;
    }
    let Some(login) = &settings.login else { return Ok(()) };
    let credentials = Credentials::new(login.user.clone(), login.password.clone());
    let mechanisms = [Mechanism::Plain, Mechanism::Login];
    let done = connection.auth(&mechanisms, &credentials).await;
    done.map(drop).map_err(|error| Failure::at(Stage::Login, &error))
}

/// XOAUTH2. A server that refuses the token says why in base64, and says no once that was acknowledged.
async fn show_token(connection: &mut AsyncSmtpConnection, token: &Token) -> Result<(), Failure> {
    let secret = match &token.place {
        TokenPlace::Value(secret) => secret.clone(),
        TokenPlace::File(path) => tokio::fs::read_to_string(path)
            .await
            .map_err(|error| Failure::of_token(&format!("{} cannot be read: {error}", path.display())))?,
    };
    let secret = secret.trim();
    let said = STANDARD.encode(format!("user={}\u{1}auth=Bearer {secret}\u{1}\u{1}", token.user));
    let hidden = |failure: Failure| failure.without(&[secret, &said]);
    let failed = |error| hidden(Failure::at(Stage::Login, &error));
    let answer = connection.command(format!("AUTH XOAUTH2 {said}\r\n")).await.map_err(failed)?;
    if code(&answer) == "235" {
        return Ok(());
    }
    let reason = answer.first_word().and_then(|word| STANDARD.decode(word).ok()).unwrap_or_default();
    match connection.command("\r\n").await {
        Ok(answer) => Err(Failure::out_of_step(Stage::Login, &code(&answer))),
        Err(error) => {
            Err(hidden(Failure::at(Stage::Login, &error).because(&String::from_utf8_lossy(&reason))))
        }
    }
}

fn code(answer: &Response) -> String {
    answer.code().to_string()
}

/// A mail as one write of the connection, dots doubled, with its closing dot. lettre's own way writes the dot
/// separately, which costs 40 ms a mail: Nagle's algorithm holds it back until the server acknowledges the rest.
struct Content<'a>(&'a str);

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: Cow<'_, str> = match self.0.strip_prefix('.') {
            Some(rest) => format!("..{rest}").into(),
            None => self.0.into(),
        };
        f.write_str(&text.replace("\r\n.", "\r\n.."))?;
        f.write_str(if text.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" })
    }
}
