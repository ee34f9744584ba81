//! Listing pages of Vietnamese newspapers: how many of the articles that a reader counts on them are recognised.

use diemtin::feed::{Origin, listing};
use url::Url;

/// Each page, the address it came from, and the articles of its own site that it links to, counted by eye.
const PAGES: [(&str, &str, usize); 5] = [
    ("cafef", "https://cafef.vn/thi-truong-chung-khoan.chn", 34),
    ("dantri", "https://dantri.com.vn/kinh-doanh.htm", 44),
    ("tuoitre", "https://tuoitre.vn/kinh-doanh.htm", 15),
    ("vietnamnet", "https://vietnamnet.vn/kinh-doanh", 31),
    ("vnexpress", "https://vnexpress.net/kinh-doanh", 50),
];

#[test]
fn articles_of_newspapers_are_recognised() {
    let Some(folder) = crate::corpus("listings") else { return };
    for (name, url, articles) in PAGES {
        let bytes = crate::read(&folder.join(format!("{name}_list.html")));
        let url = Url::parse(url).unwrap();
        let origin = Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh };
        let feed = listing(&bytes, None, origin).unwrap();
        println!("{name}: {} of {articles} articles", feed.entries.len());
        assert_eq!(feed.entries.len(), articles, "{name}");
        assert!(feed.entries.iter().all(|entry| entry.title.is_some()), "{name}");
    }
}
