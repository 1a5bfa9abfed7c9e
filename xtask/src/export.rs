//! `export-schemas`: the payload schemas as files.
//!
//! One way through: the triggers are selected, judged and rendered to artifacts; a plan says what
//! they would change in the folder, under the manifest's rule of what may be touched; the plan is
//! carried out, or shown as a difference.

mod artifact;
mod difference;
mod error;
pub(crate) mod folder;
mod manifest;
pub(crate) mod plan;
mod readme;
pub(crate) mod report;

use std::io::Write;
use std::path::PathBuf;

use trigger_core::registry;

use crate::exit::Outcome;
use crate::selection;
use crate::workspace::{self, RootError};

use artifact::Artifact;
use folder::Folder;
use manifest::Manifest;
use plan::Plan;

pub use error::ExportError;
pub use manifest::ManifestError;

use crate::selection::Triggers;

/// Writes the payload schemas that are pasted into the app dashboard.
///
/// A folder holds a KEY.json for each trigger, README.md with the steps in the dashboard, and
/// _triggers.json, which describes all triggers to programs and names the files that belong to
/// the export. A file that it does not name is never overwritten or removed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ExportSchemas {
    /// The folder to write to [default: `schemas` in the workspace's own folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write the schema of this trigger, and touch no other file
    #[arg(long, value_name = "KEY")]
    only: Option<String>,

    /// Take the triggers of this package only, where the workspace has several apps
    #[arg(long, value_name = "NAME")]
    package: Option<String>,

    /// Print the schemas in the order of their keys, and write nothing
    #[arg(long, conflicts_with_all = ["out", "prune", "check"])]
    stdout: bool,

    /// Remove the files of the last export that no trigger has any more
    #[arg(long, conflicts_with = "only")]
    prune: bool,

    /// Write nothing; show what differs, and the command that mends it
    #[arg(long)]
    check: bool,
}

impl ExportSchemas {
    /// Exports the triggers that are linked into this program.
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

    /// Exports these triggers, which come in the order of their keys, each key once. `output`
    /// and `notes` stand for the standard output and the standard error.
    ///
    /// # Errors
    ///
    /// Whatever keeps the export from running. Nothing is written then, unless the file system
    /// itself fails between two files.
    pub fn run_on(
        &self,
        triggers: Triggers<'_>,
        output: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> Result<Outcome, ExportError> {
        let selected = selection::select(triggers, self.only.as_deref())?;
        if report::findings(&selected, notes).map_err(ExportError::Output)? {
            return Ok(Outcome::Findings);
        }
        report::advice(&selected, notes).map_err(ExportError::Output)?;
        if self.stdout {
            return report::documents(&selected, output, notes).map_err(ExportError::Output);
        }
        let folder = self.folder()?;
        let plan = self.plan(&selected, &folder)?;
        if self.check {
            let mending = report::mending(self, &plan);
            return report::differences(&plan, &folder, &mending, output)
                .map_err(ExportError::Output);
        }
        folder.apply(&plan.changes)?;
        report::conclusion(&plan, &folder, output, notes).map_err(ExportError::Output)
    }

    fn folder(&self) -> Result<Folder, RootError> {
        match &self.out {
            Some(out) => Ok(Folder::new(out.clone())),
            None => Ok(Folder::new(workspace::root()?.join("schemas"))),
        }
    }

    fn plan(&self, selected: Triggers<'_>, folder: &Folder) -> Result<Plan, ExportError> {
        let last = Manifest::read(folder)?;
        let schemas = selected.iter().map(|trigger| Artifact::schema(trigger)).collect();
        match self.only {
            Some(_) => Self::plan_of_one(schemas, folder, &last),
            None => self.plan_of_all(selected, schemas, folder, &last),
        }
    }

    fn plan_of_one(
        schemas: Vec<Artifact>,
        folder: &Folder,
        last: &Manifest,
    ) -> Result<Plan, ExportError> {
        let unnamed = schemas.iter().find(|schema| !last.names(&schema.name));
        let note = unnamed.map(|schema| {
            let name = &schema.name;
            format!("`_triggers.json` does not name {name} yet; export once without `--only`")
        });
        Ok(Plan::new(folder, last, schemas, 1)?.noting(note))
    }

    fn plan_of_all(
        &self,
        selected: Triggers<'_>,
        schemas: Vec<Artifact>,
        folder: &Folder,
        last: &Manifest,
    ) -> Result<Plan, ExportError> {
        let mut artifacts = schemas;
        artifacts.push(Artifact::readme(selected));
        let leftovers = last.leftovers(&artifacts, folder);
        // A check is content with nothing left over, and proposes `--prune`.
        let prune = self.prune || self.check;
        let kept = if prune { &[] } else { leftovers.as_slice() };
        artifacts.push(Artifact::manifest(selected, &artifacts, kept));
        let plan = Plan::new(folder, last, artifacts, selected.len())?;
        if prune {
            return plan.removing(folder, &leftovers);
        }
        let note = (!leftovers.is_empty()).then(|| {
            let names = leftovers.join(", ");
            format!("no trigger has {names} any more; `--prune` removes what is left over")
        });
        Ok(plan.noting(note))
    }
}
