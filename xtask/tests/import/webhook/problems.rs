//! What is said of each kind of page that cannot be read, and of which line.

use trigger_xtask::ImportError;
use trigger_xtask::import::PageProblem::{self, *};

use super::import;

#[track_caller]
fn refused(page: &str) -> (usize, PageProblem) {
    match import("page.md", page) {
        Err(ImportError::Page { page, line, problem }) if page == "page.md" => (line, problem),
        other => panic!("{other:?}"),
    }
}

/// What is refused in a page whose fifth line is the first of these.
#[track_caller]
fn refused_inside(fields: &str) -> (usize, PageProblem) {
    refused(&format!(
        "Webhook: A\nEvent body:\n- name: actionEvent | type: object\n  - name: body | type: B\n{fields}"
    ))
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_page_without_a_schema() {
    assert_eq!(refused(""), (1, NoWebhook));
    assert_eq!(refused("# Title\n- name: a | type: string"), (1, NoWebhook));
    assert_eq!(refused("\n\nWebhook: A\nDescription: b\n"), (3, NoEventBody));
    assert_eq!(refused("Webhook: A\n```\nEvent body:"), (1, NoEventBody));
    assert_eq!(refused("Webhook: A\nEvent body:\n\n"), (2, NoFields));
}

#[test]
fn a_page_that_lost_its_lines() {
    let flat = "- name: a | type: string | description: A. - name: b | type: string";
    assert_eq!(refused_inside(&format!("    {flat}")), (5, SeveralFields));
    assert_eq!(refused("text Webhook: A Event body: - name: a | type: string"), (1, NoWebhook));
}

#[test]
fn a_field_that_is_not_written_as_one() {
    for line in [
        "- name: a",
        "- name: a | description: b",
        "- name: a | type: string | descr: b",
        "- nmae: a | type: string",
    ] {
        assert_eq!(refused_inside(&format!("    {line}")), (5, Field), "{line}");
    }
    for name in ["", "a b", &"a".repeat(101)] {
        let line = format!("    - name: {name} | type: string");
        assert_eq!(refused_inside(&line), (5, Name { name: text(name) }));
    }
    for ty in ["", "map<string, A>", "array<array<A>>", "A|B"] {
        let line = format!("    - name: a | type: {ty}");
        let (line, problem) = refused_inside(&line);
        assert_eq!(line, 5);
        assert!(problem == Type { ty: text(ty) } || problem == Field, "{problem:?}");
    }
}

#[test]
fn indentation_that_fits_nowhere() {
    let lines = "    - name: a | type: A\n        - name: b | type: string\n";
    let between = format!("{lines}      - name: c | type: string");
    assert_eq!(refused_inside(&between), (7, Indentation { sibling: 6 }));
    let tabs = format!("{lines}\t- name: c | type: string");
    assert_eq!(refused_inside(&tabs), (7, TabsAndBlanks { other: 6 }));
    assert_eq!(
        refused_inside("- name: c | type: A\n - name: d | type: string\n- name: c | type: A").0,
        7
    );
}

#[test]
fn lines_that_belong_to_nothing() {
    assert_eq!(refused("Webhook: A\nEvent body:\nwords"), (3, Stray));
    assert_eq!(refused("Webhook: A\nEvent body:\n- enum:"), (3, Stray));
    assert_eq!(refused_inside("    - ONE-OF:\n      words"), (6, Stray));
    let fields = "    - name: a | type: string\n```\n\n    - name: b | type: string";
    assert_eq!(refused_inside(fields), (8, Outside { end: 6 }));
}

#[test]
fn things_inside_what_has_no_inside() {
    let inside = |ty: &str| Inside { name: text("a"), ty: text(ty) };
    let fields = "    - name: a | type: string\n      - name: b | type: string";
    assert_eq!(refused_inside(fields), (6, inside("string")));
    let fields = "    - name: a | type: integer\n      - ONE-OF:";
    assert_eq!(refused_inside(fields), (6, inside("integer")));
    let fields = "    - name: a | type: array<boolean>\n      - enum: A";
    assert_eq!(refused_inside(fields), (6, inside("boolean")));
    let fields = "    - name: a | type: A\n      - name: b | type: string\n      - enum: A";
    assert_eq!(refused_inside(fields), (7, FieldsAndValues { name: text("a") }));
    let fields = "    - name: a | type: A\n      - enum: A\n      - name: b | type: string";
    assert_eq!(refused_inside(fields), (7, FieldsAndValues { name: text("a") }));
}

#[test]
fn lists_without_anything() {
    let fields = "    - name: a | type: A\n      - enum:\n    - name: b | type: string";
    assert_eq!(refused_inside(fields), (6, Empty { what: "- enum:" }));
    assert_eq!(
        refused_inside("    - ONE-OF:\n    - name: b | type: string"),
        (5, Empty { what: "- ONE-OF:" })
    );
    assert_eq!(refused_inside("    - ONE-OF:"), (5, Empty { what: "- ONE-OF:" }));
}

#[test]
fn what_stands_twice() {
    let fields = "    - name: a | type: string\n    - ONE-OF:\n      - name: a | type: string";
    assert_eq!(refused_inside(fields), (7, Twice { name: text("a"), first: 5 }));
    let fields = "    - name: a | type: A\n      - enum:\n      - B: b\n      - C\n      - B";
    assert_eq!(refused_inside(fields), (9, Twice { name: text("B"), first: 7 }));
    let fields = "    - name: a | type: A\n      - enum: B, B";
    assert_eq!(refused_inside(fields), (6, Twice { name: text("B"), first: 6 }));
}

#[test]
fn a_page_that_is_too_deep_or_too_large() {
    let deeper = |depth: usize| " ".repeat(depth) + &format!("- name: a{depth} | type: A\n");
    let fields: String = (4..70).map(deeper).collect();
    assert_eq!(refused_inside(&fields), (67, TooDeep { limit: 64 }));
    let error = import("page.md", &" ".repeat((1 << 20) + 1)).expect_err("it is too large");
    assert!(matches!(error, ImportError::TooLarge { .. }), "{error}");
}

#[test]
fn events_without_a_body() {
    assert_eq!(refused("Webhook: A\nEvent body:\n- name: id | type: string"), (3, NoEvent));
    let no_body = NoBody { name: text("actionEvent") };
    let page =
        "Webhook: A\nEvent body:\n- name: id | type: string\n- name: actionEvent | type: object";
    assert_eq!(refused(page), (4, no_body.clone()));
    assert_eq!(refused_inside(""), (3, no_body.clone()));
    assert_eq!(refused_inside("  - name: other | type: string"), (3, no_body));
}

#[test]
fn messages_tell_the_next_step() {
    let error = import("a/page.md", "").expect_err("it is empty").to_string();
    assert_eq!(
        error,
        "a/page.md:1: no line of this page starts with `Webhook:`; the page is to have its line \
         breaks and indentation, as Wix has it under the address that ends with `.md`",
    );
}
