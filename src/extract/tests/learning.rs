//! What repeats on a host's articles is learnt to be boilerplate; what an article says is not, however often it is said.

use chrono_tz::Asia::Ho_Chi_Minh;
use url::Url;

use super::ADDRESS;
use crate::extract::{Guide, Learnt, Origin, Reading, read};

const PROMOTION: &str =
    "Zebra là nhà tài trợ chính của chuyên mục này; mời bạn đọc tải ứng dụng Zebra để nhận tin mới mỗi sáng.";
const TOPICS: [&str; 16] = [
    "chip",
    "pin",
    "vệ tinh",
    "cáp quang",
    "ô tô",
    "tàu điện",
    "robot",
    "màn hình",
    "bộ nhớ",
    "cảm biến",
    "drone",
    "máy in",
    "máy ảnh",
    "tai nghe",
    "đồng hồ",
    "bàn phím",
];

/// The paragraphs of an article, different on every page.
fn paragraphs(number: usize) -> [String; 4] {
    let topic = TOPICS[number % TOPICS.len()];
    let number = number + 3;
    [
        format!(
            "Nhà máy {topic} thứ {number} vừa chạy thử, với công suất {number}00 sản phẩm mỗi ngày, theo ban quản lý khu công nghiệp."
        ),
        format!(
            "Dây chuyền {topic} này nhập một phần, còn lại do kỹ sư trong nước làm, chi phí thấp hơn {number} phần trăm so với dự tính."
        ),
        format!(
            "Đại diện nhà máy cho biết lô {topic} đầu tiên gồm {number} nghìn chiếc, sẽ giao trong quý tới cho ba khách hàng lớn."
        ),
        format!(
            "Giới phân tích dự báo nhu cầu {topic} tăng {number} phần trăm, nhưng giá linh kiện vẫn là ẩn số trong năm tới."
        ),
    ]
}

struct Host {
    learnt: Learnt,
}

impl Host {
    fn new() -> Self {
        Self { learnt: Learnt::default() }
    }

    fn read(&self, html: &str) -> Reading {
        let url = Url::parse(ADDRESS).unwrap();
        let origin = Origin { url: &url, content_type: None, timezone: Ho_Chi_Minh, language: "vi" };
        read(html.as_bytes(), origin, Guide { learnt: Some(&self.learnt), ..Guide::default() })
    }

    fn learn(&mut self, html: &str) -> Reading {
        let reading = self.read(html);
        self.learnt = std::mem::take(&mut self.learnt).after(&reading.seen);
        reading
    }
}

/// An article whose body is these pieces of markup around its own paragraphs.
fn article(number: usize, head: &str, middle: &str, tail: &str) -> String {
    let [a, b, c, d] = paragraphs(number);
    let topic = TOPICS[number % TOPICS.len()];
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>Nhà máy {topic} số {number}</title></head><body><h1>Nhà máy {topic} số {number}</h1>\
         <div class=detail>{head}<p>{a}</p><p>{b}</p>{middle}<p>{c}</p><p>{d}</p>{tail}</div></body></html>"
    )
}

fn has(reading: &Reading, text: &str) -> bool {
    reading.article.text().contains(text)
}

#[test]
fn a_promotion_after_every_article_is_learnt_and_left_out() {
    for tail in [
        format!("<p>{PROMOTION}</p>"),
        format!("<p><em>{PROMOTION}</em></p><p>Theo Reuters</p>"),
        format!("<p>Hà Anh</p><p>Zebra trên <a href=/z>Google News</a></p><p>{PROMOTION}</p>"),
        format!("<div class=xyz><p>Zebra mời bạn</p><p>{PROMOTION}</p></div>"),
    ] {
        let mut host = Host::new();
        for number in 0..5 {
            assert!(
                has(&host.learn(&article(number, "", "", &tail)), "Zebra"),
                "nothing is known yet: {tail}"
            );
        }
        let reading = host.read(&article(9, "", "", &tail));
        assert!(!has(&reading, PROMOTION), "{tail}: {:?}", reading.article.paragraphs);
        assert_eq!(reading.article.paragraphs[..4], paragraphs(9));
        // Where it is not, nothing is missed.
        assert_eq!(host.read(&article(10, "", "", "")).article.paragraphs, paragraphs(10));
    }
}

