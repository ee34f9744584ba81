//! DKIM signatures (RFC 6376, and RFC 8463 for Ed25519), made with the ring that TLS uses anyway. lettre's own
//! feature would bring the `rsa` crate, whose timing leaks private keys (RUSTSEC-2023-0071).

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::SignatureScheme;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use sha2::{Digest, Sha256};

use super::{DkimSettings, SettingsError};
use crate::model::Timestamp;

/// What is signed where it stands in a mail; with it goes everything that a reader sees or a program acts upon.
const HEADERS: [&str; 11] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
];
/// Letters of base64 on a line.
const LINE: usize = 70;

/// Signs mails.
pub(super) struct Signer {
    selector: String,
    domain: String,
    key: Arc<dyn SigningKey>,
    scheme: SignatureScheme,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("selector", &self.selector)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

impl Signer {
    /// A signer with this key.
    pub(super) fn new(settings: DkimSettings) -> Result<Self, SettingsError> {
        let unfit = |why: &str| SettingsError::Dkim(why.to_owned());
        let key = PrivateKeyDer::try_from(settings.key).map_err(unfit)?;
        let key = ring::default_provider()
            .key_provider
            .load_private_key(key)
            .map_err(|error| unfit(&error.to_string()))?;
        let schemes = [SignatureScheme::RSA_PKCS1_SHA256, SignatureScheme::ED25519];
        let signer = key.choose_scheme(&schemes).ok_or_else(|| unfit("it is neither RSA nor Ed25519"))?;
        let scheme = signer.scheme();
        Ok(Self { selector: settings.selector, domain: settings.domain, key, scheme })
    }

    /// The `DKIM-Signature` line of a mail with CRLF line ends, made at `at`; the same for the same mail.
    pub(super) fn sign(&self, mail: &str, at: Timestamp) -> Result<String, String> {
        let (head, body) = mail.split_once("\r\n\r\n").unwrap_or((mail, ""));
        let fields = fields(head);
        let signed: Vec<&(String, String)> =
            HEADERS.iter().filter_map(|wanted| fields.iter().rfind(|(name, _)| name == wanted)).collect();
        let names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
        let algorithm = if self.scheme == SignatureScheme::ED25519 { "ed25519-sha256" } else { "rsa-sha256" };
        let unsigned = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={}; s={};\r\n t={}; h={};\r\n bh={};\r\n b=",
            self.domain,
            self.selector,
            at.micros().div_euclid(1_000_000),
            names.join(":"),
            STANDARD.encode(Sha256::digest(relaxed_body(body))),
        );
        let mut lines: Vec<String> =
            signed.iter().map(|(name, value)| format!("{name}:{}", relaxed(value))).collect();
        lines.push(format!("dkim-signature:{}", relaxed(&unsigned)));
        let signature = self.signature(lines.join("\r\n").as_bytes()).ok_or("the DKIM key signs nothing")?;
        Ok(format!("DKIM-Signature: {unsigned}{}\r\n", folded(&STANDARD.encode(signature))))
    }

    /// RFC 8463 signs the hash of what RFC 6376 signs.
    fn signature(&self, data: &[u8]) -> Option<Vec<u8>> {
        let signer = self.key.choose_scheme(&[self.scheme])?;
        if self.scheme == SignatureScheme::ED25519 {
            return signer.sign(&Sha256::digest(data)).ok();
        }
        signer.sign(data).ok()
    }
}

/// Names in lower case and values as they stand, continuation lines included.
fn fields(head: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        match (line.starts_with([' ', '\t']), line.split_once(':'), fields.last_mut()) {
            (true, _, Some((_, value))) => {
                value.push_str("\r\n");
                value.push_str(line);
            }
            (false, Some((name, value)), _) => {
                fields.push((name.trim_end().to_ascii_lowercase(), value.to_owned()));
            }
            _ => {}
        }
    }
    fields
}

/// RFC 6376, 3.4.2: on one line, every run of white space one space, none at the ends.
fn relaxed(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// RFC 6376, 3.4.4: every run of white space one space, none at the end of a line, no empty lines at the end.
fn relaxed_body(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let mut in_space = false;
        for c in line.trim_end_matches([' ', '\t']).chars() {
            let blank = matches!(c, ' ' | '\t');
            if !blank {
                text.push(c);
            } else if !in_space {
                text.push(' ');
            }
            in_space = blank;
        }
        text.push_str("\r\n");
    }
    let kept = text.trim_end_matches("\r\n").len();
    text.truncate(kept);
    if !text.is_empty() {
        text.push_str("\r\n");
    }
    text
}

fn folded(base64: &str) -> String {
    let letters: Vec<char> = base64.chars().collect();
    let lines: Vec<String> = letters.chunks(LINE).map(|line| line.iter().collect()).collect();
    lines.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_compared_as_rfc_6376_shows() {
        assert_eq!(relaxed(" X "), "X");
        assert_eq!(relaxed(" Y\t\r\n\tZ  "), "Y Z");
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
        assert_eq!(
            fields("A: X\r\nB : Y\t\r\n\tZ"),
            [("a".to_owned(), " X".to_owned()), ("b".to_owned(), " Y\t\r\n\tZ".to_owned())]
        );
    }
}
