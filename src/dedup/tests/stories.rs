//! Stories, and groups of all kinds.

use super::*;
use crate::model::Timestamp;

/// One event in three languages, and the entities that a catalogue finds there.
fn event() -> [Facts; 3] {
    [
        facts(
            "Huawei rót 1,2 tỷ USD vào nhà máy ở Đông Quản\nHuawei hôm thứ Ba cho biết sẽ chi 1,2 tỷ USD cho một nhà máy mới, dự kiến tuyển 3.500 người.\nSản lượng sẽ tăng 45% so với năm ngoái.",
            &["Huawei"],
        ),
        facts(
            "Huawei to spend $1.2 billion on Dongguan plant\nHuawei said on Tuesday it would spend $1.2 billion on a new plant and hire 3,500 people.\nOutput is to grow 45% from last year.",
            &["Huawei"],
        ),
        facts(
            "华为斥资12亿美元在东莞建厂\n华为周二表示，将投资12亿美元建设新工厂，招聘3500人。\n产量将比去年增长45%。",
            &["Huawei"],
        ),
    ]
}

#[test]
fn one_event_is_one_story_in_three_languages() {
    let event = event();
    for first in &event {
        for second in &event {
            assert!(same_story(first, second), "{first:?}\n{second:?}");
        }
    }
}

#[test]
fn a_name_in_common_is_no_story() {
    let other = [
        facts(
            "Huawei ra mắt đồng hồ mới tại Paris\nHuawei giới thiệu đồng hồ với pin dùng 14 ngày, giá 349 euro.\nSản phẩm bán từ tháng sau.",
            &["Huawei"],
        ),
        facts(
            "Huawei profit falls 28% in first half\nHuawei earned 37.2 billion yuan, down 28%, as it spent more on research.\nRevenue rose 4%.",
            &["Huawei"],
        ),
        facts(
            "华为与车企合作推出新款轿车\n华为与合作伙伴发布新款轿车，起售价23.5万元。\n首批车辆将于下月交付。",
            &["Huawei"],
        ),
    ];
    for first in event().iter().chain(&other) {
        for second in &other {
            assert!(
                std::ptr::eq(first, second) || first == second || !same_story(first, second),
                "{first:?}\n{second:?}"
            );
        }
    }
}

#[test]
fn the_same_people_places_and_sum_throughout_are_one_story() {
    let sued = facts(
        "Orvane kiện Kestrel Micro vi phạm bằng sáng chế\nOrvane hôm thứ Hai nộp đơn kiện Kestrel Micro tại tòa án Texas.\nHãng đòi bồi thường 850 triệu USD, theo giám đốc điều hành Dana Whitlock.",
        &[],
    );
    let english = facts(
        "Orvane sues Kestrel Micro over patents\nOrvane sued Kestrel Micro in a Texas court on Monday.\nIt is seeking $850 million, chief executive Dana Whitlock said.",
        &[],
    );
    assert!(same_story(&sued, &english));
    assert!(!same_story(
        &sued,
        &facts(
            "Orvane và Kestrel Micro hòa giải\nOrvane và Kestrel Micro rút đơn kiện tại Texas.\nKestrel trả 120 triệu USD, Dana Whitlock nói.",
            &[],
        )
    ));
}

#[test]
fn a_story_has_its_time_but_a_copy_has_none() {
    let [vietnamese, english, _] = event();
    let at = |facts: &Facts, hours: i64| Facts {
        published: Some(Timestamp::from_micros(hours * 3_600_000_000)),
        ..facts.clone()
    };
    assert!(same_story(&at(&vietnamese, 0), &at(&english, 70)));
    assert!(same_story(&at(&vietnamese, 70), &at(&english, 0)));
    assert!(!same_story(&at(&vietnamese, 0), &at(&english, 80)));
    assert!(same_story(&at(&vietnamese, 0), &at(&vietnamese, 800)));
}

#[test]
fn two_newsrooms_with_one_headline_tell_one_story() {
    let first = facts(
        "Sao Mai và Thiên Long bắt tay làm pin xe điện\nHai công ty Sao Mai và Thiên Long ký thỏa thuận tại Hà Nội.\nNhà máy sẽ được xây ở miền Trung.",
        &[],
    );
    let second = facts(
        "Sao Mai, Thiên Long bắt tay làm pin cho xe điện\nTập đoàn Sao Mai sẽ cùng với Thiên Long phát triển pin.\nLễ ký diễn ra vào buổi sáng.",
        &[],
    );
    let third = facts(
        "Sao Mai, Thiên Long tranh chấp nhãn hiệu nước giải khát\nTập đoàn Sao Mai kiện Thiên Long ra tòa.\nPhiên xử đầu tiên mở vào tuần tới.",
        &[],
    );
    assert!(same_story(&first, &second));
    assert!(!same_story(&first, &third) && !same_story(&second, &third));
}

#[test]
fn groups_are_exact_near_or_a_story() {
    let [vietnamese, english, chinese] = event();
    let whole = facts(ENGLISH, &[]);
    let cut = facts(&lines(ENGLISH)[..4].join("\n"), &[]);
    let articles = [
        whole.clone(),
        vietnamese,
        facts(&ENGLISH.to_uppercase(), &[]),
        cut,
        english,
        facts(VIETNAMESE, &[]),
        chinese,
    ];
    let groups: Vec<_> = group(&articles).into_iter().map(|group| (group.kind, group.members)).collect();
    assert_eq!(
        groups,
        [(GroupKind::Exact, vec![0, 2]), (GroupKind::Near, vec![0, 2, 3]), (GroupKind::Story, vec![1, 4, 6])]
    );
    assert_eq!(group(&[]), []);
}
