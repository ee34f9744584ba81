//! Adding sources at its door: a text and new sources in, a text out.

use std::path::Path;

use proptest::prelude::*;

use super::*;

fn source(name: &str, keys: &[(&str, &str)]) -> SourceTable {
    SourceTable {
        name: name.to_owned(),
        url: format!("https://{}.example/rss", name.to_lowercase()),
        tags: vec![],
        keys: keys.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
    }
}

const NEW: &str = "[[source]]\nname = \"B\"\nurl = \"https://b.example/rss\"\n";

#[test]
fn a_source_goes_behind_the_last_one_and_nothing_else_changes() {
    for (before, after) in [
        ("", NEW.to_owned()),
        ("[web]\n", format!("[web]\n\n{NEW}")),
        ("[[source]]\nname = 'A' # Báo A\n", format!("[[source]]\nname = 'A' # Báo A\n\n{NEW}")),
        // No newline at the end stays none.
        ("[[source]]\nname = 'A'", format!("[[source]]\nname = 'A'\n\n{}", NEW.trim_end())),
        // A comment below belongs to the source, one above a table to that table.
        (
            "[[source]]\nname = 'A'\n# every = '5m'\n\n# Tên\n[[entity]]\nname = 'X'\n",
            format!("[[source]]\nname = 'A'\n# every = '5m'\n\n{NEW}\n# Tên\n[[entity]]\nname = 'X'\n"),
        ),
        (
            "[[source]]\nname = 'A'\n# Tên\n[[entity]]\nname = 'X'\n",
            format!("[[source]]\nname = 'A'\n\n{NEW}\n# Tên\n[[entity]]\nname = 'X'\n"),
        ),
        // Sources among other tables, values over several lines, blank lines at the end.
        (
            "[[source]]\nname = 'A'\n\n[daemon]\n\n[[source]]\ntags = [\n  'x', # one\n]\n\n\n",
            format!(
                "[[source]]\nname = 'A'\n\n[daemon]\n\n[[source]]\ntags = [\n  'x', # one\n]\n\n{NEW}\n\n"
            ),
        ),
        (
            "[[source]]\nname = 'A'\n[source.more]\nx = 1\n[daemon]\n",
            format!("[[source]]\nname = 'A'\n[source.more]\nx = 1\n\n{NEW}\n[daemon]\n"),
        ),
        ("[[source]]\n[daemon]\n", format!("[[source]]\n\n{NEW}\n[daemon]\n")),
    ] {
        assert_eq!(add(before, &[source("B", &[])]).unwrap(), after, "{before}");
    }
}

#[test]
fn the_texts_own_line_ends_and_byte_order_mark_stay() {
    let text = "\u{FEFF}[[source]]\r\nname = \"A\"\r\n\r\n[web]\r\n";
    let added = add(text, &[source("B", &[]), source("C", &[("every", "5m")])]).unwrap();
    assert_eq!(
        added,
        "\u{FEFF}[[source]]\r\nname = \"A\"\r\n\r\n[[source]]\r\nname = \"B\"\r\nurl = \"https://b.example/rss\"\r\n\r\n\
         [[source]]\r\nname = \"C\"\r\nurl = \"https://c.example/rss\"\r\nevery = \"5m\"\r\n\r\n[web]\r\n"
    );
}

#[test]
fn values_are_written_as_what_they_are() {
    let keys = [("full_text", "false"), ("links", "h3 > a[rel=\"x\"]"), ("language", "vi"), ("n", "\"7\"")];
    let table = SourceTable { tags: vec!["vi".to_owned(), "AI \"mới\"".to_owned()], ..source("B", &keys) };
    let read: Table = toml::from_str(&table.block()).unwrap();
    let read = read["source"][0].as_table().unwrap().clone();
    assert_eq!(read["full_text"].as_bool(), Some(false));
    assert_eq!(read["links"].as_str(), Some("h3 > a[rel=\"x\"]"));
    assert_eq!(read["n"].as_str(), Some("7"));
    assert_eq!(read["tags"][1].as_str(), Some("AI \"mới\""));
}

#[test]
fn sources_are_listed_with_their_lines_and_what_holds_for_all() {
    let text = "[defaults]\nlanguage = 'en'\nevery = '5m'\n\n[[source]]\nname = 'A'\nurl = 'https://a.example/'\nevery = '1h'\n\
        tags = ['x']\n\n[[source]]\nname = 'No address'\n\n[[source]]\nname = 'C'\nurl = 'https://c.example/'\nfull_text = false\n";
    let listed = sources(text).unwrap();
    assert_eq!(listed.iter().map(|written| written.line).collect::<Vec<_>>(), [5, 14]);
    let keys = |index: usize| {
        let keys = listed[index].source.keys.iter().map(|(key, value)| format!("{key}={value}"));
        keys.collect::<Vec<_>>()
    };
    assert_eq!(keys(0), ["every=1h", "language=en"]);
    assert_eq!(keys(1), ["full_text=false", "every=5m", "language=en"]);
    assert_eq!((listed[0].source.tags.len(), default_of(text, "language").as_deref()), (1, Some("en")));
}

#[test]
fn what_cannot_be_edited_is_explained() {
    assert!(matches!(add("[[source]\n", &[source("B", &[])]), Err(EditError::Syntax(_))));
    for text in ["source = []\n", "source = [{ name = 'A' }]\n", "source = 3\n"] {
        assert_eq!(add(text, &[source("B", &[])]), Err(EditError::Inline), "{text}");
    }
}

#[test]
fn only_what_the_new_text_brings_is_a_problem() {
    let file = (Path::new("sources.toml"), &(|_: &str| None) as Env<'_>);
    let old = "[email]\nsmtp = \"smtps://mail.example.org\"\nuser = \"a\"\npassword_env = \"X\"\nfrom = \"a@example.org\"\n";
    let good = add(old, &[source("B", &[])]).unwrap();
    assert_eq!(new_problems(old, &good, file), None);
    let twice = add(&good, &[source("B", &[("every", "soon")])]).unwrap();
    let found = new_problems(&good, &twice, file).unwrap().0;
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn secrets_stay_with_the_file() {
    for (key, travels) in [
        ("every", true),
        ("links", true),
        ("cookie_env", false),
        ("headers", false),
        ("password_file", false),
    ] {
        assert_eq!(may_travel(key), travels, "{key}");
    }
    assert!(is_key("full_text") && !is_key("frobnicate"));
}

proptest! {
    #[test]
    fn any_string_comes_back_as_itself(text in "\\PC{0,20}|[\"'\\\\\\n\\t a1#=\\[\\]{}]{0,8}|true|1e5|2026-01-01|'x'") {
        let value = Value::String(text);
        prop_assert_eq!(value_of(&plain(&value)), value);
    }

    #[test]
    fn whatever_stands_there_stays(lines in proptest::collection::vec("# [a-z]{0,5}|\\[\\[source\\]\\]|\\[web\\]||\\[\\[entity\\]\\]|[a-z]{1,2} = 1", 0..12)) {
        let text = lines.join("\n");
        if let Ok(added) = add(&text, &[source("B", &[])]) {
            let new = sources(&added).unwrap();
            prop_assert!(new.iter().any(|written| written.source.name == "B"));
            let kept: Vec<&str> = added.lines().filter(|line| !NEW.contains(line) || *line == "[[source]]").filter(|line| !line.is_empty()).collect();
            let mut before: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            before.push("[[source]]");
            prop_assert_eq!(kept.len(), before.len());
        }
    }
}
