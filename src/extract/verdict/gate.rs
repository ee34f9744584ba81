//! Walls between a visitor and the article: logins and payment.

use super::super::dom::{Id, Tag};
use super::{Evidence, Finding, NOTICE, SHORT, TEASER, words};
use crate::model::Verdict;

/// Last parts of addresses of login pages.
const PLACES: [&str; 13] = [
    "login",
    "log-in",
    "logon",
    "signin",
    "sign-in",
    "sign_in",
    "dang-nhap",
    "dangnhap",
    "auth",
    "authorize",
    "sso",
    "passport",
    "wp-login",
];
/// How much more than "log in" the headline of a form says.
const HEADING: u32 = 14;
/// Weight of a teaser that its metadata say is not free.
const LOCKED: u32 = 1200;

/// A form with a password field as the main thing of a page, or a sentence that asks for a login after a teaser.
pub(super) fn login(evidence: &Evidence<'_>) -> Option<Finding> {
    if evidence.weight > TEASER {
        return None;
    }
    if evidence.says(words::LOGIN_TO_READ) {
        let note = "The article can be read only after a login; what the page shows of it is kept.";
        return Some(Finding::new(Verdict::LoginWall, note));
    }
    if evidence.weight > NOTICE || evidence.known.declared {
        return None;
    }
    let led_here = PLACES.contains(&evidence.place().as_str());
    let form = password_form(evidence)?;
    let main = led_here
        || evidence.shown.saturating_sub(evidence.weight_of(form)) <= NOTICE
        || super::sign::is_headed(evidence, words::LOGIN_HEADINGS, HEADING);
    main.then(|| Finding::new(Verdict::LoginWall, "The page is a login form."))
}

/// The form that holds a password field, or the field itself; registering and signing in look alike.
fn password_form(evidence: &Evidence<'_>) -> Option<Id> {
    let page = evidence.page;
    let is_password =
        |id: &Id| page.attribute(*id, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("password"));
    let fields = page.elements().map(|(id, _)| id).filter(|id| page.node(*id).name() == "input");
    let field = fields.filter(|id| !evidence.is_hidden(*id)).find(is_password)?;
    page.ancestors(field).find(|id| page.tag(*id) == Tag::Form).or(Some(field))
}

/// A beginning of an article, and then the price.
pub(super) fn payment(evidence: &Evidence<'_>) -> Option<Finding> {
    if evidence.weight > TEASER || evidence.weight == 0 {
        return None;
    }
    let locked = evidence.known.costs && evidence.weight <= LOCKED;
    let asked = evidence.says(words::PAY_TO_READ) && (evidence.weight <= SHORT || evidence.known.costs);
    (locked || asked).then(|| {
        let note = "Only the beginning of the article is free to read; that is kept.";
        Finding::new(Verdict::Paywall, note)
    })
}
