//! What a mail says of its own accord, in each language.

use serde::Serialize;

use super::kinds;
use crate::model::{ChangeKind, Extent, Language};

/// The words of one language. `{}` stands for a number or a name.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    /// The language's BCP 47 tag.
    pub(super) tag: &'static str,
    /// How day and time are written, for `strftime`.
    pub(super) instant: &'static str,
    /// How a day is written, for `strftime`.
    pub(super) day: &'static str,
    /// The heading of an alert.
    pub(super) alert: &'static str,
    /// The heading of a notice.
    pub(super) notice: &'static str,
    /// Before the names and counts that made an article worth a message.
    pub(super) why: &'static str,
    /// A number of articles.
    pub(super) articles: Counted,
    /// Articles without room in the message.
    pub(super) more_articles: Counted,
    /// How often a name stands in an article.
    pub(super) times: Counted,
    /// Said of a name.
    pub(super) in_title: &'static str,
    /// Said of a name that only other articles of the story mention.
    pub(super) elsewhere: &'static str,
    /// Further names without room.
    pub(super) more_names: Counted,
    /// When the daemon saw an article that has no date of its own.
    pub(super) seen: &'static str,
    /// When an edit of an article, and a change of a page, was seen.
    pub(super) edited: &'static str,
    pub(super) changed: &'static str,
    /// The source that an article names.
    pub(super) via: &'static str,
    /// Said of an article of which a part, the feed's text or the headline is all that was there to read.
    pub(super) only_part: &'static str,
    pub(super) only_feed: &'static str,
    pub(super) only_headline: &'static str,
    /// Over the edits and the pages of a digest.
    pub(super) edits: &'static str,
    pub(super) pages: &'static str,
    /// A number of them.
    pub(super) edits_counted: Counted,
    pub(super) pages_counted: Counted,
    /// What sort of change it is.
    #[serde(skip)]
    pub(super) change: fn(ChangeKind) -> &'static str,
    /// Further changes of an edit without room.
    pub(super) more_changes_of_edit: Counted,
    /// Before entities that an edit brought in, and those that it took out.
    pub(super) appeared: &'static str,
    pub(super) vanished: &'static str,
    /// Before other articles of a story: with their titles, and by their sources.
    pub(super) related: &'static str,
    pub(super) also: &'static str,
    /// Such articles without room.
    pub(super) same_story: Counted,
    /// Over the trends, and over their numbers.
    pub(super) trends: &'static str,
    pub(super) last_day: &'static str,
    pub(super) all_days: &'static str,
    /// From when until when a digest reaches: `{from}`, `{until}`.
    pub(super) period: &'static str,
    /// The subject of a digest without articles.
    pub(super) nothing: &'static str,
    /// What such a digest says.
    pub(super) nothing_new: &'static str,
    /// The heading over the sources that someone should look at.
    pub(super) problems: &'static str,
    /// How a source stands that fails, one that keeps us out and one that is gone: `{since}`, `{next}`.
    pub(super) failing: &'static str,
    pub(super) blocked: &'static str,
    pub(super) gone: &'static str,
    /// Sources that answer and list nothing new, and those that answer elsewhere.
    pub(super) stale: &'static str,
    pub(super) moved: &'static str,
    /// Further such sources without room.
    pub(super) more_problems: Counted,
    /// A number of sources that changed, in the subject of a notice.
    pub(super) changes: Counted,
    /// Further changes without room.
    pub(super) more_changes: Counted,
    /// Said where many sources changed at once.
    pub(super) many_at_once: &'static str,
    /// Said of a source that fails and recovers again and again.
    pub(super) restless: &'static str,
    /// The last line; `{}` is the time zone.
    pub(super) zone: &'static str,
}

/// A phrase with a number in it.
#[derive(Debug, Serialize)]
pub(super) struct Counted {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
}

impl Counted {
    /// The phrase for this number.
    pub(super) fn of(&self, number: usize) -> String {
        let phrase = if number == 1 { self.one } else { self.many };
        phrase.replace("{}", &number.to_string())
    }

    /// The phrase for this number, unless it is zero.
    pub(super) fn unless_none(&self, number: usize) -> Option<String> {
        (number > 0).then(|| self.of(number))
    }
}

impl Words {
    /// How much of an article was there to read; nothing where it was the whole.
    pub(super) fn extent(&self, extent: Extent) -> &'static str {
        match extent {
            Extent::Whole => "",
            Extent::Part => self.only_part,
            Extent::Feed => self.only_feed,
            Extent::Headline => self.only_headline,
        }
    }

    /// The words of this language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VIETNAMESE,
            Language::En => &ENGLISH,
        }
    }
}

