//! The structs of the example apps, from their own files, under the lints of this crate.

// Their `pub` is for other crates.
#![allow(dead_code, unreachable_pub, unused_imports)]

#[path = "../../../examples/appointments/src/lib.rs"]
pub(crate) mod appointments;
#[path = "../../../examples/classes/src/lib.rs"]
pub(crate) mod classes;
#[path = "../../../examples/invoices/src/lib.rs"]
pub(crate) mod invoices;

/// What the apps name by `crate::…`.
pub(crate) mod roots {
    pub(crate) use super::{appointments as appointment, classes as class, invoices as invoice};

    pub(crate) mod triggers {
        pub(crate) use super::super::{appointments::*, classes::*, invoices::*};
    }
}

#[test]
fn the_examples_are_triggers_here_too() {
    use trigger_core::Trigger as _;

    use self::appointments::AppointmentStarting;
    use self::classes::ClassStarting;
    use self::invoices::InvoiceDue;

    let specs = [AppointmentStarting::SPEC, ClassStarting::SPEC, InvoiceDue::SPEC];
    assert_eq!(
        specs.map(trigger_core::schema::TriggerSpec::rust_type),
        [
            "pass::examples::appointments::triggers::AppointmentStarting",
            "pass::examples::classes::triggers::ClassStarting",
            "pass::examples::invoices::triggers::InvoiceDue",
        ]
    );
}
