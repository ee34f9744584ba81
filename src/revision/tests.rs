//! What counts as a change, and what does not.

use super::*;

/// A page of these lines.
fn page(lines: &[&str]) -> Snapshot {
    Snapshot { lines: lines.iter().map(|line| (*line).to_owned()).collect(), ..Snapshot::default() }
}

/// An article: its headline, then its lines.
fn article(text: &[&str]) -> Snapshot {
    let (title, lines) = text.split_first().unwrap();
    Snapshot { mode: Mode::Article, title: (*title).to_owned(), ..page(lines) }
}

/// A list of `address words`.
fn list(items: &[&str]) -> Snapshot {
    let link = |item: &&str| {
        let (path, text) = item.split_once(' ').unwrap();
        let url = format!("https://bao.example/{path}");
        crate::model::Link { url, text: text.to_owned(), listed: true }
    };
    Snapshot { mode: Mode::Listing, links: items.iter().map(link).collect(), ..Snapshot::default() }
}

fn compared(before: &Snapshot, after: &Snapshot, history: &[Snapshot], options: &Options) -> Change {
    compare(&Comparison { before, after, history, raised: None, options, names: &Names::new(["Huawei"]) })
}

fn change(before: &Snapshot, after: &Snapshot) -> Change {
    compared(before, after, &[], &Options::default())
}

const TITLE: &str = "Hãng chip mở nhà máy mới";
const FIRST: &str = "Công ty cho biết nhà máy ở miền Bắc sẽ chạy từ quý III với 384 máy và 1.200 công nhân.";
const SECOND: &str = "Theo lãnh đạo tỉnh, dự án do SMIC góp vốn và chưa nhận ưu đãi thuế nào trong năm nay.";
const THIRD: &str =
    "Giới quan sát cho rằng sản lượng sẽ tăng gấp đôi khi dây chuyền thứ hai hoạt động đầy đủ.";

#[test]
fn an_edit_of_an_article_has_its_kind_and_weight() {
    use ChangeKind::{
        Correction, Edit, EntityEdit, Minor, Moved, NumberEdit, ParagraphAdded, ParagraphRemoved, TitleEdit,
    };
    let number = FIRST.replace("384", "382");
    let name = SECOND.replace("SMIC", "Hua Hong");
    let denial = SECOND.replace("chưa", "đã");
    let case = SECOND.replace("SMIC", "Smic");
    let wording = THIRD.replace("Giới quan sát", "Nhiều chuyên gia độc lập");
    let note = "Đính chính: bản trước ghi sai số máy.";
    let title = "Hãng chip hoãn nhà máy mới";
    for (after, kind, weight) in [
        (vec![TITLE, &number, SECOND, THIRD], NumberEdit, 0.7..=1.0),
        (vec![TITLE, FIRST, &name, THIRD], EntityEdit, 0.7..=1.0),
        (vec![TITLE, FIRST, &denial, THIRD], Edit, 0.7..=1.0),
        (vec![TITLE, FIRST, &case, THIRD], Minor, 0.0..=0.2),
        (vec![TITLE, FIRST, SECOND, &wording], Edit, 0.3..=0.6),
        (vec![TITLE, FIRST, SECOND, THIRD, note], Correction, 0.7..=1.0),
        (vec![title, FIRST, SECOND, THIRD], TitleEdit, 0.7..=1.0),
        (vec![title, &number, SECOND, THIRD], TitleEdit, 0.7..=1.0),
        (vec![TITLE, FIRST, THIRD, SECOND], Moved, 0.0..=0.6),
        (vec![TITLE, FIRST, THIRD], ParagraphRemoved, 0.5..=0.9),
        (
            vec![TITLE, FIRST, SECOND, "Một khách hàng ở nước ngoài đã đặt mua lô đầu.", THIRD],
            ParagraphAdded,
            0.5..=0.9,
        ),
    ] {
        let change = change(&article(&[TITLE, FIRST, SECOND, THIRD]), &article(&after));
        assert!(change.changed, "{after:?}");
        assert_eq!(change.kind, Some(kind), "{change:?}");
        assert!(weight.contains(&change.significance), "{change:?}");
    }
}

