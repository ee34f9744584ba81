//! What can be typed.

mod look;
pub(super) mod revisions;
mod sources;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(super) use look::{Check, Entities, Rescan, Search, TestRule};
pub(super) use sources::{Add, Discover, ExportFeed, FeedOutput, Import};

const EXAMPLES: &str = "\
Examples / Ví dụ:
  diemtin demo                        see the whole product work, without a network / xem thử, không cần mạng
  diemtin check                       is sources.toml right? / kiểm tra sources.toml
  diemtin run                         the daemon / chạy thường trực
  diemtin add vnexpress.net/so-hoa    watch one more source / thêm một nguồn tin
  diemtin poll                        one round over every source now / lấy tin một lượt
  diemtin search \"chip AI\" since:7d   find articles, with or without marks / tìm bài
  diemtin why https://…/bai.html      what happened to an article / vì sao có (không có) cảnh báo
  diemtin inspect article https://…   try the extraction on a page / thử trích bài

Exit codes: 0 done, 1 failed, 2 wrong use.";

/// A self-hosted news monitor: polls feeds, reads the articles and alerts once when a tracked name appears.
#[derive(Debug, Parser)]
#[command(name = "diemtin", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// The configuration
    #[arg(long, global = true, env = "DIEMTIN_CONFIG", default_value = "sources.toml", value_name = "FILE")]
    pub(super) config: PathBuf,
    /// Where the database and mails lie, instead of `[daemon] data_dir`
    #[arg(long, global = true, env = "DIEMTIN_DATA_DIR", value_name = "FOLDER")]
    pub(super) data_dir: Option<PathBuf>,
    /// Where health is served, instead of `[web] listen`
    #[arg(long, global = true, env = "DIEMTIN_LISTEN", value_name = "ADDRESS:PORT", hide = true)]
    pub(super) listen: Option<SocketAddr>,
    /// Log more: -v debug, -vv everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    /// What is logged, as in `info,diemtin::fetch=debug`; stands above -v
    #[arg(long, global = true, env = "DIEMTIN_LOG", value_name = "FILTER", hide = true)]
    pub(super) log: Option<String>,
    /// How it is logged
    #[arg(long, global = true, env = "DIEMTIN_LOG_FORMAT", value_enum, default_value = "text")]
    pub(super) log_format: LogFormat,
    /// Print JSON, one object a line
    #[arg(long, global = true)]
    pub(super) json: bool,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the daemon until SIGTERM or Ctrl-C
    Run,
    /// See the whole product work on a small invented newsroom, without a network
    Demo(Demo),
    /// Check sources.toml and name every problem with its line; with --impact, try it on the stored articles
    Check(Check),
    /// One round now: poll, fetch articles, deliver
    Poll(Poll),
    /// Find the feeds, sitemaps and listings of a site
    Discover(Discover),
    /// Add a source to sources.toml, by its feed or by a page of its site
    Add(Add),
    /// Take over sources from elsewhere
    #[command(subcommand)]
    Import(Import),
    /// Try one stage on files or addresses
    #[command(subcommand)]
    Inspect(Inspect),
    /// Find stored articles, newest first; with or without Vietnamese marks
    #[command(after_help = look::SEARCH_HELP)]
    Search(Search),
    /// How often each entity is mentioned, day by day, and which never were
    Entities(Entities),
    /// How every source is doing, and how much there is of everything
    Status(Status),
    /// What happened to one article: seen, read, matched, held back, delivered
    Why(Why),
    /// The versions of an article or a watched page
    History(revisions::History),
    /// What was changed from one version to another
    Diff(revisions::Diff),
    /// Every edit and change that was found lately
    Changes(revisions::Changes),
    /// Try a rule on the stored articles: which would have fired, and how many a day
    #[command(after_help = "Example: diemtin test-rule 'Huawei NEAR/10 SMIC' --since 7d")]
    TestRule(TestRule),
    /// Look for the present entities in stored articles, too; with --alert, also raise what is missing
    Rescan(Rescan),
    /// Catalogues of entities that `[[include]]` takes over
    Packs(Packs),
    /// Show a digest, or send it now
    Digest(Digest),
    /// Messages on their way, and those that could not be delivered
    #[command(subcommand)]
    Outbox(Outbox),
    /// Send a test to one recipient, or to all, and say what each answered
    SendTest(SendTest),
    /// Send again to someone who left a list, or to a webhook that is called no more
    Resubscribe(Resubscribe),
    /// Copy the live database
    Backup(Backup),
    /// Put a copy back in place; the daemon must be stopped
    Restore(File),
    /// Ask a running daemon whether it is well (for Docker)
    Health,
    /// Print the JSON Schema of sources.toml
    Schema,
    /// Print shell completions
    Completions(Completions),
    /// Print stored articles, as data or as a feed, or the list of sources
    #[command(subcommand)]
    Export(Export),
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// How long it runs, in seconds
    #[arg(long, default_value_t = 60, value_name = "N")]
    pub(super) seconds: u64,
    /// Where its database and mails are kept; a new temporary folder without it
    #[arg(long, value_name = "FOLDER")]
    pub(super) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SendTest {
    /// `mail:ADDRESS` or `webhook:NAME`; without it, everyone whom sources.toml names
    pub(super) target: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Resubscribe {
    /// A mail address, or `webhook:NAME`
    pub(super) target: String,
}

#[derive(Debug, Args)]
pub(super) struct Poll {
    /// Names of sources; all without one
    #[arg(value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Inspect {
    /// Read feeds and print their entries as JSON
    #[command(after_help = "Example: diemtin inspect feed https://vnexpress.net/rss/so-hoa.rss")]
    Feed(InspectFeed),
    /// Read article pages and print title, lead, paragraphs … as JSON
    #[command(after_help = "Example: diemtin inspect article page.html --url https://example.vn/bai-1.html")]
    Article(InspectArticle),
    /// Find entities in texts and print mentions and the alerts that fire as JSON
    #[command(after_help = "Example: echo 'Huawei và SMIC' | diemtin inspect entities -")]
    Entities(InspectEntities),
    /// Compare two versions of a page and print what changed, and what does not count, as JSON
    #[command(after_help = "Example: diemtin inspect change before.html after.html --mode article --explain")]
    Change(InspectChange),
    /// Find copies and articles of one event among texts and print the groups as JSON
    #[command(after_help = "Example: diemtin inspect duplicates articles/*.txt")]
    Duplicates(InspectDuplicates),
}

#[derive(Debug, Args)]
pub(super) struct InspectFeed {
    /// Files or http(s) addresses
    #[arg(required = true, value_name = "PATH|URL")]
    pub(super) paths: Vec<String>,
    /// The address that relative links of files are resolved against
    #[arg(long)]
    pub(super) url: Option<url::Url>,
    /// The Content-Type that files came with
    #[arg(long, value_name = "TYPE")]
    pub(super) content_type: Option<String>,
    /// How they are read; without it, sitemaps are told from feeds
    #[arg(long, value_enum)]
    pub(super) kind: Option<FeedKind>,
    /// Which links of a listing are articles (CSS); without it they are recognised
    #[arg(long, value_name = "CSS")]
    pub(super) links: Option<String>,
}

/// How `inspect feed` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FeedKind {
    /// RSS, Atom or JSON Feed
    Feed,
    /// A sitemap or an index of sitemaps
    Sitemap,
    /// The article links of an HTML page
    Listing,
}

