//! What a source's site is shown: headers of its own, a cookie, a login.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Check;
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::config::secret::{self, Secret};
use crate::model::Access;

/// What the HTTP client writes itself, or what would say something else about the connection than is true.
const NOT_FOR_USERS: [&str; 13] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// What the site of this source is shown. No problem repeats a value.
pub(super) fn access(raw: &raw::Source, check: &mut Check<'_, '_>) -> Access {
    let mut headers = Vec::new();
    for (name, value) in &raw.headers {
        if is_for_users(name, value.span(), check.report) {
            headers.extend(header(name, value.get(), value.span(), check.report));
        }
    }
    if let Some(agent) = &raw.user_agent {
        headers.extend(header("user-agent", agent.get(), agent.span(), check.report));
    }
    if let Some((span, cookie)) =
        kept(["cookie_file", "cookie_env"], [&raw.cookie_file, &raw.cookie_env], check)
    {
        headers.extend(header("cookie", cookie.expose(), span, check.report));
    }
    let login =
        kept(["basic_auth_file", "basic_auth_env"], [&raw.basic_auth_file, &raw.basic_auth_env], check);
    if let Some((span, login)) = login {
        headers.extend(basic(login.expose(), span, check.report));
    }
    Access::new(headers)
}

pub(super) fn is_for_users(name: &str, span: Range<usize>, report: &mut Report<'_>) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        report.problem(span, format!("\"{}\" is no name of a header", name.escape_debug()));
        return false;
    }
    if NOT_FOR_USERS.iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
        report.problem(span, format!("the header {name} is diemtin's own to send"));
        return false;
    }
    true
}

/// A header, where its value can be sent.
pub(super) fn header(
    name: &str,
    value: &str,
    span: Range<usize>,
    report: &mut Report<'_>,
) -> Option<(String, String)> {
    if value.trim().is_empty() || !value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        let message =
            format!("the header {name} needs a value of letters, digits and signs of ASCII on one line");
        report.problem(span, message);
        return None;
    }
    Some((name.to_ascii_lowercase(), value.trim().to_owned()))
}

/// `user:password` as RFC 7617 sends it.
fn basic(login: &str, span: Range<usize>, report: &mut Report<'_>) -> Option<(String, String)> {
    if !login.contains(':') || login.chars().any(char::is_control) {
        report.problem(span, "the login must be written as USER:PASSWORD on one line");
        return None;
    }
    Some(("authorization".to_owned(), format!("Basic {}", STANDARD.encode(login))))
}

/// The secret that one of two keys leads to, a file or a variable, and where that key's value stands.
pub(super) fn kept(
    names: [&str; 2],
    [file, env]: [&Option<Located<String>>; 2],
    check: &mut Check<'_, '_>,
) -> Option<(Range<usize>, Secret)> {
    let (span, secret) = match (file, env) {
        (Some(_), Some(env)) => {
            let [file, variable] = names;
            check.report.problem(env.span(), format!("give either \"{file}\" or \"{variable}\", not both"));
            return None;
        }
        (Some(file), None) => (file.span(), secret::from_file(&check.base_dir.join(file.get()))),
        (None, Some(env)) => (env.span(), secret::from_env(env.get(), check.env)),
        (None, None) => return None,
    };
    match secret {
        Ok(secret) => Some((span, secret)),
        Err(message) => {
            check.report.problem(span, message);
            None
        }
    }
}
