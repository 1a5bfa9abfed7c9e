//! Types and derives under other names.

use serde::Serialize as Ser;
use trigger_core::{Property as Part, Trigger as Event};

type Id = uuid::Uuid;
type Maybe<T> = Option<T>;
type Text = String;
type Lines = Vec<Line>;
type Borrowed<'a> = &'a str;
type Moment = jiff::Timestamp;
type Nested = Maybe<Text>;

#[derive(Ser, Part)]
struct Line {
    id: Maybe<Id>,
    #[trigger(example = "a")]
    text: Maybe<Text>,
}

#[derive(Ser, Part)]
struct Owner(Id);

#[derive(Ser, Event)]
#[trigger(key = "aliases", scheduled_at = at, contact = contact, member = member, entity_id = id)]
struct Aliases<'a> {
    id: Id,
    at: Moment,
    contact: Maybe<Id>,
    member: Maybe<Owner>,
    #[trigger(example = "a", default = "b")]
    text: Text,
    #[trigger(format = "email", example = "ada@example.com")]
    email: Nested,
    #[trigger(example = "a")]
    borrowed: Borrowed<'a>,
    #[trigger(example = [{"text": "a"}])]
    lines: Lines,
    #[serde(flatten)]
    line: Maybe<Line2>,
    #[trigger(example = 2)]
    count: Maybe<u32>,
}

#[derive(Ser, Part)]
struct Line2 {
    more: Maybe<bool>,
}

#[test]
fn another_name_is_the_same_type() {
    let event = Aliases {
        id: Id::nil(),
        at: Moment::UNIX_EPOCH,
        contact: None,
        member: Some(Owner(Id::max())),
        text: Text::new(),
        email: None,
        borrowed: "b",
        lines: vec![Line { id: None, text: None }],
        line: Some(Line2 { more: Some(true) }),
        count: None,
    };
    assert_eq!(event.entity_id(), Id::nil());
    assert!(
        super::written(&event).ends_with(r#""text":"","borrowed":"b","lines":[{}],"more":true}"#)
    );
    let document = serde_json::to_value(Aliases::payload_document()).unwrap();
    assert_eq!(document["required"], serde_json::json!(["id", "at", "text", "borrowed", "lines"]));
}
