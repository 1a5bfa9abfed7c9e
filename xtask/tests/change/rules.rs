//! The table, the matrix and the examples know the same rules of edits.

use std::collections::BTreeSet;

use serde_json::Value;
use trigger_dialect::{RULES, Rule};
use trigger_xtask::{change, judge};

use crate::documents::whole;
use crate::matrix::cells;
use crate::trigger;

fn of_edits() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| rule.change().is_some())
}

#[test]
fn every_rule_of_edits_has_a_place_in_the_matrix() {
    let mut real_time = whole();
    real_time["properties"]["alpha"]["futureDate"] = Value::Bool(false);
    let cells = [whole(), real_time].iter().flat_map(|it| cells(&trigger(it))).collect::<Vec<_>>();
    let in_matrix: BTreeSet<_> = cells.iter().map(|cell| cell.rule).collect();
    let in_table: BTreeSet<_> = of_edits().map(|rule| rule.id).collect();
    assert_eq!(in_matrix, in_table);
}

#[test]
fn every_example_falls_under_its_rule_alone() {
    for rule in of_edits() {
        let change = rule.change().expect("a rule of edits");
        let edits = change::of_example(&change).unwrap_or_else(|error| panic!("{rule:?}: {error}"));
        let rules: Vec<_> = edits.iter().map(|edit| edit.rule.id).collect();
        assert_eq!(rules, [rule.id], "{edits:#?}");
    }
}

/// But for the keyword that is in no dialect.
#[test]
fn both_sides_of_an_example_are_schemas_as_wix_takes_them() {
    for rule in of_edits().filter(|rule| **rule != Rule::KEYWORD_CHANGED) {
        let change = rule.change().expect("a rule of edits");
        for text in [change.before, change.after] {
            let value: Value = serde_json::from_str(text).expect("JSON");
            let schema = value.get("schema").unwrap_or(&value);
            if !schema.is_null() {
                assert_eq!(judge::document(schema), [], "{}", rule.id);
            }
        }
    }
}
