//! How a text is looked at again, and which of its changes wait, as `history` and `why` show it.

use serde_json::{Value, json};

use crate::model::{ArticleId, Timestamp};
use crate::store::{HeldChange, Look, Store};

/// What is known of that.
#[derive(Default)]
pub(super) struct Looks {
    look: Option<Look>,
    held: Vec<HeldChange>,
}

impl Looks {
    pub(super) async fn of(store: &Store, article: ArticleId) -> anyhow::Result<Self> {
        Ok(Self { look: store.look_of(article).await?, held: store.held_changes(article).await? })
    }

    /// For people.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.look.as_ref().map_or_else(
            || "Not looked at again: nobody wants its edits, or its time is over (`track_edits`).".to_owned(),
            told,
        )];
        let held = self.held.iter().map(|HeldChange { rule, why, until }| {
            let why = match why.as_str() {
                "restless" => "the text goes back and forth; where it stays is told",
                _ => "further changes are told with it (`settle`)",
            };
            format!("A change waits for {rule} until {until}: {why}")
        });
        lines.extend(held);
        lines
    }

    /// For programs.
    pub(super) fn json(&self) -> (Value, Value) {
        let look = self.look.as_ref().map(|look| {
            json!({
                "at": look.at.map(Timestamp::rfc3339), "came_to": look.came_to, "error": look.error,
                "next": look.next.map(Timestamp::rfc3339), "until": look.until.map(Timestamp::rfc3339),
            })
        });
        let held = self
            .held
            .iter()
            .map(|held| json!({"rule": held.rule, "why": held.why, "until": held.until.rfc3339()}));
        (json!(look), held.collect())
    }
}

fn told(look: &Look) -> String {
    let last = look.at.map_or_else(
        || "Not looked at again yet".to_owned(),
        |at| {
            let came_to = match look.came_to.as_deref() {
                Some("unchanged") => ", unchanged (304 or the same bytes)",
                Some("same_text") => ", the same text in other bytes",
                Some("changed") => ", changed",
                Some("failed") => ", no version of it",
                _ => "",
            };
            let why = look.error.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            format!("Last looked at {at}{came_to}{why}")
        },
    );
    let next =
        look.next.map_or_else(|| "not looked at until someone asks".to_owned(), |at| format!("next {at}"));
    let until = look.until.map(|at| format!("; tracking ends {at}")).unwrap_or_default();
    format!("{last}; {next}{until}")
}
