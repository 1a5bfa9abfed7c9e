//! `rules-page`: all rules, with what is printed of whoever breaks them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use trigger_dialect::{Language, Level, RULES, Rule};
use trigger_tests::mistakes;
use trigger_xtask::{Outcome, judge};

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask rules-page > docs/rules.md`: from the table in `trigger-dialect`, and what the compiler prints of the same examples in `tests/ui/fail`. -->

# Rules

What Wix asks of a trigger and its payload schema, and what these tools ask besides. A message
names the id of the rule that is broken, and ids are for ever: one is never given again.
`cargo xtask rules` lists the rules, and `cargo xtask rules T024` explains one in the terminal.

Each rule tells who says so, and how sure that is: *certain* if an official document does,
*strong* if it is an old or a neighbouring one, *inferred* if it only follows from such documents,
*a guess* if no document tells, *ours* if these tools ask for it and Wix does not.

The examples in JSON are whole payload schemas, with what the check of documents finds. Those in
Rust leave out their first lines, and come with what the compiler prints, of Rust 1.95:

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
    let mark = if *level == Level::Advice { "advice: " } else { "" };
    format!("| [{id}](#{anchor}) | {mark}{words} |\n")
}

fn section(rule: &Rule, mistakes: &[Mistake]) -> Result<String, PageError> {
    let Rule { id, source, bad, mended, .. } = rule;
    let language = rule.language.name();
    Ok(format!(
        "\n## {id}\n\n{}.\n\n- level: {}\n- source: {source}\n- weight: {}\n\n\
         Bad:\n\n```{language}\n{bad}\n```\n\n{}Mended:\n\n```{language}\n{mended}\n```\n",
        capitalized(rule.words),
        rule.level_words(),
        rule.weight.words(),
        printed(rule, mistakes)?,
    ))
}

/// What is printed of the bad example.
fn printed(rule: &Rule, mistakes: &[Mistake]) -> Result<String, PageError> {
    let id = rule.id;
    let text = match rule.language {
        Language::Json => {
            let document: Value = serde_json::from_str(rule.bad)
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
            let source = mistakes::of_example(rule.bad);
            let mistake = mistakes.iter().find(|mistake| mistake.source == source);
            mistake.ok_or(PageError::NoMistake { id })?.message.clone()
        }
    };
    Ok(format!("```text\n{}\n```\n\n", text.trim_end()))
}

fn capitalized(words: &str) -> String {
    let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}

/// What the compiler prints of a file.
struct Mistake {
    source: String,
    message: String,
}

fn all_mistakes() -> io::Result<Vec<Mistake>> {
    let read = |file: &Path| fs::read_to_string(file).map(|text| mistakes::without_marks(&text));
    let mistake = |file: PathBuf| {
        Ok(Mistake { source: read(&file)?, message: read(&file.with_extension("stderr"))? })
    };
    mistakes::files("rs")?.into_iter().map(mistake).collect()
}
