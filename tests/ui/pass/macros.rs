//! Fields, types, keys and values that a macro passes on, each in an invisible group.

use serde::Serialize;
use trigger_core::{Property, Trigger};
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

/// Whole fields, with whatever attributes stand on them, and the struct's own attributes.
macro_rules! whole {
    (
        $(#[$outer:meta])*
        $visibility:vis struct $name:ident {
            $($(#[$meta:meta])* $field_visibility:vis $field:ident: $ty:ty,)*
        }
    ) => {
        #[derive(Serialize, Trigger)]
        $(#[$outer])*
        $visibility struct $name {
            $($(#[$meta])* $field_visibility $field: $ty,)*
        }
    };
}

whole! {
    /// All of it was written elsewhere, [`Whole`] and `all`.
    #[trigger(key = "whole", name = "A whole struct", contact = contact_id, entity_id = id)]
    #[trigger(cancels(BorrowedByMacro), allow(T070))]
    #[serde(rename_all = "camelCase")]
    pub(crate) struct Whole {
        #[serde(skip)]
        id: Uuid,
        pub(crate) contact_id: Option<Uuid>,
        /// Lines of it.
        #[trigger(title = "Lines", examples = [[{"quantity": 1, "kind": "1"}], []])]
        lines: Vec<Line>,
        #[serde(rename = "mail")]
        #[trigger(format = "email", example = "ada@example.com", default = "a@b.c", hidden)]
        email_address: String,
        #[serde(flatten)]
        line: Option<Line>,
        #[serde(with = "time::serde::rfc3339")]
        #[trigger(example = "2026-01-15T09:30:00Z")]
        sent_at: time::OffsetDateTime,
    }
}

/// Attributes from one place, the field from another, as tokens of every kind.
macro_rules! attributed {
    ([$($attribute:tt)*], $($field:tt)*) => {
        #[derive(Serialize, Trigger)]
        #[trigger(key = "attributed", name = "Made of tokens")]
        struct Attributed {
            #[trigger($($attribute)*)]
            $($field)*
        }
    };
}
attributed!([example = {"quantity": -1}, title = "A line"], line: Signed);

#[derive(Serialize, Property)]
struct Signed {
    quantity: i32,
}

#[test]
fn whole_fields_are_as_if_written() {
    let event = Whole {
        id: Uuid::nil(),
        contact_id: None,
        lines: Vec::new(),
        email_address: "b@c.d".to_owned(),
        line: None,
        sent_at: time::OffsetDateTime::UNIX_EPOCH,
    };
    assert_eq!(event.entity_id(), Uuid::nil());
    assert_eq!(
        super::written(&event),
        r#"{"lines":[],"mail":"b@c.d","sentAt":"1970-01-01T00:00:00Z"}"#
    );
    assert_eq!(Whole::SPEC.description(), Some("All of it was written elsewhere, Whole and all."));
    let document = serde_json::to_value(Whole::payload_document()).unwrap();
    assert_eq!(document["properties"]["lines"]["description"], "Lines of it.");
    assert_eq!(document["properties"]["mail"]["default"], "a@b.c");

    let event = Attributed { line: Signed { quantity: 1 } };
    assert_eq!(super::written(&event), r#"{"line":{"quantity":1}}"#);
}
