//! The registry of a program that links triggers of its own and of an app.

use std::fmt::Write;

use strict_app as _;
use trigger_core::Trigger;
use trigger_core::registry::{self, RegistryError};
use trigger_core::schema::TriggerSpec;

mod first {
    use serde::Serialize;
    use trigger_core::Trigger;

    #[derive(Serialize, Trigger)]
    #[trigger(key = "shared_key")]
    pub(crate) struct Shared {
        seats: u32,
    }
    pub(crate) const LINE: u32 = line!() - 3;
}

mod second {
    use serde::Serialize;
    use trigger_core::Trigger;

    /// Documentation and attributes stand before the line that counts.
    #[derive(Serialize, Trigger)]
    #[trigger(key = "shared_key", name = "Shared a second time")]
    pub(crate) struct Shared {
        seats: u32,
    }
    pub(crate) const LINE: u32 = line!() - 3;

    #[derive(Serialize, Trigger)]
    #[trigger(key = "a_first_key")]
    #[allow(dead_code)]
    struct AFirst {
        seats: u32,
    }
}

#[test]
fn every_linked_trigger_is_there_in_order() {
    let linked = registry::linked().into_iter();
    let found: Vec<_> = linked.map(|trigger| (trigger.key(), trigger.rust_type())).collect();
    assert_eq!(
        found,
        [
            ("a_first_key", "registry::second::AFirst"),
            ("seat_booked", "strict_app::SeatBooked"),
            ("seat_given_up", "strict_app::SeatGivenUp"),
            ("seat_offered", "strict_app::SeatOffered"),
            ("shared_key", "registry::first::Shared"),
            ("shared_key", "registry::second::Shared"),
        ]
    );
}

#[test]
fn a_package_has_its_own_triggers_alone() {
    let triggers = registry::distinct(Some("strict-app")).unwrap();
    let keys: Vec<_> = triggers.iter().map(|trigger| trigger.key()).collect();
    assert_eq!(keys, ["seat_booked", "seat_given_up", "seat_offered"]);
    assert!(triggers.iter().all(|trigger| trigger.package() == "strict-app"));
    let canceled: Vec<_> = triggers[0].cancels().map(TriggerSpec::key).collect();
    assert_eq!(canceled, ["seat_offered"]);
}

#[test]
fn two_triggers_of_one_key_are_both_named() {
    for package in [None, Some("trigger-tests")] {
        let error = registry::distinct(package).unwrap_err();
        let mut expected = "two triggers have the key `shared_key`:\n".to_owned();
        for (name, line) in
            [("registry::first::Shared", first::LINE), ("registry::second::Shared", second::LINE)]
        {
            writeln!(expected, "  {name} at {}:{line}", file!()).unwrap();
        }
        assert!(error.to_string().starts_with(&expected), "{error}\n\n{expected}");
        let RegistryError::DuplicateKey { first, second } = error else {
            panic!("another error: {error}")
        };
        assert_eq!(first.name(), first::Shared::SPEC.name());
        assert_eq!(second.name(), second::Shared::SPEC.name());
    }
}

#[test]
fn an_unknown_package_is_told_the_known_ones() {
    let error = registry::distinct(Some("no-such-app")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no trigger of package `no-such-app` is linked into this program, only of strict-app, \
         trigger-tests\n\
         If the package is an app of yours, link it: list it among the program's dependencies \
         and write `use no_such_app as _;` in its main.rs."
    );
}

/// The description is a constant: nothing is built when it is read.
#[test]
fn a_description_is_a_constant() {
    const KEY: &str = first::Shared::SPEC.key();
    const SPEC: &TriggerSpec = first::Shared::SPEC;
    assert_eq!((KEY, SPEC.line()), ("shared_key", first::LINE));
}
