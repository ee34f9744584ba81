//! One normal form of text, and the form that search compares.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Characters that a reader cannot see: soft hyphen, zero-width space and joiners, byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a text of such characters is in NFC and all visible: Latin with the marks in the letter, Vietnamese included,
/// usual punctuation, and Han. Most texts are; composing is what costs most in reading a page.
fn is_settled(c: char) -> bool {
    matches!(c, '\0'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3020}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// NFC, invisible characters left out, every run of white space one space, none at the ends.
pub fn normalise(text: &str) -> String {
    if text.chars().all(is_settled) {
        return joined(text.split(is_settled_space), text.len());
    }
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).nfc().collect();
    joined(visible.split_whitespace(), visible.len())
}

/// All white space there is among settled characters; asking for that of all scripts takes several times as long.
fn is_settled_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{A0}')
}

fn joined<'a>(words: impl Iterator<Item = &'a str>, length: usize) -> String {
    let mut joined = String::with_capacity(length);
    for word in words.filter(|word| !word.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// The form that full-text search compares: marks dropped, đ as d, lower case, each Han character a word.
pub fn search_form(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            // Marks go, so that their order does not matter.
            decompose_canonical(c, |part| push_folded(part, &mut folded));
        }
    }
    normalise(&folded)
}

fn push_folded(c: char, folded: &mut String) {
    match c {
        c if is_combining_mark(c) || is_invisible(c) => {}
        'đ' | 'Đ' => folded.push('d'),
        c if is_han(c) => folded.extend([' ', c, ' ']),
        c => folded.extend(c.to_lowercase()),
    }
}

/// Whether this is a Han ideograph (the unified blocks, their extensions and compatibility forms).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_one_normal_form() {
        for (written, normal) in [
            ("  Huawei \u{00A0}\n mở  mã nguồn ", "Huawei mở mã nguồn"),
            ("Hua\u{00AD}wei\u{200B}", "Huawei"),
            ("Vie\u{0323}\u{0302}t Nam", "Việt Nam"),
            ("华\u{FEFF}为", "华为"),
            ("một\u{85}hai\u{0B}ba\u{2003}bốn", "một hai ba bốn"),
            ("\u{85}一\u{3000}二\u{A0}", "一 二"),
            ("a\u{0301} – “được”，ＡＢ", "á – “được”，ＡＢ"),
            ("", ""),
        ] {
            assert_eq!(normalise(written), normal);
        }
    }

    #[test]
    fn search_ignores_marks_and_case_and_splits_han() {
        for (written, form) in [
            ("Điện tử và Ứng dụng", "dien tu va ung dung"),
            ("华为发布 Ascend", "华 为 发 布 ascend"),
            ("DeepSeek-R1", "deepseek-r1"),
            ("Tie\u{0302}\u{0301}ng \u{1E0B}\u{0323} 한국", "tieng d 한국"),
        ] {
            assert_eq!(search_form(written), form);
        }
    }
}
