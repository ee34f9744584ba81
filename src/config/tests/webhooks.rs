//! The kinds of webhooks and what each asks of its keys.

use std::fs;

use super::{problems, read};
use crate::config::parse;
use crate::model::WebhookKind;

const HOOK: &str = "[[webhook]]\nname = \"ops\"\n";

#[test]
fn every_kind_is_read_with_its_keys() {
    for (rest, kind, url) in [
        ("url_env = \"HOOK\"", WebhookKind::Generic, "https://hook.example/T0"),
        ("kind = \"slack\"\nurl_env = \"HOOK\"", WebhookKind::Slack, "https://hook.example/T0"),
        (
            "kind = \"discord\"\nurl_env = \"HOOK\"\nthread_id = \"42\"",
            WebhookKind::Discord,
            "https://hook.example/T0",
        ),
        (
            "kind = \"telegram\"\ntoken_env = \"BOT\"\nchat_id = \"-1001\"\nthread_id = \"42\"",
            WebhookKind::Telegram,
            "https://api.telegram.org/",
        ),
        (
            "kind = \"telegram\"\ntoken_env = \"BOT\"\nchat_id = \"@bantin\"\nurl = \"http://10.1.1.1:8081\"",
            WebhookKind::Telegram,
            "http://10.1.1.1:8081/",
        ),
        ("kind = \"teams\"\nurl_env = \"HOOK\"", WebhookKind::Teams, "https://hook.example/T0"),
        ("kind = \"mattermost\"\nurl_env = \"HOOK\"", WebhookKind::Mattermost, "https://hook.example/T0"),
        ("kind = \"ntfy\"\ntopic = \"tin-1\"", WebhookKind::Ntfy, "https://ntfy.sh/"),
        (
            "kind = \"gotify\"\nurl = \"https://push.example/g\"\ntoken_env = \"BOT\"",
            WebhookKind::Gotify,
            "https://push.example/g",
        ),
    ] {
        let config = read(&format!("{HOOK}{rest}")).unwrap_or_else(|problems| panic!("{rest}: {problems}"));
        let webhook = &config.webhooks[0];
        assert_eq!((webhook.format.kind, webhook.url.expose().as_str()), (kind, url));
        assert!(!format!("{config:?}").contains("AAF0"));
    }
}

#[test]
fn what_a_kind_needs_and_what_it_does_not_take_is_said() {
    for (rest, problem) in [
        ("kind = \"slack\"", "1:1: [[webhook]] needs \"url\" or \"url_env\""),
        (
            "kind = \"telegram\"\ntoken_env = \"BOT\"",
            "1:1: [[webhook]] of kind = \"telegram\" needs \"chat_id\"",
        ),
        (
            "kind = \"telegram\"\nchat_id = \"1\"",
            "1:1: [[webhook]] of kind = \"telegram\" needs \"token_env\" or \"token_file\"",
        ),
        (
            "kind = \"telegram\"\nchat_id = \"bàn tin\"\ntoken_env = \"BOT\"",
            "4:11: \"chat_id\" must be the number of a chat, as in \"-1001234567890\", or \"@channel\"",
        ),
        (
            "kind = \"telegram\"\nchat_id = \"1\"\ntoken_env = \"WORD\"",
            "5:13: this is no token of a bot, which is a number, a colon and letters, as @BotFather gives it",
        ),
        (
            "kind = \"telegram\"\nchat_id = \"1\"\ntoken_env = \"BOT\"\nurl = \"https://api.telegram.org/bot1:a/sendMessage\"",
            "6:7: leave the address out and give the bot's token as \"token_env\" or \"token_file\"",
        ),
        ("kind = \"ntfy\"", "1:1: [[webhook]] of kind = \"ntfy\" needs \"topic\""),
        (
            "kind = \"ntfy\"\ntopic = \"bàn tin\"",
            "4:9: \"topic\" must be 1 to 64 letters, digits, - or _ of ASCII",
        ),
        (
            "kind = \"ntfy\"\ntopic = \"a\"\nurl = \"https://ntfy.sh/a\"",
            "5:7: give the server alone, as in \"https://ntfy.sh\", and the topic as \"topic\"",
        ),
        (
            "kind = \"slack\"\nurl_env = \"HOOK\"\nchat_id = \"1\"",
            "5:11: only a webhook of kind = \"telegram\" has a \"chat_id\"",
        ),
        (
            "kind = \"slack\"\nurl_env = \"HOOK\"\ntoken_env = \"BOT\"",
            "5:13: a webhook of kind = \"slack\" has its secret in its address; leave the token out",
        ),
        (
            "kind = \"slack\"\nurl_env = \"HOOK\"\nsecret_env = \"KEY\"",
            "5:14: only a webhook of kind = \"generic\" is signed; leave the secret out",
        ),
        (
            "kind = \"discord\"\nurl_env = \"HOOK\"\nthread_id = \"x\"",
            "5:13: \"thread_id\" must be a number, as in \"42\"",
        ),
        ("url_env = \"HOOK\"\nheaders = { Host = \"x\" }", "4:20: the header Host is diemtin's own to send"),
        (
            "kind = \"slack\"\nurl_env = \"HOOK\"\ntemplate = \"x\"",
            "5:12: only a webhook of kind = \"generic\" takes a template; the others have their own format",
        ),
    ] {
        assert_eq!(problems(&format!("{HOOK}{rest}")), [problem], "{rest}");
    }
}

