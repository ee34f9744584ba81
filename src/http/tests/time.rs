//! Retry-After, Cache-Control and Expires.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use url::Url;

use super::super::Response;
use crate::model::Timestamp;

type Headers = &'static [(&'static str, &'static str)];

fn response(headers: &[(&str, &str)]) -> Response {
    Response {
        status: 200,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: Vec::new(),
        url: Url::parse("https://example.org/").unwrap(),
        moved_to: None,
    }
}

fn noon() -> Timestamp {
    Utc.with_ymd_and_hms(1994, 11, 6, 8, 49, 0).unwrap().into()
}

#[test]
fn retry_after_is_seconds_or_one_of_three_dates() {
    let cases = [
        ("120", Some(120)),
        (" 0 ", Some(0)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(37)),
        ("Sun Nov  6 08:49:37 1994", Some(37)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
        ("-5", None),
        ("1.5", Some(2)),
        ("+120", Some(120)),
        ("20 seconds", Some(20)),
        ("2 minutes", Some(120)),
        ("2m", Some(120)),
        ("1.5 min", Some(90)),
        ("1 Hour", Some(3600)),
        ("2h", Some(7200)),
        ("1 day", Some(86_400)),
        ("30s", Some(30)),
        ("30 SEC.", Some(30)),
        ("500ms", Some(1)),
        ("90000 milliseconds", Some(90)),
        ("3 months", None),
        ("5 times", None),
        ("12:30", None),
        ("20, 20", Some(20)),
        ("1994-11-06T08:49:37Z", Some(37)),
        ("Sun, 06 Nov 1994 15:49:37 +0700", Some(37)),
        ("x2", None),
        (&"9".repeat(400), Some(u64::MAX)),
        ("soon", None),
        ("", None),
    ];
    for (value, seconds) in cases {
        let found = response(&[("retry-after", value)]).retry_after(noon());
        assert_eq!(found.map(|span| span.as_secs()), seconds, "{value:?}");
    }
    assert_eq!(response(&[]).retry_after(noon()), None);
}

#[test]
fn freshness_is_what_the_publisher_says() {
    const HOUR: &str = "Sun, 06 Nov 1994 09:49:00 GMT";
    let cases: &[(Headers, Option<u64>)] = &[
        (&[], None),
        (&[("cache-control", "max-age=300")], Some(300)),
        (&[("cache-control", "public, Max-Age=\"300\"")], Some(300)),
        (&[("cache-control", "max-age=300"), ("age", "100")], Some(200)),
        (&[("cache-control", "max-age=300"), ("age", "400")], None),
        (&[("cache-control", "max-age=99999999999999999999999")], Some(u64::MAX)),
        (&[("cache-control", "max-age=-1")], None),
        (&[("cache-control", "max-age=0")], None),
        (&[("cache-control", "no-cache, max-age=300")], None),
        (&[("cache-control", "max-age=300"), ("cache-control", "no-store")], None),
        (&[("cache-control", "max-age=x"), ("expires", HOUR)], Some(3600)),
        (&[("cache-control", "max-age=60"), ("expires", HOUR)], Some(60)),
        (&[("expires", HOUR)], Some(3600)),
        (&[("expires", HOUR), ("date", "Sun, 06 Nov 1994 09:00:00 GMT")], Some(2940)),
        (&[("expires", "0")], None),
        (&[("expires", "-1")], None),
        (&[("expires", "Sun, 06 Nov 1994 01:00:00 GMT")], None),
    ];
    for (headers, seconds) in cases {
        assert_eq!(response(headers).fresh_for(noon()), seconds.map(Duration::from_secs), "{headers:?}");
    }
}
