//! Where things stand on the pages of a source: `body`, `title`, `lead`, `author`, `date`, `remove`.

use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::extract::{Part, Rule, Rules};

/// The rules of one source; each must be a CSS selector.
pub(super) fn rules(raw: &raw::Source, report: &mut Report<'_>) -> Rules {
    let single = [
        (Part::Body, &raw.body),
        (Part::Title, &raw.title),
        (Part::Lead, &raw.lead),
        (Part::Author, &raw.author),
        (Part::Date, &raw.date),
    ];
    let single = single.into_iter().filter_map(|(part, css)| Some((part, css.as_ref()?)));
    let written: Vec<(Part, &Located<String>)> =
        single.chain(raw.remove.iter().map(|css| (Part::Remove, css))).collect();
    let reads_pages = raw.full_text.as_ref().is_none_or(|full_text| *full_text.get());
    if let Some((part, css)) = written.first().filter(|_| !reads_pages) {
        let message = format!(
            "no page is read where full_text = false stands, so \"{}\" has nothing to match",
            part.as_str()
        );
        report.problem(css.span(), message);
    }
    Rules::new(written.into_iter().filter_map(|(part, css)| rule(part, css, report)).collect())
}

fn rule(part: Part, css: &Located<String>, report: &mut Report<'_>) -> Option<Rule> {
    match Rule::parse(part, css.get()) {
        Ok(rule) => Some(rule),
        Err(error) => {
            report.problem(css.span(), error.to_string());
            None
        }
    }
}
