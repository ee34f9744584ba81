//! Where each field of an article was taken from: the places of the page that say what it says. Looking for the value
//! instead of noting each step keeps the reading itself free of this.

use std::collections::BTreeMap;

use super::View;
use super::path::path;
use crate::extract::dom::{Id, Tag};
use crate::extract::hints::Hints;
use crate::extract::lead::comparable;
use crate::model::Moment;
use crate::text::date::parse;

/// Most places of one field that are named.
const MOST: usize = 5;
/// Most elements that are looked at for one field.
const TRIES: usize = 400;
/// Longest text that may show a headline, a name or a date, in bytes.
const SHORT: usize = 600;
/// Shorter texts stand anywhere by chance.
const TELLING: usize = 4;

/// The places by field.
pub(super) fn of(view: &View<'_, '_>) -> BTreeMap<&'static str, Vec<String>> {
    let article = view.article;
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut fields = BTreeMap::from([
        ("title", title(view)),
        ("authors", authors(view)),
        ("published", date(view, article.published, view.structured.published.as_deref())),
        ("modified", date(view, article.modified, view.structured.modified.as_deref())),
        ("lead", lead(view)),
        ("site", holding(view, &said(&article.site), ("publisher", view.structured.publisher.as_deref()))),
        ("language", language(view)),
        ("canonical_url", canonical(view)),
    ]);
    if let Some(image) = &article.image {
        let end = image.rsplit('/').next().unwrap_or(image).to_owned();
        fields.insert("image", holding(view, &end, ("image", view.structured.image.as_deref())));
    }
    fields.retain(|_, places| !places.is_empty());
    fields
}

fn rule(name: &str) -> Vec<String> {
    vec![format!("rule {name}")]
}

fn title(view: &View<'_, '_>) -> Vec<String> {
    if view.ruled.title.is_some() {
        return rule("title");
    }
    let wanted = comparable(&view.article.title);
    let shown = elements(view, |id| view.page.tag(id) == Tag::Heading(1));
    let shown = shown.filter(|id| comparable(&view.page.short_text(*id, SHORT)) == wanted);
    let shown: Vec<String> = shown.map(|id| path(view.page, id)).collect();
    let mut places = holding(view, &view.article.title, ("headline", view.structured.headline.as_deref()));
    if view.head.title.as_deref().is_some_and(|title| comparable(title).contains(&wanted)) {
        places.push("<title>".to_owned());
    }
    shown.into_iter().chain(places).take(MOST).collect()
}

fn authors(view: &View<'_, '_>) -> Vec<String> {
    if !view.ruled.authors.is_empty() {
        return rule("author");
    }
    let Some(first) = view.article.authors.first() else { return Vec::new() };
    let named = view.structured.authors.join(", ");
    let mut places = holding(view, first, ("author", Some(&named)));
    let wanted = comparable(first);
    let is_byline = |id: Id| {
        let marked = |name: &str| view.page.attribute(id, name).is_some_and(|value| value.contains("author"));
        marked("rel") || marked("itemprop") || view.page.node(id).hints.any(Hints::AUTHOR)
    };
    let bylines = elements(view, |id| view.page.tag(id) != Tag::Metadata && is_byline(id));
    let bylines = bylines.filter(|id| comparable(&view.page.short_text(*id, SHORT)).contains(&wanted));
    places.extend(bylines.map(|id| path(view.page, id)));
    places.truncate(MOST);
    places
}

fn date(view: &View<'_, '_>, wanted: Option<Moment>, structured: Option<&str>) -> Vec<String> {
    let Some(wanted) = wanted else { return Vec::new() };
    if view.ruled.published == Some(wanted) {
        return rule("date");
    }
    let says = |text: &str| text.len() <= SHORT && parse(text, view.zone) == Some(wanted);
    let mut places: Vec<String> = Vec::new();
    places.extend(structured.filter(|text| says(text)).map(|_| "JSON-LD".to_owned()));
    let metas = metas(view).filter(|(_, content)| content.len() < 80 && says(content));
    places.extend(metas.map(|(name, _)| format!("meta {name}")));
    let shown = elements(view, |id| {
        view.page.tag(id) == Tag::Time || view.page.node(id).hints.any(Hints::DATE | Hints::META)
    });
    let shown = shown.filter(|id| {
        view.page.attribute(*id, "datetime").is_some_and(says) || says(&view.page.short_text(*id, SHORT))
    });
    places.extend(shown.map(|id| path(view.page, id)));
    places.truncate(MOST);
    places
}

fn lead(view: &View<'_, '_>) -> Vec<String> {
    if view.ruled.lead.is_some() {
        return rule("lead");
    }
    view.lead.map(|lead| path(view.page, lead.place)).into_iter().collect()
}

fn language(view: &View<'_, '_>) -> Vec<String> {
    let Some(language) = &view.article.language else { return Vec::new() };
    let is_it = |told: Option<&str>| told.is_some_and(|told| told.to_lowercase().starts_with(language));
    let mut places = Vec::new();
    places.extend(is_it(view.head.language).then(|| "html lang".to_owned()));
    let told = view.head.first(&["content-language"]);
    places.extend(is_it(told.as_deref()).then(|| "meta content-language".to_owned()));
    places.extend(is_it(view.structured.language.as_deref()).then(|| "JSON-LD".to_owned()));
    if places.is_empty() {
        places.push("the text, or the source".to_owned());
    }
    places
}

fn canonical(view: &View<'_, '_>) -> Vec<String> {
    let named = view.head.canonical.is_some() && view.article.canonical_url != view.article.url;
    vec![if named { "link rel=canonical" } else { "the address" }.to_owned()]
}

/// Metadata that hold a text, and the property of JSON-LD that does.
fn holding(view: &View<'_, '_>, text: &str, structured: (&str, Option<&str>)) -> Vec<String> {
    let wanted = comparable(text);
    if wanted.len() < TELLING {
        return Vec::new();
    }
    let (property, said) = structured;
    let mut places = Vec::new();
    if said.is_some_and(|said| comparable(said).contains(&wanted)) {
        places.push(format!("JSON-LD {property}"));
    }
    let holders = metas(view).filter(|(_, content)| comparable(content).contains(&wanted));
    // A description may hold any name; what says just this comes first.
    let mut holders: Vec<(usize, String)> =
        holders.map(|(name, content)| (content.len(), format!("meta {name}"))).collect();
    holders.sort();
    places.extend(holders.into_iter().map(|(_, name)| name));
    places.truncate(MOST);
    places
}

fn metas<'v>(view: &'v View<'_, '_>) -> impl Iterator<Item = (&'v str, &'v str)> {
    let metas = view.page.elements().filter(|(_, node)| node.name() == "meta").take(TRIES);
    metas.filter_map(|(_, node)| {
        let name = ["property", "name", "itemprop"].iter().find_map(|name| node.attribute(name))?;
        Some((name, node.attribute("content")?))
    })
}

fn elements<'v>(view: &'v View<'_, '_>, wanted: impl Fn(Id) -> bool + 'v) -> impl Iterator<Item = Id> + 'v {
    view.page.elements().map(|(id, _)| id).filter(move |id| wanted(*id)).take(TRIES)
}
