//! What readers are told of a page in several languages: the text in theirs, not the same twice.

use std::collections::HashSet;

use super::parts::Parts;
use crate::model::{Article, Field, Language, Mention};
use crate::text::tongues::Tongues;

/// The part of an article that is told: its mentions, and its opening.
pub(super) struct Told {
    pub(super) mentions: Vec<Mention>,
    /// The standfirst, or the first paragraph where it has none.
    pub(super) lead: String,
}

impl Told {
    /// All of an article in one language; of others what is in the reader's, else in the article's own. A name that stands in
    /// another language alone is told from there.
    pub(super) fn of(article: &Article, parts: &Parts<'_>, mentions: &[Mention], reader: Language) -> Self {
        let first = || article.paragraphs.first().cloned().unwrap_or_default();
        let lead = if article.lead.is_empty() { first() } else { article.lead.clone() };
        let reader = match reader {
            Language::Vi => "vi",
            Language::En => "en",
        };
        let wanted: Vec<&str> = [reader].into_iter().chain(article.language.as_deref()).collect();
        let Some((tongues, language)) = Tongues::of(&parts.body)
            .and_then(|tongues| tongues.choose(&wanted).map(|chosen| (tongues, chosen)))
        else {
            return Self { mentions: mentions.to_vec(), lead };
        };
        let is_told =
            |mention: &&Mention| mention.field != Field::Body || !tongues.is_other(mention.start, language);
        let named: HashSet<&str> =
            mentions.iter().filter(is_told).map(|mention| mention.entity.as_str()).collect();
        let told =
            mentions.iter().filter(|mention| is_told(mention) || !named.contains(mention.entity.as_str()));
        let own = tongues
            .first_in(language)
            .and_then(|bytes| parts.body.get(bytes))
            .map(|text| text.trim().to_owned());
        Self {
            mentions: told.cloned().collect(),
            lead: own.filter(|_| article.lead.is_empty()).unwrap_or(lead),
        }
    }
}
