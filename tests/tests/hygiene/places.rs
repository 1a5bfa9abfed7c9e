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
            ("same_in_a_closure", "hygiene::places::Same"),
            ("same_in_a_constant", "hygiene::places::Same"),
            ("same_in_a_function", "hygiene::places::Same"),
            ("same_one", "hygiene::places::one::Same"),
            ("same_two", "hygiene::places::two::Same"),
        ]
    );
}
