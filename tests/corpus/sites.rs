//! The sample articles on a site of their kind, with everything that stood around them: what only stands there never gets
//! into an article, neither on the first page of the host nor once the host was learnt.

use std::collections::BTreeSet;
use std::path::Path;

use diemtin::extract::{Guide, Learnt, Origin, Reading, read};
use serde_json::Value;
use url::Url;

/// A sample: the lines of its article, and those around it.
struct Sample {
    title: String,
    lead: String,
    body: Vec<String>,
    around: Vec<String>,
}

#[test]
fn names_beside_an_article_are_in_none_before_and_after_the_host_is_learnt() {
    let (Some(gold), Some(entities), Some(texts)) = (
        crate::corpus("extract/seeds/ground-truth.json"),
        crate::corpus("entities/seed-entities.json"),
        crate::corpus("../seeds"),
    ) else {
        return;
    };
    let gold: Value = serde_json::from_slice(&crate::read(&gold)).unwrap();
    let entities: Value = serde_json::from_slice(&crate::read(&entities)).unwrap();
    let samples: Vec<Sample> = gold
        .as_object()
        .unwrap()
        .iter()
        .map(|(file, lines)| sample(&texts.join(file), &lines["lines"]))
        .collect();
    let mut learnt = Learnt::default();
    for round in 0..8 {
        for (number, sample) in samples.iter().enumerate() {
            let only_around = only_around(sample, &entities);
            assert!(!only_around.is_empty(), "a sample with nothing to leak proves nothing");
            let reading = extract(&page(sample, 0), &learnt);
            let article = &reading.article;
            let read = format!(
                "{}\n{}\n{}\n{}",
                article.title,
                article.lead,
                article.text(),
                article.captions.join("\n")
            );
            let leaked: Vec<_> = only_around.iter().filter(|name| names(&read, name)).collect();
            assert!(leaked.is_empty(), "round {round}, sample {number}: {leaked:?}");
            assert_eq!(article.lead, sample.lead);
            let lost: Vec<_> =
                sample.body.iter().filter(|line| !article.text().contains(line.as_str())).collect();
            assert!(lost.is_empty(), "round {round}, sample {number}: {lost:?}");
        }
        // Other articles of the host, with the same around them.
        for (number, sample) in samples.iter().enumerate() {
            let other = extract(&page(sample, 1 + round * samples.len() + number), &learnt);
            learnt = learnt.after(&other.seen);
        }
    }
}

fn extract(html: &str, learnt: &Learnt) -> Reading {
    let url = Url::parse("https://bao.example/bai/1.html").unwrap();
    let origin =
        Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh, language: "vi" };
    read(html.as_bytes(), origin, Guide { learnt: Some(learnt), ..Guide::default() })
}

fn sample(file: &Path, lines: &Value) -> Sample {
    let text = String::from_utf8(crate::read(file)).unwrap();
    let all: Vec<&str> = text.lines().collect();
    let line = |number: &Value| all[number.as_u64().unwrap() as usize - 1].trim().to_owned();
    let ranges = |key: &str| -> Vec<String> {
        let ranges = lines[key].as_array().unwrap().iter();
        let numbers = ranges.flat_map(|range| range[0].as_u64().unwrap()..=range[1].as_u64().unwrap());
        let texts = numbers.map(|number| all[number as usize - 1].trim().to_owned());
        texts.filter(|line| !line.is_empty() && !line.starts_with("![]")).collect()
    };
    Sample {
        title: line(&lines["title"]),
        lead: line(&lines["lead"]),
        body: ranges("body"),
        around: ranges("boiler"),
    }
}

/// The sample on a page; a version other than 0 is another article with the same around it.
fn page(sample: &Sample, version: usize) -> String {
    let word = |line: &str| {
        if version == 0 { line.to_owned() } else { format!("Bài {version}: {line} ({version})") }
    };
    let paragraphs: Vec<String> = sample.body.iter().map(|line| format!("<p>{}</p>", word(line))).collect();
    let paragraphs = paragraphs.concat();
    let item = |line: &String| format!("<li class=item><h4><a href='/bai/x.html'>{line}</a></h4></li>");
    let items = |lines: &[String]| lines.iter().map(item).collect::<Vec<_>>().concat();
    let (near, side) = sample.around.split_at(sample.around.len() / 2);
    let title = word(&sample.title);
    let lead = word(&sample.lead);
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>{title}</title></head><body><nav><a href=/>Trang chủ</a></nav><div class=wrap>\
         <div class=left><h1>{title}</h1><div class=sapo><strong>{lead}</strong></div><div class=detail-content>{paragraphs}</div>\
         <div class=box-news><h3>Tin cùng chuyên mục</h3><ul>{}</ul></div></div><aside class=right><ul>{}</ul></aside></div></body></html>",
        items(near),
        items(side),
    )
}

/// The spellings of entities that stand around the article and not in it.
fn only_around(sample: &Sample, entities: &Value) -> BTreeSet<String> {
    let article = format!("{}\n{}\n{}", sample.title, sample.lead, sample.body.join("\n"));
    let around = sample.around.join("\n");
    let surfaces = entities["entities"].as_object().unwrap().values();
    let surfaces = surfaces.flat_map(|entity| entity["surfaces"].as_array().unwrap());
    let surfaces = surfaces.map(|surface| surface.as_str().unwrap().to_owned());
    surfaces.filter(|surface| names(&around, surface) && !names(&article, surface)).collect()
}

/// Whether a name stands in a text as a word of its own.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.into_iter().chain(after).any(char::is_alphanumeric)
    })
}
