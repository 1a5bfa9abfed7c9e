//! The payloads of a file: one, or one on each line.

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::judge::{Judge, Problem};

/// A payload and the line that it begins at, from 1.
pub(super) struct Payload {
    pub(super) line: usize,
    value: Result<Value, Mistake>,
}

/// What keeps a text from being JSON, and where in the file.
#[derive(Debug)]
struct Mistake {
    words: String,
    line: usize,
    column: usize,
}

impl Payload {
    /// The payload that begins at a line, from its text, above which some lines stand.
    fn read(line: usize, text: &str, lines_above: usize) -> Self {
        let value = serde_json::from_str(text).map_err(|error| Mistake::new(&error, lines_above));
        Self { line, value }
    }

    pub(super) fn problems(&self, judge: &Judge) -> Vec<Problem> {
        match &self.value {
            Ok(value) => judge.payload(value),
            Err(Mistake { words, line, column }) => {
                let message = format!("it is no JSON: {words} at line {line} column {column}");
                vec![Problem { pointer: String::new(), message }]
            }
        }
    }
}

impl Mistake {
    fn new(error: &serde_json::Error, lines_above: usize) -> Self {
        let (line, column) = (error.line(), error.column());
        let words = error.to_string();
        // The reader counts from the start of what it was given.
        let place = format!(" at line {line} column {column}");
        let words = words.strip_suffix(&place).unwrap_or(&words).to_owned();
        Self { words, line: line + lines_above, column }
    }
}

/// The payloads of a text. A broken line of JSON lines is told by its number, and a broken file of
/// many lines once.
pub(super) fn all(text: &str) -> Vec<Payload> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<_> = lines.map(|(at, line)| (at + 1, line)).collect();
    match lines.as_slice() {
        [] => Vec::new(),
        [(line, _), ..] if !are_payloads(text, &lines) => vec![Payload::read(*line, text, 0)],
        _ => lines.iter().map(|(line, text)| Payload::read(*line, text, line - 1)).collect(),
    }
}

/// Whether each line is a payload: the text is none as a whole, and its first line is JSON by
/// itself or another one an object. Objects inside a broken payload are indented.
fn are_payloads(text: &str, lines: &[(usize, &str)]) -> bool {
    let [(_, first), others @ ..] = lines else { return false };
    let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    let is_object = |line: &str| line.starts_with('{') && is_json(line);
    let has_payload = is_json(first) || others.iter().any(|(_, line)| is_object(line));
    !others.is_empty() && has_payload && !is_json(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, bool)> {
        all(text).iter().map(|payload| (payload.line, payload.value.is_ok())).collect()
    }

    #[test]
    fn a_file_holds_one_payload_or_one_on_each_line() {
        assert_eq!(lines("\n{\n \"a\": 1\n}\n"), [(2, true)]);
        assert_eq!(lines("{\"a\":1}\n\n{\"a\":2}\n"), [(1, true), (3, true)]);
        assert_eq!(lines("{\"a\":1}\n{\"a\"\n{}\n"), [(1, true), (2, false), (3, true)]);
        assert_eq!(lines("{\"a\"\n{}\n{\n"), [(1, false), (2, true), (3, false)]);
        assert_eq!(lines("{\n \"a\"\n}\n"), [(1, false)]);
        assert_eq!(lines("{\n \"a\": [\n  {\"b\":1}\n ]\n"), [(1, false)]);
        assert_eq!(lines("[\n{\"a\":1}\n]\n"), [(1, true)]);
        assert_eq!(lines(" \n"), []);
    }
}
