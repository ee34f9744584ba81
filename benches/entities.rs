//! How fast names are found: `cargo bench --bench entities [-- ALIASES]`. It prints each figure beside what it is to be, and judges
//! nothing. With a number only texts are measured, with so many aliases.
//!
//! Folding, matching and boundaries together, one core; then what a large catalogue takes to build, and texts and
//! catalogues made to be slow.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use diemtin::entity::{Matcher, PatternError};
use diemtin::model::{Alias, Boundary, CaseRule, Entity, Field, MarksRule, Separator};
use diemtin::text::fold::{Case, fold};
use unicode_normalization::UnicodeNormalization;

const BYTES: usize = 8_000_000;
const RUNS: usize = 3;
const ALIASES: usize = 10_000;
const HOSTILE: usize = 100_000;
const LARGE: usize = 10_000_000;
const MANY: usize = 1_000_000;

const VIETNAMESE: &str = "hôm nay tập đoàn công nghệ đã giới thiệu thế hệ vi mạch mới nhất của mình tại triển lãm thường niên, với hiệu năng \
    cao gấp đôi và điện năng tiêu thụ thấp hơn; các chuyên gia nhận định rằng thị trường bán dẫn trong nước sẽ còn tăng trưởng mạnh";
const ENGLISH: &str = "the company said on Monday that its next generation of processors would ship later this year, with twice the memory \
    bandwidth of the current parts; analysts expect demand from data centres to outpace supply well into the following spring";

fn main() -> Result<(), PatternError> {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    if asked.is_none() {
        catalogue_of_many()?;
        hostile_texts()?;
        hostile()?;
    }
    let count = asked.unwrap_or(ALIASES);
    for (name, words) in [("Vietnamese", VIETNAMESE), ("English", ENGLISH)] {
        let names = Names::of(words);
        let matcher = Matcher::new(&entities(&names, count, |alias| alias), &[])?;
        let text = names.text(BYTES);
        show(&format!("{name}, {count} aliases (>= 80)"), &matcher, &text);
        show_folding(name, &text);
        show(&format!("{name}, decomposed"), &matcher, &text.nfd().collect::<String>());
        let loosely = |alias| Alias { marks: MarksRule::Fold, sep: Separator::Flex, ..alias };
        let matcher = Matcher::new(&entities(&names, count, loosely), &[])?;
        show(&format!("{name}, marks and separators folded"), &matcher, &text);
    }
    Ok(())
}

/// What a catalogue of a million aliases takes.
fn catalogue_of_many() -> Result<(), PatternError> {
    let names = Names::of(VIETNAMESE);
    let entities = entities(&names, MANY, |alias| alias);
    let (before, start) = (resident(), busy());
    let matcher = Matcher::new(&entities, &[])?;
    let (took, after) = (busy().saturating_sub(start), resident());
    println!(
        "{:44} {:8.1} s {:8} MB (<= 6 s, <= 120 MB)",
        format!("{MANY} aliases, build"),
        took.as_secs_f64(),
        after.saturating_sub(before) / 1_000_000
    );
    show(&format!("Vietnamese, {MANY} aliases"), &matcher, &names.text(BYTES));
    Ok(())
}

/// Texts made to be slow, at two lengths: a catalogue as usual, and names of which they hold the beginnings.
fn hostile_texts() -> Result<(), PatternError> {
    let names = Names::of(VIETNAMESE);
    let mut catalogue = entities(&names, ALIASES, |alias| alias);
    let odd =
        ["aaaaaaaaab", "華為技術", "$AAPL", "C++", "Huawei", "a\u{301}b", "ả", "한국전력"].map(Alias::plain);
    let loose = ["Hoa Vi", "tập đoàn"].map(|text| Alias {
        marks: MarksRule::Fold,
        sep: Separator::Flex,
        ..Alias::plain(text)
    });
    let aliases = odd.into_iter().chain(loose).collect();
    catalogue.push(Entity { name: "odd".to_owned(), aliases, ..Entity::default() });
    let matcher = Matcher::new(&catalogue, &[])?;
    for (name, piece) in [
        ("a", "a"),
        ("combining marks", "\u{301}"),
        ("a letter and marks", "a\u{301}\u{323}\u{302}\u{31B}"),
        ("zero-width characters", "\u{200B}"),
        ("a name cut by zero-width characters", "H\u{200B}u\u{AD}a\u{200D}w\u{FEFF}e\u{2060}i "),
        ("beginnings of names", "aaaaaaaaaHuawetập đoà"),
        ("Han", "華"),
        ("a name in Han", "華為技術"),
        ("Hangul in parts", "\u{1112}\u{1161}\u{11AB}"),
        ("dollar signs", "$"),
        ("tickers", "$AAPL"),
        ("addresses", "https://huawei."),
        ("plus signs", "C+++"),
        ("open vowels", "oàoáuỷ"),
        ("spaces", " \n\t"),
        ("hyphens", "Hoa-"),
    ] {
        let text = piece.repeat(LARGE / piece.len());
        let tenth = text.get(..text.floor_char_boundary(text.len() / 10)).unwrap_or_default();
        let (short, long) = (once(&matcher, tenth), once(&matcher, &text));
        println!(
            "without end: {name:40} {:8.1} ms for 1 MB {:8.1} ms for 10 MB",
            milliseconds(short),
            milliseconds(long)
        );
    }
    Ok(())
}

