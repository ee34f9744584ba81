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
