//! Each problem at its place, one bad file per problem.

use super::problems;

fn assert_each(cases: &[(&str, &str)]) {
    for (text, problem) in cases {
        assert_eq!(problems(text), [*problem], "{text}");
    }
}

#[test]
fn keys_and_types() {
    assert_each(&[
        ("[daemon]\ntimezon = \"UTC\"", "2:1: unknown key \"timezon\" -> timezone"),
        ("[daemon]\nsmtp = \"x\"", "2:1: unknown key \"smtp\" in [daemon]; it belongs in [email]"),
        ("listen = \"x\"", "1:1: unknown key \"listen\" outside of a table; it belongs in [web]"),
        ("[web]\nbase = \"x\"", "2:1: unknown key \"base\"; [web] takes listen, public_url"),
        ("[wep]", "1:2: unknown key \"wep\" -> web"),
        ("[fetch]\ntimeout = 30", "2:11: \"timeout\" must be a string such as \"30s\", not a whole number"),
        ("[fetch]\nper_host = 1.5", "2:12: \"per_host\" must be a whole number such as 2, not a number"),
        ("[fetch]\nper_host = 0", "2:12: \"per_host\" must be between 1 and 32"),
        ("[fetch]\nconcurrency = 99999999999999999999", "2:15: \"concurrency\" must be between 1 and 1024"),
        ("[daemon]\nlanguage = \"fr\"", "2:12: \"language\" must be \"vi\" or \"en\""),
        ("[[web]]\nlisten = \"127.0.0.1:1\"", "1:1: write [web], with single brackets and once"),
        ("[entity]\nname = \"SMIC\"", "1:1: write [[entity]], with two brackets, for each entity"),
        ("[daemon]\nnotices = [1]", "2:12: \"notices\" must be a string, not a whole number"),
        (
            "[[digest]]\nname = \"a\"\ncron = 2026-01-01\nto = [\"mail:a@b.example\"]",
            "3:8: \"cron\" must be a string such as \"30 7 * * *\", not a date",
        ),
        ("[[entity]]", "1:1: [[entity]] needs \"name\""),
        ("[[entity]]\nname = \"A\"\naliases = [{ case = \"exact\" }]", "3:12: this alias needs \"text\""),
        (
            "[[entity]]\nname = \"A\"\naliases = [{ text = \"a\", case = \"exac\" }]",
            "3:33: \"case\" must be \"fold\" or \"exact\" -> exact",
        ),
        (
            "[[entity]]\nname = \"A\"\naliases = [true]",
            "3:12: \"aliases\" must be a string or a table, not true or false",
        ),
    ]);
}

#[test]
fn daemon_and_fetch() {
    assert_each(&[
        (
            "[daemon]\ntimezone = \"Asia/Hochiminh\"",
            "2:12: there is no time zone \"Asia/Hochiminh\" -> Asia/Ho_Chi_Minh",
        ),
        ("[daemon]\ndata_dir = \"\"", "2:12: this must name a folder"),
        (
            "[daemon]\ncontact = \"gọi tôi\"",
            "2:11: \"contact\" must be a web or mail address, as in \"https://example.org/bot\" or \"bot@example.org\"",
        ),
        ("[web]\nlisten = \"8080\"", "2:10: \"listen\" must be an IP address and a port -> 127.0.0.1:8080"),
        ("[web]\nlisten = \":8080\"", "2:10: \"listen\" must be an IP address and a port -> 127.0.0.1:8080"),
        ("[web]\nlisten = \"*:8080\"", "2:10: \"listen\" must be an IP address and a port -> 0.0.0.0:8080"),
        (
            "[web]\nlisten = \"localhost:8080\"",
            "2:10: \"listen\" must be an IP address and a port -> 127.0.0.1:8080",
        ),
        (
            "[fetch]\nmax_feed = \"16 megs\"",
            "2:12: \"16 megs\" is not a size; write a whole number with KiB, MiB or GiB, as in \"16MiB\"",
        ),
        ("[fetch]\nmax_page = \"1B\"", "2:12: this must be between 1KiB and 1GiB"),
        (
            "[fetch]\nallow_private = [\"10.1.2.3\"]",
            "2:18: this must be a network in CIDR notation, as in \"10.0.0.0/8\" -> 10.1.2.3/32",
        ),
        ("[fetch]\ntimeout = \"1h\"", "2:11: this must be between 1s and 10m"),
        ("[defaults]\nevery = \"0s\"", "2:9: this must be between 1s and 365d"),
        (
            "[defaults]\nbackfill = \"2 days\"",
            "2:12: \"2 days\" is not a duration; write whole numbers with s, m, h or d, as in \"90s\", \"15m\", \"6h\", \"1h30m\", \"7d\" -> 2d",
        ),
        (
            "[defaults]\nlanguage = \"Vietnamese\"",
            "2:12: this must be a language code such as \"vi\", \"en\" or \"zh\"",
        ),
    ]);
}

