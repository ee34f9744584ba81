//! What `why` says, in the language of `[daemon] language`.

use crate::model::{Extent, Field, Language};

/// Phrases; what stands in braces is filled in.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) never_seen: &'static str,
    pub(super) no_address: &'static str,
    pub(super) seen: &'static str,
    pub(super) failed: &'static str,
    pub(super) not_read: &'static str,
    pub(super) read: &'static str,
    pub(super) note: &'static str,
    pub(super) brought: &'static str,
    pub(super) no_mention: &'static str,
    pub(super) mentions: &'static str,
    pub(super) spelt: &'static str,
    pub(super) story: &'static str,
    pub(super) also: &'static str,
    pub(super) no_alert: &'static str,
    pub(super) alert: &'static str,
    pub(super) next_digest: &'static str,
    pub(super) last_error: &'static str,
    pub(super) copy: &'static str,
    held_back: &'static str,
    waiting: &'static str,
    was_read: &'static str,
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VIETNAMESE,
            Language::En => &ENGLISH,
        }
    }

    /// What became of a listed entry, by the words of the database.
    pub(super) fn entry(&self, state: &str, held: Option<&str>) -> String {
        let because = match (held, self.language) {
            (None, _) if state == "pending" => return self.waiting.to_owned(),
            (None, _) => return self.was_read.to_owned(),
            (Some("backfill"), Language::En) => {
                "it stood there at the first poll and is older than `backfill`, or undated"
            }
            (Some("backfill"), Language::Vi) => {
                "đã có sẵn ở lượt đọc đầu tiên và cũ hơn `backfill`, hoặc không ghi ngày"
            }
            (Some("too_old"), Language::En) => "it was published longer ago than `max_age`",
            (Some("too_old"), Language::Vi) => "đăng đã lâu hơn `max_age`",
            (Some(other), _) => other,
        };
        self.held_back.replace("{because}", because)
    }

    /// What a reader must know of an article that was not there to read as a whole.
    pub(super) fn only(&self, extent: Extent) -> &'static str {
        match (extent, self.language) {
            (Extent::Whole, _) => "",
            (Extent::Part, Language::En) => "; only a part of the article could be read",
            (Extent::Part, Language::Vi) => "; chỉ đọc được một phần bài",
            (Extent::Feed, Language::En) => "; only the feed's text",
            (Extent::Feed, Language::Vi) => "; chỉ có lời của nguồn tin (feed)",
            (Extent::Headline, Language::En) => "; only the headline",
            (Extent::Headline, Language::Vi) => "; chỉ có tiêu đề",
        }
    }

    /// Where in an article something stands.
    pub(super) fn place(&self, field: Field) -> &'static str {
        match (field, self.language) {
            (Field::Title, Language::En) => "the headline",
            (Field::Title, Language::Vi) => "tiêu đề",
            (Field::Lead, Language::En) => "the lead",
            (Field::Lead, Language::Vi) => "sapo",
            (Field::Body, Language::En) => "the body",
            (Field::Body, Language::Vi) => "thân bài",
            (Field::Captions, Language::En) => "the captions",
            (Field::Captions, Language::Vi) => "chú thích ảnh",
        }
    }
}

static ENGLISH: Words = Words {
    language: Language::En,
    never_seen: "{url} was never seen: no source has listed it. Is the source in sources.toml, and does it answer (`diemtin status`)?",
    no_address: "\"{url}\" is no address. Copy the article's from the browser's address bar; `diemtin search` finds articles by their words.",
    seen: "Seen in {source}, {at}: {state}",
    failed: "attempts that failed: {attempts}; the next: {next}; the last: {error}",
    not_read: "Not read yet.",
    read: "Read as \"{title}\" (paragraphs: {paragraphs}, captions: {captions}{only})",
    note: "note: {note}",
    brought: "Brought by {source}, {at}: {url}",
    no_mention: "No tracked entity is mentioned.",
    mentions: "Mentions {entity}, times: {count} ({surfaces})",
    spelt: "by \"{alias}\" in {place}",
    story: "One of {articles} articles of story {id}",
    also: "also at {source}: \"{title}\" {url}",
    no_alert: "No alert fired and no digest took it.",
    alert: "{name} for {recipient}: {fate}",
    next_digest: "stands in the next digest",
    last_error: "last error: {error}",
    copy: "{name} for {recipient}: held back as a copy of \"{title}\" ({source}, {url}), which told the same: nothing beyond its text, no further tracked entity, no newly true rule",
    held_back: "held back: {because}",
    waiting: "waiting to be fetched",
    was_read: "read",
};

static VIETNAMESE: Words = Words {
    language: Language::Vi,
    never_seen: "Chưa từng thấy {url}: không nguồn nào có bài này. Nguồn đó đã có trong sources.toml chưa, và có trả lời không (`diemtin status`)?",
    no_address: "\"{url}\" không phải là địa chỉ. Hãy chép địa chỉ bài từ thanh địa chỉ của trình duyệt; `diemtin search` tìm bài theo lời.",
    seen: "Thấy ở {source}, {at}: {state}",
    failed: "tải không được {attempts} lần; lần tới: {next}; lỗi gần nhất: {error}",
    not_read: "Chưa đọc.",
    read: "Đọc được \"{title}\" ({paragraphs} đoạn, {captions} chú thích{only})",
    note: "lưu ý: {note}",
    brought: "Có ở {source}, {at}: {url}",
    no_mention: "Không nhắc đến thực thể nào đang theo dõi.",
    mentions: "Nhắc đến {entity} {count} lần ({surfaces})",
    spelt: "do có \"{alias}\" ở {place}",
    story: "Một trong {articles} bài của sự kiện {id}",
    also: "có cả ở {source}: \"{title}\" {url}",
    no_alert: "Không cảnh báo nào khớp và không bản tin nào lấy bài này.",
    alert: "{name} cho {recipient}: {fate}",
    next_digest: "nằm trong bản tin tới",
    last_error: "lỗi gần nhất: {error}",
    copy: "{name} cho {recipient}: giữ lại vì là bản đăng lại của \"{title}\" ({source}, {url}) đã báo trước đó: không có gì ngoài nội dung bài ấy, không thêm thực thể nào, không quy tắc nào mới khớp",
    held_back: "giữ lại, không báo: {because}",
    waiting: "đang chờ tải",
    was_read: "đã đọc",
};