#[test]
fn a_box_amid_the_text_is_learnt_where_it_stands_apart() {
    let boxed = format!("<div class=xyz><div><p>{PROMOTION}</p></div></div>");
    let mut host = Host::new();
    (0..6).for_each(|number| {
        host.learn(&article(number, "", &boxed, ""));
    });
    assert_eq!(host.read(&article(9, "", &boxed, "")).article.paragraphs, paragraphs(9));
}

#[test]
fn the_source_named_after_a_learnt_promotion_is_found() {
    let lines = ["một", "hai", "ba"].map(|line| {
        format!("<p>Dòng {line}: tải ứng dụng của báo để đọc tin nhanh hơn và không phải xem quảng cáo.</p>")
    });
    let tail = format!("<p>Theo Reuters</p>{}", lines.concat());
    assert!(Host::new().read(&article(9, "", "", &tail)).article.attribution.is_none());
    let mut host = Host::new();
    (0..6).for_each(|number| {
        host.learn(&article(number, "", "", &tail));
    });
    let read = host.read(&article(9, "", "", &tail)).article;
    assert_eq!(
        (read.attribution.unwrap().name.as_str(), read.paragraphs),
        ("Reuters", paragraphs(9).to_vec())
    );
}

/// Real lines that recur: they stay, on the last article as on the first.
#[test]
fn recurring_lines_that_articles_say_are_kept() {
    const REAL: &str =
        "Zebra tuyên bố sẽ mở nhà máy thứ tư tại miền Trung, với vốn đầu tư ba trăm triệu đô la.";
    for (what, articles, every, head, middle, tail) in [
        ("the words that open a series", 12, 1, format!("<p>{REAL}</p>"), String::new(), String::new()),
        ("the same in a box of its own", 12, 1, format!("<div class=y><p>{REAL}</p></div>"), String::new(), String::new()),
        ("a dateline", 12, 1, "<p>Hà Nội (Zebra) -</p>".to_owned(), String::new(), String::new()),
        ("a standing phrase", 12, 1, String::new(), String::new(), "<p>Zebra, và câu chuyện còn tiếp.</p>".to_owned()),
        ("a paragraph amid the text", 12, 1, String::new(), format!("<p>{REAL}</p>"), String::new()),
        ("a quotation in two articles", 12, 6, String::new(), format!("<blockquote><p>{REAL}</p></blockquote>"), String::new()),
        ("a quotation in every article", 12, 1, String::new(), format!("<blockquote><p>{REAL}</p></blockquote>"), String::new()),
        ("a table's head", 12, 1, String::new(), "<table><tr><td>Zebra, giá mua</td><td>giá bán, nghìn đồng</td></tr><tr><td>1.2</td><td>3</td></tr></table>".to_owned(), String::new()),
        ("a last paragraph that some share", 30, 5, String::new(), String::new(), format!("<p>{REAL}</p>")),
        ("a correction", 12, 1, String::new(), String::new(), format!("<p>Đính chính: {REAL}</p>")),
        ("a correction in English", 12, 1, String::new(), String::new(), format!("<p>Correction: {REAL}</p>")),
        ("the source in a box", 12, 1, String::new(), String::new(), "<div class=y><div><p>Theo tạp chí Zebra</p></div></div>".to_owned()),
    ] {
        let mut host = Host::new();
        for number in 0..articles {
            let carries = number % every == 0;
            let piece = |piece: &str| if carries { piece.to_owned() } else { String::new() };
            let html = article(number, &piece(&head), &piece(&middle), &piece(&tail));
            let (read, fresh) = (host.learn(&html).article, Host::new().read(&html).article);
            assert_eq!((read.paragraphs, read.attribution), (fresh.paragraphs, fresh.attribution), "{what}, article {number}");
        }
    }
}

#[test]
fn versions_of_one_article_teach_nothing() {
    let tail = format!("<p>{PROMOTION}</p>");
    let mut host = Host::new();
    for minute in 0..20 {
        // A live blog, and the same article at other addresses: one headline, or one first paragraph.
        host.learn(&article(
            1,
            "",
            "",
            &format!("<p>Phút thứ {minute}: có thêm tin từ nhà máy, công nhân đã vào ca làm việc.</p>{tail}"),
        ));
        host.learn(&article(1, "", "", &tail).replace("<h1>", &format!("<h1>Cập nhật {minute}: ")));
    }
    assert!(host.learnt.is_empty() && has(&host.read(&article(9, "", "", &tail)), PROMOTION));
}

