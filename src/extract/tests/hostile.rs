//! Pages made to hurt: the answer is an article or an empty one, soon, and never a panic.

use std::time::{Duration, Instant};

use super::{FIRST, SECOND, page, read, read_as};
use crate::model::Verdict;

#[test]
fn pages_that_are_none_say_so() {
    for (bytes, content_type, verdict) in [
        (b"%PDF-1.7 \x00\x01".as_slice(), Some("text/html"), Verdict::NotHtml),
        (b"\x89PNG\r\n\x1A\n", None, Verdict::NotHtml),
        (b"{\"a\":1}", Some("application/json"), Verdict::NotHtml),
        (b"", Some("text/html"), Verdict::Empty),
        (b"<html><body></body></html>", None, Verdict::Empty),
        (b"<html><body><nav><a href=/>Trang</a></nav></body></html>", Some("text/html"), Verdict::Empty),
        (b"\xFF\xFE<\0p\0>\0", Some("text/html"), Verdict::Empty),
    ] {
        assert_eq!(read_as(bytes, content_type).verdict, verdict, "{bytes:?}");
    }
}

/// `piece` so many times, each `#` its number.
fn numbered(piece: &str, times: usize) -> String {
    let pieces: Vec<String> = (0..times).map(|n| piece.replace('#', &n.to_string())).collect();
    pieces.concat()
}

#[test]
fn markup_bombs_are_defused() {
    let body = format!("<div><p>{FIRST}</p><p>{SECOND}</p></div>");
    for (bomb, html) in [
        ("nested blocks", page(&format!("{}{body}", "<div>".repeat(100_000)))),
        ("nested after the body", page(&format!("{body}{}", "<span>x".repeat(100_000)))),
        ("unclosed formatting", page(&format!("{body}{}", numbered("<p><font size=#>x", 20_000)))),
        ("unclosed links", page(&format!("{body}{}", "<a href=x><p>x".repeat(30_000)))),
        ("attributes", page(&format!("{body}<i {}>x</i>", numbered("a# ", 200_000)))),
        ("end tags", page(&format!("{body}{}", "</section>".repeat(150_000)))),
        ("nested tables", page(&format!("{body}{}", "<table><tr><td>x".repeat(20_000)))),
        ("drawings without end", page(&format!("{body}{}", "<svg>".repeat(100_000)))),
        ("paragraphs", page(&format!("{body}{}", "<p>x".repeat(400_000)))),
        ("open comment", format!("{}<!--", page(&body))),
        ("open tag", format!("{}<a href=\"", page(&body))),
    ] {
        let start = Instant::now();
        let article = read(&html);
        // Generous: tests are not optimised and share the machine.
        assert!(start.elapsed() < Duration::from_mins(1), "{bomb} took {:?}", start.elapsed());
        assert_eq!(article.verdict, Verdict::Article, "{bomb}");
    }
}

#[test]
fn a_page_cut_anywhere_is_read_as_far_as_it_goes() {
    let html = page(&format!(
        "<script type='application/ld+json'>{{\"@type\":\"Article\"}}</script><div><p>{FIRST}</p></div>"
    ));
    for cut in 0..html.len() {
        let _article = read_as(html.as_bytes().split_at(cut).0, Some("text/html"));
    }
}

#[test]
fn what_was_cut_is_noted() {
    let deep = page(&format!("{}<p>{FIRST}</p>", "<div>".repeat(600)));
    assert_eq!(read(&deep).notes, ["Elements nested deeper than 512 were read as plain text."]);
}
