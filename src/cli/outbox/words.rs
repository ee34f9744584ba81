//! What `outbox` and `why` say of a message, in the language of `[daemon] language`.

use crate::alert::Hold;
use crate::model::Language;

/// Phrases; what stands in braces is filled in.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) language: Language,
    /// How a time is written (chrono).
    pub(super) time: &'static str,
    pub(super) due: &'static str,
    pub(super) held: &'static str,
    pub(super) retried: &'static str,
    pub(super) paused: &'static str,
    pub(super) switched_off: &'static str,
    pub(super) dead: &'static str,
    pub(super) dropped: &'static str,
    pub(super) sent: &'static str,
    quiet: &'static str,
    per_hour: &'static str,
    company: &'static str,
    pub(super) news: &'static str,
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VIETNAMESE,
            Language::En => &ENGLISH,
        }
    }

    /// Why a message is held.
    pub(super) fn hold(&self, hold: Option<Hold>) -> &'static str {
        match hold {
            Some(Hold::Quiet) => self.quiet,
            Some(Hold::PerHour) => self.per_hour,
            None => self.company,
        }
    }
}

static ENGLISH: Words = Words {
    language: Language::En,
    time: "%Y-%m-%d %H:%M",
    due: "waits for its turn, or for a daemon",
    held: "held until {until}: {because}",
    retried: "attempts that failed: {attempts}; the next: {next}",
    paused: "waits until {until}: {target} asks to be left alone for a while",
    switched_off: "waits: {target} is called no more since {since}. Mend its [[webhook]] in sources.toml and it goes on by itself, or call it again as it is: diemtin resubscribe {target}",
    dead: "given up {finished} after {attempts} attempts. Mend the cause, then: diemtin outbox retry {id}",
    dropped: "dropped {finished}",
    sent: "sent {finished}",
    quiet: "its alert keeps quiet at this time (`quiet`)",
    per_hour: "its alert has spoken as often as `max_per_hour` allows",
    news: "news of sources of the next minutes goes with it",
    company: "many articles came at once, and they go out together",
};

static VIETNAMESE: Words = Words {
    language: Language::Vi,
    time: "%H:%M %d/%m/%Y",
    due: "đang chờ đến lượt, hoặc chờ tiến trình chạy",
    held: "giữ lại đến {until}: {because}",
    retried: "đã gửi không được {attempts} lần; lần tới: {next}",
    paused: "chờ đến {until}: {target} xin được để yên một lúc",
    switched_off: "đang chờ: {target} không được gọi nữa từ {since}. Sửa [[webhook]] đó trong sources.toml là tự chạy lại; hoặc gọi lại như cũ: diemtin resubscribe {target}",
    dead: "bỏ cuộc {finished} sau {attempts} lần gửi. Sửa nguyên nhân rồi chạy: diemtin outbox retry {id}",
    dropped: "đã bỏ {finished}",
    sent: "đã gửi {finished}",
    quiet: "cảnh báo này đang trong giờ yên lặng (`quiet`)",
    per_hour: "cảnh báo này đã gửi đủ số tin mà `max_per_hour` cho phép trong một giờ",
    news: "tin về các nguồn trong vài phút tới được gửi chung",
    company: "nhiều bài đến cùng lúc nên được gộp lại gửi chung",
};