#[test]
fn noise_of_an_article_is_silent_and_named() {
    let before = article(&[TITLE, "Cập nhật 18:10 02/07/2026", FIRST, "Lượt xem: 120", SECOND]);
    let after = article(&[TITLE, "Cập nhật 21:00 02/07/2026", FIRST, "Lượt xem: 9.870", SECOND, "Quảng cáo"]);
    let quiet = change(&before, &after);
    assert!(!quiet.changed && quiet.added.is_empty() && quiet.removed.is_empty(), "{quiet:?}");
    let whys: Vec<&str> = quiet.ignored.iter().map(|ignored| ignored.why.as_str()).collect();
    assert!(whys.contains(&"time of display") && whys.contains(&"counter"), "{whys:?}");
    // The same text, divided otherwise.
    let joined = format!("{FIRST} {SECOND}");
    let divided = change(&article(&[TITLE, FIRST, SECOND, THIRD]), &article(&[TITLE, &joined, THIRD]));
    assert!(!divided.changed && divided.ignored[0].why == "division into lines", "{divided:?}");
    // On a page everything counts.
    assert!(change(&page(&["Lượt xem: 120"]), &page(&["Lượt xem: 121"])).changed);
}

#[test]
fn a_page_that_alternates_is_told_once_there_and_once_back() {
    let (one, other) = (article(&[TITLE, FIRST]), article(&[TITLE, SECOND]));
    let options = Options::default();
    assert!(
        compared(&one, &other, std::slice::from_ref(&other), &options).changed,
        "an edit that was taken back"
    );
    let flapping = compared(&one, &other, &[other.clone(), one.clone()], &options);
    assert!(!flapping.changed && !flapping.ignored.is_empty());
}

#[test]
fn the_options_hold_back_what_they_name_and_say_so() {
    let pattern = |text: &str| vec![Pattern::parse(text).unwrap()];
    let phrase = |text: &str| vec![Phrase::new(text).unwrap()];
    let plain = Options::default;
    let before = page(&["Giá: 60 triệu", "Còn hàng", "Tin A"]);
    for (options, after, told) in [
        (Options { ignore_lines: pattern("^Giá"), ..plain() }, ["Giá: 58 triệu", "Còn hàng", "Tin A"], false),
        (Options { ignore_text: pattern(r"\d+"), ..plain() }, ["Giá: 58 triệu", "Còn hàng", "Tin A"], false),
        (Options { ignore_text: pattern(r"\d+"), ..plain() }, ["Giá: 58 tỷ", "Còn hàng", "Tin A"], true),
        (Options { ignore_case: true, ..plain() }, ["GIÁ: 60 triệu", "còn hàng", "Tin A"], false),
        (Options { order: Order::Ignored, ..plain() }, ["Tin A", "Giá: 60 triệu", "Còn hàng"], false),
        (plain(), ["Tin A", "Giá: 60 triệu", "Còn hàng"], true),
        (
            Options { extract: pattern(r"Giá: (\d+)"), ..plain() },
            ["Giá: 60 đồng", "Hết hàng", "Tin B"],
            false,
        ),
        (
            Options { extract: pattern(r"Giá: (\d+)"), ..plain() },
            ["Giá: 61 triệu", "Còn hàng", "Tin A"],
            true,
        ),
        (
            Options { require_text: phrase("CÒN hàng"), ..plain() },
            ["Giá: 60 triệu", "Hết hàng", "Tin A"],
            false,
        ),
        (
            Options { block_if_present: phrase("hết hàng"), ..plain() },
            ["Giá: 1 triệu", "Hết hàng", "B"],
            false,
        ),
        (
            Options { alert_if_added: pattern("Ascend"), ..plain() },
            ["Giá: 60 triệu", "Còn hàng", "Tin B"],
            false,
        ),
        (
            Options { alert_if_removed: pattern("Tin A"), ..plain() },
            ["Giá: 60 triệu", "Còn hàng", "Tin B"],
            true,
        ),
        (Options { min_changed_chars: 5, ..plain() }, ["Giá: 60 triệu", "Còn hàng", "Tin B"], false),
        (
            Options { number_change_percent: Some(5.0), ..plain() },
            ["Giá: 59 triệu", "Còn hàng", "Tin A"],
            false,
        ),
        (
            Options { number_change_percent: Some(5.0), ..plain() },
            ["Giá: 57 triệu", "Còn hàng", "Tin A"],
            true,
        ),
    ] {
        let change = compared(&before, &page(&after), &[], &options);
        assert_eq!(change.changed, told, "{after:?} {options:?} {change:?}");
        let sorted_away = options.order == Order::Ignored || !options.extract.is_empty();
        assert!(told || sorted_away || !change.ignored.is_empty(), "{after:?} {change:?}");
    }
}

