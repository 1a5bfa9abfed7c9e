//! `rules-page`: all rules, with what is printed of whoever breaks them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use trigger_dialect::{Change, Kind, Language, Level, Mistake, RULES, Rule};
use trigger_tests::mistakes;
use trigger_xtask::{Outcome, change, judge};

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask rules-page > docs/rules.md`: from the table in `trigger-dialect`, and what the compiler prints of the same examples in `tests/ui/fail`. -->

# Rules

What Wix asks of a trigger and its payload schema, and what these tools ask besides. A message
names the id of the rule that is broken, and ids are for ever: one is never given again.
`cargo xtask rules` lists the rules, and `cargo xtask rules T024` explains one in the terminal.

From T100 on they are about edits of a trigger that is published, as `cargo xtask check` judges
them; [evolution.md](evolution.md) tells of that.

Each rule tells who says so, and how sure that is: *certain* if an official document does,
*strong* if it is an old or a neighbouring one, *inferred* if it only follows from such documents,
*a guess* if no document tells, *ours* if these tools ask for it and Wix does not.

The examples in JSON are whole payload schemas, with what the check of documents finds, or with what
`cargo xtask check` finds between the two. Those in Rust leave out their first lines, and come with
what the compiler prints, of Rust 1.95:

```rust
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;
```

| rule | what it says |
| --- | --- |
";

/// Why the page could not be printed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PageError {
    #[error("could not read the mistakes in `tests/ui/fail`")]
    Mistakes(#[source] io::Error),
    #[error("no file in `tests/ui/fail` holds the bad example of {id}")]
    NoMistake { id: &'static str },
    #[error("the bad example of {id} is no JSON")]
    NoJson { id: &'static str, source: serde_json::Error },
    #[error("an example of {id} is no trigger")]
    NoSnapshot { id: &'static str, source: change::SnapshotError },
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

/// Writes the page to `output`.
pub(crate) fn run(output: &mut dyn Write) -> Result<Outcome, PageError> {
    let mistakes = all_mistakes().map_err(PageError::Mistakes)?;
    let rows: Vec<_> = RULES.iter().map(row).collect();
    let sections: Result<Vec<_>, _> = RULES.iter().map(|rule| section(rule, &mistakes)).collect();
    let page = format!("{INTRODUCTION}{}{}", rows.concat(), sections?.concat());
    output.write_all(page.as_bytes()).map_err(PageError::Output)?;
    Ok(Outcome::Success)
}

fn row(rule: &Rule) -> String {
    let Rule { id, words, level, .. } = rule;
    let anchor = id.to_ascii_lowercase();
    let mark = match level {
        Level::Error => String::new(),
        other => format!("{}: ", other.name()),
    };
    format!("| [{id}](#{anchor}) | {mark}{words} |\n")
}

fn section(rule: &Rule, mistakes: &[Compiled]) -> Result<String, PageError> {
    let Rule { id, source, .. } = rule;
    let head = format!(
        "\n## {id}\n\n{}.\n\n- level: {}\n- source: {source}\n- weight: {}\n",
        capitalized(rule.words),
        rule.level_words(),
        rule.weight.words(),
    );
    let tail = match rule.kind {
        Kind::Schema(mistake) => of_mistake(rule, &mistake, mistakes)?,
        Kind::Change(change) => of_change(rule, &change)?,
        _ => String::new(),
    };
    Ok(format!("{head}{tail}"))
}

fn of_mistake(rule: &Rule, mistake: &Mistake, compiled: &[Compiled]) -> Result<String, PageError> {
    let Mistake { language, bad, mended } = mistake;
    let (name, printed) = (language.name(), printed(rule, mistake, compiled)?);
    Ok(format!("\nBad:\n\n```{name}\n{bad}\n```\n\n{printed}Mended:\n\n```{name}\n{mended}\n```\n"))
}

fn of_change(rule: &Rule, change: &Change) -> Result<String, PageError> {
    let Change { senders, automations, instead, order, why, before, after } = change;
    let id = rule.id;
    let edits =
        change::of_example(change).map_err(|source| PageError::NoSnapshot { id, source })?;
    let edits: Vec<_> = edits.iter().map(|edit| format!("{edit}\n")).collect();
    Ok(format!(
        "- senders that run: {senders}\n- automations that exist: {automations}\n\
         - instead: {instead}\n- goes live: {}: {why}\n\n\
         Before:\n\n```json\n{before}\n```\n\nAfter:\n\n```json\n{after}\n```\n\n```text\n{}```\n",
        order.words(),
        edits.concat(),
    ))
}

/// What is printed of the bad example.
fn printed(rule: &Rule, mistake: &Mistake, compiled: &[Compiled]) -> Result<String, PageError> {
    let id = rule.id;
    let text = match mistake.language {
        Language::Json => {
            let document: Value = serde_json::from_str(mistake.bad)
                .map_err(|source| PageError::NoJson { id, source })?;
            let findings = judge::document(&document);
            findings.iter().map(|finding| format!("{finding}\n")).collect::<Vec<_>>().concat()
        }
        _ if rule.level == Level::Advice => {
            return Ok(
                "The compiler takes it, and `cargo xtask export-schemas` gives the advice.\n\n"
                    .to_owned(),
            );
        }
        _ if *rule == Rule::TYPE_WRITES => {
            return Ok("The compiler takes it, and the value is refused when it is written.\n\n"
                .to_owned());
        }
        _ => {
            let source = mistakes::of_example(mistake.bad);
            let found = compiled.iter().find(|file| file.source == source);
            found.ok_or(PageError::NoMistake { id })?.message.clone()
        }
    };
    Ok(format!("```text\n{}\n```\n\n", text.trim_end()))
}

fn capitalized(words: &str) -> String {
    let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}

/// What the compiler prints of a file.
struct Compiled {
    source: String,
    message: String,
}

fn all_mistakes() -> io::Result<Vec<Compiled>> {
    let read = |file: &Path| fs::read_to_string(file).map(|text| mistakes::without_marks(&text));
    let mistake = |file: PathBuf| {
        Ok(Compiled { source: read(&file)?, message: read(&file.with_extension("stderr"))? })
    };
    mistakes::files("rs")?.into_iter().map(mistake).collect()
}
