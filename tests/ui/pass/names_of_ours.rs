//! Structs called like our traits and types, and fields called like what the output holds.

use serde::Serialize;

#[derive(Serialize, trigger_core::Property)]
struct Property {
    text: u32,
    parts: Option<u32>,
}

#[derive(Serialize, trigger_core::Property)]
struct TypeSpec(uuid::Uuid);

#[derive(Serialize, trigger_core::Property)]
enum Literal {
    Boolean,
    String,
    Array,
}

#[derive(Serialize, trigger_core::Property)]
struct Outline {
    values: Option<u32>,
}

#[derive(Serialize, trigger_core::Trigger)]
#[trigger(key = "trigger", name = "Named like a trait", entity_id = entity_id, cancels(Cancelable))]
struct Trigger {
    entity_id: TypeSpec,
    self_: u32,
    spec: Property,
    #[trigger(example = "a")]
    text: String,
    parts: Literal,
    #[serde(flatten)]
    outline: Outline,
    #[trigger(example = 2)]
    krate: u32,
    #[trigger(example = true)]
    crate_: bool,
    core: u32,
}

#[derive(Serialize, trigger_core::Trigger)]
#[trigger(key = "cancelable", name = "Also named like one", entity_id = id)]
struct Cancelable {
    #[serde(skip)]
    id: TypeSpec,
    known: Option<u32>,
    asked: Option<u32>,
    kind: Option<u32>,
    entity_id_field: Option<u32>,
}

#[test]
fn our_names_are_free_for_others() {
    use trigger_core::Trigger as _;

    let event = Trigger {
        entity_id: TypeSpec(uuid::Uuid::nil()),
        self_: 1,
        spec: Property { text: 2, parts: None },
        text: "b".to_owned(),
        parts: Literal::Array,
        outline: Outline { values: Some(3) },
        krate: 4,
        crate_: true,
        core: 5,
    };
    let _ = (Literal::Boolean, Literal::String);
    assert!(super::written(&event).ends_with(
        r#""self_":1,"spec":{"text":2},"text":"b","parts":"Array","values":3,"krate":4,"crate_":true,"core":5}"#
    ));
    let canceled = Cancelable {
        id: TypeSpec(uuid::Uuid::nil()),
        known: None,
        asked: None,
        kind: None,
        entity_id_field: Some(1),
    };
    assert_eq!(event.entity_id(), canceled.entity_id());
    assert_eq!(super::written(&canceled), r#"{"entity_id_field":1}"#);
}