#[test]
fn several_secrets_sign_together() {
    let config = read(&format!("{HOOK}url_env = \"HOOK\"\nsecret_env = \"KEYS\"")).unwrap();
    let lengths: Vec<usize> = config.webhooks[0].secrets.expose().iter().map(Vec::len).collect();
    assert_eq!(lengths, [32, 32]);
}

#[test]
fn a_mistake_in_a_template_is_shown_where_it_stands() {
    let template = "template = \"\"\"\n{\"a\": {{ subject }},\n \"b\": {{ sujet }}}\n\"\"\"";
    let found = problems(&format!("{HOOK}url_env = \"HOOK\"\n{template}"));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("6:10: the template names \"sujet\""), "{found:?}");

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hook.j2"), "tin\n{{ subject | nothing }}").unwrap();
    let text = format!("{HOOK}url = \"https://h.example\"\ntemplate_file = \"hook.j2\"\n{}", super::SOURCE);
    let problems = parse(&text, "sources.toml", folder.path(), &|_| None).unwrap_err().to_string();
    assert!(problems.contains("sources.toml:4:17: ") && problems.contains("hook.j2:2: "), "{problems}");
}

#[test]
fn mail_keys_are_checked() {
    const EMAIL: &str = "[email]\nsmtp = \"smtps://mail.example\"\nfrom = \"Tin <bot@b.example>\"\n";
    for (rest, problem) in [
        ("token_env = \"WORD\"", "1:1: [email] has a token and needs a \"user\""),
        (
            "user = \"u\"\npassword_env = \"WORD\"\ntoken_env = \"WORD\"",
            "6:13: give either a password or a token, not both",
        ),
        ("dkim_selector = \"tin\"", "4:17: DKIM needs a key: write \"dkim_key_file\" or \"dkim_key_env\""),
        (
            "dkim_key_env = \"WORD\"\ndkim_selector = \"tin\"",
            "4:16: this is no private key in PEM; make one with `openssl genrsa -out dkim.pem 2048`",
        ),
    ] {
        assert_eq!(problems(&format!("{EMAIL}{rest}")), [problem], "{rest}");
    }
    let config = read(&format!("{EMAIL}user = \"u\"\ntoken_env = \"WORD\"")).unwrap();
    assert!(config.email.as_ref().unwrap().token.is_some());
    assert!(!format!("{config:?}").contains("hunter2"));
    let folder = tempfile::tempdir().unwrap();
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH\n-----END PRIVATE KEY-----\n";
    fs::write(folder.path().join("dkim.pem"), pem).unwrap();
    let text = format!("{EMAIL}dkim_key_file = \"dkim.pem\"\ndkim_selector = \"tin\"\n{}", super::SOURCE);
    let config = parse(&text, "sources.toml", folder.path(), &|_| None).unwrap();
    let dkim = config.email.unwrap().dkim.unwrap();
    assert_eq!((dkim.selector.as_str(), dkim.domain.as_str()), ("tin", "b.example"));
    for (url, problem) in [
        ("ftp://x.example", "2:14: the address must begin with https:// or http://"),
        ("https://x.example/?a=1", "2:14: \"public_url\" must end with its host or a path, without ? and #"),
    ] {
        assert_eq!(problems(&format!("[web]\npublic_url = \"{url}\"")), [problem]);
    }
}
