//! What can be typed about sources: finding, adding, moving them in and out.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples / Ví dụ:
  diemtin discover vnexpress.net/so-hoa            the feeds of a section / nguồn tin của một chuyên mục
  diemtin discover https://github.com/rust-lang/rust")]
pub(in crate::cli) struct Discover {
    /// A page of the site; https:// may be left out
    pub(in crate::cli) url: String,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples / Ví dụ:
  diemtin add https://vnexpress.net/rss/so-hoa.rss --tag vi --tag tech
  diemtin add tinhte.vn --dry-run                  only show what would be written / chỉ xem, không ghi")]
pub(in crate::cli) struct Add {
    /// A feed, or a page whose feed is looked for; https:// may be left out
    pub(in crate::cli) url: String,
    /// Its name; the feed's title without it
    #[arg(long)]
    pub(in crate::cli) name: Option<String>,
    /// A word that alerts and digests select it by; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub(in crate::cli) tags: Vec<String>,
    /// The time between two polls, as in 10m
    #[arg(long, value_name = "DURATION")]
    pub(in crate::cli) every: Option<String>,
    /// Only print what would be written
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Import {
    /// The feeds of another reader's OPML file; its folders become tags
    #[command(after_help = "\
Examples / Ví dụ:
  diemtin import opml feedly.opml                  from another reader / từ trình đọc tin khác
  diemtin export opml > sources.opml && diemtin --config other.toml import opml sources.opml")]
    Opml {
        /// A file, an http(s) address, or - for standard input
        #[arg(value_name = "FILE|URL|-")]
        file: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples / Ví dụ:
  diemtin export feed --entity Huawei > huawei.atom   for your own reader / cho trình đọc tin của bạn
  diemtin export feed --alerts --format json --since 24h")]
pub(in crate::cli) struct ExportFeed {
    /// Only articles that mention this tracked entity; may be given several times
    #[arg(long = "entity", value_name = "NAME")]
    pub(in crate::cli) entities: Vec<String>,
    /// Only articles that raised an alert
    #[arg(long)]
    pub(in crate::cli) alerts: bool,
    /// Only those stored since then: a date, an instant (RFC 3339), or a span back like 24h or 7d
    #[arg(long, default_value = "7d")]
    pub(in crate::cli) since: String,
    /// The format
    #[arg(long, value_enum, default_value = "atom")]
    pub(in crate::cli) format: FeedOutput,
    /// The most articles
    #[arg(long, default_value_t = 100)]
    pub(in crate::cli) limit: usize,
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FeedOutput {
    /// Atom 1.0
    Atom,
    /// JSON Feed 1.1
    Json,
}
