//! Article bodies against annotated ones: F1 over 4-grams of words, from the mean precision and recall of the pages.

use std::collections::HashMap;

use diemtin::extract::{Origin, article};
use diemtin::model::{Article, Moment};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Of large corpora every so many pages are read, so that the test stays quick unoptimised.
const STRIDE: usize = 8;

#[test]
fn bodies_of_vietnamese_pages() {
    holds("extract/vietnamese_dev", Lead::Counts, 1, 0.995);
}

#[test]
fn bodies_of_pages_from_many_countries() {
    holds("extract/fundus_dev", Lead::Counts, 1, 0.957);
}

#[test]
fn bodies_of_pages_of_every_sort() {
    holds("extract/wcxb_dev", Lead::IsApart, STRIDE, 0.945);
}

/// Floors of the metadata: what is measured, and a point below it.
#[test]
fn metadata_of_pages_from_many_countries() {
    metadata_holds("extract/fundus_dev", [("title", 0.80), ("day", 0.97), ("authors", 0.90)]);
}

#[test]
fn metadata_of_pages_of_every_sort() {
    metadata_holds("extract/wcxb_dev", [("title", 0.86), ("day", 0.80), ("authors", 0.78)]);
}

fn metadata_holds(corpus: &str, floors: [(&str, f64); 3]) {
    let Some(folder) = crate::corpus(corpus) else { return };
    let gold: Value = serde_json::from_slice(&crate::read(&folder.join("ground-truth.json"))).unwrap();
    let pages = gold.as_object().unwrap();
    let stride = if pages.len() > 200 { STRIDE } else { 1 };
    let mut scores: HashMap<&str, (usize, usize)> = HashMap::new();
    for (id, page) in pages.iter().step_by(stride) {
        let article = of(&crate::read(&folder.join("html").join(format!("{id}.html"))));
        for (field, right) in comparison(page, &article) {
            let score = scores.entry(field).or_default();
            *score = (score.0 + usize::from(right), score.1 + 1);
        }
    }
    for (field, floor) in floors {
        let (right, all) = scores[field];
        let share = right as f64 / all as f64;
        println!("{corpus}: {field} {right} of {all}, {share:.4}");
        assert!(share >= floor, "{corpus}: {field} {share:.4} is below its floor of {floor}");
    }
}

/// Which of the fields that the annotation has are right: the same words, the same day, all authors among those read.
fn comparison(page: &Value, article: &Article) -> Vec<(&'static str, bool)> {
    let mut fields = Vec::new();
    if let Some(title) = page["title"].as_str().filter(|title| !title.is_empty()) {
        fields.push(("title", words(title) == words(&article.title)));
    }
    if let Some(date) = page["date"].as_str().filter(|date| date.len() >= 10) {
        fields.push(("day", article.published.is_some_and(|at| is_same_day(at, date))));
    }
    let authors = page["authors"].as_array().cloned().unwrap_or_else(|| vec![page["author"].clone()]);
    let authors: Vec<&str> =
        authors.iter().filter_map(Value::as_str).filter(|name| !name.is_empty()).collect();
    if !authors.is_empty() {
        let read = words(&article.authors.join(" "));
        fields.push(("authors", authors.iter().all(|author| read.contains(&words(author)))));
    }
    fields
}

/// The same day as written, or the same minute.
fn is_same_day(at: Moment, gold: &str) -> bool {
    let instant = chrono::DateTime::parse_from_rfc3339(&gold.replacen(' ', "T", 1));
    let day: String = at.to_string().chars().take(10).collect();
    gold.starts_with(&day)
        || instant.is_ok_and(|gold| (gold.timestamp() - at.timestamp().to_utc().timestamp()).abs() < 120)
}

fn words(text: &str) -> String {
    let lower = text.nfkc().collect::<String>().to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether the annotation counts the standfirst as body.
#[derive(Clone, Copy, PartialEq)]
enum Lead {
    Counts,
    IsApart,
}

fn holds(corpus: &str, lead: Lead, stride: usize, floor: f64) {
    let Some(folder) = crate::corpus(corpus) else { return };
    let gold: Value = serde_json::from_slice(&crate::read(&folder.join("ground-truth.json"))).unwrap();
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    for (id, page) in gold.as_object().unwrap().iter().step_by(stride) {
        let Some(body) = page["articleBody"].as_str().filter(|body| !body.is_empty()) else { continue };
        let html = crate::read(&folder.join("html").join(format!("{id}.html")));
        let (hits, read, wanted) = overlap(&text(&html, lead), body);
        precision.extend((read > 0.0).then(|| hits / read));
        recall.push(hits / wanted);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (precision, recall) = (mean(&precision), mean(&recall));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("{corpus}: F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}");
    assert!(f1 >= floor, "{corpus}: F1 {f1:.4} is below its floor of {floor}");
}

fn of(html: &[u8]) -> Article {
    let url = Url::parse("https://paper.example/").unwrap();
    let timezone = chrono_tz::Asia::Ho_Chi_Minh;
    article(html, Origin { url: &url, content_type: None, timezone, language: "vi" })
}

fn text(html: &[u8], lead: Lead) -> String {
    let read = of(html);
    let body = read.text();
    if lead == Lead::IsApart || body.contains(&read.lead) { body } else { format!("{}\n{body}", read.lead) }
}

/// How many 4-grams the two share, and how many each has.
fn overlap(read: &str, wanted: &str) -> (f64, f64, f64) {
    let (read, wanted) = (grams(read), grams(wanted));
    let shared: usize =
        read.iter().map(|(gram, count)| (*count).min(wanted.get(gram).copied().unwrap_or(0))).sum();
    let total = |grams: &HashMap<String, usize>| grams.values().sum::<usize>() as f64;
    (shared as f64, total(&read), total(&wanted))
}

fn grams(text: &str) -> HashMap<String, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut grams = HashMap::new();
    for gram in words.windows(words.len().clamp(1, 4)) {
        *grams.entry(gram.join(" ")).or_default() += 1;
    }
    grams
}
