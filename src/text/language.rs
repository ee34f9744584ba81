//! Which language a text is written in.

use whatlang::{Detector, Info, Lang};

/// Below this many bytes a guess is worth nothing (it calls "Huawei Ascend" Romanian).
const SHORTEST: usize = 200;

/// So many bytes tell as much as the whole, at a tenth of the cost for a long article.
const ENOUGH: usize = 800;

/// Those that are told, and behind them what else is much written in Latin letters, so that it is not taken for one of them. Each
/// language costs three hundred look-ups for every text; all that the library knows would cost more than reading the article.
const LANGUAGES: [Lang; 19] = [
    Lang::Vie,
    Lang::Eng,
    Lang::Cmn,
    Lang::Jpn,
    Lang::Kor,
    Lang::Fra,
    Lang::Deu,
    Lang::Spa,
    Lang::Rus,
    Lang::Ukr,
    Lang::Por,
    Lang::Ita,
    Lang::Nld,
    Lang::Pol,
    Lang::Ron,
    Lang::Swe,
    Lang::Tur,
    Lang::Ind,
    Lang::Tgl,
];

/// BCP 47 primary language of a body text, where it is long enough to tell.
pub fn detect_language(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST {
        return None;
    }
    let beginning = text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or(text);
    let info = Detector::with_allowlist(LANGUAGES.to_vec()).detect(beginning).filter(Info::is_reliable)?;
    match info.lang() {
        Lang::Vie => Some("vi"),
        Lang::Eng => Some("en"),
        Lang::Cmn => Some("zh"),
        Lang::Jpn => Some("ja"),
        Lang::Kor => Some("ko"),
        Lang::Fra => Some("fr"),
        Lang::Deu => Some("de"),
        Lang::Spa => Some("es"),
        Lang::Rus => Some("ru"),
        _ => None,
    }
}

/// The primary language of a tag: `vi` of `vi-VN`, lower case.
pub fn primary(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let plausible = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    plausible.then_some(primary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_from_body_text_only() {
        let vietnamese = "Công ty vừa công bố thế hệ chip mới dành cho trung tâm dữ liệu. ".repeat(4);
        let english = "The company announced a new generation of chips for data centres. ".repeat(4);
        assert_eq!(detect_language(&vietnamese), Some("vi"));
        assert_eq!(detect_language(&english), Some("en"));
        assert_eq!(detect_language("Huawei Ascend"), None);
    }

    #[test]
    fn tags_are_cut_to_the_primary_language() {
        for (tag, language) in [("vi-VN", Some("vi")), ("EN_us", Some("en")), ("", None), ("x", None)] {
            assert_eq!(primary(tag).as_deref(), language);
        }
    }
}
