//! Hosts that keep the feeds of all their pages at known places.

use url::Url;

use super::{Lead, LeadOrigin, feed};

/// The feeds of a page by the rules of its host; empty for a host without rules.
pub fn by_host(page: &Url) -> Vec<Lead> {
    let Some(host) = page.host_str() else { return Vec::new() };
    let host = host.trim_start_matches("www.");
    let parts: Vec<&str> =
        page.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let paths = match host {
        "github.com" => github(&parts),
        "youtube.com" | "m.youtube.com" => youtube(page, &parts),
        "reddit.com" | "old.reddit.com" => reddit(&parts),
        "news.ycombinator.com" => vec!["/rss".to_owned()],
        "medium.com" => medium(&parts),
        _ if host.ends_with(".substack.com") || host.ends_with(".wordpress.com") => vec!["/feed".to_owned()],
        _ if host.ends_with(".medium.com") => vec!["/feed".to_owned()],
        _ if host.ends_with(".blogspot.com") => vec!["/feeds/posts/default".to_owned()],
        _ => mastodon(page, &parts),
    };
    paths
        .iter()
        .filter_map(|path| page.join(path).ok())
        .map(|url| Lead { title: named(&url), ..feed(url, LeadOrigin::Host) })
        .collect()
}

/// The feed of a YouTube channel.
pub(super) fn youtube_channel(id: &str) -> Option<Url> {
    let is_id = id.len() == 24
        && id.starts_with("UC")
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let address = format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}");
    Url::parse(&address).ok().filter(|_| is_id)
}

fn named(url: &Url) -> Option<String> {
    let kind = url.path().rsplit('/').next()?;
    ["releases", "tags", "commits"]
        .iter()
        .find(|name| kind.starts_with(**name) || url.path().contains(&format!("/{name}/")))
        .filter(|_| url.host_str() == Some("github.com"))
        .map(|name| (*name).to_owned())
}

/// A repository, a branch of it (`/tree/main`), or a person.
fn github(parts: &[&str]) -> Vec<String> {
    match parts {
        [owner] => vec![format!("/{owner}.atom")],
        [owner, name, rest @ ..] => {
            let repository = format!("/{owner}/{}", name.trim_end_matches(".git"));
            let commits = match rest {
                ["tree" | "commits", branch] => format!("{repository}/commits/{branch}.atom"),
                _ => format!("{repository}/commits.atom"),
            };
            let mut paths =
                vec![format!("{repository}/releases.atom"), format!("{repository}/tags.atom"), commits];
            match rest.first() {
                Some(&"tags") => paths.swap(0, 1),
                Some(&("tree" | "commits")) => paths.rotate_right(1),
                _ => {}
            }
            paths
        }
        [] => Vec::new(),
    }
}

fn youtube(page: &Url, parts: &[&str]) -> Vec<String> {
    let playlist = page.query_pairs().find(|(key, _)| key == "list").map(|(_, value)| value.into_owned());
    match (parts, playlist) {
        (["channel", id, ..], _) => youtube_channel(id).map(String::from).into_iter().collect(),
        (["user", name, ..], _) => vec![format!("/feeds/videos.xml?user={name}")],
        (_, Some(id)) if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) => {
            vec![format!("/feeds/videos.xml?playlist_id={id}")]
        }
        _ => Vec::new(),
    }
}

fn reddit(parts: &[&str]) -> Vec<String> {
    match parts {
        [kind @ ("r" | "u" | "user"), name, ..] => vec![format!("/{kind}/{name}/.rss")],
        [] => vec!["/.rss".to_owned()],
        _ => Vec::new(),
    }
}

/// A person (`/@name`), a publication (`/name`) or a tag.
fn medium(parts: &[&str]) -> Vec<String> {
    match parts {
        ["tag", tag, ..] => vec![format!("/feed/tag/{tag}")],
        ["feed", ..] | [] => Vec::new(),
        [name, ..] => vec![format!("/feed/{name}")],
    }
}

/// `/@name`, as Mastodon and its kin have it on any host.
fn mastodon(page: &Url, parts: &[&str]) -> Vec<String> {
    match parts {
        [name] if name.len() > 1 && name.starts_with('@') && page.query().is_none() => {
            vec![format!("/{name}.rss")]
        }
        _ => Vec::new(),
    }
}
