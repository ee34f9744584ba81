//! Where a document may hold a secret, told from its lines alone: it must hold even where the syntax is broken.

use std::ops::Range;

/// Keys of `[email]` and `[[webhook]]` whose values are no secrets.
const HARMLESS: [&str; 16] = [
    "name",
    "kind",
    "smtp",
    "user",
    "from",
    "password_file",
    "password_env",
    "secret_file",
    "secret_env",
    "url_env",
    "chat_id",
    "thread_id",
    "topic",
    "template",
    "dkim_selector",
    "dkim_domain",
];

/// A key with one of these in its name holds a secret wherever it stands, unless it names a file or variable.
const SECRET_WORDS: [&str; 9] =
    ["pass", "secret", "token", "cookie", "auth_", "_auth", "authoriz", "credential", "headers"];

/// The byte ranges that must not be shown.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let mut guarded = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if bare.starts_with('[') {
            guarded = holds_secrets(bare);
        }
        if let Some((key, value)) = line.split_once('=')
            && is_secret(key, guarded)
        {
            let end = start + line.trim_end().len();
            let value_start = start + line.len() - value.trim_start().len();
            hidden.push(value_start..end.max(value_start));
        }
        hidden.extend(userinfo(line).map(|range| start + range.start..start + range.end));
        start += line.len();
    }
    hidden
}

/// Whether this is the header of a table whose values are secret unless known to be harmless.
pub(super) fn holds_secrets(header: &str) -> bool {
    header.contains("email") || header.contains("webhook") || header.contains("headers")
}

/// Whether the value of this key is a secret; `guarded`: it stands in a table that holds secrets.
pub(super) fn is_secret(key: &str, guarded: bool) -> bool {
    let key = key.trim().trim_matches(['"', '\'']).to_lowercase();
    if key.ends_with("_file") || key.ends_with("_env") {
        return false;
    }
    let named = SECRET_WORDS.iter().any(|word| key.contains(word));
    named || (guarded && !HARMLESS.contains(&key.as_str()))
}

/// `user:password` of an address in this line.
fn userinfo(line: &str) -> Option<Range<usize>> {
    let start = line.find("://")? + "://".len();
    let rest = line.get(start..)?;
    let authority = rest.split(['/', '"', '\'', '?', '#', ' ']).next()?;
    authority.rfind('@').map(|at| start..start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_in_broken_text_too() {
        for (text, secret) in [
            ("password = \"hunter2\n", Some("\"hunter2")),
            (
                "[[webhook]]\nname = \"ops\"\nurl = \"https://hook.example/T0",
                Some("\"https://hook.example/T0"),
            ),
            ("[email]\nsmtp = \"smtps://bot:hunter2@mail.example\"", Some("bot:hunter2")),
            ("[[source]]\nurl = \"https://example.org/feed\"", None),
            ("[email]\npassword_file = \"/run/secrets/smtp\"", None),
        ] {
            let found = ranges(text);
            assert_eq!(found.first().and_then(|range| text.get(range.clone())), secret, "{text}");
        }
    }
}
