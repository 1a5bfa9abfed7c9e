use serde_json::Value;

use crate::Workspace;
use crate::triggers::{HARMLESS, PUBLISHED, UNLIKE, WITHOUT_TEACHER};

const SCHEMA: &str = include_str!("../../../docs/check.schema.json");

/// The report for programs, which must be as its schema says.
fn report(run: crate::Run) -> Value {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let schema = jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    let report = serde_json::from_str(&run.output).expect("JSON");
    let errors: Vec<_> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0], "{report:#}");
    report
}

#[test]
fn the_report_for_programs_is_as_its_schema_says() {
    let workspace = Workspace::with(PUBLISHED);
    let check = |triggers| report(workspace.check(&["--format", "json"], triggers));
    assert_eq!(check(PUBLISHED)["findings"], Value::Array(Vec::new()));
    for triggers in [UNLIKE, HARMLESS] {
        assert!(check(triggers)["findings"][0].is_object());
    }
    let denied = check(WITHOUT_TEACHER);
    assert_eq!(denied["denied"], 1);
    let finding = &denied["findings"][0];
    let told = ["rule", "level", "verdict", "key", "pointer"].map(|name| finding[name].as_str());
    let expected = ["T110", "forbidden", "deny", "class_full", "/properties/teacher"];
    assert_eq!(told, expected.map(Some));
}

#[test]
fn the_schema_of_the_report_refuses_others() {
    let workspace = Workspace::with(PUBLISHED);
    let run = workspace.check(&["--format", "json"], WITHOUT_TEACHER);
    let schema = jsonschema::draft7::new(&serde_json::from_str(SCHEMA).expect("JSON"));
    let schema = schema.expect("a schema");
    let report: Value = serde_json::from_str(&run.output).expect("JSON");
    for (pointer, value) in [
        ("/formatVersion", Value::from(2)),
        ("/denied", Value::from(-1)),
        ("/findings/0/rule", Value::from("T024")),
        ("/findings/0/order/first", Value::from("both")),
    ] {
        let mut other = report.clone();
        *other.pointer_mut(pointer).expect(pointer) = value;
        assert!(!schema.is_valid(&other), "{pointer}");
    }
}

#[test]
fn annotations_of_github_are_one_line_each() {
    let workspace = Workspace::with(PUBLISHED);
    let run = workspace.check(&["--format", "github"], WITHOUT_TEACHER);
    insta::assert_snapshot!(run.notes, @"1 trigger, against schemas/published: 1 error");
    let output = run.findings();
    assert_eq!(output.lines().count(), 1, "{output}");
    let start = "::error file=xtask/tests/check/triggers.rs,line=";
    let middle = ",title=T110 a published property stays::class_full: [T110] /properties/teacher: \
                  `teacher` is gone%0AInstead: keep the property";
    assert!(output.starts_with(start) && output.contains(middle), "{output}");
    let output = workspace.check(&["--format", "github"], HARMLESS).success();
    assert!(output.starts_with("::notice file=") && output.contains("%0AGoes live: "), "{output}");
}
