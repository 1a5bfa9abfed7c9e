//! Structs in functions, blocks and modules, several of one name.

use serde::Serialize;
use trigger_core::{Property, Trigger, registry};

mod one {
    use super::{Property, Serialize, Trigger};

    #[derive(Serialize, Trigger)]
    #[trigger(key = "same_one", name = "Same, one")]
    pub(super) struct Same {
        pub(super) part: Part,
    }

    #[derive(Serialize, Property)]
    pub(super) struct Part {
        pub(super) first: u32,
    }
}

mod two {
    use super::{Property, Serialize, Trigger};

    #[derive(Serialize, Trigger)]
    #[trigger(key = "same_two", name = "Same, two")]
    pub(super) struct Same {
        pub(super) part: Part,
    }

    #[derive(Serialize, Property)]
    pub(super) struct Part {
        pub(super) second: u32,
    }
}

fn in_a_function() -> String {
    #[derive(Serialize, Property)]
    struct Part {
        third: u32,
    }

    #[derive(Serialize, Trigger)]
    #[trigger(key = "same_in_a_function", name = "Same, in a function")]
    struct Same {
        part: Part,
    }

    super::written(&Same { part: Part { third: 3 } })
}

const IN_A_CONSTANT: &str = {
    #[derive(Serialize, Trigger)]
    #[trigger(key = "same_in_a_constant", name = "Same, in a constant")]
    struct Same {
        fourth: u32,
    }

    Same::SPEC.key()
};

trait Told {
    fn in_a_trait(&self) -> String {
        #[derive(Serialize, Trigger)]
        #[trigger(key = "in_a_trait", name = "In a method of a trait")]
        struct Event {
            #[trigger(example = 2)]
            first: u32,
        }

        super::written(&Event { first: 1 })
    }
}

impl Told for () {}

fn in_a_generic_function<T>(passed_on: T) -> (T, String) {
    #[derive(Serialize, Property)]
    struct Part {
        second: Option<u32>,
    }

    #[derive(Serialize, Trigger)]
    #[trigger(key = "in_a_generic_function", name = "In a generic function")]
    struct Event<'a> {
        #[trigger(example = "a")]
        text: &'a str,
        #[serde(flatten)]
        part: Part,
    }

    (passed_on, super::written(&Event { text: "b", part: Part { second: Some(2) } }))
}

// Nothing here has a name that can be said elsewhere.
const _: () = {
    #[derive(Serialize, Trigger)]
    #[trigger(key = "in_no_place", name = "In no place", entity_id = id)]
    struct Event {
        id: EventId,
        #[serde(flatten)]
        part: Part,
    }

    #[derive(Serialize, Property)]
    struct EventId(uuid::Uuid);

    #[derive(Serialize, Property)]
    struct Part {
        #[trigger(example = 2, default = 3)]
        third: u32,
    }

    assert!(Event::SPEC.key().len() == 11);
};

// The derive, its attributes and a field by `cfg_attr` and `cfg`.
#[cfg_attr(all(), derive(Serialize, Trigger))]
#[cfg_attr(all(), trigger(key = "under_conditions", name = "Under conditions"))]
struct Conditional {
    #[cfg_attr(all(), serde(rename = "other"), trigger(example = 2))]
    fourth: u32,
    #[cfg(any())]
    gone: Gone,
}

#[test]
fn a_struct_may_stand_anywhere() {
    assert_eq!(().in_a_trait(), r#"{"first":1}"#);
    assert_eq!(in_a_generic_function(1).1, r#"{"text":"b","second":2}"#);
    assert_eq!(super::written(&Conditional { fourth: 4 }), r#"{"other":4}"#);
    for key in ["in_a_trait", "in_a_generic_function", "in_no_place", "under_conditions"] {
        assert!(registry::linked().iter().any(|trigger| trigger.key() == key), "{key}");
    }
}

#[test]
fn each_place_has_its_own() {
    assert_eq!(
        super::written(&one::Same { part: one::Part { first: 1 } }),
        r#"{"part":{"first":1}}"#
    );
    assert_eq!(
        super::written(&two::Same { part: two::Part { second: 2 } }),
        r#"{"part":{"second":2}}"#
    );
    assert_eq!(in_a_function(), r#"{"part":{"third":3}}"#);
    assert_eq!(IN_A_CONSTANT, "same_in_a_constant");

    let in_closure = || {
        #[derive(Serialize, Trigger)]
        #[trigger(key = "same_in_a_closure", name = "Same, in a closure")]
        struct Same {
            fifth: u32,
        }

        super::written(&Same { fifth: 5 })
    };
    assert_eq!(in_closure(), r#"{"fifth":5}"#);

    let same = registry::linked().into_iter().filter(|trigger| trigger.name().starts_with("Same,"));
    let keys: Vec<_> = same.map(|trigger| (trigger.key(), trigger.rust_type())).collect();
    assert_eq!(
        keys,
        [
            ("same_in_a_closure", "pass::places::Same"),
            ("same_in_a_constant", "pass::places::Same"),
            ("same_in_a_function", "pass::places::Same"),
            ("same_one", "pass::places::one::Same"),
            ("same_two", "pass::places::two::Same"),
        ]
    );
}