#[test]
fn sources() {
    let url = |url: &str| format!("[[source]]\nname = \"A\"\nurl = \"{url}\"");
    for (address, problem) in [
        ("ftp://a.example/", "3:7: the address must begin with https:// or http://"),
        (
            "a.example/rss",
            "3:7: this is not an address such as \"https://example.org/feed\": relative URL without a base -> https://a.example/rss",
        ),
        ("https://u:p@a.example/", "3:7: the address must not hold a user name or password"),
        ("https://", "3:7: this is not an address such as \"https://example.org/feed\": empty host"),
    ] {
        assert_eq!(problems(&url(address)), [problem]);
    }
    assert_each(&[
        (
            "[[source]]\nname = \"tin\"\nurl = \"https://a.example/\"",
            "5:8: the name \"Tin\" is taken by the [[source]] of line 2",
        ),
        ("[[source]]\nname = \" \"\nurl = \"https://a.example/\"", "2:8: this must not be empty"),
        (
            "[[source]]\nname = \"A\\u0007\"\nurl = \"https://a.example/\"",
            "2:8: this must not contain control characters",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nkind = \"blog\"",
            "4:8: \"kind\" must be \"feed\" or \"sitemap\" or \"listing\" or \"page\"",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nfull_text = \"no\"",
            "4:13: \"full_text\" must be true or false, not a string",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nlinks = \"h3 a\"",
            "4:9: only a source of kind = \"listing\" takes \"links\"",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nkind = \"listing\"\nlinks = \"h3 >\"",
            "5:9: this is no CSS selector such as \"h3.title a\"",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nkind = \"sitemap\"\nfull_text = false",
            "5:13: only a feed has a text of its own; leave \"full_text\" out",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nevery = \"10m\"\ncron = \"0 7 * * *\"",
            "5:8: a source has either \"every\" or \"cron\"; take one of them out",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\ncron = \"0 7 * *\"",
            "4:8: a cron line has 5 fields (minute, hour, day, month, weekday) or 6 with the second in front, but \"0 7 * *\" has 4; write for example \"30 7 * * *\" for half past seven every day",
        ),
        (
            "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nevery = \"Auto\"",
            "4:9: write \"auto\" in small letters -> auto",
        ),
        ("[[source]]\nname = \"A\"", "1:1: [[source]] needs \"url\""),
    ]);
}

#[test]
fn a_file_without_sources_watches_nothing() {
    let problems = super::parse("", "s.toml", super::Path::new(""), &|_| None).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "s.toml: there is no [[source]] to watch; write at least one, with name and url"
    );
}

#[test]
fn entities() {
    assert_each(&[
        (
            "[[entity]]\nname = \"Meta\"\n[[entity]]\nname = \"META\"",
            "4:8: the name \"META\" is taken by the [[entity]] of line 2",
        ),
        (
            "[[entity]]\nname = \"Meta\"\naliases = []",
            "3:11: \"aliases\" is an empty list; it must hold at least one",
        ),
    ]);
}

