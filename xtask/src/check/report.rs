//! What a check found, and how it is told.

mod advice;
pub(super) mod github;
pub(super) mod json;
mod repository;
mod source;
pub(super) mod text;

use std::path::{Path, PathBuf};

use trigger_core::schema::TriggerSpec;
use trigger_dialect::{Change, Level};

use super::baseline::{Baseline, Origin};
use super::settings::Settings;
use super::verdict::Verdict;
use crate::change::Edit;
use crate::exit::Outcome;
use crate::selection::Triggers;

use repository::Repository;
use source::Sources;

/// An edit, what becomes of it, and where it was made.
pub(super) struct Finding {
    edit: Edit,
    change: Change,
    verdict: Verdict,
    /// Why the workspace wants that verdict, if it says so.
    reason: Option<String>,
    place: Place,
}

/// Where an edit was made.
struct Place {
    /// The file, for people.
    file: String,
    /// Where the file is.
    path: PathBuf,
    line: u32,
    /// The line itself; `None` where no source is at hand.
    source: Option<String>,
}

/// What a check found.
pub(super) struct Report {
    /// In the order of keys, pointers and rules.
    findings: Vec<Finding>,
    repository: Repository,
    /// What the triggers were compared with.
    baseline: String,
    /// How many triggers are linked.
    linked: usize,
    /// How many triggers are published.
    published: usize,
    /// How many triggers are linked and not published.
    new: usize,
}

impl Report {
    pub(super) fn new(
        edits: Vec<Edit>,
        baseline: &Baseline,
        triggers: Triggers<'_>,
        settings: &Settings,
        root: &Path,
    ) -> Self {
        let mut sources = Sources::new(root);
        let is_published =
            |key: &str| baseline.snapshots.iter().any(|snapshot| snapshot.key == key);
        let mut findings = Vec::new();
        for edit in edits {
            // The comparison names rules of edits only.
            let Some(change) = edit.rule.change() else { continue };
            let trigger = triggers.iter().find(|trigger| trigger.key() == edit.key);
            let place = match trigger {
                Some(trigger) => Place::of_struct(trigger, &mut sources, root),
                None => Place::of_record(baseline, &edit.key),
            };
            let (verdict, reason) = settings.of(edit.rule);
            let reason = reason.map(str::to_owned);
            findings.push(Finding { edit, change, verdict, reason, place });
        }
        // A trigger whose key changed is no new one.
        let is_new = |key: &str| {
            !is_published(key) && findings.iter().all(|finding| finding.edit.key != key)
        };
        Self {
            repository: Repository::around(root),
            baseline: baseline.name.clone(),
            linked: triggers.len(),
            published: baseline.snapshots.len(),
            new: triggers.iter().filter(|trigger| is_new(trigger.key())).count(),
            findings,
        }
    }

    fn number_of(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    pub(super) fn outcome(&self) -> Outcome {
        if self.number_of(Verdict::Deny) > 0 { Outcome::Findings } else { Outcome::Success }
    }

    /// How it came out, in one sentence.
    fn conclusion(&self) -> String {
        use crate::output::count;

        let Self { published, baseline, .. } = self;
        let subject = format!("{}, against {baseline}", count(self.linked, "trigger"));
        if *published == 0 {
            return format!(
                "{subject}: nothing is published there, so every edit is free (`cargo xtask \
                 mark-published` records what is)"
            );
        }
        let new = match self.new {
            0 => String::new(),
            new => format!(" ({new} new and free to change)"),
        };
        let numbers: Vec<_> = [Verdict::Deny, Verdict::Warn, Verdict::Allow]
            .map(|verdict| (self.number_of(verdict), verdict))
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, verdict)| count(number, verdict.word()))
            .collect();
        let numbers =
            if numbers.is_empty() { "nothing differs".to_owned() } else { numbers.join(", ") };
        format!("{subject}{new}: {numbers}")
    }
}

impl Finding {
    /// What is told below an edit, a line each.
    fn lines(&self) -> Vec<String> {
        let Self { edit, change, verdict, reason, .. } = self;
        let line = |name: &str, words: &str| format!("{name}: {words}");
        let mut lines = Vec::new();
        if edit.rule.level != Level::Harmless {
            lines.push(edit.rule.level_words());
            lines.push(line("running senders", change.senders));
            lines.push(line("existing automations", change.automations));
            if *verdict != Verdict::Allow {
                lines.push(line("instead", change.instead));
            }
        }
        lines.extend(reason.as_ref().map(|reason| line("reason", reason)));
        let order = format!("{}: {}", change.order.words(), change.why);
        lines.extend(self.goes_live().map(|name| line(name, &order)));
        lines
    }

    /// The words before which part goes live first. What Wix forbids goes live in no order.
    fn goes_live(&self) -> Option<&'static str> {
        match (self.verdict, self.edit.rule.level) {
            (Verdict::Deny, Level::Forbidden) => None,
            (Verdict::Deny, _) => Some("if you accept it, goes live"),
            _ => Some("goes live"),
        }
    }
}

impl Place {
    fn of_struct(trigger: &'static TriggerSpec, sources: &mut Sources<'_>, root: &Path) -> Self {
        let (file, line) = (trigger.file(), trigger.line());
        let source = sources.line(file, line);
        Self { file: file.to_owned(), path: root.join(file), line, source }
    }

    /// What is published of a trigger that no struct has any more.
    fn of_record(baseline: &Baseline, key: &str) -> Self {
        match baseline.origin(key).cloned() {
            Some(Origin { file, path, line, source }) => {
                Self { file, path, line, source: Some(source) }
            }
            None => {
                let file = baseline.name.clone();
                Self { path: PathBuf::from(&file), file, line: 1, source: None }
            }
        }
    }
}
