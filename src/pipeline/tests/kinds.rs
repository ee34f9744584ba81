//! Sources that are no feeds: sitemaps, their indexes, and pages that list articles.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::store::SourceState;

const HOUR: Duration = Duration::from_hours(1);

impl Desk {
    /// A desk whose only source is of this kind.
    async fn of_kind(kind: SourceKind, links: Option<&str>) -> Self {
        let mut desk = Self::open(&["/list"]).await;
        desk.reconfigure(|source| {
            source.kind = kind;
            source.links = links.map(str::to_owned);
        });
        desk
    }

    fn reconfigure(&mut self, change: impl Fn(&mut Source)) {
        let mut plan = plan(&self.site, &["/list"]);
        plan.sources.values_mut().for_each(change);
        self.context.plan = Arc::new(plan);
    }

    fn asked(&self, path: &str) -> usize {
        self.site.seen().iter().filter(|seen| seen.path == path).count()
    }

    fn story(&self, path: &str, text: &str) {
        self.put(path, 200, &page(text));
    }

    /// A page of a sitemap, changed now.
    fn fresh(&self, path: &str) -> String {
        format!("<url><loc>{}</loc><lastmod>{}</lastmod></url>", self.site.url(path), self.now().rfc3339())
    }

    fn index(&self, parts: &[(&str, &str)]) {
        let part = |(path, lastmod): &(&str, &str)| {
            let lastmod =
                if lastmod.is_empty() { String::new() } else { format!("<lastmod>{lastmod}</lastmod>") };
            format!("<sitemap><loc>{}</loc>{lastmod}</sitemap>", self.site.url(path))
        };
        let parts: String = parts.iter().map(part).collect();
        self.put("/list", 200, &format!("<sitemapindex>{parts}</sitemapindex>"));
    }

    async fn error(&self) -> String {
        self.context.store.source_rows().await.unwrap().remove(0).last_error.unwrap_or_default()
    }
}

fn urlset(pages: &str) -> String {
    format!("<urlset>{pages}</urlset>")
}

const READ_TWO: Polled = Polled::Read { new: 2, held: 0 };
const READ_ONE: Polled = Polled::Read { new: 1, held: 0 };

#[tokio::test]
async fn a_sitemap_alerts_on_what_is_new_and_not_on_what_is_changed() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    desk.story("/cu", "Huawei năm ngoái");
    desk.story("/moi", "Huawei ra chip");
    let undated = format!("<url><loc>{}</loc></url>", desk.site.url("/khong-ngay"));
    let home =
        format!("<url><loc>{}</loc><lastmod>{}</lastmod></url>", desk.site.url("/"), desk.now().rfc3339());
    let old = format!("<url><loc>{}</loc><lastmod>2025-01-01</lastmod></url>", desk.site.url("/cu"));
    desk.put("/list", 200, &urlset(&format!("{home}{old}{undated}{}", desk.fresh("/moi"))));
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 1, held: 1 }], "the old page needs no row");
    desk.ingest_due().await;
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1);
    desk.pass(HOUR);
    desk.put("/list", 200, &urlset(&format!("{old}{undated}{}", desk.fresh("/moi"))));
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 0, held: 0 }], "a new lastmod is no new entry");
}

#[tokio::test]
async fn an_old_page_with_a_new_lastmod_is_held_back_by_its_own_date() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    desk.put("/list", 200, &urlset(&desk.fresh("/cu")));
    let text = page("Huawei năm ngoái").replace(
        "</head>",
        "<meta property=\"article:published_time\" content=\"2025-01-02T08:00:00+07:00\"></head>",
    );
    desk.put("/cu", 200, &text);
    desk.round().await;
    assert_eq!(desk.asked("/cu"), 1);
    assert_eq!(desk.hooked(), []);
}

#[tokio::test]
async fn of_an_index_only_the_changed_part_is_asked_for_again() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    desk.story("/a", "Huawei một");
    desk.story("/b", "Huawei hai");
    desk.put("/one.xml", 200, &urlset(&desk.fresh("/a")));
    desk.put("/two.xml", 200, &urlset(&desk.fresh("/b")));
    desk.index(&[("/one.xml", "2026-11-21T04:00:00Z"), ("/two.xml", "2026-11-21T04:00:00Z")]);
    assert_eq!(desk.poll_due().await, [READ_TWO]);
    desk.pass(HOUR);
    assert_eq!(desk.poll_due().await, [Polled::Unchanged], "all was read, so a 304 may be trusted");
    desk.pass(HOUR);
    desk.story("/c", "Huawei ba");
    desk.put("/two.xml", 200, &urlset(&(desk.fresh("/b") + &desk.fresh("/c"))));
    desk.index(&[("/one.xml", "2026-11-21T04:00:00Z"), ("/two.xml", "2026-11-21T06:30:00+00:00")]);
    assert_eq!(desk.poll_due().await, [READ_ONE]);
    assert_eq!((desk.asked("/one.xml"), desk.asked("/two.xml")), (1, 2));
}

