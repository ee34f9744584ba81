//! JSON's words without quotes.

use super::value::Value;

/// More digits are no number that means anything.
const LONGEST_NUMBER: usize = 64;

/// `null`, `true`, `false` or a number.
pub(super) fn standard(word: &str) -> Option<Value<'_>> {
    match word {
        "null" => Some(Value::Null),
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        number => is_number(number).then_some(Value::Number(number)),
    }
}

/// Names that JavaScript and Python have for no value or no number.
pub(super) fn is_no_value(word: &str) -> bool {
    let word = word.trim_start_matches(['-', '+']);
    ["nan", "infinity", "inf", "undefined", "none", "nil", "null"]
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && word.len() <= LONGEST_NUMBER
        && word.parse::<f64>().is_ok_and(f64::is_finite)
}
