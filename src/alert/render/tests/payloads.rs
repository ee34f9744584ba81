//! The JSON of generic webhooks.

use super::fixtures::{alert, ascend, at, chinese, digest, edited, licence, notice};
use crate::alert::render::webhook_body;
use crate::model::Message;

fn pretty(message: &Message) -> String {
    let body = webhook_body(message, at("2026-11-21T11:10:00Z")).unwrap();
    let read: serde_json::Value = serde_json::from_str(&body).unwrap();
    serde_json::to_string_pretty(&read).unwrap()
}

#[test]
fn each_kind_of_payload_has_its_fields() {
    insta::assert_snapshot!("webhook_alert", pretty(&alert(vec![ascend(), chinese()])));
    insta::assert_snapshot!("webhook_digest", pretty(&digest(vec![licence()])));
    insta::assert_snapshot!("webhook_edit", pretty(&alert(vec![edited()])));
    insta::assert_snapshot!("webhook_notice", pretty(&notice()));
}

#[test]
fn fields_stand_in_the_documented_order() {
    let body = webhook_body(&alert(vec![ascend()]), at("2026-11-21T11:10:00Z")).unwrap();
    let start = r#"{"type":"alert","timestamp":"2026-11-21T11:10:00Z","data":{"items":[{"alerts":["Chips","Mô hình"],"reason":"new","observed_at":"2026-11-21T11:12:40Z","article":{"id":"07070707-0707-0707-0707-070707070707","url":"#;
    assert!(body.starts_with(start), "{body}");
    assert!(body.ends_with(r#""change":null,"story":null}]}}"#), "{body}");
}
