//! Feeds of other projects' test suites: how many are read, with at least the entries that feedparser finds.

use diemtin::feed::{Origin, parse};
use serde_json::Value;
use url::Url;

/// Every so many files are read, so that the test stays quick unoptimised.
const STRIDE: usize = 5;
/// The least share that has to be read.
const FLOOR: f64 = 0.97;

#[test]
fn feeds_that_feedparser_reads_are_read() {
    let Some(folder) = crate::corpus("feeds") else { return };
    let list = String::from_utf8(crate::unpack(&folder.join("expected.jsonl.gz"))).unwrap();
    let expected = list.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).filter(has_entries);
    let (mut read, mut all) = (0, 0);
    for file in expected.step_by(STRIDE) {
        let bytes = crate::read(&folder.join(file["path"].as_str().unwrap()));
        all += 1;
        read += usize::from(entries_of(&bytes, &file) >= entries(&file));
    }
    let share = f64::from(u32::try_from(read).unwrap()) / f64::from(all);
    println!("{read} of {all} feeds read: {share:.4}");
    assert!(share >= FLOOR, "only {share:.4} of the feeds are read, the floor is {FLOOR}");
}

fn has_entries(file: &Value) -> bool {
    file["ok"] == true && entries(file) > 0
}

fn entries(file: &Value) -> usize {
    file["feed"]["entries"].as_array().map_or(0, Vec::len)
}

fn entries_of(bytes: &[u8], file: &Value) -> usize {
    let base = file["base"].as_str().filter(|base| !base.is_empty()).unwrap_or("http://localhost/");
    let content_type = file["charset"].as_str().filter(|name| !name.is_empty());
    let content_type = content_type.map(|name| format!("application/xml; charset={name}"));
    let url = Url::parse(base).unwrap();
    let origin =
        Origin { url: &url, content_type: content_type.as_deref(), timezone: chrono_tz::Asia::Ho_Chi_Minh };
    parse(bytes, origin).map_or(0, |feed| feed.entries.len())
}
