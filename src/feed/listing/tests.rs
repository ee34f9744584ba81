//! Pages that list articles, each of another architecture, and what is no such page.

use super::*;

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Ho_Chi_Minh;

fn read_with(html: &str, url: &str, links: Option<&str>) -> Result<Feed, FeedError> {
    let url: Url = url.parse().unwrap();
    let links = links.map(|css| LinkSelector::parse(css).unwrap());
    listing(html.as_bytes(), links.as_ref(), Origin { url: &url, content_type: None, timezone: ZONE })
}

fn read(html: &str, url: &str) -> Feed {
    read_with(html, url, None).unwrap()
}

fn found(feed: &Feed) -> Vec<(&str, &str)> {
    let entries = feed.entries.iter();
    entries.map(|entry| (entry.url.as_deref().unwrap(), entry.title.as_deref().unwrap_or_default())).collect()
}

#[test]
fn a_blog_of_slugs_without_numbers() {
    let post = |slug: &str, title: &str| {
        format!(
            "<article class='post'><header><h2 class='entry-title'><a href='/{slug}/'>{title}</a></h2>\
             <span class='posted-on'><time datetime='2026-11-20T08:00:00+07:00'>20/11/2026</time></span></header>\
             <a href='/{slug}/'><img src='a.jpg' alt='{title}'></a>\
             <div class='entry-summary'><p>Đoạn mở đầu của bài viết này dài hơn một dòng và không phải là tiêu đề.</p>\
             <a class='more-link' href='/{slug}/#more'>Tiếp tục đọc toàn bộ bài viết</a></div>\
             <a href='/{slug}/#comments'>12 bình luận</a> <a href='/author/an-nguyen/'>An Nguyễn</a>\
             <a href='/category/cong-nghe-thong-tin-va-truyen-thong/'>Công nghệ thông tin và truyền thông</a></article>"
        )
    };
    let posts = [
        post("chip-moi-cho-trung-tam-du-lieu", "Chip mới cho trung tâm dữ liệu"),
        post("vi-sao-pin-the-ran-dat-do", "Vì sao pin thể rắn đắt đỏ đến thế"),
        post("mang-6g-se-den-nam-2030", "Mạng 6G sẽ đến vào năm 2030"),
        post("may-chu-nho-trong-nha", "Máy chủ nhỏ trong nhà bạn"),
    ];
    let html = format!(
        "<html lang='vi'><title>Blog Mẫu</title><body><header><a href='/'>Trang chủ</a><nav><ul><li><a href='/gioi-thieu-ve-chung-toi/'>Giới thiệu về chúng tôi</a></li>\
         <li><a href='/lien-he/'>Liên hệ</a></li></ul></nav></header><main>{}</main>\
         <div class='pagination'><a href='/page/2/'>Trang tiếp theo của danh sách</a></div>\
         <aside><div class='tagcloud'><a href='/tag/chip/'>chip</a></div></aside></body></html>",
        posts.concat()
    );
    let feed = read(&html, "https://blog.example/");
    assert_eq!(feed.entries.len(), 4, "{:#?}", found(&feed));
    assert_eq!(feed.entries[0].title.as_deref(), Some("Chip mới cho trung tâm dữ liệu"));
    assert_eq!(
        feed.entries[0].published.map(|at| at.to_string()).as_deref(),
        Some("2026-11-20T08:00:00+07:00")
    );
    assert!(feed.entries[0].summary.as_deref().is_some_and(|summary| summary.starts_with("Đoạn mở đầu")));
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("Blog Mẫu"), Some("vi")));
}

#[test]
fn cards_that_are_one_link() {
    let card = |id: u32, title: &str| {
        format!(
            "<a class='card' href='https://www.news.example/2026/11/20/slug-{id}/?utm_source=home'><img alt='photo'>\
             <div class='card__body'><h3>{title}</h3><p>What the story says, in a sentence or two that nobody takes for its headline.</p>\
             <span class='card__date'>Nov 20, 2026</span></div></a>"
        )
    };
    let titles =
        ["Fab opens in Arizona", "A long look at memory prices this winter", "Chips, tariffs and you"];
    let cards: String = titles.iter().zip(1..).map(|(title, id)| card(id, title)).collect();
    let html = format!(
        "<body><div class=menu><a href='/topics/semiconductors-and-hardware'>Semiconductors and hardware news</a></div>{cards}\
         <a href='https://ads.example/2026/11/20/buy-this-thing-now/'>Buy this thing right now</a>\
         <footer><a href='/2026/11/'>November 2026 archive of stories</a></footer></body>"
    );
    let feed = read(&html, "https://news.example/tech");
    let read: Vec<&str> = feed.entries.iter().filter_map(|entry| entry.title.as_deref()).collect();
    assert_eq!(read, titles);
    assert_eq!(feed.entries[0].key.as_str(), "link:https://www.news.example/2026/11/20/slug-1/");
    assert_eq!(feed.entries[0].published.map(|at| at.to_string()).as_deref(), Some("2026-11-20"));
}

