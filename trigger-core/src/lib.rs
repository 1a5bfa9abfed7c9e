//! Triggers of [Wix Automations](https://dev.wix.com/docs) from annotated structs.
//!
//! A *trigger* is configured once in the app dashboard: a key, a name and a payload schema. An
//! *event* is what the app reports when something happens; it activates the automations of the
//! site's owners. Here one struct is all of that: [`derive(Trigger)`](macro@Trigger) makes its
//! payload schema in Wix's dialect of JSON Schema, and [`payload::to_vec`] writes payloads that
//! fit it.
//!
//! ```
//! use serde::Serialize;
//! use trigger_core::{Trigger, payload};
//! use uuid::Uuid;
//!
//! /// A seat in a class was taken.
//! #[derive(Serialize, Trigger)]
//! #[serde(rename_all = "camelCase")]
//! #[trigger(key = "participant_enrolled_in_class", entity_id = enrollment_id)]
//! struct ParticipantEnrolledInClass {
//!     enrollment_id: Uuid,
//!     #[trigger(example = "Pottery")]
//!     class_name: String,
//!     #[trigger(format = "email", example = "ada@example.com")]
//!     email: Option<String>,
//! }
//!
//! // What is pasted into the app dashboard.
//! println!("{}", ParticipantEnrolledInClass::payload_document());
//!
//! let event = ParticipantEnrolledInClass {
//!     enrollment_id: Uuid::nil(),
//!     class_name: "Pottery".to_owned(),
//!     email: None,
//! };
//! let payload = payload::to_vec(&event)?;
//! assert_eq!(
//!     payload,
//!     br#"{"enrollmentId":"00000000-0000-0000-0000-000000000000","className":"Pottery"}"#,
//! );
//! # Ok::<(), payload::PayloadError>(())
//! ```
//!
//! Most mistakes that Wix would refuse are compile errors; each names a rule, such as `T023`. The
//! package `trigger-xtask` writes the schemas of all triggers to files, and explains the rules.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `client` | [`report`]: the typed report function, over any transport; on by default |
//! | `reqwest` | the transport that ships, with rustls and ring; on by default |
//! | `webhook` | [`webhook`]: what Wix sends to the app, verified and typed |
//! | `axum` | `webhook::Delivery` as an extractor of axum |
//! | `chrono` | `chrono::DateTime` and `chrono::NaiveDate` as properties |
//! | `jiff` | `jiff::Timestamp` and `jiff::civil::Date` as properties |
//! | `rust_decimal` | `rust_decimal::Decimal` as a property, through `#[serde(with = "rust_decimal::serde::str")]`, and `types::Money` of one |
//! | `time` | `types::Rfc3339`, and `time::OffsetDateTime` as a property, through `#[serde(with = "time::serde::rfc3339")]` |
//! | `url` | `url::Url` as a property |
//!
//! A crate that only holds triggers does with `default-features = false`.
//!
//! # Dependencies
//!
//! Without the default features, an app compiles `serde` and `serde_json` (payloads are JSON), `schemars`
//! without its default features (the type of [`Trigger::payload_schema`]), `uuid` (contact ids and
//! external entity ids are UUIDs), `linkme` (the [`registry`]) and `thiserror`; the derive is made
//! with `syn`, `quote`, `serde_derive_internals` (serde's own reading of its attributes) and
//! `strsim` (the nearest name). `docs/dependencies.md` in the repository lists all, with those that
//! they ask for.

#[doc(hidden)]
pub mod __private;
pub mod payload;
mod property;
pub mod registry;
#[cfg(feature = "client")]
pub mod report;
pub mod schema;
mod trigger;
pub mod types;
#[cfg(feature = "webhook")]
pub mod webhook;

pub use property::Property;
// The compiler names a type by its shortest path, and puts what is too long for a terminal in a file.
#[doc(hidden)]
pub use property::shape as __shape;
pub use trigger::{Cancelable, CancelsOthers, Scheduled, Trigger};
#[doc = include_str!("property.md")]
pub use trigger_derive::Property;
#[doc = include_str!("attributes.md")]
pub use trigger_derive::Trigger;