#[tokio::test]
async fn a_packed_part_is_read() {
    let packed = {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        let text = "<urlset><url><loc>http://bao.example/x</loc><lastmod>2026-11-21T04:00:00Z</lastmod></url></urlset>";
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    let list: Arc<Mutex<String>> = Arc::default();
    let (shown, bytes) = (list.clone(), packed.clone());
    let site = Site::start(move |seen| {
        let body =
            if seen.path == "/list" { shown.lock().unwrap().clone().into_bytes() } else { bytes.clone() };
        Response::builder().header("content-type", "application/x-gzip").body(Body::from(body)).unwrap()
    })
    .await;
    *list.lock().unwrap() =
        format!("<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>", site.url("/part.xml.gz"));
    let folder = tempfile::tempdir().unwrap();
    let context = context(&site, &folder, plan(&site, &["/list"]));
    let mut desk = Desk { site, pages: Pages::default(), slowness: Arc::default(), context, folder };
    desk.reconfigure(|source| source.kind = SourceKind::Sitemap);
    desk.watch(&["/list"]).await;
    assert_eq!(desk.poll_due().await, [READ_ONE]);
}

#[tokio::test]
async fn a_part_that_fails_keeps_nothing_from_the_others_and_is_asked_for_again() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    desk.put("/one.xml", 200, &urlset(&desk.fresh("/a")));
    desk.put("/two.xml", 500, "");
    desk.index(&[("/one.xml", "2026-11-21T04:00:00Z"), ("/two.xml", "2026-11-21T04:00:00Z")]);
    assert_eq!(desk.poll_due().await, [READ_ONE]);
    let row = desk.context.store.source_rows().await.unwrap().remove(0);
    assert!(row.left_out.iter().any(|part| part.contains("/two.xml")), "{:?}", row.left_out);
    desk.pass(HOUR);
    desk.put("/two.xml", 200, &urlset(&desk.fresh("/b")));
    assert_eq!(desk.poll_due().await, [READ_ONE], "the index did not change, and yet");
    assert_eq!(desk.asked("/one.xml"), 1);
}

#[tokio::test]
async fn an_index_of_which_nothing_can_be_had_is_a_failing_source() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    desk.index(&[("/one.xml", "2026-11-21T04:00:00Z")]);
    desk.poll_due().await;
    assert!(desk.error().await.contains("/one.xml"), "{}", desk.error().await);
}

#[tokio::test]
async fn a_large_index_is_read_bit_by_bit_and_its_past_stays_silent() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    let names: Vec<String> = (0..20).map(|n| format!("/part-{n}.xml")).collect();
    for (n, name) in names.iter().enumerate() {
        desk.put(
            name,
            200,
            &urlset(&format!("<url><loc>{}</loc></url>", desk.site.url(&format!("/bai-{n}")))),
        );
    }
    let mut parts: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "2026-11-10T04:00:00Z")).collect();
    parts.push(("/ancient.xml", "2020-01-01"));
    desk.index(&parts);
    let mut polled = Vec::new();
    for _ in 0..4 {
        polled.extend(desk.poll_due().await);
        desk.pass(HOUR);
    }
    let held = |held| Polled::Read { new: 0, held };
    assert_eq!(polled, [held(8), held(8), held(4), Polled::Unchanged]);
    assert_eq!(desk.asked("/ancient.xml"), 0);
    let new = format!("<url><loc>{}</loc></url>", desk.site.url("/bai-99"));
    desk.put("/part-20.xml", 200, &urlset(&new));
    parts.push(("/part-20.xml", "2026-11-21T09:00:00Z"));
    desk.index(&parts);
    assert_eq!(desk.poll_due().await, [READ_ONE], "a part that was not there at first is news");
}

#[tokio::test]
async fn an_index_within_an_index_is_followed_and_no_deeper() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    let inner = |paths: &[&str]| {
        let parts: Vec<String> = paths
            .iter()
            .map(|path| {
                format!(
                    "<sitemap><loc>{}</loc><lastmod>2026-11-21T04:00:00Z</lastmod></sitemap>",
                    desk.site.url(path)
                )
            })
            .collect();
        format!("<sitemapindex>{}</sitemapindex>", parts.concat())
    };
    desk.put("/year.xml", 200, &inner(&["/month.xml", "/deep.xml"]));
    desk.put("/deep.xml", 200, &inner(&["/deeper.xml"]));
    desk.put("/month.xml", 200, &urlset(&desk.fresh("/a")));
    desk.index(&[("/year.xml", "2026-11-21T04:00:00Z")]);
    assert_eq!(desk.poll_due().await, [READ_ONE]);
    desk.pass(HOUR);
    assert_eq!(desk.poll_due().await, [Polled::Unchanged]);
    assert_eq!((desk.asked("/month.xml"), desk.asked("/deeper.xml")), (1, 0));
}

