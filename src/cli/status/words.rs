//! The words of `diemtin status` in the language of `[daemon] language`.

use std::time::Duration;

use crate::model::{Cause, Condition, Language, RuleMiss, SourceHealth, Timestamp};
use crate::store::SourceRow;

/// Phrases; `{}` is what they are about.
#[derive(Debug)]
pub(in crate::cli) struct Words {
    language: Language,
    pub(super) sources: &'static str,
    pub(super) no_problems: &'static str,
    pub(super) trouble_for: &'static str,
    pub(super) in_a_row: &'static str,
    pub(super) answered: &'static str,
    pub(super) never_answered: &'static str,
    pub(super) next_poll: &'static str,
    pub(super) due: &'static str,
    pub(super) overdue: &'static str,
    pub(super) idle: &'static str,
    pub(super) entries: &'static str,
    pub(super) mended: &'static str,
    pub(super) left_out: &'static str,
    pub(super) moved_to: &'static str,
    pub(super) silent: &'static str,
    pub(super) rule_missed: &'static str,
    pub(super) pending: &'static str,
    pub(super) pending_since: &'static str,
    pub(super) stored: &'static str,
    /// What is looked at again: `{tracked}`, `{pages}`, `{changes}`.
    pub(super) tracked: &'static str,
    pub(super) held: &'static str,
    pub(super) messages: &'static str,
    pub(super) oldest_message: &'static str,
    pub(super) held_messages: &'static str,
    pub(super) retried_messages: &'static str,
    pub(super) none: &'static str,
    pub(super) given_up: &'static str,
    pub(super) retry: &'static str,
    pub(super) more: &'static str,
    pub(super) switched_off: &'static str,
    pub(super) paused: &'static str,
    pub(super) again: &'static str,
    pub(super) left: &'static str,
    pub(super) detail: Detail,
}

/// The words of one source in detail.
#[derive(Debug)]
pub(super) struct Detail {
    pub(super) address: &'static str,
    pub(super) since: &'static str,
    pub(super) error: &'static str,
    pub(super) note: &'static str,
    pub(super) polled: &'static str,
    pub(super) answered: &'static str,
    pub(super) next: &'static str,
    pub(super) feed: &'static str,
    pub(super) left_out: &'static str,
    pub(super) entries: &'static str,
    pub(super) counts: &'static str,
    pub(super) stuck: &'static str,
    pub(super) stuck_next: &'static str,
    pub(super) because_due: &'static str,
    pub(super) because_interval: &'static str,
    pub(super) because_rhythm: &'static str,
    pub(super) because_cron: &'static str,
    pub(super) because_publisher: &'static str,
    pub(super) because_failures: &'static str,
    pub(super) because_gone: &'static str,
}

impl Words {
    pub(in crate::cli) fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VIETNAMESE,
            Language::En => &ENGLISH,
        }
    }

    /// How a source is doing, in a word or two.
    pub(super) fn condition(&self, condition: Condition) -> &'static str {
        match (self.language, condition) {
            (Language::En, condition) => condition.as_str(),
            (Language::Vi, Condition::Gone) => "đã ngừng",
            (Language::Vi, Condition::Blocked) => "bị chặn",
            (Language::Vi, Condition::Failing) => "lỗi",
            (Language::Vi, Condition::Stale) => "im ắng",
            (Language::Vi, Condition::Moved) => "đã chuyển",
            (Language::Vi, Condition::New) => "mới",
            (Language::Vi, Condition::Ok) => "tốt",
        }
    }

    /// The same of one source: where it keeps us out, with what.
    pub(super) fn standing(&self, health: &SourceHealth) -> String {
        let word = self.condition(health.condition);
        let cause = health.cause.filter(|_| health.condition == Condition::Blocked);
        let by = match (cause, self.language) {
            (Some(Cause::Robots), _) => "robots.txt",
            (Some(Cause::Login), Language::En) => "login",
            (Some(Cause::Login), Language::Vi) => "đòi đăng nhập",
            (Some(Cause::BotWall), Language::En) => "bot wall",
            (Some(Cause::BotWall), Language::Vi) => "tường chống bot",
            (Some(Cause::Withheld), Language::En) => "legal reasons",
            (Some(Cause::Withheld), Language::Vi) => "lý do pháp lý",
            (Some(_), Language::En) => "turned away",
            (Some(_), Language::Vi) => "từ chối",
            (None, _) => return word.to_owned(),
        };
        format!("{word} ({by})")
    }

    /// A word of the database (the state of messages, why an entry was held back) for people.
    pub(super) fn of_store(&self, word: &str) -> String {
        let vietnamese = match word {
            "queued" => "đang chờ",
            "sent" => "đã gửi",
            "dead" => "không gửi được",
            "dropped" => "đã bỏ",
            "backfill" => "có từ trước khi theo dõi",
            "too_old" => "quá cũ",
            "copy" => "bản đăng lại",
            "unsettled" => "lần sửa chờ ổn định",
            other => other,
        };
        match self.language {
            Language::En => word.replace('_', " "),
            Language::Vi => vietnamese.to_owned(),
        }
    }

    /// What its user should know of a source that may well answer.
    pub(super) fn notes(&self, row: &SourceRow) -> Vec<String> {
        let moved = row.moved_to.as_ref().map(|to| self.moved_to.replace("{}", to.as_str()));
        let silent = row.stale.then(|| self.silent.to_owned());
        let misses = row.rule_misses.iter().filter(|miss| miss.is_telling());
        moved.into_iter().chain(silent).chain(misses.map(|miss| self.rule_missed(miss))).collect()
    }

    fn rule_missed(&self, miss: &RuleMiss) -> String {
        let rule = format!("{} = {:?}", miss.rule, miss.selector);
        let phrase = self.rule_missed.replace("{rule}", &rule).replace("{pages}", &miss.pages.to_string());
        phrase.replace("{since}", &miss.since.to_string())
    }

    /// A span in its largest sensible unit.
    pub(super) fn span(&self, span: Duration) -> String {
        let seconds = span.as_secs();
        let (number, english, vietnamese) = match seconds {
            0..90 => (seconds, "s", "giây"),
            90..5_400 => ((seconds + 30) / 60, "min", "phút"),
            5_400..129_600 => ((seconds + 1_800) / 3_600, "h", "giờ"),
            _ => ((seconds + 43_200) / 86_400, "days", "ngày"),
        };
        match self.language {
            Language::En => format!("{number} {english}"),
            Language::Vi => format!("{number} {vietnamese}"),
        }
    }

    /// "3 min ago", or "in 3 min" for what is to come.
    pub(in crate::cli) fn relative(&self, at: Timestamp, now: Timestamp) -> String {
        let (span, phrase) = match (at > now, self.language) {
            (true, Language::En) => (at.since(now), "in {}"),
            (true, Language::Vi) => (at.since(now), "sau {}"),
            (false, Language::En) => (now.since(at), "{} ago"),
            (false, Language::Vi) => (now.since(at), "{} trước"),
        };
        phrase.replace("{}", &self.span(span))
    }
}

