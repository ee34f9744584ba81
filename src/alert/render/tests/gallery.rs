//! Realistic mails to look at: `DIEMTIN_GALLERY=folder cargo test gallery` writes them as HTML and text, for a browser.

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{
    alert, ascend, changed_page, chinese, digest, entity, licence, notice, quiet_digest, silent_edit,
    told_elsewhere, with_edit,
};
use crate::alert::render::mail;
use crate::model::{
    AlsoAt, ArticleId, ChangeKind, Item, ItemStory, Language, Message, Moment, StoryId, Trend,
};

const TITLES: [&str; 14] = [
    "FPT và Viettel cùng đặt hàng máy chủ dùng chip Ascend, dự kiến vận hành trung tâm dữ liệu mới ở Hòa Lạc từ tháng ba năm sau",
    "SMIC nâng công suất dây chuyền 7 nm thêm một phần ba",
    "Huawei công bố doanh thu quý ba tăng 14 %, lợi nhuận ròng giảm vì chi cho nghiên cứu",
    "Nvidia bán bản rút gọn của chip B30 cho thị trường Trung Quốc",
    "华为发布新一代昇腾集群，称单机柜算力翻倍",
    "هواوي تعلن عن شريحة جديدة لمراكز البيانات في المنطقة",
    "🚀🔥 Ascend 970 rò rỉ điểm số: nhanh gấp đôi bản cũ? 👀 Dân mạng Trung Quốc tranh cãi 🇨🇳",
    "TSMC opens second fab in Kumamoto as customers look for capacity outside Taiwan",
    "Bộ Khoa học và Công nghệ lấy ý kiến về tiêu chuẩn an toàn cho hệ thống trí tuệ nhân tạo có rủi ro cao",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft kauft Huawei-Router",
    "Vì sao chip nhớ tăng giá ba quý liền",
    "Samsung hoãn nhà máy ở Taylor, chuyển máy quang khắc về Pyeongtaek",
    "Một kỹ sư Việt kể chuyện làm trình biên dịch cho NPU",
    "Apple thử nghiệm chip máy chủ riêng, hợp tác với Broadcom",
];
const SOURCES: [&str; 5] =
    ["VnTin Số hóa", "Báo Công Nghệ", "The Example Wire", "示例新闻", "Tạp chí Bán dẫn"];

fn articles() -> Vec<Item> {
    let names = ["Huawei", "SMIC", "Ascend", "Nvidia", "TSMC", "Bộ Khoa học và Công nghệ", "Samsung", "昇腾"];
    let one = |(number, title): (usize, &&str)| Item {
        id: ArticleId::from_bytes([u8::try_from(number + 30).unwrap(); 16]),
        title: (*title).to_owned(),
        source: SOURCES[number % SOURCES.len()].to_owned(),
        authors: if number % 3 == 0 { vec!["Lê Thu Hà".to_owned()] } else { Vec::new() },
        url: format!("https://bao.example/so-hoa/{number}"),
        entities: (0..=number % 3)
            .map(|at| entity(names[(number + at) % names.len()], 5 - at, &["Huawei", "SMIC"]))
            .collect(),
        attribution: None,
        ..if number % 4 == 3 { licence() } else { ascend() }
    };
    TITLES.iter().enumerate().map(one).collect()
}

fn in_story(item: Item, story: u8) -> Item {
    let story = ItemStory { id: StoryId::from_bytes([story; 16]), articles: 4, also: Vec::new() };
    Item { story: Some(story), ..item }
}

fn morning() -> Message {
    let mut items = vec![told_elsewhere(
        ascend(),
        &[
            ("VnTin Số hóa", "https://vntin.example/1"),
            ("Báo Công Nghệ", "https://bcn.example/2"),
            ("The Example Wire", "https://wire.example/3"),
        ],
    )];
    items.extend(articles());
    items[2] = in_story(items[2].clone(), 2);
    items[4] = in_story(items[4].clone(), 2);
    items[3] = in_story(items[3].clone(), 3);
    items[5] = in_story(items[5].clone(), 3);
    items.push(Item { title: "Tiêu đề rất dài ".repeat(625), ..licence() });
    items.push(silent_edit());
    items.push(with_edit(
        licence(),
        ChangeKind::TitleEdit,
        [&["Export office and chip makers break off licence talks"], &[&licence().title]],
        &[("break off", "resume")],
    ));
    items.push(changed_page());
    let Message::Digest { name, from, until, items, omitted, source_problems, mut trends } = digest(items)
    else {
        unreachable!()
    };
    let more = [("Ascend", 7), ("Nvidia", 3), ("Bộ Khoa học và Công nghệ", 2), ("昇腾", 5)];
    trends.extend(more.map(|(name, step)| Trend {
        entity: name.to_owned(),
        days: (0..14).map(|day| (day * step) % 11 / 2).collect(),
    }));
    Message::Digest { name, from, until, items, omitted, source_problems, trends }
}

/// The article with two others that say something of their own, one of which names what it does not.
fn in_the_news(mut item: Item) -> Item {
    let other = |(byte, source, title, entity): (u8, &str, &str, &str)| AlsoAt {
        id: ArticleId::from_bytes([byte; 16]),
        source: source.to_owned(),
        title: title.to_owned(),
        url: format!("https://bao.example/{byte}"),
        is_copy: false,
        entities: vec![entity.to_owned()],
    };
    let others = [
        (90, "The Example Wire", "Huawei books foundry time for its next accelerator", "Huawei"),
        (91, "示例新闻", "昇腾 970 明年第二季度上市，台积电未参与", "TSMC"),
    ];
    if let Some(story) = &mut item.story {
        story.articles += others.len();
        story.also.extend(others.map(other));
    }
    item
}

fn english(item: Item) -> Item {
    Item { published: Some(Moment::Day(chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap())), ..item }
}

#[test]
fn realistic_mails_fit_and_can_be_looked_at() {
    let folder = std::env::var_os("DIEMTIN_GALLERY").map(std::path::PathBuf::from);
    for (name, message) in [
        ("digest", morning()),
        ("full", digest((0..14).flat_map(|_| articles()).collect())),
        ("quiet", quiet_digest()),
        ("alert", alert(vec![told_elsewhere(ascend(), &[("Báo Công Nghệ", "https://bcn.example/2")])])),
        ("edit", alert(vec![silent_edit()])),
        (
            "story",
            alert(vec![in_the_news(told_elsewhere(ascend(), &[("Báo Công Nghệ", "https://bcn.example/2")]))]),
        ),
        ("page", alert(vec![changed_page()])),
        ("storm", alert(vec![ascend(), silent_edit(), english(licence()), chinese()])),
        ("notice", notice()),
    ] {
        for (tag, language) in [("vi", Language::Vi), ("en", Language::En)] {
            let mail = mail(&message, language, Ho_Chi_Minh).unwrap();
            if let Some(folder) = &folder {
                let plain = format!("{}\n\n{}", mail.subject, mail.text);
                std::fs::write(folder.join(format!("{name}_{tag}.html")), &mail.html).unwrap();
                std::fs::write(folder.join(format!("{name}_{tag}.txt")), plain).unwrap();
            }
            assert!(mail.html.len() < 80_000);
            // A word that is longer than a line is not broken.
            let breakable = |line: &&str| line.split(' ').all(|word| word.chars().count() < 60);
            for line in mail.text.lines().filter(breakable) {
                assert!(line.chars().count() <= 80, "{name} is wrapped: {line}");
            }
        }
    }
}
