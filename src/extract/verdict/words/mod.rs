//! What pages that are no article say, in Vietnamese, English and Chinese. Headlines count where they say hardly more
//! than this; sentences where there is hardly any other text.

mod consent;
mod gates;
mod not_found;
mod outage;
mod parked;
mod robots;

pub(super) use consent::{CONSENT, CONSENT_HEADINGS};
pub(super) use gates::{LOGIN_HEADINGS, LOGIN_TO_READ, PAY_TO_READ};
pub(super) use not_found::{NOT_FOUND, NOT_FOUND_HEADINGS};
pub(super) use outage::{MAINTENANCE, MAINTENANCE_HEADINGS};
pub(super) use parked::{PARKED, PARKED_HEADINGS, PARKED_MARKS};
pub(super) use robots::{CHALLENGE, CHALLENGE_HEADINGS};
