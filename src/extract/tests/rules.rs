//! Rules of a source win over guessing, and say where they give nothing.

use chrono_tz::Asia::Ho_Chi_Minh;
use url::Url;

use super::{ADDRESS, FIRST, SECOND, THIRD, page};
use crate::extract::{Guide, Origin, Part, Reading, Rule, Rules, read};
use crate::model::Verdict;

fn rules(list: &[(Part, &str)]) -> Rules {
    Rules::new(list.iter().map(|(part, css)| Rule::parse(*part, css).unwrap()).collect())
}

fn ruled(html: &str, list: &[(Part, &str)]) -> Reading {
    let url = Url::parse(ADDRESS).unwrap();
    let origin = Origin { url: &url, content_type: None, timezone: Ho_Chi_Minh, language: "vi" };
    let rules = rules(list);
    read(html.as_bytes(), origin, Guide { rules: Some(&rules), ..Guide::default() })
}

/// The rules that gave nothing.
fn unmet(reading: &Reading) -> Vec<&str> {
    reading.unmet.iter().map(|unmet| unmet.rule.as_str()).collect()
}

const SHORT: &str = "Chip ra mắt sáng nay.";

#[test]
fn a_chosen_body_is_the_text_whatever_would_have_been_guessed() {
    let html = page(&format!(
        "<div class=promo><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>\
         <div class=bai><p>{SHORT}</p><div class=related><p>Một đoạn trong hộp có tên dễ nhầm.</p></div>\
         <ul><li><a href=/a>Điều thứ nhất</a></li><li><a href=/b>Điều thứ hai</a></li></ul>\
         <p style='display:none'>Không ai thấy dòng này.</p><script>var a = 1;</script></div>"
    ));
    let reading = ruled(&html, &[(Part::Body, "div.bai")]);
    let wanted = [SHORT, "Một đoạn trong hộp có tên dễ nhầm.", "Điều thứ nhất", "Điều thứ hai"];
    assert_eq!(reading.article.paragraphs, wanted);
    assert_eq!(reading.article.verdict, Verdict::Article);
    assert!(reading.unmet.is_empty() && reading.article.notes.is_empty());
}

#[test]
fn several_chosen_elements_are_one_text_in_the_order_of_the_page() {
    let html = page(&format!(
        "<div class=p1><p>{FIRST}</p></div><div class=ad><p>Quảng cáo rất dài của một hãng nào đó.</p></div>\
         <div class=p2><p>{SECOND}</p><div class=p2><p>{THIRD}</p></div></div>"
    ));
    for css in [".p1, .p2", ".main p:not(.ad p)"] {
        let reading = ruled(&html, &[(Part::Body, css)]);
        assert_eq!(reading.article.paragraphs, [FIRST, SECOND, THIRD], "{css}");
    }
}

#[test]
fn fields_are_taken_from_where_the_rules_say() {
    let html = page(&format!(
        "<h2 class=tit>Tiêu đề thật của bài</h2><div class=who>Bài: Lê Thị Mẫu và Trần Văn Thử</div>\
         <span class=when>Thứ Hai, 21/09/2026 18:10</span><p class=intro>{THIRD}</p>\
         <div class=detail><p>{FIRST}</p><p>{SECOND}</p></div>"
    ));
    let list = [
        (Part::Title, ".tit"),
        (Part::Author, ".who"),
        (Part::Date, ".when"),
        (Part::Lead, "p.intro"),
        (Part::Body, ".detail"),
    ];
    let article = ruled(&html, &list).article;
    assert_eq!(article.title, "Tiêu đề thật của bài");
    assert_eq!(article.authors, ["Lê Thị Mẫu", "Trần Văn Thử"]);
    assert_eq!(article.published.map(|at| at.to_string()).unwrap(), "2026-09-21T18:10:00+07:00");
    assert_eq!(
        (article.lead.as_str(), article.paragraphs.as_slice()),
        (THIRD, &[FIRST.to_owned(), SECOND.to_owned()][..])
    );
}

