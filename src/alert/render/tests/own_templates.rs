//! Templates of the user's in the place of ours.

use std::collections::BTreeMap;

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{alert, ascend, digest, notice};
use crate::alert::render::{TemplateFault, Templates};
use crate::model::Language;

fn replaced(own: &[(&str, &str)]) -> (Templates, Vec<TemplateFault>) {
    let own: BTreeMap<_, _> =
        own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Templates::replaced_by(own)
}

#[test]
fn a_template_replaces_ours_of_the_same_name() {
    let own = "{{ words.alert }}!\n{% for entry in entries %}{{ entry.title }}\n{% endfor %}";
    let (templates, faults) = replaced(&[("alert.txt.j2", own)]);
    assert_eq!(faults, []);
    let mail = templates.mail(&alert(vec![ascend()]), Language::Vi, Ho_Chi_Minh).unwrap();
    assert_eq!(mail.text, format!("Cảnh báo!\n{}\n", ascend().title));
    assert!(mail.html.contains("<html") && mail.fault.is_none());
}

#[test]
fn a_broken_template_is_named_with_its_line_and_ours_is_used() {
    for (name, own, line, part) in [
        ("alert.txt.j2", "một\n{% for entry in %}", Some(2), "unexpected"),
        (
            "digest.html.j2",
            "một\nhai {{ entries[0].titel }}\nba {{ entries[0].titel.x }}",
            Some(2),
            "undefined",
        ),
        ("notice.txt.j2", "{% include 'khac.j2' %}", Some(1), "non-existing"),
        ("parts.txt.j2", "không có macro", None, ""),
        (
            "alert.txt.j2",
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
            Some(1),
            "fuel",
        ),
        ("alret.txt.j2", "", None, "there is no such template; there are frame.html.j2, "),
    ] {
        let (templates, faults) = replaced(&[(name, own)]);
        let [fault] = faults.as_slice() else { panic!("{name}: {faults:?}") };
        assert_eq!((fault.name.as_str(), fault.line), (name, line), "{fault:?}");
        assert!(fault.message.contains(part), "{fault:?}");
        assert_eq!(templates, Templates::default(), "{name}");
    }
}

#[test]
fn one_broken_template_leaves_the_others_in_use() {
    let (templates, faults) = replaced(&[("alert.txt.j2", "{{"), ("notice.txt.j2", "Tin: {{ subject }}")]);
    assert_eq!(faults.len(), 1);
    let mail = templates.mail(&notice(), Language::Vi, Ho_Chi_Minh).unwrap();
    assert!(mail.text.starts_with("Tin: sources.toml"), "{}", mail.text);
}

#[test]
fn a_template_that_fails_on_a_message_gives_way_to_ours() {
    let own = "{% if entries | length > 9 %}{{ nothing.at.all }}{% endif %}";
    let (templates, faults) = replaced(&[("digest.txt.j2", own)]);
    assert_eq!(faults, []);
    let many = digest(vec![ascend(); 10]);
    let mail = templates.mail(&many, Language::Vi, Ho_Chi_Minh).unwrap();
    assert!(
        mail.text.contains("Điểm tin sáng")
            && mail.fault.is_some_and(|fault| fault.contains("digest.txt.j2"))
    );
}

#[test]
fn every_template_and_its_variables_are_documented() {
    let page = include_str!("../../../../docs/templates.md");
    for name in Templates::names() {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}
