//! `diemtin health`: asks a running daemon whether it is well, for Docker's health check.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;

use super::{Session, output};
use crate::http::{Client, Method, Redirects, Request, Settings};

/// Less than the five seconds that Docker waits.
const PATIENCE: Duration = Duration::from_secs(4);
const MOST_BYTES: u64 = 64 * 1024;

pub(super) async fn run(session: &Session) -> anyhow::Result<ExitCode> {
    let listen = match session.global.listen {
        Some(listen) => listen,
        None => session.config()?.web.listen,
    };
    let address = reachable(listen);
    let client = Client::new(Settings {
        user_agent: crate::app::user_agent(None),
        timeout: PATIENCE,
        allow_private: vec![address.ip().into()],
        extra_roots: Vec::new(),
    })?;
    let request = Request {
        configured_host: Some(host_of(address)),
        redirects: Redirects::Refuse,
        ..Request::new(Method::Get, format!("http://{address}/health").parse()?, MOST_BYTES)
    };
    let answer = client.send(request).await.with_context(|| format!("no daemon answers on {address}"))?;
    output::line(String::from_utf8_lossy(&answer.body))?;
    Ok(if answer.status == 200 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A daemon that listens on every address is reached on this machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn host_of(address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}
