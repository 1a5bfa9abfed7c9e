use std::process::Command;

use crate::Workspace;
use crate::baselines::export;
use crate::triggers::{HARMLESS, PUBLISHED, TWO, UNLIKE, WITHOUT_TEACHER};

/// Runs git in the workspace, without settings of whoever runs the test.
fn git(workspace: &Workspace, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(workspace.folder.path())
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com"])
        .args(["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .output()
        .expect("git starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A repository whose first commit has the records and whose second one has not.
fn repository() -> Workspace {
    let workspace = Workspace::with(PUBLISHED);
    git(&workspace, &["init", "--quiet"]);
    for message in ["With records", "Without"] {
        git(&workspace, &["add", "--all"]);
        git(&workspace, &["commit", "--quiet", "--allow-empty", "--message", message]);
        let _ = std::fs::remove_dir_all(workspace.path("schemas"));
    }
    workspace
}

#[test]
fn what_was_published_at_a_revision_is_a_baseline() {
    let workspace = repository();
    let first = ["--baseline-git", "HEAD^"];
    assert_eq!(
        workspace.check(&first, PUBLISHED).success(),
        "1 trigger, against schemas/published at HEAD^: nothing differs\n"
    );
    workspace.check(&first, WITHOUT_TEACHER).findings();
    let output = workspace.check(&["--baseline-git", "HEAD"], WITHOUT_TEACHER).success();
    assert!(output.contains("nothing is published there"), "{output}");
}

#[test]
fn a_folder_that_was_named_must_be_in_the_revision() {
    let workspace = repository();
    let folder = workspace.shown("schemas/publishd");
    let run = workspace.check(&["--baseline", &folder, "--baseline-git", "HEAD^"], PUBLISHED);
    let error = workspace.anonymous(&run.error());
    assert!(error.starts_with("no file in schemas/publishd at HEAD^ is called as a "), "{error}");
}

/// The names and packages stand in `_triggers.json`.
#[test]
fn an_export_at_a_revision_is_a_baseline_with_its_names() {
    let workspace = Workspace::new();
    export(&workspace, PUBLISHED);
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "An export"]);
    std::fs::remove_dir_all(workspace.path("schemas")).expect("a folder");
    let arguments = ["--baseline", &workspace.shown("schemas"), "--baseline-git", "HEAD"];
    let output = workspace.check(&arguments, PUBLISHED).success();
    let output = workspace.anonymous(&output);
    assert_eq!(output, "1 trigger, against schemas at HEAD: nothing differs\n");
    workspace.check(&[&arguments[..], &["--package", "another"]].concat(), &[]).success();
    let output = workspace.check(&arguments, HARMLESS).success();
    assert!(output.contains("[T102] ") && output.contains("[T112] "), "{output}");
}

#[test]
fn a_shallow_clone_that_lacks_the_revision_says_how_to_fetch_it() {
    let origin = repository();
    let clone = Workspace::new();
    let url = format!("file://{}", origin.folder.path().display());
    git(&clone, &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let root = clone.path("clone");
    let run = crate::check(&["--baseline-git", "HEAD^"], PUBLISHED, &root);
    insta::assert_snapshot!(run.error(), @"this clone is shallow and does not have the revision `HEAD^`; fetch it with `git fetch --unshallow`, or give the step `actions/checkout` the option `fetch-depth: 0`");
}

/// A clone of one branch is told to fetch no other.
#[test]
fn a_branch_of_the_origin_is_fetched_as_the_message_says() {
    let origin = repository();
    git(&origin, &["branch", "releases/1", "HEAD^"]);
    let url = format!("file://{}", origin.folder.path().display());
    for depth in [&["--depth", "1"][..], &["--single-branch"]] {
        let clone = Workspace::new();
        let words = ["clone", "--quiet", "--branch", "main"];
        git(&clone, &[&words[..], depth, &[&url, "."]].concat());
        let check = || clone.check(&["--baseline-git", "origin/releases/1"], PUBLISHED);
        let error = check().error();
        let mend = "git fetch origin releases/1:refs/remotes/origin/releases/1";
        assert!(error.contains(&format!("`{mend}`")), "{error}");
        git(&clone, &mend.split(' ').skip(1).collect::<Vec<_>>());
        assert!(check().success().ends_with(" at origin/releases/1: nothing differs\n"));
    }
}

#[test]
fn a_file_of_a_revision_that_is_called_as_no_trigger_can_be_is_told() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.write("schemas/published/Class_full.json", "{}");
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "A wrong name"]);
    let error = workspace.check(&["--baseline-git", "HEAD"], PUBLISHED).error();
    let words = "HEAD:schemas/published/Class_full.json is called as no trigger: [T002] ";
    assert!(error.starts_with(words), "{error}");
}

