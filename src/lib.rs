//! `diemtin` watches feeds, reads the articles behind them and alerts once when a tracked name appears.
//!
//! ```text
//! sources.toml -> config -> daemon claims what is due -> fetch -> feed -> pending entries
//!              -> fetch -> extract -> dedup -> entity -> alert -> one store transaction -> deliver
//! ```
//!
//! Modules stand here in reading order, lowest layer first. A module imports only layers above it in this
//! list; the stages of one layer never import each other. `tests/architecture.rs` holds the table.

// L0: the nouns, the clock, text.
pub mod clock;
pub mod model;
pub mod text;
// L1: pure stages over values.
pub mod alert;
pub mod dedup;
pub mod entity;
pub mod extract;
pub mod feed;
pub mod revision;
pub mod schedule;
// L2: the user's file, the only home of the HTTP client, and what is counted for monitoring.
pub mod config;
pub mod http;
pub mod metrics;
// L3: edges, which do what they are told and report what happened.
pub mod deliver;
pub mod fetch;
pub mod store;
// L4: the only place that knows the order.
pub mod pipeline;
// L5: composition and the long-running process.
pub mod app;
pub mod daemon;
// L6: what people touch.
pub mod cli;
pub mod web;
