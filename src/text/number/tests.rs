//! Amounts, dates and names with digits, as three languages write them.

use proptest::prelude::*;

use super::Currency::{Cny, Eur, Gbp, Jpy, Krw, Usd, Vnd};
use super::Number::{Count, Day, Money, Ordinal, Percent, Year};
use super::*;

const MILLION: i64 = 1_000_000_000;
const BILLION: i64 = 1_000 * MILLION;
const TRILLION: i64 = 1_000 * BILLION;

fn read(text: &str) -> Vec<Number> {
    numbers(text).into_iter().map(|found| found.number).collect()
}

#[test]
fn one_amount_of_money_in_three_languages() {
    for text in [
        "6.000 tỷ USD",
        "6 nghìn tỷ đô la Mỹ",
        "sáu nghìn tỷ USD",
        "6,000 billion dollars",
        "$6 trillion",
        "$6tn",
        "US$6 trillion",
        "6-trillion-dollar",
        "six trillion dollars",
        "6万亿美元",
        "60000亿美元",
        "六万亿美元",
    ] {
        assert_eq!(read(text), [Money(Usd, 6 * TRILLION)], "{text}");
    }
}

#[test]
fn quantities_with_their_units() {
    for (text, number) in [
        ("1,5 triệu", Count(1_500_000_000)),
        ("1.5 million", Count(1_500_000_000)),
        ("150万", Count(1_500_000_000)),
        ("khoảng 1.600 người được hỏi ở đây", Count(1_600_000)),
        ("some 1,600 people", Count(1_600_000)),
        ("384 tỷ NDT", Money(Cny, 384 * BILLION)),
        ("384 billion yuan", Money(Cny, 384 * BILLION)),
        ("3840亿元人民币", Money(Cny, 384 * BILLION)),
        ("4,3 tỷ nhân dân tệ", Money(Cny, 4_300 * MILLION)),
        ("12 亿美元", Money(Usd, 1_200 * MILLION)),
        ("$1.2 billion", Money(Usd, 1_200 * MILLION)),
        ("1,2 tỉ USD", Money(Usd, 1_200 * MILLION)),
        ("USD 1.2bn", Money(Usd, 1_200 * MILLION)),
        ("$5m", Money(Usd, 5 * MILLION)),
        ("128,5 triệu đồng", Money(Vnd, 128_500 * 1_000_000)),
        ("128.5 triệu đồng", Money(Vnd, 128_500 * 1_000_000)),
        ("500.000đ", Money(Vnd, 500_000_000)),
        ("€3.2bn", Money(Eur, 3_200 * MILLION)),
        ("£40 million", Money(Gbp, 40 * MILLION)),
        ("300亿日元", Money(Jpy, 30 * BILLION)),
        ("2 trillion won", Money(Krw, 2 * TRILLION)),
        ("HK$5 billion", Count(5 * BILLION)),
        ("83%", Percent(83_000)),
        ("12,5 phần trăm", Percent(12_500)),
        ("12.5 per cent", Percent(12_500)),
        ("两成", Percent(20_000)),
        ("3成", Percent(30_000)),
        ("百分之三十五", Percent(35_000)),
        ("三百亿元", Money(Cny, 30 * BILLION)),
        ("1.250 tỷ", Count(1_250 * BILLION)),
        ("1.250 billion", Count(1_250 * MILLION)),
        ("1,234,567.5", Count(1_234_567_500)),
        ("1.234.567,5", Count(1_234_567_500)),
    ] {
        assert_eq!(read(text), [number], "{text}");
    }
}

#[test]
fn both_ends_of_a_range_have_its_unit() {
    for (text, range) in [
        ("11-19%", [Percent(11_000), Percent(19_000)]),
        ("từ 11% đến 19%", [Percent(11_000), Percent(19_000)]),
        ("5 đến 6 tỷ USD", [Money(Usd, 5 * BILLION), Money(Usd, 6 * BILLION)]),
        ("$5-6 billion", [Money(Usd, 5 * BILLION), Money(Usd, 6 * BILLION)]),
        ("3-5 triệu người", [Count(3 * MILLION), Count(5 * MILLION)]),
        ("20至30亿元", [Money(Cny, 2 * BILLION), Money(Cny, 3 * BILLION)]),
    ] {
        assert_eq!(read(text), range, "{text}");
    }
}

#[test]
fn years_days_and_ordinals_are_no_quantities() {
    for (text, found) in [
        ("năm 2023", vec![Year(2023)]),
        ("in 2023", vec![Year(2023)]),
        ("2023年", vec![Year(2023)]),
        ("sáng 26/7", vec![Day(7, 26)]),
        ("24/1/2025", vec![Day(1, 24)]),
        ("24-1-2025", vec![Day(1, 24)]),
        ("2025-01-24", vec![Day(1, 24)]),
        ("ngày 24 tháng 1 năm 2025", vec![Day(1, 24), Year(2025)]),
        ("January 24, 2025", vec![Day(1, 24), Year(2025)]),
        ("24 January 2025", vec![Day(1, 24), Year(2025)]),
        ("Jan. 24", vec![Day(1, 24)]),
        ("2025年1月24日", vec![Year(2025), Day(1, 24)]),
        ("đứng thứ 3", vec![Ordinal(3)]),
        ("the 3rd time", vec![Ordinal(3)]),
        ("第3次", vec![Ordinal(3)]),
        ("lúc 6:00 ngày 2/9", vec![Day(9, 2)]),
    ] {
        assert_eq!(read(text), found, "{text}");
    }
}

#[test]
fn names_versions_and_codes_are_no_numbers() {
    for text in
        ["GPT-4", "Qwen3", "910C", "7nm", "1.2.3", "0981.HK", "tháng 12", "năm nay", "two chips", "12h30"]
    {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn a_number_knows_its_place() {
    let text = "Giá trị 6.000 tỷ USD mỗi năm.";
    let places: Vec<&str> =
        numbers(text).into_iter().filter_map(|found| text.get(found.start..found.end)).collect();
    assert_eq!(places, ["6.000 tỷ USD"]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,80}", figures in "[0-9.,/:% $亿万tỷđ-]{0,60}") {
        for text in [&text, &figures] {
            for found in numbers(text) {
                prop_assert!(text.get(found.start..found.end).is_some());
            }
        }
    }
}

#[test]
fn cost_grows_with_the_length_alone() {
    for piece in ["1.", "1,000.", "9", "一", "百", "1/1/1", "$", "1-", "năm ", "1 "] {
        assert!(numbers(&piece.repeat(20_000)).len() <= 512, "{piece}");
    }
}
