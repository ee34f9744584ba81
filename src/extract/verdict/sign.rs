//! Pages that say by their headline, their address or their only sentence what they are.

use super::super::blocks::weigh;
use super::super::dom::Tag;
use super::super::lead::comparable;
use super::{BARE, Evidence, Finding, NOTICE, SHORT, TEASER, TINY, words};
use crate::model::Verdict;

/// Between the parts of a title.
const SEPARATORS: [&str; 9] = ["|", " - ", " – ", " — ", " · ", " • ", "::", "»", "_"];
/// Most letters of the name of a site that gives itself none.
const SITE: usize = 28;
/// Most words of such a name.
const SITE_WORDS: usize = 5;
/// Weight from which on a phrase is unmistakable.
const TELLING: u32 = 10;
/// Links with a headline's length on a page that lists articles.
const HEADLINES: usize = 8;
/// The least letters of a linked headline.
const HEADLINE: u32 = 25;

/// The least share of a page's text on cards of other articles.
const CARDS: f32 = 0.6;

/// One kind of page that is no article, and how it is known.
struct Sign {
    verdict: Verdict,
    /// Headlines that say nothing else.
    headings: &'static [&'static str],
    /// How much more such a headline may say, as weight.
    more: u32,
    /// Sentences that stand alone on such pages.
    phrases: &'static [&'static str],
    /// Last parts of their addresses.
    places: &'static [&'static str],
    note: &'static str,
}

const SIGNS: [Sign; 5] = [
    Sign {
        verdict: Verdict::Soft404,
        headings: words::NOT_FOUND_HEADINGS,
        more: 30,
        phrases: words::NOT_FOUND,
        places: &[
            "404",
            "error404",
            "404error",
            "not-found",
            "notfound",
            "page-not-found",
            "pagenotfound",
            "khong-tim-thay",
        ],
        note: "The page says that there is no such page, although it was answered as one.",
    },
    Sign {
        verdict: Verdict::Maintenance,
        headings: words::MAINTENANCE_HEADINGS,
        more: 10,
        phrases: words::MAINTENANCE,
        places: &["maintenance", "under-maintenance", "bao-tri", "baotri"],
        note: "The site says that it is out of order or being mended.",
    },
    Sign {
        verdict: Verdict::Challenge,
        headings: words::CHALLENGE_HEADINGS,
        more: 12,
        phrases: &[],
        places: &["captcha", "challenge", "verify-human", "antibot", "blocked"],
        note: "The page is a check for robots or turns visitors away.",
    },
    Sign {
        verdict: Verdict::Parked,
        headings: words::PARKED_HEADINGS,
        more: 20,
        phrases: words::PARKED,
        places: &["suspendedpage", "defaultwebpage"],
        note: "There is no site here: the domain is for sale, suspended or not set up.",
    },
    Sign {
        verdict: Verdict::ConsentWall,
        headings: words::CONSENT_HEADINGS,
        more: 10,
        phrases: words::CONSENT,
        places: &["consent", "collectconsent", "cookie-consent", "privacy-consent", "gdpr"],
        note: "The page asks for consent to cookies or tracking before it shows the article.",
    },
];

pub(super) fn find(evidence: &Evidence<'_>) -> Option<Finding> {
    if evidence.weight > TEASER {
        return None;
    }
    if marked_not_found(evidence) {
        return Some(Finding::new(Verdict::Soft404, "The page is marked as an error page of the site."));
    }
    if is_parked(evidence) {
        return Some(Finding::new(
            Verdict::Parked,
            "The page belongs to a seller of domains; there is no site here.",
        ));
    }
    let sign = SIGNS.iter().find(|sign| shows(evidence, sign))?;
    Some(Finding::new(sign.verdict, sign.note))
}

fn shows(evidence: &Evidence<'_>, sign: &Sign) -> bool {
    let most = match sign.verdict {
        _ if evidence.known.declared => TINY,
        // A question about cookies is long.
        Verdict::ConsentWall => TEASER,
        Verdict::Soft404 => SHORT,
        _ => NOTICE,
    };
    if evidence.weight > most {
        return false;
    }
    if is_headed(evidence, sign.headings, sign.more) {
        return sign.verdict != Verdict::ConsentWall || asks_for_consent(evidence);
    }
    if evidence.known.declared {
        return false;
    }
    let place = evidence.weight <= NOTICE && sign.places.contains(&evidence.place().as_str());
    let host = evidence.known.url.host_str().unwrap_or_default();
    place
        || (sign.verdict == Verdict::ConsentWall && host.starts_with("consent."))
        || (evidence.shown <= BARE && evidence.says_or_is_headed(sign.phrases))
}