#[test]
fn a_table_of_notices_with_relative_links() {
    let row = |id: u32, title: &str| {
        format!(
            "<tr><td>{id}</td><td><a href='chitiet.aspx?ItemID={id}&cid=4'>{title}</a></td><td class='date'>19/11/2026</td></tr>"
        )
    };
    let html = format!(
        "<base href='/tintuc/'><ul class='left-menu'><li><a href='default.aspx?cid=4'>Tin tức</a><li><a href='default.aspx?cid=5'>Văn bản</a></ul>\
         <table>{}{}{}</table><div class='phantrang'><a href='default.aspx?cid=4&page=2'>2</a></div>",
        row(9810, "Thông báo về việc tổ chức hội thảo bán dẫn"),
        row(9811, "Kế hoạch chuyển đổi số năm 2027"),
        row(9812, "Mời thầu gói mua sắm máy chủ")
    );
    let feed = read(&html, "http://so.example/");
    assert_eq!(
        found(&feed).first().copied(),
        Some((
            "http://so.example/tintuc/chitiet.aspx?ItemID=9810&cid=4",
            "Thông báo về việc tổ chức hội thảo bán dẫn"
        ))
    );
    assert_eq!(feed.entries.len(), 3, "{:#?}", found(&feed));
    assert!(feed.entries.iter().all(|entry| entry.published.is_some()));
}

#[test]
fn a_chinese_list() {
    let item = |id: u32, title: &str| {
        format!(
            "<li><a href='/n1/2026/1121/c100-{id}.html' target='_blank'>{title}</a><em>2026-11-21</em></li>"
        )
    };
    let html = format!(
        "<div class='nav'><a href='/GB/1/index.html'>科技频道首页新闻中心</a><a href='/GB/2/index.html'>滚动</a></div><ul>{}{}{}{}</ul><a href='index2.html'>下一页</a>",
        item(40_612_345, "国产芯片企业发布新一代产品"),
        item(40_612_346, "新能源汽车出口继续保持增长"),
        item(40_612_347, "两部门就数据安全公开征求意见"),
        item(40_612_348, "人工智能大会在上海开幕")
    );
    let feed = read(&html, "http://scitech.people.example/");
    assert_eq!(feed.entries.len(), 4, "{:#?}", found(&feed));
    assert_eq!(found(&feed)[0].1, "国产芯片企业发布新一代产品");
}

#[test]
fn numbers_tell_articles_from_sections_and_topics() {
    let story = |slug: &str, id: u64, title: &str| {
        format!(
            "<div class='item'><a href='/{slug}-{id}.htm' title='{title}'><img></a><h3><a href='/{slug}-{id}.htm'>{title}</a></h3>\
             <a href='/{slug}-{id}.htm'>3</a><p class='sapo'><a href='/{slug}-{id}.htm'>Tóm tắt của bài dài hơn hẳn tiêu đề, để ai chọn chữ dài nhất sẽ chọn nhầm.</a></p></div>"
        )
    };
    let html = format!(
        "<ul class='menu'><li><a href='/thi-truong-chung-khoan-hom-nay.htm'>Thị trường chứng khoán hôm nay</a><li><a href='/thoi-su.htm'>Thời sự</a></ul>\
         {}{}{}{}<div><a href='/gia-xang-dau-hom-nay-e592.htm'>Giá xăng dầu hôm nay</a></div>\
         <div class='box-most-read'><ul><li><a href='/ngan-hang-so-{}.htm'>Ngân hàng số mở cửa trở lại sau sự cố</a></li></ul></div>\
         <a href='/kinh-doanh-p2.htm'>Xem thêm các tin khác</a> <a href='/video-1234.htm'>Video</a>",
        story("chip-moi", 20_261_121_093_000_111, "Chip mới ra mắt tại Hà Nội sáng nay"),
        story("dien-mat-troi", 20_261_121_080_000_222, "Điện mặt trời áp mái tăng vọt"),
        story("vang", 20_261_120_230_000_333, "Giá vàng lập đỉnh mới trong phiên cuối tuần"),
        story("tau-dien", 2_026_112_007_000_444, "Tàu điện số 3 chạy thử toàn tuyến"),
        20_261_119_070_000_555_u64
    );
    let feed = read(&html, "https://bao.example/kinh-doanh.htm");
    let titles: Vec<&str> = found(&feed).into_iter().map(|(_, title)| title).collect();
    assert_eq!(
        titles,
        [
            "Chip mới ra mắt tại Hà Nội sáng nay",
            "Điện mặt trời áp mái tăng vọt",
            "Giá vàng lập đỉnh mới trong phiên cuối tuần",
            "Tàu điện số 3 chạy thử toàn tuyến",
            "Ngân hàng số mở cửa trở lại sau sự cố",
        ]
    );
    assert!(feed.entries[0].summary.as_deref().is_some_and(|summary| summary.starts_with("Tóm tắt")));
}

