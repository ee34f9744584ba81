//! What counts as a change, as a source says it.

use super::pattern::{Pattern, Phrase};

/// The options of a watched page, checked. Those of an article are the default.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of sources.toml that is true or false")]
pub struct Options {
    /// A line that contains one of these is left out.
    pub ignore_lines_containing: Vec<Phrase>,
    /// A line that matches one of these is left out.
    pub ignore_lines: Vec<Pattern>,
    /// What matches one of these is left out of its line.
    pub ignore_text: Vec<Pattern>,
    /// Digits and their separators are left out.
    pub ignore_numbers: bool,
    /// Runs of white space are one space, and what cannot be seen is nothing.
    pub ignore_whitespace: bool,
    /// Upper and lower case are equal.
    pub ignore_case: bool,
    /// Quotes, dashes and ellipses are equal to their plain forms.
    pub fold_typography: bool,
    /// Old and new Vietnamese tone placement are equal.
    pub fold_tone_placement: bool,
    /// Full-width forms are equal to plain ones.
    pub fold_width: bool,
    /// Whether the order of lines counts.
    pub order: Order,
    /// Repeated lines count once.
    pub unique_lines: bool,
    /// Only additions or only removals count.
    pub only: Option<Side>,
    /// What these capture, one a line, is all that is compared.
    pub extract: Vec<Pattern>,
    /// Nothing is raised while the page contains none of these.
    pub require_text: Vec<Phrase>,
    /// Nothing is raised while the page contains one of these.
    pub block_if_present: Vec<Phrase>,
    /// A change is raised only if an added line matches one of these, or a removed line one of the next.
    pub alert_if_added: Vec<Pattern>,
    /// A change is raised only if a removed line matches one of these, or an added line one of the above.
    pub alert_if_removed: Vec<Pattern>,
    /// Fewer changed characters raise nothing.
    pub min_changed_chars: u32,
    /// The one number must move by at least this percentage.
    pub number_change_percent: Option<f64>,
    /// How that number is written.
    pub number_format: NumberFormat,
    /// An added line that stood in an earlier version does not count.
    pub only_new_lines: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ignore_lines_containing: Vec::new(),
            ignore_lines: Vec::new(),
            ignore_text: Vec::new(),
            ignore_numbers: false,
            ignore_whitespace: true,
            ignore_case: false,
            fold_typography: false,
            fold_tone_placement: false,
            fold_width: false,
            order: Order::default(),
            unique_lines: false,
            only: None,
            extract: Vec::new(),
            require_text: Vec::new(),
            block_if_present: Vec::new(),
            alert_if_added: Vec::new(),
            alert_if_removed: Vec::new(),
            min_changed_chars: 0,
            number_change_percent: None,
            number_format: NumberFormat::default(),
            only_new_lines: false,
        }
    }
}

/// Whether the order of lines counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// That of text does, that of a list does not.
    #[default]
    ByMode,
    /// It does, also that of a list: `sort_lines = false`.
    Counts,
    /// It does not: `sort_lines = true`.
    Ignored,
}

/// One side of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was not there.
    Added,
    /// What is gone.
    Removed,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// `1.299.000,50`
    #[default]
    Vietnamese,
    /// `1,299,000.50`
    English,
}
