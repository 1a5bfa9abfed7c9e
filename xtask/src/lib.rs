//! The commands of [`trigger_core`], as a library for the `xtask` of a workspace.
//!
//! The commands work on the triggers that are linked into the program, so each workspace has a
//! program of its own, which names its apps:
//!
//! ```no_run
//! # #![allow(clippy::needless_doctest_main)]
//! # use trigger_core as appointments;
//! use appointments as _; // the app's crate; without this line its triggers are not linked
//!
//! fn main() -> std::process::ExitCode {
//!     trigger_xtask::main()
//! }
//! ```
//!
//! In a package called `xtask`, with this in `.cargo/config.toml`, it is `cargo xtask`:
//!
//! ```toml
//! [alias]
//! xtask = "run --quiet --package xtask --"
//! ```
//!
//! A program with commands of its own puts [`Command`] beside them with `#[command(flatten)]`
//! and calls [`parse`], [`Command::run`] and [`exit_code`].
//!
//! # Exit codes
//!
//! All commands end with 0, with 100 if they have findings or differences to show, and with 101
//! if they could not run.

mod advice;
pub mod change;
mod check;
mod command;
#[cfg(feature = "emulator")]
mod emulate;
mod exit;
mod export;
pub mod import;
pub mod judge;
mod mark_published;
mod output;
pub mod rules;
mod samples;
mod selection;
mod text;
mod validate;
mod workspace;

pub use check::{BaselineError, Check, CheckError, Fault, SettingsError};
pub use command::{Command, main};
pub use exit::{Outcome, exit_code, parse};
pub use export::{ExportError, ExportSchemas, ManifestError};
pub use import::{Import, ImportError, ImportWebhook};
pub use mark_published::MarkPublished;
pub use selection::UnknownKey;
pub use text::NotUtf8;
pub use validate::{Validate, ValidateError};
pub use workspace::RootError;
