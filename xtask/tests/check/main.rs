//! `check` and `mark-published` on made-up triggers.

mod baselines;
mod formats;
mod git;
mod marking;
mod settings;
mod triggers;
mod verdicts;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use serde_json::Value;
use tempfile::TempDir;
use trigger_core::schema::TriggerSpec;
use trigger_xtask::{Check, MarkPublished, Outcome};

type Triggers<'a> = &'a [&'static TriggerSpec];

#[derive(Parser)]
struct CheckArguments {
    #[command(flatten)]
    check: Check,
}

#[derive(Parser)]
struct MarkArguments {
    #[command(flatten)]
    mark: MarkPublished,
}

/// How a command came out.
#[derive(Debug)]
struct Run {
    result: Result<Outcome, String>,
    output: String,
    notes: String,
}

impl Run {
    /// The output of a check that denied nothing.
    fn success(self) -> String {
        assert_eq!(self.result, Ok(Outcome::Success), "{}", self.output);
        self.output
    }

    /// The output of a check that denied something.
    fn findings(self) -> String {
        assert_eq!(self.result, Ok(Outcome::Findings), "{}", self.output);
        self.output
    }

    fn error(self) -> String {
        assert_eq!(self.output, "");
        self.result.expect_err("it should not run")
    }
}

/// A workspace of its own for a test.
struct Workspace {
    folder: TempDir,
}

impl Workspace {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// One in which these triggers are published.
    fn with(triggers: Triggers<'_>) -> Self {
        let workspace = Self::new();
        workspace.mark(&["--all"], triggers).success();
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).to_str().expect("UTF-8").to_owned()
    }

    fn check(&self, arguments: &[&str], triggers: Triggers<'_>) -> Run {
        check(arguments, triggers, self.folder.path())
    }

    fn mark(&self, arguments: &[&str], triggers: Triggers<'_>) -> Run {
        let out = ["--out", &self.shown("schemas/published")].map(str::to_owned);
        let words = ["mark-published"].iter().chain(arguments).map(|word| (*word).to_owned());
        let mark = MarkArguments::parse_from(words.chain(out)).mark;
        let (mut output, mut notes) = (Vec::new(), Vec::new());
        let result = mark.run_on(triggers, &mut output, &mut notes);
        let result = result.map_err(|error| self.anonymous(&error.to_string()));
        let [output, notes] = [output, notes].map(|it| self.anonymous(&text(it)));
        Run { result, output, notes }
    }

    fn anonymous(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.path().display()), "")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    /// The names of a folder's files, in their order.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
        let mut names: Vec<_> = names.map(|name| name.expect("UTF-8")).collect();
        names.sort_unstable();
        names
    }

    /// Edits what is published of `class_full`.
    fn edit(&self, edit: impl FnOnce(&mut Value)) {
        const FILE: &str = "schemas/published/class_full.json";
        let mut record = serde_json::from_str(&self.read(FILE)).expect("JSON");
        edit(&mut record);
        self.write(FILE, &record.to_string());
    }
}

fn check(arguments: &[&str], triggers: Triggers<'_>, root: &Path) -> Run {
    let check = CheckArguments::parse_from(["check"].iter().chain(arguments)).check;
    let (mut output, mut notes) = (Vec::new(), Vec::new());
    let result = check.run_on(triggers, root, &mut output, &mut notes);
    let result = result.map_err(|error| error.to_string());
    Run { result, output: text(output), notes: text(notes) }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}
