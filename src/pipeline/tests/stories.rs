//! One event told by several articles: copies, translations, and who is told of what.

use super::*;
use crate::model::{Message, StoryId};

/// A company's new plant, as a newsroom tells it.
const VIETNAMESE: [&str; 6] = [
    "Huawei rót 4,8 tỷ USD xây trung tâm tính toán ở Vịnh Ngọc",
    "Huawei và hãng Solvanta hôm thứ Ba cho biết sẽ chi 4,8 tỷ USD để xây một trung tâm tính toán ở thành phố Port Ellery, lớn nhất vùng Vịnh Ngọc.",
    "Theo bà Ruth Okafor, thị trưởng Port Ellery, dự án tạo việc làm cho 3.450 kỹ sư và được giảm 17,5% tiền thuê đất trong mười năm đầu tiên.",
    "Trung tâm dùng nước biển để làm mát, nhờ đó lượng điện tiêu thụ giảm 37% so với các cơ sở cùng loại mà Solvanta đang vận hành ở miền bắc.",
    "Ông Ilya Brandt, giám đốc Solvanta, nói những máy chủ đầu tiên sẽ chạy trước cuối năm tới, còn toàn bộ công trình hoàn tất sau ba năm nữa.",
    "Giới quan sát nhận định Port Ellery muốn giành khách hàng từ các cảng láng giềng, nơi giá điện đã tăng 22% kể từ đầu mùa đông vừa qua.",
];
const ENGLISH: [&str; 6] = [
    "Huawei and Solvanta to spend $4.8 billion on a computing centre in Port Ellery",
    "Huawei and its partner Solvanta said on Tuesday they would spend $4.8 billion on a computing centre in Port Ellery, the largest around Ngoc Bay.",
    "Mayor Ruth Okafor of Port Ellery said the project would employ 3,450 engineers and pay 17.5% less rent for the land during its first ten years.",
    "The centre is cooled with sea water, so that it needs 37% less electricity than the sites of the same kind which Solvanta runs in the north.",
    "Ilya Brandt, who leads Solvanta, said the first servers would be at work before the end of next year, and the whole site in three years from now.",
    "Observers believe that Port Ellery is after customers of neighbouring harbours, where the price of power has gone up 22% since early winter.",
];
const SUMMARY: [&str; 3] = [
    "Tóm tắt: khoản đầu tư mới khiến các cảng quanh Vịnh Ngọc phải tính lại chiến lược thu hút khách hàng của mình trong thập niên tới.",
    "Bản tin dưới đây gồm phần dịch tiếng Việt và nguyên văn tiếng Anh để bạn đọc tiện đối chiếu từng đoạn với nhau khi cần.",
    "Nhiều chuyên gia trong nước cho rằng bài học về làm mát bằng nước biển có thể áp dụng cho những trung tâm sắp xây ở ven bờ.",
];

/// A page of these paragraphs, the headline first.
fn html(language: &str, text: &[&str]) -> String {
    let (title, paragraphs) = text.split_first().unwrap();
    let body = format!("<p>{}</p>", paragraphs.join("</p><p>"));
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )
}

/// Both texts on one page, under a headline and a summary of its own.
fn bilingual() -> String {
    let title = "Cuộc đua trung tâm tính toán ở Vịnh Ngọc";
    let text: Vec<&str> = [title].into_iter().chain(SUMMARY).chain(VIETNAMESE).chain(ENGLISH).collect();
    html("vi", &text)
}

/// Puts these pages into feeds of their own, one after the other, and takes in each before the next.
async fn publish(desk: &Desk, pages: &[(&str, String)]) {
    for (name, _) in pages {
        desk.put(name, 200, &rss(""));
    }
    for (name, page) in pages {
        let path = format!("{name}.html");
        desk.put(&path, 200, page);
        desk.put(name, 200, &rss(&desk.listed(&path)));
        desk.pass(20 * MINUTE);
        desk.round().await;
    }
}

/// The addresses that the webhook was told of.
fn told(desk: &Desk) -> Vec<String> {
    let items = desk.hooked().into_iter().map(|(_, message)| message["data"]["items"][0].clone());
    let url = |item: serde_json::Value| {
        let url = item["article"]["url"].as_str().unwrap().to_owned();
        url.rsplit_once('/').unwrap().1.split_once('.').unwrap().0.to_owned()
    };
    items.map(url).collect()
}

