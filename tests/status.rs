//! `diemtin status` as it is typed: what it says of sources, queues and messages, in both languages and on any terminal.

#![expect(clippy::expect_used, reason = "what helps a test may fail as a test does")]

use std::path::Path;
use std::process::Output;
use std::sync::Arc;
use std::time::Duration;

use assert_cmd::Command;
use diemtin::clock::Clock;
use diemtin::model::{
    Article, ArticleId, Cause, Entry, EntryKey, Item, Moved, Notice, PollMemory, Reason, Recipient, RuleMiss,
    Timestamp, UnmetRule,
};
use diemtin::store::{
    Causes, Fate, Filing, Holder, HostSlots, Lease, Lessons, NewEntry, PollResult, SourceState, Store,
    WatchedSource,
};
use serde_json::Value;
use tempfile::TempDir;

const HOUR: Duration = Duration::from_hours(1);

/// Name, state, failures and error of the sources of these tests.
const SOURCES: [(&str, SourceState, u32, Option<&str>); 4] = [
    ("Điện tử và Ứng dụng", SourceState::Ok, 0, None),
    (
        "示例科技新闻",
        SourceState::Failing,
        12,
        Some("https://news.example/rss answered 503: the server is \u{1b}[31moverloaded."),
    ),
    ("Báo Cũ", SourceState::Gone, 1, Some("https://cu.example/rss answered 410: it was removed for good.")),
    ("Wire", SourceState::New, 0, None),
];

fn slots() -> HostSlots {
    HostSlots { per_host: 9, ..HostSlots::default() }
}

/// A data folder with these sources polled `since` ago and one dead letter.
async fn newsroom(language: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, now) = (Store::open(folder.path()).expect("a store"), Clock::System.now());
    let watched = SOURCES.iter().map(|(name, ..)| WatchedSource {
        name: (*name).to_owned(),
        was: None,
        url: format!("https://{}.example/rss", name.len()),
        host_key: (*name).to_owned(),
        every: HOUR,
        asked_as: "feed".to_owned(),
    });
    store.watch_sources(watched.collect(), Holder::Command, now.minus(3 * HOUR)).await.expect("sources");
    let then = now.minus(3 * HOUR);
    let lease = Lease { holder: Holder::Command, from: then, until: now };
    for claimed in store.claim_due_sources(lease, 9, slots(), |name| name != "Wire").await.expect("due").tasks
    {
        let (_, state, failures, error) =
            SOURCES.into_iter().find(|(name, ..)| *name == claimed.name).expect("one of ours");
        store.commit_poll(&claimed, polled(then, now, (state, failures, error))).await.expect("a poll");
    }
    dead_letter(&store, now).await;
    configure(folder.path(), language);
    folder
}

fn polled(
    at: Timestamp,
    now: Timestamp,
    (state, failures, error): (SourceState, u32, Option<&str>),
) -> PollResult {
    PollResult {
        at,
        state,
        failures,
        error: error.map(str::to_owned),
        cause: error.map(|error| if error.contains("403") { Cause::BotWall } else { Cause::Server }),
        repairs: Some(if failures == 0 { vec!["an unclosed tag".to_owned()] } else { Vec::new() }),
        left_out: Vec::new(),
        next_poll_at: Some(now.plus(2 * HOUR)).filter(|_| state != SourceState::Gone),
        host_key: "tin.example".to_owned(),
        memory: PollMemory::default(),
        answer: None,
        entries: Vec::new(),
        parts: Vec::new(),
        changes: Vec::new(),
    }
}

async fn dead_letter(store: &Store, now: Timestamp) {
    let (to, notice) = (
        Recipient::Mail("an@example.org".to_owned()),
        Notice { subject: "x".to_owned(), text: String::new() },
    );
    store.notify(vec![(to, notice)], now).await.expect("a message");
    let lease = Lease { holder: Holder::Command, from: now, until: now.plus(HOUR) };
    let claimed = store.claim_deliveries(lease, 1, slots()).await.expect("it is due").tasks.remove(0);
    let fate = Fate::Dead { why: "550 no such user".to_owned() };
    store.finish_attempt(&claimed, fate, Vec::new(), now).await.expect("the end");
}

