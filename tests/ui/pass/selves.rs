//! `Self`, which has no meaning outside of an `impl`, in fields and attributes.

use serde::Serialize;
use trigger_core::schema::TriggerSpec;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

trait Entity {
    type Id;
    type Count;
}

#[derive(Serialize, Trigger)]
#[trigger(key = "with_self", name = "With itself", entity_id = id, cancels(Self))]
struct WithSelf<'a> {
    #[serde(skip)]
    id: <Self as Entity>::Id,
    first: <Self as Entity>::Count,
    #[trigger(example = 5)]
    second: <Self as Entity>::Count,
    #[trigger(example = "a")]
    text: &'a str,
}

impl Entity for WithSelf<'_> {
    type Id = Uuid;
    type Count = u32;
}

#[derive(Serialize, Trigger)]
#[trigger(key = "part_of_self", name = "Part of itself")]
struct PartOfSelf<'a> {
    count: Part<'a>,
}

#[derive(Serialize, Property)]
struct Part<'a>(&'a <Self as Entity>::Count);

impl Entity for Part<'_> {
    type Id = Uuid;
    type Count = u32;
}

#[test]
fn it_is_the_struct() {
    let event = WithSelf { id: Uuid::max(), first: 1, second: 2, text: "b" };
    assert_eq!(event.entity_id(), Uuid::max());
    assert_eq!(super::written(&event), r#"{"first":1,"second":2,"text":"b"}"#);
    assert!(WithSelf::SPEC.cancels().map(TriggerSpec::key).eq(["with_self"]));
    assert_eq!(super::written(&PartOfSelf { count: Part(&3) }), r#"{"count":3}"#);
}
