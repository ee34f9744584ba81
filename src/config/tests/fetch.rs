//! What `[fetch]` and sources say of how pages are fetched.

use std::fs;
use std::time::Duration;

use super::{SOURCE, problems, read};
use crate::config::parse;
use crate::model::Robots;

/// Made for these tests; its key was thrown away.
const AUTHORITY: &str = "-----BEGIN CERTIFICATE-----\n\
    MIIBgTCCASegAwIBAgIUUsGMjIZo2VFUw6sn7Q28acsqsdswCgYIKoZIzj0EAwIw\n\
    FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAgFw0yNjExMjEyMzMwNTZaGA8yMTI2MTAy\n\
    ODIzMzA1NlowFTETMBEGA1UEAwwKRXhhbXBsZSBDQTBZMBMGByqGSM49AgEGCCqG\n\
    SM49AwEHA0IABP1/D+K2aNth328THk6zR/3on7redJpCcZTXw1mFlhVo+QMjauSn\n\
    LXlS7Bv/xwUIgJiT5MzM73rre2mt5UnUoLWjUzBRMB0GA1UdDgQWBBRpNwHcGOgE\n\
    6Q7oo1f3ytmaTBdRujAfBgNVHSMEGDAWgBRpNwHcGOgE6Q7oo1f3ytmaTBdRujAP\n\
    BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIC8qwsmsd6ftRMZeMVZd\n\
    0jxz56Ko0NFCxBR/pj59PowbAiEAwQBKBKeJnZXhOch52y4MiRElNBeteSu8W+b+\n\
    H5tkS88=\n\
    -----END CERTIFICATE-----\n";

#[test]
fn robots_txt_is_obeyed_unless_the_source_or_the_defaults_say_otherwise() {
    let of = |text: &str| read(text).unwrap().sources.iter().map(|source| source.robots).collect::<Vec<_>>();
    assert_eq!(of(""), [Robots::Obey]);
    assert_eq!(of("[defaults]\nrobots = \"ignore\""), [Robots::Ignore]);
    let own = "[defaults]\nrobots = \"ignore\"\n[[source]]\nname = \"a\"\nurl = \"https://a.example/\"\nrobots = \"obey\"";
    assert_eq!(of(own), [Robots::Obey, Robots::Ignore]);
    assert_eq!(
        problems("[defaults]\nrobots = \"ingore\""),
        ["2:10: \"robots\" must be \"obey\" or \"ignore\" -> ignore"]
    );
}

#[test]
fn the_pause_between_requests_may_be_none() {
    let of = |text: &str| read(text).unwrap().fetch.per_host_delay;
    assert_eq!(of(""), Duration::from_secs(1));
    assert_eq!(of("[fetch]\nper_host_delay = \"0s\""), Duration::ZERO);
    assert_eq!(problems("[fetch]\nper_host_delay = \"11m\""), ["2:18: this must be between 0s and 10m"]);
}

#[test]
fn an_authority_of_ones_own_is_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("ca.pem", &format!("Our authority\n{AUTHORITY}"));
    write("two.pem", &format!("{AUTHORITY}{AUTHORITY}"));
    write("key.pem", "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n");
    write("broken.pem", &AUTHORITY.replace("MIIB", "MIIC"));
    write("cut.pem", AUTHORITY.split_at(200).0);
    write("empty.pem", "");
    fs::create_dir(folder.path().join("folder")).unwrap();
    let of = |name: &str| {
        let text = format!("[fetch]\nextra_ca = \"{name}\"{SOURCE}");
        let config = parse(&text, "sources.toml", folder.path(), &|_| None);
        config.map(|config| config.fetch.extra_ca.len()).map_err(|problems| problems.to_string())
    };
    assert_eq!((of("ca.pem"), of("two.pem")), (Ok(1), Ok(2)));
    for (name, why) in [
        ("key.pem", "holds no certificate"),
        ("empty.pem", "holds no certificate"),
        ("broken.pem", "cannot be used"),
        ("cut.pem", "no proper PEM file"),
        ("nowhere.pem", "there is no file"),
        ("folder", "is a folder"),
    ] {
        let said = of(name).unwrap_err();
        assert!(
            said.contains(why) && said.contains(&format!("{}", folder.path().join(name).display())),
            "{said}"
        );
        assert!(said.contains("sources.toml:2:12"), "{said}");
    }
    assert!(read("").unwrap().fetch.extra_ca.is_empty());
}

