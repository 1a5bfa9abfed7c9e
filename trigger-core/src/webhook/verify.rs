use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::delivery::Delivery;
use super::error::{Malformed, Problem, VerifyError};
use super::json;
use super::key::{KeyError, PublicKey};
use super::token;

/// How far apart Wix's clock and this machine's may be.
const TOLERANCE: Duration = Duration::from_mins(1);

/// A delivery holds one entity; no documented one is near this.
const LARGEST_BODY: usize = 1 << 20;

/// What reads the webhooks that Wix sends to an app: the app's public key, and limits.
///
/// It is made once in a process and is cheap to clone. The key is in no `Debug`.
///
/// ```
/// use trigger_core::webhook::{Delivery, KeyError, VerifyError, Webhooks};
///
/// fn webhooks(public_key: &str) -> Result<Webhooks, KeyError> {
///     Webhooks::new(public_key)
/// }
///
/// fn read(webhooks: &Webhooks, body: &[u8]) -> Result<Delivery, VerifyError> {
///     webhooks.verify(body)
/// }
/// # let key = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/webhook/keys/signer.public.pem"));
/// # assert_eq!(read(&webhooks(key).unwrap(), b"hello").unwrap_err(), VerifyError::NoToken);
/// ```
#[derive(Clone)]
pub struct Webhooks {
    key: Arc<PublicKey>,
    tolerance: Duration,
    largest_body: usize,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Webhooks {
    /// Reads the webhooks of the app that has this public key: PEM, or PEM in base64, as the app's
    /// webhooks page shows it. Line breaks may be the two characters `\n`, as in a file of settings.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is no RSA public key of at least 2048 bits.
    pub fn new(public_key: impl AsRef<str>) -> Result<Self, KeyError> {
        Ok(Self {
            key: Arc::new(PublicKey::parse(public_key.as_ref())?),
            tolerance: TOLERANCE,
            largest_body: LARGEST_BODY,
            now: Arc::new(SystemTime::now),
        })
    }

    /// How long after its end, and before its beginning, a token is still taken: clocks differ. A
    /// minute without this.
    ///
    /// ```
    /// # use trigger_core::webhook::{KeyError, Webhooks};
    /// # use std::time::Duration;
    /// # fn webhooks(public_key: &str) -> Result<Webhooks, KeyError> {
    /// let webhooks = Webhooks::new(public_key)?.tolerance(Duration::from_mins(5));
    /// # Ok(webhooks) }
    /// ```
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// How many bytes of a body are read; a longer one is refused before it is looked at. 1 MiB
    /// without this.
    ///
    /// ```
    /// # use trigger_core::webhook::{KeyError, Webhooks};
    /// # fn webhooks(public_key: &str) -> Result<Webhooks, KeyError> {
    /// let webhooks = Webhooks::new(public_key)?.largest_body(64 << 10);
    /// # Ok(webhooks) }
    /// ```
    #[must_use]
    pub fn largest_body(mut self, bytes: usize) -> Self {
        self.largest_body = bytes;
        self
    }

    /// What tells the time; the system's clock without this.
    ///
    /// ```
    /// # use trigger_core::webhook::{KeyError, Webhooks};
    /// # use std::time::SystemTime;
    /// # fn webhooks(public_key: &str) -> Result<Webhooks, KeyError> {
    /// let webhooks = Webhooks::new(public_key)?.clock(|| SystemTime::UNIX_EPOCH);
    /// # Ok(webhooks) }
    /// ```
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Arc::new(now);
        self
    }

    /// The delivery in the body of a request, if the app's key signed it.
    ///
    /// The whole body is the token. What its header says changes nothing about how it is verified:
    /// RS256, with this key.
    ///
    /// # Errors
    ///
    /// [`VerifyError`], which says what is wrong without a word of the body.
    pub fn verify(&self, body: impl AsRef<[u8]>) -> Result<Delivery, VerifyError> {
        let body = body.as_ref();
        let limit = self.largest_body;
        if body.len() > limit {
            return Err(VerifyError::TooLarge { limit });
        }
        let claims = token::claims(body, &self.key)?;
        let claims: Claims = json::object(&claims, "it").map_err(VerifyError::Claims)?;
        self.judge_times(&claims)?;
        Delivery::unpack(claims.data).map_err(VerifyError::Claims)
    }

    #[cfg(feature = "axum")]
    pub(super) fn limit(&self) -> usize {
        self.largest_body
    }

    fn judge_times(&self, claims: &Claims) -> Result<(), VerifyError> {
        let now = (self.now)().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let tolerance = self.tolerance.as_secs_f64();
        if let Some(end) = seconds(&claims.exp, "exp")?
            && now >= end + tolerance
        {
            return Err(VerifyError::Expired { ago: span(now - end) });
        }
        if let Some(beginning) = seconds(&claims.nbf, "nbf")?
            && now + tolerance < beginning
        {
            return Err(VerifyError::NotYetValid { wait: span(beginning - now) });
        }
        Ok(())
    }
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut webhooks = formatter.debug_struct("Webhooks");
        webhooks.field("tolerance", &self.tolerance).field("largest_body", &self.largest_body);
        webhooks.finish_non_exhaustive()
    }
}

/// The claims that are asked; Wix's own SDK asks neither who issued the token nor for whom.
#[derive(serde::Deserialize)]
struct Claims {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    exp: Value,
    #[serde(default)]
    nbf: Value,
}

/// A date of a token, in seconds since 1970.
fn seconds(claim: &Value, name: &str) -> Result<Option<f64>, VerifyError> {
    let seconds = claim.as_f64();
    if seconds.is_none() && !claim.is_null() {
        let malformed = Malformed::new(format!("`{name}`"), Problem::Not("number"));
        return Err(VerifyError::Claims(malformed));
    }
    Ok(seconds)
}

fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