#[test]
fn a_list_is_its_items_whatever_their_order() {
    use ChangeKind::{ItemAdded, ItemEdited, ItemRemoved, Reordered};
    let before = list(&["a1 Hãng chip tăng vốn", "a2 Mở mã nguồn mới", "a3 Giá bộ nhớ tăng"]);
    for (items, kind) in [
        (vec!["a3 Giá bộ nhớ tăng 9 giờ trước", "a2 Mở mã nguồn mới", "a1 Hãng chip tăng vốn (12)"], None),
        (vec!["a1?utm_source=x Hãng chip tăng vốn", "a2?sid=7 Mở mã nguồn mới", "a3 Giá bộ nhớ tăng"], None),
        (vec!["a4 Tin mới", "a1 Hãng chip tăng vốn", "a2 Mở mã nguồn mới"], Some(ItemAdded)),
        (vec!["a1 Hãng chip tăng vốn", "a3 Giá bộ nhớ tăng"], Some(ItemRemoved)),
        (vec!["a1 Hãng chip giảm vốn", "a2 Mở mã nguồn mới", "a3 Giá bộ nhớ tăng"], Some(ItemEdited)),
    ] {
        let change = change(&before, &list(&items));
        assert_eq!(change.kind, kind, "{items:?} {change:?}");
    }
    let reordered = list(&["a2 Mở mã nguồn mới", "a1 Hãng chip tăng vốn", "a3 Giá bộ nhớ tăng"]);
    let options = Options { order: Order::Counts, ..Options::default() };
    assert_eq!(compared(&before, &reordered, &[], &options).kind, Some(Reordered));
    let pushed = change(&before, &list(&["a4 Tin mới", "a1 Hãng chip tăng vốn", "a2 Mở mã nguồn mới"]));
    assert!(pushed.removed.is_empty() && pushed.added == ["Tin mới"], "{pushed:?}");
}

#[test]
fn an_answer_that_is_no_version_changes_nothing() {
    let before = article(&[TITLE, FIRST, SECOND, THIRD]);
    for state in [ChangeKind::HttpError, ChangeKind::Empty, ChangeKind::Blocked, ChangeKind::FilterMissing] {
        let after = Snapshot { state: Some(state), note: "Vì thế.".to_owned(), ..page(&["Lỗi"]) };
        let change = change(&before, &after);
        assert_eq!((change.changed, change.kind), (false, Some(state)));
        assert_eq!(change.ignored[0].text, "Vì thế.");
    }
}

#[test]
fn a_text_that_is_gone_is_told_once() {
    let before = article(&[TITLE, FIRST, SECOND, THIRD]);
    let options = Options::default();
    let gone = Snapshot { state: Some(ChangeKind::TakenDown), ..page(&["Bài viết đã bị gỡ."]) };
    let teaser = Snapshot {
        state: Some(ChangeKind::Truncated),
        ..article(&[TITLE, "Đăng nhập để đọc tiếp."])
    };
    let home = article(&["Trang nhất", "Bóng đá đêm qua có nhiều bất ngờ ở bảng đấu cuối cùng."]);
    for (after, kind) in
        [(&gone, ChangeKind::TakenDown), (&teaser, ChangeKind::Truncated), (&home, ChangeKind::TakenDown)]
    {
        let of = |raised| {
            compare(&Comparison {
                before: &before,
                after,
                history: &[],
                raised,
                options: &options,
                names: &Names::default(),
            })
        };
        assert_eq!((of(None).changed, of(None).kind), (true, Some(kind)), "{after:?}");
        assert_eq!((of(Some(kind)).changed, of(Some(kind)).kind), (false, Some(kind)));
    }
    // Most of it is still there: a reminder to subscribe.
    let reminded = Snapshot {
        state: Some(ChangeKind::Truncated),
        ..article(&[TITLE, FIRST, SECOND, THIRD, "Đăng nhập để bình luận."])
    };
    assert_eq!(change(&before, &reminded).kind, Some(ChangeKind::ParagraphAdded));
}

#[test]
fn hostile_pages_are_compared_in_time() {
    let lines = |from: usize| page(&[]).with((from..from + 100_000).map(|at| format!("dòng {at} x")));
    let change = change(&lines(0), &lines(1_000_000));
    assert!(change.changed);
    let long = |word: &str| page(&[]).with([format!("{word} ").repeat(200_000)]);
    assert!(
        super::compare(&Comparison {
            before: &long("a b"),
            after: &long("b c"),
            history: &[],
            raised: None,
            options: &Options::default(),
            names: &Names::default(),
        })
        .changed
    );
}

impl Snapshot {
    /// With these lines.
    fn with(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.lines = lines.into_iter().collect();
        self
    }
}
