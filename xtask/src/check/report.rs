//! What a check found, and how it is told.

pub(super) mod github;
pub(super) mod json;
mod source;
pub(super) mod text;

use std::path::Path;

use trigger_core::schema::TriggerSpec;
use trigger_dialect::{Change, Order};

use super::baseline::{Baseline, Origin};
use super::settings::Settings;
use super::verdict::Verdict;
use crate::change::Edit;
use crate::exit::Outcome;
use crate::selection::Triggers;

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
    file: String,
    line: u32,
    /// The line itself; `None` where no source is at hand.
    source: Option<String>,
}

/// What a check found.
pub(super) struct Report {
    /// In the order of keys, pointers and rules.
    findings: Vec<Finding>,
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
                Some(trigger) => Place::of_struct(trigger, &mut sources),
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

    /// What to do next, if anything.
    fn advice(&self) -> Option<String> {
        if self.number_of(Verdict::Deny) > 0 {
            return Some("`cargo xtask rules T…` explains a rule".to_owned());
        }
        let mut keys: Vec<_> =
            self.findings.iter().map(|finding| finding.edit.key.as_str()).collect();
        keys.dedup();
        if keys.is_empty() {
            return None;
        }
        let next = format!(
            "once the dashboard has the edits: cargo xtask mark-published {}",
            keys.join(" ")
        );
        let twice: Vec<_> = keys.into_iter().filter(|key| self.goes_live_twice(key)).collect();
        if twice.is_empty() {
            return Some(next);
        }
        let twice = twice.join(" ");
        Some(format!(
            "{twice}: some edits want the dashboard first and some the binary; let them go live one \
             after the other\n{next}"
        ))
    }

    /// Whether no one order is right for all edits of a trigger.
    fn goes_live_twice(&self, key: &str) -> bool {
        let edits = || self.findings.iter().filter(|finding| finding.edit.key == key);
        let has = |order| edits().any(|finding| finding.change.order == order);
        has(Order::DashboardFirst) && has(Order::BinaryFirst)
    }
}

impl Finding {
    /// Which part of the edit goes live first, and why.
    fn order(&self) -> String {
        format!("{}: {}", self.change.order.words(), self.change.why)
    }
}

impl Place {
    fn of_struct(trigger: &'static TriggerSpec, sources: &mut Sources<'_>) -> Self {
        let (file, line) = (trigger.file(), trigger.line());
        Self { file: file.to_owned(), line, source: sources.line(file, line) }
    }

    /// What is published of a trigger that no struct has any more.
    fn of_record(baseline: &Baseline, key: &str) -> Self {
        match baseline.origin(key).cloned() {
            Some(Origin { file, line, source }) => Self { file, line, source: Some(source) },
            None => Self { file: baseline.name.clone(), line: 1, source: None },
        }
    }
}
