//! The payloads of a file: one, or one on each line.

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

/// The payloads of a text.
///
/// It is JSON lines if its first line that is not empty is JSON by itself and not the last one. So
/// a broken line is told by its number, and a broken file of many lines once.
pub(super) fn all(text: &str) -> Vec<Payload> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<_> = lines.map(|(at, line)| (at + 1, line)).collect();
    match lines.as_slice() {
        [] => Vec::new(),
        [(_, first), _, ..] if serde_json::from_str::<Value>(first).is_ok() => {
            lines.iter().map(|(line, text)| Payload::read(*line, text, line - 1)).collect()
        }
        [(line, _), ..] => vec![Payload::read(*line, text, 0)],
    }
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
        assert_eq!(lines("{\n \"a\"\n}\n"), [(1, false)]);
        assert_eq!(lines(" \n"), []);
    }
}
