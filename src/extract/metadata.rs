//! What the head of a page says of its article.

use std::collections::HashMap;

use url::Url;

use super::dom::{Node, Page};
use super::lead::comparable;
use super::structured::Structured;
use crate::model::Attribution;
use crate::text::language::{detect_language, primary, reads_like};
use crate::text::normalise::normalise;

/// Most metadata that are kept.
const MOST_METAS: usize = 500;
/// Languages that a body text is told to be in with certainty.
const CERTAIN: [&str; 9] = ["vi", "en", "zh", "ja", "ko", "fr", "de", "es", "ru"];
/// Longest name or address of a source in characters.
const SOURCE: usize = 300;
/// How much of a body tells its language, in bytes.
const SAMPLE: usize = 8000;

/// The `<meta>` and `<link>` elements of a page.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    /// By property, name or item property in lower case; those that are not empty, in order.
    metas: HashMap<String, Vec<&'a str>>,
    count: usize,
    /// `<title>`
    pub(super) title: Option<String>,
    /// `<link rel=canonical>`
    pub(super) canonical: Option<&'a str>,
    /// `<html lang>`
    pub(super) language: Option<&'a str>,
}

impl<'a> Head<'a> {
    /// Collects them from anywhere in the page: sites put them into the body too.
    pub(super) fn of(page: &Page<'a>) -> Self {
        let mut head = Self::default();
        for (id, node) in page.elements() {
            match node.name() {
                "html" => head.language = node.attribute("lang").or_else(|| node.attribute("xml:lang")),
                "title" if head.title.is_none() => {
                    head.title = Some(page.text(id)).filter(|title| !title.is_empty());
                }
                "link" if has_word(node.attribute("rel"), "canonical") => {
                    head.canonical = head.canonical.or_else(|| node.attribute("href"));
                }
                "meta" => head.note(node),
                _ => {}
            }
        }
        head
    }

    fn note(&mut self, meta: &Node<'a>) {
        if self.count >= MOST_METAS {
            return;
        }
        self.count += 1;
        let Some(content) = meta.attribute("content").map(str::trim).filter(|content| !content.is_empty())
        else {
            return;
        };
        for name in
            ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|name| meta.attribute(name))
        {
            self.metas.entry(name.trim().to_ascii_lowercase()).or_default().push(content);
        }
    }

    /// The first of these that the page gives, in normal form.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.metas.get(*name))
            .filter_map(|contents| contents.first())
            .map(|content| normalise(content))
            .find(|text| !text.is_empty())
    }

    /// Everything that the page gives under this name, in normal form.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let contents = self.metas.get(name).into_iter().flatten();
        contents.map(|content| normalise(content)).filter(|text| !text.is_empty()).collect()
    }

    /// Whether the page calls itself an article.
    pub(super) fn says_article(&self) -> bool {
        let kind = self.first(&["og:type"]).is_some_and(|kind| {
            let kind = kind.to_ascii_lowercase();
            kind == "article" || kind.ends_with(":article") || kind == "newsarticle"
        });
        kind || self.first(&["article:published_time"]).is_some()
    }

    /// Whether the page says that it is not free to read.
    pub(super) fn says_locked(&self) -> bool {
        self.first(&["article:content_tier"]).is_some_and(|tier| tier.eq_ignore_ascii_case("locked"))
    }

    /// What the page says of itself in a sentence or two.
    pub(super) fn descriptions(&self, structured: &Structured) -> Vec<String> {
        let metas = ["og:description", "description", "twitter:description"];
        let metas = metas.iter().filter_map(|name| self.first(&[name]));
        metas.chain(structured.description.clone()).collect()
    }

    /// The name of the site.
    pub(super) fn site(&self, structured: &Structured) -> Option<String> {
        self.first(&["og:site_name", "application-name"]).or_else(|| structured.publisher.clone())
    }

    /// The leading picture's absolute address.
    pub(super) fn image(&self, structured: &Structured, base: &Url) -> Option<String> {
        let named = self.first(&[
            "og:image",
            "og:image:url",
            "og:image:secure_url",
            "twitter:image",
            "twitter:image:src",
        ]);
        let address = named.or_else(|| structured.image.clone())?;
        let address = base.join(&address).ok()?;
        matches!(address.scheme(), "http" | "https").then(|| address.into())
    }

    /// The language: what the body reads like where that is certain, else what the page says, else the source's.
    ///
    /// Templates say `lang="en"` on pages in any language; what a page says stands where its language is none of those
    /// that are told apart with certainty.
    pub(super) fn language_of(&self, structured: &Structured, body: &str, source: &str) -> Option<String> {
        let told = self
            .language
            .and_then(primary)
            .or_else(|| self.first(&["content-language"]).as_deref().and_then(primary))
            .or_else(|| structured.language.as_deref().and_then(primary));
        let body = sample(body);
        match told {
            Some(told) if !CERTAIN.contains(&told.as_str()) || reads_like(body, &told) => Some(told),
            told => detect_language(body).map(str::to_owned).or(told).or_else(|| primary(source)),
        }
    }

    /// The address that the page gives as its own: the canonical link, else what it says to networks and search engines.
    /// The latter count only where they are `wanted`.
    pub(super) fn own_address(
        &self,
        structured: &Structured,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let link = self.canonical.map(str::to_owned).filter(|address| !address.trim().is_empty());
        let told = || self.first(&["og:url"]).filter(|address| wanted(address));
        link.or_else(told).or_else(|| structured.address.clone().filter(|address| wanted(address)))
    }

    /// The source that the metadata name, where it is not the site itself.
    pub(super) fn source(&self, structured: &Structured, site: Option<&str>) -> Option<Attribution> {
        let own = site.map(comparable);
        let named =
            ["source", "article:source", "dc.source", "dcterms.source", "original-source", "news:source"]
                .iter()
                .find_map(|name| self.first(&[name]))
                .filter(|name| name.chars().count() <= SOURCE && comparable(name).len() > 1);
        let named = named.map(|name| match Url::parse(&name) {
            Ok(url) if url.has_host() => Attribution {
                name: url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned(),
                url: Some(name),
            },
            _ => Attribution { name, url: None },
        });
        let named = named.or_else(|| structured.source.clone())?;
        let itself = own.is_some_and(|own| comparable(&named.name).contains(own.as_str()))
            || self
                .own_address(structured, |_| true)
                .is_some_and(|address| named.url.as_deref() == Some(address.as_str()));
        (!itself).then_some(named)
    }
}

fn sample(body: &str) -> &str {
    body.get(..body.floor_char_boundary(SAMPLE)).unwrap_or(body)
}

fn has_word(value: Option<&str>, word: &str) -> bool {
    value.is_some_and(|value| value.split_ascii_whitespace().any(|found| found.eq_ignore_ascii_case(word)))
}
