//! Who may call: programs of this machine, and no page of another site in its browser.
//!
//! A page can have its name made to mean 127.0.0.1 (DNS rebinding), or send a form or a simple
//! `fetch` to any address without being asked. The first names itself in `Host`; the second is
//! named by the browser in `Origin` and `Sec-Fetch-Site`, which no page can change.

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName};

use crate::local::{host_and_port, ip, loopback};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The hosts that a request may be for, besides this machine by its own names.
pub(crate) struct Hosts {
    pub(crate) names: Vec<String>,
    /// A page cannot make an address mean another machine; so, where others may call, any will do.
    pub(crate) any_address: bool,
}

/// Why a request is not passed on.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) message: String,
}

impl Hosts {
    pub(super) fn judge(&self, parts: &Parts) -> Result<(), Refusal> {
        let host = the_host(&parts.headers)?;
        self.host(host)?;
        // A request for a proxy names its host in its first line as well.
        if let Some(authority) = parts.uri.authority() {
            self.host(authority.as_str())?;
        }
        sender(&parts.headers, host)
    }

    fn host(&self, authority: &str) -> Result<(), Refusal> {
        if loopback(authority).is_some() || self.is_allowed(authority) {
            return Ok(());
        }
        if authority.parse::<Authority>().is_err() {
            return Err(refused(400, format!("the host `{authority}` cannot be read; {CALL}")));
        }
        let message = format!(
            "the request is for `{authority}`, which is no name of this machine by its text: a \
             page of another site may have had its name made to mean this address; {CALL}, or start \
             the emulator with `--allow-host {authority}` (in Rust, `Builder::allow_host`)"
        );
        Err(refused(403, message))
    }

    fn is_allowed(&self, authority: &str) -> bool {
        host_and_port(authority).is_some_and(|(host, _)| {
            let is = |name: &String| {
                name.eq_ignore_ascii_case(host) || name.eq_ignore_ascii_case(authority)
            };
            self.names.iter().any(is) || (self.any_address && ip(host).is_some())
        })
    }
}

/// The mend of most refusals.
const CALL: &str = "call it by `127.0.0.1`, `localhost` or `[::1]`";

fn refused(status: u16, message: String) -> Refusal {
    Refusal { status, message }
}

/// The one header `Host`.
fn the_host(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    let words = match (hosts.next().map(|host| host.to_str()), hosts.next()) {
        (Some(Ok(host)), None) => return Ok(host),
        (Some(Err(_)), None) => "has a header `Host` that is no text",
        (_, Some(_)) => "has more than one header `Host`",
        (None, None) => "has no header `Host`",
    };
    let message = format!(
        "the request {words}: nothing tells that it is for this machine; send one, such as \
         `Host: 127.0.0.1`"
    );
    Err(refused(400, message))
}

/// Refuses what a browser says a page of another site has sent. Programs say nothing of the kind.
fn sender(headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    for site in headers.get_all(SEC_FETCH_SITE) {
        if site != "same-origin" && site != "none" {
            return Err(foreign("Sec-Fetch-Site", site.as_bytes()));
        }
    }
    for origin in headers.get_all(ORIGIN) {
        if origin.as_bytes().strip_prefix(b"http://") != Some(host.as_bytes()) {
            return Err(foreign("Origin", origin.as_bytes()));
        }
    }
    Ok(())
}

fn foreign(header: &str, value: &[u8]) -> Refusal {
    let message = format!(
        "a browser sent this for a page that is not the emulator's own (`{header}: {}`), and such \
         a page may neither see nor change anything here; call from a program, such as the app's \
         server",
        String::from_utf8_lossy(value)
    );
    refused(403, message)
}