#[test]
fn a_page_that_says_itself_what_it_lists() {
    let titles = [
        "Ra mắt",
        "Pin thể rắn vào sản xuất hàng loạt",
        "Kính thông minh thế hệ hai lộ diện",
        "Robot hình người đi làm",
    ];
    let items: Vec<String> = (0..4)
        .map(|n| {
            format!("{{\"@type\":\"ListItem\",\"position\":{n},\"url\":\"https://tin.example/doc/{n}abc\"}}")
        })
        .collect();
    let links: Vec<String> = titles
        .iter()
        .zip(0..)
        .map(|(title, n)| format!("<div><a href='/doc/{n}abc'>{title}</a></div>"))
        .collect();
    let links = links.concat();
    let html = format!(
        "<script type='application/ld+json'>{{\"@graph\":[{{\"@type\":\"ItemList\",\"itemListElement\":[{}]}}]}}</script>\
         <a href='/gioi-thieu'>Giới thiệu toà soạn và ban biên tập</a>{links}",
        items.join(",")
    );
    let feed = read(&html, "https://tin.example/moi");
    let read: Vec<&str> = found(&feed).into_iter().map(|(_, title)| title).collect();
    assert_eq!(read, titles);
}

#[test]
fn a_selector_names_links_or_what_holds_them() {
    let html = "<nav><a href='/a'>A</a></nav><div class='x'><h3><a href='/b?utm_source=x'>Bài B</a></h3><a href='/c'>C</a></div>\
                <a class='card' href='https://other.example/d'><h4>Bài D</h4></a><a href='/b'>Xem</a>";
    for (css, expected) in [
        ("h3 a", vec![("https://bao.example/b?utm_source=x", "Bài B")]),
        ("div.x", vec![("https://bao.example/b?utm_source=x", "Bài B")]),
        (
            "a.card h4, h3",
            vec![("https://bao.example/b?utm_source=x", "Bài B"), ("https://other.example/d", "Bài D")],
        ),
    ] {
        let feed = read_with(html, "https://bao.example/", Some(css)).unwrap();
        assert_eq!(found(&feed), expected, "{css}");
    }
    let nothing = read_with(html, "https://bao.example/", Some("h5 a")).unwrap_err().to_string();
    assert_eq!(nothing, "the selector \"h5 a\" matched no link; check `links`");
    assert!(LinkSelector::parse("h3 >").unwrap_err().to_string().contains("CSS selector"));
}

#[test]
fn what_lists_no_article_is_refused_with_a_sentence() {
    for (html, expected) in [
        ("", "empty"),
        (
            "<html><body><nav><a href='/a'>Trang chủ</a></nav><p>Xin chào</p></body></html>",
            "no article was recognised",
        ),
        ("<?xml version='1.0'?><rss><channel/></rss>", "kind = \"feed\""),
        ("<urlset><url/></urlset>", "kind = \"sitemap\""),
    ] {
        let refusal = read_with(html, "https://bao.example/", None).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{html}: {refusal}");
    }
}

#[test]
fn hostile_pages_end_soon() {
    let deep =
        "<div>".repeat(10_000) + "<a href=/bai-viet-dai-ve-chip-12345.html>Bài viết dài về chip mới ra</a>";
    let many: Vec<String> = (0..5_000)
        .map(|id| {
            format!("<a href=/mot-bai-viet-rat-dai-{}.html>Một bài viết rất dài số {id}</a>", 100_000 + id)
        })
        .collect();
    for html in [deep, many.concat(), "<a href='".repeat(20_000), "<a>".repeat(20_000)] {
        let _read = read_with(&html, "https://bao.example/", None);
    }
}
