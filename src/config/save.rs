//! Replaces sources.toml as a whole, so that a running daemon never reads half of it.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What became of a new text.
#[derive(Debug)]
pub enum Saved {
    /// It stands in the file.
    Replaced,
    /// The file cannot be written here; why, as the system says it.
    ReadOnly(String),
}

/// Why a file was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else wrote it.
    #[error("it was changed by someone else in the meantime; nothing was written, try again")]
    Changed,
    /// The system failed.
    #[error("it cannot be written: {0}; nothing was changed")]
    Io(#[from] io::Error),
}

/// Puts `text` in the place of `before` (`None`: there is no file yet): into a new file beside it, which takes over its
/// permissions and then its name. A symbolic link stays one.
pub fn replace(path: &Path, before: Option<&str>, text: &str) -> Result<Saved, SaveError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_missing| path.to_owned());
    match write(&target, before, text) {
        Err(SaveError::Io(error)) if is_read_only(&error) => Ok(Saved::ReadOnly(error.to_string())),
        Err(error) => Err(error),
        Ok(()) => Ok(Saved::Replaced),
    }
}

/// A file that is mounted by itself, as Docker does, cannot be replaced either.
fn is_read_only(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::ResourceBusy
    )
}

fn write(target: &Path, before: Option<&str>, text: &str) -> Result<(), SaveError> {
    let permissions = match before {
        Some(_) => Some(fs::metadata(target)?.permissions()),
        None => None,
    };
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::from(ErrorKind::PermissionDenied).into());
    }
    let beside = beside(target);
    let written = fill(&beside, text, permissions).map_err(SaveError::from).and_then(|()| {
        if present(target)?.as_deref() != before.map(str::as_bytes) {
            return Err(SaveError::Changed);
        }
        Ok(fs::rename(&beside, target)?)
    });
    if written.is_err()
        && let Err(left) = fs::remove_file(&beside)
    {
        tracing::debug!(file = %beside.display(), "a temporary file could not be removed: {left}");
    }
    written
}

fn present(target: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(target) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

fn fill(path: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_file_is_replaced_with_its_permissions_and_through_links() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.toml"), folder.path().join("sources.toml"));
        assert!(matches!(replace(&file, None, "a"), Ok(Saved::Replaced)));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        assert!(matches!(replace(&link, Some("a"), "b"), Ok(Saved::Replaced)));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "b");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
    }

    #[test]
    fn a_file_that_changed_or_may_not_be_written_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sources.toml");
        fs::write(&file, "new").unwrap();
        assert!(matches!(replace(&file, Some("old"), "b"), Err(SaveError::Changed)));
        assert!(matches!(replace(&file, None, "b"), Err(SaveError::Changed)));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(matches!(replace(&file, Some("new"), "b"), Ok(Saved::ReadOnly(_))));
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    }
}
