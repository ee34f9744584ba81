//! `[[entity]]`: every option, and what is wrong with one.

use super::{problems, read};
use crate::model::{Alias, Boundary, CaseRule, MarksRule, Scope, Separator};

#[test]
fn every_option_of_entities_and_aliases_is_read() {
    let config = read(
        "[[entity]]\nname = \"Ant\"\nnot = [\"Ant-Man\"]\nwith_any = [\"fintech\"]\nwithout_any = [\"Marvel\"]\nscope = \"body\"\n\
         sources = [\"tin\"]\nmin_count = 2\n\
         aliases = [\"Ant Group\", { text = \"Ant\", case = \"exact\", marks = \"fold\", boundary = \"prefix\", sep = \"flex\", version = true, requires_full = true }]",
    )
    .unwrap();
    let ant = &config.entities[0];
    assert_eq!((&ant.not, &ant.with_any), (&vec!["Ant-Man".to_owned()], &vec!["fintech".to_owned()]));
    assert_eq!((&ant.without_any, ant.scope, ant.min_count), (&vec!["Marvel".to_owned()], Scope::Body, 2));
    assert_eq!(ant.sources, ["Tin"], "as the source's table writes it");
    let short = Alias {
        text: "Ant".to_owned(),
        case: CaseRule::Exact,
        marks: MarksRule::Fold,
        boundary: Boundary::Prefix,
        sep: Separator::Flex,
        version: true,
        requires_full: true,
    };
    assert_eq!(ant.aliases, [Alias::plain("Ant Group"), short]);
}

#[test]
fn a_mistake_in_an_entity_is_told_at_its_place() {
    for (line, column, says) in [
        ("scope = \"titel\"", 9, "-> title"),
        ("sources = [\"Đài\"]", 12, "there is no [[source]] named"),
        ("min_count = 0", 13, "between 1 and"),
        ("not = [\" \"]", 8, "can never match"),
        ("with_any = [\"x\", \"\\u200B\"]", 18, "can never match"),
        ("without_any = \"x\"", 15, "must be a list"),
        ("aliases = [{ text = \"A\", boundary = \"word\" }]", 37, "\"auto\" or \"prefix\" or \"none\""),
        ("aliases = [{ text = \"A\", marks = \"flod\" }]", 34, "-> fold"),
        ("aliases = [{ text = \"A\", sep = true }]", 32, "not true or false"),
        ("aliases = [{ text = \"A\", requires_ful = true }]", 26, "-> requires_full"),
        ("aliases = [{ text = \"A\", version = \"3\" }]", 36, "true or false"),
        ("aliases = [{ text = \"A\", requires_full = true }]", 42, "leave requires_full out"),
        ("aliases = [{ text = \"- \", sep = \"flex\" }]", 21, "can never match"),
        ("aliases = [{ text = \"-A\", marks = \"fold\" }]", 21, "hyphen"),
    ] {
        let found = problems(&format!("[[entity]]\nname = \"It\"\n{line}"));
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        let (start, all) = (format!("3:{column}: "), &found[0]);
        assert!(all.starts_with(&start) && all.contains(says), "{line}: {all}");
    }
}
