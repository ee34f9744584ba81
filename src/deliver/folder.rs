//! Mails as files, for those without a mail server.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::Attempt;
use super::letter::Letter;

/// A folder of `.eml` files.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Writes the mail as a file; a repeated attempt writes the same file again.
    pub(super) async fn send(&self, letter: &Letter) -> Attempt {
        match self.write(letter).await {
            Ok(()) => Attempt::Sent,
            Err(error) => Attempt::TryLater { why: self.sentence(&error), after: None },
        }
    }

    /// Whether a file can be written there.
    pub(super) async fn probe(&self) -> Result<String, String> {
        let trial = self.path.join(".probe.part");
        let tried = async {
            fs::create_dir_all(&self.path).await?;
            fs::write(&trial, b"").await?;
            fs::remove_file(&trial).await
        };
        match tried.await {
            Ok(()) => Ok(format!("mails are written to {}", self.path.display())),
            Err(error) => Err(self.sentence(&error)),
        }
    }

    /// Under another name first, so that no reader and no crash ever leaves half a mail under its own.
    async fn write(&self, letter: &Letter) -> io::Result<()> {
        fs::create_dir_all(&self.path).await?;
        let unfinished = self.path.join(format!(".{}.part", letter.file_name));
        let mut file = fs::File::create(&unfinished).await?;
        file.write_all(letter.text.as_bytes()).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, self.path.join(&letter.file_name)).await?;
        sync_folder(&self.path).await
    }

    fn sentence(&self, error: &io::Error) -> String {
        let path = self.path.display();
        let remedy = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "; give the user that diemtin runs as the right to write there"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; make room on that disk",
            _ => "",
        };
        format!("A mail could not be written to {path}: {error}{remedy}. It is tried again.")
    }
}

/// The renaming itself is only safe once the folder is.
async fn sync_folder(path: &Path) -> io::Result<()> {
    fs::File::open(path).await?.sync_all().await
}