async fn story(desk: &Desk, name: &str) -> Option<(StoryId, usize)> {
    let stored = article(desk, name).await;
    let story = desk.context.store.story_of(stored).await.unwrap();
    story.map(|story| (story.id, story.articles))
}

async fn article(desk: &Desk, name: &str) -> crate::model::ArticleId {
    let url = desk.site.url(&format!("{name}.html")).to_string();
    desk.context.store.article_by_url(url).await.unwrap().unwrap().id
}

#[tokio::test]
async fn a_text_its_translation_and_a_page_with_both_are_one_story_in_every_order() {
    let pages = |names: [&'static str; 3]| {
        names.map(|name| match name {
            "/vi" => (name, html("vi", &VIETNAMESE)),
            "/en" => (name, html("en", &ENGLISH)),
            _ => (name, bilingual()),
        })
    };
    for (order, expected) in [
        (["/vi", "/en", "/both"], &["vi", "en", "both"][..]),
        (["/vi", "/both", "/en"], &["vi", "both"]),
        (["/en", "/vi", "/both"], &["en", "vi", "both"]),
        (["/en", "/both", "/vi"], &["en", "both"]),
        (["/both", "/vi", "/en"], &["both"]),
        (["/both", "/en", "/vi"], &["both"]),
    ] {
        let desk = Desk::open(&order).await;
        publish(&desk, &pages(order)).await;
        assert_eq!(told(&desk), expected, "{order:?}");
        let first = story(&desk, order[0]).await.unwrap();
        assert_eq!(first.1, 3, "{order:?}");
        for name in order {
            assert_eq!(story(&desk, name).await, Some(first), "{order:?} {name}");
        }
        let held = 3 - expected.len();
        let counts = desk.context.store.counts().await.unwrap().held;
        let copies = counts.iter().find(|(why, _)| why == "copy").map_or(0, |(_, count)| *count);
        assert_eq!(copies, held as i64, "{order:?}");
    }
}

