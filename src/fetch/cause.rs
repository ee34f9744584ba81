//! What kept an answer away, for programs: status pages and metrics count by it.

/// Why a fetch failed, without the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
