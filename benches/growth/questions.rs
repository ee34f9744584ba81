//! What a start and a reader's questions take in a large file.

use std::path::Path;
use std::time::{Duration, Instant};

use diemtin::pipeline::find;
use diemtin::search::Query;
use diemtin::store::Store;
use diemtin::text::normalise::search_form;

use crate::press::{RARE, lease, processor_time, slots};
use crate::words::Words;
use crate::{BEGIN, Outcome};

/// Results of a page.
const SHOWN: usize = 20;
/// The first finds nothing in the store's memory. Of the others the one counts that took the least processor time, so that other work
/// on the machine does not.
const REPEATS: usize = 9;

/// Prints them, each beside what it is to take at most.
pub(crate) async fn ask(folder: &Path, articles: usize) -> Outcome<()> {
    let begun = Instant::now();
    let store = Store::open(folder)?;
    store.claim_due_sources(lease(BEGIN), 100, slots(), |_| true).await?;
    println!("start to first poll: {:.1?} (<= 200 ms)", begun.elapsed());
    println!("{:44} {:>6} {:>10} {:>17}", "search, newest first", "found", "first", "then (<= 10 ms)");
    let end = BEGIN.plus(Duration::from_secs(articles as u64 * 30));
    for (what, text) in questions() {
        let query = Query::parse(&text, end).map_err(|error| error.message)?;
        let begun = Instant::now();
        let found = find(&store, &query, SHOWN, Vec::new).await?.articles.len();
        let (first, mut then) = (begun.elapsed(), f64::MAX);
        for _ in 1..REPEATS {
            let begun = processor_time()?;
            find(&store, &query, SHOWN, Vec::new).await?;
            then = then.min(processor_time()? - begun);
        }
        println!("{what:44} {found:>6} {first:>10.1?} {:>14.1} ms", then * 1e3);
    }
    Ok(())
}

fn questions() -> Vec<(&'static str, String)> {
    let words = Words::new();
    let [first, second, third, rare, rarer] = [0, 1, 2, 4_000, 5_000].map(|rank| search_form(words.at(rank)));
    let (name, seldom) = (search_form(words.name(0)), search_form(words.name(19_000)));
    vec![
        ("frequent word", first.clone()),
        ("two frequent words", format!("{first} {second}")),
        ("rare word", rare.clone()),
        ("two rare words", format!("{rare} {rarer}")),
        ("frequent and rare word", format!("{first} {rare}")),
        ("frequent without rare word", format!("{first} -{rare}")),
        ("word in title", format!("title:{first}")),
        ("phrase of frequent words", format!("\"{first} {second}\"")),
        ("phrase of four frequent words", format!("\"{first} {second} {third} {first}\"")),
        ("phrase with a rare word", format!("\"{first} {rare}\"")),
        ("frequent name", format!("\"{name}\"")),
        ("rare name", format!("\"{seldom}\"")),
        ("entity in 2 of 3 articles", "entity:Huawei".to_owned()),
        ("entity in 1 of 500", format!("entity:{RARE}")),
        ("word, entity in 2 of 3", format!("{first} entity:Huawei")),
        ("word, entity in 1 of 500", format!("{first} entity:{RARE}")),
        ("rare word, entity in 1 of 500", format!("{rare} entity:{RARE}")),
        ("phrase, entity in 1 of 500", format!("\"{first} {second}\" entity:{RARE}")),
        ("two entities, one rare", format!("entity:Huawei entity:{RARE}")),
        ("without an entity", format!("{first} -entity:Huawei")),
        ("source", "source:\"Báo 7\"".to_owned()),
        ("word, source", format!("{first} source:\"Báo 7\"")),
        ("rare word, source", format!("{rare} source:\"Báo 7\"")),
        ("entity in 1 of 500, source", format!("entity:{RARE} source:\"Báo 7\"")),
        ("word, last day", format!("{first} since:1d")),
        ("rare word, last week", format!("{rare} since:7d")),
        ("word, before the last 30 days", format!("{first} until:30d")),
        ("word, entity, source, last week", format!("{first} entity:{RARE} source:\"Báo 7\" since:7d")),
    ]
}
