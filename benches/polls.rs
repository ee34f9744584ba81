//! What a poll costs, the store and the start of the program included: `cargo bench --bench polls [-- SOURCES]`. It prints and
//! judges nothing.
//!
//! An origin on loopback gives each source a host and a feed of thirty entries; `diemtin poll` asks them all once a round. Beside
//! its processor time stands that of a program which only connects, asks and reads, so that machines can be compared.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

const SOURCES: usize = 1_000;
const ENTRIES: usize = 30;

/// Linux counts the time of processes in hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What the origin answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Mode {
    NotModified,
    SameBytes,
    VolatileLine,
    NewEntry,
}

#[derive(Debug, Default)]
struct State {
    mode: AtomicU8,
    answers: AtomicUsize,
    /// How many entries each feed has had so far, less thirty.
    newest: AtomicUsize,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, port, sources] = arguments.as_slice()
        && word == "ask"
    {
        return (0..sources.parse()?).try_for_each(|source| ask(port.parse()?, source));
    }
    let sources = arguments.first().map_or(Ok(SOURCES), |count| count.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    let port = listener.local_addr()?.port();
    let state = Arc::new(State::default());
    let served = state.clone();
    std::thread::spawn(move || serve(&listener, &served));
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("sources.toml");
    std::fs::write(&config, sources_toml(folder.path(), port, sources))?;
    println!(
        "first poll of {sources} sources, {ENTRIES} entries each: {:.2} s of processor time",
        poll(&config)?
    );
    println!(
        "{:14} {:>10} {:>10} {:>7}   s of processor time per 1,000 polls",
        "", "diemtin", "floor", "ratio"
    );
    for (name, mode) in [
        ("304", Mode::NotModified),
        ("same bytes", Mode::SameBytes),
        ("volatile line", Mode::VolatileLine),
        ("new entry", Mode::NewEntry),
    ] {
        state.mode.store(mode as u8, Ordering::Relaxed);
        let floor = floor(port, sources)?;
        // What the change of modes brings (a file that is not closed yet, other validators) is not measured.
        poll(&config)?;
        if mode == Mode::NewEntry {
            state.newest.fetch_add(1, Ordering::Relaxed);
        }
        let ours = poll(&config)?;
        let per_thousand = 1_000.0 / f64::from(u32::try_from(sources)?);
        println!("{name:14} {:10.2} {:10.2} {:7.1}", ours * per_thousand, floor * per_thousand, ours / floor);
    }
    Ok(())
}

fn poll(config: &Path) -> Outcome<f64> {
    let mut diemtin = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    time_of(diemtin.arg("poll").arg("--config").arg(config))
}

fn floor(port: u16, sources: usize) -> Outcome<f64> {
    let mut asking = Command::new(std::env::current_exe()?);
    time_of(asking.arg("ask").arg(port.to_string()).arg(sources.to_string()))
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

fn sources_toml(folder: &Path, port: u16, sources: usize) -> String {
    let mut text = format!(
        "[daemon]\ndata_dir = '{}'\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\nmin_every = \"1s\"\nconcurrency = 64\n\
         [defaults]\nevery = \"1s\"\nbackfill = \"all\"\nmax_age = \"off\"\nfull_text = false\n\
         [[entity]]\nname = \"Huawei\"\n[[entity]]\nname = \"Qwen\"\n",
        folder.display()
    );
    for source in 0..sources {
        // Writing to a string cannot fail.
        let _written = writeln!(
            text,
            "[[source]]\nname = \"{source}\"\nurl = \"http://{}:{port}/{source}\"",
            host(source)
        );
    }
    text
}

fn ask(port: u16, source: usize) -> Outcome<()> {
    let mut connection = TcpStream::connect((host(source).as_str(), port))?;
    write!(
        connection,
        "GET /{source} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: \"x\"\r\n\r\n"
    )?;
    std::io::copy(&mut connection, &mut std::io::sink())?;
    Ok(())
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
    let mode = state.mode.load(Ordering::Relaxed);
    if mode == Mode::NotModified as u8 && conditional {
        return connection
            .write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nConnection: close\r\n\r\n");
    }
    let count = state.answers.fetch_add(1, Ordering::Relaxed);
    let built = if mode == Mode::VolatileLine as u8 { count } else { 0 };
    let body = feed(source, state.newest.load(Ordering::Relaxed), built);
    let etag = if mode == Mode::NotModified as u8 { "ETag: \"x\"\r\n" } else { "" };
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n{etag}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn feed(source: usize, newest: usize, built: usize) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>Nguồn {source}</title>\
         <link>http://bao.example/{source}</link><lastBuildDate>{built}</lastBuildDate>"
    );
    let sentences = "Hãng công bố một thế hệ chip mới cho trung tâm dữ liệu, nhanh hơn bản trước một nửa. The makers say so. ";
    for number in (newest..newest + ENTRIES).rev() {
        let (hour, minute) = (number / 60 % 24, number % 60);
        let _written = write!(
            text,
            "<item><title>Tin {number} của nguồn {source}</title><link>http://{}/tin/{number}.html</link>\
             <guid isPermaLink=\"false\">{source}-{number}</guid><pubDate>Sat, 21 Nov 2026 {hour:02}:{minute:02}:00 +0700</pubDate>\
             <description><![CDATA[<p>{number}, {source}: {}</p>]]></description></item>",
            host(source),
            sentences.repeat(8)
        );
    }
    text + "</channel></rss>"
}
