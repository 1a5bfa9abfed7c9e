//! Structs that borrow: lifetimes on both levels, with examples and roles, in flattened structs.

use std::borrow::Cow;

use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "borrowed", entity_id = id, contact = contact_id, scheduled_at = at, cancels(Also<'_>))]
#[allow(explicit_outlives_requirements, reason = "a `where` clause is to stand here")]
struct Borrowed<'a, 'long: 'a>
where
    'long: 'a,
{
    id: &'a Id<'a>,
    contact_id: Option<&'a Uuid>,
    at: &'a jiff::Timestamp,
    #[trigger(example = "a")]
    text: &'a str,
    #[trigger(example = "a", default = "b")]
    cow: Cow<'a, str>,
    #[trigger(format = "email", example = "ada@example.com")]
    email: Option<&'a str>,
    #[trigger(format = "uri", example = "https://example.com")]
    page: Cow<'long, str>,
    #[trigger(example = "a")]
    boxed: Box<str>,
    #[trigger(example = {"text": "a", "note": "b"})]
    line: Line<'a, 'long>,
    #[trigger(examples = [[{"text": "a"}], []])]
    lines: Vec<&'a Line<'a, 'long>>,
    #[serde(flatten)]
    rest: Rest<'a>,
    #[serde(flatten)]
    more: Option<More<'long>>,
    #[trigger(example = 2)]
    count: &'a u32,
}

#[derive(Serialize, Property)]
#[serde(transparent)]
struct Id<'a>(&'a Uuid);

#[derive(Serialize, Property)]
struct Line<'a, 'b> {
    #[trigger(example = "a")]
    text: &'a str,
    #[trigger(example = "a")]
    note: Option<Cow<'b, str>>,
}

#[derive(Serialize, Property)]
struct Rest<'a> {
    name: Name<'a>,
}

#[derive(Serialize, Property)]
struct Name<'a>(#[trigger(example = "Ada")] &'a str);

#[derive(Serialize, Property)]
struct More<'a> {
    #[trigger(example = "a", default = "b")]
    more: Cow<'a, str>,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "also", name = "Also borrowed", entity_id = id)]
struct Also<'event> {
    id: &'event Id<'event>,
}

#[test]
fn borrowed_values_are_written() {
    let (uuid, at, text) = (Uuid::nil(), jiff::Timestamp::UNIX_EPOCH, "b".to_owned());
    let id = Id(&uuid);
    let line = || Line { text: &text, note: None };
    let in_list = line();
    let event = Borrowed {
        id: &id,
        contact_id: None,
        at: &at,
        text: &text,
        cow: Cow::Borrowed(&text),
        email: None,
        page: Cow::Borrowed("https://example.com"),
        boxed: text.clone().into_boxed_str(),
        line: line(),
        lines: vec![&in_list],
        rest: Rest { name: Name(&text) },
        more: Some(More { more: Cow::Borrowed(&text) }),
        count: &3,
    };
    assert_eq!(
        super::written(&event),
        concat!(
            r#"{"id":"00000000-0000-0000-0000-000000000000","at":"1970-01-01T00:00:00Z","text":"b","#,
            r#""cow":"b","page":"https://example.com","boxed":"b","line":{"text":"b"},"#,
            r#""lines":[{"text":"b"}],"name":"b","more":"b","count":3}"#,
        )
    );
    assert_eq!(event.entity_id(), Also { id: &id }.entity_id());
}
