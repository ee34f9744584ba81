//! The doors: a file, a text or a catalogue of entities in, a checked value or every problem out.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::problem::{Problem, Problems};
use super::report::Report;
use super::{Catalogue, Config, check, schema as published, syntax};
use crate::model::Language;

/// Looks an environment variable up.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Larger files are no configuration.
const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// Reads and checks the file. `env` looks up the variables that `*_env` keys name; relative paths in the file
/// are relative to its folder.
pub fn load(path: &Path, env: Env<'_>) -> Result<Config, Problems> {
    let name = path.display().to_string();
    let text = read(path).map_err(|message| Problems(vec![Problem::of_file(&name, message)]))?;
    let base_dir = path.parent().unwrap_or(Path::new(""));
    parse(&text, &name, base_dir, env)
}

/// Where the file says that the data lie. A mistake elsewhere in it, or a secret that is only set where the daemon is started, is
/// no reason not to look at them.
pub fn data_dir(path: &Path) -> Result<PathBuf, Problems> {
    let name = path.display().to_string();
    let text = read(path).map_err(|message| Problems(vec![Problem::of_file(&name, message)]))?;
    data_dir_of(&text, &name, path.parent().unwrap_or(Path::new("")))
}

/// As `data_dir`, of a text.
pub(super) fn data_dir_of(text: &str, file_name: &str, base_dir: &Path) -> Result<PathBuf, Problems> {
    let mut report = Report::new(file_name, without_mark(text));
    let file = syntax::read(published::value(), &mut report);
    let is_written = file.daemon.as_ref().is_some_and(|daemon| daemon.data_dir.is_some());
    let misread = report.finish().filter(|_| !is_written && !is_left_out(text));
    let mut report = Report::new(file_name, without_mark(text));
    let data_dir = check::data_dir(file.daemon.as_ref(), base_dir, &mut report);
    match misread {
        Some(problems) => Err(problems),
        None => finish(data_dir, report),
    }
}

/// The language of mails and pages that the file asks for, whatever else is wrong with it; `None` where that cannot be told.
pub fn language(path: &Path) -> Option<Language> {
    let text = read(path).ok()?;
    let text = without_mark(&text);
    let mut report = Report::new("", text);
    let file = syntax::read(published::value(), &mut report);
    let written = file.daemon.and_then(|daemon| daemon.language);
    written.map(check::language_of).or_else(|| language_line(text))
}

/// Where the structure is lost, the line of `[daemon]` that says it is still there to be read.
fn language_line(text: &str) -> Option<Language> {
    let lines = text.lines().map(str::trim).skip_while(|line| *line != "[daemon]").skip(1);
    let mut own = lines.take_while(|line| !line.starts_with('['));
    let value = own.find_map(|line| line.strip_prefix("language")?.trim().strip_prefix('='))?;
    match value.trim().get(1..3)? {
        "en" => Some(Language::En),
        "vi" => Some(Language::Vi),
        _ => None,
    }
}

/// How alike two keys are where one may be a slip for the other.
const ALIKE: f64 = 0.8;

/// Whether nothing in the file can be meant for the key, so that the usual folder is meant.
fn is_left_out(text: &str) -> bool {
    let Ok(file) = without_mark(text).parse::<toml::Table>() else { return false };
    let is_meant = |key: &str| strsim::jaro_winkler(key, "data_dir") > ALIKE;
    let keys = file.values().filter_map(toml::Value::as_table).flat_map(toml::Table::keys);
    !keys.chain(file.keys()).any(|key| is_meant(key))
}

/// Checks the text of a file that the user knows as `file_name`. Relative paths in it are relative to `base_dir`.
pub fn parse(text: &str, file_name: &str, base_dir: &Path, env: Env<'_>) -> Result<Config, Problems> {
    let mut report = Report::new(file_name, without_mark(text));
    let file = syntax::read(published::value(), &mut report);
    let config = check::config(&file, &mut check::Check::new(&mut report, base_dir, env));
    let warnings = config.warnings.into_iter().chain(report.warnings()).collect();
    finish(Config { warnings, ..config }, report)
}

/// Checks the `[[entity]]` and `[[alert]]` tables of a file that may hold nothing else. Who is told is not
/// checked, and alerts may name sources and tags that the file does not define.
pub fn catalogue(text: &str, file_name: &str) -> Result<Catalogue, Problems> {
    let mut report = Report::new(file_name, without_mark(text));
    let file = syntax::read(&published::of_catalogue(), &mut report);
    let catalogue = check::catalogue(&file, &mut report);
    finish(catalogue, report)
}

/// The JSON Schema of sources.toml, pretty-printed.
pub fn schema() -> String {
    published::text()
}

fn finish<T>(value: T, report: Report<'_>) -> Result<T, Problems> {
    match report.finish() {
        Some(problems) => Err(problems),
        None => Ok(value),
    }
}

/// A byte order mark, as some editors write it, is no part of the text.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

fn read(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if size > LARGEST_FILE {
        return Err("the file is larger than 16 MiB; is it the right one?".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count() + 1;
        format!("line {line} is not UTF-8; save the file as UTF-8")
    })
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            "there is no such file; name yours with --config FILE or DIEMTIN_CONFIG".to_owned()
        }
        ErrorKind::PermissionDenied => {
            "this user may not read the file; give it read permission with chmod or chown".to_owned()
        }
        ErrorKind::IsADirectory => "this is a folder; name the file in it".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}
