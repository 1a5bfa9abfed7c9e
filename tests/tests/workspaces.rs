//! Other people's workspaces, as README.md and docs/workspaces.md describe them: the files of a
//! section are written to a folder, and its commands are run there by cargo.
//!
//! The workspaces share a target folder, so that their dependencies are compiled once.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use trigger_tests::markdown::{blocks, commands};

const README: &str = include_str!("../../README.md");
const WORKSPACES: &str = include_str!("../../docs/workspaces.md");

/// Where the documents say that this repository is, beside the workspace.
const CLONE: &str = "../wix-triggers/";

/// Held while a workspace is at work: all of them build a program called `xtask` into one folder,
/// and cargo lets go of the folder before it starts the program.
static TARGET: Mutex<()> = Mutex::new(());

/// Contents by path.
type Files = BTreeMap<String, String>;

#[test]
fn an_app_with_a_library() {
    let workspace = Workspace::new("library", &readme_files());
    let written = "wrote 3 of 3 files, 1 trigger, to schemas\n";
    let unchanged = "wrote 0 of 3 files, 1 trigger, to schemas\n";
    workspace.xtask(&["export-schemas"]).gives(0, written);
    workspace.in_folder("app/src").xtask(&["export-schemas"]).gives(0, unchanged);
    workspace.runs_the_commands_of(section(WORKSPACES, "An app with a library"));
    workspace.xtask(&["--help"]).has_code(0);
    workspace.xtask(&[]).has_code(101);
}

#[test]
fn a_check_writes_nothing() {
    let workspace = Workspace::new("library", &readme_files());
    workspace.xtask(&["export-schemas", "--check"]).has_code(100);
    assert!(!workspace.folder.join("schemas").exists());

    workspace.xtask(&["export-schemas"]).has_code(0);
    workspace.xtask(&["export-schemas", "--check"]).has_code(0);
    workspace.write("schemas/invoice_due.json", "{}\n");
    workspace.write("schemas/notes.md", "The user's own.\n");
    let before = workspace.files_of("schemas");
    workspace.xtask(&["export-schemas", "--check"]).has_code(100);
    assert_eq!(workspace.files_of("schemas"), before);
}

#[test]
fn a_file_of_the_user_s_is_not_overwritten() {
    let mut files = readme_files();
    files.insert("schemas/README.md".to_owned(), "The user's own.\n".to_owned());
    let workspace = Workspace::new("library", &files);
    let before = workspace.files_of("schemas");
    workspace.xtask(&["export-schemas"]).has_code(101);
    assert_eq!(workspace.files_of("schemas"), before);
}

#[test]
fn an_app_that_is_only_a_binary_is_told_the_mend() {
    let section = section(WORKSPACES, "An app that is only a binary");
    let mut files = readme_files();
    files.remove("app/src/lib.rs");
    files.extend(files_of(section));
    files.remove("app/src/lib.rs");
    let main = &files["app/src/main.rs"].replace("use app::", "mod triggers;\nuse ");
    files.insert("app/src/main.rs".to_owned(), main.clone());
    let workspace = Workspace::new("binary", &files);
    workspace.xtask(&["export-schemas"]).has_code(101).says("unresolved import `app`");

    let main = files["xtask/src/main.rs"].replace("use app as _;", "");
    workspace.write("xtask/src/main.rs", &main);
    let message = blocks(section, "text")[0];
    workspace.xtask(&["export-schemas"]).has_code(101).says(message);
    assert!(!workspace.folder.join("schemas").exists());
}

#[test]
fn an_app_that_was_only_a_binary() {
    let mut files = readme_files();
    let section = section(WORKSPACES, "An app that is only a binary");
    files.extend(files_of(section));
    let workspace = Workspace::new("binary", &files);
    workspace.runs_the_commands_of(section);
    // The app itself still runs, with the module that moved.
    workspace
        .cargo(&["run", "--quiet", "--package", "app"])
        .gives(0, "{\"invoiceId\":\"00000000-0000-0000-0000-000000000000\"}\n");
}