static ENGLISH: Words = Words {
    language: Language::En,
    sources: "{} sources",
    no_problems: "No source is in trouble.",
    trouble_for: "for {}",
    in_a_row: "{} failures in a row",
    answered: "answered {}",
    never_answered: "never answered",
    next_poll: "next poll {}",
    due: "due now",
    overdue: "due for {}",
    idle: "Sources have been due for {} and nobody polls them. Does the daemon run? `diemtin health` asks it.",
    entries: "{} entries",
    mended: "mended: {}",
    left_out: "left out: {}",
    moved_to: "polled at {} since; write that into sources.toml",
    silent: "answers and lists nothing new, for much longer than usual; look whether the site has a new feed",
    rule_missed: "the rule {rule} has matched nothing since {since} (pages read since: {pages}); has the site changed them? Try: diemtin inspect article URL --source NAME --explain",
    pending: "{} articles are to be fetched.",
    pending_since: "The oldest has been due for {}.",
    stored: "{articles} articles, {alerts} alerts raised.",
    tracked: "Looked at again for edits: {tracked} articles, {pages} pages; {changes} changes found.",
    held: "Held back: {}.",
    messages: "Messages: {}.",
    oldest_message: "The oldest on its way was queued {}.",
    held_messages: "held (`quiet`, `max_per_hour`, many at once): {count}, the next goes out {next}; see diemtin outbox list",
    retried_messages: "not delivered yet: {count}, the next is tried {next}: {why}",
    none: "none",
    given_up: "given up {}",
    retry: "mend the cause, then: {}",
    more: "… and {} more: diemtin outbox list",
    switched_off: "{recipient} is called no more since {since}, {waiting} messages wait: {why}",
    paused: "{recipient} is left alone, next {until}, {waiting} messages wait: {why}",
    again: "mend its [[webhook]], or call it again: diemtin resubscribe {}",
    left: "{address} left {list} {since}: diemtin resubscribe {address}",
    detail: Detail {
        address: "address",
        since: "since",
        error: "last error",
        note: "note",
        polled: "last poll",
        answered: "last answer",
        next: "next poll",
        feed: "mended",
        left_out: "left out",
        entries: "entries",
        counts: "{listed} listed, {pending} waiting for their article, {held} held back",
        stuck: "Articles that could not be fetched so far:",
        stuck_next: "{attempts} attempts, next {next}",
        because_due: "it waits for its turn, or for a daemon",
        because_interval: "its own interval",
        because_rhythm: "as often as it publishes, or later where its publisher asks for that",
        because_cron: "its own `cron`",
        because_publisher: "its publisher asks to be left alone for longer than `every` or `cron` says",
        because_failures: "each of {} failures in a row doubles the wait, up to a day; a server may ask for more",
        because_gone: "what is gone is no longer polled; `diemtin poll NAME` looks once more",
    },
};

