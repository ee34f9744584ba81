//! Bodies that users write.

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{alert, ascend, at, notice};
use super::hostile::messages;
use crate::alert::render::{check_template, webhook_posts};
use crate::model::{Language, Message, WebhookFormat};

fn made(template: &str, message: &Message) -> String {
    let format = WebhookFormat { template: Some(template.to_owned()), ..WebhookFormat::default() };
    let reader = (Language::Vi, Ho_Chi_Minh);
    webhook_posts(message, &format, reader, at("2026-11-21T11:10:00Z")).unwrap().remove(0)
}

const CARD: &str = r#"{"text": {{ subject }}, "n": {{ data["items"] | default([]) | length }}}"#;

#[test]
fn a_template_makes_json_or_plain_text() {
    let one = alert(vec![ascend()]);
    let card: serde_json::Value = serde_json::from_str(&made(CARD, &one)).unwrap();
    assert_eq!(card["n"], 1);
    assert!(card["text"].as_str().unwrap().contains("Huawei"));
    assert_eq!(
        made("Tin {{ type }}: {{ data.subject }}", &notice()),
        "Tin notice: sources.toml was not reloaded: 1 problem"
    );
    let titles = "{% for item in data['items'] %}{{ item.article.title }}\n{% endfor %}";
    assert!(made(titles, &one).starts_with("Huawei hẹn ra mắt"));
}

#[test]
fn no_headline_breaks_the_json() {
    for trick in ["\", \"x\": \"", "\\", "\n\r\u{0}", "{{ subject }}", "</script>"] {
        for message in messages(trick) {
            serde_json::from_str::<serde_json::Value>(&made(CARD, &message)).unwrap();
        }
    }
}

#[test]
fn mistakes_are_found_before_anything_is_sent() {
    for (template, problem, line) in [
        ("{\"text\": {{ subject }", "", Some(1)),
        ("a\nb {% for x in data %}", "unexpected", Some(2)),
        ("a\n{{ sujet }}", "names \"sujet\"", Some(2)),
        ("{\"text\": \"{{ subject }}\"}", "without quotes", None),
        ("{% include 'x' %}", "", Some(1)),
        ("{{ subject | nofilter }}", "nofilter", Some(1)),
        ("{{ data['items'] | length }}", "for a message of type notice", Some(1)),
        ("{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}", "fuel", None),
        ("{{ 'x' * 300000 }}", "more than 256 KiB", None),
    ] {
        let error = check_template(template).unwrap_err();
        assert!(error.message.contains(problem), "{template}: {}", error.message);
        assert!(line.is_none() || error.line_in(template) == line, "{template}: {error:?}");
    }
    check_template(CARD).unwrap();
    check_template("{{ text }} {{ timestamp }} {{ range(3) | join }}").unwrap();
}
