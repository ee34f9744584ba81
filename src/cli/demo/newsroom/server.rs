//! The papers over HTTP: feeds, pages and their validators.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use minijinja::Environment;
use tokio::net::TcpListener;

use super::pages;
use super::story::{self, Appears, Paper, Story};
use crate::clock::Clock;
use crate::model::Timestamp;

const HTML: &str = "text/html";

/// The state of the papers: everything follows from the time.
#[derive(Debug)]
pub(super) struct Site {
    clock: Clock,
    opened_at: Timestamp,
    speed: u32,
    base_url: String,
    templates: Environment<'static>,
}

impl Site {
    /// Opens at the clock's present moment.
    pub(super) fn open(clock: Clock, speed: u32, base_url: String) -> Result<Self, minijinja::Error> {
        let opened_at = clock.now();
        Ok(Self { clock, opened_at, speed, base_url, templates: pages::environment()? })
    }

    /// The templates of all pages.
    pub(super) fn templates(&self) -> &Environment<'static> {
        &self.templates
    }

    /// How far the script has come.
    pub(super) fn elapsed(&self) -> Duration {
        self.clock.now().since(self.opened_at).saturating_mul(self.speed)
    }

    /// What a paper has published, newest first.
    pub(super) fn published(&self, paper: Paper) -> Vec<&'static Story> {
        let elapsed = self.elapsed();
        let mut out: Vec<_> =
            story::all().filter(|story| story.paper == paper && story.appears.is_out(elapsed)).collect();
        out.sort_by_key(|story| std::cmp::Reverse(self.published_at(story)));
        out
    }

    /// The date a story bears.
    pub(super) fn published_at(&self, story: &Story) -> Timestamp {
        match story.appears {
            Appears::DaysBefore(days) => self.opened_at.minus(Duration::from_secs(days * 86_400)),
            Appears::After(seconds) => self.opened_at.plus(Duration::from_secs(seconds) / self.speed),
        }
    }

    /// A path's full address.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// Answers until the task is aborted.
pub(super) async fn serve(listener: TcpListener, site: Arc<Site>) {
    let routes = Router::new()
        .route(Paper::CanhDieu.feed_path(), get(rss))
        .route(Paper::LanternWire.feed_path(), get(atom))
        .route("/robots.txt", get(robots))
        .route("/anh/minh-hoa.svg", get(picture))
        .route("/{folder}/", get(front))
        .route("/{folder}/{page}", get(article))
        .with_state(site);
    if let Err(error) = axum::serve(listener, routes).await {
        tracing::error!(%error, "the demo's papers closed; end the demo and start it again");
    }
}

async fn rss(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    answer(&headers, Paper::CanhDieu.feed_type(), pages::feed(&site, Paper::CanhDieu))
}

async fn atom(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    answer(&headers, Paper::LanternWire.feed_type(), pages::feed(&site, Paper::LanternWire))
}

async fn robots(headers: HeaderMap) -> Response {
    answer(&headers, "text/plain", Ok("User-agent: *\nAllow: /\n".to_owned()))
}

/// The one picture that illustrates everything.
async fn picture(headers: HeaderMap) -> Response {
    answer(&headers, "image/svg+xml", Ok(pages::PICTURE.to_owned()))
}

async fn front(State(site): State<Arc<Site>>, Path(folder): Path<String>, headers: HeaderMap) -> Response {
    match paper_in(&folder) {
        Some(paper) => answer(&headers, HTML, pages::front(&site, paper)),
        None => missing(),
    }
}

async fn article(
    State(site): State<Arc<Site>>,
    Path((folder, page)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let path = format!("/{folder}/{page}");
    let published = paper_in(&folder).map(|paper| site.published(paper)).unwrap_or_default();
    match published.into_iter().find(|story| story.path() == path) {
        Some(story) => answer(&headers, HTML, pages::article(&site, story)),
        None => missing(),
    }
}

fn paper_in(folder: &str) -> Option<Paper> {
    [Paper::CanhDieu, Paper::LanternWire].into_iter().find(|paper| paper.folder() == folder)
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/html")], "<!doctype html><title>404</title><h1>404</h1>")
        .into_response()
}

/// 200 with the body and its `ETag`, or 304 where the asker knows it.
fn answer(asked: &HeaderMap, media_type: &str, page: Result<String, minijinja::Error>) -> Response {
    let body = match page {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "a page of the demo's papers cannot be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let etag = format!("\"{:016x}\"", hasher.finish());
    if is_known(asked, &etag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response();
    }
    let headers = [(CONTENT_TYPE, format!("{media_type}; charset=utf-8")), (ETAG, etag)];
    (headers, body).into_response()
}

/// Whether `If-None-Match` names the tag, compared weakly (RFC 9110, 13.1.2).
fn is_known(asked: &HeaderMap, etag: &str) -> bool {
    let lists = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(','));
    tags.any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == etag)
}
