use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Trigger;

/// The longest key that Wix takes, in characters (its REST reference).
const MAX_LENGTH: usize = 80;

/// The key by which Wix knows a report that it has seen: 1 to 80 characters.
///
/// Wix ignores a repeated key of the same trigger and app for a week, or for the time to live of
/// its report. The site is not part of that, so a key holds the instance id.
///
/// ```
/// use trigger_core::report::IdempotencyKey;
///
/// assert_eq!(IdempotencyKey::new("invoice-42-due")?.as_str(), "invoice-42-due");
/// assert!(IdempotencyKey::new("").is_err());
/// assert!(IdempotencyKey::new("k".repeat(81)).is_err());
/// # Ok::<(), trigger_core::report::KeyError>(())
/// ```
///
/// A key that is stored is read again through serde or `try_from`, which hold it to the same limits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdempotencyKey(String);

/// Why a text is no idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to 80 characters, and this has {length}")]
pub struct KeyError {
    length: usize,
}

impl IdempotencyKey {
    /// The key of this text.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if that is empty or has more than 80 characters.
    pub fn new(text: impl Into<String>) -> Result<Self, KeyError> {
        let text = text.into();
        match text.chars().count() {
            1..=MAX_LENGTH => Ok(Self(text)),
            length => Err(KeyError { length }),
        }
    }

    /// A key that nobody has used. Who may have to drop a report, such as one within a time limit,
    /// makes the key before it: the one that a report makes for itself is lost with it.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4().to_string())
    }

    /// The key of an event that is known by what it is about: always the same for the same trigger,
    /// site, entity and version, whichever process asks.
    ///
    /// A version tells apart what may happen to one entity several times: a revision, or the
    /// date-time that it is scheduled at. After a cancel, an event that is reported again needs
    /// another one.
    ///
    /// ```
    /// use serde::Serialize;
    /// use trigger_core::report::IdempotencyKey;
    /// use trigger_core::Trigger;
    /// use uuid::Uuid;
    ///
    /// #[derive(Serialize, Trigger)]
    /// #[trigger(key = "invoice_due", name = "Invoice due")]
    /// struct InvoiceDue {
    ///     invoice_id: Uuid,
    /// }
    ///
    /// let (site, invoice) = (Uuid::from_u128(1), Uuid::from_u128(2));
    /// let first = IdempotencyKey::derive::<InvoiceDue>(site, invoice, "2026-03-30");
    /// assert_eq!(first, IdempotencyKey::derive::<InvoiceDue>(site, invoice, "2026-03-30"));
    /// assert_ne!(first, IdempotencyKey::derive::<InvoiceDue>(site, invoice, "2026-04-30"));
    /// assert_eq!(first.as_str().len(), 36);
    /// ```
    #[must_use]
    pub fn derive<T: Trigger>(instance: Uuid, entity: Uuid, version: impl fmt::Display) -> Self {
        // Lengths apart, so that no two lists of parts are one text.
        let key = T::SPEC.key();
        let parts = format!("{}:{key}{instance}{entity}{version}", key.len());
        Self(Uuid::new_v5(&NAMESPACE, parts.as_bytes()).to_string())
    }

    /// The text that is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The namespace of derived keys: any UUID, and for ever the same.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f5c_1a46_0f0b_4b8e_9a57_2d4c_6e1b_7f30);

impl TryFrom<String> for IdempotencyKey {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        Self::new(text)
    }
}

impl From<IdempotencyKey> for String {
    fn from(key: IdempotencyKey) -> Self {
        key.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
