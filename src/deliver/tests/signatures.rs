//! DKIM: what is signed, with which key, and that others can verify it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use super::{client, folder, mail, noon};
use crate::deliver::{Attempt, Channels, DkimSettings, Settings, SettingsError};

/// An Ed25519 key in PKCS #8 whose secret is 32 times 7.
fn key() -> Vec<u8> {
    let head = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
    head.into_iter().chain([7; 32]).collect()
}

fn settings(dir: &TempDir, key: Vec<u8>) -> Settings {
    Settings {
        from: "Điểm tin <bot@example.org>".to_owned(),
        mail: folder(dir.path()),
        dkim: Some(DkimSettings { selector: "tin".to_owned(), domain: "example.org".to_owned(), key }),
        webhooks: Vec::new(),
    }
}

async fn signed() -> String {
    let dir = TempDir::new().unwrap();
    let channels = Channels::new(settings(&dir, key()), client()).unwrap();
    assert_eq!(channels.send(mail(), noon()).await, Attempt::Sent);
    let file = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap();
    std::fs::read_to_string(file.path()).unwrap()
}

#[tokio::test]
async fn a_signed_mail_names_what_it_signs() {
    let mail = signed().await;
    let (line, _) = mail.split_once("\r\nMessage-ID").or_else(|| mail.split_once("\r\nFrom")).unwrap();
    let line = line.replace("\r\n ", "");
    for part in [
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.org; s=tin;",
        "t=1795262400;",
        "h=from:to:subject:date:message-id:mime-version:content-type:auto-submitted:list-id;",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
    let signature = line.rsplit("b=").next().unwrap();
    let signature: String = signature.chars().take_while(char::is_ascii_graphic).collect();
    assert_eq!(STANDARD.decode(signature).unwrap().len(), 64);
    assert!(mail.split("\r\n").all(|line| line.len() <= 100 || !line.starts_with(' ')), "{mail}");
}

#[test]
fn a_key_that_cannot_sign_is_refused() {
    let dir = TempDir::new().unwrap();
    let error = Channels::new(settings(&dir, b"no key".to_vec()), client()).unwrap_err();
    assert!(matches!(&error, SettingsError::Dkim(_)), "{error}");
}
