//! `rules`: the table of rules, for whoever reads an id in a message.

mod explanation;

use std::io::{self, Write};

use trigger_dialect::{Level, RULES, Rule};

use crate::exit::Outcome;

/// Tells the rules that messages name, and explains some of them.
///
/// Without an id it lists all rules, each on a line. With ids it tells of each who says so, how
/// sure that is, and an example with its mend.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Rules {
    /// The rules to explain, such as T024
    #[arg(value_name = "ID")]
    ids: Vec<String>,
}

impl Rules {
    /// Writes what was asked for to `output`, which stands for the standard output.
    ///
    /// # Errors
    ///
    /// If no rule has one of the ids; nothing is written then. And if `output` fails.
    pub fn run(&self, output: &mut dyn Write) -> Result<Outcome, RulesError> {
        output.write_all(self.text()?.as_bytes()).map_err(RulesError::Output)?;
        Ok(Outcome::Success)
    }

    fn text(&self) -> Result<String, RulesError> {
        if self.ids.is_empty() {
            return Ok(list());
        }
        let rules: Vec<_> = self.ids.iter().map(|id| find(id)).collect::<Result<_, _>>()?;
        let explanations: Vec<_> = rules.iter().map(explanation::explain).collect();
        Ok(explanations.join("\n\n"))
    }
}

/// Why the rules could not be told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// No rule has that id.
    #[error("no rule has the id `{id}`; `cargo xtask rules` lists all")]
    UnknownRule {
        /// What was asked for.
        id: String,
    },
    /// The standard output could not be written to.
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

fn list() -> String {
    let line = |rule: &Rule| format!("{}  {}{}\n", rule.id, mark(rule.level), rule.words);
    RULES.iter().map(line).collect::<Vec<_>>().concat()
}

/// What stands before the words of a rule that is no error.
fn mark(level: Level) -> String {
    match level {
        Level::Error => String::new(),
        other => format!("{}: ", other.name()),
    }
}

fn find(id: &str) -> Result<Rule, RulesError> {
    Rule::find(id).ok_or_else(|| RulesError::UnknownRule { id: id.to_owned() })
}
