//! `[fetch]`

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::measure::{self, MIB, MINUTE, SECOND};
use super::{Check, route};
use crate::config::located::Located;
use crate::config::report::Report;
use crate::config::{Fetch, raw};
use crate::model::Route;

/// The bundle of all public authorities is a quarter of this.
const LARGEST_BUNDLE: u64 = MIB;

/// `[fetch]`; the file of `extra_ca` is read here.
pub(super) fn fetch(raw: Option<&raw::Fetch>, check: &mut Check<'_, '_>) -> Fetch {
    let unset = raw::Fetch::default();
    let raw = raw.unwrap_or(&unset);
    let extra_ca = raw.extra_ca.as_ref().map(|file| certificates(file, check)).unwrap_or_default();
    let proxy = match route::of([&raw.proxy, &raw.proxy_env, &raw.proxy_file], check) {
        Route::Through(proxy) => Some(proxy),
        Route::Usual | Route::Direct => None,
    };
    let report = &mut *check.report;
    let timeout = raw.timeout.as_ref();
    let timeout = timeout.and_then(|text| measure::duration(text, SECOND..=10 * MINUTE, report));
    let delay = raw.per_host_delay.as_ref();
    let delay = delay.and_then(|text| measure::duration(text, Duration::ZERO..=10 * MINUTE, report));
    let mut size = |text: Option<&Located<String>>, default| {
        text.and_then(|text| measure::size(text, report)).unwrap_or(default)
    };
    let (max_feed, max_page) = (size(raw.max_feed.as_ref(), 16 * MIB), size(raw.max_page.as_ref(), 8 * MIB));
    let count = |count: Option<&Located<u32>>, default| count.map_or(default, |count| *count.get() as usize);
    Fetch {
        concurrency: count(raw.concurrency.as_ref(), 32),
        per_host: count(raw.per_host.as_ref(), 2),
        per_host_delay: delay.unwrap_or(SECOND),
        timeout: timeout.unwrap_or(Duration::from_secs(30)),
        max_feed,
        max_page,
        allow_private: raw.allow_private.iter().filter_map(|net| network(net, report)).collect(),
        extra_ca,
        proxy,
    }
}

fn network(net: &Located<String>, report: &mut Report<'_>) -> Option<IpNet> {
    let text = net.get().trim();
    let network = text.parse::<IpNet>().ok();
    if network.is_none() {
        let suggestion = text.parse::<std::net::IpAddr>().ok().map(|ip| IpNet::from(ip).to_string());
        let message = "this must be a network in CIDR notation, as in \"10.0.0.0/8\"".to_owned();
        report.suggest(net.span(), message, suggestion);
    }
    network.map(|network| network.trunc())
}

fn certificates(file: &Located<String>, check: &mut Check<'_, '_>) -> Vec<Vec<u8>> {
    match read_certificates(&check.base_dir.join(file.get())) {
        Ok(certificates) => certificates,
        Err(message) => {
            check.report.problem(file.span(), message);
            Vec::new()
        }
    }
}

/// The certificates of a PEM file, each fit to be trusted, or what is wrong with it.
fn read_certificates(path: &Path) -> Result<Vec<Vec<u8>>, String> {
    let bytes = read(path)?;
    let shown = path.display();
    let found = CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|error| format!("{shown} is no proper PEM file: {error}"))?;
    if found.is_empty() {
        return Err(format!(
            "{shown} holds no certificate; it must hold one as text that begins with -----BEGIN CERTIFICATE-----"
        ));
    }
    let mut store = RootCertStore::empty();
    for certificate in &found {
        store
            .add(certificate.clone())
            .map_err(|error| format!("{shown} holds a certificate that cannot be used: {error}"))?;
    }
    Ok(found.iter().map(|certificate| certificate.to_vec()).collect())
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let shown = path.display();
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path);
    let read = opened.and_then(|file| file.take(LARGEST_BUNDLE + 1).read_to_end(&mut bytes));
    read.map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("there is no file {shown}"),
        ErrorKind::PermissionDenied => format!("this user may not read {shown}; run `chmod a+r {shown}`"),
        ErrorKind::IsADirectory => format!("{shown} is a folder; name the PEM file in it"),
        _ => format!("cannot read {shown}: {error}"),
    })?;
    if bytes.len() as u64 > LARGEST_BUNDLE {
        return Err(format!("{shown} is larger than 1 MiB; name the file of your own authority alone"));
    }
    Ok(bytes)
}
