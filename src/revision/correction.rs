//! Notes of editors: that something was wrong before, or was added since.

/// How a note begins, in lower case.
const BEGINNINGS: [&str; 60] = [
    "đính chính",
    "cải chính",
    "nói lại cho đúng",
    "tòa soạn đính chính",
    "toà soạn đính chính",
    "lời tòa soạn",
    "lời toà soạn",
    "ban biên tập",
    "cáo lỗi",
    "chân thành xin lỗi",
    "xin lỗi bạn đọc",
    "chúng tôi xin lỗi",
    "thông tin đính chính",
    "ghi chú của tòa soạn",
    "ghi chú của biên tập",
    "bài viết đã được",
    "bài viết được cập nhật",
    "bài đã được",
    "bản tin đã được",
    "tiêu đề đã được",
    "phiên bản trước của bài",
    "phiên bản đầu của bài",
    "correction",
    "corrections",
    "corrected",
    "clarification",
    "editor's note",
    "editors' note",
    "editor’s note",
    "editors’ note",
    "an earlier version",
    "a previous version",
    "this article has been",
    "this story has been",
    "this article was updated",
    "this story was updated",
    "this article was corrected",
    "this story was corrected",
    "this post has been",
    "this headline",
    "retraction",
    "retracted",
    "we regret",
    "erratum",
    "更正",
    "勘误",
    "勘誤",
    "编者按",
    "编者注",
    "編者按",
    "編者註",
    "编辑注",
    "致歉",
    "本文已更新",
    "本文已作更正",
    "本文已修订",
    "此前版本",
    "本报此前",
    "此前报道有误",
    "订正",
];
/// Words that begin a note only where a colon, a bracket or a date follows.
const LABELS: [&str; 12] = [
    "cập nhật",
    "cập nhật mới",
    "cập nhật thêm",
    "bổ sung",
    "sửa lại",
    "update",
    "updated",
    "updates",
    "note",
    "更新",
    "补充",
    "補充",
];

/// Whether a line, or a part that was put into one, is such a note.
pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
        return true;
    }
    LABELS.iter().any(|label| text.strip_prefix(label).is_some_and(opens_note))
}

/// `: …`, ` (3/7): …`, ` lúc 18:10: …`
fn opens_note(rest: &str) -> bool {
    let Some(at) = rest.find([':', '：', ']', '】']) else { return false };
    let (between, after) = rest.split_at(at);
    let short = between.chars().count() <= 40;
    let dated = between.trim().is_empty() || between.chars().any(|c| c.is_ascii_digit());
    // What is left must say something, not only when.
    short && dated && after.chars().filter(|c| c.is_alphabetic()).count() >= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_editors_are_known_by_how_they_begin() {
        for (text, note) in [
            ("Đính chính: Bản trước ghi sai số chip.", true),
            ("[Correction: an earlier version misstated the cost.]", true),
            ("Editor’s note: the headline was changed.", true),
            ("Cập nhật lúc 18:10: Huawei sau đó phủ nhận.", true),
            ("UPDATE (July 3): the company declined to comment.", true),
            ("更正：此前版本误写为384颗。", true),
            ("更新：华为随后回应称将调查此事。", true),
            ("Cập nhật hệ điều hành giúp máy chạy nhanh hơn.", false),
            ("Updated phones are sold at a discount.", false),
            ("Cập nhật 18:10 02/07/2026", false),
            ("更新换代的速度很快。", false),
        ] {
            assert_eq!(is_note(text), note, "{text}");
        }
    }
}