#[derive(Debug, Args)]
pub(super) struct InspectArticle {
    /// Files or http(s) addresses
    #[arg(required = true, value_name = "PATH|URL")]
    pub(super) paths: Vec<String>,
    /// The address that files came from
    #[arg(long)]
    pub(super) url: Option<url::Url>,
    /// Rules, time zone and language of this source of sources.toml
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// Leave out what the daemon has learnt to repeat on the page's host, as it would itself
    #[arg(long)]
    pub(super) learnt: bool,
    /// Say how the article came about: which element won, what was left out and why
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct InspectEntities {
    /// Plain texts, or .json files of {title, lead, body, captions, source, tags}; `-` is standard input
    #[arg(required = true, value_name = "PATH|-")]
    pub(super) paths: Vec<String>,
    /// Also why spellings that stand in the text do not count
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct InspectChange {
    /// The version that is stored: a file or an http(s) address
    #[arg(value_name = "BEFORE")]
    pub(super) before: String,
    /// The version to compare with it
    #[arg(value_name = "AFTER")]
    pub(super) after: String,
    /// What is compared; default: what the source says, else all visible text
    #[arg(long, value_enum)]
    pub(super) mode: Option<PageMode>,
    /// Options, rules and language of this source of sources.toml, and the tracked names
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// The HTTP status that AFTER came with
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(100..=999))]
    pub(super) status: Option<u16>,
    /// The Content-Type that AFTER came with
    #[arg(long, value_name = "T")]
    pub(super) content_type: Option<String>,
    /// How many bytes were announced for AFTER
    #[arg(long, value_name = "N")]
    pub(super) content_length: Option<u64>,
    /// A version older than BEFORE, the youngest first; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) history: Vec<String>,
    /// Say what was compared and what does not count; in words unless --json is given too
    #[arg(long)]
    pub(super) explain: bool,
}