#[test]
fn a_revision_that_git_does_not_know_is_told() {
    let workspace = repository();
    for revision in ["nowhere", "--help", ""] {
        let option = format!("--baseline-git={revision}");
        let error = workspace.check(&[&option], PUBLISHED).error();
        assert!(error.contains(&format!("does not know the revision `{revision}`")), "{error}");
    }
}

#[test]
fn a_folder_that_is_no_repository_is_told() {
    let error = Workspace::with(PUBLISHED).check(&["--baseline-git", "HEAD"], PUBLISHED).error();
    assert!(error.starts_with("git could not read schemas/published at HEAD: "), "{error}");
    let workspace = Workspace::with(PUBLISHED);
    let folder = workspace.folder.path().to_str().expect("UTF-8");
    let run = workspace.check(&["--baseline", folder, "--baseline-git", "HEAD"], PUBLISHED);
    let error = run.error();
    assert!(error.starts_with(&format!("git could not read {folder} at HEAD: ")), "{error}");
}

/// More ids and more text than git and a pipe hold at once.
#[test]
fn many_records_of_a_revision_come_from_one_process() {
    let workspace = Workspace::with(TWO);
    let record = workspace.read("schemas/published/class_full.json");
    let description = "A class. ".repeat(200);
    for number in 0..2000 {
        let key = format!("class_full_{number}");
        let record = record.replace("class_full", &key).replace("A class is full.", &description);
        workspace.write(&format!("schemas/published/{key}.json"), &record);
    }
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "Many records"]);
    let run = workspace.check(&["--baseline-git", "HEAD", "--key", "lesson_moved"], TWO);
    assert!(run.success().ends_with("at HEAD: nothing differs\n"));
}

/// GitHub shows annotations of files, and not of their revisions.
#[test]
fn the_place_of_what_was_published_at_a_revision_is_its_file() {
    let workspace = Workspace::with(PUBLISHED);
    git(&workspace, &["init", "--quiet"]);
    workspace.write("backend/README.md", "The workspace.");
    std::fs::rename(workspace.path("schemas"), workspace.path("backend/schemas"))
        .expect("a folder");
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "A workspace in a folder"]);
    std::fs::remove_dir_all(workspace.path("backend/schemas")).expect("a folder");
    let root = workspace.path("backend");
    let check = |format| {
        crate::check(&["--format", format, "--baseline-git", "HEAD"], UNLIKE, &root).findings()
    };
    let output = check("github");
    let start = "::error file=backend/schemas/published/class_full.json,line=3,";
    assert!(output.starts_with(start), "{output}");
    let output = check("text");
    assert!(output.starts_with("HEAD:schemas/published/class_full.json:3: "), "{output}");
}

#[test]
fn a_large_file_of_a_revision_is_not_read() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.write("schemas/published/class_full.json", &" ".repeat(1_000_001));
    git(&workspace, &["init", "--quiet"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "A large file"]);
    let error = workspace.check(&["--baseline-git", "HEAD"], PUBLISHED).error();
    assert!(error.starts_with("HEAD:schemas/published/class_full.json has 1000 kB"), "{error}");
}
