//! Mails and webhooks as their readers get them. All articles are invented.

mod chats;
mod fixtures;
mod hostile;
mod letters;
mod limits;
mod payloads;
mod templates;
