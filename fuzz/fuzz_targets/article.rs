//! Any bytes as an article's page.
#![no_main]

use diemtin::extract::{Origin, article};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let Ok(url) = Url::parse("https://fuzz.example/bai.html") else { return };
    let timezone = chrono_tz::Asia::Ho_Chi_Minh;
    let _outcome = article(bytes, Origin { url: &url, content_type: None, timezone, language: "vi" });
});
