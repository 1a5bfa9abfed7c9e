//! The state of an emulator as a text, and the history of what was done to it.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::engine::{Command, Engine, Saved};
use crate::refused::Refused;
use crate::state::{Running, State};

/// Why a state, or a history, cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// It is no text that an emulator wrote.
    #[error("line {line}, column {column}: no emulator wrote this: {words}")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        words: String,
    },
    /// It does not fit this emulator, or itself.
    #[error("line {line}: {words}")]
    Unfit {
        /// The line, from 1.
        line: usize,
        /// What does not fit.
        words: String,
    },
    /// It was sent to an emulator that others than this machine reach, and says an address: of an
    /// automation that posts, or of a webhook that is not delivered yet.
    #[error(
        "it has an automation that posts, or a webhook that waits, and only the configuration may \
         say where those go while the emulator listens beyond this machine; start it with `--state` \
         instead"
    )]
    Posts,
}

impl StateError {
    fn unreadable(error: &serde_json::Error, lines_before: usize) -> Self {
        let (line, column) = (lines_before + error.line(), error.column());
        // Where it is, is told already.
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default().to_owned();
        Self::Unreadable { line, column, words }
    }
}

/// A state, with what the clock does.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Whole {
    frozen: bool,
    state: Saved,
}

/// A line of a history.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: Timestamp,
    did: Command,
}

pub(crate) fn write(record: &mut dyn Write, done: Vec<(Timestamp, Command)>) -> io::Result<()> {
    for (at, did) in done {
        let mut line = serde_json::to_vec(&Line { at, did })?;
        line.push(b'\n');
        record.write_all(&line)?;
    }
    record.flush()
}

/// Whether a line of a history was not written to its end; lines stand before it.
///
/// # Errors
///
/// If it is none at all.
#[cfg(feature = "cli")]
pub(crate) fn is_torn(line: &[u8], lines_before: usize) -> Result<bool, StateError> {
    match serde_json::from_slice::<Line>(line) {
        Ok(_) => Ok(false),
        Err(error) if error.is_eof() => Ok(true),
        Err(error) => Err(StateError::unreadable(&error, lines_before)),
    }
}

/// How deep a state may be nested: a reader of JSON takes 127, and a history has it inside of more
/// brackets.
const MAX_DEPTH: usize = 110;

/// How deep a line of a history may be nested, which a state has inside of more brackets.
const MAX_LINE_DEPTH: usize = 107;

/// Refuses a text that could be read, and not be read again once it is written.
fn check_depth(text: &str, limit: usize, line: usize) -> Result<(), StateError> {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            let words = format!("it is nested deeper than {limit}");
            return Err(StateError::Unfit { line, words });
        }
    }
    Ok(())
}

impl Whole {
    fn read(text: &str) -> Result<Self, StateError> {
        check_depth(text, MAX_DEPTH, 1)?;
        serde_json::from_str(text).map_err(|error| StateError::unreadable(&error, 0))
    }
}

impl State {
    pub(crate) fn save(&self) -> serde_json::Result<String> {
        let frozen = matches!(self.clock, Running::Frozen);
        serde_json::to_string(&Whole { frozen, state: self.engine.save() })
    }

    /// Takes a state in the place of its own. A clock that goes has gone on since, if it is not
    /// ahead of the system's.
    pub(crate) fn load(&mut self, text: &str) -> Result<(), StateError> {
        self.load_whole(Whole::read(text)?)
    }

    /// Takes a state that was sent. Whoever may call from elsewhere is not to reach this machine's own
    /// servers through its actions: those are the file's to say.
    pub(crate) fn load_of_a_call(&mut self, text: &str) -> Result<(), StateError> {
        let whole = Whole::read(text)?;
        if self.is_reached_from_elsewhere && whole.state.sends() {
            return Err(StateError::Posts);
        }
        self.load_whole(whole)
    }

    fn load_whole(&mut self, Whole { frozen, state }: Whole) -> Result<(), StateError> {
        let now = state.now();
        let loaded = self.engine.load(state);
        loaded.map_err(|error| StateError::Unfit { line: 1, words: error.to_string() })?;
        self.forget_calls();
        // Those are between other events.
        self.refused = Refused::default();
        self.clock =
            if frozen { Running::Frozen } else { Running::from(now.max(Timestamp::now())) };
        Ok(())
    }

    /// Does again what a history says: how many things that are.
    pub(crate) fn replay(&mut self, text: &str) -> Result<usize, StateError> {
        let done = self.engine.replay_lines(text);
        self.engine.end_replay();
        self.forget_calls();
        if let Running::Ahead(_) = self.clock {
            self.clock = Running::from(self.engine.now().max(Timestamp::now()));
        }
        done
    }
}

impl Engine {
    fn replay_lines(&mut self, text: &str) -> Result<usize, StateError> {
        let mut done = 0;
        for (before, line) in text.lines().enumerate() {
            check_depth(line, MAX_LINE_DEPTH, before + 1)?;
            let read = serde_json::from_str::<Line>(line);
            let Line { at, did } = read.map_err(|error| StateError::unreadable(&error, before))?;
            let did = self.replay(at, did);
            did.map_err(|error| StateError::Unfit { line: before + 1, words: error.to_string() })?;
            done += 1;
        }
        Ok(done)
    }

    /// What was sent then is answered for by the history; what was under way at its end is sent
    /// once more. What happened was told when it did.
    fn end_replay(&mut self) {
        self.all_is_told();
        self.take_letters();
        self.resume_letters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_could_not_be_read_again_is_refused() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check_depth(&nested(MAX_DEPTH), MAX_DEPTH, 1).expect("as deep as may be");
        let error = check_depth(&nested(MAX_DEPTH + 1), MAX_DEPTH, 3);
        let error = error.expect_err("too deep").to_string();
        assert_eq!(error, "line 3: it is nested deeper than 110");
        // Brackets of a text nest nothing.
        let text = format!(r#""\"{}""#, nested(MAX_DEPTH + 1));
        check_depth(&text, MAX_DEPTH, 1).expect("a text");
    }
}
