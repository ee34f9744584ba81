//! How a source is doing, in the one form that status, digests and figures share.

use serde::{Deserialize, Serialize};

use url::Url;

use super::{Cause, Timestamp};

/// The state of a source as its reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Its server says that it is gone for good.
    Gone,
    /// It keeps us out: robots.txt, a login, a wall against programs.
    Blocked,
    /// The last poll failed.
    Failing,
    /// It answers, and has listed nothing new for much longer than usual.
    Stale,
    /// It answers at another address than sources.toml says.
    Moved,
    /// Not polled yet.
    New,
    /// Answered last time.
    Ok,
}

impl Condition {
    /// Every condition, the worst first.
    pub const ALL: [Self; 7] =
        [Self::Gone, Self::Blocked, Self::Failing, Self::Stale, Self::Moved, Self::New, Self::Ok];

    /// The word for it in JSON and on a command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Blocked => "blocked",
            Self::Failing => "failing",
            Self::Stale => "stale",
            Self::Moved => "moved",
            Self::New => "new",
            Self::Ok => "ok",
        }
    }

    /// Whether someone should look at it.
    pub fn is_problem(self) -> bool {
        self.is_failure() || matches!(self, Self::Stale | Self::Moved)
    }

    /// Whether it did not answer.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Gone | Self::Blocked | Self::Failing)
    }
}

/// How a source is doing, since when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceHealth {
    /// How.
    pub condition: Condition,
    /// Since when.
    pub since: Timestamp,
    /// Failures in a row.
    pub failures: u32,
    /// What keeps it from answering; `None` where it answers, or failed under a version that did not note it.
    pub cause: Option<Cause>,
    /// The same as a sentence.
    pub why: Option<String>,
    /// Where it has moved for good, and is polled now.
    pub moved_to: Option<Url>,
    /// When it is polled next; `None`: not until someone asks for it.
    pub next: Option<Timestamp>,
}

/// A source that someone should look at, as a digest tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct SourceProblem {
    /// Its name.
    pub source: String,
    /// What is wrong; of one that has moved its new address, of one that is stale nothing.
    pub why: String,
    /// How it is doing and until when it is left alone; `None` in messages that were stored before this was told.
    pub standing: Option<Standing>,
}

/// How a source in trouble stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What sort of trouble.
    pub condition: Condition,
    /// What keeps it from answering, where that is known.
    #[serde(default)]
    pub cause: Option<Cause>,
    /// Since when.
    pub since: Timestamp,
    /// When it is polled next; `None`: not until someone asks for it.
    pub next: Option<Timestamp>,
}

/// What messages on the outbox may hold: problems were sentences once.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Sentence(String),
    Problem { source: String, why: String, standing: Option<Standing> },
}

impl From<Stored> for SourceProblem {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Sentence(sentence) => {
                let (source, why) = sentence.split_once(": ").unwrap_or((&sentence, ""));
                Self { source: source.to_owned(), why: why.to_owned(), standing: None }
            }
            Stored::Problem { source, why, standing } => Self { source, why, standing },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_of_older_messages_are_still_read() {
        let at = Timestamp::EPOCH;
        let standing =
            Standing { condition: Condition::Gone, cause: Some(Cause::Gone), since: at, next: Some(at) };
        let problem =
            SourceProblem { source: "Báo: Một".into(), why: "410".into(), standing: Some(standing) };
        let stored = serde_json::to_string(&problem).unwrap();
        for (stored, source, why, known) in [
            (stored.as_str(), "Báo: Một", "410", true),
            ("\"Báo: lỗi 503: quá tải\"", "Báo", "lỗi 503: quá tải", false),
            ("\"không rõ\"", "không rõ", "", false),
        ] {
            let read: SourceProblem = serde_json::from_str(stored).unwrap();
            assert_eq!((read.source.as_str(), read.why.as_str()), (source, why));
            assert_eq!(read.standing.is_some(), known, "{stored}");
        }
    }
}
