//! Sentences, for snippets.

use std::ops::Range;

use super::normalise::is_invisible;

/// A sentence is looked for within so many bytes on each side; a text without full stops is cut there.
const REACH: usize = 4_000;

/// Stops and quotes behind each other are read so many bytes far.
const LONGEST_ENDING: usize = 64;

/// What a full stop follows without ending a sentence, lower case: titles and shortened words of English and
/// Vietnamese. Single letters and anything with a dot inside (`U.S.`, `e.g.`) need no entry.
const SHORTENED: &[&str] = &[
    "approx", "apr", "aug", "bs", "capt", "cf", "ck", "cn", "co", "col", "corp", "dec", "đh", "dr", "ds",
    "đt", "feb", "fig", "gen", "gov", "gs", "hon", "inc", "jan", "jr", "jul", "jun", "ks", "lt", "ltd",
    "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nov", "nxb", "oct", "pgs", "pp", "pres", "prof", "rep",
    "rev", "sen", "sep", "sept", "sgt", "sr", "st", "tp", "tr", "ths", "ts", "tt", "tx", "vol", "vs",
];

/// The sentence of `text` around the bytes `start..end`, trimmed.
pub fn around(text: &str, start: usize, end: usize) -> &str {
    text.get(range_around(text, start, end)).unwrap_or_default()
}

/// The bytes of [`around`]. They always hold `start..end`, moved to the nearest characters.
pub fn range_around(text: &str, start: usize, end: usize) -> Range<usize> {
    let start = text.floor_char_boundary(start);
    let end = text.ceil_char_boundary(end.max(start));
    let reach = text.floor_char_boundary(start.saturating_sub(REACH))..text.ceil_char_boundary(end + REACH);
    let first = sentence_start(text, reach.start, start);
    let last = sentence_end(text, end, reach.end);
    trimmed(text, first..last, &(start..end))
}

/// Where the sentence begins that holds byte `at`: behind the last end before it.
fn sentence_start(text: &str, floor: usize, at: usize) -> usize {
    let before = text.get(floor..at).unwrap_or_default();
    let mut ends = before.char_indices().rev().filter(|(_, c)| is_terminator(*c) || is_line_break(*c));
    let found = ends.find_map(|(index, _)| end_at(text, floor + index).filter(|end| *end <= at));
    found.unwrap_or(floor)
}

fn sentence_end(text: &str, at: usize, ceiling: usize) -> usize {
    let after = text.get(at..ceiling).unwrap_or_default();
    let mut ends = after.char_indices().filter(|(_, c)| is_terminator(*c) || is_line_break(*c));
    ends.find_map(|(index, _)| end_at(text, at + index)).unwrap_or(ceiling)
}

/// Where the sentence ends that the character at byte `at` ends, closing quotes included; `None` where it does
/// not end any.
fn end_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..text.ceil_char_boundary(at + LONGEST_ENDING))?;
    let sign = rest.chars().next()?;
    if is_line_break(sign) {
        return Some(at);
    }
    let behind = rest.trim_start_matches(is_terminator);
    let closed = behind.trim_start_matches(is_closing);
    let end = at + rest.len() - closed.len();
    if matches!(sign, '。' | '！' | '？') {
        return Some(end);
    }
    let spaced = closed.is_empty() || closed.starts_with(char::is_whitespace) || closed.len() < behind.len();
    if !spaced || goes_on(closed) {
        return None;
    }
    let single_stop = sign == '.' && rest.len() - behind.len() == 1;
    let shortened = single_stop && is_shortened(text.get(..at).unwrap_or_default(), closed);
    (!shortened).then_some(end)
}

/// Whether the words behind a full stop are still the same sentence: they go on in lower case.
fn goes_on(behind: &str) -> bool {
    let line = behind.trim_start_matches(|c: char| c.is_whitespace() && !is_line_break(c));
    line.starts_with(char::is_lowercase)
}

