use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

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
/// no message and no `Debug`. Tokens of up to 100,000 sites are kept; of a site beyond them, a new
/// [`Instance`] does not share the token and the limit of one that was made before.
///
/// The connections that it keeps are driven by the Tokio runtime that made them: a process with
/// several runtimes makes an app in each.
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
    pub(super) now: Now,
    calls_per_minute: u32,
    sites: Cache<Uuid, Arc<Site>>,
}

/// What tells the time.
pub(super) type Now = Box<dyn Fn() -> SystemTime + Send + Sync>;

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
            now: Box::new(SystemTime::now),
            calls_per_minute: CALLS_PER_MINUTE,
        }
    }

    /// The app's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.shared.id
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
///
/// It is cloned into tasks and kept as long as is wanted; all handles of a site share its token and
/// its limit.
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use uuid::Uuid;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// # struct InvoiceDue { invoice_id: Uuid }
/// use trigger_core::report::Instance;
///
/// fn send_later(site: &Instance, event: InvoiceDue) {
///     let site = site.clone();
///     tokio::spawn(async move {
///         if let Err(failed) = event.report(&site).await {
///             eprintln!("site {}: {failed}", site.id());
///         }
///     });
/// }
/// ```
#[derive(Clone)]
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

impl fmt::Debug for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut instance = formatter.debug_struct("Instance");
        instance.field("app", &self.app).field("id", &self.id()).finish_non_exhaustive()
    }
}

/// What an [`App`] is made of.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use trigger_core::report::App;
///
/// # #[cfg(feature = "reqwest")] {
/// let app = App::builder("1f0e8a52-4b1c-4e0a-9c53-3a9d5a7c2b11", "the secret")
///     .attempts(5)
///     .timeout(Duration::from_secs(5))
///     .deadline(Duration::from_secs(60))
///     .calls_per_minute(100) // the other half is for another server
///     .refuse_past_dates()
///     .build()?;
/// # }
/// # Ok::<(), trigger_core::report::BuildError>(())
/// ```
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
    now: Now,
    calls_per_minute: u32,
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, secret, base_url, .. } = self;
        let mut builder = formatter.debug_struct("AppBuilder");
        builder.field("id", id).field("secret", secret).field("base_url", base_url);
        builder.finish_non_exhaustive()
    }
}

/// Why there is no app.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The app's id or its secret is empty.
    #[error("the app's {what} is empty; both are on its page in Wix's app dashboard")]
    Empty {
        /// Which of them.
        what: &'static str,
    },
    /// The address is none, or would send secrets in the clear.
    #[error("the base URL `{base_url}` {problem}")]
    BaseUrl {
        /// What was given, without what stands before an `@`, which may be a password.
        base_url: String,
        /// What is wrong with it.
        problem: &'static str,
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

    /// How many calls a minute are made for one site, at least one; the others wait. Wix's own 200
    /// without this.
    pub fn calls_per_minute(mut self, calls: u32) -> Self {
        self.calls_per_minute = calls;
        self
    }

    /// Makes a scheduled event whose date-time has passed an error, instead of a warning in `tracing`
    /// and [`Reported::date_has_passed`](super::Reported::date_has_passed): Wix takes it, and skips its
    /// activations.
    pub fn refuse_past_dates(mut self) -> Self {
        self.refuses_past_dates = true;
        self
    }

    /// What tells whether the date-time of a scheduled event has passed; the system's clock without
    /// this. An emulator of Wix has a clock that can be turned.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Box::new(now);
        self
    }

    /// The app.
    ///
    /// # Errors
    ///
    /// [`BuildError`] if the id or the secret is empty, if the address is neither https nor on this
    /// machine, or if there is no transport.
    pub fn build(self) -> Result<App, BuildError> {
        for (what, text) in [("id", &self.id), ("secret", &self.secret.0)] {
            if text.is_empty() {
                return Err(BuildError::Empty { what });
            }
        }
        let base_url = self.base_url.trim_end_matches('/').to_owned();
        if let Some(problem) = problem(&base_url) {
            let base_url = base_url.rsplit('@').next().unwrap_or_default().to_owned();
            return Err(BuildError::BaseUrl { base_url, problem });
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
            now: self.now,
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

/// Why no secrets may go to this address.
fn problem(base_url: &str) -> Option<&'static str> {
    let uri = base_url.parse::<Uri>().unwrap_or_default();
    let (Some(scheme), Some(host)) = (uri.scheme(), uri.host()) else {
        return Some("is no URL such as `https://www.wixapis.com`");
    };
    if uri.query().is_some() || uri.path() != "/" || base_url.contains(['@', '#']) {
        return Some("has more than a scheme, a host and a port");
    }
    if *scheme == Scheme::HTTPS {
        return None;
    }
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_here = host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.is_loopback());
    if is_here && *scheme == Scheme::HTTP {
        return None;
    }
    Some("is not https; plain http goes to this machine only, such as `http://127.0.0.1:8080`")
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn secrets_go_to_https_or_this_machine() {
        for safe in [
            "https://www.wixapis.com",
            "https://proxy.example:8443",
            "http://localhost:8080",
            "http://LocalHost",
            "http://127.0.0.1",
            "http://[::1]:8080",
        ] {
            assert_eq!(problem(safe), None, "{safe}");
        }
        for (other, words) in [
            ("", "no URL"),
            ("www.wixapis.com", "no URL"),
            ("http://www.wixapis.com", "not https"),
            ("http://127.0.0.1.example", "not https"),
            ("http://localhost.example", "not https"),
            ("http://10.0.0.1", "not https"),
            ("ftp://localhost", "not https"),
            ("https://www.wixapis.com/other", "has more"),
            ("https://www.wixapis.com?a=b", "has more"),
            ("https://user:password@www.wixapis.com", "has more"),
            ("http://localhost#a", "has more"),
            ("/local", "no URL"),
        ] {
            assert!(problem(other).is_some_and(|it| it.contains(words)), "{other}");
        }
    }
}
