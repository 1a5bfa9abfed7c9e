//! Keywords as names, with roles and without.

use serde::Serialize;
use trigger_core::schema::Identity;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "raw",
    name = "Raw names",
    scheduled_at = r#final,
    contact = r#priv,
    member = r#do,
    entity_id = r#enum
)]
struct r#Override {
    #[trigger(example = "a")]
    r#type: String,
    r#final: jiff::Timestamp,
    r#priv: Uuid,
    r#do: Option<Uuid>,
    r#enum: Uuid,
    r#match: r#Virtual,
    #[serde(flatten)]
    r#loop: r#Inner,
    r#fn: r#Abstract,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "UPPERCASE")]
struct r#Virtual {
    r#as: u32,
}

#[derive(Serialize, Property)]
struct r#Inner {
    r#in: Option<u32>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "lowercase")]
#[allow(non_camel_case_types)]
enum r#Abstract {
    r#Become,
    r#yield,
}

#[test]
fn keywords_are_names() {
    let event = r#Override {
        r#type: "b".to_owned(),
        r#final: jiff::Timestamp::UNIX_EPOCH,
        r#priv: Uuid::nil(),
        r#do: None,
        r#enum: Uuid::max(),
        r#match: r#Virtual { r#as: 1 },
        r#loop: r#Inner { r#in: Some(2) },
        r#fn: r#Abstract::r#yield,
    };
    let _ = r#Abstract::r#Become;
    assert_eq!(
        super::written(&event),
        concat!(
            r#"{"type":"b","final":"1970-01-01T00:00:00Z","#,
            r#""priv":"00000000-0000-0000-0000-000000000000","#,
            r#""enum":"ffffffff-ffff-ffff-ffff-ffffffffffff","#,
            r#""match":{"AS":1},"in":2,"fn":"yield"}"#,
        )
    );
    let spec = r#Override::SPEC;
    assert_eq!(
        super::names::<r#Override>(),
        ["type", "final", "priv", "do", "enum", "match", "in", "fn"]
    );
    assert_eq!(spec.rust_type(), "pass::raw_identifiers::Override");
    assert_eq!(spec.scheduled_at(), Some("final"));
    assert_eq!(spec.entity_id().unwrap().field(), "enum");
    assert_eq!(event.entity_id(), Uuid::max());
    let identities: Vec<_> = spec.properties().filter_map(|property| property.identity()).collect();
    assert_eq!(identities, [Identity::Contact, Identity::Member]);
    let titles: Vec<_> = spec.properties().map(|property| property.title()).take(2).collect();
    assert_eq!(titles, ["Type", "Final"]);
}
