use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::idempotency::IdempotencyKey;
use super::transport::TransportError;
use super::wire;
use crate::payload::PayloadError;

/// Why a call failed.
///
/// ```
/// use trigger_core::report::CallError;
///
/// fn whose_turn(error: &CallError) -> &'static str {
///     match error {
///         CallError::Payload(_) | CallError::Refused(_) | CallError::Fields { .. } => "ours: mend the event",
///         CallError::Unauthorized { .. } => "the site's: is the app still installed?",
///         error if error.is_retryable() => "nobody's: report it again later, with its key",
///         _ => "ask Wix, with `request_id`",
///     }
/// }
/// ```
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The event does not fit its own schema; nothing was sent.
    #[error("the event does not fit its payload schema")]
    Payload(#[from] PayloadError),
    /// Wix refuses the event: a required property is missing (400 `REQUIRED_PROPERTY`), or the
    /// payload breaks the schema that is published (428 `SCHEMA_VALIDATION_FAILED`).
    ///
    /// One of many that went in one call is refused alone; the answer to them has status 200.
    #[error("Wix refuses it{}", because(.0))]
    Refused(Box<Refusal>),
    /// Wix could not process this one of many that went in one call, for a reason that may pass.
    #[error("Wix could not process this one{}", because(.0))]
    Failed(Box<Refusal>),
    /// The answer of Wix does not mention this one of many that went in one call: whether Wix has it
    /// is not known.
    #[error("Wix does not say what became of this one")]
    Unacknowledged {
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// Wix refuses fields of the request.
    #[error("Wix refuses the request: {}", words(.violations))]
    Fields {
        /// What is wrong with which field.
        violations: Vec<FieldViolation>,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// Wix gives the app no token for this site: the app's id or secret is not, or no longer, the
    /// right one, or the site does not have the app.
    #[error(
        "Wix gives the app no token for this site ({status}{}): are its id and secret right, and does the site have it?",
        after_colon(.reason)
    )]
    TokenRefused {
        /// The status of the answer.
        status: u16,
        /// Wix's words.
        reason: String,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// The app may not make this call for this site, for which it has a token: it lacks the
    /// permission, or the site has removed it.
    #[error(
        "the app may not do this on this site ({status}{}): does it have the permission?",
        after_colon(.reason)
    )]
    Unauthorized {
        /// The status of the answer.
        status: u16,
        /// Wix's words.
        reason: String,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// There were too many calls for this site, as Wix counts.
    #[error("Wix limits the calls for this site")]
    Limited {
        /// How long Wix asks to wait.
        retry_after: Option<Duration>,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// There were so many calls for this site that another one is not free in time, as the app
    /// counts ([`AppBuilder::calls_per_minute`](super::AppBuilder::calls_per_minute)); nothing was
    /// sent.
    #[error("the calls a minute for this site are used up, and the next is free in {free_in:.0?}")]
    LimitReached {
        /// How long that is.
        free_in: Duration,
    },
    /// Wix does not serve calls at the moment.
    #[error("Wix is not available ({status})")]
    Unavailable {
        /// The status of the answer.
        status: u16,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// Any other answer than one of success, which is 200 alone, as for Wix's own SDK.
    #[error("Wix answers with {status}{}", after_colon(.reason))]
    Unexpected {
        /// The status of the answer.
        status: u16,
        /// Wix's words.
        reason: String,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// There was no answer.
    #[error(transparent)]
    Transport(TransportError),
    /// The answer came, and is not what it should be.
    #[error("the answer of Wix is not what it should be")]
    Answer {
        /// What is wrong with it.
        source: Arc<serde_json::Error>,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// The call for a token failed, for another reason than that Wix refuses the app.
    #[error("no token could be fetched for this site")]
    Token(#[source] Arc<CallError>),
    /// What came for a token is none.
    #[error("what Wix gave for a token is none")]
    NoToken {
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// The time that the call had is over, or the next attempt would have come after it.
    #[error("the time for the call is over")]
    Deadline {
        /// What the last attempt failed with, if there was one.
        #[source]
        last: Option<Box<CallError>>,
    },
    /// Another event of the same `report_all` has this idempotency key, and Wix would ignore this one;
    /// nothing was sent.
    #[error("two events have one idempotency key: give each its own")]
    SharedKey,
    /// The date-time of a scheduled event has passed, and the app was told to refuse that; nothing
    /// was sent.
    #[error("a scheduled event is reported too late: `{property}` is {date}")]
    PastDate {
        /// The property that is the date-time.
        property: &'static str,
        /// What it is.
        date: String,
    },
    /// The trigger has `cancels(…)` and no `entity_id`, and the report names no entities; nothing
    /// was sent.
    #[error("the report names no entities whose events it cancels: add `.cancel_entities(ids)`")]
    NoEntities,
    /// The event was reported, but not everything that it cancels was canceled. The same report
    /// with the same key, within its time to live, mends that.
    #[error("the event was reported, but of what it cancels there are left {}", left(.failures))]
    Cancels {
        /// What was not canceled, or nobody knows.
        failures: Vec<CancelFailure>,
    },
    /// There is no Tokio runtime around the call, or one without timers or sockets; nothing was
    /// sent. Tokio tells of the latter two by a panic, which is caught here where panics unwind.
    #[error("a call needs a Tokio runtime around it, built with `enable_all`")]
    NoRuntime,
}

impl From<TransportError> for CallError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::NoRuntime => Self::NoRuntime,
            error => Self::Transport(error),
        }
    }
}

impl CallError {
    /// Whether the same call may go well later. It is safe then: a cancel at any time, and a report
    /// with its key, within its time to live.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            // What was accepted with such an answer is not accepted twice.
            Self::Answer { .. }
            | Self::Transport(_)
            | Self::Deadline { .. }
            | Self::LimitReached { .. } => true,
            Self::Token(error) => error.is_retryable(),
            Self::Cancels { failures } => failures.iter().all(|it| it.error.is_retryable()),
            _ => self.may_pass(),
        }
    }

    /// Whether the call is tried again at once.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Limited { .. }
            | Self::Unavailable { .. }
            | Self::Failed(_)
            | Self::Unacknowledged { .. } => true,
            Self::Transport(error) => matches!(error, TransportError::Connection(_)),
            _ => false,
        }
    }

    /// The status of the answer that says so, where there was one: 200 for one of many that went in
    /// one call.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) | Self::Failed(refusal) => Some(refusal.status),
            Self::TokenRefused { status, .. }
            | Self::Unauthorized { status, .. }
            | Self::Unavailable { status, .. }
            | Self::Unexpected { status, .. } => Some(*status),
            Self::Fields { .. } => Some(400),
            Self::Limited { .. } => Some(429),
            Self::Unacknowledged { .. } | Self::Answer { .. } | Self::NoToken { .. } => Some(200),
            Self::Token(error) => error.status(),
            Self::Deadline { last } => last.as_ref()?.status(),
            _ => None,
        }
    }

    /// Wix's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) | Self::Failed(refusal) => refusal.request_id.as_deref(),
            Self::Unacknowledged { request_id }
            | Self::Answer { request_id, .. }
            | Self::NoToken { request_id }
            | Self::Fields { request_id, .. }
            | Self::TokenRefused { request_id, .. }
            | Self::Unauthorized { request_id, .. }
            | Self::Limited { request_id, .. }
            | Self::Unavailable { request_id, .. }
            | Self::Unexpected { request_id, .. } => request_id.as_deref(),
            Self::Token(error) => error.request_id(),
            Self::Deadline { last } => last.as_ref()?.request_id(),
            Self::Cancels { failures } => failures.first()?.error.request_id(),
            _ => None,
        }
    }
}

