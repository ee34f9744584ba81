//! The character encoding that a page names within itself.

/// How far into a page its encoding may be named; browsers look at 1,024 bytes, sites put it later.
const REACH: usize = 8192;

/// The label in `<meta charset=…>`, in the content of a `<meta http-equiv>` or in an XML declaration.
pub(super) fn charset(page: &[u8]) -> Option<String> {
    let start = page.get(..REACH.min(page.len()))?;
    let text: String = start.iter().map(|byte| byte.to_ascii_lowercase() as char).collect();
    for (at, _) in text.match_indices("charset") {
        if let Some(label) = text.get(at + "charset".len()..).and_then(assigned) {
            return Some(label);
        }
    }
    let declaration = text.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    declaration.split_once("encoding").and_then(|(_, rest)| assigned(rest))
}

fn assigned(rest: &str) -> Option<String> {
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))?;
    value.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_encoding_in_several_ways() {
        for (page, label) in [
            ("<META CHARSET='Windows-1258'>", Some("windows-1258")),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">", Some("gb2312")),
            ("<?xml version=\"1.0\" encoding=\"euc-kr\"?><html>", Some("euc-kr")),
            ("<p>the charset of old pages</p>", None),
        ] {
            assert_eq!(charset(page.as_bytes()).as_deref(), label, "{page}");
        }
    }
}