fn configure(folder: &Path, language: &str) {
    let source = "[[source]]\nname = \"Wire\"\nurl = \"https://wire.example/rss\"\n";
    let text = format!("[daemon]\nlanguage = \"{language}\"\ndata_dir = \".\"\n{source}");
    std::fs::write(folder.join("sources.toml"), text).expect("a file");
}

fn run(folder: &TempDir, arguments: &[&str], columns: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    command.arg("status").args(arguments).current_dir(folder.path()).env_clear();
    command.envs(columns.map(|columns| ("COLUMNS", columns)));
    command.output().expect("the program starts")
}

fn shown(folder: &TempDir, arguments: &[&str], columns: Option<&str>) -> String {
    let output = run(folder, arguments, columns);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn the_summary_comes_first_and_trouble_before_the_rest() {
    for (language, summary, facts) in [
        (
            "en",
            "4 sources: 1 ok, 1 new, 1 failing, 1 gone",
            [
                "for 3 h, 12 failures in a row, next poll in 2 h",
                "answered 3 h ago, next poll in 2 h",
                "mended: an unclosed tag",
            ],
        ),
        (
            "vi",
            "4 nguồn: 1 tốt, 1 mới, 1 lỗi, 1 đã ngừng",
            [
                "đã 3 giờ, 12 lần liên tiếp, lượt tới sau 2 giờ",
                "trả lời 3 giờ trước, lượt tới sau 2 giờ",
                "đã sửa: an unclosed tag",
            ],
        ),
    ] {
        let text = shown(&newsroom(language).await, &[], None);
        assert_eq!(text.lines().next(), Some(summary), "{text}");
        let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is missing:\n{text}"));
        assert!(place("Báo Cũ") < place("示例科技新闻") && place("示例科技新闻") < place("Wire"), "{text}");
        assert!(place("Wire") < place("Điện tử"), "{text}");
        for fact in facts {
            assert!(text.contains(fact), "{fact}\n{text}");
        }
        assert!(text.contains("550 no such user") && text.contains("diemtin outbox retry "), "{text}");
        assert!(!text.contains('\u{1b}'), "no colour where nobody looks, and none that a server sent");
    }
}

/// A data folder with a source that is kept out, one that has moved, one that is silent and one of which a part is missing.
async fn odd_newsroom(language: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, now) = (Store::open(folder.path()).expect("a store"), Clock::System.now());
    let then = now.minus(3 * HOUR);
    let watched = ["Kín", "Chuyển", "Lặng", "Thiếu"].map(|name| WatchedSource {
        name: name.to_owned(),
        was: None,
        url: "https://tin.example/rss".to_owned(),
        host_key: name.to_owned(),
        every: HOUR,
        asked_as: "feed".to_owned(),
    });
    store.watch_sources(watched.to_vec(), Holder::Command, then).await.expect("sources");
    let lease = Lease { holder: Holder::Command, from: then, until: now };
    for claimed in store.claim_due_sources(lease, 9, slots(), |_| true).await.expect("due").tasks {
        let well = polled(then, now, (SourceState::Ok, 0, None));
        let address = Some("https://moi.example/rss".parse().expect("an address"));
        let moved = Moved { address, moved_at: Some(now.minus(48 * HOUR)), ..Moved::default() };
        let silent_since = Some(now.minus(30 * 24 * HOUR));
        let result = match claimed.name.as_str() {
            "Kín" => polled(then, now, (SourceState::Failing, 4, Some("it answered 403: a challenge."))),
            "Chuyển" => PollResult { memory: PollMemory { moved, ..PollMemory::default() }, ..well },
            "Lặng" => PollResult {
                memory: PollMemory { stale: true, last_new_at: silent_since, ..PollMemory::default() },
                ..well
            },
            _ => PollResult { left_out: vec!["https://tin.example/2.xml answered 500".to_owned()], ..well },
        };
        assert!(store.commit_poll(&claimed, result).await.expect("a poll"));
    }
    configure(folder.path(), language);
    folder
}

