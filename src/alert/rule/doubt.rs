//! Rules that hold for no article, or for every one. Only what can be proved by trying is told: each entity and phrase is given the
//! few numbers of times that make a difference, and of what depends on places both is possible.

use std::collections::BTreeMap;
use std::fmt;

use super::{Comparison, Node, Target};

/// Why a rule is hardly meant so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No article can make it true.
    Never,
    /// Every article does.
    Always,
    /// It wants something more often than any article has it.
    Countless(usize),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str(
                "this rule can never hold: its parts contradict each other, as in A AND NOT A. Change or remove one of them",
            ),
            Self::Always => f.write_str(
                "this rule holds for every article, as A OR NOT A does. Leave it out and name sources or tags, if that is meant",
            ),
            Self::Countless(number) => write!(
                f,
                "no article names anything {number} times; write a number that is reached, as in count(Huawei) >= 3"
            ),
        }
    }
}

/// More often nothing stands in an article that people read.
const COUNTLESS: usize = 1_000;
/// More cases than this are not tried.
const MOST_CASES: usize = 20_000;

/// Why it is hardly meant so.
pub(super) fn of(root: &Node) -> Option<Doubt> {
    if let Some(number) = countless(root) {
        return Some(Doubt::Countless(number));
    }
    if let Node::All(nodes) = root
        && are_opposed(nodes)
    {
        return Some(Doubt::Never);
    }
    let mut numbers = BTreeMap::new();
    gather(root, &mut numbers);
    let cases =
        numbers.values().try_fold(1_usize, |cases, of_one: &Vec<usize>| cases.checked_mul(of_one.len()));
    cases.filter(|cases| *cases <= MOST_CASES)?;
    let (mut may_hold, mut may_fail) = (false, false);
    let mut places = vec![0_usize; numbers.len()];
    loop {
        let counts: BTreeMap<&Target, usize> = numbers
            .iter()
            .zip(&places)
            .filter_map(|((target, numbers), place)| Some((*target, *numbers.get(*place)?)))
            .collect();
        let possible = judge(root, &counts);
        may_hold |= possible.holds;
        may_fail |= possible.fails;
        if may_hold && may_fail || !advance(&mut places, &numbers) {
            break;
        }
    }
    match (may_hold, may_fail) {
        (false, _) => Some(Doubt::Never),
        (true, false) => Some(Doubt::Always),
        (true, true) => None,
    }
}

/// Goes on to the next case; `false` behind the last.
fn advance(places: &mut [usize], numbers: &BTreeMap<&Target, Vec<usize>>) -> bool {
    for (place, numbers) in places.iter_mut().zip(numbers.values()) {
        *place += 1;
        if *place < numbers.len() {
            return true;
        }
        *place = 0;
    }
    false
}

/// For each target the numbers of times that may make a difference: none, once, and those around what it is counted against.
fn gather<'a>(node: &'a Node, numbers: &mut BTreeMap<&'a Target, Vec<usize>>) {
    match node {
        Node::Within(_, node) | Node::Not(node) => gather(node, numbers),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| gather(node, numbers)),
        Node::Count(targets, _, number) => {
            let around = [number.saturating_sub(1), *number, number + 1];
            for target in targets {
                note(numbers, target, &around);
            }
        }
        Node::Found(_) | Node::Near(..) | Node::Same(..) => {}
    }
    for target in targets(node) {
        note(numbers, target, &[0, 1]);
    }
}

/// What a node asks for itself.
fn targets(node: &Node) -> Vec<&Target> {
    match node {
        Node::Found(target) => vec![target],
        Node::Near(one, other, _) => one.iter().chain(other).collect(),
        Node::Same(_, groups) => groups.iter().flatten().collect(),
        Node::Count(targets, ..) => targets.iter().collect(),
        Node::Within(..) | Node::Not(_) | Node::All(_) | Node::Any(_) => Vec::new(),
    }
}

fn note<'a>(numbers: &mut BTreeMap<&'a Target, Vec<usize>>, target: &'a Target, more: &[usize]) {
    let known = numbers.entry(target).or_default();
    known.extend(more);
    known.sort_unstable();
    known.dedup();
}

/// What may be true of a node in one case.
#[derive(Debug, Clone, Copy)]
struct Possible {
    holds: bool,
    fails: bool,
}

impl Possible {
    fn sure(holds: bool) -> Self {
        Self { holds, fails: !holds }
    }

    /// It may hold only where this does, and may fail in any case.
    fn at_most(holds: bool) -> Self {
        Self { holds, fails: true }
    }
}

