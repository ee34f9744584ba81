//! `export feed`: stored articles for people's own readers.

use std::process::ExitCode;

use crate::cli::args::{ExportFeed, FeedOutput};
use crate::cli::{Session, complain_of, output};
use crate::clock::Clock;
use crate::feed::write::{self, Channel, Post};
use crate::store::{Raised, Selected, Selection};
use crate::text::normalise::normalise;

pub(super) async fn run(session: &Session, arguments: ExportFeed) -> anyhow::Result<ExitCode> {
    let now = Clock::System.now();
    let since = super::moment_since(&arguments.since, now)?;
    let raised = if arguments.alerts { Raised::Alert } else { Raised::Any };
    let entities: Vec<String> = arguments.entities.iter().map(|name| normalise(name)).collect();
    let title = title(&entities, raised);
    let selection = Selection { since, entities, raised, limit: arguments.limit };
    let found = session.store()?.select_articles(selection).await?;
    if found.is_empty() {
        complain_of(
            "no article fits; the feed is empty. Names of entities count as they stand in sources.toml.",
        );
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
