//! `trigger_core` under another name: the dependency renamed, as in `strict-app`, and a path.

use serde::Serialize;
use strict_app::{Line, Seat, SeatGivenUp};

/// An app's own crate that every other takes `trigger_core` from.
mod platform {
    pub(crate) mod r#in {
        pub(crate) use trigger_core as automations;
    }
}

use platform::r#in::automations::{Property, Trigger};

#[derive(Serialize, Property)]
#[trigger(crate = "crate::renamed_crate::platform::r#in::automations")]
struct Place(#[trigger(example = "a")] String);

#[derive(Serialize, Trigger)]
#[trigger(crate = platform::r#in::automations, key = "renamed_crate", name = "A renamed crate")]
struct Renamed<'a> {
    place: Option<Place>,
    seat: Seat,
    #[serde(flatten)]
    line: Line<'a>,
    #[trigger(examples = [1, 2])]
    count: u32,
}

strict_app::seat_trigger!(SeatOfAMacro, "seat_of_a_macro", strict_app::SeatOffered<'_>, 5, line: Line<'static>);

#[test]
fn a_crate_is_found_from_another() {
    let line = Line { text: "Tea".into(), quantity: 2 };
    let event = SeatOfAMacro { id: strict_app::BookingId(uuid::Uuid::nil()), number: 1, line };
    assert!(super::written(&event).ends_with(r#""number":1,"text":"Tea","quantity":2}"#));
}

#[test]
fn a_renamed_crate_is_found() {
    assert_eq!(super::written(&SeatGivenUp { seat: Seat::Aisle }), r#"{"seat":"aisle"}"#);
    let event = Renamed {
        place: None,
        seat: Seat::Window,
        line: Line { text: "Tea".into(), quantity: 2 },
        count: 3,
    };
    assert_eq!(super::written(&event), r#"{"seat":"window","text":"Tea","quantity":2,"count":3}"#);
}
