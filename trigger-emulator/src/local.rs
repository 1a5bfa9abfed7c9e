//! What counts as this machine: one rule for who is called, and for who may call.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use serde::{Deserialize, Serialize};

/// An address over HTTP on this machine: where an action may post its event's payload.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct LocalUrl {
    host: String,
    addresses: Vec<SocketAddr>,
    path: PathAndQuery,
}

/// Why a text is no such address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LocalUrlError {
    #[error("it is no address such as `http://127.0.0.1:3000/hook`")]
    Unreadable,
    #[error("only `http://` is spoken to this machine, as in `http://127.0.0.1:3000/hook`")]
    Scheme,
    #[error(
        "it is not on this machine, and nothing leaves it; write a host that is `localhost`, \
         `127.0.0.1` or `[::1]`"
    )]
    Elsewhere,
}

impl LocalUrl {
    /// Where to connect to, if the first does not listen the next.
    pub(crate) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What the header `Host` says.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn path(&self) -> &PathAndQuery {
        &self.path
    }
}

impl std::str::FromStr for LocalUrl {
    type Err = LocalUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: Uri = text.parse().map_err(|_| LocalUrlError::Unreadable)?;
        let authority = uri.authority().ok_or(LocalUrlError::Unreadable)?;
        match uri.scheme_str() {
            Some("http") => {}
            Some(_) => return Err(LocalUrlError::Scheme),
            None => return Err(LocalUrlError::Unreadable),
        }
        let addresses = loopback(authority.as_str()).ok_or(LocalUrlError::Elsewhere)?;
        let path = uri.path_and_query().cloned();
        let path = path.unwrap_or_else(|| PathAndQuery::from_static("/"));
        Ok(Self { host: authority.as_str().to_owned(), addresses, path })
    }
}

impl From<LocalUrl> for String {
    fn from(url: LocalUrl) -> Self {
        url.to_string()
    }
}

impl TryFrom<String> for LocalUrl {
    type Error = LocalUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for LocalUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "http://{}{}", self.host, self.path)
    }
}

impl fmt::Debug for LocalUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The port of a host without one.
const HTTP: u16 = 80;

/// What `localhost` is, without any name server being asked. Some servers listen on the second alone.
const LOCALHOST: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// The addresses of `HOST` or `HOST:PORT`, if it is this machine's by its text alone: a name could
/// be made to mean anything by whoever answers for it.
pub(crate) fn loopback(authority: &str) -> Option<Vec<SocketAddr>> {
    let (host, port) = host_and_port(authority)?;
    if host.eq_ignore_ascii_case("localhost") {
        return Some(LOCALHOST.map(|ip| SocketAddr::new(ip, port)).to_vec());
    }
    ip(host).filter(IpAddr::is_loopback).map(|ip| vec![SocketAddr::new(ip, port)])
}

/// The address that a host is by its text, with IPv6 in its brackets.
pub(crate) fn ip(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(host) => host.parse().ok().map(IpAddr::V6),
        None => host.parse().ok().map(IpAddr::V4),
    }
}

/// Nobody's name and password stand before the host.
pub(crate) fn host_and_port(authority: &str) -> Option<(&str, u16)> {
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match authority.rsplit_once(':').filter(|(_, port)| is_port(port)) {
        Some((host, port)) => Some((host, port.parse().ok()?)),
        None => Some((authority, HTTP)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_are_known_by_their_text() {
        for (text, addresses) in [
            ("http://127.0.0.1:3000/hook?a=b", &["127.0.0.1:3000"][..]),
            ("http://localhost:3000", &["127.0.0.1:3000", "[::1]:3000"]),
            ("http://LOCALHOST/hook", &["127.0.0.1:80", "[::1]:80"]),
            ("http://127.8.9.1:1/", &["127.8.9.1:1"]),
            ("http://[::1]:3000/", &["[::1]:3000"]),
        ] {
            let url: LocalUrl = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            let told: Vec<_> = url.addresses().iter().map(SocketAddr::to_string).collect();
            assert_eq!(told, addresses, "{text}");
        }
        let url: LocalUrl = "http://localhost:3000/hook?a=b".parse().expect("an address");
        assert_eq!(url.to_string(), "http://localhost:3000/hook?a=b");
        assert_eq!(url.host(), "localhost:3000");
        assert_eq!(url.path(), "/hook?a=b");
    }

    #[test]
    fn all_others_are_refused() {
        for (text, error) in [
            ("https://localhost/", LocalUrlError::Scheme),
            ("ftp://localhost/", LocalUrlError::Scheme),
            ("http://example.com/", LocalUrlError::Elsewhere),
            ("http://localhost.example.com/", LocalUrlError::Elsewhere),
            ("http://localhost@example.com/", LocalUrlError::Elsewhere),
            ("http://me@localhost/", LocalUrlError::Elsewhere),
            ("http://10.0.0.1/", LocalUrlError::Elsewhere),
            ("http://0.0.0.0/", LocalUrlError::Elsewhere),
            ("http://2130706433/", LocalUrlError::Elsewhere),
            ("http://0x7f.1/", LocalUrlError::Elsewhere),
            ("http://127.0.0.1.example.com/", LocalUrlError::Elsewhere),
            ("http://[::ffff:10.0.0.1]/", LocalUrlError::Elsewhere),
            ("http://localhost./", LocalUrlError::Elsewhere),
            ("http://localhost:99999/", LocalUrlError::Elsewhere),
            ("localhost:3000", LocalUrlError::Unreadable),
            ("/hook", LocalUrlError::Unreadable),
            ("http://", LocalUrlError::Unreadable),
            ("", LocalUrlError::Unreadable),
            ("http://local host/", LocalUrlError::Unreadable),
        ] {
            assert_eq!(text.parse::<LocalUrl>().expect_err(text), error, "{text}");
        }
    }
}
