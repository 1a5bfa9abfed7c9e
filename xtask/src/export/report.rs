//! What an export says.

use std::io::{self, Write};

use super::artifact;
use super::folder::Folder;
use super::plan::Plan;
use super::{ExportSchemas, Triggers, difference};
use crate::advice::{self, Advice};
use crate::exit::Outcome;
use crate::output::count;

/// Judges the documents and writes what is wrong with them; whether anything is.
pub(crate) fn findings(triggers: Triggers<'_>, notes: &mut dyn Write) -> io::Result<bool> {
    let mut lines = Vec::new();
    for trigger in triggers {
        let place = format!("{}:{}", trigger.file(), trigger.line());
        let subject = format!("{} ({})", trigger.key(), trigger.rust_type());
        let findings = artifact::findings(trigger);
        lines.extend(findings.iter().map(|finding| format!("{place}: {subject}: {finding}")));
    }
    if lines.is_empty() {
        return Ok(false);
    }
    let findings = count(lines.len(), "finding");
    writeln!(
        notes,
        "{}\n{findings}; nothing was written. `cargo xtask rules T…` explains a rule",
        lines.join("\n")
    )?;
    Ok(true)
}

/// Writes what Wix advises on the triggers and does not demand.
pub(super) fn advice(triggers: Triggers<'_>, notes: &mut dyn Write) -> io::Result<()> {
    for trigger in triggers {
        for Advice { rule, message } in advice::on(trigger) {
            let (file, line, key) = (trigger.file(), trigger.line(), trigger.key());
            let mend = format!("or keep it so: `#[trigger(allow({}))]`", rule.id);
            writeln!(notes, "advice: {file}:{line}: {key}: [{}] {message}, {mend}", rule.id)?;
        }
    }
    Ok(())
}

/// Writes the documents themselves.
pub(super) fn documents(
    triggers: Triggers<'_>,
    output: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<Outcome> {
    for trigger in triggers {
        writeln!(output, "{}", trigger.payload_document())?;
    }
    writeln!(notes, "printed {}", count(triggers.len(), "trigger"))?;
    Ok(Outcome::Success)
}

/// Writes the differences, and the command that mends them.
pub(super) fn differences(
    plan: &Plan,
    folder: &Folder,
    mending: &str,
    output: &mut dyn Write,
) -> io::Result<Outcome> {
    if plan.changes.is_empty() {
        writeln!(output, "{}, in {folder}: nothing differs", plan.subject())?;
        return Ok(Outcome::Success);
    }
    for change in &plan.changes {
        output.write_all(difference::text(change, folder).as_bytes())?;
    }
    let files = count(plan.changes.len(), "file");
    writeln!(output, "{files} of {folder} to change; to mend: {mending}")?;
    Ok(Outcome::Findings)
}

/// The command that makes `--check` content, with the options that it was given.
pub(super) fn mending(options: &ExportSchemas, plan: &Plan) -> String {
    let out = options.out.as_ref().map(|out| out.display().to_string());
    let mut words = vec!["cargo xtask export-schemas".to_owned()];
    for (option, value) in
        [("--out", &out), ("--only", &options.only), ("--package", &options.package)]
    {
        words.extend(value.iter().flat_map(|value| [option.to_owned(), quoted(value)]));
    }
    if plan.removals() > 0 {
        words.push("--prune".to_owned());
    }
    words.join(" ")
}

/// Writes how many triggers went where.
pub(super) fn conclusion(
    plan: &Plan,
    folder: &Folder,
    output: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<Outcome> {
    let removed = match plan.removals() {
        0 => String::new(),
        removals => format!(", removed {}", count(removals, "file")),
    };
    let written = plan.changes.len() - plan.removals();
    writeln!(output, "wrote {written} of {}, to {folder}{removed}", plan.subject())?;
    for note in &plan.notes {
        writeln!(notes, "note: {note}")?;
    }
    Ok(Outcome::Success)
}

/// A value as a POSIX shell takes it for one word.
fn quoted(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !value.is_empty() && value.bytes().all(is_plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn values_are_one_word_to_a_shell() {
        for (value, word) in [
            ("out/schemas", "out/schemas"),
            ("", "''"),
            ("my schemas", "'my schemas'"),
            ("it's", r"'it'\''s'"),
            ("$(x)", "'$(x)'"),
        ] {
            assert_eq!(quoted(value), word);
        }
    }
}
