//! What the operator is told about a source that answers: that it has moved, that it has fallen silent.

use super::{Context, notices};
use crate::model::{Language, Notice, Recipient, Source, SourceChange, Topic, Turn};
use crate::schedule::News;

/// The notices that these changes are worth, to everyone in `notices`.
pub(super) fn of_poll(context: &Context, source: &Source, news: &[News]) -> Vec<(Recipient, SourceChange)> {
    let mut changes = Vec::new();
    for change in news {
        let notice = match context.plan.language {
            Language::Vi => in_vietnamese(source, change),
            Language::En => in_english(source, change),
        };
        tracing::info!(source = %source.name, "{}", notice.text);
        let about = match change {
            News::Moved(_) => (Topic::Address, Turn::Trouble),
            News::MovedBack => (Topic::Address, Turn::Recovery),
            News::Stale(_) => (Topic::Entries, Turn::Trouble),
            News::Fresh => (Topic::Entries, Turn::Recovery),
        };
        changes.extend(notices::to_everyone(context, source, about, &notice));
    }
    changes
}

fn in_english(source: &Source, change: &News) -> Notice {
    let (name, url) = (&source.name, &source.url);
    let (subject, text) = match change {
        News::Moved(to) => (
            format!("Source has moved: {name}"),
            format!(
                "{url} redirects to {to} for good, which is polled from now on.\nWrite the new address into sources.toml."
            ),
        ),
        News::MovedBack => (
            format!("Source has moved back: {name}"),
            format!("{url} answers by itself again and is polled from now on, as sources.toml says."),
        ),
        News::Stale(since) => (
            format!("Source has fallen silent: {name}"),
            format!(
                "{url} answers, but has listed nothing new since {since}, much longer than usual.\nLook whether the site has a new feed."
            ),
        ),
        News::Fresh => (format!("Source publishes again: {name}"), format!("{url} lists new entries again.")),
    };
    Notice { subject, text }
}

fn in_vietnamese(source: &Source, change: &News) -> Notice {
    let (name, url) = (&source.name, &source.url);
    let (subject, text) = match change {
        News::Moved(to) => (
            format!("Nguồn đã chuyển địa chỉ: {name}"),
            format!(
                "{url} đã chuyển hẳn sang {to}; từ nay địa chỉ này được dùng để lấy tin.\nHãy ghi địa chỉ mới vào sources.toml."
            ),
        ),
        News::MovedBack => (
            format!("Nguồn đã trở lại địa chỉ cũ: {name}"),
            format!("{url} lại tự trả lời và từ nay được dùng để lấy tin, đúng như trong sources.toml."),
        ),
        News::Stale(since) => (
            format!("Nguồn im ắng bất thường: {name}"),
            format!(
                "{url} vẫn trả lời nhưng không có tin nào mới từ {since}, lâu hơn thường lệ rất nhiều.\nHãy xem trang đó có địa chỉ lấy tin mới hay không."
            ),
        ),
        News::Fresh => (format!("Nguồn lại có tin mới: {name}"), format!("{url} đã có tin mới trở lại.")),
    };
    Notice { subject, text }
}