static VIETNAMESE: Words = Words {
    language: Language::Vi,
    sources: "{} nguồn",
    no_problems: "Không nguồn nào có sự cố.",
    trouble_for: "đã {}",
    in_a_row: "{} lần liên tiếp",
    answered: "trả lời {}",
    never_answered: "chưa trả lời lần nào",
    next_poll: "lượt tới {}",
    due: "đang đến lượt",
    overdue: "quá hạn {}",
    idle: "Có nguồn quá hạn {} mà không ai đọc. Tiến trình có đang chạy không? Hỏi bằng `diemtin health`.",
    entries: "{} mục",
    mended: "đã sửa: {}",
    left_out: "không đọc được: {}",
    moved_to: "từ đó được đọc ở {}; hãy ghi địa chỉ này vào sources.toml",
    rule_missed: "quy tắc {rule} không khớp gì từ {since} (số trang đã đọc từ đó: {pages}); trang đó đã đổi giao diện? Thử: diemtin inspect article URL --source TÊN --explain",
    silent: "vẫn trả lời nhưng không có tin mới, lâu hơn hẳn thường lệ; hãy xem trang đó có địa chỉ lấy tin mới hay không",
    pending: "{} bài đang chờ tải.",
    pending_since: "Bài lâu nhất đã đến hạn {}.",
    stored: "{articles} bài, {alerts} cảnh báo.",
    tracked: "Đang theo dõi sửa đổi: {tracked} bài, {pages} trang; đã thấy {changes} lần sửa.",
    held: "Giữ lại, không báo: {}.",
    messages: "Tin gửi: {}.",
    oldest_message: "Tin chờ lâu nhất được xếp hàng {}.",
    held_messages: "đang giữ lại (`quiet`, `max_per_hour`, nhiều bài cùng lúc): {count} tin, tin tới gửi {next}; xem diemtin outbox list",
    retried_messages: "chưa gửi được: {count} tin, lần thử tới {next}: {why}",
    none: "không có",
    given_up: "bỏ cuộc {}",
    retry: "sửa nguyên nhân rồi chạy: {}",
    more: "… và {} tin nữa: diemtin outbox list",
    switched_off: "{recipient} không được gọi nữa từ {since}, {waiting} tin đang chờ: {why}",
    paused: "{recipient} đang được để yên, gọi lại {until}, {waiting} tin đang chờ: {why}",
    again: "sửa [[webhook]] đó, hoặc gọi lại: diemtin resubscribe {}",
    left: "{address} đã ngừng nhận {list} {since}: diemtin resubscribe {address}",
    detail: Detail {
        address: "địa chỉ",
        since: "từ",
        error: "lỗi gần nhất",
        note: "lưu ý",
        polled: "lượt đọc gần nhất",
        answered: "trả lời gần nhất",
        next: "lượt tới",
        feed: "đã sửa",
        left_out: "không đọc được",
        entries: "các mục",
        counts: "{listed} mục đã thấy, {pending} mục chờ tải bài, {held} mục giữ lại",
        stuck: "Các bài chưa tải được:",
        stuck_next: "{attempts} lần thử, lần tới {next}",
        because_due: "đang chờ đến lượt hoặc chờ tiến trình chạy",
        because_interval: "theo chu kỳ của nguồn",
        because_rhythm: "theo nhịp đăng bài của nguồn, hoặc thưa hơn nếu nhà xuất bản muốn",
        because_cron: "theo `cron` của nguồn",
        because_publisher: "nhà xuất bản muốn được hỏi thưa hơn `every` hay `cron`",
        because_failures: "sau {} lần lỗi liên tiếp, mỗi lần lỗi thời gian chờ tăng gấp đôi, nhiều nhất một ngày; máy chủ có thể xin lâu hơn",
        because_gone: "nguồn đã ngừng thì không thăm nữa; `diemtin poll TÊN` xem lại một lần",
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_matters() {
        let now = Timestamp::from_micros(1_800_000_000_000_000);
        for (seconds, english, vietnamese) in [
            (0, "0 s ago", "0 giây trước"),
            (89, "89 s ago", "89 giây trước"),
            (180, "3 min ago", "3 phút trước"),
            (5_399, "90 min ago", "90 phút trước"),
            (7_200, "2 h ago", "2 giờ trước"),
            (3 * 86_400, "3 days ago", "3 ngày trước"),
        ] {
            let at = now.minus(Duration::from_secs(seconds));
            assert_eq!(Words::of(Language::En).relative(at, now), english);
            assert_eq!(Words::of(Language::Vi).relative(at, now), vietnamese);
        }
        let soon = now.plus(Duration::from_mins(12));
        assert_eq!(Words::of(Language::En).relative(soon, now), "in 12 min");
        assert_eq!(Words::of(Language::Vi).relative(soon, now), "sau 12 phút");
    }
}
