//! Lines of an article that say nothing of its matter: when it was shown or brought up to date, how often it was read, labels of
//! advertising.

use std::sync::LazyLock;

use regex::Regex;

/// Longest such line, in characters.
const LONGEST: usize = 90;
/// What a clock, a date or a counter may consist of besides its own words.
const FILLERS: [&str; 64] = [
    "lúc", "ngày", "tháng", "năm", "giờ", "phút", "giây", "h", "gmt", "utc", "am", "pm", "sáng", "chiều",
    "tối", "trưa", "thứ", "hai", "ba", "tư", "sáu", "bảy", "chủ", "nhật", "lần", "cuối", "qua", "nay", "hôm",
    "tuần", "at", "on", "by", "last", "the", "of", "and", "time", "minute", "minutes", "min", "mins", "hour",
    "hours", "hrs", "hr", "second", "seconds", "day", "days", "week", "weeks", "k", "m", "tr", "est", "edt",
    "pst", "gmt+7", "ict", "a", "an", "s", "vào",
];
/// English and short months and days of the week, as beginnings.
const CALENDAR: [&str; 19] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun",
];
/// Characters of Chinese clocks and dates.
const HAN_FILLERS: &str =
    "年月日时時分秒点點周星期一二三四五六天小上下午晚早今昨于於在的次人条條个個共万萬约";

/// Words of which one at least makes a line one about when it is shown.
static SHOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(cập nhật|cập nhập|đăng|xuất bản|đã sửa|vừa xong|trước|updated|published|posted|modified|edited|just now|ago|first published|last updated)\b|更新|发布|發布|发表|发稿|编辑于|时间|時間|刚刚|剛剛|前$",
    )
    .ok()
});
/// Words of which one at least makes a line a counter.
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(lượt xem|lượt đọc|lượt nghe|lượt thích|lượt chia sẻ|xem|bình luận|ý kiến|chia sẻ|thích|phiếu|đánh giá|quan tâm|người đang xem|views?|reads?|comments?|shares?|likes?|votes?|ratings?|rating|min read|claps?|viewers?|watching)\b|阅读|閱讀|浏览|瀏覽|评论|評論|分享|点赞|點讚|转发|轉發|收藏|热度|播放|跟贴|参与|阅读量",
    )
    .ok()
});
/// A clock or a whole date.
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b\d{1,2}[:h]\d{2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\b|\d{4}年\d{1,2}月\d{1,2}日").ok()
});
/// Labels that stand alone.
const LABELS: [&str; 22] = [
    "quảng cáo",
    "quảng cáo:",
    "tài trợ",
    "advertisement",
    "advertising",
    "sponsored",
    "sponsored content",
    "ad",
    "广告",
    "廣告",
    "推广",
    "đang tải",
    "đang tải...",
    "đang tải…",
    "loading",
    "loading...",
    "loading…",
    "加载中",
    "加载中...",
    "载入中",
    "skip ad",
    "bỏ qua quảng cáo",
];
/// What stands at the ends of the words of an item and is said about it: when it was published, how often it was read.
static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \s* [-–|·•(\[]* \s*
        (?: \d[\d.,]*\s*(?:k|m|tr|万|萬)?\s*
            (?: (?:giây|phút|giờ|ngày|tuần|tháng|năm)\s+trước
              | (?:s|m|h|d|w|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?)\s+ago
              | (?:秒|分钟|分鐘|小时|小時|天|周|个月|年)前
              | (?:lượt\s+xem|lượt\s+đọc|bình\s+luận|ý\s+kiến|lượt\s+thích|views?|comments?|reads?|shares?|likes?)
              | (?:次)?(?:阅读|閱讀|评论|評論|浏览|播放) )
          | vừa\s+xong | just\s+now | 刚刚
          | \(\d{1,5}\) | \[\d{1,5}\]
          | \d{1,2}:\d{2}(?:\s*[,|·–-]?\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?
          | \d{1,2}[/.-]\d{1,2}[/.-]\d{4} (?:\s*[,|·–-]?\s*\d{1,2}:\d{2})? )
        [)\]]? \s* $",
    )
    .ok()
});

