//! How an article came about, told to whoever asks.

use chrono_tz::Asia::Ho_Chi_Minh;
use url::Url;

use super::{ADDRESS, FIRST, SECOND, THIRD, page};
use crate::extract::{Explain, Explanation, Guide, Origin, Part, Reason, Rule, Rules, read};

fn explained(html: &str, rules: &[(Part, &str)]) -> Explanation {
    let url = Url::parse(ADDRESS).unwrap();
    let origin = Origin { url: &url, content_type: None, timezone: Ho_Chi_Minh, language: "vi" };
    let rules = Rules::new(rules.iter().map(|(part, css)| Rule::parse(*part, css).unwrap()).collect());
    let guide = Guide { rules: Some(&rules), explain: Explain::Yes, ..Guide::default() };
    read(html.as_bytes(), origin, guide).explanation.unwrap()
}

#[test]
fn the_winner_and_those_that_came_next_are_named() {
    let html = page(&format!(
        "<div id=noi-dung class='detail-content w-[3px]'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div><div class=khac><p>Ngắn hơn nhiều, nhưng vẫn là câu.</p><p>Câu này cũng ngắn, và là câu cuối.</p></div>"
    ));
    let body = explained(&html, &[]).body.unwrap();
    assert_eq!(
        (body.by, body.paths.as_slice()),
        ("guess", &["body > div.main > div#noi-dung.detail-content".to_owned()][..])
    );
    assert!(body.runners_up.iter().any(|next| next.path == "body > div.main > div.khac"), "{body:?}");
    assert!(body.runners_up.iter().all(|next| next.score <= body.score.unwrap()));
    let body = explained(&html, &[(Part::Body, ".khac")]).body.unwrap();
    assert_eq!((body.by, body.paths[0].as_str()), ("rule", "body > div.main > div.khac"));
}

#[test]
fn what_was_left_out_is_told_with_its_reason() {
    for (piece, reason) in [
        ("<div class=box-tin-lien-quan><p>Zebra ra mắt điện thoại gập.</p></div>", Reason::Related),
        ("<div id=binh-luan><p>Zebra làm tốt hơn nhiều.</p></div>", Reason::Comments),
        ("<div class=social-share>Zebra qua thư</div>", Reason::Share),
        ("<div class=tags><a href=/t>Zebra</a> <a href=/c>Chip</a></div>", Reason::Tags),
        ("<div class=ads-banner>Zebra giảm giá.</div>", Reason::Advertising),
        ("<div class=newsletter-signup>Zebra, mỗi sáng một thư.</div>", Reason::Newsletter),
        ("<div class=author-box><p>Zebra viết về xe.</p></div>", Reason::AuthorBox),
        ("<p hidden>Zebra, không ai thấy.</p>", Reason::Hidden),
        ("<aside><p>Zebra bên lề.</p></aside>", Reason::Navigation),
        ("<h3>Tin liên quan</h3><ul><li><a href=/z>Zebra ra mắt xe.</a></li></ul>", Reason::Heading),
        (
            "<ul><li><a href=/a>Zebra ra mắt xe</a></li><li><a href=/b>Nhà máy mới</a></li></ul>",
            Reason::Links,
        ),
        ("<p><a href=/a>Xem thêm: Zebra ra mắt xe</a></p>", Reason::Pointer),
        ("<figure><img src=a.jpg><figcaption>Zebra. Ảnh: Thử</figcaption></figure>", Reason::Caption),
        ("<p class=donate>Zebra cảm ơn bạn đọc đã ủng hộ.</p>", Reason::Rule),
    ] {
        let html =
            page(&format!("<div class=detail><p>{FIRST}</p>{piece}<p>{SECOND}</p><p>{THIRD}</p></div>"));
        let explanation = explained(&html, &[(Part::Remove, "p.donate")]);
        let told: Vec<Reason> = explanation
            .dropped
            .iter()
            .filter(|part| part.text.contains("Zebra") || part.text.starts_with("Tin liên"))
            .map(|part| part.reason)
            .collect();
        assert!(told.contains(&reason), "{piece}: {:?}", explanation.dropped);
        assert!(explanation.dropped.iter().all(|part| !part.path.is_empty()));
    }
    let tail = page(&format!(
        "<p class=sapo>{THIRD}</p><div class=detail><p>{FIRST}</p><p>{SECOND}</p><p>Theo Reuters</p></div>"
    ));
    let dropped = explained(&tail, &[]).dropped;
    assert!(
        dropped.iter().any(|part| part.reason == Reason::Tail && part.text == "Theo Reuters"),
        "{dropped:?}"
    );
}

#[test]
fn each_field_names_the_places_that_say_it() {
    let html = page(&format!("<time datetime=2026-01-02T03:04:05Z>2/1</time><a rel=author>Lê Thị Mẫu</a><p class=sapo>{THIRD}</p><div><p>{FIRST}</p><p>{SECOND}</p></div>"))
        .replace("<head>", "<head><meta property=og:title content='Chip mới ra mắt'><meta property=article:published_time content=2026-01-02T03:04:05Z><meta property=og:site_name content='Báo Thử'>");
    let fields = explained(&html, &[(Part::Lead, ".sapo")]).fields;
    assert_eq!(fields["title"], ["body > div.main > h1", "meta og:title", "<title>"]);
    assert_eq!(fields["published"], ["meta article:published_time", "body > div.main > time"]);
    assert_eq!(fields["authors"], ["body > div.main > a"]);
    assert_eq!(fields["site"], ["meta og:site_name"]);
    assert_eq!(fields["lead"], ["rule lead"]);
    assert_eq!(fields["language"], ["html lang"]);
    assert!(!fields.contains_key("modified"));
}
