//! Names of Vietnamese months and of days, and the small words between the parts of a date.

use super::token::Token;

/// English months and days of the week, whole and short, in lower case.
const ENGLISH: [&str; 31] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether a word in lower case is the English name of a month or of a day of the week, whole or short.
pub fn is_english_calendar_word(word: &str) -> bool {
    ENGLISH.contains(&word)
}

/// The number that a Vietnamese month name ends in: `giêng`, `tư`, `mười một`; and how many words it takes.
pub(super) fn vietnamese_month(first: &str, second: Option<&str>) -> Option<(u32, usize)> {
    let month = match first {
        "giêng" | "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "tư" | "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        "chạp" => 12,
        "mười" => match second {
            Some("một") => return Some((11, 2)),
            Some("hai") => return Some((12, 2)),
            _ => 10,
        },
        _ => return None,
    };
    Some((month, 1))
}

/// Whether the word is a day of the week by itself.
pub(super) fn is_weekday(word: &str) -> bool {
    const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let english = ENGLISH.iter().any(|name| word.len() >= 3 && name.starts_with(word));
    english || word == "cn" || is_eastern_weekday(word)
}

/// `星期六`, `周六`, `週六`, `토요일`, with or without what follows it in one run.
fn is_eastern_weekday(word: &str) -> bool {
    ["星期", "周", "週", "礼拜"].iter().any(|prefix| word.starts_with(prefix)) || word.ends_with("요일")
}

/// The second word of `thứ hai` to `thứ bảy` and of `chủ nhật`.
pub(super) fn completes_weekday(first: &str, second: &str) -> bool {
    match first {
        "thứ" | "thu" => {
            matches!(
                second,
                "hai" | "ba" | "tư" | "tu" | "năm" | "nam" | "sáu" | "sau" | "bảy" | "bẩy" | "bay"
            )
        }
        "chủ" | "chúa" | "chu" => matches!(second, "nhật" | "nhat"),
        _ => false,
    }
}

/// Words that may stand between the parts of a date without meaning anything.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "ngày"
            | "ngay"
            | "năm"
            | "nam"
            | "lúc"
            | "luc"
            | "vào"
            | "hồi"
            | "of"
            | "the"
            | "at"
            | "on"
            | "de"
            | "del"
            | "do"
            | "di"
            | "г"
            | "р"
    )
}

/// Whether the line is Vietnamese by its words.
pub(super) fn has_vietnamese(tokens: &[Token]) -> bool {
    tokens.iter().filter_map(Token::word).any(|word| {
        matches!(
            word,
            "thứ" | "chủ" | "ngày" | "tháng" | "năm" | "lúc" | "giờ" | "cập" | "đăng" | "sa" | "ch"
        )
    })
}
