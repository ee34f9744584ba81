//! The published schema is that of this version, and it accepts the shipped file.

use std::fs;
use std::path::Path;

use diemtin::config;

/// After a change of the keys: `DIEMTIN_UPDATE_SCHEMA=1 cargo test --test schema`.
#[test]
fn the_published_schema_is_that_of_this_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources.schema.json");
    if std::env::var_os("DIEMTIN_UPDATE_SCHEMA").is_some() {
        fs::write(&path, config::schema()).expect("the schema can be written");
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    let hint = "sources.schema.json is out of date; run DIEMTIN_UPDATE_SCHEMA=1 cargo test --test schema";
    assert!(published == config::schema(), "{hint}");
}

#[test]
fn every_key_is_described() {
    let schema: serde_json::Value = serde_json::from_str(&config::schema()).expect("the schema is JSON");
    let mut bare = Vec::new();
    undescribed(&schema, "", &mut bare);
    assert_eq!(bare, Vec::<String>::new());
}

fn undescribed(schema: &serde_json::Value, path: &str, bare: &mut Vec<String>) {
    let properties = schema.get("properties").and_then(serde_json::Value::as_object).into_iter().flatten();
    for (key, property) in properties {
        let path = format!("{path}/{key}");
        if property.get("description").is_none() {
            bare.push(path.clone());
        }
        undescribed(property, &path, bare);
        undescribed(property.get("items").unwrap_or(&serde_json::Value::Null), &path, bare);
    }
}

#[test]
fn the_shipped_file_loads() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources.toml");
    let config = config::load(&path, &|_| None).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(config.sources.len() >= 40, "{} sources", config.sources.len());
    assert!(config.entities.len() >= 60, "{} entities", config.entities.len());
    assert_eq!((config.alerts.len(), config.digests.len()), (1, 1));
    assert!(config.email.is_none());
    let text = fs::read_to_string(&path).expect("sources.toml can be read");
    assert_eq!(text.lines().next(), Some("#:schema ./sources.schema.json"));
    // What is commented out must work once the marks are removed.
    let shown: String = text.lines().map(|line| uncommented(line) + "\n").collect();
    let text = shown.replace("password_file = \"/run/secrets/smtp\"", "password_env = \"SMTP_PASSWORD\"");
    let env = |name: &str| match name {
        "OPS_WEBHOOK" => Some("https://hook.example/".to_owned()),
        "OPS_WEBHOOK_SECRET" => Some("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=".to_owned()),
        "SMTP_PASSWORD" => Some("secret".to_owned()),
        _ => None,
    };
    let config = config::parse(&text, "sources.toml", Path::new(""), &env);
    let config = config.unwrap_or_else(|problems| panic!("{problems}"));
    assert!(config.email.is_some() && config.webhooks.len() == 1 && config.daemon.contact.is_some());
}

/// The line without its mark, where it is a key or header commented out.
fn uncommented(line: &str) -> String {
    let bare = line.strip_prefix("# ").unwrap_or(line);
    let is_key = bare
        .split_once(" = ")
        .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    if is_key || bare.starts_with('[') && bare.ends_with(']') { bare.to_owned() } else { line.to_owned() }
}
