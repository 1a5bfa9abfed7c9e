use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::idempotency::IdempotencyKey;
use super::transport::TransportError;
use crate::payload::PayloadError;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The event does not fit its own schema; nothing was sent.
    #[error("the event does not fit its payload schema")]
    Payload(#[from] PayloadError),
    /// Wix refuses the event: a required property is missing (400 `REQUIRED_PROPERTY`), or the
    /// payload breaks the schema that is published (428 `SCHEMA_VALIDATION_FAILED`).
    ///
    /// One of many that went in one call is refused alone; the answer to them has status 200.
    #[error("Wix refuses the event ({}, {}): {}", .0.status, .0.code, .0.description)]
    Refused(Box<Refusal>),
    /// Wix could not process this one of many that went in one call, for a reason that may pass.
    #[error("Wix could not process this one{}", reason(&.0.code, &.0.description))]
    Failed(Box<Refusal>),
    /// Wix never said what became of this one of many that went in one call: the answer does not
    /// mention it, or there was none that could be read.
    #[error("Wix never said what became of this one")]
    Unacknowledged {
        /// What the call failed with; `None` if there was an answer, which does not mention this one.
        #[source]
        call: Option<Arc<CallError>>,
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
    /// The app may not make this call for this site: the secret is another one by now, the site has
    /// removed the app, or the app lacks the permission.
    #[error("the app is not authorized for this site ({status})")]
    Unauthorized {
        /// The status of the answer.
        status: u16,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// There were too many calls for this site.
    #[error("Wix limits the calls for this site")]
    Limited {
        /// How long Wix asks to wait.
        retry_after: Option<Duration>,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// Wix does not serve calls at the moment.
    #[error("Wix is not available ({status})")]
    Unavailable {
        /// The status of the answer.
        status: u16,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// Any other answer that is not one of success.
    #[error("Wix answers with {status}")]
    Unexpected {
        /// The status of the answer.
        status: u16,
        /// Wix's id of the request.
        request_id: Option<String>,
    },
    /// There was no answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The answer came, and is not what it should be.
    #[error("the answer of Wix is not what it should be")]
    Answer(#[source] serde_json::Error),
    /// What came for a token is none.
    #[error("the token that Wix gave cannot be sent")]
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
    /// with the same key, once more, mends that.
    #[error("the event was reported, but {} of what it cancels was not canceled", .failures.len())]
    Cancels {
        /// What was not canceled, or nobody knows.
        failures: Vec<CancelFailure>,
    },
    /// There is no Tokio runtime around the call. Around one without timers or sockets Tokio itself
    /// panics: `enable_all` turns them on.
    #[error("a call needs a Tokio runtime around it")]
    NoRuntime,
}

impl CallError {
    /// Whether the same call may go well later. It is safe then: a cancel at any time, and a report
    /// with its key.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            // What was accepted with such an answer is not accepted twice.
            Self::Answer(_) | Self::Transport(_) => true,
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
            | Self::Unacknowledged { .. }
            | Self::Deadline { .. } => true,
            Self::Transport(error) => matches!(error, TransportError::Connection(_)),
            _ => false,
        }
    }

    /// The status of the answer, where there was one that is no success.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) | Self::Failed(refusal) => Some(refusal.status),
            Self::Unauthorized { status, .. }
            | Self::Unavailable { status, .. }
            | Self::Unexpected { status, .. } => Some(*status),
            Self::Fields { .. } => Some(400),
            Self::Limited { .. } => Some(429),
            Self::Deadline { last } => last.as_ref()?.status(),
            _ => None,
        }
    }

    /// Wix's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) | Self::Failed(refusal) => refusal.request_id.as_deref(),
            Self::Unacknowledged { request_id, .. }
            | Self::NoToken { request_id }
            | Self::Fields { request_id, .. }
            | Self::Unauthorized { request_id, .. }
            | Self::Limited { request_id, .. }
            | Self::Unavailable { request_id, .. }
            | Self::Unexpected { request_id, .. } => request_id.as_deref(),
            Self::Deadline { last } => last.as_ref()?.request_id(),
            Self::Cancels { failures } => failures.first()?.error.request_id(),
            _ => None,
        }
    }

    /// What one of many failed with, if the call that they went in failed with this.
    pub(super) fn of_one(self: &Arc<Self>) -> Self {
        self.copy().unwrap_or_else(|| {
            let request_id = self.request_id().map(str::to_owned);
            Self::Unacknowledged { call: Some(Arc::clone(self)), request_id }
        })
    }

    /// The same error again, if it holds none of another crate, which cannot be copied: those are
    /// about an answer that was never had, or could not be read.
    pub(super) fn copy(&self) -> Option<Self> {
        let request_id = self.request_id().map(str::to_owned);
        Some(match self {
            Self::Refused(refusal) => Self::Refused(refusal.clone()),
            Self::Failed(refusal) => Self::Failed(refusal.clone()),
            Self::Unacknowledged { call, .. } => {
                Self::Unacknowledged { call: call.clone(), request_id }
            }
            Self::Fields { violations, .. } => {
                Self::Fields { violations: violations.clone(), request_id }
            }
            Self::Unauthorized { status, .. } => Self::Unauthorized { status: *status, request_id },
            Self::Limited { retry_after, .. } => {
                Self::Limited { retry_after: *retry_after, request_id }
            }
            Self::Unavailable { status, .. } => Self::Unavailable { status: *status, request_id },
            Self::Unexpected { status, .. } => Self::Unexpected { status: *status, request_id },
            Self::NoRuntime => Self::NoRuntime,
            Self::NoToken { .. } => Self::NoToken { request_id },
            _ => {
                return None;
            }
        })
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
#[derive(Debug)]
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
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FieldViolation {
    /// The field's path.
    #[serde(default)]
    pub field: String,
    /// Wix's words.
    #[serde(default)]
    pub description: String,
    /// The kind of rule that is broken.
    pub violated_rule: Option<String>,
}

fn reason(code: &str, description: &str) -> String {
    if code.is_empty() && description.is_empty() {
        return ", and does not say why".to_owned();
    }
    format!(" ({code}): {description}")
}

fn words(violations: &[FieldViolation]) -> String {
    let words = violations.iter().map(|it| format!("`{}` {}", it.field, it.description));
    words.collect::<Vec<_>>().join(", ")
}

/// Why a report failed, with what is needed to report the event again.
///
/// Reporting it again with the same key is safe, whatever became of it: Wix ignores the second one
/// if it has the first.
#[derive(Debug, thiserror::Error)]
#[error("the report of the event failed")]
#[non_exhaustive]
pub struct ReportError {
    /// What went wrong.
    #[source]
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

/// A text that is never shown.
#[derive(Clone)]
pub(super) struct Secret(pub(super) String);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(secret)")
    }
}
