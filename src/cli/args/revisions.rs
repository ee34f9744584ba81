//! What can be typed about versions and changes.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct History {
    /// The address of an article or a watched page, or its identity
    #[arg(value_name = "URL|ID")]
    pub(in crate::cli) text: String,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Versions are numbered from 1; without numbers the last change is shown.
Examples / Ví dụ:
  diemtin diff https://bao.example/bai-1             the last change / lần sửa cuối
  diemtin diff https://bao.example/bai-1 1 4         from the first version to the fourth")]
pub(in crate::cli) struct Diff {
    /// The address of an article or a watched page, or its identity
    #[arg(value_name = "URL|ID")]
    pub(in crate::cli) text: String,
    /// The version before
    pub(in crate::cli) before: Option<usize>,
    /// The version after; the last without it
    pub(in crate::cli) after: Option<usize>,
    /// Before and after in two columns
    #[arg(long)]
    pub(in crate::cli) side_by_side: bool,
    /// Write a page with the change instead
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Changes {
    /// A date, a time, or how long ago: 2026-11-21, 2026-11-21T08:00:00+07:00, 24h, 20s
    #[arg(long, default_value = "24h", value_name = "WHEN")]
    pub(in crate::cli) since: String,
    /// At most so many, the latest first
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub(in crate::cli) limit: usize,
}
