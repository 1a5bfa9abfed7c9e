//! Events of a site: what Wix tells an app when one is published.
//!
//! The types are made by `cargo xtask import-webhook` from Wix's reference page, and read whatever
//! Wix sends, or leaves out:
//!
//! ```
//! use events::{EventPublished, EventPublishedStatus};
//!
//! let body = r#"{ "status": "POSTPONED", "title": null, "host": { "name": "Ada" } }"#;
//! let event: EventPublished = serde_json::from_str(body)?;
//! assert_eq!(event.status, Some(EventPublishedStatus::Unlisted("POSTPONED".to_owned())));
//! assert_eq!(event.title, None);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod wix;

pub use wix::event_published::*;
