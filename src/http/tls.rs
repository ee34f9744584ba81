//! Whom TLS trusts.

use std::sync::Arc;

use rustls::client::Resumption;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

/// Servers whose sessions are kept: enough for an article after its feed. By the next poll of a thousand hosts no number would do,
/// and each costs some 10 KB.
const SESSIONS: usize = 64;

/// TLS 1.2 and 1.3 over ring, offering HTTP/2; trusts `extra_roots` (DER) beside the system's.
pub(super) fn config(extra_roots: Vec<Vec<u8>>) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots(extra_roots))
        .with_no_client_auth();
    config.resumption = Resumption::in_memory_sessions(SESSIONS);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The system's roots, which `SSL_CERT_FILE` replaces, and those of the user's own; where there are none, as in a bare
/// image, Mozilla's from the binary, so that a missing bundle never keeps the daemon from starting.
fn roots(extra: Vec<Vec<u8>>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots.add_parsable_certificates(extra.into_iter().map(CertificateDer::from));
    roots
}
