//! `export-schemas` on made-up triggers.

mod advice;
mod checking;
mod contents;
mod options;
mod refusals;
mod triggers;
mod writing;

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use tempfile::TempDir;
use trigger_core::schema::TriggerSpec;
use trigger_xtask::{ExportError, ExportSchemas, Outcome};

type Triggers<'a> = &'a [&'static TriggerSpec];

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    export: ExportSchemas,
}

/// How an export came out.
struct Export {
    result: Result<Outcome, ExportError>,
    output: String,
    notes: String,
}

impl Export {
    fn run(arguments: &[&str], triggers: Triggers<'_>) -> Self {
        let arguments = ["export-schemas"].iter().chain(arguments);
        let export = Arguments::parse_from(arguments).export;
        let (mut output, mut notes) = (Vec::new(), Vec::new());
        let result = export.run_on(triggers, &mut output, &mut notes);
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { result, output: text(output), notes: text(notes) }
    }

    /// The output of an export that succeeded.
    fn success(self) -> String {
        assert!(matches!(self.result, Ok(Outcome::Success)), "{:?}", self.result);
        self.output
    }

    /// The output of an export that found something.
    fn findings(self) -> String {
        assert!(matches!(self.result, Ok(Outcome::Findings)), "{:?}", self.result);
        self.output
    }

    /// The message of an export that could not run, its cause after it.
    fn error(self) -> String {
        let error = self.result.expect_err("the export should not run");
        match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        }
    }
}

/// A folder of its own for a test.
struct Folder {
    folder: TempDir,
}

impl Folder {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder that `triggers` were exported to.
    fn with(triggers: Triggers<'_>) -> Self {
        let folder = Self::new();
        folder.export(&[], triggers).success();
        folder
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("schemas")
    }

    fn export(&self, arguments: &[&str], triggers: Triggers<'_>) -> Export {
        let path = self.path();
        let out = ["--out", path.to_str().expect("UTF-8")];
        Export::run(&[&out, arguments].concat(), triggers)
    }

    /// The folder's path replaced in a text.
    fn anonymous(&self, text: &str) -> String {
        text.replace(self.path().to_str().expect("UTF-8"), "schemas")
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("a file")
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path()).expect("a folder");
        fs::write(self.path().join(name), text).expect("a file");
    }

    /// All files and what stands in them, temporary ones included.
    fn files(&self) -> Vec<(String, String)> {
        let entries = fs::read_dir(self.path()).into_iter().flatten();
        let mut files: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .map(|path| (file_name(&path), fs::read_to_string(&path).expect("a file")))
            .collect();
        files.sort();
        files
    }

    fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(name, _)| name).collect()
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("a name").to_str().expect("UTF-8").to_owned()
}
