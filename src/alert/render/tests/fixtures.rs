//! A small invented newsroom.

use chrono::{DateTime, NaiveDate};

use crate::model::{
    AlsoAt, ArticleId, Attribution, Cause, Change, ChangeKind, Condition, Extent, Item, ItemChange,
    ItemStory, Message, Moment, Notice, Prominence, Reason, RevisionId, Snippet, SourceProblem, Standing,
    StoryId, Timestamp, Trend, WordChange,
};

/// The instant of an RFC 3339 text.
pub(super) fn at(text: &str) -> Timestamp {
    DateTime::parse_from_rfc3339(text).unwrap().into()
}

/// A name and how it is spelt.
pub(super) fn entity(name: &str, count: usize, surfaces: &[&str]) -> Prominence {
    let surfaces = surfaces.iter().map(|surface| (*surface).to_owned()).collect();
    Prominence { name: name.to_owned(), count, in_title: count > 3, surfaces }
}

fn snippet(entity: &str, text: &str) -> Snippet {
    Snippet { entity: entity.to_owned(), text: text.to_owned() }
}

/// A Vietnamese article about two tracked names that fired two alerts.
pub(super) fn ascend() -> Item {
    Item {
        alerts: vec!["Chips".into(), "Mô hình".into()],
        reason: Reason::New,
        observed_at: at("2026-11-21T11:12:40Z"),
        id: ArticleId::from_bytes([7; 16]),
        url: "https://tinmoi.example/so-hoa/huawei-ascend-970?utm_source=rss&p=1".into(),
        canonical_url: "https://tinmoi.example/so-hoa/huawei-ascend-970".into(),
        title: "Huawei hẹn ra mắt Ascend 970 vào quý hai, đặt SMIC làm số lượng lớn".into(),
        authors: vec!["Nguyễn Minh An".into(), "Trần Bảo".into()],
        source: "Tin Mới Số hóa".into(),
        published: Some(Moment::Instant(DateTime::parse_from_rfc3339("2026-11-21T18:10:00+07:00").unwrap())),
        language: Some("vi".into()),
        lead: "Hãng cho biết thế hệ chip kế tiếp dành cho trung tâm dữ liệu đã xong bản mẫu và sẽ được sản xuất trong nước.".into(),
        attribution: Some(Attribution { name: "Reuters".into(), url: Some("https://reuters.example/a?x=1&y=2".into()) }),
        extent: Extent::Whole,
        entities: vec![entity("Huawei", 7, &["Huawei", "Hoa Vi", "华为"]), entity("SMIC", 1, &["SMIC"])],
        snippets: vec![
            snippet("Huawei", "Đại diện Huawei (华为) nói bản mẫu chạy nhanh gấp rưỡi đời trước trong các bài thử nội bộ."),
            snippet("SMIC", "SMIC từ chối bình luận về \"đơn hàng lớn nhất trong ba năm\" mà Hoa Vi vừa đặt."),
            snippet("Huawei", "SMIC từ chối bình luận về \"đơn hàng lớn nhất trong ba năm\" mà Hoa Vi vừa đặt."),
        ],
        change: None,
        story: None,
    }
}

/// An English article with a bare date whose lead already holds the sentence.
pub(super) fn licence() -> Item {
    Item {
        alerts: vec!["Chips".into()],
        id: ArticleId::from_bytes([8; 16]),
        url: "https://wire.example/2026/licence-talks".into(),
        canonical_url: "https://wire.example/2026/licence-talks".into(),
        title: "Export office & chip makers resume licence talks".into(),
        authors: Vec::new(),
        source: "The Example Wire".into(),
        published: Some(Moment::Day(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap())),
        language: Some("en".into()),
        lead: "Talks that stalled in spring are back on. SMIC sent its general counsel to the first round."
            .into(),
        attribution: None,
        extent: Extent::Whole,
        entities: vec![entity("SMIC", 2, &["SMIC"])],
        snippets: vec![snippet("SMIC", "SMIC sent its general counsel to the first round.")],
        ..ascend()
    }
}

/// A Chinese article without a date, an author or a lead.
pub(super) fn chinese() -> Item {
    Item {
        id: ArticleId::from_bytes([9; 16]),
        url: "https://xinwen.example/华为/昇腾".into(),
        canonical_url: "https://xinwen.example/华为/昇腾".into(),
        title: "华为公布昇腾路线图，三款新芯片明年上市".into(),
        authors: Vec::new(),
        source: "示例新闻".into(),
        published: None,
        language: Some("zh".into()),
        lead: String::new(),
        attribution: Some(Attribution { name: "示例日报".into(), url: None }),
        extent: Extent::Feed,
        entities: vec![entity("Huawei", 4, &["华为"]), entity("Ascend", 4, &["昇腾"])],
        snippets: vec![snippet("Ascend", "华为表示，昇腾系列将每年更新一代，并向合作伙伴开放接口。")],
        ..ascend()
    }
}

