//! `[defaults]` and `[[source]]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::page::{Mode, NumberFormat, Side};
use super::{Count, Located, Text};

/// What holds for every source unless it says otherwise.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Defaults {
    /// The time between two polls, 1s to 365d; or "auto": as often as the source publishes, from 5m to 6h.
    #[schemars(extend("default" = "15m"), example = &"15m")]
    pub(crate) every: Text,
    /// Whether article pages are read; else the feed's own text is the article.
    #[schemars(extend("default" = true), example = true)]
    pub(crate) full_text: Option<bool>,
    /// Language of the texts where they do not say it themselves (BCP 47).
    #[schemars(extend("default" = "vi"), example = &"vi")]
    pub(crate) language: Text,
    /// Time zone of dates that come without one.
    #[schemars(extend("default" = "Asia/Ho_Chi_Minh"), example = &"Asia/Ho_Chi_Minh")]
    pub(crate) timezone: Text,
    /// What the first poll may alert on: entries this young, or "all"; older and undated ones are recorded as seen.
    #[schemars(extend("default" = "2d"), example = &"2d")]
    pub(crate) backfill: Text,
    /// An entry published longer ago never alerts; "off": any age may.
    #[schemars(extend("default" = "30d"), example = &"30d")]
    pub(crate) max_age: Text,
    /// How long after it was filed an article is looked at again for silent edits; "off": not at all.
    #[schemars(extend("default" = "7d"), example = &"7d")]
    pub(crate) track_edits: Text,
    /// After what time it is looked at again first; the older it is, the rarer.
    #[schemars(extend("default" = "15m"), example = &"15m")]
    pub(crate) recheck: Text,
    /// Whether robots.txt decides which pages are fetched.
    #[schemars(extend("default" = "obey"))]
    pub(crate) robots: Option<Robots>,
}

