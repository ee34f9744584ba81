//! `export feed`: stored articles for people's own readers.

use std::process::ExitCode;

use crate::cli::args::{ExportFeed, FeedOutput};
use crate::cli::{Session, complain_of, output};
use crate::clock::Clock;
use crate::feed::write::{self, Channel, Post};
use crate::model::Entity;
use crate::store::{Raised, Selected, Selection};
use crate::text::normalise::normalise;

pub(super) async fn run(session: &Session, arguments: ExportFeed) -> anyhow::Result<ExitCode> {
    let now = Clock::System.now();
    let since = super::moment_since(&arguments.since, now)?;
    let raised = if arguments.alerts { Raised::Alert } else { Raised::Any };
    let config = session.config().ok();
    let tracked = config.as_ref().map_or(&[][..], |config| &config.entities);
    let entities: Vec<String> = arguments.entities.iter().map(|name| as_tracked(name, tracked)).collect();
    let title = title(&entities, raised);
    let selection = Selection { since, entities, raised, limit: arguments.limit };
    let found = session.store()?.select_articles(selection).await?;
    if found.is_empty() {
        complain_of(nothing(&arguments.entities));
    }
    let posts: Vec<Post<'_>> = found.iter().map(post).collect();
    let channel = Channel { title: &title, now };
    let text = match arguments.format {
        FeedOutput::Atom => write::atom(channel, &posts),
        FeedOutput::Json => write::json(channel, &posts),
    };
    output::line(text.trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// The name of an entity as sources.toml writes it, whatever the case it is given in; one it does not have any more
/// stays as it is.
fn as_tracked(name: &str, tracked: &[Entity]) -> String {
    let name = normalise(name);
    let lower = name.to_lowercase();
    let found = tracked.iter().find(|entity| entity.name.to_lowercase() == lower);
    found.map_or(name, |entity| entity.name.clone())
}

fn nothing(entities: &[String]) -> &'static str {
    if entities.is_empty() {
        return "no article fits; the feed is empty.";
    }
    "no article fits; the feed is empty. Names of entities are those of sources.toml."
}

fn title(entities: &[String], raised: Raised) -> String {
    let what = if entities.is_empty() { String::new() } else { format!(": {}", entities.join(", ")) };
    let only = if raised == Raised::Alert { " (alerts)" } else { "" };
    format!("diemtin{what}{only}")
}

fn post(selected: &Selected) -> Post<'_> {
    Post {
        id: selected.stored.id,
        article: &selected.stored.article,
        source: &selected.stored.source,
        filed_at: selected.stored.first_seen_at,
        entities: &selected.entities,
        alerts: &selected.alerts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_is_found_whatever_the_case_of_its_name() {
        let tracked =
            ["Huawei", "Điện Quang"].map(|name| Entity { name: name.to_owned(), ..Entity::default() });
        for (given, name) in
            [("huawei", "Huawei"), ("ĐIỆN QUANG", "Điện Quang"), (" Huawei ", "Huawei"), ("Cũ", "Cũ")]
        {
            assert_eq!(as_tracked(given, &tracked), name);
        }
    }
}
