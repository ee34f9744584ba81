//! Rust files: their code, what of it only tests compile, and the paths it uses.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use crate::tokens::{Token, is_word, text, tokens};

/// A path of the code with every group written out, as in `crate::model::Entry`.
#[derive(Debug)]
pub(crate) struct UsedPath {
    /// Its words.
    pub(crate) words: Vec<String>,
    /// Where it begins.
    pub(crate) line: usize,
    /// How many inline modules it stands in.
    pub(crate) inline_modules: usize,
}

/// One file below src/.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Relative to src/, with `/`.
    pub(crate) path: String,
    /// As written.
    pub(crate) text: String,
    /// All of its code.
    pub(crate) code: Vec<Token>,
    /// Its code without what only tests compile.
    pub(crate) product: Vec<Token>,
    test_modules: Vec<String>,
}

impl SourceFile {
    /// Reads a file's text; `path` is relative to src/.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let code = tokens(text);
        let (product, tests) = without_tests(&code);
        let folder = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let test_modules = tests.into_iter().map(|name| format!("{folder}/{name}")).collect();
        Self { path: path.to_owned(), text: text.to_owned(), code, product, test_modules }
    }

    /// The same file where only tests compile it.
    pub(crate) fn only_for_tests(self) -> Self {
        Self { product: Vec::new(), ..self }
    }

    /// Paths without `.rs` of the modules declared here that only tests compile.
    pub(crate) fn test_modules(&self) -> &[String] {
        &self.test_modules
    }
}

/// Every Rust file below `root`, in order of path.
pub(crate) fn tree(root: &Path) -> io::Result<Vec<SourceFile>> {
    let mut paths = BTreeSet::new();
    collect(root, "", &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        files.push(SourceFile::new(&path, &fs::read_to_string(root.join(&path))?));
    }
    let for_tests: Vec<String> = files.iter().flat_map(|file| file.test_modules.clone()).collect();
    let is_test = |path: &str| {
        for_tests.iter().any(|module| {
            path.strip_prefix(module.as_str()).is_some_and(|tail| tail == ".rs" || tail.starts_with('/'))
        })
    };
    Ok(files.into_iter().map(|file| if is_test(&file.path) { file.only_for_tests() } else { file }).collect())
}

fn collect(folder: &Path, prefix: &str, paths: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), paths)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            paths.insert(name);
        }
    }
    Ok(())
}

/// Every path in `code`: each leaf of each `use`, and each path written inline.
pub(crate) fn paths(code: &[Token]) -> Vec<UsedPath> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = code.get(at) {
        let next = text(code, at + 1);
        let begins_use = token.text == "use";
        let begins_path = is_word(&token.text) && next == "::" && !continues_path(code, at);
        let start = if begins_use { at + 1 } else { at };
        at =
            if begins_use || begins_path { branch(code, start, &mut Vec::new(), &mut found) } else { at + 1 };
    }
    found
}

/// Whether the word at `at` belongs to a longer path or is a field.
fn continues_path(code: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text(code, before));
    let earlier = at.checked_sub(2).map_or("", |earlier| text(code, earlier));
    before == "." || (before == "::" && (is_word(earlier) || earlier == ">"))
}

/// Reads one branch of a use tree that begins at `at`; returns where it ends.
fn branch(code: &[Token], mut at: usize, words: &mut Vec<String>, found: &mut Vec<UsedPath>) -> usize {
    let known = words.len();
    let mut closed = false;
    while let Some(token) = code.get(at).filter(|_| !closed) {
        match token.text.as_str() {
            "::" => at += 1,
            "{" => {
                at = group(code, at + 1, words, found);
                words.truncate(known);
                return at;
            }
            word if word == "*" || is_word(word) => {
                words.push(word.to_owned());
                at += 1;
                closed = text(code, at) != "::" || !opens_branch(text(code, at + 1));
            }
            _ => break,
        }
    }
    if words.len() > known
        && let Some(first) = at.checked_sub(1).and_then(|last| code.get(last))
    {
        let path = UsedPath { words: words.clone(), line: first.line, inline_modules: first.inline_modules };
        found.push(path);
    }
    words.truncate(known);
    at
}

/// Reads `a, b::c as d}` after its brace; returns the place after the closing brace.
fn group(code: &[Token], mut at: usize, words: &mut Vec<String>, found: &mut Vec<UsedPath>) -> usize {
    loop {
        match text(code, at) {
            "" => return at,
            "}" => return at + 1,
            word if opens_branch(word) => at = branch(code, at, words, found).max(at + 1),
            _ => at += 1,
        }
        if text(code, at) == "as" {
            at += 2;
        }
    }
}

fn opens_branch(word: &str) -> bool {
    is_word(word) || matches!(word, "{" | "*" | "::")
}

/// The code outside items marked `#[cfg(test)]`, and the names of modules in other files that are so marked.
fn without_tests(code: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (product, tests) = without_marked(code, |attribute| attribute == ["cfg", "(", "test", ")"]);
    let elsewhere = tests.iter().filter_map(|item| match item.as_slice() {
        [.., keyword, name, semicolon] if keyword.text == "mod" && semicolon.text == ";" => {
            Some(name.text.clone())
        }
        _ => None,
    });
    (product, elsewhere.collect())
}

/// The code outside items with an attribute that `is_mark` picks by its words, and those items.
pub(crate) fn without_marked(
    code: &[Token],
    is_mark: impl Fn(&[&str]) -> bool,
) -> (Vec<Token>, Vec<Vec<Token>>) {
    let (mut rest, mut items) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(token) = code.get(at) {
        let begins_attribute = token.text == "#" && text(code, at + 1) == "[";
        let attribute = if begins_attribute { attribute(code, at + 2) } else { Vec::new() };
        if !is_mark(&attribute) {
            rest.push(token.clone());
            at += 1;
            continue;
        }
        let start = at + attribute.len() + 3;
        at = item_end(code, start);
        items.push(code.get(start..at).unwrap_or_default().to_vec());
    }
    (rest, items)
}

/// The words of an attribute from `start` up to its closing bracket.
fn attribute(code: &[Token], start: usize) -> Vec<&str> {
    let mut depth = 1_usize;
    let words = code.iter().skip(start).map(|token| token.text.as_str());
    words
        .take_while(|word| {
            match *word {
                "[" => depth += 1,
                "]" => depth -= 1,
                _ => {}
            }
            depth > 0
        })
        .collect()
}

/// Where the item ends that begins at `at`: after its `;` or its closing brace.
fn item_end(code: &[Token], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(token) = code.get(at) {
        at += 1;
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" if depth <= 1 => return at,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            ";" if depth == 0 => return at,
            _ => {}
        }
    }
    at
}
