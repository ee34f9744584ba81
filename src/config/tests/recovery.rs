//! One run names everything that is wrong, and nothing that merely follows from it.

use std::path::Path;

use super::{problems, read};
use crate::config::{catalogue, parse};

#[test]
fn every_problem_is_told_at_once() {
    let text = "\
[daemon]
timezon = \"UTC\"
langage = \"vi\"
notices = [\"ops\", 5]
[[source]]
name = \"A\"
url = \"ftp://a.example\"
every = 15
[[alert]]
name = \"B\"
to = [\"webhook:x\"]
tags = [\"none\"]";
    let lines: Vec<String> =
        problems(text).iter().map(|problem| problem.split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(lines, ["2:1", "3:1", "4:12", "4:19", "7:7", "8:9", "11:7", "12:9"]);
}

#[test]
fn broken_syntax_does_not_hide_the_rest() {
    let text = "[[source]]\nname = \"A\"\nurl = \"https://a.example\nevery = 15m\ntags = \"x\"\n";
    assert_eq!(
        problems(text),
        [
            "3:25: invalid basic string, expected `\"`",
            "4:9: a string must stand in quotes -> 15m",
            "5:8: \"tags\" must be a list such as [\"vi\",\"tech\"], not a string",
        ]
    );
    assert_eq!(problems("[daemon]\nlanguage = \"vi\"\nlanguage = \"en\"\n"), ["3:1: duplicate key"]);
}

#[test]
fn after_a_broken_header_nothing_else_is_said() {
    let text = "[daemon\ntimezone = \"nowhere\"\n[web]\nlisten = \"x\"\n";
    assert_eq!(problems(text), ["1:8: unclosed table, expected `]`"]);
}

#[test]
fn what_follows_from_a_problem_is_none_of_its_own() {
    for (text, problem) in [
        ("[[source]]\nname = \"A\"\nulr = \"https://a.example\"", "3:1: unknown key \"ulr\" -> url"),
        (
            "[[source]]\nname = \"A\"\nurl = 5",
            "3:7: \"url\" must be a string such as \"https://vnexpress.net/rss/so-hoa.rss\", not a whole number",
        ),
        (
            "[[alert]]\nname = \"A\"\nto = [\"mail:a@b.example\"]\nruel = \"X\"",
            "4:1: unknown key \"ruel\" -> rule",
        ),
        (
            "[[alert]]\nname = \"A\"\nto = [\"mail:a@b.example\"]\ntags = [5]",
            "4:9: \"tags\" must be a string, not a whole number",
        ),
        (
            "[[sources]]\nname = \"A\"\n[[alert]]\nname = \"A\"\nto = [\"mail:a@b.example\"]\nsources = [\"A\"]",
            "1:3: unknown key \"sources\" -> source",
        ),
        (
            "[[entitty]]\nname = \"A\"\n[[digest]]\nname = \"A\"\ncron = \"0 7 * * *\"\nto = [\"mail:a@b.example\"]\nentities = [\"A\"]",
            "1:3: unknown key \"entitty\" -> entity",
        ),
    ] {
        assert_eq!(problems(text), [problem], "{text}");
    }
    let only = "[[sources]]\nname = \"A\"\nurl = \"https://a.example\"\n";
    assert_eq!(parse(only, "s", Path::new(""), &|_| None).unwrap_err().0.len(), 1);
}

#[test]
fn a_problem_is_shown_below_its_line() {
    let shown = read("[daemon]\r\nlanguage = \"fr\" # 语言\r\n").unwrap_err().to_string();
    assert_eq!(
        shown,
        "sources.toml:2:12: \"language\" must be \"vi\" or \"en\"\n  2 | language = \"fr\" # 语言\n    |            ^^^^"
    );
    let wide = read("[[entity]]\nname = \"华为\"\naliases = [\"华为\", 5]\n").unwrap_err().to_string();
    assert!(wide.ends_with("  3 | aliases = [\"华为\", 5]\n    |                    ^"), "{wide}");
}

#[test]
fn a_catalogue_needs_neither_sources_nor_recipients() {
    let text = "[[entity]]\nname = \"Huawei\"\n[[alert]]\nname = \"A\"\nrule = \"Huawei\"\nsources = [\"unknown\"]\ntags = [\"none\"]\n\
                [[alert]]\nname = \"B\"\nrule = \"Huawei\"\nto = [\"webhook:none\"]\n";
    let catalogue_of = |text: &str| catalogue(text, "entities.toml");
    let read = catalogue_of(text).unwrap();
    assert_eq!((read.entities.len(), read.alerts.len()), (1, 2));
    assert!(read.alerts[0].sources.names.contains("unknown"));
    let problems = catalogue_of("[[entity]]\nname = 5\n[[alert]]\nname = \"A\"\n").unwrap_err();
    assert_eq!(problems.0.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn hostile_text_is_refused_without_a_panic() {
    for text in [
        "\0",
        "[[[[[",
        "\u{FEFF}=",
        "a.b.c.d = {",
        "'''",
        "\"\\",
        "= =",
        "[source]\n[[source]]",
        "source = [[[]]]",
    ] {
        assert!(read(text).is_err(), "{text:?}");
    }
    let deep = format!("x = {}", "[".repeat(100_000));
    assert!(read(&deep).is_err());
}
