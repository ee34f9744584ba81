//! What reading pages costs in CPU time: the worst pages of 2 MB, and, with a folder of pages as argument
//! (`cargo bench --bench pages -- FOLDER`), pages per second and memory over 10,000 of them. It judges nothing.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono_tz::Asia::Ho_Chi_Minh;
use diemtin::extract::{Origin, article};
use url::Url;

const BYTES: usize = 2_000_000;
const RUNS: usize = 3;
const MANY: usize = 10_000;
const SENTENCE: &str = "Một câu dài có dấu chấm, và đủ chữ để thành một đoạn văn thật sự của bài. ";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = Url::parse("https://bao.example/tin/1.html")?;
    for (name, page) in pages() {
        let best = (0..RUNS).map(|_| cost(&url, page.as_bytes())).min().unwrap_or_default();
        println!("{name:28} {:5} kB {:8.1} ms", page.len() / 1000, best.as_secs_f64() * 1000.0);
    }
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    folder.map_or(Ok(()), |folder| many(&url, Path::new(&folder)))
}

/// Reads the pages of a folder again and again.
fn many(url: &Url, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let files: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let pages: Result<Vec<_>, _> = files?.iter().map(|file| std::fs::read(file.path())).collect();
    let pages = pages?;
    let (mut spent, mut worst) = (Duration::ZERO, Duration::ZERO);
    for (number, page) in pages.iter().cycle().take(MANY).enumerate() {
        let cost = cost(url, page);
        spent += cost;
        worst = worst.max(cost);
        if (number + 1) % (MANY / 10) == 0 {
            println!("{:6} pages, {} MB in memory", number + 1, resident_mb());
        }
    }
    let mean = spent.as_secs_f64() / MANY as f64;
    println!(
        "{:.2} ms a page, {:.0} pages a second and core, the slowest {:.0} ms",
        mean * 1000.0,
        1.0 / mean,
        worst.as_secs_f64() * 1000.0
    );
    Ok(())
}

/// What reading a page once costs.
fn cost(url: &Url, page: &[u8]) -> Duration {
    let origin = Origin { url, content_type: Some("text/html"), timezone: Ho_Chi_Minh, language: "vi" };
    let (wall, cpu) = (Instant::now(), cpu_time());
    std::hint::black_box(article(page, origin));
    cpu_time().zip(cpu).map_or_else(|| wall.elapsed(), |(after, before)| after.saturating_sub(before))
}

/// The time this thread has run on a processor, where the system tells it.
fn cpu_time() -> Option<Duration> {
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    status.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn resident_mb() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<usize>().ok())
        .map_or(0, |pages| pages * 4096 / 1_000_000)
}

/// Pages that repeat one piece of markup, each `¤` its number.
fn pages() -> Vec<(&'static str, String)> {
    let repeated = [
        ("nested blocks", "<div>x"),
        ("links", "<a href=/x/¤>Tin ¤</a> "),
        ("tiny spans", "<span>a</span>"),
        ("classes", "<span class=c¤>a</span>"),
        ("one huge text", SENTENCE),
        ("paragraphs", "<p>Một câu dài có dấu chấm, và đủ chữ để thành một đoạn văn thật sự.</p>"),
        ("rows of a table", "<tr><td>1</td><td>hai</td><td>3</td></tr>"),
        ("tables", "<table><tr><td>1</td><td>hai</td></tr></table>"),
        ("nested tables", "<table><tr><td>a b"),
        ("nested lists", "<ul><li>a "),
        ("entity soup", "&nbsp;&eacute;&#7879;&amp; "),
        ("comments", "<!-- c --><b>a</b>"),
        ("less-than signs", "< "),
        ("cards", "<article><h2><a href=/¤>Tiêu đề</a></h2><p>Một câu ngắn.</p></article>"),
        ("headlines", "<h1>Tiêu đề bài báo số ¤</h1>"),
        ("dates", "<time>Thứ bảy 21/11/2026</time> "),
        ("authors", "<a rel=author>Nguyễn Văn Mẫu</a>, "),
        ("standfirsts", "<p class=sapo>Một câu dài có dấu chấm, và đủ chữ để thành một đoạn văn.</p>"),
        ("metadata", "<meta property=og:x¤ content=y>"),
        ("drawings without end", "<svg>x"),
    ];
    let mut pages: Vec<(&'static str, String)> =
        repeated.iter().map(|(name, piece)| (*name, page("", &numbered(piece, BYTES)))).collect();
    let groups = |open: &str, within: &str, close: &str| {
        let group = [open.repeat(400), within.repeat(200), close.repeat(400)].concat();
        page("", &group.repeat(BYTES / group.len()))
    };
    pages.push(("nested author boxes", groups("<div class=author>", "<p>x y</p>", "</div>")));
    pages.push(("nested figures", groups("<figure>", "<p>x</p>", "</figure>")));
    pages.push(("nested articles", groups("<article>", "<p>x y</p>", "</article>")));
    pages.push(("nested dates", groups("<div class=date>", "<p>x</p>", "</div>")));
    pages.push(("a long attribute", page("", &format!("<p title='{}'>x</p>", "a".repeat(BYTES)))));
    let names = numbered("{\"@type\":\"Person\",\"name\":\"Nguyễn ¤\"},", BYTES - 100_000);
    pages.push(("JSON-LD, many authors", page(&json_ld(&names, ""), SENTENCE)));
    let (ids, nodes) =
        (numbered("{\"@id\":\"¤\"},", BYTES / 3), numbered("{\"@id\":\"¤\",\"name\":\"A\"},", BYTES / 2));
    pages.push(("JSON-LD, many references", page(&json_ld(&ids, &nodes), SENTENCE)));
    pages
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Trang thử</title>{head}</head><body><h1>Trang thử</h1><p>{SENTENCE}</p>{body}</body></html>"
    )
}

fn json_ld(authors: &str, nodes: &str) -> String {
    let (authors, nodes) = (authors.trim_end_matches(','), nodes.trim_end_matches(','));
    let separator = if nodes.is_empty() { "" } else { "," };
    format!(
        "<script type=application/ld+json>{{\"@graph\":[{{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"author\":[{authors}]}}{separator}{nodes}]}}</script>"
    )
}

fn numbered(piece: &str, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + piece.len());
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        for (at, part) in piece.split('¤').enumerate() {
            if at > 0 {
                // Writing to a string cannot fail.
                let _written = write!(text, "{number}");
            }
            text.push_str(part);
        }
    }
    text
}
