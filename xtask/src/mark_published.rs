//! `mark-published`: the record of what is in the app dashboard.

use std::io::Write;
use std::path::PathBuf;

use trigger_core::registry;
use trigger_core::schema::TriggerSpec;

use crate::change::Record;
use crate::exit::Outcome;
use crate::export::ExportError;
use crate::export::folder::Folder;
use crate::export::plan::Change;
use crate::export::report;
use crate::output::count;
use crate::selection::{self, Triggers};
use crate::workspace;

/// The folder of the records, in the workspace's own folder.
pub(crate) const PUBLISHED: &str = "schemas/published";

/// Records that the schemas of these triggers are in the app dashboard now.
///
/// A file KEY.json for each, to be committed: what `check` compares with. A trigger without one is
/// new, and free to change. Run it after the paste, when Wix has taken the schema.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct MarkPublished {
    /// The triggers whose schemas were pasted
    #[arg(value_name = "KEY", required_unless_present = "all", conflicts_with = "all")]
    keys: Vec<String>,

    /// All triggers that are linked into this program
    #[arg(long)]
    all: bool,

    /// Take the triggers of this package only, where the workspace has several apps
    #[arg(long, value_name = "NAME")]
    package: Option<String>,

    /// The folder to write to [default: `schemas/published` in the workspace's own folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl MarkPublished {
    /// Records the triggers that are linked into this program.
    ///
    /// # Errors
    ///
    /// As [`run_on`](Self::run_on), and if no trigger is linked or two have one key.
    pub fn run(
        &self,
        output: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> Result<Outcome, ExportError> {
        self.run_on(&registry::distinct(self.package.as_deref())?, output, notes)
    }

    /// Records these triggers. `output` and `notes` stand for the standard output and the standard
    /// error.
    ///
    /// # Errors
    ///
    /// Whatever keeps the records from being written; a key that no trigger has is told before any
    /// is.
    pub fn run_on(
        &self,
        triggers: Triggers<'_>,
        output: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> Result<Outcome, ExportError> {
        let selected = self.select(triggers)?;
        // Wix takes no such schema, so that it cannot have been pasted.
        if report::findings(&selected, notes).map_err(ExportError::Output)? {
            return Ok(Outcome::Findings);
        }
        let folder = match &self.out {
            Some(out) => Folder::new(out.clone()),
            None => Folder::new(workspace::root()?.join(PUBLISHED)),
        };
        let mut changes = Vec::new();
        for trigger in &selected {
            let (name, text) = (format!("{}.json", trigger.key()), text(trigger));
            let before = folder.read(&name)?;
            if before.as_deref() != Some(text.as_bytes()) {
                changes.push(Change { name, before, after: Some(text) });
            }
        }
        folder.apply(&changes)?;
        let records = count(selected.len(), "record");
        writeln!(output, "wrote {} of {records}, to {folder}", changes.len())
            .map_err(ExportError::Output)?;
        Ok(Outcome::Success)
    }

    fn select(&self, triggers: Triggers<'_>) -> Result<Vec<&'static TriggerSpec>, ExportError> {
        if self.all {
            return Ok(triggers.to_vec());
        }
        let mut selected = Vec::new();
        for key in &self.keys {
            selected.push(selection::find(triggers, key)?);
        }
        selected.sort_by_key(|trigger| trigger.key());
        selected.dedup_by_key(|trigger| trigger.key());
        Ok(selected)
    }
}

fn text(trigger: &'static TriggerSpec) -> String {
    // Constant data always serializes.
    let text = serde_json::to_string_pretty(&Record::of(trigger)).unwrap_or_default();
    text + "\n"
}
