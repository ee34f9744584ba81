//! `[email] templates`: the files of a folder that replace templates of the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Check;
use crate::alert::render::Templates;
use crate::config::located::Located;
use crate::config::{Problem, raw};

/// No template is larger.
const LARGEST: u64 = 256 * 1024;

/// The templates of the folder, and what is wrong with those that are not used.
pub(super) fn checked(located: &Located<raw::Email>, check: &mut Check<'_, '_>) -> (Templates, Vec<Problem>) {
    let Some(folder) = &located.get().templates else { return (Templates::default(), Vec::new()) };
    let path = check.base_dir.join(folder.get());
    let mut warnings = Vec::new();
    let own = match read(&path, &mut warnings) {
        Ok(own) => own,
        Err(error) => {
            let message = format!("the folder {} cannot be read: {error}", path.display());
            check.report.problem(folder.span(), message);
            return (Templates::default(), Vec::new());
        }
    };
    let (templates, faults) = Templates::replaced_by(own.clone());
    warnings.extend(faults.into_iter().map(|fault| {
        let file = path.join(&fault.name).display().to_string();
        let text = own.get(&fault.name).map(String::as_str).unwrap_or_default();
        let message = format!("{}; the template of the program is used instead", fault.message);
        match fault.line {
            Some(line) => Problem::of_line(&file, line, text, message),
            None => Problem::of_file(&file, message),
        }
    }));
    (templates, warnings)
}

/// The text of each file whose name ends as templates do.
fn read(folder: &Path, warnings: &mut Vec<Problem>) -> std::io::Result<BTreeMap<String, String>> {
    let mut own = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if entry.path().extension().is_none_or(|extension| extension != "j2") {
            continue;
        }
        match text(&entry.path()) {
            Ok(text) => {
                own.insert(name, text);
            }
            Err(why) => {
                let message = format!("{why}; the template of the program is used instead");
                warnings.push(Problem::of_file(&entry.path().display().to_string(), message));
            }
        }
    }
    Ok(own)
}

fn text(path: &Path) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("the template cannot be read: {error}");
    if fs::metadata(path).map_err(unreadable)?.len() > LARGEST {
        return Err(format!("the template is larger than {} KiB", LARGEST / 1024));
    }
    fs::read_to_string(path).map_err(unreadable)
}
