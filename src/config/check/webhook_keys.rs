//! The keys of `[[webhook]]` that only some kinds have.

use std::fmt;
use std::ops::Range;

use url::Url;

use super::Check;
use super::daemon::language_of;
use crate::alert::render::{TemplateProblem, check_template};
use crate::config::located::Located;
use crate::config::raw::{self, WebhookKind as Raw};
use crate::config::secret::{self, Secret};
use crate::model::{WebhookFormat, WebhookKind};

/// A kind and what it asks of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind(pub(super) Raw);

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.model().as_str())
    }
}

impl Kind {
    pub(super) fn of(raw: &raw::Webhook) -> Self {
        Self(raw.kind.unwrap_or(Raw::Generic))
    }

    fn model(self) -> WebhookKind {
        match self.0 {
            Raw::Generic => WebhookKind::Generic,
            Raw::Slack => WebhookKind::Slack,
            Raw::Discord => WebhookKind::Discord,
            Raw::Telegram => WebhookKind::Telegram,
            Raw::Teams => WebhookKind::Teams,
            Raw::Mattermost => WebhookKind::Mattermost,
            Raw::Ntfy => WebhookKind::Ntfy,
            Raw::Gotify => WebhookKind::Gotify,
        }
    }

    /// The address of a service that has one for everybody.
    pub(super) fn usual_address(self) -> Option<&'static str> {
        match self.0 {
            Raw::Telegram => Some("https://api.telegram.org"),
            Raw::Ntfy => Some("https://ntfy.sh"),
            _ => None,
        }
    }

    /// The address as this kind takes it, or what is wrong with it.
    pub(super) fn fits(self, url: Url) -> Result<Url, String> {
        let path = url.path().trim_end_matches('/');
        match self.0 {
            Raw::Telegram if path.contains("/bot") => {
                Err("leave the address out and give the bot's token as \"token_env\" or \"token_file\""
                    .to_owned())
            }
            Raw::Ntfy if !path.is_empty() => {
                Err("give the server alone, as in \"https://ntfy.sh\", and the topic as \"topic\"".to_owned())
            }
            Raw::Gotify if path.ends_with("/message") || url.query().is_some() => {
                Err("give the server alone, and the application's token as \"token_env\" or \"token_file\""
                    .to_owned())
            }
            _ => Ok(url),
        }
    }

    pub(super) fn needs_token(self) -> bool {
        matches!(self.0, Raw::Telegram | Raw::Gotify)
    }

    /// The token as this kind takes it, or what is wrong with it; no message repeats it.
    pub(super) fn token(self, token: Secret) -> Result<Secret, String> {
        let text = token.expose();
        let is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        match self.0 {
            Raw::Slack | Raw::Discord | Raw::Teams | Raw::Mattermost => Err(format!(
                "a webhook of kind = \"{self}\" has its secret in its address; leave the token out"
            )),
            Raw::Telegram => {
                let parts = text.split_once(':');
                let good = parts.is_some_and(|(id, key)| {
                    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) && is_plain(key)
                });
                let wrong = "this is no token of a bot, which is a number, a colon and letters, as @BotFather gives it";
                if good { Ok(token) } else { Err(wrong.to_owned()) }
            }
            _ if text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(token),
            _ => Err("the token must be letters, digits and signs of ASCII on one line".to_owned()),
        }
    }
}

/// How the messages of the webhook are written.
pub(super) fn format(
    located: &Located<raw::Webhook>,
    kind: Kind,
    check: &mut Check<'_, '_>,
) -> WebhookFormat {
    let raw = located.get();
    let needs = |key: &str, check: &mut Check<'_, '_>| {
        if !check.report.doubts(located.span().start, &[key]) {
            let message = format!("[[webhook]] of kind = \"{kind}\" needs \"{key}\"");
            check.report.absence(located.span(), message, None);
        }
    };
    match (kind.0, &raw.chat_id, &raw.topic) {
        (Raw::Telegram, None, _) => needs("chat_id", check),
        (Raw::Ntfy, _, None) => needs("topic", check),
        _ => {}
    }
    WebhookFormat {
        kind: kind.model(),
        chat_id: raw.chat_id.as_ref().and_then(|id| chat(id, kind, check)),
        thread_id: raw.thread_id.as_ref().and_then(|id| thread(id, kind, check)),
        topic: raw.topic.as_ref().and_then(|topic| self::topic(topic, kind, check)),
        template: template(raw, kind, check),
        language: raw.language.map(language_of),
    }
}