/// Texts and catalogues made to be slow, at two lengths: twice the text may take twice as long.
fn hostile() -> Result<(), PatternError> {
    let anywhere = |text: String| Alias { boundary: Boundary::None, ..Alias::plain(&text) };
    let nested: Vec<Alias> = (1..=300).map(|length| anywhere("a".repeat(length))).collect();
    let spaced: Vec<Alias> = (1..=150).map(|length| Alias::plain("a ".repeat(length).trim())).collect();
    let exact = |alias: Alias| Alias { case: CaseRule::Exact, text: format!("{} A", alias.text), ..alias };
    let wrong_case: Vec<Alias> = spaced.iter().take(140).cloned().map(exact).collect();
    let flexible = spaced
        .iter()
        .take(30)
        .cloned()
        .map(|alias| Alias { sep: Separator::Flex, ..alias })
        .collect::<Vec<_>>();
    let prefix = Alias { boundary: Boundary::Prefix, ..Alias::plain("+a") };
    let not =
        (0..10_000).map(|number| format!("a a {number}")).chain((1..150).map(|length| "a ".repeat(length)));
    let one = |aliases: Vec<Alias>| Entity { name: "it".to_owned(), aliases, ..Entity::default() };
    for (name, entity, piece) in [
        ("aliases within each other", one(nested), "a"),
        ("words within each other", one(spaced.clone()), "a "),
        ("the wrong case at the end", one(wrong_case), "a "),
        ("separators that may be missing", one(flexible), "a-"),
        ("an endless word behind a prefix", one(vec![prefix]), "a"),
        ("many phrases of not", Entity { not: not.collect(), ..one(spaced) }, "a "),
        ("endless marks", one(vec![Alias { marks: MarksRule::Fold, ..Alias::plain("ab") }]), "a\u{301}"),
        ("dots", one(vec![Alias::plain("a")]), "a."),
    ] {
        let matcher = Matcher::new(&[entity], &[])?;
        let text = format!("+{}", piece.repeat(HOSTILE / piece.len()));
        let half = text.get(..text.floor_char_boundary(text.len() / 2)).unwrap_or_default();
        let (short, long) = (fastest(&matcher, half), fastest(&matcher, &text));
        println!(
            "{name:44} {:8.1} ms for 50 kB {:8.1} ms for 100 kB",
            milliseconds(short),
            milliseconds(long)
        );
    }
    Ok(())
}

fn show(name: &str, matcher: &Matcher, text: &str) {
    let best = fastest(matcher, text);
    println!("{name:44} {:8.1} MB/s", text.len() as f64 / 1e6 / best.as_secs_f64());
}

fn show_folding(name: &str, text: &str) {
    let folding = || {
        let start = busy();
        std::hint::black_box(fold(text, Case::Fold));
        busy().saturating_sub(start)
    };
    let best = (0..RUNS).map(|_| folding()).min().unwrap_or_default();
    println!(
        "{:44} {:8.1} MB/s",
        format!("{name}, folding alone"),
        text.len() as f64 / 1e6 / best.as_secs_f64()
    );
}

fn fastest(matcher: &Matcher, text: &str) -> Duration {
    (0..RUNS).map(|_| once(matcher, text)).min().unwrap_or_default()
}

fn once(matcher: &Matcher, text: &str) -> Duration {
    let start = busy();
    std::hint::black_box(matcher.find("", &[(Field::Body, text)]));
    busy().saturating_sub(start)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// How long this thread has had a core, so that other work on the machine is not counted; where the kernel does not
/// tell, the time.
fn busy() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|number| number.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Bytes of memory in use, by the kernel's count of pages; 0 where it does not tell.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

/// Ten aliases an entity, each two or three words and a number, of which few stand in the text.
fn entities(names: &Names, count: usize, change: impl Fn(Alias) -> Alias) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    for number in 0..count {
        if number.is_multiple_of(10) {
            entities.push(Entity { name: format!("e{number}"), ..Entity::default() });
        }
        if let Some(entity) = entities.last_mut() {
            entity.aliases.push(change(Alias::plain(&names.name(number))));
        }
    }
    entities
}

/// Words of a language, and what is made of them; the same in every run.
struct Names {
    words: Vec<&'static str>,
}

impl Names {
    fn of(text: &'static str) -> Self {
        Self { words: text.split_whitespace().collect() }
    }

    fn word(&self, number: usize) -> &'static str {
        self.words.get(number % self.words.len()).copied().unwrap_or_default()
    }

    fn name(&self, number: usize) -> String {
        let spread = number.wrapping_mul(2_654_435_761) >> 7;
        let (one, other) = (self.word(spread), self.word(spread / 61));
        if number.is_multiple_of(3) {
            format!("{one} {other} {number}")
        } else {
            format!("{one}{number} {other}")
        }
    }

    /// Sentences in which one word of fifty is a name.
    fn text(&self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 64);
        for number in 0_usize.. {
            if text.len() >= bytes {
                break;
            }
            if number.is_multiple_of(50) {
                text.push_str(&self.name(number % ALIASES));
            } else {
                text.push_str(self.word(number.wrapping_mul(40_503) >> 3));
            }
            text.push_str(if number.is_multiple_of(17) { ". " } else { " " });
        }
        text
    }
}
