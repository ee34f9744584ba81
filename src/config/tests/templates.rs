//! Templates of mails from a folder beside the file.

use std::fs;

use super::SOURCE;
use crate::alert::render::Templates;
use crate::config::{Config, Problems, parse};

const EMAIL: &str =
    "[email]\nsmtp = \"smtp://localhost\"\nfrom = \"bot@example.org\"\ntemplates = \"templates\"\n";

/// The file beside a folder of these templates.
fn beside(templates: &[(&str, &str)]) -> Result<Config, Problems> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("templates");
    fs::create_dir(&path).unwrap();
    for (name, text) in templates {
        fs::write(path.join(name), text).unwrap();
    }
    parse(&format!("{EMAIL}{SOURCE}"), "sources.toml", folder.path(), &|_| None)
}

#[test]
fn templates_of_the_folder_are_used() {
    let config = beside(&[("alert.txt.j2", "{{ subject }}"), ("README", "{{")]).unwrap();
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
    assert_ne!(config.templates, Templates::default());
}

#[test]
fn a_broken_template_is_named_with_its_line_and_not_used() {
    let config = beside(&[("alert.txt.j2", "một\n  {{ subjekt }}\n")]).unwrap();
    let [warning] = config.warnings.as_slice() else { panic!("{:?}", config.warnings) };
    assert!(warning.file.ends_with("templates/alert.txt.j2"), "{warning}");
    assert_eq!((warning.line, warning.excerpt.as_str()), (2, "  {{ subjekt }}"));
    assert!(warning.message.ends_with("the template of the program is used instead"), "{warning}");
    assert_eq!(config.templates, Templates::default());
}

#[test]
fn a_folder_that_is_not_there_is_a_problem_of_the_file() {
    let text = EMAIL.replace("\"templates\"", "\"nowhere\"");
    let problems = super::problems(&text);
    assert!(problems.len() == 1 && problems[0].starts_with("4:13: the folder "), "{problems:?}");
}
