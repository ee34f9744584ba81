//! How a text is looked at again, and which of its changes wait, as `history` and `why` show it.

use serde_json::{Value, json};

use crate::model::{ArticleId, Language, Timestamp};
use crate::store::{HeldChange, Look, Store};

/// What is known of that.
#[derive(Default)]
pub(super) struct Looks {
    look: Option<Look>,
    held: Vec<HeldChange>,
}

impl Looks {
    pub(super) async fn of(store: &Store, article: ArticleId) -> anyhow::Result<Self> {
        Ok(Self { look: store.look_of(article).await?, held: store.held_changes(article).await? })
    }

    /// Whether a change waits to be told.
    pub(super) fn holds_any(&self) -> bool {
        !self.held.is_empty()
    }

    /// For people; `at` writes down times.
    pub(super) fn lines(&self, language: Language, at: &dyn Fn(Timestamp) -> String) -> Vec<String> {
        let words = Words::of(language);
        let look = self.look.as_ref().map_or_else(|| words.never.to_owned(), |look| words.told(look, at));
        let held = self.held.iter().map(|HeldChange { rule, why, until }| {
            let why = if why == "restless" { words.restless } else { words.settling };
            words.held.replace("{rule}", rule).replace("{until}", &at(*until)).replace("{why}", why)
        });
        std::iter::once(look).chain(held).collect()
    }

    /// For programs.
    pub(super) fn json(&self) -> (Value, Value) {
        let look = self.look.as_ref().map(|look| {
            json!({
                "at": look.at.map(Timestamp::rfc3339), "came_to": look.came_to, "error": look.error,
                "next": look.next.map(Timestamp::rfc3339), "until": look.until.map(Timestamp::rfc3339),
            })
        });
        let held = self
            .held
            .iter()
            .map(|held| json!({"rule": held.rule, "why": held.why, "until": held.until.rfc3339()}));
        (json!(look), held.collect())
    }
}

/// Phrases; what stands in braces is filled in.
struct Words {
    never: &'static str,
    not_yet: &'static str,
    last: &'static str,
    unchanged: &'static str,
    same_text: &'static str,
    changed: &'static str,
    failed: &'static str,
    next: &'static str,
    when_asked: &'static str,
    ends: &'static str,
    held: &'static str,
    restless: &'static str,
    settling: &'static str,
}

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Vi => &VIETNAMESE,
        }
    }

    fn told(&self, look: &Look, at: &dyn Fn(Timestamp) -> String) -> String {
        let last = look.at.map_or_else(
            || self.not_yet.to_owned(),
            |last| {
                let why = look.error.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
                let came_to = self.came_to(look.came_to.as_deref());
                self.last.replace("{at}", &at(last)).replace("{came_to}", came_to) + &why
            },
        );
        let next =
            look.next.map_or_else(|| self.when_asked.to_owned(), |next| self.next.replace("{at}", &at(next)));
        let ends = look.until.map(|until| self.ends.replace("{at}", &at(until))).unwrap_or_default();
        format!("{last}; {next}{ends}")
    }

    fn came_to(&self, what: Option<&str>) -> &'static str {
        match what {
            Some("unchanged") => self.unchanged,
            Some("same_text") => self.same_text,
            Some("changed") => self.changed,
            Some("failed") => self.failed,
            _ => "",
        }
    }
}

static ENGLISH: Words = Words {
    never: "Not looked at again: nobody wants its edits, or its time is over (`track_edits`).",
    not_yet: "Not looked at again yet",
    last: "Last looked at {at}{came_to}",
    unchanged: ", unchanged (304 or the same bytes)",
    same_text: ", the same text in other bytes",
    changed: ", changed",
    failed: ", no version of it",
    next: "next {at}",
    when_asked: "not looked at until someone asks",
    ends: "; tracking ends {at}",
    held: "A change waits for {rule} until {until}: {why}",
    restless: "the text goes back and forth; where it stays is told",
    settling: "further changes are told with it (`settle`)",
};

static VIETNAMESE: Words = Words {
    never: "Không xem lại: không ai theo dõi sửa đổi của bài, hoặc đã hết hạn (`track_edits`).",
    not_yet: "Chưa xem lại lần nào",
    last: "Xem lại lần cuối {at}{came_to}",
    unchanged: ", không đổi (304 hoặc y nguyên từng byte)",
    same_text: ", trang đổi nhưng nội dung vẫn thế",
    changed: ", có thay đổi",
    failed: ", không đọc được",
    next: "lần tới {at}",
    when_asked: "không xem nữa cho đến khi có người yêu cầu",
    ends: "; theo dõi đến {at}",
    held: "{rule}: có sửa đổi đang giữ lại đến {until}: {why}",
    restless: "nội dung đổi qua đổi lại; khi nào yên sẽ báo",
    settling: "sửa đổi tiếp theo được báo chung (`settle`)",
};
