//! `/unsubscribe`: where the link of a mail leads. Looking changes nothing, because mail scanners look at every link; the
//! button, or the one click of a mail program (RFC 8058), takes the address off the list.

use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::Vitals;
use crate::pipeline::{UNSUBSCRIBE_KEY, read_unsubscribe};
use crate::store::StoreError;

/// No other site shows the page in a frame, and its address goes nowhere.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub(super) struct Link {
    /// Who leaves which list, signed.
    #[serde(default)]
    t: String,
}

/// Asks whether it is meant.
pub(super) async fn ask(State(vitals): State<Vitals>, Query(link): Query<Link>) -> Response {
    match claim(&vitals, &link).await {
        Ok(Some((address, list))) => {
            let (address, list) = (escaped(&address), escaped(name_of(&list)));
            page(
                StatusCode::OK,
                &format!(
                    "<p>Không gửi «{list}» đến {address} nữa?<br>Send “{list}” to {address} no more?</p>\
                     <form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">\
                     <button>Ngừng gửi / Unsubscribe</button></form>"
                ),
            )
        }
        Ok(None) => unknown(),
        Err(error) => failed(&error),
    }
}

/// Does it.
pub(super) async fn leave(State(vitals): State<Vitals>, Query(link): Query<Link>, body: String) -> Response {
    if !(body.contains("List-Unsubscribe") && body.contains("One-Click")) {
        let text = "<p>Thiếu List-Unsubscribe=One-Click. / List-Unsubscribe=One-Click is missing.</p>";
        return page(StatusCode::BAD_REQUEST, text);
    }
    let done = async {
        let Some((address, list)) = claim(&vitals, &link).await? else { return Ok(None) };
        if vitals.store.unsubscribe(address.clone(), list.clone(), vitals.clock.now()).await? {
            tracing::info!(%list, "an address was unsubscribed; `diemtin resubscribe` undoes it");
        }
        Ok(Some((address, list)))
    };
    match done.await {
        Ok(Some((address, list))) => {
            let (address, list) = (escaped(&address), escaped(name_of(&list)));
            let text = format!(
                "<p>Từ nay không gửi «{list}» đến {address} nữa.<br>“{list}” is no longer sent to {address}.</p>\
                 <p>Muốn nhận lại thì hỏi người vận hành. / To get it again, ask whoever runs this.</p>"
            );
            page(StatusCode::OK, &text)
        }
        Ok(None) => unknown(),
        Err(error) => failed(&error),
    }
}

/// Who leaves which list, where the link is one of ours.
async fn claim(vitals: &Vitals, link: &Link) -> Result<Option<(String, String)>, StoreError> {
    let key = vitals.store.find_key(UNSUBSCRIBE_KEY).await?;
    Ok(key.and_then(|key| read_unsubscribe(&key, &link.t)))
}

/// The list as its recipient knows it.
fn name_of(list: &str) -> &str {
    list.split_once(':').map_or(list, |(_, name)| name)
}

fn unknown() -> Response {
    page(
        StatusCode::NOT_FOUND,
        "<p>Liên kết này không đúng hoặc không trọn vẹn. / This link is wrong or incomplete.</p>",
    )
}

fn failed(error: &StoreError) -> Response {
    tracing::error!("nobody could be unsubscribed: {error}");
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "<p>Chưa làm được, xin thử lại sau. / That did not work, please try again later.</p>",
    )
}

fn page(status: StatusCode, text: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>diemtin</title>\
         <style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}}\
         button{{font:inherit;padding:.5rem 1rem}}</style>{text}</html>"
    );
    (status, HEADERS, Html(html)).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
