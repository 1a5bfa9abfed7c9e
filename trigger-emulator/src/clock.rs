use std::sync::Arc;

use jiff::{Span, Timestamp};

use crate::engine::{Command, Engine};
use crate::state::{Running, Shared, State};

/// How many times [`Clock::run_out`] turns the clock to the next action, at most.
pub(crate) const MOST_TURNS: usize = 10_000_000;

/// The clock of an [`Emulator`](crate::Emulator): it goes forward only, and what is to be done until
/// the time that it is turned to is done, each at its own time.
///
/// It does not wait for the answers to posts and webhooks: one that comes when the clock was turned past
/// it is booked, and what failed tried again, from the time that the clock shows then. Where attempts
/// matter, turn it to the [`next`](Self::next) thing at a time, and wait until
/// [`posts_answered`](crate::Emulator::posts_answered).
///
/// ```
/// use jiff::ToSpan;
/// use trigger_emulator::Emulator;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let wix = Emulator::builder().at("2026-03-31T09:00:00Z".parse()?).start().await?;
/// wix.clock().advance(1.month());
/// assert_eq!(wix.clock().now().to_string(), "2026-04-30T09:00:00Z");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Clock(pub(crate) Arc<Shared>);

/// Why the clock was not turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClockError {
    #[error("the clock goes forward only: it is {now}, and {to} has passed")]
    Backward { now: Timestamp, to: Timestamp },
    #[error("no clock goes that far")]
    Overflow,
}

impl Clock {
    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.read(State::now)
    }

    /// Stops it where it is.
    pub fn freeze(&self) {
        self.0.act(|state| state.clock = Running::Frozen);
    }

    /// Lets it go on from what it shows, as the system's clock does.
    pub fn run(&self) {
        self.0.act(|state| state.clock = Running::from(state.engine.now()));
    }

    /// Turns it to this time.
    ///
    /// # Panics
    ///
    /// If that has passed.
    #[track_caller]
    pub fn set(&self, to: Timestamp) {
        if let Err(error) = self.0.act(|state| state.set(to)) {
            panic!("{error}");
        }
    }

    /// Turns it by so much: by calendar days, weeks and months in the emulator's time zone.
    ///
    /// # Panics
    ///
    /// If that is less than nothing, or more than any calendar has.
    #[track_caller]
    pub fn advance(&self, by: Span) {
        if let Err(error) = self.0.act(|state| state.advance(by)) {
            panic!("{error}");
        }
    }

    /// Turns it to the next time at which an activation goes on, or something is sent again: which one
    /// that is, if anything waits.
    pub fn next(&self) -> Option<Timestamp> {
        self.0.act(State::turn_to_next)
    }

    /// Turns it until nothing waits: how often that was.
    ///
    /// Automations that would go on for ever do not exist: steps are finite. At most ten million
    /// turns are made.
    pub fn run_out(&self) -> usize {
        self.0.act(|state| {
            let mut turns = 0;
            while turns < MOST_TURNS && state.turn_to_next().is_some() {
                turns += 1;
            }
            turns
        })
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Clock").field(&self.now()).finish()
    }
}

impl State {
    pub(crate) fn set(&mut self, to: Timestamp) -> Result<(), ClockError> {
        self.check_forward(to)?;
        self.engine.advance(to);
        self.turned();
        Ok(())
    }

    /// Turns the clock to this time, or to the first before it at which something is to be posted:
    /// whether it is there.
    pub(crate) fn step_to(&mut self, to: Timestamp) -> Result<bool, ClockError> {
        self.check_forward(to)?;
        let is_there = self.engine.advance_to_letter(to);
        self.turned();
        Ok(is_there)
    }

    fn check_forward(&self, to: Timestamp) -> Result<(), ClockError> {
        let now = self.engine.now();
        if to < now { Err(ClockError::Backward { now, to }) } else { Ok(()) }
    }

    fn turned(&mut self) {
        self.engine.record(|| Command::Turn);
        if let Running::Ahead(_) = self.clock {
            self.clock = Running::from(self.engine.now());
        }
    }

    pub(crate) fn advance(&mut self, by: Span) -> Result<(), ClockError> {
        self.set(self.in_time(by)?)
    }

    /// What the clock shows when so much has passed.
    pub(crate) fn in_time(&self, by: Span) -> Result<Timestamp, ClockError> {
        let now = self.engine.now().to_zoned(self.engine.zones.default.clone());
        let then = now.checked_add(by).map_err(|_| ClockError::Overflow)?;
        Ok(then.timestamp())
    }

    pub(crate) fn turn_to_next(&mut self) -> Option<Timestamp> {
        let next = Engine::next_due(&self.engine)?;
        self.set(next).ok()?;
        Some(next)
    }
}
