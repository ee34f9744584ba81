//! Article bodies against annotated ones: F1 over 4-grams of words, from the mean precision and recall of the pages.

use std::collections::HashMap;

use diemtin::extract::{Origin, article};
use diemtin::model::Article;
use serde_json::Value;
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

fn text(html: &[u8], lead: Lead) -> String {
    let url = Url::parse("https://paper.example/").unwrap();
    let origin =
        Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh, language: "vi" };
    let read: Article = article(html, origin);
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