fn judge(node: &Node, counts: &BTreeMap<&Target, usize>) -> Possible {
    let count = |targets: &[Target]| targets.iter().filter_map(|target| counts.get(target)).sum::<usize>();
    match node {
        Node::Found(target) => Possible::sure(counts.get(target).is_some_and(|count| *count > 0)),
        Node::Near(one, other, _) => Possible::at_most(count(one) > 0 && count(other) > 0),
        Node::Same(_, groups) => Possible::at_most(groups.iter().all(|group| count(group) > 0)),
        Node::Count(targets, comparison, number) => Possible::sure(comparison.holds(count(targets), *number)),
        // A part holds any number of what the whole holds; what its rule says of another part is not followed.
        Node::Within(_, node) => within(node, counts),
        Node::Not(node) => {
            let Possible { holds, fails } = judge(node, counts);
            Possible { holds: fails, fails: holds }
        }
        Node::All(nodes) => {
            let all: Vec<Possible> = nodes.iter().map(|node| judge(node, counts)).collect();
            let holds = !are_opposed(nodes) && all.iter().all(|possible| possible.holds);
            Possible { holds, fails: all.iter().any(|possible| possible.fails) }
        }
        Node::Any(nodes) => {
            let all: Vec<Possible> = nodes.iter().map(|node| judge(node, counts)).collect();
            let fails = !are_opposed(nodes) && all.iter().all(|possible| possible.fails);
            Possible { holds: all.iter().any(|possible| possible.holds), fails }
        }
    }
}

/// Whether one of them is another denied.
fn are_opposed(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| matches!(node, Node::Not(inside) if nodes.contains(inside)))
}

/// As `judge`, of a part of the article.
fn within(node: &Node, counts: &BTreeMap<&Target, usize>) -> Possible {
    match node {
        Node::Found(target) => Possible::at_most(counts.get(target).is_some_and(|count| *count > 0)),
        Node::Count(targets, comparison, number) => {
            let whole: usize = targets.iter().filter_map(|target| counts.get(target)).sum();
            let around = [0, number.saturating_sub(1), *number, number + 1, whole];
            let mut possible = Possible { holds: false, fails: false };
            for count in around.into_iter().filter(|count| *count <= whole) {
                let holds = comparison.holds(count, *number);
                possible.holds |= holds;
                possible.fails |= !holds;
            }
            possible
        }
        Node::Near(..) | Node::Same(..) => judge(node, counts),
        Node::Within(_, node) => within(node, counts),
        Node::Not(node) => {
            let Possible { holds, fails } = within(node, counts);
            Possible { holds: fails, fails: holds }
        }
        Node::All(nodes) => {
            let all: Vec<Possible> = nodes.iter().map(|node| within(node, counts)).collect();
            Possible {
                holds: all.iter().all(|possible| possible.holds),
                fails: all.iter().any(|possible| possible.fails),
            }
        }
        Node::Any(nodes) => {
            let all: Vec<Possible> = nodes.iter().map(|node| within(node, counts)).collect();
            Possible {
                holds: all.iter().any(|possible| possible.holds),
                fails: all.iter().all(|possible| possible.fails),
            }
        }
    }
}

/// A number that a count is to reach and never does.
fn countless(node: &Node) -> Option<usize> {
    match node {
        Node::Count(_, Comparison::AtLeast | Comparison::MoreThan | Comparison::Exactly, number) => {
            Some(*number).filter(|number| *number >= COUNTLESS)
        }
        Node::Within(_, node) => countless(node),
        Node::All(nodes) => nodes.iter().find_map(countless),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::Rule;

    #[test]
    fn only_what_can_be_proved_is_doubted() {
        for (text, doubt) in [
            ("A AND NOT A", Some(Doubt::Never)),
            ("A AND (B OR \"c\") AND NOT (A OR B)", Some(Doubt::Never)),
            ("A NEAR/3 B AND NOT B", Some(Doubt::Never)),
            ("A SAME sentence B AND NOT A", Some(Doubt::Never)),
            ("title(A) AND NOT A", Some(Doubt::Never)),
            ("title(A) AND NOT title(A)", Some(Doubt::Never)),
            ("count(A) >= 3 AND count(A) < 3", Some(Doubt::Never)),
            ("count(A) < 0", Some(Doubt::Never)),
            ("count(A OR B) = 1 AND A AND B", Some(Doubt::Never)),
            ("title(count(A) >= 3) AND count(A) <= 2", Some(Doubt::Never)),
            ("A OR NOT A", Some(Doubt::Always)),
            ("count(A) >= 0", Some(Doubt::Always)),
            ("A AND count(B) >= 5000", Some(Doubt::Countless(5_000))),
            ("A OR count(B) >= 5000", None),
            ("A AND NOT B", None),
            ("NOT A", None),
            ("A AND NOT title(A)", None),
            ("title(A) AND NOT lead(A)", None),
            ("A AND B AND NOT A NEAR/3 B", None),
            ("count(A) >= 3 AND count(A) < 5", None),
            ("count(A OR B) >= 2 AND NOT A", None),
            ("A AND NOT \"a\"", None),
        ] {
            assert_eq!(Rule::parse(text, &["A", "B"]).unwrap().doubt(), doubt, "{text}");
        }
    }

    #[test]
    fn a_rule_of_many_names_is_left_alone() {
        let names: Vec<String> = (0..40).map(|number| format!("tên{number}")).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        for (last, doubt) in [("NOT tên0", Some(Doubt::Never)), ("(NOT tên0 OR NOT tên0)", None)] {
            let text = format!("{} AND {last}", names.join(" AND "));
            assert_eq!(Rule::parse(&text, &known).unwrap().doubt(), doubt);
        }
    }
}
