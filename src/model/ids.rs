//! Identifiers made by the application: UUID version 7, so that they sort by the time they were made.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Timestamp;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier that sorts by `now`.
            pub fn new(now: Timestamp) -> Self {
                Self(now.uuid())
            }

            /// What sorts before every identifier made at `at` or later, and behind the earlier ones.
            pub fn first_of(at: Timestamp) -> Self {
                let millis = u64::try_from(at.micros()).unwrap_or(0) / 1_000;
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
            }

            /// When it was made, to the millisecond.
            pub fn made_at(&self) -> Timestamp {
                let (seconds, nanos) = self.0.get_timestamp().map_or((0, 0), |at| at.to_unix());
                let micros = seconds.saturating_mul(1_000_000) + u64::from(nanos / 1_000);
                Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
            }

            /// The identifier as the store keeps it.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The identifier from what the store kept.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A source of `sources.toml`, as the store knows it.
    SourceId
);
id!(
    /// A fetched article.
    ArticleId
);
id!(
    /// The cause of a message: one rule, one recipient, one article.
    AlertId
);
id!(
    /// A message; it stays the same over every attempt to deliver it.
    DeliveryId
);
id!(
    /// A version of an article or of a watched page.
    RevisionId
);
id!(
    /// An event that one or more articles tell of.
    StoryId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_tells_when_it_was_made() {
        let at = Timestamp::from_micros(1_795_000_000_123_000);
        let (id, later) = (ArticleId::new(at), ArticleId::new(Timestamp::from_micros(1_795_000_000_124_000)));
        assert_eq!(id.made_at(), at);
        assert!(ArticleId::first_of(at) <= id && id < ArticleId::first_of(later.made_at()));
        assert!(ArticleId::first_of(Timestamp::EPOCH) < id);
    }
}
