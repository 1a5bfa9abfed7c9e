//! What Wix sends to the app: webhooks.
mod body;
mod delivery;
mod error;
mod json;
mod key;
mod token;
mod verify;

pub use body::{BodyError, Event};
pub use delivery::{Delivery, Identity, IdentityKind};
pub use error::{Malformed, VerifyError};
pub use key::KeyError;
pub use verify::Webhooks;