/// An article of the same story as others that are not in the message, and some that nobody lists.
pub(super) fn told_elsewhere(item: Item, elsewhere: &[(&str, &str)]) -> Item {
    let also = elsewhere.iter().zip(100..).map(|((source, url), byte)| AlsoAt {
        id: ArticleId::from_bytes([byte; 16]),
        source: (*source).to_owned(),
        title: "Một bài khác".to_owned(),
        url: (*url).to_owned(),
    });
    let also: Vec<AlsoAt> = also.collect();
    let story = ItemStory { id: StoryId::from_bytes([1; 16]), articles: also.len() + 3, also };
    Item { story: Some(story), ..item }
}

/// What became of the words of an article.
pub(super) fn with_edit(item: Item, kind: ChangeKind, lines: [&[&str]; 2], words: &[(&str, &str)]) -> Item {
    let [removed, added] = lines.map(|lines| lines.iter().map(|line| (*line).to_owned()).collect());
    let words = words.iter().map(|(from, to)| WordChange {
        from: (*from).into(),
        to: (*to).into(),
        ..WordChange::default()
    });
    let change = Change {
        changed: true,
        kind: Some(kind),
        significance: 0.8,
        added,
        removed,
        words: words.collect(),
        ignored: Vec::new(),
    };
    let [before, after] = [20, 21].map(|byte| RevisionId::from_bytes([byte; 16]));
    let change = ItemChange { change, before, after, appeared: Vec::new(), vanished: Vec::new() };
    Item { reason: Reason::Edit, change: Some(change), ..item }
}

/// A figure that a publisher put right without a word.
pub(super) fn silent_edit() -> Item {
    with_edit(
        ascend(),
        ChangeKind::NumberEdit,
        [
            &[
                "Theo hợp đồng, Huawei sẽ bàn giao 384 bộ tăng tốc cho ba trung tâm dữ liệu ở phía nam, trị giá 1,2 tỉ tệ.",
            ],
            &[
                "Theo hợp đồng, Huawei sẽ bàn giao 382 bộ tăng tốc cho ba trung tâm dữ liệu ở phía nam, trị giá 1,1 tỉ tệ.",
            ],
        ],
        &[("384", "382"), ("1,2", "1,1")],
    )
}

/// A watched page with a new paragraph, one less, and a name that came.
pub(super) fn changed_page() -> Item {
    let mut item = with_edit(
        chinese(),
        ChangeKind::ParagraphAdded,
        [&["本页面将于下周更新。"], &["昇腾 970 将于第二季度上市，由 SMIC 代工。"]],
        &[],
    );
    item.reason = Reason::Page;
    if let Some(change) = &mut item.change {
        change.appeared = vec!["SMIC".to_owned()];
        change.vanished = vec!["Ascend".to_owned()];
    }
    item
}

fn trend(entity: &str, days: [usize; 14]) -> Trend {
    Trend { entity: entity.to_owned(), days: days.to_vec() }
}

/// The Vietnamese article after one figure in it was corrected in silence.
pub(super) fn edited() -> Item {
    let line = |figure: &str| {
        format!("Hệ thống mới ghép {figure} chip và đã bàn giao cho ba trung tâm dữ liệu của Huawei.")
    };
    let change = Change {
        changed: true,
        kind: Some(ChangeKind::NumberEdit),
        significance: 0.8,
        added: vec![line("382")],
        removed: vec![line("384")],
        words: vec![WordChange { from: "384".into(), to: "382".into(), ..WordChange::default() }],
        ignored: vec![],
    };
    let change = ItemChange {
        change,
        before: RevisionId::from_bytes([1; 16]),
        after: RevisionId::from_bytes([2; 16]),
        appeared: vec!["SMIC".into()],
        vanished: vec![],
    };
    Item { alerts: vec!["Chips".into()], reason: Reason::Edit, change: Some(change), ..ascend() }
}

/// The English article after its page was taken down.
pub(super) fn taken_down() -> Item {
    let mut change = edited().change.unwrap();
    change.change = Change {
        changed: true,
        kind: Some(ChangeKind::TakenDown),
        significance: 1.0,
        removed: vec!["SMIC sent its general counsel to the first round.".into()],
        ..Change::default()
    };
    change.appeared.clear();
    change.vanished = vec!["SMIC".into()];
    Item { reason: Reason::Edit, change: Some(change), ..licence() }
}

