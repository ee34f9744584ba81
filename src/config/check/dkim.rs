//! The keys of `[email]` that mails are signed with.

use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::{SignatureScheme, crypto::ring};
use url::Host;

use super::Check;
use super::access::kept;
use crate::config::secret::Secret;
use crate::config::{Dkim, raw};

/// What mails are signed with. `from` is the sender whose domain signs by default.
pub(super) fn checked(raw: &raw::Email, from: Option<&str>, check: &mut Check<'_, '_>) -> Option<Dkim> {
    let names = ["dkim_key_file", "dkim_key_env"];
    let has_key = raw.dkim_key_file.is_some() || raw.dkim_key_env.is_some();
    if !has_key {
        for key in [&raw.dkim_selector, &raw.dkim_domain].into_iter().flatten() {
            check.report.problem(key.span(), "DKIM needs a key: write \"dkim_key_file\" or \"dkim_key_env\"");
        }
        return None;
    }
    let (span, text) = kept(names, [&raw.dkim_key_file, &raw.dkim_key_env], check)?;
    let key = match read_key(text.expose()) {
        Ok(key) => key,
        Err(message) => {
            check.report.problem(span, message);
            return None;
        }
    };
    let Some(selector) = &raw.dkim_selector else {
        let message = "a DKIM key needs \"dkim_selector\", the name of its public key in the DNS";
        check.report.absence(span, message.to_owned(), None);
        return None;
    };
    let domain = match &raw.dkim_domain {
        Some(domain) => {
            let read = ascii_domain(domain.get());
            if read.is_none() {
                check
                    .report
                    .problem(domain.span(), "\"dkim_domain\" must be a domain, as in \"example.org\"");
            }
            read?
        }
        None => ascii_domain(from?.rsplit_once('@')?.1.trim_end_matches('>'))?,
    };
    let text = selector.get().trim();
    let is_label = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !text.split('.').all(is_label) {
        check
            .report
            .problem(selector.span(), "\"dkim_selector\" must be a name in the DNS, as in \"diemtin\"");
        return None;
    }
    Some(Dkim { selector: text.to_owned(), domain, key: Secret::new(key) })
}

/// The key in DER, if it can sign what DKIM wants.
fn read_key(pem: &str) -> Result<Vec<u8>, String> {
    let wrong =
        || "this is no private key in PEM; make one with `openssl genrsa -out dkim.pem 2048`".to_owned();
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_not_pem| wrong())?;
    let der = key.secret_der().to_vec();
    let signing = ring::default_provider().key_provider.load_private_key(key).map_err(|_unfit| {
        "this key cannot be used; DKIM takes RSA of 2048 to 4096 bits or Ed25519".to_owned()
    })?;
    let schemes = [SignatureScheme::RSA_PKCS1_SHA256, SignatureScheme::ED25519];
    match signing.choose_scheme(&schemes) {
        Some(_) => Ok(der),
        None => Err("DKIM takes RSA or Ed25519 keys only".to_owned()),
    }
}

fn ascii_domain(text: &str) -> Option<String> {
    match Host::parse(text.trim()).ok()? {
        Host::Domain(domain) => Some(domain),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}
