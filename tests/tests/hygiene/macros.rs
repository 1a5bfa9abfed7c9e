//! Fields, types, keys and values that a macro passes on, each in an invisible group.

use serde::Serialize;
use trigger_core::{Cancelable, Property, Trigger};
use uuid::Uuid;

/// What an app's own macro would name.
#[allow(unused_imports)]
mod exported {
    pub(crate) use trigger_core::*;
}

macro_rules! trigger {
    (
        $name:ident, $key:literal, $title:expr, $at:ident, $contact:ident, $id:ident: $id_type:ty, $canceled:path;
        $($field:ident: $ty:ty = $example:literal, $default:expr;)*
        @format $email:ident: $email_type:ty = $format:literal, $email_example:expr;
        @flatten $flat:ident: $flat_type:ty = $rename:literal;
    ) => {
        #[derive(Serialize, Trigger)]
        #[trigger(
            crate = $crate::macros::exported,
            key = $key,
            name = $title,
            scheduled_at = $at,
            contact = $contact,
            entity_id = $id,
            cancels($canceled)
        )]
        struct $name {
            $at: jiff::Timestamp,
            $contact: Option<Uuid>,
            $id: $id_type,
            $(
                #[trigger(example = $example, default = $default)]
                $field: $ty,
            )*
            #[trigger(format = $format, example = $email_example)]
            #[serde(rename = $rename)]
            $email: $email_type,
            #[serde(flatten)]
            $flat: $flat_type,
            // This name is the macro's, and so is this one's role.
            #[cfg_attr(all(), trigger(title = "The macro's own", hidden))]
            own: u32,
            #[cfg(any())]
            gone: Nothing,
        }
    };
}

trigger! {
    Made, "made", "Made by a macro", at, contact_id, id: MadeId, Canceled;
    text: String = "a", "b";
    maybe: Option<String> = "a", "b";
    negative: i32 = -5, -6;
    fraction: f64 = -1.5, 2.5;
    flag: bool = true, false;
    @format email: Option<String> = "email", "ada@example.com";
    @flatten line: Line = "mail";
}

macro_rules! property {
    ($struct:ident { $($field:ident: $ty:ty),* }, $newtype:ident($inner:ty), $enum:ident { $($variant:ident = $value:literal),* }) => {
        #[derive(Serialize, Property)]
        #[trigger(crate = $crate::macros::exported)]
        struct $struct {
            $($field: $ty,)*
        }

        #[derive(Serialize, Property)]
        struct $newtype($inner);

        #[derive(Serialize, Property)]
        enum $enum {
            $(#[serde(rename = $value)] $variant,)*
        }
    };
}

property!(Line { quantity: Option<u32>, kind: Kind }, MadeId(Uuid), Kind { One = "1", Two = "2" });

#[derive(Serialize, Trigger)]
#[trigger(key = "canceled", entity_id = id)]
struct Canceled {
    id: MadeId,
}

#[test]
fn what_a_macro_passes_is_as_if_written() {
    let event = Made {
        at: jiff::Timestamp::UNIX_EPOCH,
        contact_id: None,
        id: MadeId(Uuid::nil()),
        text: "c".to_owned(),
        maybe: None,
        negative: -1,
        fraction: 0.5,
        flag: true,
        email: None,
        line: Line { quantity: Some(1), kind: Kind::Two },
        own: 2,
    };
    let _ = Kind::One;
    assert_eq!(
        super::written(&event),
        concat!(
            r#"{"at":"1970-01-01T00:00:00Z","id":"00000000-0000-0000-0000-000000000000","#,
            r#""text":"c","negative":-1,"fraction":0.5,"flag":true,"quantity":1,"kind":"2","own":2}"#,
        )
    );
    assert_eq!(
        super::names::<Made>(),
        [
            "at",
            "contact_id",
            "id",
            "text",
            "maybe",
            "negative",
            "fraction",
            "flag",
            "mail",
            "quantity",
            "kind",
            "own"
        ]
    );
    let document = serde_json::to_value(Made::payload_document()).unwrap();
    assert_eq!(document["properties"]["negative"]["examples"], serde_json::json!([-5]));
    assert_eq!(document["properties"]["negative"]["default"], serde_json::json!(-6));
    assert_eq!(document["properties"]["fraction"]["examples"], serde_json::json!([-1.5]));
    assert_eq!(document["properties"]["own"]["title"], "The macro's own");
    assert_eq!(event.entity_id(), Canceled { id: MadeId(Uuid::nil()) }.entity_id());
}

/// The lifetime comes from one place and the struct's name from another.
macro_rules! borrowed {
    ($lifetime:lifetime, $name:ident) => {
        /// A struct of a macro.
        #[derive(Serialize, Trigger)]
        #[trigger(key = "borrowed_by_macro", entity_id = id)]
        pub(crate) struct $name<$lifetime> {
            /// An id.
            id: uuid::Uuid,
            /// A borrowed text.
            #[trigger(example = "text")]
            text: &$lifetime str,
        }
    };
}
borrowed!('a, BorrowedByMacro);

#[test]
fn a_lifetime_from_elsewhere() {
    let id = Uuid::from_u128(1);
    assert_eq!(BorrowedByMacro { id, text: "" }.entity_id(), id);
}