#[test]
fn recipients() {
    let to = |to: &str| {
        format!(
            "[[alert]]\nname = \"A\"\ntags = [\"vi\"]\nto = {to}\n[[webhook]]\nname = \"ops\"\nurl_env = \"HOOK\""
        )
    };
    for (list, problem) in [
        ("[]", "4:6: \"to\" is an empty list; it must hold at least one"),
        (
            "[\"a@b.example\"]",
            "4:7: \"a@b.example\" is not a recipient; write \"mail:ADDRESS\" or \"webhook:NAME\" -> mail:a@b.example",
        ),
        (
            "[\"email:a@b.example\"]",
            "4:7: \"email:a@b.example\" is not a recipient; write \"mail:ADDRESS\" or \"webhook:NAME\" -> mail:a@b.example",
        ),
        (
            "[\"ops\"]",
            "4:7: \"ops\" is not a recipient; write \"mail:ADDRESS\" or \"webhook:NAME\" -> webhook:ops",
        ),
        ("[\"mail:desk\"]", "4:7: \"desk\" is not a mail address such as name@example.org"),
        (
            "[\"mail:a@b.example\\r\\nBcc: c@d.example\"]",
            "4:7: \"a@b.example\\r\\nBcc: c@d.example\" is not a mail address such as name@example.org",
        ),
        ("[\"webhook:opz\"]", "4:7: there is no [[webhook]] named \"opz\" -> webhook:ops"),
    ] {
        assert_eq!(problems(&to(list)), [problem]);
    }
}

#[test]
fn alerts_and_digests() {
    let to = "to = [\"mail:a@b.example\"]";
    let digest = |rest: &str| {
        format!("[[digest]]\nname = \"D\"\ncron = \"0 7 * * *\"\n{to}\n{rest}\n[[entity]]\nname = \"SMIC\"")
    };
    for (rest, problem) in [
        ("entities = [\"SMCI\"]", "5:13: there is no [[entity]] named \"SMCI\" -> SMIC"),
        ("entities = []", "5:12: \"entities\" is an empty list; it must hold at least one"),
        (
            "entities = [\"SMIC\"]\nrule = \"SMIC\"",
            "6:8: a digest has either \"entities\" or a \"rule\"; name the entities in the rule",
        ),
        ("sources = [\"Tni\"]", "5:12: there is no [[source]] named \"Tni\" -> Tin"),
        ("max_items = 0", "5:13: \"max_items\" must be between 1 and 500"),
        ("empty = \"sent\"", "5:9: \"empty\" must be \"send\" or \"skip\" -> send"),
    ] {
        assert_eq!(problems(&digest(rest)), [problem]);
    }
    let alert = |rest: &str| format!("[[alert]]\nname = \"A\"\n{to}\n{rest}");
    for (rest, problem) in [
        ("", "1:1: [[alert]] needs a rule, sources or tags; without them every article would alert"),
        ("tags = [\"vn\"]", "4:9: there is no [[source]] with the tag \"vn\""),
        ("tags = [\"vi\"]\non = []", "5:6: \"on\" is an empty list; it must hold at least one"),
        ("tags = [\"vi\"]\non = [\"gone\"]", "5:7: \"on\" must be \"new\" or \"edit\" or \"page\""),
    ] {
        assert_eq!(problems(&alert(rest)), [problem]);
    }
}

#[test]
fn rules_of_pages() {
    let source = "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"";
    for (rule, problem) in [
        ("body = \"div[\"", "4:8: this is no CSS selector such as \"div.detail-content\""),
        ("title = \"//h1[@class='x']\"", "4:9: this is no CSS selector such as \"div.detail-content\""),
        ("remove = [\".box\", \"p >\"]", "4:19: this is no CSS selector such as \"div.detail-content\""),
        ("remove = \".box\"", "4:10: \"remove\" must be a list such as"),
        (
            "full_text = false\nlead = \".sapo\"",
            "5:8: no page is read where full_text = false stands, so \"lead\" has nothing to match",
        ),
        ("bodi = \".x\"", "4:1: unknown key \"bodi\" -> body"),
    ] {
        let found = problems(&format!("{source}\n{rule}"));
        assert!(found.len() == 1 && found[0].starts_with(problem), "{rule}: {found:?}");
    }
}