#[test]
fn a_package_without_a_workspace() {
    let section = section(WORKSPACES, "A package without a workspace");
    let mut files = readme_files();
    files.retain(|path, _| !path.starts_with("app/"));
    files.extend(files_of(section));
    Workspace::new("package", &files).runs_the_commands_of(section);
}

#[test]
fn several_apps() {
    let section = section(WORKSPACES, "Several apps in one workspace");
    let mut files = readme_files();
    files.extend(files_of(section));
    // The aliases, which say what the commands of the section say.
    let aliases = blocks(section, "toml").into_iter().find(|block| block.starts_with("[alias]"));
    let aliases = aliases.expect("the section has aliases");
    files.insert(".cargo/config.toml".to_owned(), aliases.to_owned());
    let workspace = Workspace::new("several", &files);
    workspace.runs_the_commands_of(section);
    assert!(workspace.folder.join("app/schemas/invoice_due.json").exists());
    assert!(workspace.folder.join("bookings/schemas/session_booked.json").exists());
    workspace.cargo(&["app-schemas", "--check"]).has_code(0);
    workspace.cargo(&["bookings-schemas", "--check"]).has_code(0);
    workspace.xtask(&["export-schemas"]).gives(0, "wrote 4 of 4 files, 2 triggers, to schemas\n");
}

#[test]
fn commands_of_one_s_own() {
    let section = section(WORKSPACES, "Commands of your own");
    let mut files = readme_files();
    files.extend(files_of(section));
    Workspace::new("commands", &files).runs_the_commands_of(section);
}

/// This repository has the same alias, and cargo would find it in a folder above the workspace's:
/// what is run is what the README says only if both are the same.
#[test]
fn the_alias_is_the_readme_s() {
    assert_eq!(readme_files()[".cargo/config.toml"], include_str!("../../.cargo/config.toml"));
}

/// A workspace on disk, alone at work.
struct Workspace {
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Workspace {
    /// Writes a workspace, instead of what was there under this name.
    fn new(name: &str, files: &Files) -> Self {
        let alone = TARGET.lock().unwrap_or_else(PoisonError::into_inner);
        let workspace = Self { folder: temporary().join(name), _alone: alone };
        if workspace.folder.exists() {
            fs::remove_dir_all(&workspace.folder).expect("the last run's workspace can go");
        }
        for (path, content) in files {
            workspace.write(path, content);
        }
        // So that versions are those of this repository, which are downloaded already.
        let lock = include_str!("../../Cargo.lock");
        workspace.write("Cargo.lock", lock);
        workspace
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// The contents of a folder's files.
    fn files_of(&self, folder: &str) -> Files {
        let entries = fs::read_dir(self.folder.join(folder)).expect("the folder is there");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let read = |path: &Path| fs::read_to_string(path).expect("a file");
        paths.map(|path| (path.display().to_string(), read(&path))).collect()
    }

    fn xtask(&self, arguments: &[&str]) -> Finished {
        self.in_folder("").xtask(arguments)
    }

    fn cargo(&self, arguments: &[&str]) -> Finished {
        self.in_folder("").cargo(arguments)
    }

    fn in_folder(&self, folder: &str) -> Place<'_> {
        Place { folder: self.folder.join(folder), workspace: self }
    }

    /// Runs each `cargo xtask` of the console blocks; it prints what stands there.
    fn runs_the_commands_of(&self, section: &str) {
        let commands = commands(section);
        assert!(!commands.is_empty());
        for (arguments, printed) in commands {
            self.xtask(&arguments).prints(printed);
        }
    }
}

/// A folder of a workspace in which somebody stands.
struct Place<'a> {
    folder: PathBuf,
    workspace: &'a Workspace,
}

