//! Mails and webhooks as their readers get them. All articles are invented.

mod changes;
mod chats;
mod fixtures;
mod gallery;
mod hostile;
mod letters;
mod limits;
mod own_templates;
mod payloads;
mod stories;
mod templates;
mod tricks;
