//! Any bytes as a feed.
#![no_main]

use diemtin::feed::{Origin, parse};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let Ok(url) = Url::parse("https://fuzz.example/feed") else { return };
    let origin = Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh };
    let _outcome = parse(bytes, origin);
});