/// Why a line of an article says nothing of its matter; nothing where it may.
pub(super) fn reason(line: &str) -> Option<&'static str> {
    if line.chars().count() > LONGEST {
        return None;
    }
    let lower = line.trim().to_lowercase();
    if LABELS.contains(&lower.as_str()) {
        return Some("advertising or placeholder");
    }
    let is =
        |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(&lower));
    let has_figures = lower.chars().any(|c| c.is_ascii_digit());
    if has_figures && is(&COUNTED) && consists_of_fillers(&lower, &COUNTED) {
        return Some("counter");
    }
    if (is(&SHOWN) || is(&CLOCK)) && consists_of_fillers(&lower, &SHOWN) && (has_figures || !is(&CLOCK)) {
        return Some("time of display");
    }
    None
}

/// Whether nothing is left of a line without its telling words, figures and fillers.
fn consists_of_fillers(lower: &str, telling: &LazyLock<Option<Regex>>) -> bool {
    let Some(telling) = telling.as_ref() else { return false };
    let rest = telling.replace_all(lower, " ");
    rest.split(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || c.is_ascii_punctuation() || "•·–—：，。（）｜…".contains(c)
    })
    .filter(|word| !word.is_empty())
    .all(|word| {
        FILLERS.contains(&word)
            || CALENDAR.iter().any(|start| word.starts_with(start) && word.len() <= 9 && word.is_ascii())
            || word.chars().all(|c| HAN_FILLERS.contains(c))
    })
}

/// The words of an item of a list without what is said about it at their end.
pub(super) fn headline(text: &str) -> &str {
    let Some(about) = ABOUT.as_ref() else { return text };
    let mut rest = text;
    while let Some(found) = about.find(rest)
        && found.start() > 0
    {
        rest = rest.get(..found.start()).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_counters_and_labels_are_told_from_text() {
        for (line, said) in [
            ("Cập nhật 18:10 02/07/2026", Some("time of display")),
            ("Cập nhật lúc 18 giờ 10 phút, ngày 2 tháng 7 năm 2026", Some("time of display")),
            ("3 giờ trước", Some("time of display")),
            ("Updated 3 minutes ago", Some("time of display")),
            ("Last updated: July 2, 2026 at 6:10 PM", Some("time of display")),
            ("发布时间：2026年7月2日 18:10", Some("time of display")),
            ("5分钟前", Some("time of display")),
            ("02/07/2026 18:10", Some("time of display")),
            ("Lượt xem: 1.204", Some("counter")),
            ("Bình luận (12)", Some("counter")),
            ("12 comments", Some("counter")),
            ("阅读 10万+ 次", Some("counter")),
            ("Quảng cáo", Some("advertising or placeholder")),
            ("Cập nhật: Huawei sau đó phủ nhận thông tin", None),
            ("Update: Huawei denied it 2 hours ago", None),
            ("Năm 2026", None),
            ("600 kW", None),
            ("Công suất | 559", None),
            ("3 giờ trước, Huawei công bố cụm máy mới", None),
            ("Giá: 60 triệu", None),
            ("Bình luận của chuyên gia", None),
        ] {
            assert_eq!(reason(line), said, "{line}");
        }
    }

    #[test]
    fn what_is_said_about_an_item_is_no_part_of_its_headline() {
        for (text, kept) in [
            ("Huawei mở mã nguồn Pangu 2 giờ trước", "Huawei mở mã nguồn Pangu"),
            ("Qwen ships a model - 12 comments", "Qwen ships a model"),
            ("Qwen ra bản mới (12)", "Qwen ra bản mới"),
            ("SMIC tăng vốn 18:10 02/07/2026", "SMIC tăng vốn"),
            ("昇腾新品发布 5小时前", "昇腾新品发布"),
            ("Giá tăng 5", "Giá tăng 5"),
            ("12 bình luận", "12 bình luận"),
        ] {
            assert_eq!(headline(text), kept);
        }
    }
}