#[tokio::test]
async fn parts_without_lastmod_take_turns() {
    let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
    let names: Vec<String> = (0..12).map(|n| format!("/part-{n}.xml")).collect();
    for name in &names {
        desk.put(name, 200, &urlset(""));
    }
    desk.index(&names.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>());
    for _ in 0..3 {
        desk.poll_due().await;
        desk.pass(HOUR);
    }
    let asked: Vec<usize> = names.iter().map(|name| desk.asked(name)).collect();
    assert_eq!(asked.iter().sum::<usize>(), 24, "{asked:?}");
    assert!(asked.iter().all(|times| (1..=3).contains(times)), "{asked:?}");
}

#[tokio::test]
async fn a_listing_alerts_on_an_article_that_appears() {
    for links in [None, Some("h3 a")] {
        let desk = Desk::of_kind(SourceKind::Listing, links).await;
        let item = |path: &str, title: &str| {
            format!("<div class='item'><h3><a href='{path}'>{title}</a></h3></div>")
        };
        let list = |items: &[String]| {
            format!("<html><body><nav><a href='/tin'>Tin</a></nav>{}</body></html>", items.concat())
        };
        let old = item("/huawei-nam-ngoai-20261.html", "Huawei và một năm đã qua rồi");
        desk.put("/list", 200, &list(std::slice::from_ref(&old)));
        assert_eq!(desk.poll_due().await, [Polled::Read { new: 0, held: 1 }], "undated at the first poll");
        desk.pass(HOUR);
        let new = item("/huawei-ra-mat-chip-20262.html", "Huawei ra mắt chip mới tại Hà Nội");
        desk.put("/list", 200, &list(&[new, old]));
        desk.story("/huawei-ra-mat-chip-20262.html", "Huawei ra mắt chip mới tại Hà Nội");
        desk.round().await;
        let hooked = desk.hooked();
        assert_eq!(hooked.len(), 1, "{links:?}");
        assert_eq!(hooked[0].1["data"]["items"][0]["article"]["title"], "Huawei ra mắt chip mới tại Hà Nội");
    }
}

#[tokio::test]
async fn a_selector_that_was_changed_reads_the_same_page_anew() {
    let mut desk = Desk::of_kind(SourceKind::Listing, Some("h3 a")).await;
    let page = "<html><body><h3><a href='/mot-1.html'>Một bài</a></h3><h4><a href='/hai-2.html'>Hai bài</a></h4></body></html>";
    desk.put("/list", 200, page);
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 0, held: 1 }]);
    desk.pass(HOUR);
    assert_eq!(desk.poll_due().await, [Polled::Unchanged]);
    desk.reconfigure(|source| {
        (source.kind, source.links) = (SourceKind::Listing, Some("h4 a".to_owned()));
    });
    desk.pass(HOUR);
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 1, held: 0 }]);
}

#[tokio::test]
async fn a_selector_that_matches_nothing_is_a_failure_that_is_shown() {
    let desk = Desk::of_kind(SourceKind::Listing, Some("h3.gone a")).await;
    desk.put("/list", 200, "<html><body><h3><a href='/a-1.html'>Một bài</a></h3></body></html>");
    desk.poll_due().await;
    let row = desk.context.store.source_rows().await.unwrap().remove(0);
    assert_eq!(row.state, SourceState::Failing);
    assert!(desk.error().await.ends_with("matched no link; check `links`"), "{}", desk.error().await);
}

#[tokio::test]
async fn a_part_that_always_asks_for_patience_is_in_nobodys_way() {
    for dated in [true, false] {
        let desk = Desk::of_kind(SourceKind::Sitemap, None).await;
        let parts: Vec<(String, String)> = (0..20)
            .map(|n| {
                let lastmod = format!("2026-11-21T04:{:02}:00Z", 59 - n);
                let name = if n == 0 { "news".to_owned() } else { format!("part-{n}") };
                (format!("/{name}.xml"), if dated { lastmod } else { String::new() })
            })
            .collect();
        let listed: Vec<(&str, &str)> =
            parts.iter().map(|(path, lastmod)| (path.as_str(), lastmod.as_str())).collect();
        desk.index(&listed);
        for (number, (path, _)) in listed.iter().enumerate() {
            desk.put(path, 200, &urlset(&desk.fresh(&format!("/tin/{number}"))));
        }
        desk.put("/news.xml", 429, "600");
        for _ in 0..6 {
            desk.poll_due().await;
            desk.pass(HOUR);
        }
        for (path, _) in &listed {
            assert!(desk.asked(path) > 0, "{path}, dated: {dated}");
        }
        assert!(desk.asked("/news.xml") > 2, "it is tried again and again");
    }
}
