//! Quality that is a number, held to floors that only rise: run where the shared corpora are at hand, else skipped with a
//! printed line.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail, and says what it measured"
)]

#[path = "corpus/articles.rs"]
mod articles;
#[path = "corpus/changes.rs"]
mod changes;
#[path = "corpus/dates.rs"]
mod dates;
#[path = "corpus/duplicates.rs"]
mod duplicates;
#[path = "corpus/entities.rs"]
mod entities;
#[path = "corpus/feeds.rs"]
mod feeds;
#[path = "corpus/leaks.rs"]
mod leaks;
#[path = "corpus/listings.rs"]
mod listings;
#[path = "corpus/robots.rs"]
mod robots;
#[path = "corpus/sites.rs"]
mod sites;

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

/// A file or folder of the corpora; `None`, with a line that says so, where they are not here.
fn corpus(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is not here", file.display());
    None
}

/// The bytes of a file, or of the compressed one beside it.
fn read(file: &Path) -> Vec<u8> {
    if let Ok(bytes) = std::fs::read(file) {
        return bytes;
    }
    let mut packed = file.as_os_str().to_owned();
    packed.push(".gz");
    unpack(Path::new(&packed))
}

fn unpack(file: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}