#[tokio::test]
async fn what_is_odd_about_a_source_is_told_with_what_to_do() {
    for (language, facts) in [
        (
            "en",
            [
                "4 sources: 1 ok, 1 moved, 1 stale, 1 blocked",
                "blocked (bot wall)  Kín",
                "for 30 days",
                "for 2 days",
                "polled at https://moi.example/rss",
                "left out: https://tin.example/2.xml answered 500",
            ],
        ),
        (
            "vi",
            [
                "4 nguồn: 1 tốt, 1 đã chuyển, 1 im ắng, 1 bị chặn",
                "bị chặn (tường chống bot)  Kín",
                "đã 30 ngày",
                "đã 2 ngày",
                "được đọc ở https://moi.example/rss",
                "không đọc được: https://tin.example/2.xml answered 500",
            ],
        ),
    ] {
        let text = shown(&odd_newsroom(language).await, &[], None);
        for fact in facts {
            assert!(text.contains(fact), "{fact}\n{text}");
        }
    }
    let folder = odd_newsroom("en").await;
    for (name, fact) in [
        ("Kín", "blocked (bot wall)"),
        ("Chuyển", "polled at https://moi"),
        ("Lặng", "nothing new"),
        ("Thiếu", "2.xml"),
    ] {
        let text = shown(&folder, &[name], Some("200"));
        assert!(text.contains(fact), "{name}: {fact}\n{text}");
    }
    let json: Value = serde_json::from_str(&shown(&folder, &["--problems", "--json"], None)).expect("JSON");
    let told: Vec<_> = json["sources"].as_array().expect("sources").iter().collect();
    let states: Vec<_> = told.iter().map(|source| source["state"].as_str().unwrap_or_default()).collect();
    assert_eq!(states, ["blocked", "stale", "moved"]);
    assert_eq!((&told[0]["cause"], &told[1]["cause"]), (&"bot_wall".into(), &Value::Null));
    assert_eq!((&told[1]["stale"], &told[2]["moved_to"]), (&true.into(), &"https://moi.example/rss".into()));
    assert!(told.iter().all(|source| source["since"].is_string() && source["next_poll"].is_string()));
}

/// Files an article of the one source, on whose page these rules gave nothing.
async fn file(store: &Store, number: usize, unmet: &'static [(&'static str, &'static str)]) {
    let now = Clock::System.now();
    let lease = Lease { holder: Holder::Command, from: now, until: now.plus(HOUR) };
    store.make_due(Vec::new(), now).await.expect("a source");
    let claimed = store.claim_due_sources(lease, 9, slots(), |_| true).await.expect("due").tasks.remove(0);
    let entry = Entry {
        id: None,
        key: EntryKey::new(format!("link:https://bao.example/{number}")),
        url: Some(format!("https://bao.example/{number}")),
        title: None,
        authors: vec![],
        published: None,
        updated: None,
        summary: None,
        content: None,
        categories: vec![],
        shares_address: false,
    };
    let entries = vec![NewEntry { entry, host_key: None, held: None }];
    let result = PollResult { entries, ..polled(now, now, (SourceState::Ok, 0, None)) };
    assert!(store.commit_poll(&claimed, result).await.expect("a poll"));
    let claimed = store.claim_entries(lease, 9, slots(), |_| true).await.expect("an entry").tasks.remove(0);
    let article = Article { url: format!("https://bao.example/{number}"), ..Article::default() };
    let unmet: Vec<UnmetRule> = unmet
        .iter()
        .map(|(rule, css)| UnmetRule { rule: (*rule).to_owned(), selector: (*css).to_owned() })
        .collect();
    let of_rules = Arc::new(move |before: Option<&str>| {
        let before: Vec<RuleMiss> = serde_json::from_str(before.unwrap_or("[]")).expect("misses");
        serde_json::to_string(&RuleMiss::after(&before, &unmet, now)).expect("JSON")
    });
    let lessons = Lessons { of_host: None, of_rules: Some(of_rules) };
    let filing = Filing { lessons, ..filing(article, now) };
    store.commit_ingest(&claimed, filing).await.expect("an article");
}

