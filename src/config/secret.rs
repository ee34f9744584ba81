//! Values that are never printed, and where they are read from.

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T = String>(T);

impl<T> Secret<T> {
    /// Hides a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the one place that uses it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Larger files hold no password but something else.
const LARGEST_FILE: usize = 64 * 1024;

/// The value of an environment variable, or why there is none, as a sentence.
pub(super) fn from_env(name: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Secret, String> {
    let value = env(name).ok_or_else(|| {
        format!("the environment variable {name} is not set; set it where diemtin is started (with Compose: environment or env_file)")
    })?;
    let value = value.trim();
    if value.is_empty() {
        return Err(format!("the environment variable {name} is empty"));
    }
    Ok(Secret::new(value.to_owned()))
}

/// The content of a file without the white space at its ends, or why it cannot be had and how to mend that.
pub(super) fn from_file(path: &Path) -> Result<Secret, String> {
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => unreadable(path),
        ErrorKind::NotFound => format!(
            "there is no file {}; create it, or with Compose list it under secrets of the service",
            path.display()
        ),
        _ => format!("cannot read {}: {error}", path.display()),
    })?;
    if bytes.len() > LARGEST_FILE {
        return Err(format!("{} holds more than 64 KiB; it must hold the secret alone", path.display()));
    }
    let text =
        std::str::from_utf8(&bytes).map_err(|_not_text| format!("{} is not UTF-8 text", path.display()))?;
    if text.trim().is_empty() {
        return Err(format!("{} is empty; it must hold the secret", path.display()));
    }
    Ok(Secret::new(text.trim().to_owned()))
}

fn unreadable(path: &Path) -> String {
    let (user, owner) = match uid() {
        Some(uid) => (format!("user {uid}"), uid.to_string()),
        None => ("this user".to_owned(), "USER".to_owned()),
    };
    let path = path.display();
    format!(
        "{user} may not read {path}; run `chown {owner} {path} && chmod 400 {path}`, or where the file is a Docker \
         secret do so to the file on the host that it is mounted from"
    )
}

/// The user that this process runs as, where the system tells.
fn uid() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").ok().map(|process| process.uid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_may_not_be_read_comes_with_the_commands_that_mend_it() {
        let message = unreadable(Path::new("/run/secrets/smtp"));
        let uid = uid().map(|uid| uid.to_string()).unwrap_or_default();
        assert!(message.contains(&format!("chown {uid} /run/secrets/smtp && chmod 400")), "{message}");
        assert!(message.contains("Docker secret"), "{message}");
    }
}
