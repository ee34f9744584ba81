//! Who need not be told of a copy.

use std::collections::HashSet;

use crate::model::{Addressed, Earlier, Prominence, Recipient, Told, Withheld};

/// What an article would set off if nothing like it had been filed before.
#[derive(Debug, Clone, Copy)]
pub struct Fired<'a> {
    /// The alerts that it fires, with their recipients.
    pub alerts: &'a [Addressed],
    /// The digests that take it, with their recipients.
    pub digests: &'a [Addressed],
    /// The tracked entities it mentions.
    pub entities: &'a [Prominence],
}

/// Which of the alerts and digests are held back, given what came of the earlier articles that hold all its text.
///
/// A recipient is not told again of a text that says nothing new: everything that would tell him has told him of an earlier one, and
/// no further tracked entity is mentioned. Where one alert has something to say, its message names all that fired.
pub fn withheld(fired: Fired<'_>, earlier: &[Earlier]) -> Withheld {
    let brings_nothing =
        |earlier: &&Earlier| fired.entities.iter().all(|entity| earlier.entities.contains(&entity.name));
    let earlier: Vec<&Earlier> = earlier.iter().filter(brings_nothing).collect();
    let alerts = served(fired.alerts, earlier.iter().flat_map(|earlier| &earlier.alerts));
    let told: HashSet<&Addressed> = alerts.iter().map(|told| &told.cause).collect();
    let is_told_now = |recipient: &Recipient| {
        fired.alerts.iter().any(|cause| cause.recipient == *recipient && !told.contains(cause))
    };
    Withheld {
        alerts: alerts.iter().filter(|told| !is_told_now(&told.cause.recipient)).cloned().collect(),
        digests: served(fired.digests, earlier.iter().flat_map(|earlier| &earlier.digests)),
    }
}

fn served<'a>(causes: &[Addressed], told: impl Iterator<Item = &'a Told>) -> Vec<Told> {
    let told: Vec<&Told> = told.collect();
    let teller =
        |cause: &Addressed| told.iter().find(|told| told.cause == *cause).map(|told| (*told).clone());
    causes.iter().filter_map(teller).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Timestamp};

    fn causes(list: &[(&str, &str)]) -> Vec<Addressed> {
        let addressed = |(name, to): &(&str, &str)| Addressed {
            name: (*name).to_owned(),
            recipient: Recipient::Mail((*to).to_owned()),
        };
        list.iter().map(addressed).collect()
    }

    fn entities(names: &[&str]) -> Vec<Prominence> {
        let prominence = |name: &&str| Prominence {
            name: (*name).to_owned(),
            count: 1,
            in_title: false,
            surfaces: vec![],
        };
        names.iter().map(prominence).collect()
    }

    fn earlier(names: &[&str], alerts: &[(&str, &str)], digests: &[(&str, &str)]) -> Earlier {
        let by = ArticleId::new(Timestamp::EPOCH);
        let told = |list| causes(list).into_iter().map(|cause| Told { cause, by }).collect();
        Earlier {
            entities: names.iter().map(|name| (*name).to_owned()).collect(),
            alerts: told(alerts),
            digests: told(digests),
        }
    }

    /// The alerts that are held back, as "name recipient".
    fn held(fired: &[(&str, &str)], names: &[&str], past: &[Earlier]) -> Vec<String> {
        let (alerts, entities) = (causes(fired), entities(names));
        let fired = Fired { alerts: &alerts, digests: &[], entities: &entities };
        let held = withheld(fired, past).alerts.into_iter();
        held.map(|told| format!("{} {}", told.cause.name, told.cause.recipient)).collect()
    }

    #[test]
    fn a_recipient_is_told_again_only_where_something_is_new() {
        let chips = ("Chips", "desk");
        let told = |names: &[&str]| [earlier(names, &[chips], &[])];
        for (what, fired, names, past, expected) in [
            ("told before", &[chips][..], &["Huawei"][..], &told(&["Huawei"])[..], &["Chips mail:desk"][..]),
            ("fewer names", &[chips], &["Huawei"], &told(&["SMIC", "Huawei"]), &["Chips mail:desk"]),
            ("a further name", &[chips], &["Huawei", "SMIC"], &told(&["Huawei"]), &[]),
            ("nobody was told", &[chips], &["Huawei"], &[earlier(&["Huawei"], &[], &[])], &[]),
            ("no such text before", &[chips], &["Huawei"], &[], &[]),
            ("another recipient", &[("Chips", "boss")], &["Huawei"], &told(&["Huawei"]), &[]),
            (
                "one of two recipients",
                &[chips, ("Chips", "boss")],
                &["Huawei"],
                &told(&["Huawei"]),
                &["Chips mail:desk"],
            ),
            (
                "a newly true rule tells all",
                &[chips, ("Local", "desk")],
                &["Huawei"],
                &told(&["Huawei"]),
                &[],
            ),
            (
                "two texts told of it",
                &[chips, ("Local", "desk")],
                &["Huawei"],
                &[earlier(&["Huawei"], &[chips], &[]), earlier(&["Huawei"], &[("Local", "desk")], &[])],
                &["Chips mail:desk", "Local mail:desk"],
            ),
        ] {
            assert_eq!(held(fired, names, past), expected, "{what}");
        }
    }

    #[test]
    fn a_digest_that_was_sent_does_not_tell_the_same_again() {
        let morning = [("Sáng", "team")];
        let (digests, entities) = (causes(&morning), entities(&["Huawei"]));
        let fired = Fired { alerts: &[], digests: &digests, entities: &entities };
        for (past, count) in [
            (earlier(&["Huawei"], &[], &morning), 1),
            (earlier(&["Huawei"], &morning, &[]), 0),
            (earlier(&[], &[], &morning), 0),
        ] {
            assert_eq!(withheld(fired, &[past]).digests.len(), count);
        }
    }
}
