//! Which links are articles, where nobody said so.
//!
//! Addresses of one shape are of one kind. A shape is that of articles where most of its addresses are linked under
//! something that reads like a headline; a number or a date in it counts more than the words of a slug, and these more
//! than nothing. A link that has the shape is an article wherever it stands.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::headline::is_title;
use super::link::{Link, Links};
use super::shape::{self, Shape, Strength};
use super::site;

/// A kind of page that is this much rarer than the articles is something else: an event, a topic.
const RARER: usize = 8;
/// As many headlines show that slugs without numbers, or short names, are articles.
const ENOUGH_SLUGS: usize = 3;
const ENOUGH_NAMES: usize = 4;
/// As many addresses of an `ItemList` are a list of articles.
const ENOUGH_LISTED: usize = 3;

struct Candidate<'l> {
    index: usize,
    link: &'l Link,
    shape: Shape,
    headed: bool,
    /// Whether some place is neither a menu nor a footer.
    in_content: bool,
}

/// What is known of one shape.
#[derive(Debug, Default)]
struct Kind {
    all: usize,
    headed: usize,
    /// Headed, and in the content.
    shown: usize,
    digits: Vec<usize>,
}

/// The articles, as places in `links`, in document order. `listed`: the addresses of the page's own `ItemList`.
pub(super) fn articles(links: &Links, listed: &HashSet<String>, page: &Url) -> Vec<usize> {
    let candidates = candidates(links, page);
    let mut kinds: HashMap<&str, Kind> = HashMap::new();
    for candidate in &candidates {
        let kind = kinds.entry(&candidate.shape.pattern).or_default();
        kind.all += 1;
        kind.headed += usize::from(candidate.headed);
        kind.shown += usize::from(candidate.headed && candidate.in_content);
        kind.digits.extend(candidate.shape.digits.filter(|_| candidate.headed));
    }
    for kind in kinds.values_mut() {
        kind.digits.sort_unstable();
    }
    let most = |strength: Strength| {
        let of_strength = candidates.iter().filter(|candidate| candidate.shape.strength == strength);
        let shown = of_strength.filter_map(|candidate| kinds.get(candidate.shape.pattern.as_str()));
        shown.map(|kind| kind.shown).max().unwrap_or(0)
    };
    let most = (most(Strength::Identified), most(Strength::Slug));
    let trusted = listed.len() >= ENOUGH_LISTED && are_headed(&candidates, listed);
    let accepted = candidates.iter().filter(|candidate| {
        trusted && listed.contains(&candidate.link.key)
            || kinds.get(candidate.shape.pattern.as_str()).is_some_and(|kind| {
                is_of_articles(kind, candidate.shape.strength, most) && fits(candidate, kind, links)
            })
    });
    accepted.map(|candidate| candidate.index).collect()
}

fn candidates<'l>(links: &'l Links, page: &Url) -> Vec<Candidate<'l>> {
    let own = super::canonical(page);
    let possible: Vec<(usize, &Link, bool)> = links
        .all
        .iter()
        .enumerate()
        .filter(|(_, link)| {
            link.key != own && site::is_same(&link.url, page) && site::may_be_article(&link.url)
        })
        .map(|(index, link)| (index, link, links.is_headed(link)))
        .collect();
    let headed = || possible.iter().filter(|(.., headed)| *headed);
    let numbered = headed().filter(|(_, link, _)| shape::ends_in_small_number(&link.url)).count();
    // Years and counts end some headlines; numbers that end most of them are the site's own.
    let small_ids = numbered >= ENOUGH_SLUGS && numbered * 2 > headed().count();
    let candidate = |(index, link, headed): (usize, &'l Link, bool)| Candidate {
        index,
        link,
        shape: shape::of(&link.url, small_ids),
        headed,
        in_content: link.places.iter().any(|place| !place.chrome),
    };
    possible.into_iter().map(candidate).collect()
}

fn are_headed(candidates: &[Candidate<'_>], listed: &HashSet<String>) -> bool {
    let (mut all, mut headed) = (0, 0);
    for candidate in candidates.iter().filter(|candidate| listed.contains(&candidate.link.key)) {
        all += 1;
        headed += usize::from(candidate.headed);
    }
    headed * 2 > all
}

/// `most`: headlines of the commonest identified shape and of the commonest slugs.
fn is_of_articles(kind: &Kind, strength: Strength, (identified, slugs): (usize, usize)) -> bool {
    let common = kind.shown * RARER >= identified.max(slugs);
    match strength {
        Strength::Identified => kind.shown >= 1 && kind.headed * 2 >= kind.all && common,
        Strength::Slug => {
            kind.shown >= ENOUGH_SLUGS && kind.headed * 10 >= kind.all * 6 && kind.shown * 2 >= identified
        }
        Strength::Weak => {
            kind.shown >= ENOUGH_NAMES
                && kind.headed * 10 >= kind.all * 7
                && kind.shown > identified.max(slugs)
        }
    }
}

fn fits(candidate: &Candidate<'_>, kind: &Kind, links: &Links) -> bool {
    let median = kind.digits.get(kind.digits.len() / 2);
    let usual = match (candidate.shape.digits, median) {
        // Numbers grow; those of one site's articles differ by a digit or two.
        (Some(digits), Some(median)) => digits.abs_diff(*median) <= 2,
        _ => true,
    };
    if candidate.headed {
        // Menus hold long names too; only a number shows that something in them is an article.
        return usual && (candidate.in_content || candidate.shape.strength == Strength::Identified);
    }
    let named = links.title(candidate.link).is_none_or(|(title, _)| is_title(title));
    usual && candidate.in_content && named && candidate.shape.strength == Strength::Identified
}
