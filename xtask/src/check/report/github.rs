//! The report as workflow commands, which GitHub shows beside the code.

use std::io::{self, Write};

use super::super::verdict::Verdict;
use super::repository::Repository;
use super::{Finding, Report};

pub(in crate::check) fn write(
    report: &Report,
    output: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(output, "{}", command(finding, &report.repository))?;
    }
    output.flush()?;
    writeln!(notes, "{}", report.conclusion())?;
    match report.advice() {
        Some(advice) => writeln!(notes, "{advice}"),
        None => Ok(()),
    }
}

fn command(finding: &Finding, repository: &Repository) -> String {
    let Finding { edit, verdict, place, .. } = finding;
    let name = match verdict {
        Verdict::Allow => "notice",
        other => other.word(),
    };
    let message = format!("{}: {edit}\n{}", edit.key, finding.lines().join("\n"));
    let file = repository.path(&place.path).unwrap_or_else(|| place.file.clone());
    let title = format!("{} {}", edit.rule.id, edit.rule.words);
    format!(
        "::{name} file={},line={},title={}::{}",
        property(&file),
        place.line,
        property(&title),
        data(&message)
    )
}

/// What stands behind `::` is one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends at a comma, and a colon may end all of them.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_github_is_escaped() {
        assert_eq!(data("50 %\r\n::error::"), "50 %25%0D%0A::error::");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
