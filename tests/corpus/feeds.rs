//! Feeds of other projects' test suites: how many are read, with at least the entries that feedparser finds, and how
//! often the fields say the same.

use std::panic::catch_unwind;

use diemtin::feed::{Origin, parse};
use diemtin::model::{Entry, Feed};
use serde_json::Value;
use url::Url;

/// Every so many files are read, so that the test stays quick unoptimised.
const STRIDE: usize = 5;
/// The least share that has to be read.
const FLOOR: f64 = 0.995;
/// The least shares of titles, identifiers, times and addresses that are feedparser's. It takes an identifier such as
/// `urn:x:1` for the address where there is no link, and leaves relative ones as they are; we do neither.
const SAME: [(&str, f64); 4] = [("title", 0.98), ("id", 0.995), ("time", 0.99), ("url", 0.96)];

#[test]
fn feeds_that_feedparser_reads_are_read() {
    let Some(folder) = crate::corpus("feeds") else { return };
    let list = String::from_utf8(crate::unpack(&folder.join("expected.jsonl.gz"))).unwrap();
    let expected = list.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).filter(has_entries);
    let (mut read, mut all) = (0, 0);
    let mut fields = [(0, 0); SAME.len()];
    for file in expected.step_by(STRIDE) {
        let bytes = crate::read(&folder.join(file["path"].as_str().unwrap()));
        let listed = read_as(&bytes, &file).map(|feed| feed.entries).unwrap_or_default();
        all += 1;
        read += usize::from(listed.len() >= entries(&file));
        for (wanted, entry) in file["feed"]["entries"].as_array().unwrap().iter().zip(&listed) {
            compare(wanted, entry, &mut fields);
        }
        let peers =
            catch_unwind(|| feed_rs::parser::parse(bytes.as_slice()).map_or(0, |feed| feed.entries.len()));
        assert!(listed.len() >= peers.unwrap_or(0), "feed-rs reads more entries of {}", file["path"]);
    }
    let share = share(read, all);
    println!("{read} of {all} feeds read: {share:.4}");
    assert!(share >= FLOOR, "only {share:.4} of the feeds are read, the floor is {FLOOR}");
    for ((field, floor), (same, all)) in SAME.iter().zip(fields) {
        let share = self::share(same, all);
        println!("{field}: {same} of {all} as feedparser says: {share:.4}");
        assert!(
            share >= *floor,
            "only {share:.4} of the {field} fields are feedparser's, the floor is {floor}"
        );
    }
}

fn share(some: usize, all: usize) -> f64 {
    f64::from(u32::try_from(some).unwrap()) / f64::from(u32::try_from(all).unwrap())
}

/// Counts for each field whether there is one to compare, and whether it is the same.
fn compare(wanted: &Value, entry: &Entry, counts: &mut [(usize, usize); SAME.len()]) {
    let time = entry.published.or(entry.updated).map(|at| (at.timestamp().micros() / 1_000_000).to_string());
    let wanted_time = [&wanted["published"], &wanted["updated"]].into_iter().find_map(Value::as_i64);
    let pairs = [
        (wanted["title"].as_str().map(bare), entry.title.as_deref().map(bare)),
        (wanted["id"].as_str().map(bare), entry.id.as_deref().map(bare)),
        (wanted_time.map(|at| at.to_string()), time),
        (wanted["link"].as_str().map(bare), entry.url.as_deref().map(bare)),
    ];
    for ((wanted, got), (same, all)) in pairs.into_iter().zip(counts) {
        if wanted.as_deref().is_some_and(|wanted| !wanted.is_empty()) {
            *all += 1;
            *same += usize::from(wanted == got);
        }
    }
}

/// Letters and digits outside tags: what the projects escape differently does not count.
fn bare(text: &str) -> String {
    let mut inside = false;
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.chars()
        .filter(|c| {
            inside = if *c == '<' { true } else { inside && *c != '>' };
            !inside && c.is_alphanumeric()
        })
        .collect()
}

fn has_entries(file: &Value) -> bool {
    file["ok"] == true && entries(file) > 0
}

fn entries(file: &Value) -> usize {
    file["feed"]["entries"].as_array().map_or(0, Vec::len)
}

fn read_as(bytes: &[u8], file: &Value) -> Option<Feed> {
    let base = file["base"].as_str().filter(|base| !base.is_empty()).unwrap_or("http://localhost/");
    let content_type = file["charset"].as_str().filter(|name| !name.is_empty());
    let content_type = content_type.map(|name| format!("application/xml; charset={name}"));
    let url = Url::parse(base).unwrap();
    let origin =
        Origin { url: &url, content_type: content_type.as_deref(), timezone: chrono_tz::Asia::Ho_Chi_Minh };
    parse(bytes, origin).ok()
}
