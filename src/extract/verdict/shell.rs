//! Frames without content: a script would fill them, or a refresh lead on.

use super::{Evidence, Finding, NOTICE, TINY};
use crate::model::Verdict;

/// Names of the elements that single-page applications fill.
const ROOTS: [&str; 14] = [
    "root",
    "app",
    "__next",
    "__nuxt",
    "app-root",
    "react-root",
    "main-app",
    "q-app",
    "svelte",
    "___gatsby",
    "ember-app",
    "application",
    "vue-app",
    "single-spa-application",
];

/// What frames for scripts say where there is no script.
const NEEDS_SCRIPT: &[&str] = &[
    "youneedtoenablejavascript",
    "pleaseenablejavascript",
    "enablejavascripttorunthisapp",
    "javascriptisrequired",
    "javascriptisdisabled",
    "javascriptmustbeenabled",
    "requiresjavascript",
    "doesntworkwithoutjavascript",
    "doesntworkproperlywithoutjavascript",
    "doesnotworkwithoutjavascript",
    "yourbrowserdoesnotsupportjavascript",
    "turnonjavascript",
    "bậtjavascript",
    "cầnjavascript",
    "kíchhoạtjavascript",
    "khônghỗtrợjavascript",
    "javascriptđangbịtắt",
    "javascriptđãbịtắt",
    "chophépjavascript",
    "启用javascript",
    "开启javascript",
    "打开javascript",
    "需要javascript",
    "不支持javascript",
    "禁用了javascript",
    "允许javascript",
    "啟用javascript",
];

pub(super) fn find(evidence: &Evidence<'_>) -> Option<Finding> {
    if evidence.weight > NOTICE || evidence.shown > NOTICE {
        return None;
    }
    if leads_on(evidence) {
        let note = "The page holds no article and only leads on to another by a script or a refresh.";
        return Some(Finding::new(Verdict::JsShell, note));
    }
    let scripted = evidence.holds(&["<script"]);
    let framed = has_empty_root(evidence) || asks_for_script(evidence);
    let nothing = evidence.weight == 0 && evidence.shown <= TINY && scripted;
    let shell = evidence.says(NEEDS_SCRIPT) || nothing || (scripted && evidence.shown <= TINY && framed);
    shell.then(|| {
        let note = "The page is an empty frame that a script would fill; scripts are not run here.";
        Finding::new(Verdict::JsShell, note)
    })
}

fn leads_on(evidence: &Evidence<'_>) -> bool {
    let refreshes = evidence.page.elements().any(|(_, node)| {
        node.name() == "meta"
            && node.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"))
            && node.attribute("content").is_some_and(|value| value.to_ascii_lowercase().contains("url"))
    });
    evidence.shown <= TINY && refreshes
}

fn has_empty_root(evidence: &Evidence<'_>) -> bool {
    evidence.page.elements().any(|(id, node)| {
        let named =
            ["id", "class"].iter().filter_map(|name| node.attribute(name)).any(|name| ROOTS.contains(&name));
        (named || ROOTS.contains(&node.name())) && evidence.weight_of(id) == 0
    })
}

/// A `<noscript>` that speaks of scripts.
fn asks_for_script(evidence: &Evidence<'_>) -> bool {
    let after = evidence.source.split("<noscript").skip(1).take(8);
    let mut contents = after.filter_map(|rest| rest.split("</noscript").next());
    contents.any(|content| content.contains("javascript") && !content.contains("<img"))
}
