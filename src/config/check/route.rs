//! By which way sites are reached: a proxy, whose address may hold a password and is then kept elsewhere.

use url::Url;

use super::Check;
use super::access::kept;
use crate::config::raw::Text;
use crate::model::{Proxy, Route};

/// In the place of an address: no proxy, whatever `[fetch]` says.
const OFF: &str = "off";

const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// What `proxy`, `proxy_env` and `proxy_file` come to. No problem repeats a value.
pub(super) fn of([proxy, env, file]: [&Text; 3], check: &mut Check<'_, '_>) -> Route {
    let secret = kept(["proxy_file", "proxy_env"], [file, env], check);
    let (span, text) = match (proxy, &secret) {
        (Some(proxy), Some(_)) => {
            let message = "give \"proxy\", \"proxy_env\" or \"proxy_file\", not several of them";
            check.report.problem(proxy.span(), message);
            return Route::Usual;
        }
        (Some(proxy), None) if proxy.get().trim() == OFF => return Route::Direct,
        (Some(proxy), None) if holds_login(proxy.get()) => {
            let message = "the address holds a user name or password: put the whole address into a file and name that with \
                           proxy_file, or into an environment variable and name that with proxy_env";
            check.report.problem(proxy.span(), message);
            return Route::Usual;
        }
        (Some(proxy), None) => (proxy.span(), proxy.get().as_str()),
        (None, Some((span, secret))) => (span.clone(), secret.expose().as_str()),
        (None, None) => return Route::Usual,
    };
    let Some(proxy) = read(text) else {
        let message = "a proxy is written as http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT";
        check.report.problem(span, message);
        return Route::Usual;
    };
    Route::Through(proxy)
}

fn holds_login(text: &str) -> bool {
    Url::parse(text.trim()).is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
}

fn read(text: &str) -> Option<Proxy> {
    let url = Url::parse(text.trim()).ok()?;
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let has_host = url.host_str().is_some_and(|host| !host.is_empty());
    (SCHEMES.contains(&url.scheme()) && is_bare && has_host).then(|| Proxy::new(url))
}
