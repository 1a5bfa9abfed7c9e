//! An app as strict as can be: every lint is an error, documentation is not optional, and
//! `trigger_core` goes by another name, so that the derives' output can name nothing by itself.
//!
//! Its triggers stand out of order, for the registry's tests.

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    warnings,
    future_incompatible,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    unused,
    clippy::pedantic,
    clippy::nursery,
    missing_copy_implementations,
    missing_debug_implementations,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]

use std::borrow::Cow;

use serde::Serialize;
use uuid::Uuid;
use wix::{Property, Trigger};

/// Which a seat is.
#[derive(Clone, Copy, Debug, Serialize, Property)]
#[trigger(crate = "::wix")]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// By the window.
    Window,
    /// By the aisle.
    Aisle,
}

/// The id of a booking.
#[derive(Clone, Copy, Debug, Serialize, Property)]
#[trigger(crate = "wix")]
#[serde(transparent)]
pub struct BookingId(pub Uuid);

/// A line of the bill.
#[derive(Clone, Debug, Serialize, Property)]
#[trigger(crate = "wix")]
pub struct Line<'a> {
    /// What it is for.
    #[trigger(example = "Breakfast")]
    pub text: Cow<'a, str>,
    /// How many.
    #[trigger(default = 1)]
    pub quantity: u32,
}

/// A seat was booked.
#[derive(Clone, Debug, Serialize, Trigger)]
#[trigger(crate = "wix", key = "seat_booked", entity_id = id, contact = contact_id, cancels(SeatOffered<'_>))]
pub struct SeatBooked<'a> {
    /// Which booking it is.
    pub id: BookingId,
    /// Who booked.
    pub contact_id: Option<Uuid>,
    /// Where.
    pub seat: Seat,
    /// The bill.
    #[trigger(examples = [[{"text": "Lunch", "quantity": 2}]])]
    pub lines: Vec<Line<'a>>,
    /// The bill's head.
    #[serde(flatten)]
    pub head: Option<Line<'a>>,
}

/// A seat is offered to somebody.
#[derive(Clone, Copy, Debug, Serialize, Trigger)]
#[trigger(crate = wix, key = "seat_offered", scheduled_at = until, entity_id = id)]
pub struct SeatOffered<'a> {
    /// Which booking it would be.
    #[serde(skip)]
    pub id: BookingId,
    /// How long the offer holds.
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    pub until: &'a str,
}

/// A seat was given up.
#[derive(Clone, Copy, Debug, Serialize, Trigger)]
#[trigger(crate = "wix", key = "seat_given_up")]
pub struct SeatGivenUp {
    /// Where.
    pub seat: Seat,
}

/// What a macro names in another crate.
#[doc(hidden)]
pub mod exported {
    pub use serde;
    pub use wix::*;
}

/// Writes a trigger for another crate, which need not know what this one calls `trigger_core`.
#[macro_export]
macro_rules! seat_trigger {
    ($name:ident, $key:literal, $canceled:path, $example:literal, $($field:ident: $ty:ty),*) => {
        #[derive(Debug, $crate::exported::serde::Serialize, $crate::exported::Trigger)]
        #[serde(crate = "strict_app::exported::serde")]
        #[trigger(crate = $crate::exported, key = $key, name = "A seat of a macro")]
        #[trigger(entity_id = id, cancels($canceled))]
        struct $name {
            id: $crate::BookingId,
            #[trigger(example = $example)]
            number: u32,
            $(
                #[serde(flatten)]
                $field: $ty,
            )*
        }
    };
}