impl Place<'_> {
    fn xtask(&self, arguments: &[&str]) -> Finished {
        self.cargo(&[&["xtask"], arguments].concat())
    }

    fn cargo(&self, arguments: &[&str]) -> Finished {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(misleads) {
                cargo.env_remove(name);
            }
        }
        let output = cargo
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", temporary().join("target"))
            // Whatever was needed to compile this test is there.
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_COLOR", "never")
            // Half the time, and what is measured elsewhere is not measured here.
            .envs([("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")])
            .output()
            .expect("cargo starts");
        Finished::new(arguments, &output, &self.workspace.folder)
    }
}

/// Whether a variable tells of the test, or of how it was compiled, and not of the machine.
fn misleads(name: &str) -> bool {
    let prefixes =
        ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_BUILD_", "CARGO_PROFILE_"];
    let names = [
        "CARGO_CRATE_NAME",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_TARGET_TMPDIR",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTFLAGS",
    ];
    prefixes.iter().any(|prefix| name.starts_with(prefix)) || names.contains(&name)
}

/// A command that has ended.
struct Finished {
    arguments: String,
    code: Option<i32>,
    /// Both streams, with the workspace's folder taken out of the paths.
    printed: String,
}

impl Finished {
    fn new(arguments: &[&str], output: &Output, workspace: &Path) -> Self {
        let printed = [output.stdout.as_slice(), &output.stderr].concat();
        let folder = format!("{}{}", workspace.display(), std::path::MAIN_SEPARATOR);
        let printed = String::from_utf8(printed).expect("UTF-8").replace(&folder, "");
        Self { arguments: arguments.join(" "), code: output.status.code(), printed }
    }

    #[track_caller]
    fn gives(&self, code: i32, printed: &str) {
        self.has_code(code).prints(printed);
    }

    #[track_caller]
    fn has_code(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "cargo {}\n{}", self.arguments, self.printed);
        self
    }

    #[track_caller]
    fn prints(&self, text: &str) {
        assert_eq!(self.printed, text, "cargo {}", self.arguments);
    }

    #[track_caller]
    fn says(&self, part: &str) {
        assert!(self.printed.contains(part), "cargo {}\n{}", self.arguments, self.printed);
    }
}

/// The folder of all workspaces and of their target folder.
fn temporary() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("workspaces")
}

/// The workspace of the README, on which those of docs/workspaces.md are built.
fn readme_files() -> Files {
    let mut files = files_of(section(README, "In your own workspace"));
    let code = blocks(README, "rust")[0];
    files.insert("app/src/lib.rs".to_owned(), code.to_owned());
    files
}

/// The text of a section of the second level, without its heading.
fn section<'a>(text: &'a str, title: &str) -> &'a str {
    let heading = format!("\n## {title}\n");
    let (_, rest) = text.split_once(&heading).unwrap_or_else(|| panic!("no section `{title}`"));
    rest.split("\n## ").next().unwrap_or(rest)
}

/// The files of a section: the fenced blocks below a paragraph that begins with a path.
fn files_of(section: &str) -> Files {
    let mut files = Files::new();
    for (before, block) in fenced(section) {
        let paragraph = before.trim_end().rsplit("\n\n").next().unwrap_or_default();
        let Some((path, _)) = paragraph.strip_prefix('`').and_then(|rest| rest.split_once('`'))
        else {
            continue;
        };
        let (_, content) = block.split_once('\n').expect("the block begins with its language");
        files.insert(path.to_owned(), for_this_machine(content));
    }
    files
}

/// A file as this machine needs it: with the path of this repository, and without the default
/// features of jiff, which need packages that are not in this repository's `Cargo.lock`.
fn for_this_machine(content: &str) -> String {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // In a string of TOML, a backslash of Windows would begin an escape.
    let repository = format!("{}/", repository.display()).replace('\\', "/");
    content
        .replace(&format!("../{CLONE}"), &repository)
        .replace(CLONE, &repository)
        .replace("jiff = \"0.2\"", "jiff = { version = \"0.2\", default-features = false }")
}

/// The fenced blocks of a text, each with what stands before it; a block begins with its language.
fn fenced(text: &str) -> Vec<(&str, &str)> {
    let parts: Vec<_> = text.split("```").collect();
    parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}