fn chat(id: &Located<String>, kind: Kind, check: &mut Check<'_, '_>) -> Option<String> {
    let text = id.get().trim();
    let is_name =
        |name: &str| name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let good = text.parse::<i64>().is_ok() || text.strip_prefix('@').is_some_and(is_name);
    let wrong = "\"chat_id\" must be the number of a chat, as in \"-1001234567890\", or \"@channel\"";
    only_of(id, kind == Kind(Raw::Telegram), "\"telegram\" has a \"chat_id\"", (good, wrong), check)
}

fn thread(id: &Located<String>, kind: Kind, check: &mut Check<'_, '_>) -> Option<String> {
    let good = id.get().trim().parse::<u64>().is_ok();
    let has = matches!(kind.0, Raw::Telegram | Raw::Discord);
    let wrong = "\"thread_id\" must be a number, as in \"42\"";
    only_of(id, has, "\"telegram\" or \"discord\" has a \"thread_id\"", (good, wrong), check)
}

fn topic(topic: &Located<String>, kind: Kind, check: &mut Check<'_, '_>) -> Option<String> {
    let text = topic.get().trim();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let good = (1..=64).contains(&text.len()) && text.bytes().all(fits);
    let wrong = "\"topic\" must be 1 to 64 letters, digits, - or _ of ASCII";
    only_of(topic, kind == Kind(Raw::Ntfy), "\"ntfy\" has a \"topic\"", (good, wrong), check)
}

/// The text, where this kind has such a key and it is good.
fn only_of(
    key: &Located<String>,
    has: bool,
    who: &str,
    (good, wrong): (bool, &str),
    check: &mut Check<'_, '_>,
) -> Option<String> {
    if !has {
        check.report.problem(key.span(), format!("only a webhook of kind = {who}"));
        return None;
    }
    if !good {
        check.report.problem(key.span(), wrong);
        return None;
    }
    Some(key.get().trim().to_owned())
}

fn template(raw: &raw::Webhook, kind: Kind, check: &mut Check<'_, '_>) -> Option<String> {
    let (key, from_file) = match (&raw.template, &raw.template_file) {
        (Some(_), Some(file)) => {
            check.report.problem(file.span(), "give either \"template\" or \"template_file\", not both");
            return None;
        }
        (Some(text), None) => (text, None),
        (None, Some(file)) => (file, Some(check.base_dir.join(file.get()))),
        (None, None) => return None,
    };
    if kind.0 != Raw::Generic {
        let message =
            "only a webhook of kind = \"generic\" takes a template; the others have their own format";
        check.report.problem(key.span(), message);
        return None;
    }
    let Some(path) = from_file else { return written_here(key, check) };
    let read = secret::from_file(&path).map(|text| text.expose().clone());
    let checked = read.and_then(|text| match check_template(&text) {
        Ok(()) => Ok(text),
        Err(problem) => {
            let line = problem.line_in(&text).map(|line| format!(":{line}")).unwrap_or_default();
            Err(format!("{}{line}: {problem}", path.display()))
        }
    });
    checked.map_err(|message| check.report.problem(key.span(), message)).ok()
}

fn written_here(key: &Located<String>, check: &mut Check<'_, '_>) -> Option<String> {
    match check_template(key.get()) {
        Ok(()) => Some(key.get().clone()),
        Err(problem) => {
            let span = place(key, &problem, check.report.text()).unwrap_or(key.span());
            check.report.problem(span, problem.message);
            None
        }
    }
}

/// Where in the document the fault is, if the template stands there as it is, without escapes.
fn place(key: &Located<String>, problem: &TemplateProblem, document: &str) -> Option<Range<usize>> {
    let fault = problem.range.clone()?;
    let written = document.get(key.span())?;
    let start = key.span().start + written.find(key.get().as_str())?;
    Some(start + fault.start..start + fault.end)
}
