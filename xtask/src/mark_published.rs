//! `mark-published`: the record of what is in the app dashboard.

mod renamed;
mod replacement;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use trigger_core::registry;
use trigger_core::schema::TriggerSpec;

use crate::change::Record;
use crate::check::{BaselineError, Fault, record_of};
use crate::exit::Outcome;
use crate::export::ExportError;
use crate::export::folder::Folder;
use crate::export::plan::Change;
use crate::export::report;
use crate::output::count;
use crate::selection::{self, Triggers};
use crate::workspace;

use replacement::Replacement;

/// The folder of the records, in the workspace's own folder.
pub(crate) const PUBLISHED: &str = "schemas/published";

/// Records that the schemas of these triggers are in the app dashboard now.
///
/// A file KEY.json for each, to be committed: what `check` compares with. A trigger without one is
/// new, and free to change. Run it after the paste, when Wix has taken the schema. Where Wix forbids
/// an edit since the last record, nothing is written.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct MarkPublished {
    /// The triggers whose schemas were pasted
    #[arg(value_name = "KEY", required_unless_present = "all", conflicts_with = "all")]
    keys: Vec<String>,

    /// All triggers that are linked into this program
    #[arg(long)]
    all: bool,

    /// Write even what Wix forbids, or over a record that cannot be read
    #[arg(long)]
    replace: bool,

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
        let (changes, mut replacements) = planned(&folder, &selected)?;
        let mut renamed = renamed::edits(folder.path(), triggers);
        renamed.retain(|edit| selected.iter().any(|trigger| trigger.key() == edit.key));
        replacements.push(Replacement::of_edits(renamed));
        if !self.replace && refused(&replacements, notes).map_err(ExportError::Output)? {
            return Ok(Outcome::Findings);
        }
        folder.apply(&changes)?;
        let records = count(selected.len(), "record");
        for loss in replacements.iter().flat_map(Replacement::losses) {
            writeln!(notes, "note: replaced: {loss}").map_err(ExportError::Output)?;
        }
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

/// The records to write, and what they take the place of.
fn planned(
    folder: &Folder,
    selected: Triggers<'_>,
) -> Result<(Vec<Change>, Vec<Replacement>), ExportError> {
    let (mut changes, mut replacements) = (Vec::new(), Vec::new());
    for trigger in selected {
        let (name, text) = (format!("{}.json", trigger.key()), text(trigger));
        let (shown, path) = (folder.shown(&name), folder.path().join(&name));
        let before = match record_of(&path, trigger.key()) {
            Ok((before, _)) if before == text => continue,
            Ok((before, snapshot)) => {
                replacements.push(Replacement::new(&snapshot, trigger));
                Some(before.into_bytes())
            }
            Err(Fault::Read(error)) if error.kind() == ErrorKind::NotFound => None,
            Err(fault @ (Fault::Read(_) | Fault::NoFile)) => {
                return Err(BaselineError::of_record(&shown, fault).into());
            }
            Err(fault) => {
                replacements.push(Replacement::of_unreadable(&shown, &fault));
                None
            }
        };
        changes.push(Change { name, before, after: Some(text) });
    }
    Ok((changes, replacements))
}

/// Writes what speaks against the new records; whether anything does.
fn refused(replacements: &[Replacement], notes: &mut dyn Write) -> io::Result<bool> {
    let obstacles: Vec<_> = replacements.iter().flat_map(Replacement::obstacles).collect();
    if obstacles.is_empty() {
        return Ok(false);
    }
    writeln!(
        notes,
        "{}\n{}; nothing was written. Take back what Wix forbids, as `cargo xtask check` tells, or \
         add `--replace` if the app dashboard has it all the same",
        obstacles.join("\n"),
        count(obstacles.len(), "finding")
    )?;
    Ok(true)
}

fn text(trigger: &'static TriggerSpec) -> String {
    // Constant data always serializes.
    let text = serde_json::to_string_pretty(&Record::of(trigger)).unwrap_or_default();
    text + "\n"
}
