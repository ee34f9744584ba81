//! What the operator is told about the daemon itself, once for each change of state.

use super::Context;
use crate::model::{
    Delivery, DeliveryKind, Language, Notice, Recipient, Source, SourceChange, Timestamp, Topic, Turn,
};
use crate::store::{ClaimedSource, SourceState};

/// One failure is no news; so many in a row are.
pub(super) const FAILURES_WORTH_A_NOTICE: u32 = 3;

/// What a poll's end is worth telling everyone in `notices`.
pub(super) fn of_poll(
    context: &Context,
    source: &Source,
    before: &ClaimedSource,
    now: (SourceState, u32, Option<&str>, Option<Timestamp>),
) -> Vec<(Recipient, SourceChange)> {
    let turn = if now.0 == SourceState::Ok { Turn::Recovery } else { Turn::Trouble };
    let Some(notice) = change_of_state(context, source, before, now) else { return Vec::new() };
    to_everyone(context, source, (Topic::Answers, turn), &notice)
}

/// What is said of a source, to everyone in `notices`.
pub(super) fn to_everyone(
    context: &Context,
    source: &Source,
    (topic, turn): (Topic, Turn),
    notice: &Notice,
) -> Vec<(Recipient, SourceChange)> {
    let (name, language) = (source.name.clone(), context.plan.language);
    let change =
        SourceChange { source: name, topic, turn, language, notice: notice.clone(), restless: false };
    context.plan.notices.iter().map(|recipient| (recipient.clone(), change.clone())).collect()
}

/// A notice to everyone in `notices`.
pub(super) fn for_everyone(context: &Context, notice: &Notice) -> Vec<(Recipient, Notice)> {
    context.plan.notices.iter().map(|recipient| (recipient.clone(), notice.clone())).collect()
}

fn change_of_state(
    context: &Context,
    source: &Source,
    before: &ClaimedSource,
    (state, failures, error, next_poll_at): (SourceState, u32, Option<&str>, Option<Timestamp>),
) -> Option<Notice> {
    let error = error.unwrap_or_default();
    let next_poll_at = next_poll_at.map(|at| at.to_string()).unwrap_or_default();
    let was_broken = before.state == SourceState::Gone || before.failures >= FAILURES_WORTH_A_NOTICE;
    let name = &source.name;
    let notice = match (state, context.plan.language) {
        (SourceState::Gone, _) if before.state == SourceState::Gone => return None,
        (SourceState::Gone, Language::Vi) => Notice {
            subject: format!("Nguồn đã ngừng hẳn: {name}"),
            text: format!(
                "{} báo rằng nguồn này không còn nữa: {error}\nTừ nay nguồn không được thăm nữa. Hãy xoá nguồn khỏi sources.toml hoặc sửa địa chỉ; `diemtin poll \"{name}\"` thử lại một lần.",
                source.url
            ),
        },
        (SourceState::Gone, Language::En) => Notice {
            subject: format!("Source gone for good: {name}"),
            text: format!(
                "{} says it is gone: {error}\nIt is no longer polled. Remove the source from sources.toml or mend its address; `diemtin poll \"{name}\"` tries it once more.",
                source.url
            ),
        },
        (SourceState::Failing, language) if failures == FAILURES_WORTH_A_NOTICE => {
            failing(name, source.url.as_str(), (error, &next_poll_at), language)
        }
        (SourceState::Ok, Language::Vi) if was_broken => Notice {
            subject: format!("Nguồn đã hoạt động lại: {name}"),
            text: format!("{} đã trả lời bình thường.", source.url),
        },
        (SourceState::Ok, Language::En) if was_broken => Notice {
            subject: format!("Source works again: {name}"),
            text: format!("{} answers again.", source.url),
        },
        _ => return None,
    };
    Some(notice)
}

fn failing(name: &str, url: &str, (error, next_poll_at): (&str, &str), language: Language) -> Notice {
    match language {
        Language::Vi => Notice {
            subject: format!("Nguồn đang lỗi: {name}"),
            text: format!(
                "{url} đã lỗi {FAILURES_WORTH_A_NOTICE} lần liên tiếp: {error}\nLần thử tiếp theo: {next_poll_at}. Xem `diemtin status`."
            ),
        },
        Language::En => Notice {
            subject: format!("Source failing: {name}"),
            text: format!(
                "{url} failed {FAILURES_WORTH_A_NOTICE} times in a row: {error}\nNext attempt: {next_poll_at}. See `diemtin status`."
            ),
        },
    }
}

/// The notice that a message was given up, to everyone in `notices` but its own recipient. A notice that cannot be
/// delivered raises no other.
pub(super) fn of_dead_letter(context: &Context, delivery: &Delivery, why: &str) -> Vec<(Recipient, Notice)> {
    if delivery.message.kind() == DeliveryKind::Notice {
        return Vec::new();
    }
    let (id, to) = (delivery.id, &delivery.recipient);
    let notice = match context.plan.language {
        Language::Vi => Notice {
            subject: format!("Không gửi được tin cho {to}"),
            text: format!(
                "{why}\nTin vẫn được giữ lại: `diemtin outbox show {id}`, gửi lại bằng `diemtin outbox retry {id}`."
            ),
        },
        Language::En => Notice {
            subject: format!("A message to {to} could not be delivered"),
            text: format!(
                "{why}\nIt is kept: `diemtin outbox show {id}`; send it again with `diemtin outbox retry {id}`."
            ),
        },
    };
    let others = context.plan.notices.iter().filter(|recipient| *recipient != to);
    others.map(|recipient| (recipient.clone(), notice.clone())).collect()
}

/// The notice that a webhook is called no more, to everyone in `notices` but itself.
pub(super) fn of_switched_off(context: &Context, gone: &Recipient, why: &str) -> Vec<(Recipient, Notice)> {
    let notice = match context.plan.language {
        Language::Vi => Notice {
            subject: format!("Đã ngừng gửi đến {gone}"),
            text: format!(
                "{why}\nTừ nay không gọi đến đó nữa; tin đang chờ vẫn được giữ. Sửa [[webhook]] trong sources.toml là tự chạy lại, hoặc `diemtin resubscribe {gone}`."
            ),
        },
        Language::En => Notice {
            subject: format!("Nothing is sent to {gone} any more"),
            text: format!(
                "{why}\nIt is called no more; what waits for it is kept. Mend its [[webhook]] in sources.toml and it goes on by itself, or run `diemtin resubscribe {gone}`."
            ),
        },
    };
    let others = context.plan.notices.iter().filter(|recipient| *recipient != gone);
    others.map(|recipient| (recipient.clone(), notice.clone())).collect()
}
