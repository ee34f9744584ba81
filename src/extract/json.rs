//! JSON as publishers write it into pages: damaged in a few usual ways.

use serde_json::Value;

/// Most values in one script.
const MOST: usize = 32;

/// The values in a script, in order; those after damage that cannot be mended are left out.
pub(super) fn values(script: &str) -> Vec<Value> {
    let script = unwrapped(script);
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let values = as_many_as_can_be_read(script);
    if !values.is_empty() {
        return values;
    }
    as_many_as_can_be_read(&mended(script))
}

/// Without comment markers around the script and a semicolon after it.
fn unwrapped(script: &str) -> &str {
    const BEFORE: [&str; 5] = ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["];
    const AFTER: [&str; 7] = ["-->", "//]]>", "/*]]>*/", "/* ]]> */", "]]>", "//", ";"];
    let mut script = script.trim().trim_start_matches('\u{feff}');
    while let Some(rest) = BEFORE.iter().find_map(|mark| script.strip_prefix(mark)) {
        script = rest.trim_start();
    }
    while let Some(rest) = AFTER.iter().find_map(|mark| script.strip_suffix(mark)) {
        script = rest.trim_end();
    }
    script
}

/// Some scripts hold one object after the other.
fn as_many_as_can_be_read(json: &str) -> Vec<Value> {
    serde_json::Deserializer::from_str(json).into_iter().take(MOST).map_while(Result::ok).collect()
}

/// Without raw line breaks in strings, commas before a closing bracket, comments, and escapes that JSON does not know.
fn mended(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    let mut in_string = false;
    let mut characters = json.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' if in_string => match characters.next() {
                Some(next) if "\"\\/bfnrtu".contains(next) => clean.extend([c, next]),
                Some(next) => clean.push(next),
                None => {}
            },
            '"' => {
                in_string = !in_string;
                clean.push(c);
            }
            '/' if !in_string && characters.peek() == Some(&'*') => {
                let mut last = ' ';
                characters
                    .by_ref()
                    .skip(1)
                    .find(|next| std::mem::replace(&mut last, *next) == '*' && *next == '/');
            }
            '}' | ']' if !in_string => {
                clean.truncate(clean.trim_end().trim_end_matches(',').len());
                clean.push(c);
            }
            c if c.is_control() => clean.push(' '),
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_damaged_in_the_usual_ways_is_read() {
        let whole = values("{\"a\":\"x y\"}");
        for script in [
            "{\"a\":\"x y\"};",
            "{\"a\":\"x\ny\",}",
            "{\"a\":\"x y\" , }",
            "<!-- {\"a\":\"x y\"} -->",
            "//<![CDATA[\n{\"a\":\"x y\"}\n//]]>",
            "/*<![CDATA[*/{\"a\":\"x y\"}/*]]>*/",
            "{/* the name */ \"a\":\"x y\"}",
            "\u{feff}{\"a\":\"x\ty\"}",
        ] {
            assert_eq!(values(script), whole, "{script}");
        }
        assert_eq!(values("{\"a\":\"it\\'s\"}"), values("{\"a\":\"it's\"}"));
        assert_eq!(values("{\"a\":1}{\"b\":2} and more").len(), 2);
        assert_eq!(values("{\"a\":[1,2").len(), 0);
    }
}
