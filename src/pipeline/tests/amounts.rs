//! What happens to an article within a period is told in its digest as what it amounts to.

use super::edits::{BODY, article, filed};
use super::*;
use crate::model::{ChangeKind, Item, Message, WordChange};

const OTHER: &str = "Đại diện hãng nói thêm rằng bản mẫu chạy ổn định suốt nửa năm qua tại phòng thí nghiệm.";

/// A desk whose one article stood in the digest before.
async fn told() -> Desk {
    let desk = filed().await;
    open_digest_periods(&desk.context).await.unwrap();
    desk.pass(MINUTE);
    assert_eq!(close_digest_now(&desk.context, &desk.context.plan.digests[0]).await.unwrap(), 1);
    desk
}

impl Desk {
    /// What the digest would hold now.
    async fn digest(&self) -> Vec<Item> {
        let digest = &self.context.plan.digests[0].digest;
        match preview_digest(&self.context, digest, None).await.unwrap() {
            Some(Message::Digest { items, .. }) => items,
            _ => Vec::new(),
        }
    }
}

/// What became what.
type Pairs<'a> = &'a [(&'a str, &'a str)];

fn pairs(words: &[WordChange]) -> Vec<(&str, &str)> {
    words.iter().map(|words| (words.from.as_str(), words.to.as_str())).collect()
}

#[tokio::test]
async fn several_edits_are_told_as_the_difference_of_the_first_state_and_the_last() {
    let figure = |to: &str| article(&BODY.replace("384", to), 2);
    let also = |to: &str| figure(to).replace("nửa năm", "ba tháng");
    let cases: [(&str, Vec<String>, Pairs<'_>); 5] = [
        ("one", vec![figure("382")], &[("384", "382")]),
        ("two of one word", vec![figure("383"), figure("382")], &[("384", "382")]),
        ("taken back", vec![figure("382"), article(BODY, 3)], &[]),
        ("one of two taken back", vec![figure("382"), also("382"), also("384")], &[("nửa năm", "ba tháng")]),
        (
            "in two places",
            vec![figure("383"), also("383"), also("382")],
            &[("384", "382"), ("nửa năm", "ba tháng")],
        ),
    ];
    for (what, states, expected) in cases {
        let desk = told().await;
        for state in states {
            desk.recheck_later(&state).await;
        }
        let items = desk.digest().await;
        let words: Vec<_> = items.iter().filter_map(|item| item.change.as_ref()).collect();
        let words: Vec<_> = words.iter().flat_map(|told| pairs(&told.change.words)).collect();
        assert_eq!(words, expected, "{what}");
        assert_eq!(items.len(), usize::from(!expected.is_empty()), "{what}");
    }
}

#[tokio::test]
async fn a_paragraph_that_came_and_changed_is_told_as_it_stands() {
    let desk = told().await;
    let with = |line: &str| article(BODY, 2).replace(OTHER, &format!("{OTHER}</p><p>{line}"));
    let line = |figure: &str| {
        format!("Hãng cho biết sẽ giao thêm {figure} tủ máy cho đối tác Huawei vào tháng sau.")
    };
    for figure in ["12", "15", "20"] {
        desk.recheck_later(&with(&line(figure))).await;
    }
    let [item] = desk.digest().await.try_into().unwrap();
    let change = item.change.unwrap().change;
    assert_eq!((change.added, change.removed), (vec![line("20")], vec![]));
    assert_eq!(change.kind, Some(ChangeKind::ParagraphAdded));
}

#[tokio::test]
async fn a_new_article_is_told_as_its_last_version_says_it() {
    let desk = filed().await;
    let page = |title: &str, lead: &str| {
        article(&BODY.replace("384", "382"), 2)
            .replace("Huawei ra mắt hệ thống mới</h1>", &format!("{title}</h1><p class=\"sapo\">{lead}</p>"))
            .replace("Huawei ra mắt hệ thống mới", title)
    };
    let (title, lead) =
        ("Huawei hoãn ra mắt hệ thống", "Huawei dời buổi ra mắt sang tháng sau vì thiếu bộ nhớ.");
    desk.recheck_later(&page(
        "Huawei sắp ra mắt hệ thống",
        "Huawei nói buổi ra mắt vẫn đúng hẹn vào thứ Hai tới.",
    ))
    .await;
    desk.recheck_later(&page(title, lead)).await;
    let [item] = desk.digest().await.try_into().unwrap();
    assert_eq!((item.reason, item.title.as_str(), item.lead.as_str()), (Reason::New, title, lead));
    assert!(item.change.is_none());
}

#[tokio::test]
async fn what_is_gone_is_told_and_what_is_back_is_not() {
    for is_known in [true, false] {
        let desk = if is_known { told().await } else { filed().await };
        desk.put("/a", 404, "<h1>404</h1>");
        for _ in 0..5 {
            desk.pass(Duration::from_hours(2));
            desk.recheck_due().await;
        }
        let [item] = desk.digest().await.try_into().unwrap();
        assert_eq!(item.reason, if is_known { Reason::Edit } else { Reason::New });
        assert_eq!(item.change.unwrap().change.kind, Some(ChangeKind::TakenDown));
        assert!(is_known || !item.entities.is_empty(), "it says what it said");
        desk.put("/a", 200, &article(BODY, 5));
        desk.pass(Duration::from_hours(2));
        desk.recheck_due().await;
        let items = desk.digest().await;
        assert_eq!(items.len(), usize::from(!is_known));
        assert!(items.iter().all(|item| item.change.is_none()));
    }
}

#[tokio::test]
async fn what_is_back_since_the_last_digest_is_told_beside_what_else_was_changed() {
    let cases: [(&[&str], Pairs<'_>); 3] =
        [(&["384"], &[]), (&["382", "380"], &[("384", "380")]), (&["382", "384"], &[])];
    for (figures, expected) in cases {
        let desk = told().await;
        desk.put("/a", 410, "gone");
        desk.pass(20 * MINUTE);
        desk.recheck_due().await;
        close_digest_now(&desk.context, &desk.context.plan.digests[0]).await.unwrap();
        for (figure, noise) in figures.iter().zip(5..) {
            desk.put("/a", 200, &article(&BODY.replace("384", figure), noise));
            desk.pass(DAY);
            desk.recheck_due().await;
        }
        let [item] = desk.digest().await.try_into().unwrap();
        let change = item.change.unwrap().change;
        assert_eq!(change.kind, Some(ChangeKind::Restored), "{figures:?}");
        assert_eq!(pairs(&change.words), expected, "{figures:?}");
    }
}
