use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use quick_cache::sync::Cache;
use uuid::Uuid;

use super::error::Secret;
use super::retry::{Budget, Policy};
use super::site::Site;
use super::transport::Transport;

/// Where Wix serves its REST API.
const WIX: &str = "https://www.wixapis.com";

/// Calls a minute for each app instance (Wix's REST reference).
const CALLS_PER_MINUTE: u32 = 200;

/// The longest deadline, which any clock has room for.
const LONGEST: Duration = Duration::from_hours(24);

/// How many sites an app keeps a token for.
const MAX_SITES: usize = 100_000;

/// A Wix app, which reports events: its id, its secret, and one pool of connections.
///
/// It is made once in a process, is cheap to clone, and starts nothing by itself. Its secret is in
/// no message and no `Debug`. Tokens of up to 100,000 sites are kept.
///
/// ```
/// use trigger_core::report::App;
///
/// # #[cfg(feature = "reqwest")] {
/// let app = App::builder("1f0e8a52-4b1c-4e0a-9c53-3a9d5a7c2b11", "the secret").build()?;
/// assert!(!format!("{app:?}").contains("the secret"));
/// # }
/// # Ok::<(), trigger_core::report::BuildError>(())
/// ```
#[derive(Clone)]
pub struct App {
    pub(super) shared: Arc<Shared>,
}

/// What all clones of an app have in common.
pub(super) struct Shared {
    pub(super) id: String,
    pub(super) secret: Secret,
    pub(super) base_url: String,
    pub(super) transport: Box<dyn Transport>,
    pub(super) policy: Policy,
    pub(super) budget: Budget,
    /// How long a call takes at most, its retries included.
    pub(super) deadline: Duration,
    /// How long an attempt takes at most.
    pub(super) timeout: Duration,
    pub(super) refuses_past_dates: bool,
    calls_per_minute: u32,
    sites: Cache<Uuid, Arc<Site>>,
}

impl App {
    /// An app with the id and the secret of its page in Wix's app dashboard.
    pub fn builder(id: impl Into<String>, secret: impl Into<String>) -> AppBuilder {
        AppBuilder {
            id: id.into(),
            secret: Secret(secret.into()),
            base_url: WIX.to_owned(),
            transport: None,
            policy: Policy::DEFAULT,
            deadline: Duration::from_mins(2),
            timeout: Duration::from_secs(10),
            refuses_past_dates: false,
            calls_per_minute: CALLS_PER_MINUTE,
        }
    }

    /// The app on one Wix site, by the instance id that Wix gave it there.
    #[must_use]
    pub fn instance(&self, id: Uuid) -> Instance {
        let shared = &self.shared;
        let made = shared.sites.get_or_insert_with(&id, || {
            Ok::<_, std::convert::Infallible>(Arc::new(Site::new(id, shared.calls_per_minute)))
        });
        let site = made.unwrap_or_else(|never| match never {});
        Instance { app: self.clone(), site }
    }
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { id, secret, base_url, .. } = &*self.shared;
        let mut app = formatter.debug_struct("App");
        app.field("id", id).field("secret", secret).field("base_url", base_url);
        app.finish_non_exhaustive()
    }
}

/// An [`App`] on one Wix site: a cheap handle, made by [`App::instance`].
#[derive(Clone, Debug)]
pub struct Instance {
    pub(super) app: App,
    pub(super) site: Arc<Site>,
}

impl Instance {
    /// The id that Wix gave the app on this site.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.site.id
    }
}

/// What an [`App`] is made of.
#[must_use]
pub struct AppBuilder {
    id: String,
    secret: Secret,
    base_url: String,
    transport: Option<Box<dyn Transport>>,
    policy: Policy,
    deadline: Duration,
    timeout: Duration,
    refuses_past_dates: bool,
    calls_per_minute: u32,
}

