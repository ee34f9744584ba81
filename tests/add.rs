//! `diemtin add` as it is typed: what a site has becomes a source that the next poll reads.

#![expect(clippy::expect_used, reason = "what helps a test may fail as a test does")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::thread;

use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A site on loopback; its address. It answers as long as the test runs.
fn site(page: impl Fn(&str, &str) -> Option<Vec<u8>> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let own = address.clone();
    thread::spawn(move || {
        for mut connection in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(&connection).lines().map_while(Result::ok);
            let path = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned));
            let _rest = lines.find(String::is_empty);
            let found = path.and_then(|path| page(&own, &path));
            let (status, body) = found.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _sent = connection.write_all(&[head.into_bytes(), body].concat());
        }
    });
    address
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("diemtin").expect("the command");
    command.current_dir(folder).args(arguments).output().expect("it runs")
}

/// The kind that `add` wrote, and how many entries the next poll finds; or why nothing was added.
fn added(address: &str, path: &str) -> Result<(String, usize), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sources.toml");
    let head = "[daemon]\ndata_dir = \"data\"\n\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\n";
    fs::write(&file, head).expect("a file");
    let output = run(folder.path(), &["add", &format!("{address}{path}"), "--name", "Nguồn thử"]);
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let written = fs::read_to_string(&file).expect("the file");
    let kind = written.split("kind = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("feed");
    let checked = run(folder.path(), &["check"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let polled = run(folder.path(), &["poll", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&polled.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&polled.stdout)));
    let count = |key: &str| told.get(key).and_then(serde_json::Value::as_u64).unwrap_or(0);
    Ok((kind.to_owned(), usize::try_from(count("entries_new") + count("entries_held")).expect("few")))
}

#[test]
fn sitemaps_packed_or_not_indexes_and_lists_are_added_and_polled() {
    let address = site(|own, path| {
        let urlset = format!(
            "<urlset><url><loc>{own}/bai-1.html</loc></url><url><loc>{own}/bai-2.html</loc></url></urlset>"
        );
        Some(match path {
            "/tin.xml" => urlset.into_bytes(),
            "/tin.xml.gz" => gzip(&urlset),
            "/muc-luc.xml" => {
                format!("<sitemapindex><sitemap><loc>{own}/tin.xml.gz</loc></sitemap></sitemapindex>")
                    .into_bytes()
            }
            "/dia-chi.txt" => format!("{own}/bai-1.html\n{own}/bai-2.html\n").into_bytes(),
            _ => return None,
        })
    });
    for path in ["/tin.xml", "/tin.xml.gz", "/muc-luc.xml", "/dia-chi.txt"] {
        assert_eq!(added(&address, path), Ok(("sitemap".to_owned(), 2)), "{path}");
    }
}

#[test]
fn a_page_that_lists_articles_is_added_and_an_article_is_not() {
    let address = site(|_, path| {
        let links = (0..8).fold(String::new(), |mut links, n| {
            let _written = write!(
                links,
                "<h3><a href=/chip-moi-4821{n}.html>Hãng chip mở nhà máy mới ở miền Bắc {n}</a></h3>"
            );
            links
        });
        matches!(path, "/so-hoa" | "/chip-moi-48219.html")
            .then(|| format!("<title>Số hóa</title>{links}").into_bytes())
    });
    assert_eq!(added(&address, "/so-hoa"), Ok(("listing".to_owned(), 8)));
    let refused = added(&address, "/chip-moi-48219.html").expect_err("an article is no source");
    assert!(refused.contains("no source was found"), "{refused}");
}

#[test]
fn what_is_not_there_is_not_replaced_by_something_else() {
    let address = site(|_, path| {
        let feed =
            "<rss><channel><title>Báo</title><item><title>Một</title><link>/1</link></item></channel></rss>";
        (path == "/rss.xml").then(|| feed.as_bytes().to_vec())
    });
    let refused = added(&address, "/so-hoa.xml").expect_err("it is not there");
    assert!(refused.contains("404") && refused.contains("add it by its address"), "{refused}");
    assert_eq!(added(&address, "/rss.xml"), Ok(("feed".to_owned(), 1)));
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).expect("memory");
    packed.finish().expect("memory")
}