#[test]
fn most_of_a_text_is_never_taken_for_boilerplate() {
    let tail: Vec<String> = (0..8)
        .map(|line| format!("<p>{PROMOTION} Dòng {line} của lời mời này cũng dài như thế.</p>"))
        .collect();
    let tail = tail.concat();
    let mut host = Host::new();
    (0..8).for_each(|number| {
        host.learn(&article(number, "", "", &tail));
    });
    assert!(!host.learnt.is_empty());
    let html = article(9, "", "", &tail);
    let (read, whole) = (host.read(&html).article, Host::new().read(&html).article);
    assert_eq!(read.paragraphs[..4], paragraphs(9));
    assert!(
        read.text().len() * 100 >= whole.text().len() * 55,
        "{} of {}",
        read.text().len(),
        whole.text().len()
    );
    // A page that says hardly more than the promotion keeps it.
    let bare = format!(
        "<html><body><h1>Một tin rất ngắn</h1><div><p>Có tin mới từ nhà máy sáng nay, chi tiết sẽ có sau.</p><p>{PROMOTION}</p></div></body></html>"
    );
    assert!(has(&host.read(&bare), PROMOTION));
}

#[test]
fn title_and_lead_stay_whatever_was_learnt() {
    let tail = format!("<p>{PROMOTION}</p>");
    let mut host = Host::new();
    (0..6).for_each(|number| {
        host.learn(&article(number, "", "", &tail));
    });
    let titled = article(9, "", "", "").replace("<h1>Nhà máy", &format!("<h1>{PROMOTION} Nhà máy"));
    let titled = titled.replace("<title>", &format!("<title>{PROMOTION} "));
    assert!(host.read(&titled).article.title.starts_with(PROMOTION));
    let led = article(9, &format!("<p class=sapo>{PROMOTION}</p>"), "", &tail);
    let read = host.read(&led).article;
    assert_eq!((read.lead.as_str(), read.paragraphs), (PROMOTION, paragraphs(9).to_vec()));
}

#[test]
fn what_is_known_of_a_host_stays_small_and_ages() {
    let mut host = Host::new();
    let tail = format!("<p>{PROMOTION}</p>");
    for number in 0..400 {
        let own: Vec<String> = (0..10).map(|line| format!("<p>Đoạn {line} của bài {number}: một câu dài riêng của bài này, không bài nào khác có.</p>")).collect();
        let own = own.concat();
        host.learn(&article(number, "", "", &format!("{own}{}", if number < 60 { &tail } else { "" })));
    }
    let stored = serde_json::to_string(&host.learnt).unwrap();
    assert!(stored.len() <= 5_000, "{} bytes", stored.len());
    assert_eq!(serde_json::from_str::<Learnt>(&stored).unwrap(), host.learnt);
    assert!(host.learnt.is_empty(), "a promotion that went away is forgotten");
}

#[test]
fn the_epoch_changes_when_other_blocks_are_left_out_and_not_with_every_article() {
    let tail = format!("<p>{PROMOTION}</p>");
    let mut host = Host::new();
    let mut epochs = Vec::new();
    for number in 0..14 {
        epochs.push(host.learn(&article(number, "", "", &tail)).epoch.to_string());
    }
    epochs.dedup();
    assert_eq!(epochs.len(), 2, "{epochs:?}");
}

#[test]
fn a_paragraph_that_opens_every_article_hides_no_other_from_being_learnt() {
    let opening = "<p>Bản tin công nghệ của tòa soạn, phát hành mỗi sáng, tổng hợp từ các khu công nghiệp trong cả nước.</p>";
    let tail = format!("<p>{PROMOTION}</p>");
    let mut host = Host::new();
    for number in 0..12 {
        host.learn(&article(number, opening, "", &tail));
    }
    let next = host.read(&article(12, opening, "", &tail));
    assert!(!has(&next, "Zebra"), "{:?}", next.article.paragraphs);
    assert!(has(&next, "Bản tin công nghệ"));
}