fn asks_for_consent(evidence: &Evidence<'_>) -> bool {
    evidence.holds(&["cookie", "隐私", "riêng tư"])
        && evidence.holds(&["accept", "agree", "consent", "đồng ý", "chấp nhận", "同意", "接受", "zustimmen"])
}

/// Whether the title or the main heading says one of these and at most so much `more`; a short phrase allows less.
pub(super) fn is_headed(evidence: &Evidence<'_>, phrases: &[&str], more: u32) -> bool {
    let says = |part: &String| {
        let weight = weigh(part).0;
        let mut said = phrases.iter().filter(|phrase| part.contains(*phrase)).map(|phrase| weigh(phrase).0);
        said.any(|phrase| {
            weight <= phrase + if phrase < TELLING { phrase / 2 } else { more.min(phrase * 3 / 2) }
        })
    };
    evidence.headings.iter().any(|heading| parts(heading, evidence.known.site).iter().any(says))
}

/// The heading, and its parts where the rest is no more than the name of a site; letters only.
fn parts(heading: &str, site: Option<&str>) -> Vec<String> {
    let mut parts = vec![comparable(heading)];
    let site = site.map(comparable).unwrap_or_default();
    let is_site = |rest: &str| {
        let words = rest.split_whitespace().count();
        let rest = comparable(rest);
        words <= SITE_WORDS && rest.chars().count() <= SITE || (!site.is_empty() && rest.contains(&site))
    };
    for separator in SEPARATORS {
        for (part, rest) in heading.split_once(separator).into_iter().chain(heading.rsplit_once(separator)) {
            parts.extend(is_site(rest).then(|| comparable(part)));
            parts.extend(is_site(part).then(|| comparable(rest)));
        }
    }
    parts
}

/// Blog software names the body of its error pages.
fn marked_not_found(evidence: &Evidence<'_>) -> bool {
    let mut bodies =
        evidence.page.elements().filter(|(_, node)| matches!(node.tag, Tag::Root | Tag::Main | Tag::Section));
    !evidence.known.declared
        && bodies.any(|(_, node)| {
            let names = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
            names
                .into_iter()
                .any(|name| matches!(name, "error404" | "error-404" | "page-404" | "page-not-found"))
        })
}

fn is_parked(evidence: &Evidence<'_>) -> bool {
    evidence.weight <= NOTICE && !evidence.known.declared && evidence.holds(words::PARKED_MARKS)
}

/// A list of files, or a page of headlines that lead elsewhere.
pub(super) fn listing(evidence: &Evidence<'_>) -> Option<Finding> {
    if evidence.weight > TEASER || evidence.known.declared {
        return None;
    }
    let of_files = evidence.headings.iter().any(|heading| {
        let heading = heading.to_lowercase();
        ["index of /", "directory listing for /", "directory: /", "directory listing -- /"]
            .iter()
            .any(|start| heading.starts_with(start))
    });
    if of_files {
        return Some(Finding::new(Verdict::Listing, "The page lists files; it is not the article."));
    }
    let little = evidence.weight <= TINY || evidence.prose <= TINY || evidence.known.cards >= CARDS;
    (little && linked_headlines(evidence) >= HEADLINES)
        .then(|| Finding::new(Verdict::Listing, "The page lists articles; it is not the article itself."))
}

fn linked_headlines(evidence: &Evidence<'_>) -> usize {
    let headings = evidence.page.elements().filter(|(_, node)| matches!(node.tag, Tag::Heading(_)));
    let is_linked = |id: usize| {
        let weight = evidence.weight_of(id);
        weight >= HEADLINE && evidence.linked_in(id) * 10 >= weight * 9
    };
    headings.filter(|(id, _)| !evidence.is_hidden(*id) && is_linked(*id)).count()
}