/// Why there is no app.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The address is none, or would send secrets in the clear.
    #[error(
        "`{base_url}` is no https address; plain http goes to this machine only, such as `http://127.0.0.1:8080`"
    )]
    BaseUrl {
        /// What was given.
        base_url: String,
    },
    /// Nothing carries the requests.
    #[error(
        "no transport: turn on the feature `reqwest` of `trigger-core`, or give one of your own"
    )]
    NoTransport,
    /// TLS could not be set up.
    #[error("TLS could not be set up: {words}")]
    Tls {
        /// What the TLS library says.
        words: String,
    },
}

impl AppBuilder {
    /// Another address than Wix's, without a path: a proxy, or a server on this machine, which is
    /// the only one that plain http may go to.
    ///
    /// ```
    /// use trigger_core::report::{App, BuildError};
    ///
    /// let app = App::builder("an-app", "a secret").base_url("http://example.com");
    /// assert!(matches!(app.build(), Err(BuildError::BaseUrl { .. })));
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// What carries the requests instead of `reqwest`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// How often a call is tried in all; 3 without this.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.policy.attempts = attempts.max(1);
        self
    }

    /// How long a call takes at most, its retries included, up to a day; two minutes without this.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline.min(LONGEST);
        self
    }

    /// How long one attempt takes at most, up to a day; 10 seconds without this.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(LONGEST);
        self
    }

    /// How many calls a minute are made for one site, the others wait; Wix's own 200 without this.
    pub fn calls_per_minute(mut self, calls: u32) -> Self {
        self.calls_per_minute = calls;
        self
    }

    /// Makes a scheduled event whose date-time has passed an error, instead of a warning: Wix takes
    /// it, and skips its activations.
    pub fn refuse_past_dates(mut self) -> Self {
        self.refuses_past_dates = true;
        self
    }

    /// The app.
    ///
    /// # Errors
    ///
    /// [`BuildError`] if the address is neither https nor on this machine, or if there is no
    /// transport.
    pub fn build(self) -> Result<App, BuildError> {
        let base_url = self.base_url.trim_end_matches('/').to_owned();
        if !is_safe(&base_url) {
            return Err(BuildError::BaseUrl { base_url });
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&base_url)?,
        };
        let shared = Shared {
            id: self.id,
            secret: self.secret,
            base_url,
            transport,
            policy: self.policy,
            budget: Budget::full(),
            deadline: self.deadline,
            timeout: self.timeout,
            refuses_past_dates: self.refuses_past_dates,
            calls_per_minute: self.calls_per_minute,
            sites: Cache::new(MAX_SITES),
        };
        Ok(App { shared: Arc::new(shared) })
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(base_url: &str) -> Result<Box<dyn Transport>, BuildError> {
    Ok(Box::new(super::over_reqwest::OverReqwest::new(base_url)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_base_url: &str) -> Result<Box<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

/// Whether secrets may go to this address.
fn is_safe(base_url: &str) -> bool {
    let Ok(uri) = base_url.parse::<Uri>() else { return false };
    let Some(host) = uri.host() else { return false };
    let has_more = uri.query().is_some() || uri.path() != "/" || base_url.contains(['@', '#']);
    if has_more {
        return false;
    }
    match uri.scheme() {
        Some(scheme) if *scheme == Scheme::HTTPS => true,
        Some(scheme) if *scheme == Scheme::HTTP => {
            let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
            host == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn secrets_go_to_https_or_this_machine() {
        for safe in [
            "https://www.wixapis.com",
            "https://proxy.example:8443",
            "http://localhost:8080",
            "http://127.0.0.1",
            "http://[::1]:8080",
        ] {
            assert!(is_safe(safe), "{safe}");
        }
        for other in [
            "",
            "www.wixapis.com",
            "http://www.wixapis.com",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://10.0.0.1",
            "ftp://localhost",
            "https://www.wixapis.com/other",
            "https://www.wixapis.com?a=b",
            "https://user:password@www.wixapis.com",
            "http://localhost#a",
            "/local",
        ] {
            assert!(!is_safe(other), "{other}");
        }
    }
}
