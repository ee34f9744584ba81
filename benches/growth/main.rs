//! What storing an article costs as the file grows: `cargo bench --bench growth [-- ARTICLES]`. It prints each figure beside what
//! it is to be at most, and judges nothing.
//!
//! Articles of 300 to 500 words go the pipeline's way: listed by a poll, claimed, read for their names and numbers, compared
//! with those that may be copies or of one event, filed with what follows, 32 at a time. A fifth are copies of earlier ones with
//! a headline and paragraphs of their own. A million take twenty minutes and 4 GB of the folder for temporary files. `DIEMTIN_GROWN=FOLDER` keeps
//! the file there and goes on with the one that is there.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod chance;
mod press;
mod questions;
mod words;

use std::error::Error;
use std::path::{Path, PathBuf};

use diemtin::model::Timestamp;
use diemtin::store::Store;

use press::{Press, Spent, Tally};

const ARTICLES: usize = 20_000;
/// In hundredths of the articles.
const STATIONS: [usize; 4] = [10, 25, 50, 100];
/// So many articles before each station go the whole way: more than names and numbers are kept of. Those before them only fill the file.
const MEASURED: usize = 20_000;
const BEGIN: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let articles = arguments.first().map_or(Ok(ARTICLES), |count| count.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = std::env::var_os("DIEMTIN_GROWN").map_or(temporary.path().to_owned(), PathBuf::from);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(fill(&folder, articles))?;
    runtime.block_on(questions::ask(&folder, articles))
}

/// Files so many articles and prints what the last of them cost at some stations on the way.
async fn fill(folder: &Path, articles: usize) -> Outcome<()> {
    let store = Store::open(folder)?;
    let mut press = Press::new(store.clone()).await?;
    println!("processor time and bytes for each article; filing is to be <= 800 µs, bytes <= 4096");
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>7} {:>7} {:>9} {:>6}",
        "articles", "listing", "reading", "filing", "bytes", "joined", "compared", "keys"
    );
    let mut first = None;
    for station in STATIONS {
        let until = articles * station / 100;
        if until <= press.printed {
            continue;
        }
        press.fill_until(until.saturating_sub(MEASURED)).await?;
        let (spent, tally) = press.print_until(until).await?;
        let size = std::fs::metadata(folder.join("diemtin.db"))?.len() as f64 / press.printed as f64;
        print_station(press.printed, &spent, &tally, size);
        let first = *first.get_or_insert(spent.filing);
        if until == articles {
            println!("filing at the last station to the first: {:.2} (<= 2)", spent.filing / first);
        }
    }
    Ok(())
}

fn print_station(articles: usize, spent: &Spent, tally: &Tally, size: f64) {
    let each = |count: usize| count as f64 / spent.articles.max(1) as f64;
    println!(
        "{articles:>9} {:>6.0} µs {:>6.0} µs {:>6.0} µs {size:>7.0} {:>5.1} % {:>9.1} {:>6.1}",
        spent.listing,
        spent.reading,
        spent.filing,
        each(tally.joined) * 100.0,
        each(tally.compared),
        each(tally.keys),
    );
}
