//! Title, authors, dates, language, site, picture and address.

use super::{FIRST, SECOND, THIRD, page, read, read_as};

fn with_head(head: &str) -> String {
    page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"))
        .replace("</head>", &format!("{head}</head>"))
}

#[test]
fn the_headline_is_the_one_that_readers_see() {
    for (head, h1, title) in [
        ("<title>Chip mới ra mắt | Báo Thử</title>", "<h1>Chip mới ra mắt</h1>", "Chip mới ra mắt"),
        (
            "<title>Chip mới của Sao Khuê ra mắt - Công nghệ - Báo Thử</title>",
            "",
            "Chip mới của Sao Khuê ra mắt",
        ),
        (
            "<title>x</title><meta property=og:title content='Giá chip giảm'>",
            "<h1>Báo Thử</h1>",
            "Giá chip giảm",
        ),
        ("", "<h1>Chip <b>mới</b> ra mắt</h1>", "Chip mới ra mắt"),
        (
            "<title>Intel - AMD: cuộc đua mới về chip máy chủ</title>",
            "",
            "Intel - AMD: cuộc đua mới về chip máy chủ",
        ),
        ("", "", ""),
    ] {
        let html = format!(
            "<html><head>{head}</head><body>{h1}<div><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
        );
        assert_eq!(read(&html).title, title, "{head} {h1}");
    }
}

#[test]
fn authors_are_read_from_data_metadata_and_bylines() {
    let data = |author: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"author\":{author}}}</script>"
        )
    };
    for (head, byline, authors) in [
        (data(r#"{"@type":"Person","name":"Hà Anh"}"#), "", vec!["Hà Anh"]),
        (data(r#"[{"name":"Hà Anh"},{"name":"Minh Lê"}]"#), "", vec!["Hà Anh", "Minh Lê"]),
        (data(r#""By Jane Roe and John Low""#), "", vec!["Jane Roe", "John Low"]),
        (
            data(r#"{"name":"Báo Thử"}"#) + "<meta property=og:site_name content='Báo Thử'>",
            "<p class=author>Hà Anh</p>",
            vec!["Hà Anh"],
        ),
        ("<meta name=author content='Thế Nam - Hậu Nguyễn'>".to_owned(), "", vec!["Thế Nam", "Hậu Nguyễn"]),
        (String::new(), "<div class=byline>By <a rel=author href=/jr>Jane Roe</a></div>", vec!["Jane Roe"]),
        (String::new(), "<span class='detail-author'>Tác giả: Hà Anh</span>", vec!["Hà Anh"]),
        (String::new(), "<span class=author></span>", vec![]),
    ] {
        let html = with_head(&head).replace("</h1>", &format!("</h1>{byline}"));
        assert_eq!(read(&html).authors, authors, "{head} {byline}");
    }
}

#[test]
fn a_name_signed_under_the_text_is_the_author() {
    let html = page(&format!(
        "<div><p>{FIRST}</p><p>{SECOND}</p><p style='text-align: right'><strong>Hà Anh</strong> (Theo AP)</p></div>"
    ));
    let article = read(&html);
    assert_eq!((article.authors, article.paragraphs.len()), (vec!["Hà Anh".to_owned()], 2));
    assert_eq!(article.attribution.map(|source| source.name).as_deref(), Some("AP"));
}

#[test]
fn dates_are_read_as_precisely_as_they_are_told() {
    let data = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-07-02T18:10:00+07:00\",\
                \"dateModified\":\"2025-07-03T01:00:00Z\"}</script>";
    for (head, shown, published) in [
        (data, "", "2025-07-02T18:10:00+07:00"),
        (
            "<meta property='article:published_time' content='2025-07-02T09:00:00-04:00'>",
            "",
            "2025-07-02T09:00:00-04:00",
        ),
        ("", "<time datetime='2025-07-02'>hôm qua</time>", "2025-07-02"),
        ("", "<span class=time>Thứ Tư, 02/07/2025 18:10 (GMT+7)</span>", "2025-07-02T18:10:00+07:00"),
        ("", "<div class=x>02/07/2025 18:10</div>", "2025-07-02T18:10:00+07:00"),
        ("", "<div class=date>July 2, 2025</div>", "2025-07-02"),
        ("", "<div class=pubdate>2025年7月2日 18:10</div>", "2025-07-02T18:10:00+07:00"),
    ] {
        let article = read(&with_head(head).replace("</h1>", &format!("</h1>{shown}")));
        assert_eq!(article.published.map(|at| at.to_string()).as_deref(), Some(published), "{head} {shown}");
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{head} {shown}");
    }
    assert_eq!(
        read(&with_head(data)).modified.map(|at| at.to_string()).as_deref(),
        Some("2025-07-03T01:00:00Z")
    );
    assert_eq!(read(&with_head("")).published, None);
}

#[test]
fn data_damaged_in_the_usual_ways_is_read() {
    for script in [
        "{\"@graph\":[{\"@type\":\"WebPage\",\"name\":\"x\"},{\"@type\":[\"Thing\",\"NewsArticle\"],\"author\":{\"@id\":\"#p\"}},{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Hà Anh\"}]}",
        "{\"@type\":\"Article\",\"description\":\"dòng một\ndòng hai\",\"author\":\"Hà Anh\"}",
        "{\"@type\":\"Article\",\"author\":\"Hà Anh\",};",
        "<!-- {\"@type\":\"BlogPosting\",\"author\":\"Hà Anh\"} -->",
    ] {
        let html = with_head(&format!("<script type=\"application/ld+json\">{script}</script>"));
        assert_eq!(read(&html).authors, ["Hà Anh"], "{script}");
    }
}

#[test]
fn the_language_is_told_or_read() {
    // The text is Vietnamese, whatever a template says; what is not told apart with certainty is believed.
    for (lang, language) in [("lang=en-GB", "vi"), ("lang=zh-Hant", "vi"), ("lang=mn", "mn"), ("", "vi")] {
        let html = with_head("").replace("lang=vi", lang);
        assert_eq!(read(&html).language.as_deref(), Some(language), "{lang}");
    }
}

#[test]
fn a_canonical_address_of_another_site_is_noted_and_not_taken() {
    for (href, address, notes) in [
        ("/cong-nghe/chip-moi.html", "https://bao.example/cong-nghe/chip-moi.html", 0),
        ("https://khac.example/chip.html", super::ADDRESS, 1),
        ("https://bao.example/", super::ADDRESS, 1),
    ] {
        let article = read(&with_head(&format!("<link rel=canonical href='{href}'>")));
        assert_eq!((article.canonical_url.as_str(), article.notes.len()), (address, notes), "{href}");
        assert_eq!(article.url, super::ADDRESS);
    }
}

#[test]
fn site_and_picture_are_read() {
    let article = read(&with_head(
        "<meta property=og:site_name content='Báo Thử'><meta property=og:image content=/a/b.jpg>",
    ));
    assert_eq!(article.site.as_deref(), Some("Báo Thử"));
    assert_eq!(article.image.as_deref(), Some("https://bao.example/a/b.jpg"));
}

#[test]
fn the_encoding_named_in_the_page_counts() {
    let html = format!(
        "<meta charset=windows-1252><h1>Caf\u{e9}</h1><p>{}</p>",
        "Le caf\u{e9} est servi, monsieur. ".repeat(5)
    );
    let bytes: Vec<u8> = html.chars().map(|c| c as u8).collect();
    assert_eq!(read_as(&bytes, Some("text/html")).title, "Café");
}
