//! Types that are ready to stand in a payload: Wix's fixed shapes, and a date-time of the `time`
//! crate.
//!
//! Wix fixes the shape of some values and names it in the schema's `wixCustomType` (Wix's article
//! on the payload schema). The types of these shapes bring that name with them; the attribute
//! [`custom_type`](macro@crate::Trigger#custom_type) on a field overrides it.
//!
//! ```
//! use serde::Serialize;
//! use trigger_core::types::{Attachment, ImageUrl, Money, ValueError};
//! use trigger_core::{Trigger, payload};
//!
//! #[derive(Serialize, Trigger)]
//! #[trigger(key = "invoice_sent")]
//! struct InvoiceSent {
//!     total: Money,
//!     logo: Option<ImageUrl>,
//!     invoice: Attachment,
//! }
//!
//! let event = InvoiceSent {
//!     total: Money::new("120.50", "EUR")?,
//!     logo: None,
//!     invoice: Attachment::new("invoice.pdf", "https://example.com/invoice.pdf")?,
//! };
//! let payload = payload::to_vec(&event).expect("what fits its schema");
//! assert_eq!(String::from_utf8_lossy(&payload), concat!(
//!     r#"{"total":{"value":"120.50","currency":"EUR"},"#,
//!     r#""invoice":{"fileName":"invoice.pdf","downloadUrl":"https://example.com/invoice.pdf"}}"#,
//! ));
//!
//! let custom_types = InvoiceSent::SPEC.properties().map(|property| property.custom_type());
//! assert!(custom_types.eq([Some("MONEY"), Some("IMAGE_URL"), Some("ATTACHMENT")]));
//! # Ok::<(), ValueError>(())
//! ```
//!
//! # What has no place in a payload
//!
//! Some types are not written as they look, or as anything that Wix knows. They are compile errors
//! at the field, each with its mend:
//!
//! | type | why | mend |
//! | --- | --- | --- |
//! | `chrono::NaiveDateTime` | it has no offset | `chrono::DateTime<Utc>` |
//! | `jiff::civil::DateTime` | it has no offset | `jiff::Timestamp` |
//! | `jiff::Zoned` | its time zone stands behind it in brackets | `jiff::Timestamp` |
//! | `time::OffsetDateTime` | it is written as an array | `#[serde(with = "time::serde::rfc3339")]`, or `Rfc3339` |
//! | `time::PrimitiveDateTime` | it has no offset, and is written as an array | `Rfc3339` |
//! | `time::Date` | it is written as an array | a `String` with `format = "date"` |
//! | `rust_decimal::Decimal` | any crate of the build can turn it into a number | `#[serde(with = "rust_decimal::serde::str")]` |
//! | times of the day, such as `chrono::NaiveTime` | without an offset they have no format | a `String` |
//! | `Duration`, `SystemTime` | they are written as objects of seconds and nanoseconds | a number of seconds, a date-time |
//! | `u128`, `i128` | integers are at most 2^53 either way | `u64`, a `String` |
//! | `char`, `IpAddr` and its two kinds | they have no type of their own | a `String` |
//! | `()` | it is written as `null` | no field |
//! | tuples | they are written as arrays of their parts | a struct that derives `Property` |
//! | arrays of a fixed length, slices, sets, `VecDeque` | the items of an array are objects | a `Vec` of a struct that derives `Property` |
//! | `serde_json::Value` and `Map`, `HashMap`, `BTreeMap` | a schema names the members | a struct that derives `Property` |
//!
//! The compiler says, for example:
//!
//! ```text
//! error[E0277]: [T022] what a map or `serde_json::Value` holds is known only when it is written, and a payload schema says it before
//!   |     seats: serde_json::Value,
//!   |            ^^^^^^^^^^^^^^^^^ use a struct that derives `trigger_core::Property`
//! ```
//!
//! ```compile_fail,E0277
//! #[derive(serde::Serialize, trigger_core::Trigger)]
//! #[trigger(key = "seats_counted")]
//! struct SeatsCounted {
//!     seats: serde_json::Value,
//! }
//! ```

