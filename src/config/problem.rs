//! What is wrong with sources.toml, where, and what to do about it.

use std::fmt;

/// One thing that is wrong, at its place in the file. Secrets never stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as the user named it.
    pub file: String,
    /// Counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Characters, counted from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// What may have been meant.
    pub suggestion: Option<String>,
    /// The line it stands in, secrets hidden; empty where the file as a whole is meant.
    pub excerpt: String,
    /// Spaces and carets that point at the offending text when shown below `excerpt`.
    pub caret: String,
}

impl Problem {
    /// A problem of the file as a whole.
    pub(super) fn of_file(file: &str, message: String) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            message,
            suggestion: None,
            excerpt: String::new(),
            caret: String::new(),
        }
    }
}

impl Problem {
    /// A problem of a line of another file.
    pub(super) fn of_line(file: &str, line: usize, text: &str, message: String) -> Self {
        let excerpt = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
        let margin = excerpt.len() - excerpt.trim_start().len();
        let caret = format!("{}^", excerpt.chars().take(margin).collect::<String>());
        Self { line, column: margin + 1, excerpt, caret, ..Self::of_file(file, message) }
    }
}

impl fmt::Display for Problem {
    /// `sources.toml:12:9: unknown key "evry"; did you mean "every"?`, then the line with a caret below.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        // A stage's own sentence may ask already.
        let asked = self.message.to_lowercase().contains("did you mean");
        if let Some(suggestion) = self.suggestion.as_ref().filter(|_| !asked) {
            write!(f, "; did you mean \"{suggestion}\"?")?;
        }
        if self.line > 0 {
            let number = self.line.to_string();
            let margin = " ".repeat(number.len());
            write!(f, "\n  {number} | {}\n  {margin} | {}", self.excerpt, self.caret)?;
        }
        Ok(())
    }
}

/// Everything that is wrong with a file, in the order of its lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    /// One problem after the other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
