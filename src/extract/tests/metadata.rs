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
        (
            "<title>Kinh tế: Giá chip giảm mạnh</title><meta property=og:title content='Kinh tế: Giá chip giảm mạnh'>",
            "<h1>Giá chip giảm mạnh</h1>",
            "Kinh tế: Giá chip giảm mạnh",
        ),
        (
            "<meta property=og:title content='Giá chip giảm mạnh'><meta name=twitter:title content='Giá chip giảm mạnh'>",
            "<h1><span>Kinh tế</span> Giá chip giảm mạnh</h1>",
            "Giá chip giảm mạnh",
        ),
        (
            "<meta property=og:title content='Năm điều cần biết về chip mới | Báo'>",
            "<h1>Chip mới của Sao Khuê ra mắt sớm</h1>",
            "Chip mới của Sao Khuê ra mắt sớm",
        ),
        (
            "<meta property=og:title content='Giá chip giảm - Người dùng vui'><title>Giá chip giảm - Người dùng vui | Báo Thử</title>",
            "<h1>Giá chip giảm - Người dùng vui</h1>",
            "Giá chip giảm - Người dùng vui",
        ),
        (
            "<title>Chip mới và cuộc đua - Trang tin điện tử tổng hợp của mọi nhà</title>",
            "<h1>Trang tin</h1><h1>Chip mới và cuộc đua</h1>",
            "Chip mới và cuộc đua",
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
        (
            data(r#"[{"@type":"Organization","name":"Hãng Tin"},{"@type":"Person","name":"Hà Anh"}]"#),
            "",
            vec!["Hà Anh"],
        ),
        (data(r#"{"@type":"Organization","name":"Hãng Tin"}"#), "", vec!["Hãng Tin"]),
        (data(r#"{"@type":"Organization","name":"Hãng Tin"}"#), "<p>Bài: Hà Anh. Ảnh: Minh Lê</p>", vec!["Hà Anh"]),
        (
            "<meta name=citation_author content='Jane Roe'><meta name=citation_author content='John Low'>".to_owned(),
            "",
            vec!["Jane Roe", "John Low"],
        ),
        (
            "<meta property=article:author content='https://mang.example/bao'><meta name=cXenseParse:author content='Hà Anh'>"
                .to_owned(),
            "",
            vec!["Hà Anh"],
        ),
        (
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Jane Roe'>".to_owned(),
            "",
            vec!["Jane Roe"],
        ),
        ("<meta name=author content=admin>".to_owned(), "<p>By <a href=/authors/jane-roe>Jane Roe</a></p>", vec!["Jane Roe"]),
        ("<meta name=author content=ha.anh>".to_owned(), "<p class=byline>Hà Anh</p>", vec!["Hà Anh"]),
        (String::new(), "<div><a href=/tac-gia/ha-anh>Hà Anh</a> <span>12 phút đọc</span></div>", vec!["Hà Anh"]),
        (String::new(), "<ul><li><strong>Tác giả</strong> Hà Anh</li></ul>", vec!["Hà Anh"]),
        (String::new(), "<p>记者：张三、李四</p>", vec!["张三", "李四"]),
        (
            String::new(),
            "<div itemprop=author itemscope><img><span itemprop=name>Jane Roe</span> <a href=/x>Follow</a></div>",
            vec!["Jane Roe"],
        ),
        (String::new(), "<div class=author><img><p>Jane Roe</p><p>Senior Reporter</p><p>Ann likes tea.</p></div>", vec!["Jane Roe"]),
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
        (
            "",
            "<time datetime='2025-07-05'></time><p>Published <time datetime='2025-07-02'></time></p>",
            "2025-07-02",
        ),
        ("", "<p class=date>Updated: July 5, 2025</p><p class=date>July 2, 2025</p>", "2025-07-02"),
        (
            "",
            "<h3><a href=/x>Bài khác</a> <span class=date>01/07/2025</span></h3><p class=date>02/07/2025</p>",
            "2025-07-02",
        ),
        ("", "<ul><li><b>Ngày đăng</b> 02/07/2025</li></ul>", "2025-07-02"),
        ("<meta name=citation_publication_date content='2025/07/02'>", "", "2025-07-02"),
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
fn doubtful_dates_are_said_to_be() {
    let data = |published: &str, modified: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"datePublished\":\"{published}\",\"dateModified\":\"{modified}\"}}</script>"
        )
    };
    let shown = "<meta property='article:published_time' content='2025-07-09T08:00:00Z'>";
    let article = read(&with_head(&(data("2025-07-02T08:00:00Z", "") + shown)));
    assert_eq!(article.published.map(|at| at.to_string()).as_deref(), Some("2025-07-02T08:00:00Z"));
    assert!(article.notes.join(" ").contains("two dates of publication"), "{:?}", article.notes);
    let scheduled = read(&with_head(&data("2025-07-02T08:00:00Z", "2025-07-01T20:00:00Z")));
    assert_eq!(scheduled.modified, None, "it was last touched before it appeared");
    let updated = read(&with_head("").replace("</h1>", "</h1><p class=date>Cập nhật: 05/07/2025</p>"));
    assert_eq!(
        (updated.published, updated.modified.map(|at| at.to_string()).as_deref()),
        (None, Some("2025-07-05"))
    );
}

#[test]
fn the_source_is_read_from_lines_links_and_metadata() {
    for (head, line, name, url) in [
        ("", "<p class=source>Theo tạp chí Sao Khuê</p>", "tạp chí Sao Khuê", None),
        (
            "",
            "<p class=source><a href='https://hang.example/a'>Hãng Tin</a></p>",
            "Hãng Tin",
            Some("https://hang.example/a"),
        ),
        (
            "",
            "<p>Nguồn: <a href='https://hang.example/a'>Hãng Tin</a></p>",
            "Hãng Tin",
            Some("https://hang.example/a"),
        ),
        ("", "<p>(Source: AFP)</p>", "AFP", None),
        ("<meta name=source content='Hãng Tin'>", "", "Hãng Tin", None),
        (
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isBasedOn\":\"https://hang.example/a\"}</script>",
            "",
            "hang.example",
            Some("https://hang.example/a"),
        ),
    ] {
        let html = with_head(head).replace(&format!("<p>{THIRD}</p>"), &format!("<p>{THIRD}</p>{line}"));
        let source = read(&html).attribution.unwrap_or_else(|| panic!("{head} {line}"));
        assert_eq!((source.name.as_str(), source.url.as_deref()), (name, url), "{head} {line}");
    }
}

#[test]
fn of_several_articles_in_the_data_the_one_at_this_address_counts() {
    let other = "{\"@type\":\"NewsArticle\",\"headline\":\"Bài khác\",\"author\":\"Minh Lê\",\"datePublished\":\"2025-01-01\",\"url\":\"https://bao.example/khac.html\"}";
    let this = format!(
        "{{\"@type\":\"NewsArticle\",\"author\":\"Hà Anh\",\"mainEntityOfPage\":{{\"@id\":\"{}\"}}}}",
        super::ADDRESS
    );
    let page = "{\"@type\":\"WebPage\",\"datePublished\":\"2025-07-02\"}";
    let html = with_head(&format!("<script type='application/ld+json'>[{other},{this},{page}]</script>"));
    let article = read(&html);
    assert_eq!(article.authors, ["Hà Anh"]);
    assert_eq!(article.published.map(|at| at.to_string()).as_deref(), Some("2025-07-02"), "said of the page");
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

#[test]
fn a_byline_deep_in_the_text_is_that_of_an_article_told_there() {
    let text = |byline: &str, at: usize| {
        let mut paragraphs = vec![FIRST, SECOND, THIRD, FIRST, SECOND, THIRD, FIRST, SECOND, THIRD, FIRST];
        paragraphs.insert(at, byline);
        page(&format!("<div><p>{}</p></div>", paragraphs.join("</p><p>")))
    };
    for (at, authors) in [(0, &["Hà Anh"][..]), (5, &[]), (10, &["Hà Anh"])] {
        assert_eq!(read(&text("Tác giả: Hà Anh", at)).authors, authors, "{at}");
    }
}