/// Whether the full stop between these belongs to the word before it.
fn is_shortened(before: &str, behind: &str) -> bool {
    let from = before.floor_char_boundary(before.len().saturating_sub(24));
    let near = before.get(from..).unwrap_or_default();
    let begin = near.rfind(|c: char| !c.is_alphanumeric() && c != '.' && !is_invisible(c));
    let line_begins = begin
        .map_or(from == 0, |index| near.get(index..).is_some_and(|tail| tail.starts_with(is_line_break)));
    let word =
        begin.map_or(near, |index| near.get(index..).unwrap_or_default().trim_start_matches(is_word_edge));
    if word.is_empty() {
        return false;
    }
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let dotted = word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() <= 2 && !part.contains(|c: char| c.is_ascii_digit()));
    let list_number = line_begins && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let known = SHORTENED.contains(&word.to_lowercase().as_str());
    let last_of_text = behind.trim().is_empty();
    !last_of_text && (initial || dotted || list_number || known)
}

fn is_word_edge(c: char) -> bool {
    !c.is_alphanumeric()
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '】' | '》')
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `range` without white space at its ends, but never less than `kept`.
fn trimmed(text: &str, range: Range<usize>, kept: &Range<usize>) -> Range<usize> {
    let before = text.get(range.start..kept.start).unwrap_or_default();
    let after = text.get(kept.end..range.end).unwrap_or_default();
    kept.start - before.trim_start().len()..kept.end + after.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part in «» is the name; the sentence around it must be what stands between the bars.
    fn check(marked: &str) {
        let wanted: String = marked.split('|').nth(1).unwrap().replace(['«', '»'], "");
        let text = marked.replace('|', "");
        let start = text.find('«').unwrap();
        let end = text.find('»').unwrap() - '«'.len_utf8();
        let text = text.replace(['«', '»'], "");
        assert_eq!(around(&text, start, end), wanted, "{marked}");
    }

    #[test]
    fn a_sentence_ends_where_a_reader_stops() {
        for marked in [
            "Trước đó. |«Huawei» ra mắt chip mới.| Giá chưa rõ.",
            "|Giá «Kirin» là 6.000 đồng, tăng 3.5 lần.| Sau đó giảm.",
            "|Ông J. Smith của «Meta» và Mr. Lee gặp nhau ở U.S. Capitol.| Hết.",
            "Mở đầu! |Tại TP. Thủ Đức, ThS. Nguyễn Văn Ất nói về «SMIC».| Thế thôi.",
            "Bao giờ? Có lẽ… |«Intel» sẽ lùi lịch... nhưng chưa chắc.| Đợi thêm.",
            "昨天。|«华为»发布新芯片！|价格未定。",
            "Một dòng không dấu chấm\n|Dòng có «Ascend» ở giữa|\nDòng sau.",
            "“Xong rồi.” |Ông nói «Qwen» đã mở mã nguồn.| Hết.",
            "|“Chúng tôi tin «Qwen».”| Ông nói tiếp.",
            "|Yahoo! mua «Tumblr» với giá lớn.| Rồi bán.",
            "Danh sách:\n|1. «Baidu» đứng đầu.| Tiếp theo.",
            "Bán được năm 2025. |«Apple» dẫn đầu.|",
            "|Công ty «Cambricon Inc.» lãi lớn.|",
        ] {
            check(marked);
        }
    }

    #[test]
    fn odd_offsets_and_endless_lines_are_survived() {
        let text = "Đ".repeat(20_000);
        assert!(around(&text, 10_001, 10_003).len() <= 2 * REACH + 8);
        for (start, end) in [(0, 0), (1, 1), (3, 2), (90_000, 90_010)] {
            let sentence = around("Điện tử. Ứng dụng.", start, end);
            assert!("Điện tử. Ứng dụng.".contains(sentence));
        }
        assert_eq!(around("", 0, 0), "");
    }
}
