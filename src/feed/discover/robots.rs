//! The sitemaps that robots.txt names.

use url::Url;

use crate::feed::is_of_news;

/// Sitemaps kept of one robots.txt.
const MOST: usize = 50;
/// Larger ones are cut, as RFC 9309 allows.
const MOST_BYTES: usize = 512 * 1024;

/// The addresses of `Sitemap:` lines, those of news first.
pub fn sitemaps(robots: &[u8], base: &Url) -> Vec<Url> {
    let text = String::from_utf8_lossy(robots.get(..MOST_BYTES).unwrap_or(robots));
    let mut found: Vec<Url> = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let key = key.trim_start_matches('\u{FEFF}').trim();
        let value = value.split(" #").next().unwrap_or_default().trim();
        if !key.eq_ignore_ascii_case("sitemap") || value.is_empty() || found.len() >= MOST {
            continue;
        }
        let Ok(url) = base.join(value) else { continue };
        if matches!(url.scheme(), "http" | "https") && !found.contains(&url) {
            found.push(url);
        }
    }
    found.sort_by_key(|url| !is_of_news(url));
    found
}
