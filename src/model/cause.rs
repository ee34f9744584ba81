//! What kept an answer away, for programs: status pages and metrics count by it.

use serde::{Deserialize, Serialize};

/// Why a fetch failed, without the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// robots.txt wants this page left alone.
    Robots,
    /// robots.txt could not be read, which forbids the whole site for the time being (RFC 9309, 2.3.1.4).
    RobotsUnread,
    /// 401, 407: it wants a login.
    Login,
    /// A challenge that only a browser passes.
    BotWall,
    /// 403: it turns us away.
    Forbidden,
    /// 451: withheld for legal reasons.
    Withheld,
    /// 404: nothing there.
    NotFound,
    /// 410: gone for good.
    Gone,
    /// 429: asked too often.
    Throttled,
    /// 5xx: the server failed, is overloaded or being mended.
    Server,
    /// Any other status that is no answer.
    Status,
    /// It took too long, or kept still too long.
    Timeout,
    /// No connection: the name, the network or the server.
    Network,
    /// It did not prove who it is.
    Tls,
    /// The guard does not let it through.
    Refused,
    /// Redirects that lead nowhere.
    Redirects,
    /// Longer than allowed.
    TooLarge,
    /// No proper HTTP.
    Protocol,
    /// It came, but is not what was expected.
    Unreadable,
}

impl Cause {
    const ALL: [Self; 19] = [
        Self::Robots,
        Self::RobotsUnread,
        Self::Login,
        Self::BotWall,
        Self::Forbidden,
        Self::Withheld,
        Self::NotFound,
        Self::Gone,
        Self::Throttled,
        Self::Server,
        Self::Status,
        Self::Timeout,
        Self::Network,
        Self::Tls,
        Self::Refused,
        Self::Redirects,
        Self::TooLarge,
        Self::Protocol,
        Self::Unreadable,
    ];

    /// The cause of this word; `None` where this version knows none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }

    /// Whether someone decided to keep us out, so that waiting alone will hardly help.
    pub fn is_block(self) -> bool {
        matches!(self, Self::Robots | Self::Login | Self::BotWall | Self::Forbidden | Self::Withheld)
    }

    /// A word for it that stays the same from version to version.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Robots => "robots",
            Self::RobotsUnread => "robots_unread",
            Self::Login => "login",
            Self::BotWall => "bot_wall",
            Self::Forbidden => "forbidden",
            Self::Withheld => "withheld",
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::Throttled => "throttled",
            Self::Server => "server",
            Self::Status => "status",
            Self::Timeout => "timeout",
            Self::Network => "network",
            Self::Tls => "tls",
            Self::Refused => "refused",
            Self::Redirects => "redirects",
            Self::TooLarge => "too_large",
            Self::Protocol => "protocol",
            Self::Unreadable => "unreadable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_again_and_stands_in_json() {
        for cause in Cause::ALL {
            assert_eq!(Cause::parse(cause.as_str()), Some(cause));
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.as_str());
        }
        assert_eq!(Cause::parse("solar_flare"), None);
    }
}
