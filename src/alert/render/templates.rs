//! The templates of mails: those beside this file, compiled into the program, and what replaces them.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value};

use super::view::Desk;
use super::{Mail, RenderError, clean, letter, together, trial};
use crate::model::{Language, Message};

/// The names of the templates and the text of each.
const EMBEDDED: [(&str, &str); 9] = [
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
/// Steps of a template: a digest of hundreds of articles takes a few hundred thousand.
const FUEL: u64 = 20_000_000;
/// Calls of macros within each other.
const DEEPEST: usize = 50;

/// The templates of mails; the embedded ones unless they are replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Templates {
    /// Name to text.
    own: BTreeMap<String, String>,
}

/// What is wrong with a template of the user's, which is not used then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The template.
    pub name: String,
    /// Counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

impl Templates {
    /// The names of all templates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The embedded templates but for those that these, by name, replace. Each is tried on messages of every kind; one that fails
    /// is not used, and what is wrong with it is returned.
    pub fn replaced_by(own: BTreeMap<String, String>) -> (Self, Vec<TemplateFault>) {
        let mut templates = Self { own };
        let mut faults = Vec::new();
        let unknown = templates.own.extract_if(.., |name, _| Self::names().all(|known| known != name));
        faults.extend(unknown.map(|(name, _)| TemplateFault {
            message: format!(
                "there is no such template; there are {}",
                Self::names().collect::<Vec<_>>().join(", ")
            ),
            line: None,
            name,
        }));
        while let Some(fault) = templates.fault() {
            templates.own.remove(&fault.name);
            faults.push(fault);
        }
        (templates, faults)
    }

    /// The message as a mail; times are shown in `zone`. As [`super::mail()`] does it, but with these templates: where one of them
    /// fails on this message the embedded ones are used, and the mail says so to whoever sends it.
    pub fn mail(&self, message: &Message, language: Language, zone: Tz) -> Result<Mail, RenderError> {
        let desk = Desk::new(language, zone);
        let message = &together(message);
        match letter::write(message, &desk, self) {
            Err(error) if !self.own.is_empty() => {
                let mail = letter::write(message, &desk, &Self::default())?;
                Ok(Mail { fault: Some(error.to_string()), ..mail })
            }
            written => Ok(written?),
        }
    }

    /// What is wrong with the first template that fails.
    fn fault(&self) -> Option<TemplateFault> {
        let to_blame = |error: Error| {
            let named = error.name().filter(|name| self.own.contains_key(*name));
            // An embedded template that fails does so for want of what a replaced one had to bring.
            let name = named.or_else(|| self.own.keys().next().map(String::as_str))?;
            let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            let line = named.and_then(|_| error.line());
            Some(TemplateFault { name: name.to_owned(), line, message: detail })
        };
        match self.environment() {
            Err(error) => to_blame(error),
            Ok(_) if self.own.is_empty() => None,
            Ok(_) => trial::failure(self).and_then(to_blame),
        }
    }

    /// All templates, ready to render.
    pub(super) fn load(&self) -> Result<Loaded, Error> {
        Ok(Loaded(self.environment()?))
    }

    fn environment(&self) -> Result<Environment<'static>, Error> {
        let mut environment = Environment::new();
        environment.set_syntax(line_statements()?);
        environment.set_formatter(write_escaped);
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEEPEST);
        environment.add_filter("isolated", clean::isolated);
        for (name, text) in EMBEDDED {
            match self.own.get(name) {
                Some(own) => environment.add_template_owned(name, own.clone())?,
                None => environment.add_template(name, text)?,
            }
        }
        Ok(environment)
    }
}

/// Templates that are read.
pub(super) struct Loaded(Environment<'static>);

impl Loaded {
    /// The template of this name filled in; HTML is escaped.
    pub(super) fn fill(&self, name: &str, values: &Value) -> Result<String, Error> {
        self.0.get_template(name)?.render(values)
    }
}

impl From<Error> for RenderError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// A line that holds only `{% … %}` leaves no trace in the output.
fn line_statements() -> Result<SyntaxConfig, Error> {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
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