/// What is polled.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Unique; the identity of the source in the store.
    #[schemars(required, example = &"VnExpress Số hóa")]
    pub(crate) name: Text,
    /// What it was called before, where it has a new name: its history goes on under that.
    #[schemars(example = &"Số hóa")]
    pub(crate) was: Text,
    /// The address of the feed, sitemap or page, http or https.
    #[schemars(required, example = &"https://vnexpress.net/rss/so-hoa.rss")]
    pub(crate) url: Text,
    /// How its answer is read.
    #[schemars(extend("default" = "feed"))]
    pub(crate) kind: Option<SourceKind>,
    /// Which links of a listing are articles, as a CSS selector; without it they are recognised.
    #[schemars(example = &"h3.article-title a")]
    pub(crate) links: Text,
    /// The elements of its pages that hold the article's text, as a CSS selector; without it they are recognised.
    #[schemars(example = &"div.detail-content")]
    pub(crate) body: Text,
    /// The headline on its pages, as a CSS selector.
    #[schemars(example = &"h1.detail-title")]
    pub(crate) title: Text,
    /// The standfirst on its pages, as a CSS selector.
    #[schemars(example = &"h2.sapo")]
    pub(crate) lead: Text,
    /// The names of the authors on its pages, as a CSS selector.
    #[schemars(example = &".author-name")]
    pub(crate) author: Text,
    /// When an article was published, on its pages, as a CSS selector.
    #[schemars(example = &"meta[name='pubdate']")]
    pub(crate) date: Text,
    /// What on its pages is no part of the article, or of a watched page not compared, as CSS selectors.
    #[schemars(extend("default" = []), example = [".box-news", "p.donate"])]
    #[serde(default)]
    pub(crate) remove: Vec<Located<String>>,
    /// Of a watched page: what of it is compared.
    #[schemars(extend("default" = "page"))]
    pub(crate) mode: Option<Located<Mode>>,
    /// Of a watched page: the elements whose text is compared, as CSS selectors; without them all visible text.
    #[schemars(extend("default" = []), example = ["main", ".price"])]
    #[serde(default)]
    pub(crate) select: Vec<Located<String>>,
    /// A line that contains one of these plain texts, whatever its case, is left out of the comparison.
    #[schemars(extend("default" = []), example = ["lượt xem"])]
    #[serde(default)]
    pub(crate) ignore_lines_containing: Vec<Located<String>>,
    /// A line that matches one of these regular expressions is left out of the comparison.
    #[schemars(extend("default" = []), example = ["^Cập nhật \\d{1,2}:\\d{2}$"])]
    #[serde(default)]
    pub(crate) ignore_lines: Vec<Located<String>>,
    /// What matches one of these regular expressions is left out of its line.
    #[schemars(extend("default" = []), example = ["\\(\\d+ bình luận\\)"])]
    #[serde(default)]
    pub(crate) ignore_text: Vec<Located<String>>,
    /// Digits and their separators are left out.
    #[schemars(extend("default" = false))]
    pub(crate) ignore_numbers: Option<Located<bool>>,
    /// Runs of white space count as one space, and what cannot be seen as nothing.
    #[schemars(extend("default" = true))]
    pub(crate) ignore_whitespace: Option<Located<bool>>,
    /// Upper and lower case count as equal.
    #[schemars(extend("default" = false))]
    pub(crate) ignore_case: Option<Located<bool>>,
    /// Typographic quotes, dashes and ellipses count as plain ones.
    #[schemars(extend("default" = false))]
    pub(crate) fold_typography: Option<Located<bool>>,
    /// Old and new Vietnamese tone placement (hoà, hòa) count as equal.
    #[schemars(extend("default" = false))]
    pub(crate) fold_tone_placement: Option<Located<bool>>,
    /// Full-width letters, digits and marks count as plain ones.
    #[schemars(extend("default" = false))]
    pub(crate) fold_width: Option<Located<bool>>,
    /// Whether the order of lines does not count; default: that of a list does not, any other does.
    pub(crate) sort_lines: Option<Located<bool>>,
    /// Repeated lines count once.
    #[schemars(extend("default" = false))]
    pub(crate) unique_lines: Option<Located<bool>>,
    /// Only additions, or only removals, are a change.
    pub(crate) only: Option<Located<Side>>,
    /// What the groups of these regular expressions capture (without groups: what they match), one a line, is compared.
    #[schemars(extend("default" = []), example = ["Giá: ([0-9.]+)"])]
    #[serde(default)]
    pub(crate) extract: Vec<Located<String>>,
    /// Nothing is raised while the page contains none of these plain texts.
    #[schemars(extend("default" = []), example = ["còn hàng"])]
    #[serde(default)]
    pub(crate) require_text: Vec<Located<String>>,
    /// Nothing is raised while the page contains one of these plain texts.
    #[schemars(extend("default" = []), example = ["hết hàng"])]
    #[serde(default)]
    pub(crate) block_if_present: Vec<Located<String>>,
    /// A change is raised only where an added line matches one of these regular expressions.
    #[schemars(extend("default" = []), example = ["Ascend"])]
    #[serde(default)]
    pub(crate) alert_if_added: Vec<Located<String>>,
    /// A change is raised only where a removed line matches one of these regular expressions.
    #[schemars(extend("default" = []), example = ["Ascend"])]
    #[serde(default)]
    pub(crate) alert_if_removed: Vec<Located<String>>,
    /// Fewer changed characters raise nothing.
    #[schemars(extend("default" = 0), range(min = 0, max = 1_000_000), example = 5)]
    pub(crate) min_changed_chars: Count,
    /// The number of the selection must move by at least this percentage.
    #[schemars(example = 5)]
    pub(crate) number_change_percent: Option<Located<f64>>,
    /// How that number is written: `"vi"` is 1.299.000,50, `"en"` is 1,299,000.50.
    #[schemars(extend("default" = "vi"))]
    pub(crate) number_format: Option<Located<NumberFormat>>,
    /// An added line that stood in an earlier version does not count.
    #[schemars(extend("default" = false))]
    pub(crate) only_new_lines: Option<Located<bool>>,
    /// The target of a link counts as text after its words.
    #[schemars(extend("default" = false))]
    pub(crate) watch_links: Option<Located<bool>>,
    /// The time between two polls, or "auto"; default: `every` of `[defaults]`.
    #[schemars(example = &"10m")]
    pub(crate) every: Text,
    /// Instead of `every`: polls at these times, five fields (minute first) or six (second first), in the time zone of `[daemon]`.
    #[schemars(example = &"*/10 6-22 * * *")]
    pub(crate) cron: Text,
    /// Words that alerts and digests select sources by.
    #[schemars(extend("default" = []), example = ["vi", "tech"])]
    #[serde(default)]
    pub(crate) tags: Vec<Located<String>>,
    /// Whether the article page is read, else the feed's own text is the article; default: that of `[defaults]`.
    #[schemars(example = true)]
    pub(crate) full_text: Option<Located<bool>>,
    /// Language of its texts where they do not say it themselves; default: that of `[defaults]`.
    #[schemars(example = &"en")]
    pub(crate) language: Text,
    /// Time zone of dates that come without one; default: `Asia/Ho_Chi_Minh` where the source says `language = "vi"`,
    /// else that of `[defaults]`.
    #[schemars(example = &"Asia/Shanghai")]
    pub(crate) timezone: Text,
    /// What the first poll may alert on; default: that of `[defaults]`.
    #[schemars(example = &"2d")]
    pub(crate) backfill: Text,
    /// An entry published longer ago never alerts; default: that of `[defaults]`.
    #[schemars(example = &"30d")]
    pub(crate) max_age: Text,
    /// How long its articles are looked at again for silent edits; default: that of `[defaults]`.
    #[schemars(example = &"7d")]
    pub(crate) track_edits: Text,
    /// After what time they are looked at again first; default: that of `[defaults]`.
    #[schemars(example = &"15m")]
    pub(crate) recheck: Text,
    /// Whether robots.txt decides which of its pages are fetched; default: that of `[defaults]`.
    pub(crate) robots: Option<Robots>,
    /// Headers that the origin of `url` is sent, for its articles too.
    #[schemars(extend("default" = {}))]
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, Located<String>>,
    /// What that origin is told instead of the program's own User-Agent.
    #[schemars(example = &"Mozilla/5.0 (compatible; diemtin; +https://example.org/bot)")]
    pub(crate) user_agent: Text,
    /// An environment variable that holds the Cookie header for that origin.
    #[schemars(example = &"BAO_COOKIE")]
    pub(crate) cookie_env: Text,
    /// A file that holds the Cookie header for that origin; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/bao_cookie")]
    pub(crate) cookie_file: Text,
    /// An environment variable that holds `USER:PASSWORD` for that origin.
    #[schemars(example = &"BAO_LOGIN")]
    pub(crate) basic_auth_env: Text,
    /// A file that holds `USER:PASSWORD` for that origin; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/bao_login")]
    pub(crate) basic_auth_file: Text,
    /// What its pages and articles are reached through, or `off`; default: that of `[fetch]`.
    #[schemars(example = &"socks5://127.0.0.1:1080")]
    pub(crate) proxy: Text,
    /// An environment variable that holds that address, with `USER:PASSWORD@` before the host.
    #[schemars(example = &"BAO_PROXY")]
    pub(crate) proxy_env: Text,
    /// A file that holds it; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/bao_proxy")]
    pub(crate) proxy_file: Text,
}

/// Whether robots.txt decides what is fetched.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Robots {
    /// What it forbids is not fetched.
    Obey,
    /// It is not asked.
    Ignore,
}

/// How the answer of a source is read.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// An HTML page that links to articles.
    Listing,
    /// One page, watched for change.
    Page,
}
