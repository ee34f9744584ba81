//! Which alias of an entity matched where, by sources.toml as it is now.

use serde_json::{Value, json};

use super::words::Words;
use crate::cli::Session;
use crate::entity::{Matcher, snippets};
use crate::model::{Field, Mention, Snippet};
use crate::pipeline::Parts;
use crate::store::StoredArticle;

/// What sources.toml finds in an article now.
pub(super) struct Spellings {
    mentions: Vec<Mention>,
    snippets: Vec<Snippet>,
}

impl Spellings {
    /// Nothing where sources.toml cannot be read: what was found when the article was filed is told anyway.
    pub(super) fn of(session: &Session, stored: &StoredArticle) -> Option<Self> {
        let config = session.config().ok()?;
        let matcher = Matcher::new(&config.entities, &[]).ok()?;
        let parts = Parts::of(&stored.article);
        let mentions = matcher.find(&stored.source, &parts.fields()).mentions;
        let snippets = snippets(&mentions, &parts.fields());
        Some(Self { mentions, snippets })
    }

    /// `by "Hoa Vi" in the headline, by "华为" in the body`, and the first sentence that names the entity.
    pub(super) fn lines(&self, entity: &str, words: &Words) -> Vec<String> {
        let places: Vec<String> = self
            .places(entity)
            .into_iter()
            .map(|(alias, field)| {
                words.spelt.replace("{place}", words.place(field)).replace("{alias}", alias)
            })
            .collect();
        let sentence = self.snippets.iter().find(|snippet| snippet.entity == entity);
        let mut lines = Vec::new();
        if !places.is_empty() {
            lines.push(places.join(", "));
        }
        lines.extend(sentence.map(|snippet| format!("“{}”", snippet.text)));
        lines
    }

    /// The same for programs.
    pub(super) fn json(&self, entity: &str) -> Value {
        let one = |(alias, field): (&str, Field)| json!({"alias": alias, "field": field});
        self.places(entity).into_iter().map(one).collect()
    }

    fn places(&self, entity: &str) -> Vec<(&str, Field)> {
        let mut places = Vec::new();
        for mention in self.mentions.iter().filter(|mention| mention.entity == entity) {
            let place = (mention.alias.as_str(), mention.field);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}
