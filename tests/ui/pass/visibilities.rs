//! Every visibility, of structs and of their fields.

use trigger_core::Trigger as _;
use uuid::Uuid;

mod outer {
    pub(super) mod inner {
        use serde::Serialize;
        use trigger_core::{Property, Trigger};
        use uuid::Uuid;

        #[derive(Serialize, Property)]
        struct Private {
            quantity: u32,
        }

        #[derive(Serialize, Property)]
        enum PrivateChoice {
            One,
        }

        // What a newtype holds must be as visible as itself: its shape is the inner one's.
        #[derive(Serialize, Property)]
        pub(crate) struct InnerId(Uuid);

        #[derive(Serialize, Property)]
        pub(crate) struct InCrate(InnerId);

        #[derive(Serialize, Trigger)]
        #[trigger(key = "visible", entity_id = id)]
        pub(in crate::visibilities) struct Visible {
            id: InCrate,
            pub(crate) first: u32,
            pub(super) second: u32,
            pub(self) third: u32,
            pub(in crate::visibilities) fourth: u32,
            private: Private,
            #[serde(flatten)]
            flattened: Option<Private>,
            choice: PrivateChoice,
        }

        impl Visible {
            pub(in crate::visibilities) fn new() -> Self {
                Self {
                    id: InCrate(InnerId(Uuid::nil())),
                    first: 1,
                    second: 2,
                    third: 3,
                    fourth: 4,
                    private: Private { quantity: 5 },
                    flattened: None,
                    choice: PrivateChoice::One,
                }
            }
        }
    }
}

#[test]
fn every_visibility_derives() {
    let event = outer::inner::Visible::new();
    assert_eq!(event.entity_id(), Uuid::nil());
    assert_eq!((event.first, event.fourth), (1, 4));
    assert!(super::written(&event).ends_with(
        r#""first":1,"second":2,"third":3,"fourth":4,"private":{"quantity":5},"choice":"One"}"#
    ));
}
