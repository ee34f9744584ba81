//! What a shell made of a query, put together again.

use super::token::FIELDS;

/// The query that the arguments of a command line stand for. The shell has taken quotes away: an argument with spaces was quoted, so it
/// is a phrase, or the value behind `source:`; but not where it reads as a query of its own.
pub fn typed(arguments: &[String]) -> String {
    let parts: Vec<String> =
        arguments.iter().map(|argument| one(argument.trim())).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn one(argument: &str) -> String {
    let is_query =
        argument.contains(['"', '“', '”']) || argument.split_whitespace().skip(1).any(is_part_of_query);
    if is_query || !argument.contains(char::is_whitespace) {
        return argument.to_owned();
    }
    let (sign, rest) = argument.strip_prefix('-').map_or(("", argument), |rest| ("-", rest));
    match rest.split_once(':').filter(|(field, _)| is_field(field)) {
        Some((field, value)) => format!("{sign}{field}:\"{}\"", value.trim()),
        None if argument.starts_with("NOT ") => argument.to_owned(),
        None => format!("{sign}\"{rest}\""),
    }
}

fn is_part_of_query(word: &str) -> bool {
    let behind_minus = word.strip_prefix('-').filter(|rest| !rest.is_empty());
    let field = behind_minus.unwrap_or(word).split_once(':').is_some_and(|(field, _)| is_field(field));
    matches!(word, "AND" | "OR" | "NOT")
        || field
        || behind_minus.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

fn is_field(word: &str) -> bool {
    FIELDS.iter().any(|(name, _)| word.eq_ignore_ascii_case(name))
}
