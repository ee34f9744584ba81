//! Problems that the stages find in rules, aliases and cron lines, at their place in the file.

use super::problems;

/// `line:column` of each problem.
fn places(text: &str) -> Vec<String> {
    let place = |problem: &String| problem.split(": ").next().unwrap_or_default().to_owned();
    problems(text).iter().map(place).collect()
}

#[test]
fn a_problem_in_a_rule_is_shown_inside_the_rule() {
    for (rule, place, suggestion) in [
        ("'SMIC AND SMCI'", "6:18", Some("SMIC")),
        (r#""\"chip\" AND SMCI""#, "6:22", Some("SMIC")),
        ("'''\nSMIC\nAND (SMCI)'''", "8:6", Some("SMIC")),
        ("'SMIC AND'", "6:17", None),
        ("''", "6:9", None),
        (r#"'"" OR SMIC'"#, "6:9", None),
    ] {
        let text = format!(
            "[[entity]]\nname = \"SMIC\"\n[[alert]]\nname = \"A\"\nto = [\"mail:a@b.example\"]\nrule = {rule}"
        );
        assert_eq!(places(&text), [place], "{rule}");
        let found = problems(&text).remove(0);
        assert_eq!(found.split(" -> ").nth(1), suggestion, "{found}");
    }
}

#[test]
fn a_cron_line_or_alias_that_can_never_work_is_a_problem() {
    for cron in ["0 7 * *", "99 7 * * *", "x", "", "0 0 30 2 *"] {
        let text = format!("[[digest]]\nname = \"D\"\ncron = \"{cron}\"\nto = [\"mail:a@b.example\"]");
        assert_eq!(places(&text), ["3:8"], "{cron}");
    }
    for alias in ["", " ", "\\u200b"] {
        assert_eq!(
            places(&format!("[[entity]]\nname = \"D\"\naliases = [\"{alias}\"]")),
            ["3:12"],
            "{alias:?}"
        );
    }
}

#[test]
fn keys_about_edits_are_told_to_an_alert_about_new_articles_alone() {
    let alert = "[[entity]]\nname = \"SMIC\"\n[[alert]]\nname = \"A\"\nrule = \"SMIC\"\nto = [\"mail:a@example.org\"]\n";
    for line in
        ["min_significance = 0.5", "settle = \"10m\"", "kinds = [\"number_edit\"]", "match = \"changed\""]
    {
        for on in ["", "on = [\"new\"]\n"] {
            let found = problems(&format!("{alert}{on}{line}"));
            assert!(
                found.iter().any(|problem| problem.contains("about new articles only")),
                "{line}: {found:?}"
            );
        }
        let found = problems(&format!("{alert}on = [\"new\", \"edit\"]\n{line}"));
        assert!(
            !found.iter().any(|problem| problem.contains("about new articles only")),
            "{line}: {found:?}"
        );
    }
    let all = "min_significance = 0.5\nsettle = \"10m\"\nkinds = [\"edit\"]\nmatch = \"article\"";
    let found = problems(&format!("{alert}{all}"));
    assert_eq!(
        found.iter().filter(|problem| problem.contains("about new articles only")).count(),
        4,
        "{found:?}"
    );
}