use serde::Serialize;
use trigger_dialect::Format;

use crate::property::{Property, shape};
use crate::schema::{Literal, TypeSpec};

#[cfg(feature = "time")]
mod rfc3339;

#[cfg(feature = "time")]
pub use rfc3339::Rfc3339;

/// Why a value does not fit one of Wix's fixed shapes.
///
/// ```
/// use trigger_core::types::{Money, ValueError};
///
/// let error = Money::new("120,50", "EUR").unwrap_err();
/// assert!(matches!(&error, ValueError::Amount { value } if value == "120,50"));
/// assert_eq!(
///     error.to_string(),
///     "`120,50` is no amount of money: write a decimal number with a point, such as `120.50`",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// The value of a [`Money`] is no decimal number.
    #[error(
        "`{value}` is no amount of money: write a decimal number with a point, such as `120.50`"
    )]
    Amount {
        /// What was given.
        value: String,
    },
    /// The currency of a [`Money`] is no code of ISO 4217.
    #[error(
        "`{currency}` is no currency: write its three capital letters of ISO 4217, such as `EUR`"
    )]
    Currency {
        /// What was given.
        currency: String,
    },
    /// A URL is no URI with a scheme.
    #[error(
        "`{url}` is no URI: write it with its scheme and percent-encoded, such as `{}`",
        Format::Uri.sample()
    )]
    Url {
        /// What was given.
        url: String,
    },
}

/// An amount of money: Wix's `MONEY`.
///
/// Its value travels as a string, because a float would round it. An object, so it stands on the
/// first level of a payload only.
///
/// ```
/// use trigger_core::types::Money;
///
/// let price = Money::new("120.50", "EUR")?;
/// assert_eq!((price.value(), price.currency()), ("120.50", "EUR"));
/// assert!(Money::new("1e3", "EUR").is_err());
/// assert!(Money::new("120.50", "euro").is_err());
/// # Ok::<(), trigger_core::types::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Money(MoneyMembers);

/// The members on their own, so that the derive describes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, crate::Property)]
#[trigger(crate = "crate")]
struct MoneyMembers {
    #[trigger(format = "number", example = "120.50")]
    value: String,
    #[trigger(example = "EUR")]
    currency: String,
}

impl Money {
    /// An amount in a currency: a decimal number with a point, and the three capital letters of
    /// ISO 4217. Whether there is such a currency is not looked up.
    ///
    /// # Errors
    ///
    /// [`ValueError`] if one of them is written otherwise.
    pub fn new(value: impl Into<String>, currency: impl Into<String>) -> Result<Self, ValueError> {
        let (value, currency) = (value.into(), currency.into());
        if !is_amount(&value) {
            return Err(ValueError::Amount { value });
        }
        if !is_currency(&currency) {
            return Err(ValueError::Currency { currency });
        }
        Ok(Self(MoneyMembers { value, currency }))
    }

    /// The same of a `Decimal`, whose trailing zeros are kept.
    ///
    /// # Errors
    ///
    /// [`ValueError::Currency`] if the currency is not three capital letters.
    ///
    /// ```
    /// use rust_decimal::Decimal;
    /// use trigger_core::types::Money;
    ///
    /// let price = Money::from_decimal(Decimal::new(12_050, 2), "EUR")?;
    /// assert_eq!(price.value(), "120.50");
    /// # Ok::<(), trigger_core::types::ValueError>(())
    /// ```
    #[cfg(feature = "rust_decimal")]
    pub fn from_decimal(
        value: rust_decimal::Decimal,
        currency: impl Into<String>,
    ) -> Result<Self, ValueError> {
        Self::new(value.to_string(), currency)
    }

    /// The amount, as it was written.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.0.value
    }

    /// The currency's code.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.0.currency
    }
}

/// A number of JSON without an exponent.
fn is_amount(value: &str) -> bool {
    Format::Number.fits(value) && !value.contains(['e', 'E'])
}

