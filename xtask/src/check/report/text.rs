//! The report for people.

use std::io::{self, Write};

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
    let Finding { edit, verdict, place, .. } = finding;
    let Place { file, line, .. } = place;
    let head = format!("{file}:{line}: {}: {}: {edit}\n", edit.key, verdict.word());
    let told: String = finding.lines().iter().map(|line| wrapped("  = ", line)).collect();
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
