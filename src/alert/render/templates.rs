//! The templates beside this file, compiled into the program.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, Output, State, Value};

use super::{RenderError, clean};

/// All templates, ready to render.
pub(super) struct Templates(Environment<'static>);

const SOURCES: [(&str, &str); 9] = [
    ("frame.html.j2", include_str!("templates/frame.html.j2")),
    ("parts.html.j2", include_str!("templates/parts.html.j2")),
    ("alert.html.j2", include_str!("templates/alert.html.j2")),
    ("digest.html.j2", include_str!("templates/digest.html.j2")),
    ("notice.html.j2", include_str!("templates/notice.html.j2")),
    ("parts.txt.j2", include_str!("templates/parts.txt.j2")),
    ("alert.txt.j2", include_str!("templates/alert.txt.j2")),
    ("digest.txt.j2", include_str!("templates/digest.txt.j2")),
    ("notice.txt.j2", include_str!("templates/notice.txt.j2")),
];

impl Templates {
    /// Reads the embedded templates.
    pub(super) fn load() -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_syntax(line_statements()?);
        environment.set_formatter(write_escaped);
        environment.add_filter("isolated", clean::isolated);
        for (name, source) in SOURCES {
            environment.add_template(name, source)?;
        }
        Ok(Self(environment))
    }

    /// The template of this name filled in; HTML is escaped.
    pub(super) fn fill(&self, name: &str, values: &Value) -> Result<String, RenderError> {
        Ok(self.0.get_template(name)?.render(values)?)
    }
}

/// A line that holds only `{% … %}` leaves no trace in the output.
fn line_statements() -> Result<SyntaxConfig, Error> {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
}

impl From<Error> for RenderError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// Escapes as the default does but leaves `/` alone, so that an address in a link stays one to the eye.
fn write_escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let foreign = value.as_str().filter(|_| !value.is_safe());
    let Some(text) = foreign.filter(|_| *state.auto_escape() == AutoEscape::Html) else {
        return minijinja::escape_formatter(out, state, value);
    };
    out.write_str(&escaped(text)).map_err(Error::from)
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