fn filing(article: Article, now: Timestamp) -> Filing {
    Filing {
        restraints: diemtin::store::Restraints::default(),
        kindred: diemtin::store::Kindred::default(),
        url_keys: vec![article.url.clone()],
        bands: vec![],
        content_hash: None,
        entities: vec![],
        search_title: String::new(),
        search_body: String::new(),
        held: None,
        if_new: Causes::default(),
        if_known: Causes::default(),
        item: Item {
            alerts: vec![],
            reason: Reason::New,
            observed_at: now,
            id: ArticleId::new(now),
            url: article.url.clone(),
            canonical_url: String::new(),
            title: String::new(),
            authors: vec![],
            source: "Báo".to_owned(),
            published: None,
            language: None,
            lead: String::new(),
            extent: diemtin::model::Extent::Whole,
            attribution: None,
            entities: vec![],
            snippets: vec![],
            change: None,
            story: None,
        },
        at: now,
        epoch: String::new(),
        lessons: Lessons::default(),
        track: None,
        article,
    }
}

#[tokio::test]
async fn rules_that_match_nothing_are_told_until_they_do_or_are_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let source = WatchedSource {
        name: "Báo".to_owned(),
        was: None,
        url: "https://bao.example/rss".to_owned(),
        host_key: "bao.example".to_owned(),
        every: HOUR,
        asked_as: "feed".to_owned(),
    };
    store.watch_sources(vec![source], Holder::Command, Clock::System.now()).await.expect("a source");
    let configure = |rules: &str| {
        let source = "[[source]]\nname = \"Báo\"\nurl = \"https://bao.example/rss\"\n";
        let text = format!("[daemon]\nlanguage = \"en\"\ndata_dir = \".\"\n{source}{rules}");
        std::fs::write(folder.path().join("sources.toml"), text).expect("a file");
    };
    configure("body = \".cu\"\nremove = [\".box\"]");
    for number in 0..2 {
        file(&store, number, &[("body", ".cu"), ("remove", ".box")]).await;
    }
    let told = |arguments: &[&str]| shown(&folder, arguments, None);
    for arguments in [&[][..], &["Báo"]] {
        let text = told(arguments);
        assert!(
            text.contains("the rule body = \".cu\" has matched nothing since")
                && text.contains("(pages read since: 2)"),
            "{text}"
        );
        assert!(!text.contains("remove"), "not every page has what is to be removed: {text}");
        let json: Value = serde_json::from_str(&told(&[arguments, &["--json"]].concat())).expect("JSON");
        let source = json.get("sources").map_or(&json, |sources| &sources[0]);
        let unmet: Vec<_> = source["rules_unmet"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|miss| (&miss["rule"], &miss["pages"]))
            .collect();
        assert_eq!(unmet, [(&"body".into(), &2.into()), (&"remove".into(), &2.into())]);
    }
    configure("body = \".moi\"");
    assert!(!told(&[]).contains("matched nothing"), "another rule stands there now");
    configure("body = \".cu\"\nremove = [\".box\"]");
    file(&store, 2, &[("remove", ".box")]).await;
    assert!(!told(&[]).contains("matched nothing"));
}

#[tokio::test]
async fn lines_fit_a_narrow_terminal() {
    let folder = newsroom("en").await;
    for (columns, width) in [("40", 40), ("60", 60), ("100", 100)] {
        for arguments in [&[][..], &["示例科技新闻"], &["--problems"]] {
            let text = shown(&folder, arguments, Some(columns));
            for line in text.lines() {
                assert!(console::measure_text_width(line) <= width, "{columns}: {line}");
            }
        }
    }
}

