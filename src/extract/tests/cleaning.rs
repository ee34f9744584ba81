//! What must not leak into an article: names in boxes would be false alerts.

use super::{FIRST, SECOND, THIRD, page, read};

const LEAK: &str = "Zebra";

#[test]
fn boxes_in_and_around_a_body_are_left_out() {
    let links = "<ul><li><a href=/a>Zebra ra mắt điện thoại gập</a></li><li><a href=/b>Zebra mở nhà máy mới</a></li></ul>";
    for (what, piece) in [
        ("related by class", format!("<div class='box-tin-lien-quan'><p>{links}</p></div>")),
        ("related by heading", format!("<div><h3>Tin cùng chuyên mục</h3>{links}</div>")),
        ("related by heading, no wrapper", format!("<h3>Đọc thêm</h3>{links}")),
        ("related in English", format!("<div><h4>You may also like</h4>{links}</div>")),
        ("related in Chinese", format!("<div><h4>相关阅读</h4>{links}</div>")),
        ("list of links without a name", links.to_owned()),
        ("pointer", "<p><strong>Xem thêm: </strong><a href=/a>Zebra ra mắt điện thoại gập</a></p>".replace("<strong>Xem thêm: </strong>", "<a href=/a>Xem thêm: </a>")),
        ("aside", "<aside><p>Zebra là công ty thành lập năm 1999, có ba nhà máy, hai nghìn nhân viên.</p></aside>".to_owned()),
        ("comments", "<div id=binh-luan><p>Tôi nghĩ Zebra làm tốt hơn nhiều, giá cũng rẻ hơn.</p><form><textarea>Zebra</textarea></form></div>".to_owned()),
        ("newsletter", "<div class=newsletter-signup>Đăng ký bản tin Zebra, mỗi sáng một thư.</div>".to_owned()),
        ("author box", "<div class=author-box><p>Phóng viên viết về Zebra, điện thoại và xe.</p></div>".to_owned()),
        ("advertising", "<div class=ads-banner>Zebra giảm giá 50 phần trăm, mua ngay hôm nay.</div>".to_owned()),
        ("share", "<div class=social-share>Chia sẻ qua Zebra</div>".to_owned()),
        ("tags", "<div class=tags><a href=/t>Zebra</a> <a href=/t>Chip</a></div>".to_owned()),
        ("hidden by style", "<p style='display: none'>Zebra là từ khóa ẩn, không ai nhìn thấy.</p>".to_owned()),
        ("hidden by attribute", "<div hidden>Zebra là từ khóa ẩn, không ai nhìn thấy.</div>".to_owned()),
        ("script and style", "<script>var a='Zebra';</script><style>.Zebra{}</style><noscript>Zebra</noscript>".to_owned()),
        ("comment of HTML", "<!-- <p>Zebra</p> -->".to_owned()),
        ("button", "<button>Mua Zebra</button>".to_owned()),
    ] {
        let html = page(&format!("<div class=detail-content><p>{FIRST}</p>{piece}<p>{SECOND}</p><p>{THIRD}</p></div>{piece}"));
        let article = read(&html);
        let text = format!("{} {} {:?}", article.title, article.lead, article.captions);
        assert!(!article.text().contains(LEAK) && !text.contains(LEAK), "{what}: {}", article.text());
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{what}");
    }
}

#[test]
fn a_name_of_clutter_on_the_wrapper_of_the_article_drops_nothing() {
    for class in ["comments-open has-sidebar", "subscription-content", "ad-free", "share-layout tags"] {
        let html = page(&format!("<div class='{class}'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"));
        assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD], "{class}");
    }
}

#[test]
fn links_within_sentences_stay() {
    let linked = FIRST.replacen("Công ty Sao Khuê", "<a href=/sk>Công ty Sao Khuê</a>", 1);
    let html = page(&format!("<div><p>{linked}</p><p>{SECOND}</p></div>"));
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND]);
}

#[test]
fn the_header_within_a_body_is_left_out() {
    let html = page("").replace(
        "<h1>Chip mới ra mắt</h1>",
        &format!("<div><span>Công nghệ</span><h1>Chip mới ra mắt</h1><p>5 phút đọc</p><p>{FIRST}</p><p>{SECOND}</p></div>"),
    );
    assert_eq!(read(&html).paragraphs, [FIRST, SECOND]);
}

#[test]
fn the_source_is_told_apart_from_the_text() {
    for (line, name, url) in [
        ("<p>Theo Reuters</p>", "Reuters", None),
        ("<p>(Theo SCMP)</p>", "SCMP", None),
        ("<p class=source>Nguồn: Tân Hoa Xã</p>", "Tân Hoa Xã", None),
        (
            "<p>Theo <a href='https://tin.example/a'>Nikkei Asia</a></p>",
            "Nikkei Asia",
            Some("https://tin.example/a"),
        ),
        ("<p>Source: Bloomberg</p>", "Bloomberg", None),
    ] {
        let article = read(&page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p>{line}</div>")));
        let told = article.attribution.as_ref().map(|source| (source.name.as_str(), source.url.as_deref()));
        assert_eq!(told, Some((name, url)), "{line}");
        assert_eq!(article.paragraphs, [FIRST, SECOND], "{line}");
    }
    let sentence = "Theo kế hoạch, nhà máy sẽ mở cửa vào tháng 6.";
    let article = read(&page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{sentence}</p></div>")));
    assert_eq!((article.attribution, article.paragraphs.len()), (None, 3));
}
