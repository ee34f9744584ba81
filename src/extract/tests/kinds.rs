//! Pages of other kinds than one article in one block: each in Vietnamese and in English where the two differ.

use super::{FIRST, SECOND, THIRD, page, read};

const ENGLISH: [&str; 3] = [
    "The harbour of Lindale opened a second crane on Monday, which the port authority says will halve the waiting time.",
    "Ships had queued for up to nine days in the summer, when the old crane broke down twice, and fruit rotted on deck.",
    "Critics say that the money, forty million in all, would have been better spent on the railway behind the docks.",
];

#[test]
fn the_first_of_several_articles_is_read() {
    let next = "<article><h1>Zebra opens a warehouse</h1><p>Zebra opened a warehouse by the river today, its third this year.</p><p>The company hires two hundred people, most of them drivers.</p></article>";
    for (language, texts) in [("vi", [FIRST, SECOND, THIRD]), ("en", ENGLISH)] {
        let [one, two, three] = texts;
        let html = page(&format!("<article><p>{one}</p><p>{two}</p><p>{three}</p></article>{next}"));
        assert_eq!(read(&html).paragraphs, texts, "{language}");
    }
}

#[test]
fn an_article_is_read_though_its_teaser_stands_before_it() {
    let html = page(&format!(
        "<p>{FIRST}</p><div class=post><article class=entry-content><h1>Chip mới ra mắt</h1>{}</article></div>",
        format!("<p>{SECOND}</p><p>{THIRD}</p>") + &ENGLISH.map(|text| format!("<p>{text}</p>")).concat()
    ));
    let read = read(&html);
    assert!(read.paragraphs.iter().any(|text| text == SECOND), "{:?}", read.paragraphs);
    assert!(read.paragraphs.iter().any(|text| text == ENGLISH[2]), "{:?}", read.paragraphs);
}

#[test]
fn the_mobile_form_of_a_page_reads_like_the_page() {
    let html = format!(
        "<!doctype html><html ⚡ lang=en><head><title>A second crane</title></head><body><amp-sidebar id=menu hidden><ul><li><a href=/>Home</a></li></ul></amp-sidebar>\
         <main><h1>A second crane</h1><amp-img src=1.jpg></amp-img><div class=article-body><p>{}</p><amp-ad width=300>Zebra</amp-ad><p>{}</p><p>{}</p></div></main></body></html>",
        ENGLISH[0], ENGLISH[1], ENGLISH[2]
    );
    assert_eq!(read(&html).paragraphs, ENGLISH);
}

#[test]
fn every_post_of_a_live_page_is_read() {
    for (language, texts) in [("vi", [FIRST, SECOND, THIRD]), ("en", ENGLISH)] {
        let posts: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| {
                format!("<div class=live-post><time>1{at}:00</time><h3>Post {at}</h3><p>{text}</p></div>")
            })
            .collect();
        let posts = posts.concat();
        let read = read(&page(&format!("<div class=live-blog>{posts}</div>")));
        for text in texts {
            assert!(
                read.paragraphs.iter().any(|paragraph| paragraph == text),
                "{language}: {:?}",
                read.paragraphs
            );
        }
    }
}

#[test]
fn both_languages_of_a_page_are_read() {
    let [one, two, three] = ENGLISH;
    let html = page(&format!(
        "<div class=detail-content><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><h2>In English</h2><p>{one}</p><p>{two}</p><p>{three}</p></div>"
    ));
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD, "In English", one, two, three]);
}

#[test]
fn tables_lists_and_quotes_are_text() {
    for (what, piece, expected) in [
        (
            "table",
            "<table><tr><th>Năm</th><th>Sản lượng</th></tr><tr><td>2025</td><td>1.200 tấm</td></tr></table>",
            vec!["Năm | Sản lượng", "2025 | 1.200 tấm"],
        ),
        (
            "list",
            "<ul><li>Giá: ba triệu đồng</li><li>Bảo hành: hai năm</li></ul>",
            vec!["Giá: ba triệu đồng", "Bảo hành: hai năm"],
        ),
        (
            "definitions",
            "<dl><dt>Tấm</dt><dd>Đĩa silic mà chip được cắt ra.</dd></dl>",
            vec!["Tấm", "Đĩa silic mà chip được cắt ra."],
        ),
        (
            "quotation",
            "<blockquote><p>Chúng tôi đã chờ ngày này năm năm.</p></blockquote>",
            vec!["Chúng tôi đã chờ ngày này năm năm."],
        ),
    ] {
        let html = page(&format!(
            "<div class=detail-content><p>{FIRST}</p>{piece}<p>{SECOND}</p><p>{THIRD}</p></div>"
        ));
        let mut whole = vec![FIRST];
        whole.extend(expected);
        whole.extend([SECOND, THIRD]);
        assert_eq!(read(&html).paragraphs, whole, "{what}");
    }
}

#[test]
fn what_a_page_says_twice_is_read_once() {
    let text = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>");
    let html =
        page(&format!("<div class=wrap><div class=desktop>{text}</div><div class=mobile>{text}</div></div>"));
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn buttons_under_the_items_of_a_list_are_no_text() {
    let items =
        ENGLISH.map(|text| format!("<p>{text}</p><p><a href=/buy>See it at the shop</a></p>")).concat();
    assert_eq!(read(&page(&format!("<div class=article-body>{items}</div>"))).paragraphs, ENGLISH);
}

#[test]
fn what_the_page_tells_of_itself_confirms_its_text() {
    let [one, two, three] = ENGLISH;
    let told = format!(
        "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{one} {two} {three}\"}}</script>"
    );
    let notice =
        "<p>Your subscription is being used on another device, so Zebra has paused reading here.</p>";
    let html = page(&format!("{told}<div class=text><p>{one}</p>{notice}<p>{two}</p><p>{three}</p></div>"));
    assert_eq!(read(&html).paragraphs, ENGLISH);
    let part = told.replace(three, "");
    let html = page(&format!("{part}<div class=text><p>{one}</p><p>{two}</p><p>{three}</p></div>"));
    assert_eq!(read(&html).paragraphs, ENGLISH, "who tells a part tells nothing of the rest");
    let last = "The last lines name the makers of the chip.";
    let cut = told.replace(three, three.split_at(three.len() * 3 / 4).0);
    let html =
        page(&format!("{cut}<div class=text><p>{one}</p><p>{two}</p><p>{three}</p><p>{last}</p></div>"));
    assert_eq!(read(&html).paragraphs[3..], [last], "a text that is cut tells nothing of what follows");
}

#[test]
fn letters_in_numbers_are_no_names() {
    let html = page(&format!(
        "<div class=text><p>{FIRST}</p><section id=component_5cd3ad805f><p>{SECOND}</p></section><p>{THIRD}</p></div>"
    ));
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD]);
}