/// What of a page `inspect change` compares.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum PageMode {
    /// All visible text
    Page,
    /// The article's title, lead, body and captions
    Article,
    /// The links of the page's list
    Listing,
}

#[derive(Debug, Args)]
pub(super) struct InspectDuplicates {
    /// Plain texts, the title on the first line; `-` is standard input
    #[arg(required = true, value_name = "PATH|-")]
    pub(super) paths: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Status {
    /// One source in detail: its last error, when it is polled next, and why then
    #[arg(value_name = "SOURCE")]
    pub(super) source: Option<String>,
    /// Only the sources that someone should look at
    #[arg(long, conflicts_with = "source")]
    pub(super) problems: bool,
}

#[derive(Debug, Args)]
pub(super) struct Why {
    /// The article's address, or its id
    pub(super) url: String,
}

#[derive(Debug, Args)]
pub(super) struct Packs {
    /// Show the entities of this one
    pub(super) name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Digest {
    /// The digest's name; may be left out where there is only one
    pub(super) name: Option<String>,
    /// Only show what it would say now; nothing is sent and no period ends. With --json, as a webhook gets it
    #[arg(long)]
    pub(super) preview: bool,
    /// Write the mail's HTML into this file instead, to look at it in a browser
    #[arg(long, requires = "preview", value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
    /// Show everything since then, told already or not: a date, an instant (RFC 3339), or a span back like 24h or 7d
    #[arg(long, requires = "preview")]
    pub(super) since: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Outbox {
    /// Messages that wait or were given up
    List {
        /// Also those that were sent or dropped
        #[arg(long)]
        all: bool,
    },
    /// One message in full
    Show {
        /// Its identity, or the beginning of it
        id: String,
    },
    /// Try a message again at once
    Retry {
        /// Its identity, or the beginning of it
        id: String,
    },
    /// Take a message off the outbox for good
    Drop {
        /// Its identity, or the beginning of it
        id: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The copy
    pub(super) file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct File {
    /// The copy
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    pub(super) shell: Shell,
}

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Every stored article, one JSON object a line
    Articles {
        /// Only those stored since then: a date, an instant (RFC 3339), or a span back like 24h or 7d
        #[arg(long)]
        since: Option<String>,
    },
    /// Every source of sources.toml as OPML, for other readers or another diemtin
    Opml,
    /// Stored articles, newest first, as a feed for your own reader
    Feed(ExportFeed),
}
