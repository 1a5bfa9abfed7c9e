//! The report for programs. `docs/check.schema.json` describes it.

use std::io::{self, Write};

use serde::Serialize;

use super::super::verdict::Verdict;
use super::{Finding, Report};

/// The number of the report's form.
const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    format_version: u32,
    baseline: &'a str,
    triggers: usize,
    published: usize,
    new: usize,
    denied: usize,
    warned: usize,
    allowed: usize,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    level: &'a str,
    verdict: Verdict,
    reason: Option<&'a str>,
    key: &'a str,
    pointer: &'a str,
    message: &'a str,
    file: &'a str,
    line: u32,
    source: Option<&'a str>,
    senders: &'a str,
    automations: &'a str,
    instead: &'a str,
    order: Order<'a>,
}

#[derive(Serialize)]
struct Order<'a> {
    first: &'a str,
    why: &'a str,
}

pub(in crate::check) fn write(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    let written = Written {
        format_version: FORMAT_VERSION,
        baseline: &report.baseline,
        triggers: report.linked,
        published: report.published,
        new: report.new,
        denied: report.number_of(Verdict::Deny),
        warned: report.number_of(Verdict::Warn),
        allowed: report.number_of(Verdict::Allow),
        findings: report.findings.iter().map(Entry::of).collect(),
    };
    serde_json::to_writer_pretty(&mut *output, &written)?;
    writeln!(output)
}

impl<'a> Entry<'a> {
    fn of(finding: &'a Finding) -> Self {
        let Finding { edit, change, verdict, reason, place } = finding;
        Self {
            rule: edit.rule.id,
            level: edit.rule.level.name(),
            verdict: *verdict,
            reason: reason.as_deref(),
            key: &edit.key,
            pointer: &edit.pointer,
            message: &edit.message,
            file: &place.file,
            line: place.line,
            source: place.source.as_deref(),
            senders: change.senders,
            automations: change.automations,
            instead: change.instead,
            order: Order { first: change.order.name(), why: change.why },
        }
    }
}