/// A watched page with a new paragraph.
pub(super) fn page_change() -> Item {
    let mut change = edited().change.unwrap();
    let line = "Bản 900 A3 bắt đầu giao hàng từ tháng ba.";
    change.change = Change {
        changed: true,
        kind: Some(ChangeKind::Edit),
        significance: 0.5,
        added: vec![line.into()],
        words: vec![WordChange { from: String::new(), to: line.into(), ..WordChange::default() }],
        ..Change::default()
    };
    Item { reason: Reason::Page, change: Some(change), ..ascend() }
}

/// The first article after two of its numbers and a sentence were changed.
pub(super) fn corrected() -> Item {
    let pair =
        |from: &str, to: &str| WordChange { from: from.into(), to: to.into(), ..WordChange::default() };
    let words = vec![pair("384", "382"), pair("", "theo nguồn tin riêng"), pair("chính thức", "")];
    let kind = Some(ChangeKind::NumberEdit);
    let change = Change { changed: true, kind, significance: 0.8, words, ..Change::default() };
    let (before, after) = (RevisionId::from_bytes([1; 16]), RevisionId::from_bytes([2; 16]));
    let (appeared, vanished) = (vec!["SMIC".into()], vec!["TSMC".into()]);
    let change = Some(ItemChange { change, before, after, appeared, vanished });
    Item { reason: Reason::Edit, change, ..ascend() }
}

/// An alert about these articles.
pub(super) fn alert(items: Vec<Item>) -> Message {
    Message::Alert { items }
}

/// A digest of these articles and two more.
pub(super) fn digest(items: Vec<Item>) -> Message {
    let items = items.into_iter().map(|item| Item { alerts: Vec::new(), ..item }).collect();
    Message::Digest {
        name: "Điểm tin sáng".into(),
        from: at("2026-11-20T00:30:00Z"),
        until: at("2026-11-21T00:30:00Z"),
        items,
        omitted: 2,
        source_problems: vec![
            problem("Tin Mới Số hóa", "https://tinmoi.example/rss answered 503: the server is overloaded."),
            SourceProblem {
                standing: Some(Standing { condition: Condition::Gone, next: None, ..standing() }),
                ..problem("Example Blog", "https://blog.example/feed answered 410: it was removed for good.")
            },
            SourceProblem { standing: None, ..problem("Báo Cũ", "lỗi 500") },
            in_condition(Condition::Blocked, "Tin Kín", "https://kin.example/rss answered 403: a challenge."),
            in_condition(Condition::Stale, "Báo Lặng", ""),
            in_condition(Condition::Stale, "示例科技", ""),
            in_condition(Condition::Moved, "Old Wire", "https://new.wire.example/feed"),
        ],
        trends: vec![
            trend("Huawei", [0, 1, 0, 0, 2, 1, 0, 0, 3, 4, 2, 1, 5, 9]),
            trend("SMIC", [1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 0, 0, 2]),
        ],
    }
}

/// A source that fails for this reason.
pub(super) fn problem(source: &str, why: &str) -> SourceProblem {
    SourceProblem { source: source.into(), why: why.into(), standing: Some(standing()) }
}

fn in_condition(condition: Condition, source: &str, why: &str) -> SourceProblem {
    let cause = Some(Cause::BotWall).filter(|_| condition == Condition::Blocked);
    SourceProblem { standing: Some(Standing { condition, cause, ..standing() }), ..problem(source, why) }
}

fn standing() -> Standing {
    Standing {
        condition: Condition::Failing,
        cause: Some(Cause::Server),
        since: at("2026-11-20T21:10:00Z"),
        next: Some(at("2026-11-21T01:00:00Z")),
    }
}

/// A digest of a quiet night.
pub(super) fn quiet_digest() -> Message {
    Message::Digest {
        name: "Điểm tin sáng".into(),
        from: at("2026-11-20T00:30:00Z"),
        until: at("2026-11-21T00:30:00Z"),
        items: Vec::new(),
        omitted: 0,
        source_problems: Vec::new(),
        trends: Vec::new(),
    }
}

/// A notice to the operator.
pub(super) fn notice() -> Message {
    Message::Notice(Notice {
        subject: "sources.toml was not reloaded: 1 problem".into(),
        text: "sources.toml:14:9: unknown key `evry`; did you mean `every`?\n\nThe previous configuration stays in use. Mend the file; it is read again as soon as it is saved.".into(),
    })
}
