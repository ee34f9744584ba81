//! `[[include]]`: catalogues that come with the program.

use std::collections::BTreeSet;

use super::{problems, read};
use crate::config::PACKS;
use crate::entity::Matcher;
use crate::model::{Alias, Field};

#[test]
fn every_pack_is_right_and_of_a_useful_size() {
    for pack in PACKS {
        let entities = pack.entities().unwrap_or_else(|problems| panic!("{problems}"));
        assert!((30..=80).contains(&entities.len()), "{}: {}", pack.name, entities.len());
        Matcher::new(&entities, &[]).unwrap();
        for entity in &entities {
            let texts: BTreeSet<String> = entity.aliases.iter().map(|alias| format!("{alias:?}")).collect();
            assert_eq!(texts.len(), entity.aliases.len(), "{} repeats an alias", entity.name);
        }
    }
}

#[test]
fn packs_find_names_and_do_not_cry_wolf() {
    let include = PACKS.iter().map(|pack| format!("[[include]]\npack = {:?}\n", pack.name));
    let entities = read(&include.collect::<String>()).unwrap().entities;
    let matcher = Matcher::new(&entities, &[]).unwrap();
    let names = |text: &str| -> BTreeSet<String> {
        let found = matcher.find("", &[(Field::Body, text)]);
        found.mentions.into_iter().map(|mention| mention.entity).collect()
    };
    for (text, wanted) in [
        ("华为昇腾910C芯片由中芯国际代工", vec!["Ascend", "Ascend 910C", "Huawei", "SMIC"]),
        ("Qwen3-Max của Alibaba vượt DeepSeek-R1", vec!["Alibaba", "DeepSeek", "DeepSeek-R1", "Qwen"]),
        ("Tap doan Viettel va ong Pham Nhat Vuong", vec!["Phạm Nhật Vượng", "Viettel"]),
        ("Kiến trúc CPU mới của Arm cho chip di động", vec!["Arm"]),
        ("an arm and a leg; artificial intelligence; a metal chip; R1 visa; micron-sized", vec![]),
        ("seismic waves ascend; the apple of my eye; kirin beer; Kimi Räikkönen; Ant-Man", vec![]),
        ("hoa vị, hoà vi; danh sách khách mời; tiki bar; be bé; A05", vec![]),
    ] {
        assert_eq!(names(text), wanted.into_iter().map(str::to_owned).collect(), "{text}");
    }
}

#[test]
fn an_entity_of_the_file_stands_instead_of_the_packs() {
    let config = read(
        "[[include]]\npack = \"chips\"\n[[include]]\npack = \"chips\"\n[[entity]]\nname = \"smic\"\naliases = [\"Trung Tâm Quốc Tế\"]\n\
         [[alert]]\nname = \"A\"\nrule = \"SMIC AND Nvidia\"\nto = [\"mail:a@b.example\"]",
    )
    .unwrap();
    let smic: Vec<_> =
        config.entities.iter().filter(|entity| entity.name.eq_ignore_ascii_case("smic")).collect();
    assert_eq!(smic.len(), 1);
    assert_eq!(smic[0].aliases, [Alias::plain("Trung Tâm Quốc Tế")]);
}

#[test]
fn a_pack_that_is_not_there_is_a_problem() {
    assert_eq!(
        problems("[[include]]\npack = \"chip\""),
        ["2:8: there is no pack \"chip\"; there are china-ai, chips, vietnam-tech -> chips"]
    );
    assert_eq!(problems("[[include]]"), ["1:1: [[include]] needs \"pack\""]);
}
