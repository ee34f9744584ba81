//! Links by which a recipient of mails takes itself off a list, without a login and for nobody else: what a link says
//! is signed with a key that only this database knows.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::Url;

/// The name of the key in the store.
pub const UNSUBSCRIBE_KEY: &str = "unsubscribe";

/// Bytes of a signature in a link: half of HMAC-SHA256, which RFC 2104 calls enough.
const TAG: usize = 16;
/// Longer links are none of ours.
const LONGEST: usize = 2_000;

/// Makes links to the web page of this daemon.
#[derive(Clone)]
pub struct Unsubscribe {
    public_url: Url,
    key: [u8; 32],
}

impl std::fmt::Debug for Unsubscribe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unsubscribe").field("public_url", &self.public_url.as_str()).finish_non_exhaustive()
    }
}

impl Unsubscribe {
    /// Links below `public_url`, signed with `key`.
    pub fn new(public_url: Url, key: [u8; 32]) -> Self {
        Self { public_url, key }
    }

    /// The link by which the address leaves the list, which is `alert:NAME` or `digest:NAME`.
    pub fn link(&self, address: &str, list: &str) -> String {
        let claim = format!("{address}\n{list}");
        let signed: Vec<u8> =
            signature(&self.key, claim.as_bytes()).into_iter().chain(claim.into_bytes()).collect();
        let base = self.public_url.as_str().trim_end_matches('/');
        format!("{base}/unsubscribe?t={}", URL_SAFE_NO_PAD.encode(signed))
    }
}

/// Who is to leave which list, by the token of a link; `None` where it was not signed with this key.
pub fn read_unsubscribe(key: &[u8; 32], token: &str) -> Option<(String, String)> {
    if token.len() > LONGEST {
        return None;
    }
    let signed = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (tag, claim) = signed.split_at_checked(TAG)?;
    mac(key, claim)?.verify_truncated_left(tag).ok()?;
    let (address, list) = std::str::from_utf8(claim).ok()?.split_once('\n')?;
    Some((address.to_owned(), list.to_owned()))
}

fn signature(key: &[u8; 32], claim: &[u8]) -> Vec<u8> {
    let whole = mac(key, claim).map(|mac| mac.finalize().into_bytes().to_vec());
    whole.unwrap_or_default().into_iter().take(TAG).collect()
}

/// HMAC takes keys of any length, so this is never `None`.
fn mac(key: &[u8; 32], claim: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(claim);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn token(link: &str) -> &str {
        link.split_once("?t=").unwrap().1
    }

    #[test]
    fn a_link_says_who_leaves_what_to_whoever_has_the_key() {
        for base in ["https://tin.example", "https://tin.example/diemtin/"] {
            let links = Unsubscribe::new(base.parse().unwrap(), KEY);
            let link = links.link("desk@example.org", "digest:Điểm tin sáng");
            assert!(link.starts_with(&format!("{}/unsubscribe?t=", base.trim_end_matches('/'))), "{link}");
            let read = read_unsubscribe(&KEY, token(&link)).unwrap();
            assert_eq!(read, ("desk@example.org".to_owned(), "digest:Điểm tin sáng".to_owned()));
            assert_eq!(read_unsubscribe(&[8; 32], token(&link)), None);
        }
    }

    #[test]
    fn a_changed_link_is_worth_nothing() {
        let link =
            Unsubscribe::new("https://tin.example".parse().unwrap(), KEY).link("a@b.example", "alert:C");
        let good = token(&link).to_owned();
        for place in 0..good.len() {
            let mut letters: Vec<char> = good.chars().collect();
            letters[place] = if letters[place] == 'A' { 'B' } else { 'A' };
            let bad: String = letters.into_iter().collect();
            assert_eq!(read_unsubscribe(&KEY, &bad), None, "{bad}");
        }
        for bad in ["", "A", "***", &"A".repeat(5_000), good.get(..good.len() - 4).unwrap()] {
            assert_eq!(read_unsubscribe(&KEY, bad), None, "{bad}");
        }
    }
}
