//! The whole app over sockets: deliveries that are signed come in, and what it reports goes to the
//! emulator, on whose clock reminders run.

mod deliveries;
mod failures;
mod order;
mod refusals;
mod reminders;
mod running;
#[path = "../../../../trigger-core/tests/webhook/signer.rs"]
mod signer;
mod stopping;
mod whole_way;
