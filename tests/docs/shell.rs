//! The command lines of a page, as far as our own program is concerned.

/// The arguments of each call of diemtin in `text`, one line or several, however it is started.
pub(crate) fn calls(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\\\n", " ");
    text.lines().flat_map(commands).filter_map(|words| arguments(&words)).collect()
}

/// What diemtin is given, where these words start it.
fn arguments(words: &[String]) -> Option<Vec<String>> {
    let is_ours = |word: &String| word == "diemtin" || word.ends_with("/diemtin");
    let assigned = words.iter().take_while(|word| is_assignment(word)).count();
    let words = words.get(assigned..)?;
    let starts = |start: &[&str]| words.len() >= start.len() && words.iter().zip(start).all(|(a, b)| a == b);
    let start = if starts(&["cargo", "run"]) {
        words.iter().position(|word| word == "--")?
    } else if starts(&["docker", "compose", "exec"]) {
        words.iter().rposition(is_ours)?
    } else {
        words.iter().take(1).position(is_ours)?
    };
    Some(words.get(start + 1..)?.to_vec())
}

fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

/// The commands of one line, without comments and redirections.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut redirected = false;
    for word in words(line) {
        match word.as_str() {
            "|" | "||" | "&&" | ";" => commands.push(Vec::new()),
            ">" | ">>" | "<" => redirected = true,
            _ if redirected => redirected = false,
            _ => commands.last_mut().expect("there is always one").push(word),
        }
    }
    commands
}

/// Words as a shell splits them: quotes hold together, `#` at the beginning of a word ends the line.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn calls_are_found_however_they_are_written() {
    for (text, expected) in [
        ("diemtin check", vec![vec!["check"]]),
        ("diemtin poll \"VnExpress Số hóa\"   # one source", vec![vec!["poll", "VnExpress Số hóa"]]),
        ("cargo run --release -- demo --seconds 5", vec![vec!["demo", "--seconds", "5"]]),
        ("docker compose exec -T diemtin diemtin outbox list", vec![vec!["outbox", "list"]]),
        ("docker compose logs -f diemtin", vec![]),
        ("echo 'Huawei | SMIC' | diemtin inspect entities -", vec![vec!["inspect", "entities", "-"]]),
        ("diemtin schema > a.json && diemtin check", vec![vec!["schema"], vec!["check"]]),
        ("DIEMTIN_LOG=debug /usr/bin/diemtin run", vec![vec!["run"]]),
        ("diemtin search a \\\n  b\n# diemtin nothing", vec![vec!["search", "a", "b"]]),
        ("cargo test --locked", vec![]),
    ] {
        assert_eq!(calls(text), expected, "{text}");
    }
}
