//! What robots.txt files mean, in small.

use std::time::{Duration, Instant};

use url::Url;

use super::{MOST_BYTES, PRODUCT_TOKEN, Rules};

fn rules(text: &str) -> Rules {
    Rules::parse(text.as_bytes(), PRODUCT_TOKEN)
}

fn allows(text: &str, path: &str) -> bool {
    rules(text).allows(&Url::parse("https://bao.example").unwrap().join(path).unwrap())
}

#[test]
fn a_group_is_chosen_by_name_before_star() {
    let star = "User-agent: *\nDisallow: /\n\n";
    for (head, named) in [
        ("User-agent: diemtin", true),
        ("USER-AGENT: DiemTin", true),
        ("useragent: diemtin", true),
        ("User-agent diemtin", true),
        ("User-agent: diemtin/1.0", true),
        ("User-agent: diemtin # that one", true),
        ("User-agent: khac\nUser-agent: diemtin", true),
        ("User-agent: diemtin\nSitemap: https://bao.example/s.xml\nUser-agent: khac", true),
        ("User-agent: diem", false),
        ("User-agent: diemtinbot", false),
        ("User-agent: bot diemtin", false),
        ("User-agent:", false),
        ("Agent: diemtin", false),
    ] {
        let text = format!("{star}{head}\nDisallow: /kin\n");
        assert_eq!(allows(&text, "/tin"), named, "{head}");
        assert!(!allows(&text, "/kin"), "{head}");
    }
}

#[test]
fn groups_of_one_name_are_one() {
    let text =
        "User-agent: diemtin\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: diemtin\nDisallow: /c";
    assert!(!allows(text, "/a") && allows(text, "/b") && !allows(text, "/c"));
    let nothing_said = "User-agent: diemtin\n\nUser-agent: khac\nDisallow:\n\nUser-agent: *\nDisallow: /";
    assert!(allows(nothing_said, "/a"), "a group without rules allows everything");
    assert!(allows("Disallow: /\n", "/a"), "a rule before any group concerns nobody");
}

#[test]
fn the_longest_rule_decides_and_allow_a_tie() {
    for (said, path, allowed) in [
        ("Disallow: /tin\nAllow: /tin/hay", "/tin/hay/1", true),
        ("Allow: /tin/hay\nDisallow: /tin", "/tin/do", false),
        ("Disallow: /tin\nAllow: /tin", "/tin", true),
        ("Disallow: /\nAllow: /$", "/", true),
        ("Disallow: /\nAllow: /$", "/tin", false),
        ("Disallow: /*.pdf$", "/a/b.pdf", false),
        ("Disallow: /*.pdf$", "/a/b.pdf?x", true),
        ("Disallow: /*.pdf$", "/a.pdf/b.pdf", false),
        ("Disallow: /a*b*c", "/a-b-c-d", false),
        ("Disallow: /a*b*c", "/a-c-b", true),
        ("Disallow: /*ab$", "/ab-ab", false),
        ("Disallow: /ab*ab$", "/ab", true),
        ("Disallow: **/in**$", "/tin/in", false),
        ("Disallow: *", "/", false),
        ("Disallow: tin", "/tin", true),
        ("Disallow:", "/tin", true),
        ("Disalow: /tin", "/tin", false),
        ("Disallow: /", "/robots.txt", true),
        ("Disallow: /Tin", "/tin", true),
        ("Disallow: /*?*sid=", "/tin?a=1&sid=2", false),
    ] {
        assert_eq!(allows(&format!("User-agent: *\n{said}"), path), allowed, "{said} {path}");
    }
}

#[test]
fn an_octet_is_the_same_however_it_is_written() {
    for (pattern, path) in [
        ("/tin-tức/", "/tin-t%e1%bb%a9c/1"),
        ("/tin-t%e1%bb%a9c/", "/tin-tức/1"),
        ("/%74in", "/tin"),
        ("/tin", "/%74in"),
        ("/a%2fb", "/a%2Fb"),
        ("/a%2Ab", "/a*b"),
        ("/a%24", "/a$b"),
        ("/a b", "/a%20b"),
        ("/a|b", "/a%7Cb"),
        ("/100%", "/100%"),
    ] {
        assert!(!allows(&format!("User-agent: *\nDisallow: {pattern}"), path), "{pattern} {path}");
    }
    assert!(allows("User-agent: *\nDisallow: /a%2Fb", "/a/b"), "an escaped slash separates nothing");
    assert!(allows("User-agent: *\nDisallow: /a%2Ab", "/aXb"), "an escaped star is no wildcard");
}

#[test]
fn the_pause_belongs_to_those_named_before_it() {
    for (text, delay) in [
        ("User-agent: diemtin\nCrawl-delay: 10", Some(10.0)),
        ("User-agent: *\nDisallow: /a\ncrawl-delay: 1.5\n", Some(1.5)),
        ("User-agent: khac\nCrawl-delay: 10\n\nUser-agent: *\nDisallow: /a", None),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: diemtin\nDisallow: /a", None),
        ("User-agent: *\nCrawl-delay: 2\nUser-agent: *\nCrawl-delay: 3", Some(3.0)),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: NaN", None),
        ("User-agent: *\nCrawl-delay: inf", Some(1e9)),
        ("User-agent: *\nCrawl-delay: 1e300", Some(1e9)),
        ("Crawl-delay: 10", None),
    ] {
        assert_eq!(rules(text).crawl_delay(), delay.map(Duration::from_secs_f64), "{text}");
    }
}

#[test]
fn any_bytes_can_be_read() {
    for text in [
        "\u{feff}User-agent: *\r\nDisallow: /a\r\n",
        "User-agent:*\rDisallow:/a\r\r#",
        "\0User-agent: *\n Disallow : /a ",
    ] {
        assert!(!allows(text, "/a"), "{text:?}");
    }
    assert_eq!(Rules::parse(&[0xff, 0xfe, 0, b':', b'\n', 0x80], PRODUCT_TOKEN), Rules::default());
    let page = "<!DOCTYPE html>\n<title>404</title>\n<p>User-agent: *</p>\nDisallow: /\n";
    assert!(allows(page, "/a"));
}

#[test]
fn what_lies_within_the_limit_counts_and_no_half_of_a_line() {
    let mut text = "User-agent: *\nDisallow: /a\n".to_owned();
    text.push_str(&"#".repeat(MOST_BYTES - text.len() - 14));
    text.push_str("\nDisallow: /tin-rieng\nDisallow: /b\n");
    assert!(!allows(&text, "/a") && allows(&text, "/tin") && allows(&text, "/b"));
}

#[test]
fn wildcards_cost_no_more_than_letters() {
    let path = format!("/{}", "a".repeat(8000));
    let stars = "*a".repeat(25);
    let many = format!("Disallow: /{}b\n", "*a".repeat(4000));
    let text =
        format!("User-agent: *\n{many}{}", format!("Disallow: /{stars}*b\nAllow: {stars}*c$\n").repeat(2000));
    let started = Instant::now();
    assert!(allows(&text, &path));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn a_file_saved_as_utf_16_and_a_decimal_comma_are_understood() {
    let text = "\u{feff}User-agent: *\nDisallow: /tin\nCrawl-delay: 2,5\n";
    let units = || text.encode_utf16();
    for bytes in [
        text.as_bytes().to_vec(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
    ] {
        let rules = Rules::parse(&bytes, PRODUCT_TOKEN);
        assert!(!rules.allows(&Url::parse("https://bao.example/tin/1").unwrap()), "{:?}", bytes.get(..4));
        assert_eq!(rules.crawl_delay(), Some(Duration::from_millis(2500)));
    }
}
