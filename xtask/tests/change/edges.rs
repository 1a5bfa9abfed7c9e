//! What the matrix does not hold: edits that are two, and differences that are none.

use serde_json::{Value, json};
use trigger_xtask::change::{Snapshot, compare_all};

use crate::documents::whole;
use crate::{compared, trigger};

#[test]
fn the_date_that_goes_takes_the_schedule_along() {
    let (before, mut after) = (trigger(&whole()), trigger(&whole()));
    after["schema"]["properties"].as_object_mut().expect("properties").remove("alpha");
    after["schema"]["required"] = json!(["bravo", "hotel"]);
    assert_eq!(
        compared(&before, &after),
        [
            ("T110", "/properties/alpha".to_owned()),
            ("T105", "/properties/alpha/futureDate".to_owned())
        ]
    );
}

#[test]
fn an_added_date_makes_the_trigger_scheduled_as_well() {
    let mut real_time = whole();
    real_time["properties"].as_object_mut().expect("properties").remove("alpha");
    real_time["required"] = json!(["bravo", "hotel"]);
    assert_eq!(
        compared(&trigger(&real_time), &trigger(&whole())),
        [
            ("T113", "/properties/alpha".to_owned()),
            ("T104", "/properties/alpha/futureDate".to_owned())
        ]
    );
}

#[test]
fn a_rename_is_one_edit_and_its_new_title_another() {
    let (before, mut after) = (trigger(&whole()), trigger(&whole()));
    let properties = after["schema"]["properties"].as_object_mut().expect("properties");
    let mut image = properties.remove("foxtrot").expect("an image");
    image["title"] = json!("Picture");
    properties.insert("foxtrotUrl".to_owned(), image);
    assert_eq!(
        compared(&before, &after),
        [
            ("T111", "/properties/foxtrotUrl".to_owned()),
            ("T123", "/properties/foxtrotUrl/title".to_owned())
        ]
    );
}

#[test]
fn a_like_key_of_another_shape_is_no_rename() {
    let (before, mut after) = (trigger(&whole()), trigger(&whole()));
    let properties = after["schema"]["properties"].as_object_mut().expect("properties");
    properties.remove("foxtrot").expect("an image");
    let integer = json!({ "type": "integer", "title": "Image", "examples": [1] });
    properties.insert("foxtrots".to_owned(), integer);
    assert_eq!(
        compared(&before, &after),
        [("T110", "/properties/foxtrot".to_owned()), ("T112", "/properties/foxtrots".to_owned())]
    );
}

#[test]
fn what_wix_writes_when_it_saves_is_no_edit() {
    let (before, mut after) = (trigger(&whole()), trigger(&whole()));
    after["schema"]["$schema"] = json!("http://json-schema.org/draft-07/schema");
    after["schema"]["additionalProperties"] = json!(true);
    assert_eq!(compared(&before, &after), []);
}

