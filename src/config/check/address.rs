//! Mail addresses: RFC 5322 `addr-spec` without comments and quoting, and mailboxes with a display name.

use url::Host;

/// RFC 5321: at most this many bytes before the `@`.
const LONGEST_LOCAL_PART: usize = 64;
/// RFC 5321: at most this many bytes in all.
const LONGEST: usize = 254;

/// The address as it is sent (its domain in ASCII), or what is wrong with it, as a sentence.
pub(super) fn address(text: &str) -> Result<String, String> {
    let wrong = || format!("\"{}\" is not a mail address such as name@example.org", text.escape_debug());
    let (local, domain) = text.trim().rsplit_once('@').ok_or_else(wrong)?;
    let domain = ascii_domain(domain).ok_or_else(wrong)?;
    let address = format!("{local}@{domain}");
    if !is_local_part(local) || address.len() > LONGEST {
        return Err(wrong());
    }
    Ok(address)
}

/// `address` or `Name <address>`, the name quoted where it has to be; or what is wrong, as a sentence.
pub(super) fn mailbox(text: &str) -> Result<String, String> {
    let text = text.trim();
    let Some(before_bracket) = text.strip_suffix('>') else { return address(text) };
    let (name, bare) = before_bracket
        .rsplit_once('<')
        .ok_or_else(|| "write the sender as \"Name <name@example.org>\"".to_owned())?;
    let address = address(bare)?;
    let name = name.trim();
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    if name.chars().any(|c| c.is_control() || matches!(c, '"' | '\\' | '<' | '>')) {
        return Err(
            "the sender's name must not contain quotes, angle brackets or control characters".to_owned()
        );
    }
    let plain =
        name.chars().all(|c| !c.is_ascii_punctuation() || matches!(c, '-' | '\'' | '&' | '+' | '_' | '/'));
    Ok(match (name.is_empty(), plain) {
        (true, _) => address,
        (false, true) => format!("{name} <{address}>"),
        (false, false) => format!("\"{name}\" <{address}>"),
    })
}

/// RFC 5322 `dot-atom`.
fn is_local_part(text: &str) -> bool {
    let is_atom_text = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.len() <= LONGEST_LOCAL_PART
        && text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_text))
}

fn ascii_domain(text: &str) -> Option<String> {
    let is_label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    match Host::parse(text).ok()? {
        Host::Domain(domain) => domain.split('.').all(is_label).then_some(domain),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for (text, read) in [
            ("desk@example.org", Some("desk@example.org")),
            ("first.last+news@mail.example.org", Some("first.last+news@mail.example.org")),
            ("ops@localhost", Some("ops@localhost")),
            ("tin@báo.vn", Some("tin@xn--bo-mia.vn")),
            ("desk", None),
            ("@example.org", None),
            ("desk@", None),
            ("a..b@example.org", None),
            ("a b@example.org", None),
            ("desk@example..org", None),
            ("desk@-example.org", None),
            ("desk@127.0.0.1", None),
            ("desk@example.org\r\nBcc: x@example.org", None),
            ("desk\u{0}@example.org", None),
            ("a@b@example.org", None),
        ] {
            assert_eq!(address(text).ok().as_deref(), read, "{text:?}");
        }
    }

    #[test]
    fn senders_may_have_a_name() {
        for (text, read) in [
            ("bot@example.org", Some("bot@example.org")),
            ("Điểm tin <bot@example.org>", Some("Điểm tin <bot@example.org>")),
            ("<bot@example.org>", Some("bot@example.org")),
            ("\"Tin, nhanh\" <bot@example.org>", Some("\"Tin, nhanh\" <bot@example.org>")),
            ("Tin (AI) <bot@example.org>", Some("\"Tin (AI)\" <bot@example.org>")),
            ("Tin <bot@example.org", None),
            ("Tin bot@example.org>", None),
            ("Tin\r\nX <bot@example.org>", None),
            ("Tin <a@example.org>, <b@example.org>", None),
        ] {
            assert_eq!(mailbox(text).ok().as_deref(), read, "{text:?}");
        }
    }
}