#[test]
fn metadata_and_attributes_count_as_text() {
    let html = page(&format!(
        "<time datetime=2026-01-02T03:04:05Z>hôm qua</time><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    ))
    .replace("<head>", "<head><meta name=headline content='Tiêu đề trong thẻ'>");
    let article = ruled(&html, &[(Part::Title, "meta[name=headline]"), (Part::Date, "time")]).article;
    assert_eq!(article.title, "Tiêu đề trong thẻ");
    assert_eq!(article.published.map(|at| at.to_string()).unwrap(), "2026-01-02T03:04:05Z");
}

#[test]
fn what_is_removed_is_in_no_field() {
    let html = page(&format!(
        "<div class=detail><p class=sapo><b class=loc>(Zebra)</b> {THIRD}</p><p>{FIRST} <i class=x>Zebra</i></p>\
         <p class=x>Zebra là nhà tài trợ của chuyên mục này, có ba nhà máy, hai nghìn nhân viên.</p><p>{SECOND}</p></div>"
    ));
    for list in [
        vec![(Part::Remove, ".x"), (Part::Remove, ".loc")],
        vec![(Part::Remove, ".x, .loc"), (Part::Body, ".detail"), (Part::Lead, ".sapo")],
    ] {
        let article = ruled(&html, &list).article;
        assert_eq!(
            (article.lead.as_str(), article.paragraphs.join("|")),
            (THIRD, format!("{FIRST}|{SECOND}"))
        );
    }
}

#[test]
fn a_rule_that_gives_nothing_is_noted_and_the_field_is_guessed() {
    let html = page(&format!("<div class=moi><p>{FIRST}</p><p>{SECOND}</p></div><div class=trong> </div>"));
    let guessed = ruled(&html, &[]).article;
    for (part, css) in [
        (Part::Body, ".trong"),
        (Part::Body, ".cu"),
        (Part::Title, "h1.cu"),
        (Part::Lead, ".sapo"),
        (Part::Author, ".author"),
        (Part::Date, "h1"),
    ] {
        let reading = ruled(&html, &[(part, css)]);
        assert_eq!(unmet(&reading), [part.as_str()], "{css}");
        let note = reading.article.notes.join(" ");
        assert!(note.contains(&format!("{} = {css:?}", part.as_str())), "{note}");
        assert_eq!(
            (&reading.article.title, &reading.article.paragraphs),
            (&guessed.title, &guessed.paragraphs)
        );
    }
    // Not every page has what is to be removed.
    let reading = ruled(&html, &[(Part::Remove, ".box")]);
    assert!(reading.article.notes.is_empty() && unmet(&reading) == ["remove"]);
}

#[test]
fn captions_source_and_signature_have_fields_of_their_own_in_a_chosen_body_too() {
    let html = page(&format!(
        "<div class=detail><h1>Chip mới ra mắt</h1><p>{FIRST}</p><figure><img src=a.jpg><figcaption>Con chip. Ảnh: Thử</figcaption></figure>\
         <p>{SECOND}</p><p>Theo Reuters</p></div>"
    ));
    let article = ruled(&html, &[(Part::Body, ".detail")]).article;
    assert_eq!(article.paragraphs, [FIRST, SECOND]);
    assert_eq!(article.captions, ["Con chip. Ảnh: Thử"]);
    assert_eq!(article.attribution.unwrap().name, "Reuters");
}

#[test]
fn a_page_that_would_be_taken_for_a_list_is_an_article_where_a_rule_found_its_text() {
    let cards: Vec<String> = (0..12)
        .map(|number| format!("<article><h3><a href=/{number}>Tin số {number} trong ngày của tòa soạn báo Thử</a></h3><p>Một câu ngắn.</p></article>"))
        .collect();
    let cards = cards.concat();
    let html = page(&format!("{cards}<div class=bai><p>{SHORT}</p></div>"));
    assert_eq!(ruled(&html, &[]).article.verdict, Verdict::Listing);
    let ruled = ruled(&html, &[(Part::Body, ".bai")]).article;
    assert_eq!((ruled.verdict, ruled.paragraphs.join("|")), (Verdict::Article, SHORT.to_owned()));
}

#[test]
fn epochs_differ_by_rules_and_by_nothing_else() {
    let html = page(&format!("<div class=a><p>{FIRST}</p></div>"));
    let epoch = |list: &[(Part, &str)]| ruled(&html, list).epoch.to_string();
    let none = epoch(&[]);
    assert!(none.ends_with(".-.-"), "{none}");
    let (one, two) = ((Part::Body, ".a"), (Part::Remove, ".b"));
    assert_eq!(epoch(&[one, two]), epoch(&[two, one]));
    for other in [vec![one], vec![(Part::Lead, ".a")], vec![(Part::Body, ".b")]] {
        assert_ne!(epoch(&other), epoch(&[one, two]));
        assert_ne!(epoch(&other), none);
    }
}

#[test]
fn hostile_pages_meet_greedy_rules_in_bearable_time() {
    let html = format!("<h1>x</h1>{}", "<div><p>Một câu có dấu chấm.".repeat(3_000));
    for css in ["*", "div", "p", "div div p"] {
        for part in [Part::Body, Part::Title, Part::Lead, Part::Author, Part::Date, Part::Remove] {
            ruled(&html, &[(part, css)]);
        }
    }
}
