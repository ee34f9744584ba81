//! A lexer of just enough Rust: words and marks with their lines, without comments and literals.

/// A word, `::` or one other character of code; comments and literals are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// As written.
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// How many inline `mod x { … }` it stands in.
    pub(crate) inline_modules: usize,
}

/// The code of a file.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    with_inline_modules(lex(source))
}

/// Whether a token is a name or keyword.
pub(crate) fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The text of the token at `at`; empty beyond the end.
pub(crate) fn text(code: &[Token], at: usize) -> &str {
    code.get(at).map_or("", |token| token.text.as_str())
}

fn with_inline_modules(mut code: Vec<Token>) -> Vec<Token> {
    let mut braces: Vec<bool> = Vec::new();
    for at in 0..code.len() {
        match text(&code, at) {
            "{" => braces.push(at >= 2 && text(&code, at - 2) == "mod"),
            "}" => drop(braces.pop()),
            _ => {}
        }
        if let Some(token) = code.get_mut(at) {
            token.inline_modules = braces.iter().filter(|is_module| **is_module).count();
        }
    }
    code
}

fn lex(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while !rest.is_empty() {
        let skipped = skipped_length(rest);
        let length = if skipped > 0 { skipped } else { token_length(rest) };
        let (read, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if skipped == 0 {
            tokens.push(Token { text: read.to_owned(), line, inline_modules: 0 });
        }
        line += read.matches('\n').count();
        rest = tail;
    }
    tokens
}

fn token_length(rest: &str) -> usize {
    if rest.starts_with("::") {
        return 2;
    }
    let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    if word > 0 { word } else { rest.chars().next().map_or(1, char::len_utf8) }
}

/// How many bytes of white space, comment or literal stand here.
fn skipped_length(rest: &str) -> usize {
    if rest.starts_with(char::is_whitespace) {
        return rest.len() - rest.trim_start().len();
    }
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment_length(rest);
    }
    if rest.starts_with('\'') {
        return character_length(rest);
    }
    string_length(rest)
}

fn block_comment_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut read = 0;
    while let Some(tail) = rest.get(read..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            read += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            read += 2;
        } else {
            read += tail.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            return read;
        }
    }
    rest.len()
}

/// `'x'` and `'\n'` are characters, `'a` is a lifetime, which is left to be read as code.
fn character_length(rest: &str) -> usize {
    let mut inner = rest.char_indices().skip(1);
    match (inner.next(), inner.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let after = at + escaped.len_utf8();
            rest.get(after..).and_then(|tail| tail.find('\'')).map_or(rest.len(), |end| after + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 0,
    }
}

/// `"…"`, with `b`, `c`, `r` and `#` before it where it has them; zero where no string begins.
fn string_length(rest: &str) -> usize {
    let prefix = rest.find(|c| !matches!(c, 'b' | 'c' | 'r')).unwrap_or(rest.len());
    let (letters, tail) = rest.split_at_checked(prefix).unwrap_or((rest, ""));
    let is_raw = letters.ends_with('r');
    let hashes = if is_raw { tail.len() - tail.trim_start_matches('#').len() } else { 0 };
    let Some(content) = tail.get(hashes..).and_then(|tail| tail.strip_prefix('"')) else { return 0 };
    let start = rest.len() - content.len();
    if is_raw {
        let close = format!("\"{}", "#".repeat(hashes));
        return content.find(&close).map_or(rest.len(), |end| start + end + close.len());
    }
    let mut escaped = false;
    for (at, c) in content.char_indices() {
        if c == '"' && !escaped {
            return start + at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}