#[test]
fn the_same_said_in_another_way_is_no_edit() {
    let (mut before, mut after) = (trigger(&whole()), trigger(&whole()));
    before["schema"]["properties"]["delta"]["oneOf"] = json!([{ "const": "SENT" }]);
    let delta = after["schema"]["properties"]["delta"].as_object_mut().expect("a property");
    delta.remove("oneOf");
    delta.insert("enum".to_owned(), json!(["SENT"]));
    before["schema"]["properties"]["charlie"]["namespace"] = json!("contact");
    after["schema"]["properties"]["charlie"].as_object_mut().expect("an id").remove("namespace");
    after["schema"]["properties"]["bravo"]["hidden"] = json!(false);
    before["schema"]["properties"]["juliett"]["examples"] = json!([{ "a": 1, "b": 2 }, 2]);
    let examples = serde_json::from_str(r#"[2.0, { "b": 2, "a": 1.0 }]"#).expect("JSON");
    after["schema"]["properties"]["juliett"]["examples"] = examples;
    assert_eq!(compared(&before, &after), []);
}

/// `additionalProperties: true` lets an optional property hold anything before it is described.
#[test]
fn an_optional_property_may_be_added_whatever_is_allowed_besides() {
    let (mut before, mut after) = (trigger(&whole()), trigger(&whole()));
    before["schema"]["additionalProperties"] = json!(true);
    let new = json!({ "type": "string", "title": "Note", "examples": ["Late"] });
    after["schema"]["properties"]["note"] = new;
    assert_eq!(compared(&before, &after), [("T112", "/properties/note".to_owned())]);
}

#[test]
fn whatever_becomes_of_items_is_told() {
    let lines = "/properties/hotel/items";
    for (keyword, value, expected) in [
        ("", None, vec![("T142", format!("{lines}/type")), ("T123", format!("{lines}/title"))]),
        ("type", Some(json!("string")), vec![("T142", format!("{lines}/type"))]),
        ("hidden", Some(json!(true)), vec![("T128", format!("{lines}/hidden"))]),
        ("description", Some(json!("One.")), vec![("T124", format!("{lines}/description"))]),
    ] {
        let (before, mut after) = (trigger(&whole()), trigger(&whole()));
        let array = after["schema"]["properties"]["hotel"].as_object_mut().expect("an array");
        match value {
            Some(value) => array["items"][keyword] = value,
            None => drop(array.remove("items")),
        }
        let mut expected = expected;
        expected.sort_by(|one, other| one.1.cmp(&other.1));
        assert_eq!(compared(&before, &after), expected, "{keyword}");
    }
}

#[test]
fn the_identity_of_what_gets_another_type_is_told_as_well() {
    let (before, mut after) = (trigger(&whole()), trigger(&whole()));
    after["schema"]["properties"]["charlie"] = json!({ "type": "integer", "title": "Charlie" });
    let told = compared(&before, &after);
    let rules: Vec<_> = told.iter().map(|(rule, _)| *rule).collect();
    assert!(rules.contains(&"T114") && rules.contains(&"T130"), "{told:?}");
}

/// No schema of these tools has two; the dashboard may.
#[test]
fn each_of_several_dates_is_looked_at() {
    let (mut before, after) = (trigger(&whole()), trigger(&whole()));
    let date = before["schema"]["properties"]["alpha"].clone();
    before["schema"]["properties"]["zulu"] = date.clone();
    let mut without = before.clone();
    without["schema"]["properties"]["zulu"].as_object_mut().expect("a date").remove("futureDate");
    let moved = vec![("T106", "/properties/alpha/futureDate".to_owned())];
    assert_eq!(compared(&before, &without), moved);
    assert_eq!(compared(&without, &before), [("T106", "/properties/zulu/futureDate".to_owned())]);
    assert_eq!(compared(&before, &after).len(), 2);
}

#[test]
fn what_is_of_no_use_where_it_stands_is_told() {
    let edited = |pointer: &str, value: Value| {
        let mut after = trigger(&whole());
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let parent = after["schema"].pointer_mut(parent).expect("a parent");
        parent.as_object_mut().expect("an object").insert(name.to_owned(), value);
        compared(&trigger(&whole()), &after)
    };
    for (rule, pointer, value) in [
        ("T107", "/hidden", json!(true)),
        ("T107", "/format", json!("uuid")),
        ("T107", "/enum", json!(["a"])),
        ("T107", "/identityType", json!("contact")),
        ("T107", "/default", Value::Null),
        ("T127", "/properties/bravo/default", Value::Null),
        ("T134", "/properties/hotel/items/futureDate", json!(true)),
    ] {
        assert_eq!(edited(pointer, value), [(rule, pointer.to_owned())]);
    }
    let mut untyped = trigger(&whole());
    untyped["schema"].as_object_mut().expect("a schema").remove("type");
    assert_eq!(compared(&trigger(&whole()), &untyped), [("T107", "/type".to_owned())]);
}

#[test]
fn the_one_property_of_a_role_is_renamed_whatever_it_is_called() {
    for (old, new) in [("alpha", "startsOn"), ("charlie", "personId")] {
        let (before, mut after) = (trigger(&whole()), trigger(&whole()));
        let properties = after["schema"]["properties"].as_object_mut().expect("properties");
        let property = properties.remove(old).expect("a property");
        properties.insert(new.to_owned(), property);
        for name in after["schema"]["required"].as_array_mut().expect("a list") {
            if *name == old {
                *name = json!(new);
            }
        }
        assert_eq!(compared(&before, &after), [("T111", format!("/properties/{new}"))]);
    }
}

#[test]
fn the_entity_id_that_is_renamed_stays_where_it_is() {
    let (mut before, mut after) = (trigger(&whole()), trigger(&whole()));
    before["entityId"] = json!("charlie");
    let properties = after["schema"]["properties"].as_object_mut().expect("properties");
    let property = properties.remove("charlie").expect("a property");
    properties.insert("personId".to_owned(), property);
    after["entityId"] = json!("personId");
    assert_eq!(compared(&before, &after), [("T111", "/properties/personId".to_owned())]);
    // A record of the dashboard's schema alone does not tell the id.
    before.as_object_mut().expect("a record").remove("entityId");
    assert_eq!(compared(&before, &after), [("T111", "/properties/personId".to_owned())]);
}

#[test]
fn a_trigger_whose_key_changed_is_compared_as_well() {
    let (before, mut after) = (trigger(&whole()), trigger(&whole()));
    after["key"] = json!("class_is_full");
    after["schema"]["properties"]["foxtrot"]["title"] = json!("Picture");
    let read = |trigger: &Value| {
        Snapshot::read(&trigger.to_string(), trigger["key"].as_str().expect("a key"))
    };
    let [before, after] = [&before, &after].map(|trigger| read(trigger).expect("a trigger"));
    let edits = compare_all(&[before], &[after]);
    let told: Vec<_> = edits.iter().map(|edit| (edit.rule.id, edit.pointer.as_str())).collect();
    assert_eq!(told, [("T100", ""), ("T123", "/properties/foxtrot/title")]);
    for edit in edits {
        assert_eq!((&*edit.published_key, &*edit.key), ("class_full", "class_is_full"));
    }
}

#[test]
fn a_new_trigger_with_a_like_key_is_no_rename() {
    let old = Snapshot::read(&trigger(&whole()).to_string(), "class_full").expect("a trigger");
    let schema = json!({ "type": "object", "properties": { "note": { "type": "string" } } });
    let mut new = trigger(&schema);
    new["key"] = json!("class_full_again");
    let new = Snapshot::read(&new.to_string(), "class_full_again").expect("a trigger");
    let edits = compare_all(&[old], &[new]);
    let told: Vec<_> = edits.iter().map(|edit| (edit.key.as_str(), edit.rule.id)).collect();
    assert_eq!(told, [("class_full", "T101")]);
    assert_eq!(edits[0].published_key, "class_full");
}

#[test]
fn the_order_of_the_triggers_is_not_told() {
    let named = |keys: [&str; 3]| {
        keys.map(|key| {
            let mut trigger = trigger(&whole());
            trigger["key"] = json!(key);
            Snapshot::read(&trigger.to_string(), key).expect("a trigger")
        })
    };
    let mut published = named(["class_full", "class_moved", "lesson"]);
    let mut current = named(["class_fully", "class_moved_2", "invoice"]);
    let edits = compare_all(&published, &current);
    let told: Vec<_> = edits.iter().map(|edit| (edit.key.as_str(), edit.rule.id)).collect();
    assert_eq!(told, [("class_fully", "T100"), ("class_moved_2", "T100"), ("lesson", "T101")]);
    published.reverse();
    assert_eq!(compare_all(&published, &current), edits);
    current.reverse();
    assert_eq!(compare_all(&published, &current), edits);
}
