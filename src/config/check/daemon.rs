//! `[daemon]` and `[web]`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use chrono_tz::{TZ_VARIANTS, Tz};
use url::Url;

use super::select::Known;
use super::source::read_web_address;
use super::{address, recipient};
use crate::config::located::Located;
use crate::config::report::Report;
use crate::config::suggest::nearest;
use crate::config::{Daemon, Web, raw};
use crate::model::Language;

/// `[daemon]`; its data directory is made relative to `base_dir`.
pub(super) fn daemon(
    raw: Option<&raw::Daemon>,
    known: &Known,
    base_dir: &Path,
    report: &mut Report<'_>,
) -> Daemon {
    let unset = raw::Daemon::default();
    let raw = raw.unwrap_or(&unset);
    Daemon {
        timezone: raw
            .timezone
            .as_ref()
            .and_then(|zone| timezone(zone, report))
            .unwrap_or(Tz::Asia__Ho_Chi_Minh),
        language: raw.language.map_or(Language::Vi, language_of),
        data_dir: data_dir(Some(raw), base_dir, report),
        contact: raw.contact.as_ref().and_then(|contact| checked_contact(contact, report)),
        notices: recipient::all(&raw.notices, known, report),
    }
}

/// The language that the file names.
pub(in crate::config) fn language_of(raw: raw::Language) -> Language {
    match raw {
        raw::Language::En => Language::En,
        raw::Language::Vi => Language::Vi,
    }
}

/// Where the data lie, relative to `base_dir`.
pub(in crate::config) fn data_dir(
    raw: Option<&raw::Daemon>,
    base_dir: &Path,
    report: &mut Report<'_>,
) -> PathBuf {
    let Some(dir) = raw.and_then(|raw| raw.data_dir.as_ref()) else { return base_dir.join("data") };
    if dir.get().trim().is_empty() || dir.get().contains('\0') {
        report.problem(dir.span(), "this must name a folder");
    }
    base_dir.join(dir.get())
}

/// A contact goes into a header and must lead somewhere.
fn checked_contact(contact: &Located<String>, report: &mut Report<'_>) -> Option<String> {
    let text = contact.get().trim();
    let mail = text.strip_prefix("mailto:").unwrap_or(text);
    let is_web =
        (text.starts_with("https://") || text.starts_with("http://")) && url::Url::parse(text).is_ok();
    if text.bytes().all(|byte| byte.is_ascii_graphic()) && (is_web || address::address(mail).is_ok()) {
        return Some(text.to_owned());
    }
    report.problem(
        contact.span(),
        "\"contact\" must be a web or mail address, as in \"https://example.org/bot\" or \"bot@example.org\"",
    );
    None
}

/// An IANA time zone.
pub(super) fn timezone(zone: &Located<String>, report: &mut Report<'_>) -> Option<Tz> {
    let text = zone.get().trim();
    let found = TZ_VARIANTS.into_iter().find(|zone| zone.name().eq_ignore_ascii_case(text));
    if found.is_none() {
        let suggestion = nearest(text, TZ_VARIANTS.into_iter().map(Tz::name));
        let message = format!("there is no time zone \"{}\"", text.escape_debug());
        report.suggest(zone.span(), message, suggestion);
    }
    found
}

/// `[web]`
pub(super) fn web(raw: Option<&raw::Web>, report: &mut Report<'_>) -> Web {
    let listen = raw.and_then(|web| web.listen.as_ref()).and_then(|listen| socket(listen, report));
    Web {
        listen: listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
        public_url: raw.and_then(|web| web.public_url.as_ref()).and_then(|url| public_url(url, report)),
    }
}

/// An address that paths can be put below.
fn public_url(url: &Located<String>, report: &mut Report<'_>) -> Option<Url> {
    let read = read_web_address(url.get()).and_then(|address| match (address.query(), address.fragment()) {
        (None, None) => Ok(address),
        _ => Err("\"public_url\" must end with its host or a path, without ? and #".to_owned()),
    });
    match read {
        Ok(address) => Some(address),
        Err(message) => {
            report.problem(url.span(), message);
            None
        }
    }
}

fn socket(listen: &Located<String>, report: &mut Report<'_>) -> Option<SocketAddr> {
    let text = listen.get().trim();
    let socket = text.parse().ok();
    if socket.is_none() {
        let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
        let host = match host {
            "*" => "0.0.0.0",
            // Open to this machine alone; who wants more says so.
            "" | "localhost" => "127.0.0.1",
            other => other,
        };
        let meant = format!("{host}:{port}");
        let suggestion = meant.parse::<SocketAddr>().is_ok().then_some(meant);
        let message = "\"listen\" must be an IP address and a port".to_owned();
        report.suggest(listen.span(), message, suggestion);
    }
    socket
}
