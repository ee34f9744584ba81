//! Mails and webhooks as their readers get them. All articles are invented.

mod fixtures;
mod hostile;
mod letters;
mod limits;
mod payloads;