#[test]
fn what_a_site_is_shown_is_checked_and_never_repeated() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("login"), "bot:hunter2\n").unwrap();
    let source = "[[source]]\nname = \"a\"\nurl = \"https://a.example/rss\"\n";
    let of = |keys: &str| {
        let env = |name: &str| match name {
            "COOKIE" => Some("id=hunter2".to_owned()),
            "TEXT" => Some("hunter2".to_owned()),
            "LINES" => Some("hunter2\nhunter2".to_owned()),
            _ => None,
        };
        parse(&format!("{source}{keys}"), "sources.toml", folder.path(), &env)
    };
    let all = "user_agent = \"Reader\"\ncookie_env = \"COOKIE\"\nbasic_auth_file = \"login\"\n[source.headers]\nX-Key = \"hunter2\"";
    let config = of(all).unwrap();
    let source = &config.sources[0];
    let shown: Vec<(&str, &str)> = source
        .access
        .to(&source.url, &source.url)
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("x-key", "hunter2"),
            ("user-agent", "Reader"),
            ("cookie", "id=hunter2"),
            ("authorization", "Basic Ym90Omh1bnRlcjI=")
        ]
    );
    assert!(!format!("{config:?}").contains("hunter2"));
    for (keys, why) in [
        ("headers = { Host = \"hunter2\" }", "the header Host is diemtin's own to send"),
        ("headers = { \"X Key\" = \"hunter2\" }", "is no name of a header"),
        ("headers = { X-Key = \"hunter2\\r\\nX: y\" }", "the header X-Key needs a value"),
        ("headers = { X-Key = 5 }", "\"X-Key\" must be a string"),
        ("headers = \"hunter2\"", "\"headers\" must be a table"),
        ("cookie_env = \"LINES\"", "the header cookie needs a value"),
        ("cookie_env = \"UNSET\"", "the environment variable UNSET is not set"),
        ("cookie_env = \"COOKIE\"\ncookie_file = \"login\"", "either \"cookie_file\" or \"cookie_env\""),
        ("basic_auth_env = \"TEXT\"", "USER:PASSWORD"),
        ("cookie = \"hunter2\"", "unknown key \"cookie\""),
    ] {
        let said = of(keys).unwrap_err().to_string();
        assert!(said.contains(why) && !said.contains("hunter2"), "{keys}: {said}");
    }
}

#[test]
fn a_proxy_is_named_for_all_sources_or_for_one_and_its_password_kept_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("way"), "http://bot:hunter2@10.0.0.7:3128\n").unwrap();
    let of = |fetch: &str, source: &str| {
        let text = format!(
            "[fetch]\n{fetch}\n[[source]]\nname = \"a\"\nurl = \"https://a.example/rss\"\n{source}\n"
        );
        let env = |name: &str| (name == "WAY").then(|| "socks5://bot:hunter2@proxy.example:1080".to_owned());
        parse(&text, "sources.toml", folder.path(), &env)
    };
    let shown = |fetch: &str, source: &str| {
        let config = of(fetch, source).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        (config.fetch.proxy.map(|proxy| proxy.to_string()), format!("{:?}", config.sources[0].route))
    };
    for (fetch, source, usual, own) in [
        ("", "", None, "Usual"),
        ("proxy = \"http://proxy.example:3128\"", "", Some("proxy.example:3128"), "Usual"),
        ("proxy_env = \"WAY\"", "proxy = \"off\"", Some("proxy.example:1080"), "Direct"),
        ("", "proxy_file = \"way\"", None, "Through(Proxy(10.0.0.7:3128))"),
        ("proxy = \"off\"", "proxy = \"socks5h://[::1]:9050/\"", None, "Through(Proxy([::1]:9050))"),
    ] {
        assert_eq!(shown(fetch, source), (usual.map(str::to_owned), own.to_owned()), "{fetch} {source}");
    }
    for (keys, why) in [
        ("proxy = \"http://bot:hunter2@proxy.example\"", "proxy_file"),
        ("proxy = \"proxy.example:3128\"", "http://HOST:PORT"),
        ("proxy = \"ftp://proxy.example\"", "http://HOST:PORT"),
        ("proxy = \"http://proxy.example/path\"", "http://HOST:PORT"),
        ("proxy = \"http://proxy.example\"\nproxy_env = \"WAY\"", "not several"),
        ("proxy_env = \"UNSET\"", "the environment variable UNSET is not set"),
        ("proxy_env = \"WAY\"\nproxy_file = \"way\"", "either \"proxy_file\" or \"proxy_env\""),
    ] {
        for (fetch, source) in [(keys, ""), ("", keys)] {
            let said = of(fetch, source).unwrap_err().to_string();
            assert!(said.contains(why) && !said.contains("hunter2"), "{keys}: {said}");
        }
    }
}
