//! What knowing copies and stories costs an article: `cargo bench --bench duplicates`. It prints and judges nothing.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::time::{Duration, Instant};

use diemtin::dedup::{Facts, Parts, Signature, compare, group, same_story};

const RUNS: u32 = 200;
const ARTICLES: usize = 2_000;

const SENTENCES: [(&str, &str); 3] = [
    ("vi", "Tập đoàn ¤ của Việt Nam cho biết sẽ chi ¤ tỷ đồng cho xưởng ¤, tăng ¤% so với năm trước. "),
    ("en", "The ¤ Group of Port Ellery said it would spend $¤ million on workshop ¤, up ¤% from last year. "),
    ("zh", "公司¤表示，将投资¤亿元建设第¤号车间，比去年增长¤%，预计两年后投产。"),
];

fn main() {
    println!(
        "{:4} {:>6} {:>12} {:>12} {:>12} {:>12}",
        "", "bytes", "signature", "facts", "compare", "same story"
    );
    for (language, sentence) in SENTENCES {
        let (first, second) = (text(sentence, 1), text(sentence, 2));
        let parts = Parts { title: &first, lead: &first, text: &first, ..Parts::default() };
        let parts = Parts { title: "", lead: "", ..parts };
        let (a, b) = (Facts::of(parts), Facts::of(Parts { text: &second, ..parts }));
        println!(
            "{language:4} {:6} {:>9.1} µs {:>9.1} µs {:>9.2} µs {:>9.2} µs",
            first.len(),
            micros(|| drop(std::hint::black_box(Signature::of(&first)))),
            micros(|| drop(std::hint::black_box(Facts::of(parts)))),
            micros(|| _ = std::hint::black_box(compare(&a.signature, &b.signature))),
            micros(|| _ = std::hint::black_box(same_story(&a, &b))),
        );
    }
    let articles: Vec<Facts> = (0..ARTICLES).map(article).collect();
    let start = Instant::now();
    let groups = group(&articles).len();
    let spent = start.elapsed();
    println!(
        "{ARTICLES} articles in {groups} groups: {:.1} µs each",
        spent.as_secs_f64() * 1e6 / ARTICLES as f64
    );
}

fn article(number: usize) -> Facts {
    let [(_, vietnamese), (_, english), (_, chinese)] = SENTENCES;
    let sentence = if number.is_multiple_of(3) {
        vietnamese
    } else if number % 3 == 1 {
        english
    } else {
        chinese
    };
    let text = text(sentence, number);
    Facts::of(Parts { text: &text, ..Parts::default() })
}

/// Four paragraphs of four sentences, as long as the usual article.
fn text(sentence: &str, seed: usize) -> String {
    let paragraph =
        |at: usize| (0..8).map(|n| filled(sentence, seed * 1_000 + at * 8 + n)).collect::<String>() + "\n";
    (0..4).map(paragraph).collect()
}

fn filled(sentence: &str, seed: usize) -> String {
    let number = |n: usize| (11 + (seed * 7_919 + n * 104_729) % 9_973).to_string();
    sentence
        .split('¤')
        .enumerate()
        .map(|(n, part)| if n > 0 { number(n) + part } else { part.to_owned() })
        .collect()
}

fn micros(mut run: impl FnMut()) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
    }
    best.as_secs_f64() * 1e6
}
