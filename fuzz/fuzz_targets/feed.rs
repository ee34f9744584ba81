//! Any bytes as a source: a feed, a sitemap, a page that lists articles or announces feeds, a list of feeds.
#![no_main]

use diemtin::feed::{self, Origin, discover, opml};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let Ok(url) = Url::parse("https://fuzz.example/feed") else { return };
    let origin = Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh };
    let _outcome = feed::parse(bytes, origin);
    let _outcome = feed::sitemap(bytes, origin);
    let _outcome = feed::listing(bytes, None, origin);
    let _leads = discover::of_page(bytes, None, &url);
    let _outcome = opml::read(bytes, None);
});