fn is_currency(currency: &str) -> bool {
    currency.len() == 3 && currency.bytes().all(|letter| letter.is_ascii_uppercase())
}

#[diagnostic::do_not_recommend]
impl Property for Money {
    type Shape = shape::Object;
    const TYPE: &'static TypeSpec = &TypeSpec {
        custom_type: Some("MONEY"),
        sample: Some(|| serde_json::to_string(&written(Money::new("120.50", "EUR"))?)),
        ..*MoneyMembers::TYPE
    };
}

/// The address of an image: Wix's `IMAGE_URL`.
///
/// ```
/// use trigger_core::types::ImageUrl;
///
/// let logo = ImageUrl::new("https://example.com/logo.png")?;
/// assert_eq!(logo.as_str(), "https://example.com/logo.png");
/// assert!(ImageUrl::new("logo.png").is_err());
/// # Ok::<(), trigger_core::types::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ImageUrl(String);

impl ImageUrl {
    /// The image at this URI.
    ///
    /// # Errors
    ///
    /// [`ValueError::Url`] if it is no URI with a scheme.
    pub fn new(url: impl Into<String>) -> Result<Self, ValueError> {
        uri(url.into()).map(Self)
    }

    /// The URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[diagnostic::do_not_recommend]
impl Property for ImageUrl {
    type Shape = shape::Scalar;
    const TYPE: &'static TypeSpec = &TypeSpec {
        custom_type: Some("IMAGE_URL"),
        example: Some(Literal::String("https://example.com/image.png")),
        sample: Some(|| serde_json::to_string(&written(ImageUrl::new(Format::Uri.sample()))?)),
        ..TypeSpec::formatted(Format::Uri)
    };
}

/// A file to download: Wix's `ATTACHMENT`.
///
/// An object, so it stands on the first level of a payload only.
///
/// ```
/// use trigger_core::types::Attachment;
///
/// let ticket = Attachment::new("ticket.pdf", "https://example.com/tickets/7.pdf")?;
/// assert_eq!(ticket.file_name(), "ticket.pdf");
/// assert_eq!(ticket.download_url(), "https://example.com/tickets/7.pdf");
/// assert!(Attachment::new("ticket.pdf", "/tickets/7.pdf").is_err());
/// # Ok::<(), trigger_core::types::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Attachment(AttachmentMembers);

/// The members on their own, so that the derive describes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, crate::Property)]
#[serde(rename_all = "camelCase")]
#[trigger(crate = "crate")]
struct AttachmentMembers {
    #[trigger(example = "invoice.pdf")]
    file_name: String,
    #[trigger(format = "uri", example = "https://example.com/invoice.pdf")]
    download_url: String,
}

impl Attachment {
    /// The file of this name, which can be downloaded at the URI.
    ///
    /// # Errors
    ///
    /// [`ValueError::Url`] if that is no URI with a scheme.
    pub fn new(
        file_name: impl Into<String>,
        download_url: impl Into<String>,
    ) -> Result<Self, ValueError> {
        let download_url = uri(download_url.into())?;
        Ok(Self(AttachmentMembers { file_name: file_name.into(), download_url }))
    }

    /// What the file is called.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// Where the file is.
    #[must_use]
    pub fn download_url(&self) -> &str {
        &self.0.download_url
    }
}

#[diagnostic::do_not_recommend]
impl Property for Attachment {
    type Shape = shape::Object;
    const TYPE: &'static TypeSpec = &TypeSpec {
        custom_type: Some("ATTACHMENT"),
        sample: Some(|| {
            let attachment = Attachment::new("invoice.pdf", Format::Uri.sample());
            serde_json::to_string(&written(attachment)?)
        }),
        ..*AttachmentMembers::TYPE
    };
}

fn uri(url: String) -> Result<String, ValueError> {
    if Format::Uri.fits(&url) { Ok(url) } else { Err(ValueError::Url { url }) }
}

/// A sample's value, or why it could not be made.
fn written<T>(value: Result<T, ValueError>) -> serde_json::Result<T> {
    value.map_err(serde::ser::Error::custom)
}
