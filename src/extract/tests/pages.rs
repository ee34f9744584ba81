//! The body, the lead and the captions of pages of different make.

use super::{FIRST, SECOND, THIRD, page, read};

#[test]
fn a_body_is_found_whatever_holds_it() {
    for (make, body) in [
        (
            "paragraphs",
            format!("<div class=detail-content><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"),
        ),
        ("no class at all", format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>")),
        ("unclosed paragraphs", format!("<div><p>{FIRST}<p>{SECOND}<p>{THIRD}</div>")),
        ("line breaks", format!("<div>{FIRST}<br><br>{SECOND}<br/><br/>{THIRD}</div>")),
        ("a block each", format!("<div><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div>")),
        (
            "sections",
            format!("<section><p>{FIRST}</p></section><section><p>{SECOND}</p><p>{THIRD}</p></section>"),
        ),
        (
            "misnested",
            format!("<div><b><p>{FIRST}</b></p><i><p>{SECOND}</i></p><p>{THIRD}</div></span></div>"),
        ),
        (
            "a table for layout",
            format!("<table><tr><td><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></td></tr></table>"),
        ),
        (
            "a form around all",
            format!("<form><input name=state><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></form>"),
        ),
        (
            "streamed",
            format!(
                "<div hidden id='S:0'><p>{FIRST}</p><p>{SECOND}</p></div><div hidden id='S:1'><p>{THIRD}</p></div>"
            ),
        ),
    ] {
        assert_eq!(read(&page(&body)).paragraphs, [FIRST, SECOND, THIRD], "{make}");
    }
}

#[test]
fn a_lead_stands_apart_and_only_once() {
    let lead = "Dòng chip thứ ba của Sao Khuê được làm ra trong nước và sẽ tới tay khách hàng trong quý này.";
    let rest = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>");
    for (make, body, expected) in [
        (
            "sapo before the body",
            format!("<div class=sapo>{lead}</div><div class=noi-dung>{rest}</div>"),
            lead,
        ),
        ("heading as sapo", format!("<h2 class='detail-sapo'>{lead}</h2><div>{rest}</div>"), lead),
        (
            "marked within the body",
            format!("<div class=detail-content><p class=standfirst>{lead}</p>{rest}</div>"),
            lead,
        ),
        ("item property", format!("<p itemprop=description>{lead}</p><div>{rest}</div>"), lead),
        ("role in data", format!("<h2 data-slot=sapo>{lead}</h2><div>{rest}</div>"), lead),
        ("none", format!("<div class=detail-content>{rest}</div>"), ""),
        (
            "excerpt of another article",
            format!("<div>{rest}</div><div class=box><p class=excerpt>{lead}</p></div>"),
            "",
        ),
    ] {
        let article = read(&page(&body));
        assert_eq!(article.lead, expected, "{make}");
        assert_eq!(article.paragraphs.first().map(String::as_str), Some(FIRST), "{make}");
        assert!(
            !article.paragraphs.iter().any(|paragraph| paragraph == lead && !expected.is_empty()),
            "{make}"
        );
    }
}

#[test]
fn a_description_repeated_before_the_body_is_the_lead() {
    let lead = "Dòng chip thứ ba của Sao Khuê được làm ra trong nước và sẽ tới tay khách hàng trong quý này.";
    let html = page(&format!("<div class=x1>{lead}</div><div class=x2><p>{FIRST}</p><p>{SECOND}</p></div>"));
    let html = html.replace("</head>", &format!("<meta property='og:description' content='{lead}'></head>"));
    let article = read(&html);
    assert_eq!((article.lead.as_str(), article.paragraphs.len()), (lead, 2));
}

#[test]
fn captions_stand_apart() {
    let caption = "Kỹ sư kiểm tra tấm bán dẫn tại nhà máy ở Bắc Ninh. Ảnh: Hoàng Lan";
    for (make, picture) in [
        ("figure", format!("<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>")),
        ("class", format!("<div class='image-caption'>{caption}</div>")),
        (
            "table",
            format!(
                "<table align=center><tr><td><img src=a.jpg></td></tr><tr><td>{caption}</td></tr></table>"
            ),
        ),
        ("editor", format!("<div type=Photo><img src=a.jpg><p class=PhotoCMS_Caption>{caption}</p></div>")),
    ] {
        let article =
            read(&page(&format!("<div><p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p></div>")));
        assert_eq!(
            (article.captions.as_slice(), article.paragraphs.len()),
            ([caption.to_owned()].as_slice(), 3),
            "{make}"
        );
    }
}

#[test]
fn subheads_lists_quotes_and_tables_keep_their_order() {
    let html = page(&format!(
        "<div><p>{FIRST}</p><h2>Ba điểm chính</h2><ul><li>Làm trong nước</li><li>Nhanh hơn 40 phần trăm</li></ul>\
         <blockquote>{SECOND}</blockquote><table><tr><th>Năm</th><th>Sản lượng</th></tr><tr><td>2025</td><td>384</td></tr></table>\
         <p>{THIRD}</p></div>"
    ));
    let expected = [
        FIRST,
        "Ba điểm chính",
        "Làm trong nước",
        "Nhanh hơn 40 phần trăm",
        SECOND,
        "Năm | Sản lượng",
        "2025 | 384",
        THIRD,
    ];
    assert_eq!(read(&html).paragraphs, expected);
}

#[test]
fn both_halves_of_a_bilingual_page_are_kept() {
    let english = "The company said on Monday that its third processor is made entirely at home, and that the first \
                   batch will be delivered before the end of the quarter.";
    let article =
        read(&page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><h2>In English</h2><p>{english}</p></div>")));
    assert_eq!(article.paragraphs, [FIRST, SECOND, "In English", english]);
}

#[test]
fn a_short_teaser_in_an_article_element_does_not_win() {
    let teaser = "<article class=card><h3><a href=/khac>Xe điện mới</a></h3><p>Giá dưới 400 triệu đồng, giao trong năm.</p></article>";
    let html =
        page(&format!("<div class=c7><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>{teaser}{teaser}"));
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn the_next_article_of_an_endless_page_is_left_out() {
    let other = "Đội tuyển bóng đá thắng ba không trong trận giao hữu tối qua, huấn luyện viên cho biết ông hài lòng với \
                 cách các cầu thủ trẻ giữ bóng, chuyền bóng và phòng ngự.";
    let html = page(&format!(
        "<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>\
         <article><h1>Thắng đậm</h1><p>{other}</p><p>{other}</p></article>"
    ));
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD]);
}