#[tokio::test]
async fn a_copy_is_told_only_where_it_says_something_new() {
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut text: Vec<String> = VIETNAMESE.iter().map(|line| (*line).to_owned()).collect();
        change(&mut text);
        html("vi", &text.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let cases: [(&str, String, usize); 8] = [
        ("cut", with(&|text| text.truncate(5)), 1),
        (
            "another headline",
            with(&|text| {
                (text[0], text[2]) =
                    ("Vịnh Ngọc sắp có trung tâm tính toán".to_owned(), text[2].replace("dự án", "việc này"));
            }),
            1,
        ),
        (
            "a credit",
            with(&|text| {
                text.push("Theo Hà Thành, mời quý độc giả theo dõi trang của chúng tôi.".to_owned());
            }),
            1,
        ),
        ("a word or two", with(&|text| text[3] = text[3].replace("nước biển", "nước sông")), 1),
        ("another sum", with(&|text| text[1] = text[1].replace("4,8 tỷ", "5,1 tỷ")), 2),
        ("a further name", with(&|text| text[1] = text[1].replace("Huawei và", "Huawei, SMIC và")), 2),
        (
            "a further paragraph",
            with(&|text| {
                text.push("Chiều nay hội đồng thành phố bất ngờ hoãn cuộc bỏ phiếu vì cư dân gần bến cảng gửi đơn phản đối tiếng ồn.".to_owned());
            }),
            2,
        ),
        ("a report of another newsroom", html("en", &ENGLISH), 2),
    ];
    for (what, page, expected) in cases {
        let mut desk = Desk::open(&["/first", "/second"]).await;
        let tracked = ["Huawei", "SMIC"].map(|name| Entity {
            name: name.to_owned(),
            aliases: vec![Alias::plain(name)],
            ..Entity::default()
        });
        let plan = plan(&desk.site, &["/first", "/second"]);
        desk.context.plan = Arc::new(Plan { matcher: Matcher::new(&tracked, &[]).unwrap(), ..plan });
        publish(&desk, &[("/first", html("vi", &VIETNAMESE)), ("/second", page)]).await;
        assert_eq!(told(&desk).len(), expected, "{what}");
        assert_eq!(story(&desk, "/second").await, story(&desk, "/first").await, "{what}");
        let held = desk.context.store.held_copies(article(&desk, "/second").await).await.unwrap();
        let expected = if expected == 1 { 2 } else { 0 };
        assert_eq!(held.iter().filter(|held| held.name == "Chips").count(), expected, "{what}: {held:?}");
    }
}

#[tokio::test]
async fn the_same_words_under_another_headline_tell_whom_they_did_not_tell() {
    let mut desk = Desk::open(&["/first", "/second"]).await;
    let headed = InstantAlert {
        language: None,
        name: "Headline".to_owned(),
        rule: Some(Rule::parse("title(Huawei)", &["Huawei"]).unwrap()),
        sources: SourceFilter::default(),
        to: vec![Recipient::Webhook("ops".to_owned())],
        on: vec![Reason::New],
        edits: EditFilter::default(),
        pace: Pace::default(),
    };
    let mut plan = plan(&desk.site, &["/first", "/second"]);
    plan.alerts.push(headed);
    desk.context.plan = Arc::new(plan);
    let mut quiet = VIETNAMESE.to_vec();
    quiet[0] = "Vịnh Ngọc sắp có trung tâm tính toán lớn nhất";
    publish(&desk, &[("/first", html("vi", &quiet)), ("/second", html("vi", &VIETNAMESE))]).await;
    let alerts: Vec<serde_json::Value> =
        desk.hooked().into_iter().map(|(_, message)| message["data"]["items"][0]["alerts"].clone()).collect();
    assert_eq!(alerts, [serde_json::json!(["Chips"]), serde_json::json!(["Headline"])]);
}

#[tokio::test]
async fn the_same_words_as_a_held_copy_are_not_told_either() {
    let names = ["/one", "/two", "/three"];
    let desk = Desk::open(&names).await;
    let cut = html("vi", &VIETNAMESE[..5]);
    publish(&desk, &[("/one", html("vi", &VIETNAMESE)), ("/two", cut.clone()), ("/three", cut)]).await;
    assert_eq!(told(&desk), ["one"]);
    let traces = desk.context.store.traces(vec![article(&desk, "/two").await]).await.unwrap();
    assert!(!traces[0].alerts.is_empty(), "nothing is missing that a later look would tell");
}

#[tokio::test]
async fn what_a_message_says_of_the_story() {
    let desk = Desk::open(&["/one", "/two"]).await;
    publish(&desk, &[("/one", html("vi", &VIETNAMESE)), ("/two", html("en", &ENGLISH))]).await;
    let [(_, first), (_, second)] = desk.hooked().try_into().unwrap();
    assert_eq!(first["data"]["items"][0]["story"]["articles"], 1);
    assert_eq!(second["data"]["items"][0]["story"]["articles"], 2);
    assert_eq!(first["data"]["items"][0]["story"]["id"], second["data"]["items"][0]["story"]["id"]);
    let mails = desk.mails().concat();
    assert!(
        mails.contains("Same story:") && !mails.contains("Also at"),
        "a translation has a headline: {mails}"
    );
}

#[tokio::test]
async fn of_a_page_in_two_languages_the_readers_is_told() {
    let mut desk = Desk::open(&["/both"]).await;
    desk.context.plan = Arc::new(Plan { language: Language::Vi, ..plan(&desk.site, &["/both"]) });
    publish(&desk, &[("/both", bilingual())]).await;
    let [(_, message)] = desk.hooked().try_into().unwrap();
    let item = &message["data"]["items"][0];
    assert_eq!(item["entities"][0]["count"], 2, "headline and lead of the Vietnamese text");
    assert!(item["snippets"][0]["text"].as_str().unwrap().contains("rót 4,8 tỷ"), "{item}");
}

#[tokio::test]
async fn of_two_copies_that_are_read_at_once_one_is_told() {
    for _ in 0..5 {
        let desk = Desk::open(&["/rss"]).await;
        let mut cut = VIETNAMESE.to_vec();
        cut.truncate(5);
        desk.put("/a.html", 200, &html("vi", &VIETNAMESE));
        desk.put(
            "/b.html",
            200,
            &html("vi", &VIETNAMESE.map(|line| line).iter().rev().rev().copied().collect::<Vec<_>>()),
        );
        desk.put("/c.html", 200, &html("vi", &cut));
        desk.put(
            "/rss",
            200,
            &rss(&["/a.html", "/b.html", "/c.html"].map(|path| desk.listed(path)).concat()),
        );
        desk.poll_due().await;
        let slots = HostSlots { per_host: 99, ..HostSlots::default() };
        let claimed =
            desk.context.store.claim_entries(desk.lease(), 99, slots, |_| true).await.unwrap().tasks;
        let [a, b, c] = claimed.try_into().unwrap();
        let (a, b, c) =
            tokio::join!(ingest(&desk.context, &a), ingest(&desk.context, &b), ingest(&desk.context, &c));
        for filed in [a, b, c] {
            assert!(!matches!(filed.unwrap(), Filed::Abandoned | Filed::Later { .. }));
        }
        desk.flush_due().await;
        // The shorter one may come first; then a longer one says more.
        let seq = async |name: &str| {
            let stored = desk.context.store.article(article(&desk, name).await).await.unwrap();
            stored.unwrap().seq
        };
        let (a, b, c) = (seq("/a").await, seq("/b").await, seq("/c").await);
        let told = told(&desk);
        assert_eq!(told.len(), if c < a.min(b) { 2 } else { 1 }, "{told:?}");
    }
}

#[tokio::test]
async fn a_digest_tells_a_story_once_and_its_original_first() {
    let desk = Desk::open(&["/vi", "/wire", "/late"]).await;
    let mut retelling = VIETNAMESE.to_vec();
    retelling.push("Theo Wire");
    let feeds = [("/vi", html("vi", &retelling)), ("/wire", html("en", &ENGLISH))];
    publish(&desk, &feeds).await;
    let digest = desk.context.plan.digests[0].digest.clone();
    let Some(Message::Digest { items, .. }) = preview_digest(&desk.context, &digest, None).await.unwrap()
    else {
        panic!("a digest is expected");
    };
    let [item] = items.try_into().unwrap();
    assert_eq!(item.source, "/wire", "the other says that it is by Wire");
    let also: Vec<String> = item.story.unwrap().also.into_iter().map(|also| also.source).collect();
    assert_eq!(also, ["/vi"]);
    // A copy that comes when the digest was sent is not told again.
    let scheduled = desk.context.plan.digests[0].clone();
    desk.pass(MINUTE);
    close_digest_now(&desk.context, &scheduled).await.unwrap();
    publish(&desk, &[("/late", html("vi", &VIETNAMESE[..5]))]).await;
    assert!(preview_digest(&desk.context, &digest, None).await.unwrap().is_none());
}

#[tokio::test]
async fn two_stories_that_turn_out_to_be_one_become_one_and_a_round_up_joins_none() {
    let other = [
        "Đội tuyển bơi lội Lạc Việt giành bốn huy chương ở giải khu vực",
        "Đội tuyển bơi lội Lạc Việt khép lại giải khu vực với bốn huy chương, trong đó có hai tấm vàng ở nội dung tiếp sức hỗn hợp.",
        "Huấn luyện viên trưởng cho biết các vận động viên trẻ đã tập luyện trên cao nguyên suốt mùa hè và tiến bộ hơn mong đợi.",
        "Ban tổ chức ghi nhận hơn chín nghìn khán giả mỗi buổi, nhiều người đi tàu đêm từ các tỉnh xa để cổ vũ đội nhà thi đấu.",
        "Huawei là nhà tài trợ của giải và đã tặng mỗi tay bơi một chiếc đồng hồ đo nhịp tim có thể dùng ở độ sâu vài chục mét.",
    ];
    let round_up: Vec<&str> = ["Điểm tin trong ngày"]
        .into_iter()
        .chain(VIETNAMESE[1..].iter().copied())
        .chain(other[1..].iter().copied())
        .collect();
    let desk = Desk::open(&["/a", "/b", "/all"]).await;
    publish(
        &desk,
        &[("/a", html("vi", &VIETNAMESE)), ("/b", html("vi", &other)), ("/all", html("vi", &round_up))],
    )
    .await;
    assert_ne!(story(&desk, "/a").await.unwrap().0, story(&desk, "/b").await.unwrap().0);
    assert_eq!(told(&desk), ["a", "b", "all"]);
}
