use serde_json::json;

use crate::Workspace;
use crate::triggers::{ANOTHER_KEY, HARMLESS, OPTIONAL, PUBLISHED, UNLIKE};

fn with_settings(settings: &str) -> Workspace {
    let workspace = Workspace::with(PUBLISHED);
    let text = format!("[workspace]\n\n[workspace.metadata.triggers.check]\n{settings}\n");
    workspace.write("Cargo.toml", &text);
    workspace
}

#[test]
fn the_workspace_may_accept_what_is_denied() {
    let workspace =
        with_settings(r#"T117 = { level = "warn", reason = "No site reads the seats." }"#);
    let output = workspace.check(&[], OPTIONAL).success();
    for words in [
        ": warning: [T117] ",
        "  = reason: No site reads the seats.\n",
        "  = goes live: the dashboard first: ",
        "  = instead: ",
        "schemas/published: 1 warning\n",
    ] {
        assert!(output.contains(words), "{words}: {output}");
    }
    let workspace = with_settings(r#"T117 = { level = "allow", reason = "No site reads it." }"#);
    let output = workspace.check(&[], OPTIONAL).success();
    assert!(output.contains(": note: [T117] ") && !output.contains("instead"), "{output}");
}

#[test]
fn the_workspace_may_deny_what_is_harmless() {
    let workspace =
        with_settings(r#"T102 = { level = "deny", reason = "Names are in contracts." }"#);
    let output = workspace.check(&[], HARMLESS).findings();
    assert!(output.contains(": error: [T102] "), "{output}");
    assert!(output.contains(": note: [T112] "), "{output}");
}

#[test]
fn a_mistake_in_the_settings_is_told_and_nothing_else() {
    let workspace = with_settings(r#"T117 = { level = "warn" }"#);
    insta::assert_snapshot!(workspace.check(&[], OPTIONAL).error(), @r#"
    Cargo.toml:4: `T117` says no reason, which whoever reads it needs
    In [workspace.metadata.triggers.check] stand rules of edits, such as `T117 = { level = "warn", reason = "…" }`.
    "#);
}

#[test]
fn the_settings_that_the_page_shows_do_what_it_says() {
    const PAGE: &str = include_str!("../../../docs/evolution.md");

    let workspace = Workspace::with(PUBLISHED);
    let settings = PAGE.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    workspace.write("Cargo.toml", settings.expect("a block"));
    let output = workspace.check(&[], OPTIONAL).success();
    assert!(output.contains("  = reason: No site reads the number of seats.\n"), "{output}");
    let output = workspace.check(&[], HARMLESS).findings();
    assert!(output.contains("  = reason: The name stands in contracts.\n"), "{output}");
}

#[test]
fn accepted_edits_of_opposite_orders_go_live_one_after_the_other() {
    let workspace = with_settings(
        r#"T116 = { level = "warn", reason = "All send it." }
T117 = { level = "warn", reason = "No site reads the seats." }"#,
    );
    workspace.edit(|record| record["schema"]["required"] = json!(["class_id", "seats"]));
    let run = workspace.check(&[], OPTIONAL);
    insta::assert_snapshot!(run.notes, @"
    class_full: some edits want the dashboard first (T117) and some the binary (T116); let them go live one after the other
    once the dashboard has the edits: cargo xtask mark-published class_full
    ");
    run.success();
}

#[test]
fn the_record_of_an_accepted_key_or_removal_is_removed() {
    let workspace = with_settings(
        r#"T100 = { level = "warn", reason = "No site uses the old one." }
T101 = { level = "warn", reason = "No site uses it." }"#,
    );
    let run = workspace.check(&[], UNLIKE);
    assert_eq!(
        run.notes,
        "once nothing reports class_full any more: remove schemas/published/class_full.json\n"
    );
    let run = workspace.check(&[], ANOTHER_KEY);
    assert_eq!(
        run.notes,
        "once the dashboard has class_is_full: remove schemas/published/class_full.json, then \
         cargo xtask mark-published class_is_full\n"
    );
    // What it says can be done.
    std::fs::remove_file(workspace.path("schemas/published/class_full.json")).expect("a file");
    workspace.mark(&["class_is_full"], ANOTHER_KEY).success();
    assert_eq!(workspace.check(&[], ANOTHER_KEY).notes, "");
}
