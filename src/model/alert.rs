//! What people are told, and how it reaches them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    ArticleId, Attribution, DeliveryId, Extent, ItemChange, ItemStory, Moment, Prominence, SourceChange,
    SourceProblem, Timestamp, Trend,
};

/// The language of mails and pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// Who is told: `mail:ADDRESS` or `webhook:NAME`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Recipient {
    /// An e-mail address.
    Mail(String),
    /// A `[[webhook]]` by its name.
    Webhook(String),
}

impl Recipient {
    /// Reads `mail:ADDRESS` or `webhook:NAME`; nothing else is a recipient.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, target) = text.split_once(':')?;
        let target = target.trim();
        match kind.trim() {
            "mail" if !target.is_empty() => Some(Self::Mail(target.to_owned())),
            "webhook" if !target.is_empty() => Some(Self::Webhook(target.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail(address) => write!(f, "mail:{address}"),
            Self::Webhook(name) => write!(f, "webhook:{name}"),
        }
    }
}

/// An alert or digest by name, and one who receives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Addressed {
    /// The name of the alert or digest.
    pub name: String,
    /// Who receives it.
    pub recipient: Recipient,
}

/// One message on its way to one recipient. Its identity and its content never change between attempts.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Becomes the `Message-ID` and the `webhook-id`.
    pub id: DeliveryId,
    /// Who receives it.
    pub recipient: Recipient,
    /// What it says.
    pub message: Message,
    /// When it was queued.
    pub created_at: Timestamp,
    /// How many attempts were made before this one.
    pub attempts: u32,
}

/// What sort of message a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryKind {
    /// Sent as soon as an article fires a rule.
    Alert,
    /// Sent at the end of a period.
    Digest,
    /// About the daemon itself.
    Notice,
}

/// What keeps an alert from being told in a message of its own at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restraint {
    /// It keeps still until then.
    pub quiet_until: Option<Timestamp>,
    /// With more messages than this within an hour the next holds several articles.
    pub max_per_hour: Option<u32>,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// Waiting for its next attempt.
    Queued,
    /// Accepted by the other side.
    Sent,
    /// Given up after the last attempt, or refused for good; kept until someone retries or drops it.
    Dead,
    /// Taken off the queue by hand.
    Dropped,
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        })
    }
}

/// What a message says, independent of the channel that carries it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Message {
    /// One or more articles that fired rules.
    Alert {
        /// The articles.
        items: Vec<Item>,
    },
    /// The round-up of a period.
    Digest {
        /// The `[[digest]]`.
        name: String,
        /// When the period began.
        from: Timestamp,
        /// When the period ended.
        until: Timestamp,
        /// The articles, most prominent first.
        items: Vec<Item>,
        /// How many more there were beyond `max_items`.
        omitted: usize,
        /// Sources in trouble, the latest trouble first.
        source_problems: Vec<SourceProblem>,
        /// The most named entities of the last days, those of this digest, the most named in it first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        trends: Vec<Trend>,
    },
    /// Something about the daemon itself.
    Notice(Notice),
    /// How sources are doing, gathered for a while: a notice, too.
    Sources {
        /// What changed, oldest first.
        changes: Vec<SourceChange>,
        /// How many more changed.
        omitted: usize,
    },
}

impl Message {
    /// What sort of message this is.
    pub fn kind(&self) -> DeliveryKind {
        match self {
            Self::Alert { .. } => DeliveryKind::Alert,
            Self::Digest { .. } => DeliveryKind::Digest,
            Self::Notice(_) | Self::Sources { .. } => DeliveryKind::Notice,
        }
    }
}

/// Something about the daemon itself that its operator should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// One line.
    pub subject: String,
    /// What happened, why, what happens next and what to do.
    pub text: String,
}

/// One article in a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The names of the alerts that matched; empty in a digest.
    pub alerts: Vec<String>,
    /// Why it is in the message.
    pub reason: Reason,
    /// When the daemon saw it.
    pub observed_at: Timestamp,
    /// The article's identity.
    pub id: ArticleId,
    /// The address to read it at.
    pub url: String,
    /// The address it names as its own.
    pub canonical_url: String,
    /// The headline.
    pub title: String,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// The source that brought it first.
    pub source: String,
    /// When it was published.
    pub published: Option<Moment>,
    /// BCP 47 primary language.
    pub language: Option<String>,
    /// The standfirst, or the first paragraph where it has none.
    pub lead: String,
    /// The source that it names.
    pub attribution: Option<Attribution>,
    /// How much of it was there to read.
    #[serde(default)]
    pub extent: Extent,
    /// The tracked entities it mentions, most prominent first.
    pub entities: Vec<Prominence>,
    /// The sentences that matched.
    pub snippets: Vec<Snippet>,
    /// What changed, where it is here for an edit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ItemChange>,
    /// The story it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<ItemStory>,
}

/// Why an article is in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// It is new.
    New,
    /// It was edited after it had been published.
    Edit,
    /// It is a watched page that changed.
    Page,
}

/// A sentence that names an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The entity's name.
    pub entity: String,
    /// The sentence.
    pub text: String,
}
