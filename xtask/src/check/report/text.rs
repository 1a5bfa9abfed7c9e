//! The report for people.

use std::io::{self, Write};

use trigger_dialect::Level;

use super::super::verdict::Verdict;
use super::{Finding, Place, Report};
use crate::output::wrapped;

pub(in crate::check) fn write(
    report: &Report,
    output: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(output, "{}", text(finding))?;
    }
    writeln!(output, "{}", report.conclusion())?;
    // Whoever reads both reads the advice last.
    output.flush()?;
    match report.advice() {
        Some(advice) => writeln!(notes, "{advice}"),
        None => Ok(()),
    }
}

fn text(finding: &Finding) -> String {
    let Finding { edit, change, verdict, reason, place } = finding;
    let Place { file, line, .. } = place;
    let head = format!("{file}:{line}: {}: {}: {edit}\n", edit.key, verdict.word());
    let is_harmless = edit.rule.level == Level::Harmless;
    let told = [
        ("", !is_harmless, edit.rule.level_words()),
        ("running senders: ", !is_harmless, change.senders.to_owned()),
        ("existing automations: ", !is_harmless, change.automations.to_owned()),
        ("instead: ", *verdict != Verdict::Allow && !is_harmless, change.instead.to_owned()),
        ("reason: ", reason.is_some(), reason.clone().unwrap_or_default()),
        ("goes live: ", *verdict != Verdict::Deny, finding.order()),
    ];
    let told = told.into_iter().filter(|(_, is_told, _)| *is_told);
    let told: String =
        told.map(|(name, _, words)| wrapped("  = ", &format!("{name}{words}"))).collect();
    format!("{head}{}{told}", source(place))
}

/// The line of the struct, as compilers show it.
fn source(place: &Place) -> String {
    let Place { line, source, .. } = place;
    let Some(source) = source else { return String::new() };
    let number = line.to_string();
    let edge = " ".repeat(number.len());
    format!("{edge} |\n{number} | {source}\n{edge} |\n")
}
