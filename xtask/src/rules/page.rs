//! All rules, as `docs/rules.md` shows them.

use trigger_dialect::{RULES, Rule};

use super::{level_words, mark};

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask rules --page > docs/rules.md`, from the table in `trigger-dialect`. -->

# Rules

What Wix asks of a trigger and its payload schema, and what these tools ask besides. A message
begins with the id of the rule that is broken, and ids are for ever: one is never given again.
`cargo xtask rules` lists the rules, and `cargo xtask rules T024` explains one in the terminal.

Each rule tells who says so, and how sure that is: *certain* if an official document does,
*strong* if it is an old or a neighbouring one, *inferred* if it only follows from such documents,
*a guess* if no document tells, *ours* if these tools ask for it and Wix does not.

The examples in JSON are whole payload schemas. Those in Rust leave out their first lines:

```rust
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;
```

| rule | what it says |
| --- | --- |
";

/// The rules as a page of Markdown: `docs/rules.md`.
///
/// ```
/// let page = trigger_xtask::rules::page();
/// assert!(page.contains("\n## T024\n\nThe items of an array are objects.\n"));
/// ```
#[must_use]
pub fn page() -> String {
    let rows: Vec<_> = RULES.iter().map(row).collect();
    let sections: Vec<_> = RULES.iter().map(section).collect();
    format!("{INTRODUCTION}{}{}", rows.concat(), sections.concat())
}

fn row(rule: &Rule) -> String {
    let Rule { id, words, level, .. } = rule;
    let anchor = id.to_ascii_lowercase();
    format!("| [{id}](#{anchor}) | {}{words} |\n", mark(*level))
}

fn section(rule: &Rule) -> String {
    let Rule { id, source, bad, mended, .. } = rule;
    let language = rule.language.name();
    format!(
        "\n## {id}\n\n{}.\n\n- level: {}\n- source: {source}\n- weight: {}\n\n\
         Bad:\n\n```{language}\n{bad}\n```\n\nMended:\n\n```{language}\n{mended}\n```\n",
        capitalized(rule.words),
        level_words(rule),
        rule.weight.words(),
    )
}

fn capitalized(words: &str) -> String {
    let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}
