//! The sample documents as pages: no name that stands only in their boilerplate may reach the article.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use diemtin::extract::{Origin, article};
use serde_json::Value;
use url::Url;

#[test]
fn names_of_boilerplate_stay_out_of_the_article() {
    let Some(marked) = crate::corpus("entities/seed-entities.json") else { return };
    let Some(gold) = crate::corpus("extract/seeds/ground-truth.json") else { return };
    let Some(texts) = crate::corpus("../seeds") else { return };
    let marked: Value = serde_json::from_slice(&crate::read(&marked)).unwrap();
    let gold: Value = serde_json::from_slice(&crate::read(&gold)).unwrap();
    for (name, gold) in gold.as_object().unwrap() {
        let document = String::from_utf8(crate::read(&texts.join(name))).unwrap();
        let text = text_of(&page(gold, &document));
        let wanted = gold["articleBody"].as_str().unwrap();
        assert!(wanted.lines().all(|line| text.contains(line.trim())), "{name}: a line is missing");
        let leaked: Vec<_> =
            only_elsewhere(&marked["seeds"][name], wanted).filter(|word| text.contains(word)).collect();
        assert!(leaked.is_empty(), "{name}: {leaked:?}");
    }
}

/// The surfaces that the annotation knows in the document and the article does not hold.
fn only_elsewhere<'v>(seed: &'v Value, wanted: &'v str) -> impl Iterator<Item = &'v str> {
    let entities = seed["entities"].as_object().unwrap().values();
    let surfaces: BTreeSet<&str> = entities
        .flat_map(|entity| entity["surfaces"].as_object().unwrap().keys())
        .map(String::as_str)
        .collect();
    surfaces.into_iter().filter(move |surface| !wanted.contains(surface))
}

/// The article in the markup of such sites, everything after it in boxes of links.
fn page(gold: &Value, document: &str) -> String {
    let (title, lead) = (gold["title"].as_str().unwrap(), gold["lead"].as_str().unwrap());
    let body = gold["articleBody"].as_str().unwrap();
    let mut html = format!(
        "<html lang=vi><title>{title}</title><h1>{title}</h1><h2 class=sapo>{lead}</h2><div class=detail>"
    );
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty() && *line != lead) {
        write!(html, "<p>{line}</p>").unwrap();
    }
    html.push_str("</div><div class=col><ul>");
    let last = body.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap();
    let rest = document.rsplit_once(last).map(|(_, rest)| rest).unwrap();
    for line in rest.lines().map(str::trim).filter(|line| !line.is_empty()) {
        write!(html, "<li><a href=/tin>{line}</a></li>").unwrap();
    }
    html + "</ul></div></html>"
}

fn text_of(html: &str) -> String {
    let url = Url::parse("https://paper.example/").unwrap();
    let origin =
        Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh, language: "vi" };
    let read = article(html.as_bytes(), origin);
    [read.lead.clone(), read.text(), read.captions.join("\n")].join("\n")
}
