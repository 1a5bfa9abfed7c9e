//! The payloads of a file: one, or one on each line.

use serde_json::Value;

use crate::judge::{Judge, Problem};

/// A payload and the line that it begins at, from 1.
pub(super) struct Payload {
    pub(super) line: usize,
    value: Result<Value, serde_json::Error>,
}

impl Payload {
    fn read(line: usize, text: &str) -> Self {
        Self { line, value: serde_json::from_str(text) }
    }

    pub(super) fn problems(&self, judge: &Judge) -> Vec<Problem> {
        match &self.value {
            Ok(value) => judge.payload(value),
            Err(error) => {
                let message = format!("it is no JSON: {error}");
                vec![Problem { pointer: String::new(), message }]
            }
        }
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
            lines.iter().map(|(line, text)| Payload::read(*line, text)).collect()
        }
        [(line, _), ..] => vec![Payload::read(*line, text)],
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
