//! `[[webhook]]`. Its address may itself be a secret, so no message repeats it.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::Check;
use super::access::{header, is_for_users, kept};
use super::name::Names;
use super::source::read_web_address;
use super::webhook_keys::{self, Kind};
use crate::config::located::Located;
use crate::config::secret::{self, Secret};
use crate::config::{Webhook, raw};

/// All webhooks of the file.
pub(super) fn all(raw: &[Located<raw::Webhook>], check: &mut Check<'_, '_>) -> Vec<Webhook> {
    let mut names = Names::new("[[webhook]]");
    raw.iter().filter_map(|webhook| checked(webhook, &mut names, check)).collect()
}

fn checked(located: &Located<raw::Webhook>, names: &mut Names, check: &mut Check<'_, '_>) -> Option<Webhook> {
    let raw = located.get();
    let kind = Kind::of(raw);
    let name = names.take(raw.name.as_ref(), check.report);
    let url = address(located, kind, check);
    let secrets = signing_secrets(raw, check);
    let token = token(located, kind, check);
    let format = webhook_keys::format(located, kind, check);
    let mut headers = Vec::new();
    for (name, value) in &raw.headers {
        if is_for_users(name, value.span(), check.report) {
            headers.extend(header(name, value.get(), value.span(), check.report));
        }
    }
    let (secrets, headers) = (Secret::new(secrets), Secret::new(headers));
    Some(Webhook { name: name?, url: url?, format, secrets, token, headers })
}

fn address(located: &Located<raw::Webhook>, kind: Kind, check: &mut Check<'_, '_>) -> Option<Secret<Url>> {
    let raw = located.get();
    let (span, text) = match (&raw.url, &raw.url_env) {
        (Some(_), Some(env)) => {
            check.report.problem(env.span(), "give either \"url\" or \"url_env\", not both");
            return None;
        }
        (None, None) => {
            if let Some(usual) = kind.usual_address() {
                return Url::parse(usual).ok().map(Secret::new);
            }
            if !check.report.doubts(located.span().start, &["url", "url_env"]) {
                let message = "[[webhook]] needs \"url\" or \"url_env\"".to_owned();
                check.report.absence(located.span(), message, None);
            }
            return None;
        }
        (Some(url), None) => (url.span(), Ok(Secret::new(url.get().clone()))),
        (None, Some(env)) => (env.span(), secret::from_env(env.get(), check.env)),
    };
    let url = text.and_then(|text| read_web_address(text.expose())).and_then(|url| kind.fits(url));
    reported(url.map(Secret::new), span, check)
}

fn signing_secrets(raw: &raw::Webhook, check: &mut Check<'_, '_>) -> Vec<Vec<u8>> {
    let found = kept(["secret_file", "secret_env"], [&raw.secret_file, &raw.secret_env], check);
    let Some((span, text)) = found else { return Vec::new() };
    if Kind::of(raw) != Kind(raw::WebhookKind::Generic) {
        let message = "only a webhook of kind = \"generic\" is signed; leave the secret out";
        check.report.problem(span, message);
        return Vec::new();
    }
    let keys = text.expose().split_whitespace().map(signing_key).collect();
    reported(keys, span, check).unwrap_or_default()
}

/// Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes.
fn signing_key(text: &str) -> Result<Vec<u8>, String> {
    let key = text.strip_prefix("whsec_").and_then(|encoded| STANDARD.decode(encoded).ok());
    key.filter(|key| (24..=64).contains(&key.len())).ok_or_else(|| {
        "the signing secret must be whsec_ and base64 of 24 to 64 bytes; make one with `echo whsec_$(openssl rand \
         -base64 32)`"
            .to_owned()
    })
}

fn token(located: &Located<raw::Webhook>, kind: Kind, check: &mut Check<'_, '_>) -> Option<Secret> {
    let raw = located.get();
    let given = raw.token_file.is_some() || raw.token_env.is_some();
    let found = kept(["token_file", "token_env"], [&raw.token_file, &raw.token_env], check);
    let Some((span, token)) = found else {
        let doubtful = check.report.doubts(located.span().start, &["token_file", "token_env"]);
        if !given && !doubtful && kind.needs_token() {
            let message = format!("[[webhook]] of kind = \"{kind}\" needs \"token_env\" or \"token_file\"");
            check.report.absence(located.span(), message, None);
        }
        return None;
    };
    reported(kind.token(token), span, check)
}

fn reported<T>(value: Result<T, String>, span: Range<usize>, check: &mut Check<'_, '_>) -> Option<T> {
    match value {
        Ok(value) => Some(value),
        Err(message) => {
            check.report.problem(span, message);
            None
        }
    }
}
