//! Lines that fit a terminal: columns, wrapping and colour.

use console::{Term, measure_text_width, style};

use crate::model::Condition;

/// A narrower terminal is treated as this wide: below it nothing can be read anyway.
const NARROWEST: usize = 24;

/// Where lines are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Columns; without end where nobody looks, so that `grep` finds whole lines.
    pub(super) width: Option<usize>,
    pub(super) colour: Colour,
}

/// Whether states are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Off,
    On,
}

impl Layout {
    /// That of standard output; `COLUMNS` stands above what the terminal says.
    pub(super) fn of_output() -> Self {
        let terminal = Term::stdout();
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let seen = || terminal.size_checked().map(|(_, columns)| usize::from(columns));
        let colour = terminal.is_term() && console::colors_enabled();
        Self { width: told.or_else(seen), colour: if colour { Colour::On } else { Colour::Off } }
    }

    /// The text in lines of this width, each after the first indented by `indent` columns; `used` columns of the first
    /// line are taken already.
    pub(super) fn wrapped(&self, text: &str, used: usize, indent: usize) -> String {
        // What a server says must not steer the terminal.
        let text = text.replace(char::is_control, " ");
        let Some(width) = self.width.map(|width| width.max(NARROWEST)) else { return text };
        let indent = if indent + NARROWEST / 2 > width { 2 } else { indent };
        let mut lines = Lines { text: String::new(), column: used, width, indent };
        for word in text.split_whitespace() {
            lines.add(word);
        }
        lines.text
    }

    /// The word for a condition, in the colour of traffic lights, padded to `width` columns.
    pub(super) fn painted(&self, word: &str, condition: Condition, width: usize) -> String {
        let padding = " ".repeat(width.saturating_sub(columns(word)));
        let word = style(word).force_styling(self.colour == Colour::On);
        let word = match condition {
            Condition::Gone | Condition::Blocked | Condition::Failing => word.red().bold(),
            Condition::Stale | Condition::Moved | Condition::New => word.yellow(),
            Condition::Ok => word.green(),
        };
        format!("{word}{padding}")
    }
}

/// Lines under way.
struct Lines {
    text: String,
    column: usize,
    width: usize,
    indent: usize,
}

impl Lines {
    fn add(&mut self, word: &str) {
        let starts = self.text.is_empty() || self.text.ends_with(' ');
        let space = usize::from(!starts);
        if self.column + space + columns(word) <= self.width {
            self.text.extend(std::iter::repeat_n(' ', space));
            self.text.push_str(word);
            self.column += space + columns(word);
            return;
        }
        if !starts || self.column > self.indent {
            self.break_line();
        }
        // Chinese has no spaces and addresses are long: what fits no line goes on in the next.
        for sign in word.chars() {
            let wide = columns(sign.encode_utf8(&mut [0; 4]));
            if self.column + wide > self.width {
                self.break_line();
            }
            self.text.push(sign);
            self.column += wide;
        }
    }

    fn break_line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.indent));
        self.column = self.indent;
    }
}

/// How many columns a text takes; a Chinese character takes two, a combining mark none.
pub(super) fn columns(text: &str) -> usize {
    measure_text_width(text)
}

/// The text and as many spaces as fill `width` columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: usize) -> Layout {
        Layout { width: Some(width), colour: Colour::Off }
    }

    #[test]
    fn names_of_any_script_are_padded_to_the_same_column() {
        for name in ["VnExpress", "Báo Số hóa", "Bao So\u{301}", "示例新闻", ""] {
            assert_eq!(columns(&padded(name, 12)), 12, "{name}");
        }
    }

    #[test]
    fn lines_end_before_the_edge_and_no_word_is_lost() {
        let address = "https://bao-rat-dai.example/mot-duong-dan-rat-rat-dai-khong-co-dau-cach";
        for text in [
            "a b c",
            "một hai ba bốn năm sáu bảy tám chín mười",
            address,
            "华为公布昇腾路线图，三款新芯片明年上市了吗？",
        ] {
            for (width, used, indent) in [(24, 0, 2), (30, 20, 12), (40, 0, 0), (24, 24, 9)] {
                let wrapped = layout(width).wrapped(text, used, indent);
                let mut lines = wrapped.lines();
                assert!(used + columns(lines.next().unwrap()) <= width, "{wrapped}");
                assert!(lines.all(|line| columns(line) <= width), "{wrapped}");
                let words = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(words(&wrapped), words(text));
            }
        }
    }

    #[test]
    fn colour_is_only_where_it_is_wanted() {
        let plain = layout(80).painted("ok", Condition::Ok, 4);
        assert_eq!(plain, "ok  ");
        let coloured = Layout { colour: Colour::On, ..layout(80) }.painted("ok", Condition::Ok, 4);
        assert!(coloured.starts_with("\u{1b}[32m") && columns(&coloured) == 4, "{coloured:?}");
    }
}
