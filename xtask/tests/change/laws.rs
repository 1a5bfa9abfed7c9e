//! The laws of the comparison, over the whole dialect.

use proptest::prelude::*;
use serde_json::{Value, json};
use trigger_xtask::change::{Snapshot, compare};
use trigger_xtask::judge;

use crate::documents::schema;
use crate::matrix::{Cell, cells};
use crate::{compared, snapshot, told, trigger};

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, ..ProptestConfig::with_cases(200)
    })]

    #[test]
    fn what_is_generated_is_in_the_dialect(schema in schema()) {
        prop_assert_eq!(judge::document(&schema), []);
    }

    #[test]
    fn a_trigger_does_not_differ_from_itself(schema in schema()) {
        let trigger = trigger(&schema);
        prop_assert_eq!(compared(&trigger, &trigger), []);
    }

    #[test]
    fn every_edit_falls_under_its_rule_alone(schema in schema()) {
        let before = trigger(&schema);
        for cell in cells(&before) {
            let after = after(&before, &[&cell]);
            let expected = vec![(cell.rule, cell.pointer.clone())];
            prop_assert_eq!(compared(&before, &after), expected, "{:?}", cell);
        }
    }

    #[test]
    fn two_edits_are_told_as_both(schema in schema(), choices in any::<[prop::sample::Index; 12]>()) {
        let before = trigger(&schema);
        let cells = cells(&before);
        for pair in choices.chunks(2) {
            let (one, other) = (pair[0].get(&cells), pair[1].get(&cells));
            if !one.is_independent_of(other) || undoes(one, other) {
                continue;
            }
            let mut expected = [one, other].map(|cell| (cell.rule, cell.pointer.clone()));
            expected.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
            let after = after(&before, &[one, other]);
            // Without a property it is no schema.
            if after["schema"]["properties"] != json!({}) {
                prop_assert_eq!(compared(&before, &after), expected, "{:?} {:?}", one, other);
            }
        }
    }

    #[test]
    fn no_order_of_a_document_is_told(
        schema in schema(),
        choice in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let before = trigger(&schema);
        let cells = cells(&before);
        let after = after(&before, &[choice.get(&cells)]);
        if after.is_null() {
            return Ok(());
        }
        let read = |trigger: &Value| {
            Snapshot::read(&shuffled(trigger, seed), "class_full").expect("a trigger")
        };
        prop_assert_eq!(compare(&snapshot(&before), &read(&before)), []);
        prop_assert_eq!(
            told(compare(&read(&before), &read(&after))),
            told(compare(&snapshot(&before), &snapshot(&after)))
        );
    }

    /// Whatever becomes what, no edit is told twice.
    #[test]
    fn any_two_triggers_can_be_compared(one in schema(), other in schema()) {
        let edits = compare(&snapshot(&trigger(&one)), &snapshot(&trigger(&other)));
        let mut told: Vec<_> = edits.iter().map(ToString::to_string).collect();
        let number = told.len();
        told.dedup();
        prop_assert_eq!(told.len(), number);
        prop_assert_eq!(edits.is_empty(), one == other || same(&one, &other), "{:?}", edits);
    }
}

/// Whether two schemas are the same but for the order of lists that are sets.
fn same(one: &Value, other: &Value) -> bool {
    shuffled(one, 0) == shuffled(other, 0) || sorted(one) == sorted(other)
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(sorted).collect();
            items.sort_by_key(ToString::to_string);
            json!(items)
        }
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), sorted(value))).collect()
        }
        other => other.clone(),
    }
}

fn after(before: &Value, cells: &[&Cell]) -> Value {
    let mut after = before.clone();
    for cell in cells {
        cell.apply(&mut after);
    }
    after
}

/// Both write the whole list `required` of an object that has none, so the second undoes the first.
fn undoes(one: &Cell, other: &Cell) -> bool {
    one.writes_required() && other.writes_required()
}

/// The document as a text whose keys, and lists that are sets, are in another order.
fn shuffled(value: &Value, seed: u64) -> String {
    let turn = |length: usize| usize::try_from(seed % 7).expect("small") % length.max(1);
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(key, value)| {
                    let is_set = matches!(key.as_str(), "required" | "enum" | "oneOf");
                    let value = match value.as_array() {
                        Some(items) if is_set => {
                            let items: Vec<_> = items.iter().rev().cloned().collect();
                            shuffled(&json!(items), seed)
                        }
                        _ => shuffled(value, seed),
                    };
                    format!("{}:{value}", json!(key))
                })
                .collect();
            let by = turn(members.len());
            members.rotate_left(by);
            if seed.is_multiple_of(2) {
                members.reverse();
            }
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| shuffled(item, seed)).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}
