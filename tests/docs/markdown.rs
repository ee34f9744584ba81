//! What a Markdown page shows: fenced blocks, code spans, tables, links.

use std::fs;
use std::path::{Path, PathBuf};

/// A page of the repository.
pub(crate) struct Page {
    /// Relative to the repository.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A fenced block without its fences.
pub(crate) struct Block {
    /// The line of its opening fence.
    pub(crate) line: usize,
    /// What stands behind the opening fence.
    pub(crate) language: String,
    pub(crate) text: String,
}

impl Page {
    /// Every page that ships.
    pub(crate) fn all() -> Vec<Self> {
        let top = fs::read_dir(root()).expect("the repository can be listed");
        let docs = fs::read_dir(root().join("docs")).expect("docs/ can be listed");
        let paths = top.chain(docs).map(|entry| entry.expect("an entry").path());
        let mut pages: Vec<Self> = paths
            .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
            .map(|path| {
                Self::read(&path.strip_prefix(root()).expect("below the repository").to_string_lossy())
            })
            .collect();
        pages.sort_by(|a, b| a.name.cmp(&b.name));
        pages
    }

    pub(crate) fn read(name: &str) -> Self {
        let text = fs::read_to_string(root().join(name))
            .unwrap_or_else(|error| panic!("{name} cannot be read: {error}"));
        Self { name: name.to_owned(), text }
    }

    /// Its fenced blocks of one language.
    pub(crate) fn blocks(&self, language: &str) -> Vec<Block> {
        let mut blocks = self.fenced();
        blocks.retain(|block| block.language == language);
        blocks
    }

    fn fenced(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for (index, line) in self.text.lines().enumerate() {
            match (&mut open, line.trim().strip_prefix("```")) {
                (None, Some(language)) => {
                    let language = language.to_owned();
                    open = Some(Block { line: index + 1, language, text: String::new() });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(block), None) => block.text.extend([line, "\n"]),
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block is never closed", self.name);
        blocks
    }

    /// The text outside fenced blocks.
    pub(crate) fn prose(&self) -> String {
        let mut fenced = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            if line.trim().starts_with("```") {
                fenced = !fenced;
            } else if !fenced {
                prose.extend([line, "\n"]);
            }
        }
        prose
    }

    /// What stands between backticks outside fenced blocks.
    pub(crate) fn spans(&self) -> Vec<String> {
        self.prose().split('`').skip(1).step_by(2).map(|span| span.replace('\n', " ")).collect()
    }

    /// The cells of each row of each table.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let prose = self.prose();
        let rows = prose.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
        rows.map(|row| row.split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
    }

    /// Where its links lead, but for those to other sites.
    pub(crate) fn local_links(&self) -> Vec<String> {
        let prose = self.prose();
        let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
    }

    /// The anchors of its headings, as GitHub makes them.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let prose = self.prose();
        let headings = prose.lines().filter(|line| line.starts_with('#'));
        let anchor = |heading: &str| {
            let words = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        };
        headings.map(anchor).collect()
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
