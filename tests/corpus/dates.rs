//! Every date format that feeds and pages were seen to use.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use diemtin::model::{Moment, Timestamp};
use diemtin::text::date;

#[test]
fn every_format_of_the_corpus_is_read() {
    let Some(file) = crate::corpus("feeds/dates.txt") else { return };
    let list = std::fs::read_to_string(&file).unwrap();
    let cases = list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let mut wrong = Vec::new();
    for (text, answer) in cases {
        let read = date::parse(text, Tz::Asia__Ho_Chi_Minh);
        if read.is_none() || read.map(comparable) != wanted(answer) {
            wrong.push(format!("{text}: wanted {answer}, read {read:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Instants compare by time alone, days as days.
fn comparable(moment: Moment) -> (Timestamp, bool) {
    (moment.timestamp(), matches!(moment, Moment::Day(_)))
}

fn wanted(answer: &str) -> Option<(Timestamp, bool)> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(answer) {
        return Some((instant.into(), false));
    }
    let padded = format!("{answer}-01-01");
    let day = padded.get(..10)?.parse::<NaiveDate>().ok()?;
    Some(comparable(Moment::Day(day)))
}
