//! `check`: the linked triggers against what is published.
//!
//! One way through: a baseline is read, whole or not at all; the comparison finds the edits; the
//! workspace's settings say of each whether it is denied; a report tells them.

mod baseline;
mod error;
mod report;
mod settings;
mod verdict;

use std::io::Write;
use std::path::{Path, PathBuf};

use trigger_core::registry::{self, RegistryError};
use trigger_core::schema::TriggerSpec;

use crate::change::{self, Edit, Snapshot};
use crate::exit::Outcome;
use crate::selection::{self, Triggers, UnknownKey};
use crate::workspace;

use baseline::Baseline;
use report::Report;
use settings::Settings;

pub use baseline::{BaselineError, Fault};
pub(crate) use baseline::{published, record_of};
pub use error::CheckError;
pub use settings::SettingsError;

/// Asks whether the edits since the last paste may be made to published triggers.
///
/// Each difference from what is published is one finding, with the rule that it falls under: some
/// Wix forbids, some break a running app or the automations of sites, some nobody suffers from.
/// The first two are denied, unless [workspace.metadata.triggers.check] in the workspace's
/// Cargo.toml says otherwise.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Check {
    /// Compare with this folder: of `mark-published`, or of an export [default:
    /// `schemas/published` in the workspace's own folder]
    #[arg(long, value_name = "DIR")]
    baseline: Option<PathBuf>,

    /// Compare with the folder as it is in this revision of git, such as `origin/main`
    #[arg(long, value_name = "REV")]
    baseline_git: Option<String>,

    /// Compare with a payload schema that was copied out of the app dashboard
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with_all = ["baseline", "baseline_git"])]
    baseline_file: Option<PathBuf>,

    /// Check this trigger only
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// Take the triggers of this package only, where the workspace has several apps
    #[arg(long, value_name = "NAME")]
    package: Option<String>,

    /// How findings are told
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs, as `docs/check.schema.json` describes it
    Json,
    /// As annotations of GitHub's workflows
    Github,
}

impl Check {
    /// Checks the triggers that are linked into this program.
    ///
    /// # Errors
    ///
    /// As [`run_on`](Self::run_on), and if no trigger is linked, two have one key or there is no
    /// workspace. A package may have no trigger any more, if some are published.
    pub fn run(
        &self,
        output: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> Result<Outcome, CheckError> {
        let linked = registry::distinct(self.package.as_deref());
        let root = workspace::root()?;
        let triggers = match linked {
            Err(RegistryError::UnknownPackage { .. }) if self.has_published(&root)? => Vec::new(),
            linked => linked?,
        };
        self.run_on(&triggers, &root, output, notes)
    }

    /// Checks these triggers, of the workspace in this folder. `output` and `notes` stand for the
    /// standard output and the standard error.
    ///
    /// # Errors
    ///
    /// If the baseline or the settings cannot be read, or `output` or `notes` fails.
    pub fn run_on(
        &self,
        triggers: Triggers<'_>,
        root: &Path,
        output: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> Result<Outcome, CheckError> {
        let settings = Settings::read(root)?;
        let baseline = self.baseline(root)?.of(triggers, self.package.as_deref());
        let edits = change::compare_all(&baseline.snapshots, &current(triggers)?);
        let (edits, baseline, triggers) = match &self.key {
            Some(key) => about(key, edits, baseline, triggers)?,
            None => (edits, baseline, triggers.to_vec()),
        };
        let report = Report::new(edits, &baseline, &triggers, &settings, root);
        let told = match self.format {
            Format::Text => report::text::write(&report, output, notes),
            Format::Json => report::json::write(&report, output),
            Format::Github => report::github::write(&report, output, notes),
        };
        told.map_err(CheckError::Output)?;
        Ok(report.outcome())
    }

    /// Whether the package that is asked for has something published, although it may have no
    /// trigger any more.
    fn has_published(&self, root: &Path) -> Result<bool, BaselineError> {
        let of_package = |snapshot: &Snapshot| snapshot.package == self.package;
        Ok(self.baseline(root)?.snapshots.iter().any(of_package))
    }

    fn baseline(&self, root: &Path) -> Result<Baseline, BaselineError> {
        if let (Some(file), Some(key)) = (&self.baseline_file, &self.key) {
            return Baseline::of_file(file, key);
        }
        match (&self.baseline, &self.baseline_git) {
            (Some(folder), None) => Baseline::of_folder(folder),
            (None, None) => Baseline::of_what_is_published(root),
            (folder, Some(revision)) => Baseline::of_git(revision, folder.as_deref(), root),
        }
    }
}

/// What is about one trigger, which may be asked for by the key that it has or that it had.
fn about(
    key: &str,
    mut edits: Vec<Edit>,
    mut baseline: Baseline,
    triggers: Triggers<'_>,
) -> Result<(Vec<Edit>, Baseline, Vec<&'static TriggerSpec>), UnknownKey> {
    edits.retain(|edit| [edit.key.as_str(), &edit.published_key].contains(&key));
    let keys: Vec<_> = match edits.first() {
        Some(edit) => vec![edit.key.clone(), edit.published_key.clone()],
        None => vec![key.to_owned()],
    };
    baseline.snapshots.retain(|snapshot| keys.contains(&snapshot.key));
    let mut selected = triggers.to_vec();
    selected.retain(|trigger| keys.iter().any(|key| key == trigger.key()));
    if selected.is_empty() && baseline.snapshots.is_empty() {
        selected = vec![selection::find(triggers, key)?];
    }
    Ok((edits, baseline, selected))
}

fn current(triggers: Triggers<'_>) -> Result<Vec<Snapshot>, CheckError> {
    let snapshot = |trigger: &&'static TriggerSpec| {
        let key = trigger.key();
        Snapshot::of(trigger).map_err(|source| CheckError::Linked { key, source })
    };
    triggers.iter().map(snapshot).collect()
}
