use std::fmt;
use std::io;

use trigger_dialect::Rule;

use super::PageProblem;
use crate::judge::Finding;
use crate::text::NotUtf8;

/// Something that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The name of the input that it stands in.
    pub input: String,
    /// Where it stands there: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The id of the rule that is broken.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
}

/// How much of a message is shown, in characters: some hold a whole value.
const SHOWN: usize = 300;

impl Refusal {
    pub(super) fn new(input: &str, pointer: &str, rule: Rule, message: impl fmt::Display) -> Self {
        let message = shortened(&message.to_string());
        Self { input: input.to_owned(), pointer: pointer.to_owned(), rule: rule.id, message }
    }

    pub(super) fn of_finding(input: &str, finding: &Finding) -> Self {
        Self::new(input, &finding.pointer, finding.rule, &finding.message)
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { input, pointer, rule, message } = self;
        let pointer = if pointer.is_empty() { "(root)" } else { pointer };
        write!(formatter, "{input}: [{rule}] {pointer}: {message}")
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// What was asked for is no trigger key.
    #[error(
        "`{key}` is no trigger key: 1 to 100 small letters, digits, `_` and `-`, the first a \
         letter or digit"
    )]
    Key {
        /// What was asked for.
        key: String,
    },
    /// No key is known.
    #[error("a trigger needs its key, which the name of the file does not tell; add `--key KEY`")]
    NoKey,
    /// There is nothing to import.
    #[error("there is no input; name a file with a payload or a payload schema")]
    NoInput,
    /// A file could not be read.
    #[error("could not read {file}")]
    Read {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// An input is far beyond any payload or schema.
    #[error("{input} has more than {limit} bytes, far more than what is imported; cut it")]
    TooLarge {
        /// The name of the input.
        input: String,
        /// What it may have.
        limit: usize,
    },
    /// An input is no text.
    #[error("{input} {fault}; save it as UTF-8")]
    NotUtf8 {
        /// The name of the input.
        input: String,
        /// What it is.
        fault: NotUtf8,
    },
    /// An input is not JSON.
    #[error("{input} is no JSON that can be imported")]
    NotJson {
        /// The name of the input.
        input: String,
        /// Why, with its line and column.
        source: serde_json::Error,
    },
    /// An input is empty.
    #[error("{input} is empty; a payload or a payload schema is to stand there")]
    Empty {
        /// The name of the input.
        input: String,
    },
    /// A schema stands beside another schema or beside samples.
    #[error("a schema is imported by itself, and samples without a schema; name one of them")]
    SeveralSchemas,
    /// A page of a webhook cannot be read.
    #[error("{page}:{line}: {problem}")]
    Page {
        /// The name of the page.
        page: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: PageProblem,
    },
    /// What was read cannot be imported.
    #[error("{}", lines(.0))]
    Refused(Vec<Refusal>),
    /// The standard output could not be written to.
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

fn lines(refusals: &[Refusal]) -> String {
    let lines: Vec<_> = refusals.iter().map(Refusal::to_string).collect();
    lines.join("\n")
}
