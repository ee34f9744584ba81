//! `[[webhook]]`. Its address may itself be a secret, so no message repeats it.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::Check;
use super::name::Names;
use super::source::read_web_address;
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
    let name = names.take(raw.name.as_ref(), check.report);
    let url = address(located, check);
    let secret = signing_secret(raw, check);
    Some(Webhook { name: name?, url: url?, secret })
}

fn address(located: &Located<raw::Webhook>, check: &mut Check<'_, '_>) -> Option<Secret<Url>> {
    let raw = located.get();
    let (span, text) = match (&raw.url, &raw.url_env) {
        (Some(_), Some(env)) => {
            check.report.problem(env.span(), "give either \"url\" or \"url_env\", not both");
            return None;
        }
        (None, None) => {
            if !check.report.doubts(located.span().start, &["url", "url_env"]) {
                let message = "[[webhook]] needs \"url\" or \"url_env\"".to_owned();
                check.report.absence(located.span(), message, None);
            }
            return None;
        }
        (Some(url), None) => (url.span(), Ok(Secret::new(url.get().clone()))),
        (None, Some(env)) => (env.span(), secret::from_env(env.get(), check.env)),
    };
    let url = text.and_then(|text| read_web_address(text.expose()));
    reported(url.map(Secret::new), span, check)
}

fn signing_secret(raw: &raw::Webhook, check: &mut Check<'_, '_>) -> Option<Secret<Vec<u8>>> {
    let (span, text) = match (&raw.secret_file, &raw.secret_env) {
        (Some(_), Some(env)) => {
            check.report.problem(env.span(), "give either \"secret_file\" or \"secret_env\", not both");
            return None;
        }
        (None, None) => return None,
        (Some(file), None) => (file.span(), secret::from_file(&check.base_dir.join(file.get()))),
        (None, Some(env)) => (env.span(), secret::from_env(env.get(), check.env)),
    };
    let key = text.and_then(|text| signing_key(text.expose()));
    reported(key.map(Secret::new), span, check)
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

fn reported<T>(value: Result<T, String>, span: Range<usize>, check: &mut Check<'_, '_>) -> Option<T> {
    match value {
        Ok(value) => Some(value),
        Err(message) => {
            check.report.problem(span, message);
            None
        }
    }
}
