//! Words, for distances in rules.

use unicode_normalization::char::is_combining_mark;

use super::normalise::{is_han, is_invisible};

/// Whether a character is a letter or a figure, as [`char::is_alphanumeric`] says, which looks all but ASCII up in a table of ranges:
/// of Vietnamese every fourth letter.
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// How many words stand in `text`, counted no further than `most`. A word is a run of letters and digits, so that each
/// written syllable of Vietnamese is one; Han and Kana, which are written without spaces, count one a character.
pub fn count_up_to(text: &str, most: usize) -> usize {
    let (mut words, mut in_word) = (0, false);
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if words >= most {
            break;
        }
        let alone = is_han(c) || is_kana(c);
        let continues = c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '_' | '\'' | '’');
        if alone || c.is_alphanumeric() && !in_word {
            words += 1;
        }
        in_word = continues && !alone && (in_word || c.is_alphanumeric());
    }
    words
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_figures_are_told_as_the_standard_says() {
        let mut all = '\0'..=char::MAX;
        assert_eq!(all.find(|c| is_alphanumeric(*c) != c.is_alphanumeric()), None);
    }

    #[test]
    fn words_are_counted_as_they_are_written() {
        for (text, words) in [
            ("", 0),
            (" – , ", 0),
            ("builds chips at", 3),
            ("trí tuệ nhân tạo", 4),
            ("tri\u{301} tue\u{323}\u{302}", 2),
            ("don't, Huawei’s", 2),
            ("DeepSeek-R1 3.5", 4),
            ("发布 AI 芯片", 5),
            ("ソニーの TV", 5),
            ("삼성전자는 오늘", 2),
            ("Hua\u{AD}wei\u{200B}", 1),
        ] {
            assert_eq!(count_up_to(text, 100), words, "{text}");
        }
        assert_eq!(count_up_to("a b c d", 2), 2);
    }
}
