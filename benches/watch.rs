//! What a check of a watched page costs, the store and the start of the program included: `cargo bench --bench watch [-- PAGES]`.
//! It prints and judges nothing.
//!
//! An origin on loopback gives each page a host and some 50 kB. Each round of `diemtin poll` finds one of three things: 304, the
//! same bytes, or a number that became another in one paragraph.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

const PAGES: usize = 1_000;
const PARAGRAPHS: usize = 60;

/// Linux counts the time of processes in hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Debug, Default)]
struct State {
    /// Whether it sends an `ETag` and answers 304.
    knows_versions: AtomicBool,
    version: AtomicUsize,
}

fn main() -> Outcome<()> {
    let pages = std::env::args().skip(1).find(|argument| argument != "--bench");
    let pages = pages.map_or(Ok(PAGES), |count| count.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    let port = listener.local_addr()?.port();
    let state = Arc::new(State::default());
    let served = state.clone();
    std::thread::spawn(move || serve(&listener, &served));
    println!(
        "{:8} {:>8} {:>8} {:>10} {:>8}   s of processor time per 1,000 checks",
        "mode", "first", "304", "unchanged", "changed"
    );
    for mode in ["page", "article"] {
        let folder = tempfile::tempdir()?;
        let config = folder.path().join("sources.toml");
        std::fs::write(&config, sources_toml((folder.path(), mode), port, pages)?)?;
        let per_thousand = 1_000.0 / f64::from(u32::try_from(pages)?);
        let [first, not_modified, unchanged, changed] =
            rounds(&config, &state)?.map(|time| time * per_thousand);
        println!("{mode:8} {first:8.2} {not_modified:8.2} {unchanged:10.2} {changed:8.2}");
    }
    Ok(())
}

/// The first reading of all pages, 304, the same bytes, and a change of each. What the change from one to the next brings (a file
/// that is not closed yet, other validators) is not measured.
fn rounds(config: &Path, state: &State) -> Outcome<[f64; 4]> {
    let first = poll(config)?;
    state.knows_versions.store(true, Ordering::Relaxed);
    poll(config)?;
    let not_modified = poll(config)?;
    state.knows_versions.store(false, Ordering::Relaxed);
    poll(config)?;
    let unchanged = poll(config)?;
    state.version.fetch_add(1, Ordering::Relaxed);
    let changed = poll(config)?;
    Ok([first, not_modified, unchanged, changed])
}

fn poll(config: &Path) -> Outcome<f64> {
    let mut diemtin = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    time_of(diemtin.arg("poll").arg("--config").arg(config))
}

/// The processor time of a program, in seconds.
fn time_of(command: &mut Command) -> Outcome<f64> {
    let before = time_of_children()?;
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !status.success() {
        return Err(format!("{command:?} failed: {status}").into());
    }
    Ok(time_of_children()? - before)
}

/// As `proc_pid_stat(5)` has it: fields 16 and 17, counted from the name, which may hold anything.
fn time_of_children() -> Outcome<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').ok_or("a strange /proc/self/stat")?.1.split_whitespace();
    let ticks = fields.skip(13).take(2).map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS_PER_SECOND)
}

fn host(source: usize) -> String {
    format!("127.0.{}.{}", source / 250 + 1, source % 250 + 1)
}

fn sources_toml((folder, mode): (&Path, &str), port: u16, pages: usize) -> Result<String, std::fmt::Error> {
    let mut text = format!(
        "[daemon]\ndata_dir = '{}'\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\nconcurrency = 64\n\
         [defaults]\nevery = \"1h\"\nrobots = \"ignore\"\n[[entity]]\nname = \"Huawei\"\n[[entity]]\nname = \"Qwen\"\n",
        folder.display()
    );
    for page in 0..pages {
        writeln!(
            text,
            "[[source]]\nname = \"{page}\"\nurl = \"http://{}:{port}/{page}\"\nkind = \"page\"\nmode = \"{mode}\"",
            host(page)
        )?;
    }
    Ok(text)
}

fn serve(listener: &TcpListener, state: &Arc<State>) {
    for connection in listener.incoming().flatten() {
        let state = state.clone();
        std::thread::spawn(move || {
            // A client that goes away ends its connection, not the origin.
            let _ended = answer(&connection, &state);
        });
    }
}

fn answer(mut connection: &TcpStream, state: &State) -> std::io::Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(connection.try_clone()?).take(16_384).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut conditional = false;
    for line in lines {
        let line = line?;
        conditional |= line.to_ascii_lowercase().starts_with("if-none-match:");
        if line.is_empty() {
            break;
        }
    }
    let source: usize =
        first.trim_start_matches("GET /").split(' ').next().unwrap_or("").parse().unwrap_or(0);
    let knows = state.knows_versions.load(Ordering::Relaxed);
    if knows && conditional {
        return connection
            .write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nConnection: close\r\n\r\n");
    }
    let body = page(source, state.version.load(Ordering::Relaxed));
    let etag = if knows { "ETag: \"x\"\r\n" } else { "" };
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{etag}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A menu, an article of which one paragraph tells the version, and a list of others.
fn page(source: usize, version: usize) -> String {
    let links = |from: usize| -> String {
        let link = |number| {
            format!("<li class=\"item\"><a href=\"/tin/{number}.html\">Tin số {number} trong ngày</a></li>")
        };
        (from..from + 60).map(link).collect()
    };
    let sentences = "Hãng công bố một thế hệ chip mới cho trung tâm dữ liệu, nhanh hơn bản trước một nửa và rẻ hơn nhiều. \
        The makers say that deliveries begin next year in several countries. 公司表示将继续扩大产能。";
    let paragraph = |number: usize| {
        let figure = if number == PARAGRAPHS / 2 { 384 + version } else { number * 7 + source };
        format!("<p class=\"text\">Đoạn {number}: nhà máy lắp {figure} máy. {sentences} {sentences}</p>\n")
    };
    let body: String = (0..PARAGRAPHS).map(paragraph).collect();
    format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Trang {source}</title></head><body><nav><ul>{}</ul></nav>\
         <article><h1>Nhà máy số {source} của hãng chạy thử</h1>{body}</article><aside><ul>{}</ul></aside></body></html>",
        links(0),
        links(100)
    )
}
