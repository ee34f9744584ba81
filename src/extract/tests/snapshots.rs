//! What a watched page says, or why its answer says nothing of it.

use chrono_tz::Asia::Ho_Chi_Minh;
use url::Url;

use super::super::{Answer, Guide, Origin, Part, Rule, Rules, Targets, View, WhiteSpace, snapshot};
use super::{ADDRESS, FIRST, SECOND, THIRD};
use crate::model::{ChangeKind, Mode, Snapshot};

fn taken(html: &str, view: &View) -> Snapshot {
    served(html, view, 200, None)
}

fn served(html: &str, view: &View, status: u16, announced: Option<u64>) -> Snapshot {
    let url = Url::parse(ADDRESS).unwrap();
    let origin = Origin { url: &url, content_type: Some("text/html"), timezone: Ho_Chi_Minh, language: "vi" };
    snapshot(Answer { bytes: html.as_bytes(), status, announced, origin }, view, Guide::default()).snapshot
}

fn view(mode: Mode, rules: &[(Part, &str)]) -> View {
    let rules = rules.iter().map(|(part, css)| Rule::parse(*part, css).unwrap()).collect();
    View { mode, rules: Rules::new(rules), ..View::default() }
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Chip mới</title></head><body>{body}</body></html>"
    )
}

#[test]
fn all_visible_text_is_a_block_a_line() {
    for (body, lines) in [
        ("<h1>Bảng giá</h1><p>Giá: <b>60</b> triệu</p>", &["Bảng giá", "Giá: 60 triệu"][..]),
        ("Một<br>Hai<div>Ba</div>Bốn", &["Một", "Hai", "Ba", "Bốn"]),
        (
            "<table><tr><th>Máy</th><th>Giá</th></tr><tr><td>A</td><td>60</td></tr></table>",
            &["Máy | Giá", "A | 60"],
        ),
        ("<p>Hiện</p><p hidden>Ẩn</p><p style='display: none'>Ẩn</p><template>x</template>", &["Hiện"]),
        ("<script>x</script><style>p{}</style><noscript>x</noscript><!-- x --><p>Hiện</p>", &["Hiện"]),
        ("<p>Mua</p><button>Hết hàng</button>", &["Mua", "Hết hàng"]),
        ("<pre>a  b\n  c</pre>", &["a b", "c"]),
    ] {
        assert_eq!(taken(&page(body), &view(Mode::Page, &[])).lines, lines, "{body}");
    }
}

#[test]
fn what_is_named_is_taken_out_of_the_whole_page_and_then_a_part_is_selected() {
    let html =
        page("<div class=main><div class=ads>Quảng cáo</div><p>Nội dung.</p></div><div class=price>60</div>");
    for (rules, lines) in [
        (vec![(Part::Select, ".price")], vec!["60"]),
        (vec![(Part::Select, ".price"), (Part::Select, ".main")], vec!["Quảng cáo", "Nội dung.", "60"]),
        (vec![(Part::Select, ".main"), (Part::Select, ".main p")], vec!["Quảng cáo", "Nội dung."]),
        (vec![(Part::Select, ".main"), (Part::Remove, "body > .main .ads")], vec!["Nội dung."]),
        (vec![(Part::Remove, ".main")], vec!["60"]),
    ] {
        let snapshot = taken(&html, &view(Mode::Page, &rules));
        assert_eq!(
            (snapshot.lines, snapshot.state),
            (lines.iter().map(|&line| line.to_owned()).collect(), None)
        );
    }
    let missing = taken(&html, &view(Mode::Page, &[(Part::Select, ".gone")]));
    assert_eq!(missing.state, Some(ChangeKind::FilterMissing));
}

#[test]
fn targets_and_white_space_are_text_where_asked_for() {
    let html = page("<p>Đọc <a href=/v1.pdf>báo cáo</a> này.</p><pre>a  b\n  c</pre>");
    let watched = View { targets: Targets::Watched, ..View::default() };
    assert_eq!(taken(&html, &watched).lines[0], "Đọc báo cáo [https://bao.example/v1.pdf] này.");
    let kept = View { white_space: WhiteSpace::Kept, ..View::default() };
    assert_eq!(taken(&html, &kept).lines[1..], ["a  b", "  c"]);
    let plain = View::default();
    assert!(plain.epoch() != watched.epoch() && plain.epoch() != kept.epoch());
}