/// What Wix says of an event that it refuses.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The status of the answer.
    pub status: u16,
    /// Wix's name for what is wrong.
    pub code: String,
    /// Wix's words.
    pub description: String,
    /// What Wix adds.
    pub data: Option<Value>,
    /// Wix's id of the request.
    pub request_id: Option<String>,
}

/// A cancel that failed, of several.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CancelFailure {
    /// Which trigger's events were to be canceled.
    pub trigger_key: &'static str,
    /// By which id.
    pub entity: Uuid,
    /// What went wrong.
    pub error: CallError,
}

/// A field of a request that Wix refuses.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct FieldViolation {
    /// The field's path.
    #[serde(deserialize_with = "wire::or_default")]
    pub field: String,
    /// Wix's words.
    #[serde(deserialize_with = "wire::or_default")]
    pub description: String,
    /// The kind of rule that is broken.
    pub violated_rule: Option<String>,
    /// The rule's name, where it is one of the service's own.
    pub rule_name: Option<String>,
    /// What Wix adds.
    pub data: Option<Value>,
}

fn because(refusal: &Refusal) -> String {
    let Refusal { status, code, description, .. } = refusal;
    let mut about = Vec::new();
    // Of many that went in one call, it is the status of them all.
    if *status != 200 {
        about.push(status.to_string());
    }
    if !code.is_empty() {
        about.push(code.clone());
    }
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    match description.as_str() {
        "" if about.is_empty() => ", and does not say why".to_owned(),
        description => format!("{about}{}", after_colon(description)),
    }
}

fn after_colon(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": {words}") }
}

fn words(violations: &[FieldViolation]) -> String {
    let words = violations.iter().map(|it| format!("`{}` {}", it.field, it.description));
    words.collect::<Vec<_>>().join(", ")
}

/// The first few, as many as a line has room for.
fn left(failures: &[CancelFailure]) -> String {
    const SHOWN: usize = 3;
    let shown = failures.iter().take(SHOWN);
    let shown = shown.map(|it| format!("`{}` of {} ({})", it.trigger_key, it.entity, it.error));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match failures.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Why a report failed, with what is needed to report the event again.
///
/// Reporting it again with the same key is safe, whatever became of it, within the key's time to
/// live, a week if nothing else was said: Wix ignores the second one if it has the first.
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use uuid::Uuid;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// # struct InvoiceDue { invoice_id: Uuid }
/// use trigger_core::report::{IdempotencyKey, Instance};
///
/// /// The key to report with later, if that is of use.
/// async fn send(site: &Instance, event: &InvoiceDue) -> Option<IdempotencyKey> {
///     let failed = event.report(site).await.err()?;
///     failed.is_retryable().then_some(failed.idempotency_key)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportError {
    /// What went wrong.
    pub error: CallError,
    /// The key of the report.
    pub idempotency_key: IdempotencyKey,
}

impl ReportError {
    /// Whether the same report may go well later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.error.is_retryable()
    }

    /// Wix's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.error.request_id()
    }
}

/// As the [`CallError`] in it, which says all.
impl fmt::Display for ReportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl Error for ReportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// A text that is never shown.
#[derive(Clone)]
pub(super) struct Secret(pub(super) String);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(secret)")
    }
}
