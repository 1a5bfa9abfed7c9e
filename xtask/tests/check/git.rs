use std::process::Command;

use crate::Workspace;
use crate::triggers::{PUBLISHED, WITHOUT_TEACHER};

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
fn a_shallow_clone_that_lacks_the_revision_says_how_to_fetch_it() {
    let origin = repository();
    let clone = Workspace::new();
    let url = format!("file://{}", origin.folder.path().display());
    git(&clone, &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let root = clone.path("clone");
    let run = crate::check(&["--baseline-git", "HEAD^"], PUBLISHED, &root);
    insta::assert_snapshot!(run.error(), @"this clone is shallow and does not have the revision `HEAD^`; fetch it with `git fetch --unshallow`, or give the step `actions/checkout` the option `fetch-depth: 0`");
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
    assert!(error.starts_with("git could not read HEAD: "), "{error}");
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
