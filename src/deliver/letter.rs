//! A mail as it goes over the wire or into a file: the same bytes on every attempt.

use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::dkim::Signer;
use super::{Outgoing, SettingsError};
use crate::model::{DeliveryId, Timestamp};

/// A finished mail.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) from: Address,
    pub(super) to: Address,
    /// Headers and body with CRLF line ends; ASCII but for addresses that are not.
    pub(super) text: String,
    /// For a file: the same on each attempt, and in the order of the mails.
    pub(super) file_name: String,
}

/// Whose name is under the mails.
#[derive(Debug, Clone)]
pub(super) struct Sender(Mailbox);

impl Sender {
    /// Reads `Name <address>`, `"Name" <address>` or a bare address.
    pub(super) fn parse(text: &str) -> Result<Self, SettingsError> {
        let bad = || SettingsError::Sender(text.to_owned());
        let (name, rest) = match text.rsplit_once('<') {
            Some((name, rest)) => (name, rest.trim_end().strip_suffix('>').ok_or_else(bad)?),
            None => ("", text),
        };
        let name = one_line(name.trim().trim_matches('"'));
        let email = address(rest).ok_or_else(bad)?;
        Ok(Self(Mailbox::new(Some(name).filter(|name| !name.is_empty()), email)))
    }
}

impl Letter {
    /// Writes the mail; the error is a sentence for whoever mends the recipient's address.
    pub(super) fn write(
        outgoing: Outgoing,
        sender: &Sender,
        signer: Option<&Signer>,
    ) -> Result<Self, String> {
        let Outgoing::Mail { id, to, date, subject, text, html, list, unsubscribe, threads } = outgoing
        else {
            return Err("A webhook's message cannot go by mail.".to_owned());
        };
        let recipient = address(&to).ok_or_else(|| {
            format!(
                "{to:?} is not a mail address; correct it under to = [...] of the alert, digest or notice."
            )
        })?;
        let domain = sender.0.email.domain();
        let mut builder = Message::builder()
            .from(sender.0.clone())
            .to(Mailbox::new(None, recipient.clone()))
            .subject(one_line(&subject))
            .date(system_time(date))
            .message_id(Some(format!("<{id}@{domain}>")))
            .header(AutoSubmitted);
        if !threads.is_empty() {
            builder = builder.references(references(&threads, domain));
        }
        if let Some(list) = list {
            builder = builder.raw_header(list_id(&list, domain));
        }
        for header in unsubscribe.iter().flat_map(|link| one_click(link)) {
            builder = builder.raw_header(header);
        }
        let body = MultiPart::alternative()
            .boundary(format!("=_{id}"))
            .singlepart(SinglePart::plain(body_text(&text)))
            .singlepart(SinglePart::html(body_text(&html)));
        let message = builder
            .multipart(body)
            .map_err(|error| format!("The mail to {to} cannot be written: {error}."))?;
        let mut text = String::from_utf8_lossy(&message.formatted()).into_owned();
        if let Some(signer) = signer {
            let signature = signer
                .sign(&text, date)
                .map_err(|why| format!("The mail to {to} cannot be signed: {why}."))?;
            text.insert_str(0, &signature);
        }
        Ok(Self { from: sender.0.email.clone(), to: recipient, text, file_name: file_name(date, id) })
    }
}

/// RFC 3834: keeps holiday notices and other robots from answering.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// RFC 5322, 3.6.4: ids of messages that were never sent, which mail programs take for what these mails have in common.
fn references(threads: &[String], domain: &str) -> String {
    let fit = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let id = |thread: &String| format!("<{}@{domain}>", thread.chars().filter(fit).collect::<String>());
    threads.iter().map(id).collect::<Vec<_>>().join(" ")
}

/// RFC 2919: the list's name as a phrase and a label under the sender's domain, so that mail programs can sort by it.
fn list_id(name: &str, domain: &str) -> HeaderValue {
    let phrase: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let value = format!("{} <{}.{domain}>", one_line(&phrase), list_label(name));
    HeaderValue::new(HeaderName::new_from_ascii_str("List-Id"), value.trim_start().to_owned())
}

/// RFC 2369 and RFC 8058: mail programs show a button, and one click is enough.
fn one_click(link: &str) -> [HeaderValue; 2] {
    let header = |name, value| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    [
        header("List-Unsubscribe", format!("<{link}>")),
        header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
    ]
}

/// "Điểm tin sáng" becomes `diem-tin-sang`; a name that is not fully told by this gets a part of its hash, so that
/// "华为", "C" and "C++" stay three lists.
fn list_label(name: &str) -> String {
    let plain = name.nfd().filter(|c| !is_combining_mark(*c)).map(|c| match c {
        'Đ' | 'đ' => 'd',
        other => other.to_ascii_lowercase(),
    });
    let mut lost = false;
    let mut label = String::new();
    for c in plain {
        match c {
            'a'..='z' | '0'..='9' => label.push(c),
            ' ' | '-' if !label.is_empty() && !label.ends_with('-') => label.push('-'),
            _ => lost = true,
        }
    }
    let label = label.trim_end_matches('-');
    if !lost && !label.is_empty() && label.len() < 50 {
        return label.to_owned();
    }
    let hash = Sha256::digest(name).iter().take(4).fold(0_u32, |hash, byte| (hash << 8) | u32::from(*byte));
    let short: String = label.chars().take(40).collect();
    if short.is_empty() { format!("{hash:08x}") } else { format!("{short}-{hash:08x}") }
}

/// A mail address with its domain in ASCII; `None` for anything that could leave its line.
fn address(text: &str) -> Option<Address> {
    let (user, domain) = text.trim().rsplit_once('@')?;
    let unfit = |c: char| c.is_control() || c.is_whitespace() || "<>,;:\"".contains(c);
    if user.contains(unfit) {
        return None;
    }
    if domain.starts_with('[') {
        return Address::new(user, domain).ok();
    }
    let url::Host::Domain(domain) = url::Host::parse(domain).ok()? else {
        return None;
    };
    Address::new(user, domain).ok()
}

/// Text for a header: every control character and line break becomes a space, which stand singly.
fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}');
    text.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text for a body: line feeds alone (the writer makes CRLF of them), no other control characters but tabs.
fn body_text(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn system_time(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0))
}

fn file_name(date: Timestamp, id: DeliveryId) -> String {
    format!("{}-{id}.eml", date.to_utc().format("%Y%m%dT%H%M%SZ"))
}
