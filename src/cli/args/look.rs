//! What can be typed to look at what is stored.

use clap::Args;

/// How a search is written.
pub(in crate::cli) const SEARCH_HELP: &str = "\
A query holds words, \"phrases\" and:
  -word, NOT word             it must not occur / không được có
  one OR other                one of both / một trong hai
  title:word                  in the title / trong tiêu đề
  entity:Huawei               articles that mention it / bài nhắc đến
  source:\"VnExpress Số hóa\"  articles of this source / bài của nguồn này
  lang:vi                     in this language / bằng tiếng
  since:7d until:2026-11-20   stored within this time / lưu trong thời gian này

Words typed without marks are found with any; where marks are typed they count.
Gõ không dấu thì tìm được mọi dấu; gõ có dấu thì phải đúng dấu.

Examples / Ví dụ:
  diemtin search \"chip AI\" Huawei -Intel
  diemtin search entity:Huawei source:\"VnExpress Số hóa\" since:7d
  diemtin search 华为 lang:zh";

#[derive(Debug, Args)]
pub(in crate::cli) struct Search {
    /// What must stand in the articles
    #[arg(required = true)]
    pub(in crate::cli) words: Vec<String>,
    /// The most articles shown
    #[arg(long, default_value = "20", value_parser = at_least_one)]
    pub(in crate::cli) limit: usize,
}

/// A number of things to show; none shows nothing, and would read as if there were none.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("write 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(format!("{error}; write a number from 1")),
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Entities {
    /// Show this one in detail
    pub(in crate::cli) name: Option<String>,
    /// Since when: a date, an instant (RFC 3339), or a span back like 24h or 7d
    #[arg(long, default_value = "14d")]
    pub(in crate::cli) since: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// Also tell what alerts and digests would do with the stored articles, and what that changes
    #[arg(long)]
    pub(in crate::cli) impact: bool,
    /// Also log in to the mail server and look for the hosts of webhooks; nothing is sent
    #[arg(long)]
    pub(in crate::cli) connect: bool,
    /// Only articles stored since then: a date, an instant (RFC 3339), or a span back like 24h or 7d
    #[arg(long, default_value = "30d", requires = "impact")]
    pub(in crate::cli) since: String,
    /// The most examples of each change
    #[arg(long, default_value_t = 3, requires = "impact")]
    pub(in crate::cli) limit: usize,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TestRule {
    /// The rule, as an `[[alert]]` would have it; its entities are those of sources.toml
    pub(in crate::cli) rule: String,
    /// Only articles stored since then: a date, an instant (RFC 3339), or a span back like 24h or 7d
    #[arg(long, default_value = "30d")]
    pub(in crate::cli) since: String,
    /// The most articles shown
    #[arg(long, default_value_t = 20)]
    pub(in crate::cli) limit: usize,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Rescan {
    /// Only articles stored since then: a date, an instant (RFC 3339), or a span back like 24h or 7d
    #[arg(long, default_value = "30d")]
    pub(in crate::cli) since: String,
    /// Only this entity
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) entity: Option<String>,
    /// Also raise the alerts and add the digest items that are missing
    #[arg(long)]
    pub(in crate::cli) alert: bool,
}