#[test]
fn an_article_is_headline_and_text_without_what_stands_around_it() {
    let html = page(&format!(
        "<nav><a href=/>Trang chủ</a></nav><article><h1>Chip mới</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>\
         <aside><h3>Tin liên quan</h3><a href=/1>Tin khác</a></aside>"
    ));
    let snapshot = taken(&html, &view(Mode::Article, &[]));
    assert_eq!((snapshot.title.as_str(), snapshot.state), ("Chip mới", None));
    let whole: Vec<String> =
        std::iter::once(snapshot.lead).filter(|lead| !lead.is_empty()).chain(snapshot.lines).collect();
    assert_eq!(whole.len(), 3, "{whole:?}");
    let selected = taken(&html, &view(Mode::Article, &[(Part::Select, "article p:nth-of-type(2)")]));
    assert_eq!(selected.lines.len(), 1);
    let missing = taken(&html, &view(Mode::Article, &[(Part::Select, ".gone")]));
    assert_eq!(missing.state, Some(ChangeKind::FilterMissing));
}

#[test]
fn the_links_of_a_list_are_those_of_its_content_that_nobody_paid_for() {
    let html = page(
        "<nav><a href=/muc>Mục</a></nav>\
         <ul><li><h3><a href=/a1>Hãng chip tăng vốn</a></h3><span>2 giờ trước</span></li>\
         <li><a href=/a2><img src=x></a><a href=/a2#binh-luan>Mở mã nguồn</a></li>\
         <li><span>Tài trợ</span><a href=https://qc.example/1>Mua xe</a></li></ul>\
         <div class=sponsored><a href=https://qc.example/2>Mua nhà</a></div><footer><a href=/lien-he>Liên hệ</a></footer>",
    );
    let links = taken(&html, &view(Mode::Listing, &[])).links;
    let listed: Vec<(&str, &str)> =
        links.iter().filter(|link| link.listed).map(|link| (link.url.as_str(), link.text.as_str())).collect();
    assert_eq!(
        listed,
        [("https://bao.example/a1", "Hãng chip tăng vốn"), ("https://bao.example/a2", "Mở mã nguồn")]
    );
    assert_eq!(links.len(), 6, "{links:?}");
}

#[test]
fn an_answer_that_is_no_version_of_the_page_says_why() {
    use ChangeKind::{Empty, HttpError, Incomplete, TakenDown};
    let text = page(&format!("<h1>Chip mới</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"));
    let gone =
        page("<main><h1>Không tìm thấy trang</h1><p>Bài viết không tồn tại hoặc đã bị gỡ bỏ.</p></main>");
    let cut: String = text.chars().take(500).collect();
    for mode in [Mode::Page, Mode::Article] {
        for (html, status, announced, state) in [
            (text.as_str(), 200, None, None),
            (&text, 200, Some(text.len() as u64), None),
            (&text, 200, Some(text.len() as u64 + 9), Some(Incomplete)),
            (&cut, 200, None, Some(Incomplete)),
            (&text, 503, None, Some(HttpError)),
            (&text, 404, None, Some(TakenDown)),
            ("<html><body><h1>Gone</h1></body></html>", 410, None, Some(TakenDown)),
            (&gone, 200, None, Some(TakenDown)),
            ("", 200, None, Some(Empty)),
            ("<html><head><title></title></head><body></body></html>", 200, None, Some(Empty)),
        ] {
            let snapshot = served(html, &view(mode, &[]), status, announced);
            assert_eq!(snapshot.state, state, "{mode:?} {status} {announced:?} {html}");
        }
    }
    assert_eq!(taken(&gone, &view(Mode::Article, &[])).lines.len(), 2, "what is said instead is kept");
}
