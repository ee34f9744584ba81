//! One article's whole way, told to people.

use super::Way;
use super::words::Words;
use crate::cli::outbox::Standings;
use crate::model::Extent;
use crate::store::{EntryHistory, HeldCopy, RaisedAlert, Sighting, StoredArticle};

/// How the way is told.
pub(super) struct Page<'a> {
    pub(super) words: &'static Words,
    pub(super) standings: &'a Standings,
}

impl Page<'_> {
    /// From the feeds that listed the article to the messages that told of it.
    pub(super) fn lines(&self, way: &Way) -> Vec<String> {
        let words = self.words;
        let mut lines: Vec<String> = way.entries.iter().flat_map(|entry| self.entry(entry)).collect();
        let Some(stored) = &way.article else {
            lines.push(words.not_read.to_owned());
            return lines;
        };
        lines.extend(self.article(stored));
        lines.extend(way.sightings.iter().map(|sighting| self.sighting(sighting)));
        lines.extend(self.mentions(way));
        lines.extend(self.story(way));
        if way.alerts.is_empty() && way.held.is_empty() && !way.looks.holds_any() {
            lines.push(words.no_alert.to_owned());
        }
        lines.extend(way.alerts.iter().flat_map(|alert| self.alert(alert, way)));
        lines.extend(way.held.iter().map(|held| self.copy(held)));
        lines.extend(way.looks.lines(words.language, &|at| self.standings.at(at)));
        lines
    }

    fn entry(&self, entry: &EntryHistory) -> Vec<String> {
        let (words, standings) = (self.words, self.standings);
        let state = words.entry(&entry.state, entry.held.as_deref());
        let seen = words.seen.replace("{at}", &standings.at(entry.first_seen_at)).replace("{state}", &state);
        let mut lines = vec![seen.replace("{source}", &entry.source)];
        if let (Some(error), Some(next)) = (&entry.last_error, entry.next_attempt_at) {
            let failed = words.failed.replace("{attempts}", &entry.attempts.to_string());
            let failed = failed.replace("{next}", &standings.at(next)).replace("{error}", error);
            lines.push(format!("  {failed}"));
        }
        lines
    }

    fn article(&self, stored: &StoredArticle) -> Vec<String> {
        let (words, article) = (self.words, &stored.article);
        let extent: Extent = article.extent;
        let read = words
            .read
            .replace("{paragraphs}", &article.paragraphs.len().to_string())
            .replace("{captions}", &article.captions.len().to_string())
            .replace("{only}", words.only(extent))
            .replace("{title}", &article.title);
        let notes = article.notes.iter().map(|note| format!("  {}", words.note.replace("{note}", note)));
        std::iter::once(read).chain(notes).collect()
    }

    fn sighting(&self, sighting: &Sighting) -> String {
        let brought = self.words.brought.replace("{at}", &self.standings.at(sighting.first_seen_at));
        brought.replace("{source}", &sighting.source).replace("{url}", &sighting.url)
    }

    fn mentions(&self, way: &Way) -> Vec<String> {
        if way.mentions.is_empty() {
            return vec![self.words.no_mention.to_owned()];
        }
        let mut lines = Vec::new();
        for (entity, count, surfaces) in &way.mentions {
            let phrase = self.words.mentions.replace("{count}", &count.to_string());
            lines.push(phrase.replace("{surfaces}", &surfaces.join(", ")).replace("{entity}", entity));
            let spellings = way.spellings.iter().flat_map(|spellings| spellings.lines(entity, self.words));
            lines.extend(spellings.map(|line| format!("  {line}")));
        }
        lines
    }

    fn story(&self, way: &Way) -> Vec<String> {
        let Some(story) = way.story.as_ref().filter(|story| !story.also.is_empty()) else {
            return Vec::new();
        };
        let phrase = self.words.story.replace("{articles}", &story.articles.to_string());
        let mut lines = vec![phrase.replace("{id}", &story.id.to_string())];
        lines.extend(story.also.iter().map(|also| {
            let phrase = self.words.also.replace("{url}", also.url.as_ref());
            format!("  {}", phrase.replace("{source}", &also.source).replace("{title}", &also.title))
        }));
        lines
    }

    /// Its message, and what failed last where it is not delivered.
    fn alert(&self, alert: &RaisedAlert, way: &Way) -> Vec<String> {
        let words = self.words;
        let row = alert.delivery.and_then(|(id, _)| way.messages.iter().find(|row| row.delivery.id == id));
        let fate = match (alert.delivery, row) {
            (None, _) => words.next_digest.to_owned(),
            (Some((id, _)), Some(row)) => format!("{} ({id})", self.standings.sentence(row)),
            (Some((id, state)), None) => format!("{state} ({id})"),
        };
        let phrase = words.alert.replace("{recipient}", &alert.recipient.to_string());
        let mut lines = vec![phrase.replace("{name}", &alert.name).replace("{fate}", &fate)];
        lines.extend(
            alert
                .last_error
                .as_ref()
                .map(|error| format!("  {}", words.last_error.replace("{error}", error))),
        );
        lines
    }

    fn copy(&self, held: &HeldCopy) -> String {
        let phrase = self.words.copy.replace("{recipient}", &held.recipient.to_string());
        let phrase = phrase.replace("{source}", &held.source).replace("{url}", held.url.as_ref());
        phrase.replace("{name}", &held.name).replace("{title}", &held.title)
    }
}
