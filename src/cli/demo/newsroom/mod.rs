//! Two invented papers on loopback, whose articles appear and change by a script while one watches.
//!
//! Everything they write is made up. What is real is the rest: HTTP with validators, feeds in two dialects,
//! article pages full of the boxes, captions and comments that a monitor must see through.

mod english;
mod pages;
mod script;
mod server;
mod settings;
mod story;
#[cfg(test)]
mod tests;
mod vietnamese;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::Clock;
pub use script::{Effect, Scene};
use server::Site;
pub use story::Paper;

/// A running pair of papers; they close when it is dropped.
#[derive(Debug)]
pub struct Newsroom {
    base_url: String,
    speed: u32,
    server: JoinHandle<()>,
}

impl Newsroom {
    /// Opens the papers for reading at `clock`'s present moment on a free port of loopback.
    ///
    /// The script takes about a minute; at `speed` 2 it takes half of it. Fails where no port can be opened.
    pub async fn start(clock: Clock, speed: u32) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let speed = speed.max(1);
        let site = Site::open(clock, speed, base_url.clone()).map_err(std::io::Error::other)?;
        let server = tokio::spawn(server::serve(listener, Arc::new(site)));
        Ok(Self { base_url, speed, server })
    }

    /// Where the papers are, as in `http://127.0.0.1:43210`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What happens when, and what it should lead to, in order.
    pub fn script(&self) -> Vec<Scene> {
        script::scenes(self.speed)
    }

    /// A sources.toml that watches the papers and keeps its data in `data_dir`.
    pub fn sources_toml(&self, data_dir: &Path) -> String {
        settings::sources_toml(&self.base_url, data_dir)
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        self.server.abort();
    }
}
