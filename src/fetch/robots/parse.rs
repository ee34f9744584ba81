//! The lines of a robots.txt, sorted by whom they concern.

use std::borrow::Cow;
use std::time::Duration;

use super::MOST_BYTES;
use super::rules::{Pattern, Rule, Rules, Verdict};

/// In bytes. Longer lines are cut where Google cuts them; no honest path comes near it.
const LONGEST_LINE: usize = 16_663;

/// A longer pause than this is no wish about manners but a slip; it also keeps the seconds within what a duration holds.
const LONGEST_DELAY_SECONDS: f64 = 1e9;

/// What is said to one kind of crawler, over all groups that name it (RFC 9309, 2.2.1).
#[derive(Default)]
struct Said {
    is_named: bool,
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

/// Whether the present group concerns a kind of crawler.
#[derive(Default)]
struct Group {
    by_name: bool,
    by_star: bool,
    head_is_over: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    UserAgent,
    Rule(Verdict),
    CrawlDelay,
}

/// The rules for a crawler: those of the groups that name it, else those of the groups for `*`.
pub(super) fn rules_for(bytes: &[u8], token: &str) -> Rules {
    let text = text_of(within_limit(bytes));
    let (mut by_name, mut by_star, mut group) = (Said::default(), Said::default(), Group::default());
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
        let Some((key, value)) = read(line) else { continue };
        if key == Key::UserAgent {
            group.name(value, token);
            by_name.is_named |= group.by_name;
            continue;
        }
        if let Key::Rule(_) = key {
            group.head_is_over = true;
        }
        if group.by_name {
            by_name.hear(key, value);
        }
        if group.by_star {
            by_star.hear(key, value);
        }
    }
    let said = if by_name.is_named { by_name } else { by_star };
    Rules::new(said.rules, said.delay)
}

/// UTF-8 as the RFC wants it, or UTF-16 where its mark says so, as some editors save files.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let (units, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return String::from_utf8_lossy(bytes),
    };
    let (units, _half) = units.as_chunks::<2>();
    Cow::Owned(char::decode_utf16(units.iter().map(|pair| unit(*pair))).map(|c| c.unwrap_or(' ')).collect())
}

/// What is read of a file that may be too long; a line that the limit cuts says something else than was meant.
fn within_limit(bytes: &[u8]) -> &[u8] {
    match bytes.get(..MOST_BYTES) {
        Some(head) => {
            let end = head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(0);
            head.get(..end).unwrap_or_default()
        }
        None => bytes,
    }
}

impl Group {
    /// Takes a `User-agent` line: another one at the head of this group, or the first of the next.
    fn name(&mut self, value: &str, token: &str) {
        if self.head_is_over {
            *self = Self::default();
        }
        let named = value.split_ascii_whitespace().next().unwrap_or_default();
        let end = named.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '_' | '-')));
        let (product, _version) = named.split_at_checked(end.unwrap_or(named.len())).unwrap_or_default();
        self.by_star |= named == "*";
        self.by_name |= !product.is_empty() && product.eq_ignore_ascii_case(token);
    }
}

impl Said {
    fn hear(&mut self, key: Key, value: &str) {
        match key {
            Key::Rule(verdict) => {
                self.rules.extend(Pattern::new(value).map(|pattern| Rule { verdict, pattern }));
            }
            Key::CrawlDelay => self.delay = self.delay.max(delay(value)),
            Key::UserAgent => {}
        }
    }
}

fn delay(value: &str) -> Option<Duration> {
    let seconds: f64 = value.replace(',', ".").parse().ok()?;
    (seconds > 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST_DELAY_SECONDS)))
}

/// Key and value of a line that matters here.
fn read(line: &str) -> Option<(Key, &str)> {
    let line = cut(line);
    let line = line.split_once('#').map_or(line, |(before, _comment)| before).trim_matches([' ', '\t', '\0']);
    let (key, value) = line.split_once(':').or_else(|| without_colon(line))?;
    Some((known(key.trim())?, value.trim()))
}

fn cut(line: &str) -> &str {
    if line.len() <= LONGEST_LINE {
        return line;
    }
    let end = (0..=LONGEST_LINE).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
    line.get(..end).unwrap_or_default()
}

/// `Disallow /private`: two words and nothing else.
fn without_colon(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([' ', '\t'])?;
    (!value.trim().contains([' ', '\t'])).then_some((key, value))
}

fn known(key: &str) -> Option<Key> {
    const KEYS: [(&str, Key); 11] = [
        ("user-agent", Key::UserAgent),
        ("useragent", Key::UserAgent),
        ("user agent", Key::UserAgent),
        ("allow", Key::Rule(Verdict::Allow)),
        ("disallow", Key::Rule(Verdict::Disallow)),
        ("dissallow", Key::Rule(Verdict::Disallow)),
        ("dissalow", Key::Rule(Verdict::Disallow)),
        ("disalow", Key::Rule(Verdict::Disallow)),
        ("diasllow", Key::Rule(Verdict::Disallow)),
        ("disallaw", Key::Rule(Verdict::Disallow)),
        ("crawl-delay", Key::CrawlDelay),
    ];
    KEYS.into_iter().find(|(name, _)| key.eq_ignore_ascii_case(name)).map(|(_, key)| key)
}