#[tokio::test]
async fn only_trouble_is_shown_where_that_is_asked() {
    let folder = newsroom("en").await;
    let text = shown(&folder, &["--problems"], None);
    assert!(text.starts_with("4 sources:") && text.contains("Báo Cũ") && !text.contains("Wire"), "{text}");
    let json: Value = serde_json::from_str(&shown(&folder, &["--problems", "--json"], None)).expect("JSON");
    assert_eq!(json["sources"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn the_reason_of_the_next_poll_is_the_one_that_the_source_was_given() {
    let folder = newsroom("en").await;
    for (cadence, reason, words) in [
        ("every = \"5h\"", "interval", "its own interval"),
        ("every = \"1h\"", "publisher", "its publisher asks"),
        ("every = \"auto\"", "auto", "as often as it publishes"),
        ("cron = \"0 0 29 2 *\"", "cron", "its own `cron`"),
        ("cron = \"* * * * *\"", "publisher", "its publisher asks"),
    ] {
        let source = "[[source]]\nname = \"Điện tử và Ứng dụng\"\nurl = \"https://dien.example/rss\"\n";
        let text = format!(
            "[daemon]\nlanguage = \"en\"\ndata_dir = \".\"\n[fetch]\nmin_every = \"1s\"\n{source}{cadence}\n"
        );
        std::fs::write(folder.path().join("sources.toml"), text).expect("a file");
        let text = shown(&folder, &["Điện tử và Ứng dụng"], None);
        assert!(text.contains(words), "{cadence}: {text}");
        let json = shown(&folder, &["Điện tử và Ứng dụng", "--json"], None);
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["next_poll_because"], reason, "{cadence}");
    }
}

#[tokio::test]
async fn one_source_is_told_in_detail() {
    let folder = newsroom("en").await;
    for (name, facts) in [
        ("示例科技新闻", ["answered 503", "12 failures in a row doubles the wait"]),
        ("báo cũ", ["answered 410", "no longer polled"]),
        ("Wire", ["never answered", "or for a daemon"]),
        ("Điện tử và Ứng dụng", ["an unclosed tag", "its own interval"]),
    ] {
        let text = shown(&folder, &[name], None);
        for fact in facts {
            assert!(text.contains(fact), "{name}: {fact}\n{text}");
        }
    }
    let json: Value = serde_json::from_str(&shown(&folder, &["Báo Cũ", "--json"], None)).expect("JSON");
    assert_eq!((&json["state"], &json["next_poll_because"]), (&"gone".into(), &"gone".into()));
    let unknown = run(&folder, &["Báo Mới"], None);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("Báo Mới"));
}

#[tokio::test]
async fn programs_get_instants() {
    let folder = newsroom("vi").await;
    let json: Value = serde_json::from_str(&shown(&folder, &["--json"], None)).expect("JSON");
    let sources = json["sources"].as_array().expect("sources");
    let failing = sources.iter().find(|source| source["state"] == "failing").expect("one fails");
    for field in ["since", "next_poll", "last_polled"] {
        let at = failing[field].as_str().unwrap_or_default();
        assert!(chrono::DateTime::parse_from_rfc3339(at).is_ok(), "{field}: {at}");
    }
    assert_eq!(failing["problem"], true);
    assert_eq!(json["dead_letters"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["deliveries"]["dead"], 1);
}

#[tokio::test]
async fn a_copy_is_written_over_an_earlier_one_only_where_that_is_asked_for() {
    let folder = newsroom("en").await;
    let copy = folder.path().join("copy.db");
    let backup = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diemtin"));
        let command = command.arg("backup").arg(&copy).arg("--data-dir").arg(folder.path()).args(more);
        command.output().expect("it runs")
    };
    assert!(backup(&[]).status.success());
    let refused = backup(&[]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("is there already") && said.contains("--force"), "{said}");
    assert!(backup(&["--force"]).status.success());
    std::fs::write(&copy, "a letter").expect("a file");
    assert!(!backup(&["--force"]).status.success(), "what is no copy is never written over");
    assert_eq!(std::fs::read(&copy).expect("the file"), b"a letter");
}
