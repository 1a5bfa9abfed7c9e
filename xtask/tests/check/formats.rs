use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use trigger_dialect::Rule;

use crate::Workspace;
use crate::triggers::{ANOTHER_KEY, HARMLESS, OPTIONAL, PUBLISHED, TWO, UNLIKE, WITHOUT_TEACHER};

const SCHEMA: &str = include_str!("../../../docs/check.schema.json");

/// The report for programs, which must be as its schema says.
fn report(run: &crate::Run) -> Value {
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
    let check = |triggers| report(&workspace.check(&["--format", "json"], triggers));
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
    let rule = Rule::PROPERTY_REMOVED.change().expect("a rule of edits");
    let told = ["senders", "automations", "instead"].map(|name| finding[name].as_str());
    assert_eq!(told, [rule.senders, rule.automations, rule.instead].map(Some));
    assert_eq!(finding["order"], json!({ "first": rule.order.name(), "why": rule.why }));
    assert_eq!(finding["message"], "`teacher` is gone");
}

#[test]
fn the_reason_of_a_verdict_is_in_the_report_for_programs() {
    let workspace = Workspace::with(PUBLISHED);
    let settings = "T110 = { level = \"warn\", reason = \"A test.\" }";
    let settings = format!("[workspace.metadata.triggers.check]\n{settings}\n");
    workspace.write("Cargo.toml", &settings);
    let report = report(&workspace.check(&["--format", "json"], WITHOUT_TEACHER));
    assert_eq!([&report["denied"], &report["warned"], &report["allowed"]], [0, 1, 0]);
    let finding = &report["findings"][0];
    assert_eq!([&finding["verdict"], &finding["reason"]], ["warn", "A test."]);
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

/// The root is the folder that the sources were compiled in.
#[test]
fn every_finding_tells_the_line_of_its_struct_or_record() {
    let workspace = Workspace::with(TWO);
    let published = workspace.shown("schemas/published");
    let arguments = ["--format", "json", "--baseline", &published];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for triggers in [HARMLESS, WITHOUT_TEACHER, OPTIONAL, ANOTHER_KEY] {
        let report = report(&crate::check(&arguments, triggers, &root));
        let findings = report["findings"].as_array().expect("findings");
        assert!(findings.len() > 1, "{report:#}");
        for finding in findings {
            let text = |name: &str| finding[name].as_str().expect("a text");
            let file = fs::read_to_string(root.join(text("file"))).expect("a file");
            let line = usize::try_from(finding["line"].as_u64().expect("a line")).expect("small");
            assert_eq!(file.lines().nth(line - 1), Some(text("source")));
            let is_gone = text("rule") == "T101";
            let words = if is_gone { "\"key\": \"lesson_moved\"" } else { "struct ClassFull" };
            assert!(text("source").contains(words), "{finding:#}");
        }
    }
}

#[test]
fn what_means_something_to_github_is_escaped_in_the_whole_annotation() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.write(
        "Cargo.toml",
        "[workspace.metadata.triggers.check]\n\
         T101 = { level = \"warn\", reason = \"50 %,\\r\\n::error file=a::no: really\" }\n",
    );
    let folder = workspace.path("a,b:c%d");
    fs::rename(workspace.path("schemas/published"), &folder).expect("a folder");
    let folder = folder.to_str().expect("UTF-8");
    let run = workspace.check(&["--format", "github", "--baseline", folder], UNLIKE);
    let output = workspace.anonymous(&run.success());
    assert_eq!(output.lines().count(), 1, "{output}");
    let start = "::warning file=a%2Cb%3Ac%25d/class_full.json,line=3,title=T101 ";
    let reason = "%0Areason: 50 %25,%0D%0A::error file=a::no: really%0Agoes live: ";
    assert!(output.contains(start) && output.contains(reason), "{output}");
}

#[test]
fn annotations_of_github_are_one_line_each() {
    let workspace = Workspace::with(PUBLISHED);
    let run = workspace.check(&["--format", "github"], WITHOUT_TEACHER);
    insta::assert_snapshot!(run.notes, @"
    1 trigger, against schemas/published: 1 error
    `cargo xtask rules T…` explains a rule
    ");
    let output = run.findings();
    assert_eq!(output.lines().count(), 1, "{output}");
    let start = "::error file=xtask/tests/check/triggers.rs,line=";
    let middle = ",title=T110 a published property stays::class_full: [T110] /properties/teacher: \
                  `teacher` is gone%0Aforbidden: Wix does not allow it%0Arunning senders: ";
    assert!(output.starts_with(start) && output.contains(middle), "{output}");
    let output = workspace.check(&["--format", "github"], HARMLESS).success();
    assert!(output.starts_with("::notice file=") && output.contains("%0Agoes live: "), "{output}");
}

#[test]
fn annotations_say_what_the_report_for_people_says() {
    for triggers in [WITHOUT_TEACHER, OPTIONAL, HARMLESS] {
        let workspace = Workspace::with(PUBLISHED);
        let output = workspace.check(&["--format", "github"], triggers).output;
        let told: Vec<_> = output.lines().flat_map(|line| line.split("%0A").skip(1)).collect();
        let text = workspace.check(&[], triggers).output.replace("\n    ", " ");
        let expected: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("  = ")).collect();
        assert_eq!(told, expected);
    }
}

/// GitHub knows the repository only, and shows no annotation of a file that it does not find.
#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let repository = Workspace::new();
    fs::create_dir(repository.path(".git")).expect("a folder");
    repository.write("backend/README.md", "The workspace.");
    let workspace = Workspace::with(PUBLISHED);
    fs::rename(workspace.path("schemas"), repository.path("backend/schemas")).expect("a folder");
    let check = |arguments: &[&str], triggers| {
        let arguments = [&["--format", "github"], arguments].concat();
        crate::check(&arguments, triggers, &repository.path("backend")).findings()
    };
    let output = check(&[], WITHOUT_TEACHER);
    let start = "::error file=backend/xtask/tests/check/triggers.rs,line=";
    assert!(output.starts_with(start), "{output}");
    let start = "::error file=backend/schemas/published/class_full.json,line=3,";
    let folder = repository.shown("backend/../backend/schemas/published");
    for arguments in [&[][..], &["--baseline", &folder]] {
        let output = check(arguments, UNLIKE);
        assert!(output.starts_with(start), "{output}");
    }
}
