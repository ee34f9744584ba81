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
    if reads_like(beginning, "vi") {
        return Some("vi");
    }
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

/// Whether a text certainly reads like this language; costs a hundredth of [`detect_language`] and says no in doubt.
pub fn reads_like(text: &str, language: &str) -> bool {
    let beginning = text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or(text);
    let words: &[&str] = match language {
        "en" => &["the", "and", "of", "to", "in", "is", "that"],
        "de" => &["der", "die", "und", "das", "den", "ist", "nicht", "von"],
        "fr" => &["les", "des", "et", "le", "la", "une", "est", "pour", "dans"],
        "es" => &["el", "los", "las", "que", "y", "en", "una", "por", "del"],
        "vi" => &["của", "và", "là", "các", "có", "được", "cho", "không", "trong", "với"],
        _ => return false,
    };
    let (mut all, mut known) = (0, 0);
    for word in beginning.split_whitespace() {
        all += 1;
        known += usize::from(words.contains(&word));
    }
    // Of ten words of prose at least one is of these; in another language hardly any is.
    all >= 20 && known * 10 >= all
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
    fn prose_reads_like_its_language_and_no_other() {
        let texts = [
            ("vi", "Công ty và các đối tác của họ cho biết sản phẩm mới không được bán trong năm nay. "),
            ("en", "The company and the owners of the plant said that it is to open in the spring. "),
            (
                "de",
                "Die Firma und der Betreiber sagten, das Werk ist noch nicht fertig und die Eröffnung offen. ",
            ),
            ("fr", "Les dirigeants et le maire disent que la ville est prête pour une fête dans les rues. "),
            (
                "es",
                "El alcalde y los vecinos dicen que las obras del puerto terminan en una semana por fin. ",
            ),
        ];
        for (language, text) in texts {
            let text = text.repeat(3);
            for (other, _) in texts {
                assert_eq!(reads_like(&text, other), language == other, "{language} {other}");
            }
        }
        assert!(!reads_like("the and of", "en"), "too short");
    }

    #[test]
    fn tags_are_cut_to_the_primary_language() {
        for (tag, language) in [("vi-VN", Some("vi")), ("EN_us", Some("en")), ("", None), ("x", None)] {
            assert_eq!(primary(tag).as_deref(), language);
        }
    }
}