static VIETNAMESE: Words = Words {
    tag: "vi",
    instant: "%H:%M, %d/%m/%Y",
    day: "%d/%m/%Y",
    alert: "Cảnh báo",
    notice: "Thông báo",
    why: "Vì sao",
    articles: Counted { one: "1 bài", many: "{} bài" },
    more_articles: Counted { one: "và 1 bài nữa", many: "và {} bài nữa" },
    times: Counted { one: "1 lần", many: "{} lần" },
    in_title: "có trong tiêu đề",
    elsewhere: "ở bài khác",
    more_names: Counted { one: "và 1 tên nữa", many: "và {} tên nữa" },
    seen: "thấy lúc {}",
    edited: "thấy sửa lúc {}",
    changed: "thấy thay đổi lúc {}",
    via: "Theo {}",
    only_part: "chỉ đọc được một phần bài",
    only_feed: "chỉ có phần trích trong nguồn tin",
    only_headline: "chỉ có tiêu đề",
    edits: "Bài đã bị sửa",
    pages: "Trang có thay đổi",
    edits_counted: Counted { one: "1 bài bị sửa", many: "{} bài bị sửa" },
    pages_counted: Counted { one: "1 trang thay đổi", many: "{} trang thay đổi" },
    change: kinds::vietnamese,
    more_changes_of_edit: Counted { one: "và 1 chỗ khác", many: "và {} chỗ khác" },
    appeared: "Nay có nhắc",
    vanished: "Không còn nhắc",
    related: "Cùng sự kiện",
    also: "Cũng đăng tại",
    same_story: Counted { one: "1 bài nữa cùng sự kiện", many: "{} bài nữa cùng sự kiện" },
    trends: "Số bài nhắc đến, 14 ngày qua",
    last_day: "24 giờ",
    all_days: "14 ngày",
    period: "từ {from} đến {until}",
    nothing: "không có tin mới",
    nothing_new: "Chưa có tin mới nào trong khoảng thời gian này. Bản tin sau sẽ đến đúng hẹn.",
    problems: "Nguồn cần xem lại",
    failing: "lỗi từ {since}; thử lại lúc {next}",
    blocked: "bị chặn từ {since}; thử lại lúc {next}",
    gone: "đã ngừng hẳn từ {since}; không thăm lại nữa",
    stale: "Im ắng lâu hơn hẳn thường lệ: {}",
    moved: "Đã chuyển địa chỉ (xem `diemtin status`): {}",
    more_problems: Counted { one: "và 1 nguồn nữa", many: "và {} nguồn nữa" },
    changes: Counted { one: "1 nguồn có thay đổi", many: "{} nguồn có thay đổi" },
    more_changes: Counted {
        one: "… và 1 nguồn nữa. Xem `diemtin status`.",
        many: "… và {} nguồn nữa. Xem `diemtin status`.",
    },
    many_at_once: "Nhiều nguồn cùng lỗi một lúc thường là do mạng của máy này (DNS, proxy, tường lửa), không phải do các báo.",
    restless: "Nguồn này lúc được lúc lỗi: trong một ngày tới sẽ không báo thêm. Bản tin và `diemtin status` vẫn cho biết.",
    zone: "Giờ ghi theo múi giờ {}.",
};

static ENGLISH: Words = Words {
    tag: "en",
    instant: "%-d %b %Y, %H:%M",
    day: "%-d %b %Y",
    alert: "Alert",
    notice: "Notice",
    why: "Why",
    articles: Counted { one: "1 article", many: "{} articles" },
    more_articles: Counted { one: "and 1 more article", many: "and {} more articles" },
    times: Counted { one: "once", many: "{} times" },
    in_title: "in the headline",
    elsewhere: "in another article",
    more_names: Counted { one: "and 1 more name", many: "and {} more names" },
    seen: "seen {}",
    edited: "edit seen {}",
    changed: "change seen {}",
    via: "via {}",
    only_part: "only a part of the article could be read",
    only_feed: "only the feed's text",
    only_headline: "only the headline",
    edits: "Edited articles",
    pages: "Changed pages",
    edits_counted: Counted { one: "1 edited", many: "{} edited" },
    pages_counted: Counted { one: "1 changed page", many: "{} changed pages" },
    change: kinds::english,
    more_changes_of_edit: Counted { one: "and in 1 more place", many: "and in {} more places" },
    appeared: "Now names",
    vanished: "No longer names",
    related: "Same story",
    also: "Also at",
    same_story: Counted { one: "1 more article of this story", many: "{} more articles of this story" },
    trends: "Articles naming them, last 14 days",
    last_day: "24 hours",
    all_days: "14 days",
    period: "{from} to {until}",
    nothing: "nothing new",
    nothing_new: "Nothing new in this period. The next digest will come as usual.",
    problems: "Sources to look at",
    failing: "failing since {since}; next attempt {next}",
    blocked: "blocked since {since}; next attempt {next}",
    gone: "gone for good since {since}; no longer polled",
    stale: "Silent for much longer than usual: {}",
    moved: "Moved to another address (see `diemtin status`): {}",
    more_problems: Counted { one: "and 1 more source", many: "and {} more sources" },
    changes: Counted { one: "1 source has changed", many: "{} sources have changed" },
    more_changes: Counted {
        one: "… and 1 more source. See `diemtin status`.",
        many: "… and {} more sources. See `diemtin status`.",
    },
    many_at_once: "Where many sources fail at once, the cause is mostly this machine's network (DNS, proxy, firewall), not the publishers.",
    restless: "It fails and recovers again and again: nothing more is told of it for a day. Digests and `diemtin status` go on showing it.",
    zone: "Times are those of {}.",
};
