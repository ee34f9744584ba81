//! Damaged feeds: how much of them has to survive each kind of damage, and random mutation.
//!
//! `DIEMTIN_MUTATION_SECONDS=3600 cargo test --release --test damage mutations` mutates for an hour;
//! `DIEMTIN_MUTATION_SEED` begins elsewhere.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail, and says what it measured"
)]

#[path = "damage/feeds.rs"]
mod feeds;
#[path = "damage/kinds.rs"]
mod kinds;
#[path = "damage/wounds.rs"]
mod wounds;

use std::time::{Duration, Instant};

use diemtin::feed::{Origin, parse};
use diemtin::model::Feed;
use feeds::TITLES;
use url::Url;

/// Mutants of each feed and strength in a usual run.
const ROUNDS: usize = 40;
/// The longest that one small feed may take, unoptimised and on a busy machine.
const SLOWEST: Duration = Duration::from_secs(30);

fn read(bytes: &[u8]) -> Option<Feed> {
    let url = Url::parse("https://bao.example/rss").unwrap();
    parse(bytes, Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh }).ok()
}

/// How many entries there are, and how many of the headlines are among them.
fn survivors(bytes: &[u8]) -> (usize, usize) {
    let Some(feed) = read(bytes) else { return (0, 0) };
    let titles: Vec<&str> = feed.entries.iter().filter_map(|entry| entry.title.as_deref()).collect();
    (feed.entries.len(), TITLES.iter().filter(|title| titles.contains(title)).count())
}

#[test]
fn every_kind_of_damage_leaves_what_it_did_not_touch() {
    let mut lost = Vec::new();
    for sample in feeds::all() {
        for kind in &kinds::KINDS {
            let (entries, titles) = survivors(&(kind.damage)(&sample.text));
            if entries < kind.entries || titles < kind.titles {
                lost.push(format!(
                    "{} with {}: {entries} entries and {titles} headlines, floor {} and {}",
                    sample.name, kind.name, kind.entries, kind.titles
                ));
            }
        }
    }
    assert!(lost.is_empty(), "{} losses\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn json_is_read_up_to_its_damage_and_behind_it() {
    let whole = feeds::json().text;
    for (name, damaged, entries) in [
        ("none", whole.clone(), 6),
        ("junk before", format!("\u{FEFF}\n<br />Warning: x\n{whole}"), 6),
        ("junk behind", format!("{whole}<!-- 0.3 s -->"), 6),
        ("a callback", format!("goi({whole});"), 6),
        ("commas too many", whole.replace('}', ",}"), 6),
        ("missing commas", whole.replace("},", "}"), 6),
        ("raw line ends", whole.replace("Toàn văn", "Toàn\nvăn\t"), 6),
        ("bare quotes", whole.replace("Toàn văn", "Toàn \"văn\""), 6),
        ("bad escapes", whole.replace("Toàn văn", "Toàn \\văn \\ud83d"), 6),
        ("single quotes", whole.replace('"', "'"), 6),
        ("comments", whole.replace("},", "}, // hết bài\n"), 6),
        ("not a number", whole.replace("\"language\": \"vi\"", "\"language\": NaN"), 6),
        ("twice", format!("{whole}{whole}"), 6),
        ("cut", whole.chars().take(whole.chars().count() * 6 / 10).collect(), 3),
    ] {
        let (found, titles) = survivors(damaged.as_bytes());
        assert!(found >= entries && titles >= entries, "{name}: {found} entries, {titles} headlines");
    }
}

/// `SplitMix64`: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len());
    let end = (at + 1 + dice.below(40)).min(bytes.len());
    match dice.below(5) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => bytes.insert(at, u8::try_from(dice.below(256)).unwrap()),
        3 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        _ => {
            let block: Vec<u8> = bytes.drain(at..end).collect();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, block);
        }
    }
}

/// Mutates every feed so many times over; returns how many entries survived, and of how many.
fn entries_that_survive(mutations: usize, rounds: usize, dice: &mut Dice) -> (u32, u32) {
    let (mut kept, mut all) = (0, 0);
    for sample in feeds::all().into_iter().chain([feeds::json()]) {
        for _ in 0..rounds {
            let mut bytes = sample.text.clone().into_bytes();
            for _ in 0..mutations {
                mutate(&mut bytes, dice);
            }
            let started = Instant::now();
            let (entries, _) = survivors(&bytes);
            assert!(
                started.elapsed() < SLOWEST,
                "{:?} for {:?}",
                started.elapsed(),
                String::from_utf8_lossy(&bytes)
            );
            kept += entries.min(TITLES.len());
            all += TITLES.len();
        }
    }
    (u32::try_from(kept).unwrap(), u32::try_from(all).unwrap())
}

#[test]
fn mutations_cost_little_and_never_panic() {
    let number = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let mut dice = Dice(number("DIEMTIN_MUTATION_SEED").unwrap_or(20_250_305));
    let until = Instant::now() + Duration::from_secs(number("DIEMTIN_MUTATION_SECONDS").unwrap_or(0));
    let strengths = [(1, 0.97), (3, 0.94), (10, 0.85), (40, 0.6)];
    let mut survived = strengths.map(|_| (0, 0));
    loop {
        for ((mutations, _), (kept, all)) in strengths.iter().zip(&mut survived) {
            let round = entries_that_survive(*mutations, ROUNDS, &mut dice);
            (*kept, *all) = (*kept + round.0, *all + round.1);
        }
        if Instant::now() >= until {
            break;
        }
    }
    for ((mutations, floor), (kept, all)) in strengths.into_iter().zip(survived) {
        let share = f64::from(kept) / f64::from(all);
        println!("{mutations} mutations leave {share:.3} of {all} entries");
        assert!(
            share >= floor,
            "{mutations} mutations leave {share:.3} of the entries, the floor is {floor}"
        );
    }
}
