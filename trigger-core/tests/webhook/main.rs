//! What Wix sends to an app.

mod signer;
mod verifying;
