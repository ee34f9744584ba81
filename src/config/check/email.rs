//! `[email]`.

use url::{Host, Url};

use super::access::kept;
use super::{Check, address, dkim};
use crate::config::located::Located;
use crate::config::secret::{self, Secret};
use crate::config::{Email, SmtpSecurity, TokenPlace, raw};

/// The mail server.
pub(super) fn checked(located: &Located<raw::Email>, check: &mut Check<'_, '_>) -> Option<Email> {
    let raw = located.get();
    let server = raw.smtp.as_ref().and_then(|smtp| server(smtp, check));
    let login = login(located, check);
    let from = raw.from.as_ref().and_then(|from| sender(from, check));
    let token = token(located, check);
    let dkim = dkim::checked(raw, from.as_deref(), check);
    let (security, host, port) = server?;
    Some(Email { host, port, security, login, token, from: from?, dkim })
}

/// A token instead of a password. One in a file may be renewed there while the daemon runs.
fn token(located: &Located<raw::Email>, check: &mut Check<'_, '_>) -> Option<(String, TokenPlace)> {
    let raw = located.get();
    let (span, token) = kept(["token_file", "token_env"], [&raw.token_file, &raw.token_env], check)?;
    if raw.password_file.is_some() || raw.password_env.is_some() {
        check.report.problem(span, "give either a password or a token, not both");
        return None;
    }
    let Some(user) = &raw.user else {
        if !check.report.doubts(located.span().start, &["user"]) {
            let message = "[email] has a token and needs a \"user\"".to_owned();
            check.report.absence(located.span(), message, None);
        }
        return None;
    };
    let place = match &raw.token_file {
        Some(file) => TokenPlace::File(check.base_dir.join(file.get())),
        None => TokenPlace::Value(token),
    };
    Some((user.get().clone(), place))
}

fn server(smtp: &Located<String>, check: &mut Check<'_, '_>) -> Option<(SmtpSecurity, String, u16)> {
    let server = read_server(smtp.get());
    if let Err(message) = &server {
        check.report.problem(smtp.span(), *message);
    }
    server.ok()
}

/// Messages do not repeat the address: it may hold a password.
fn read_server(text: &str) -> Result<(SmtpSecurity, String, u16), &'static str> {
    const FORM: &str =
        "\"smtp\" must be smtps://HOST:PORT (TLS), starttls://HOST:PORT or smtp://HOST:PORT (not encrypted)";
    let url = Url::parse(text.trim()).map_err(|_not_a_url| FORM)?;
    let (security, default_port) = match url.scheme() {
        "smtp" => (SmtpSecurity::Plain, 25),
        "starttls" => (SmtpSecurity::StartTls, 587),
        "smtps" => (SmtpSecurity::Tls, 465),
        _ => return Err(FORM),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "\"smtp\" must not hold a login; use \"user\" with \"password_file\" or \"password_env\"",
        );
    }
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let host = url.host_str().filter(|_| bare).ok_or(FORM)?;
    let host = match Host::parse(host).map_err(|_not_a_host| FORM)? {
        Host::Domain(domain) => domain,
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    Ok((security, host, url.port().unwrap_or(default_port)))
}

fn login(located: &Located<raw::Email>, check: &mut Check<'_, '_>) -> Option<(String, Secret)> {
    let raw = located.get();
    let password = match (&raw.password_file, &raw.password_env) {
        (Some(_), Some(env)) => {
            check.report.problem(env.span(), "give either \"password_file\" or \"password_env\", not both");
            return None;
        }
        (Some(file), None) => {
            secret::from_file(&check.base_dir.join(file.get())).map_err(|error| (file.span(), error))
        }
        (None, Some(env)) => secret::from_env(env.get(), check.env).map_err(|error| (env.span(), error)),
        (None, None) if raw.token_file.is_some() || raw.token_env.is_some() => return None,
        (None, None) => {
            let doubtful = check.report.doubts(located.span().start, &["password_file", "password_env"]);
            if let Some(user) = raw.user.as_ref().filter(|_| !doubtful) {
                let message = "a \"user\" needs \"password_file\" or \"password_env\"".to_owned();
                check.report.absence(user.span(), message, None);
            }
            return None;
        }
    };
    if raw.user.is_none() && !check.report.doubts(located.span().start, &["user"]) {
        check.report.absence(located.span(), "[email] has a password and needs a \"user\"".to_owned(), None);
    }
    match password {
        Ok(password) => Some((raw.user.as_ref()?.get().clone(), password)),
        Err((span, message)) => {
            check.report.problem(span, message);
            None
        }
    }
}

fn sender(from: &Located<String>, check: &mut Check<'_, '_>) -> Option<String> {
    match address::mailbox(from.get()) {
        Ok(mailbox) => Some(mailbox),
        Err(message) => {
            check.report.problem(from.span(), message);
            None
        }
    }
}
