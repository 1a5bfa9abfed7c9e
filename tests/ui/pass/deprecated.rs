//! What is deprecated may still be sent: deriving is no use of it.

#![deny(deprecated)]

// Making a value is one.
#[allow(deprecated)]
mod made {
    use super::*;

    #[test]
    fn what_is_deprecated_is_written() {
        let event = Moved {
            id: MovedId(Uuid::nil()),
            contact_id: Uuid::nil(),
            at: jiff::Timestamp::UNIX_EPOCH,
            text: "b".to_owned(),
            line: Line { quantity: 1 },
            choice: Choice::Old,
            rest: Rest { more: Some(2) },
        };
        assert_eq!(event.entity_id(), Uuid::nil());
        assert!(crate::written(&event).contains(r#""choice":"Old","more":2"#));
        assert!(crate::written(&Gone { seats: 1 }).contains("seats"));
        let counted = Counted { first: OldCount(1), second: OldCount(2) };
        assert_eq!(crate::written(&counted), r#"{"first":1,"second":2}"#);
        let _ = Choice::New;
    }
}

use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "moved", name = "It moved", entity_id = id, contact = contact_id, scheduled_at = at)]
struct Moved {
    #[deprecated]
    id: MovedId,
    #[deprecated = "there are no contacts"]
    contact_id: Uuid,
    #[deprecated]
    at: jiff::Timestamp,
    #[deprecated]
    #[trigger(example = "a")]
    text: String,
    #[deprecated]
    #[trigger(example = {"quantity": 1})]
    line: Line,
    #[deprecated]
    choice: Choice,
    #[deprecated]
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Serialize, Property)]
struct MovedId(#[deprecated] Uuid);

#[derive(Serialize, Property)]
struct Line {
    #[deprecated]
    quantity: u32,
}

#[derive(Serialize, Property)]
enum Choice {
    #[deprecated]
    Old,
    New,
}

#[derive(Serialize, Property)]
struct Rest {
    #[deprecated]
    more: Option<u32>,
}

#[deprecated]
#[derive(Serialize, Property)]
struct OldCount(u32);

#[derive(Serialize, Trigger)]
#[trigger(key = "counted", name = "It was counted")]
struct Counted {
    #[allow(deprecated)]
    #[trigger(example = 5)]
    first: OldCount,
    #[allow(deprecated)]
    second: OldCount,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "gone", name = "It is gone")]
#[deprecated]
struct Gone {
    seats: u32,
}
