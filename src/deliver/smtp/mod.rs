//! Mails over SMTP, on a few connections that are used again.
//!
//! lettre's own pool is not used: it takes a connection back even when its user was cut off in the middle of a
//! mail (by a timeout, say), and the next one would then read that mail's answers as its own.

mod session;
mod verdict;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::client::{CertificateStore, TlsParameters};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::letter::Letter;
use super::{Attempt, Security, SettingsError, SmtpSettings};
use session::Session;
use verdict::{Failure, Stage};

/// Connections at once: mail servers dislike many from one client, and one alone waits for each answer.
const CONNECTIONS: usize = 4;
/// A connection unused for longer is left: most servers close theirs after 1 to 5 minutes.
const IDLE: Duration = Duration::from_secs(50);

/// A mail server.
#[derive(Debug)]
pub(super) struct Smtp {
    server: Server,
    slots: Semaphore,
    idle: Mutex<Vec<Session>>,
}

/// How to reach it.
pub(super) struct Server {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.settings.fmt(f)
    }
}

impl Smtp {
    pub(super) fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        let tls = match settings.security {
            Security::Plain => None,
            Security::StartTls | Security::Tls => Some(tls(&settings.host)?),
        };
        let server = Server { settings, tls };
        Ok(Self { server, slots: Semaphore::new(CONNECTIONS), idle: Mutex::default() })
    }

    /// Hands the mail to the server. Waiting for a free connection does not count towards the timeout.
    pub(super) async fn send(&self, letter: &Letter) -> Attempt {
        let _slot = self.slots.acquire().await;
        let limit = self.server.settings.timeout;
        let done = timeout(limit, self.transfer(letter)).await;
        match done.unwrap_or_else(|_elapsed| Err(Failure::timeout(limit))) {
            Ok(()) => Attempt::Sent,
            Err(failure) => failure.judge(&self.server.settings, &letter.to),
        }
    }

    /// Connects and logs in, and sends nothing.
    pub(super) async fn probe(&self) -> Result<String, String> {
        let settings = &self.server.settings;
        let opened = timeout(settings.timeout, Session::open(&self.server)).await;
        match opened.unwrap_or_else(|_elapsed| Err(Failure::timeout(settings.timeout))) {
            Ok(session) => {
                session.close().await;
                let server = format!("{}:{}", settings.host, settings.port);
                let login = settings.login.is_some() || settings.token.is_some();
                let how = if login { "lets us log in" } else { "answers; there is no login" };
                Ok(format!("the mail server {server} {how}"))
            }
            Err(failure) => Err(failure.sentence(settings)),
        }
    }

    /// On a used connection first. Where that fails before the server has the mail, once more on a new one:
    /// servers drop old connections, and some take only so many mails on each (`OpenSMTPD` 100, then 452).
    async fn transfer(&self, letter: &Letter) -> Result<(), Failure> {
        if let Some(used) = self.reuse().await {
            match self.hand_over(used, letter).await {
                Err(failure) if failure.may_pass_on_a_new_connection() => {}
                done => return done,
            }
        }
        self.hand_over(Session::open(&self.server).await?, letter).await
    }

    /// Keeps the connection only where all went well; any other is in an unknown state and closed.
    async fn hand_over(&self, mut session: Session, letter: &Letter) -> Result<(), Failure> {
        session.send(letter).await?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        Ok(())
    }

    async fn reuse(&self) -> Option<Session> {
        loop {
            let mut session = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            if session.idle_for() < IDLE && session.is_alive().await {
                return Some(session);
            }
        }
    }
}

/// The system's roots where there are any, else Mozilla's, as for HTTP.
fn tls(host: &str) -> Result<TlsParameters, SettingsError> {
    let store = if rustls_native_certs::load_native_certs().certs.is_empty() {
        CertificateStore::WebpkiRoots
    } else {
        CertificateStore::Default
    };
    TlsParameters::builder(host.to_owned())
        .certificate_store(store)
        .build()
        .map_err(|error| SettingsError::Tls(error.to_string()))
}
