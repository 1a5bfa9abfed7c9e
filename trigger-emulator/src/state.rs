//! What one emulator holds, and the one way to it.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio::time::Instant;
use uuid::Uuid;

use crate::access::AppAccess;
use crate::assumption::Assumption;
use crate::engine::Engine;
use crate::fault::Faults;
use crate::journal;
use crate::posts::Letterbox;
use crate::view;

/// How long a token is taken (Wix's reference).
pub(crate) const TOKEN_SECONDS: i64 = 14_400;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

pub(crate) struct Shared {
    state: Mutex<State>,
    /// The clock was turned, or something else is to be done next.
    pub(crate) changed: Notify,
    /// What is to be posted.
    pub(crate) letters: Letterbox,
    /// Who is told, in words, what happens.
    observer: Option<Observer>,
}

pub(crate) type Observer = Box<dyn Fn(&str) + Send + Sync>;

pub(crate) struct State {
    pub(crate) engine: Engine,
    pub(crate) clock: Running,
    pub(crate) apps: Option<Vec<AppAccess>>,
    pub(crate) calls_per_minute: Option<u32>,
    pub(crate) faults: Faults,
    /// Where what is done is written.
    pub(crate) record: Option<Box<dyn io::Write + Send>>,
    tokens: HashMap<String, Token>,
    calls: HashMap<Uuid, VecDeque<Timestamp>>,
}

/// Whom a token is of.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    until: Timestamp,
}

/// A clock that stands still, or goes as the system's does.
#[derive(Clone, Copy)]
pub(crate) enum Running {
    Frozen,
    Since(Instant, Timestamp),
}

impl Running {
    pub(crate) fn from(now: Timestamp) -> Self {
        Self::Since(Instant::now(), now)
    }

    /// What the clock shows, if it was set to this when it was frozen.
    fn now(self, frozen: Timestamp) -> Timestamp {
        match self {
            Self::Frozen => frozen,
            Self::Since(instant, then) => {
                then.checked_add(instant.elapsed()).unwrap_or(Timestamp::MAX)
            }
        }
    }
}

impl Shared {
    pub(crate) fn new(state: State, letters: Letterbox, observer: Option<Observer>) -> Self {
        Self { state: Mutex::new(state), changed: Notify::new(), letters, observer }
    }

    /// Does something at the time that it is now.
    pub(crate) fn act<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = state.now();
        state.engine.forget_what_is_over();
        state.engine.advance(now);
        let result = act(&mut state);
        let failure = state.write_journal().err();
        let words: Vec<_> = match self.observer {
            Some(_) => {
                state.engine.untold().iter().map(|it| view::words(&state.engine, it)).collect()
            }
            None => Vec::new(),
        };
        state.engine.all_is_told();
        let goes = matches!(state.clock, Running::Since(..));
        self.letters.send(state.engine.take_letters());
        drop(state);
        if let Some(observer) = &self.observer {
            for words in &words {
                observer(words);
            }
        }
        if let Some(error) = failure {
            self.tell(|| format!("the history is no longer recorded: {error}"));
        }
        // A clock that stands still has nobody who keeps its time: nothing is woken for a report.
        if goes {
            self.changed.notify_one();
        }
        result
    }

    /// Tells the observer, if there is one.
    pub(crate) fn tell(&self, words: impl FnOnce() -> String) {
        if let Some(observer) = &self.observer {
            observer(&words());
        }
    }

    /// Reads what was last done, without turning the clock.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&State) -> R) -> R {
        read(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    pub(crate) fn new(engine: Engine, clock: Running) -> Self {
        let (tokens, calls) = Default::default();
        let (apps, calls_per_minute, record) = (None, None, None);
        let faults = Faults::default();
        Self { engine, clock, apps, calls_per_minute, faults, record, tokens, calls }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now(self.engine.now())
    }

    /// Writes what was done since. What cannot be written ends the journal: one with a gap would give
    /// another state.
    fn write_journal(&mut self) -> io::Result<()> {
        let done = self.engine.take_journal();
        let Some(record) = self.record.as_mut().filter(|_| !done.is_empty()) else { return Ok(()) };
        let written = journal::write(record, done);
        if written.is_err() {
            self.record = None;
            self.engine.end_journal();
        }
        written
    }

    /// Forgets all that happened.
    pub(crate) fn reset(&mut self) {
        self.engine.reset();
        self.forget_calls();
    }

    /// Forgets tokens and calls, whose times are not those of the clock as it stands now. Tokens are
    /// in no state that is saved, either: they are credentials.
    pub(crate) fn forget_calls(&mut self) {
        self.tokens.clear();
        self.calls.clear();
    }

    /// A new token, if the app may have one for this site.
    pub(crate) fn token(&mut self, app: &str, secret: &str, site: Uuid) -> Option<String> {
        if let Some(apps) = &self.apps {
            apps.iter()
                .find(|it| it.id == app && it.secret == secret && it.instances.contains(&site))?;
        }
        let now = self.engine.now();
        self.tokens.retain(|_, token| token.until > now);
        let until = now.saturating_add(SignedDuration::from_secs(TOKEN_SECONDS));
        let until = until.unwrap_or(Timestamp::MAX);
        let value = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.tokens.insert(value.clone(), Token { app: app.into(), site, until });
        Some(value)
    }

    /// Takes a token no more.
    pub(crate) fn expire(&mut self, token: &str) {
        self.tokens.remove(token);
    }

    /// Whom this token is of, while it is taken.
    pub(crate) fn bearer(&self, token: &str) -> Option<Token> {
        self.tokens.get(token).filter(|token| token.until > self.engine.now()).cloned()
    }

    /// Whether the app has a trigger of this key, or nobody says which it has.
    pub(crate) fn has_trigger(&self, app: &str, key: &str) -> bool {
        let apps = self.apps.iter().flatten();
        apps.filter(|it| it.id == app)
            .all(|it| it.triggers.as_ref().is_none_or(|keys| keys.iter().any(|own| own == key)))
    }

    /// In how many seconds the site may have another call, if that is told.
    pub(crate) fn retry_after(&self, site: Uuid) -> Option<i64> {
        if self.engine.assumptions.holds(Assumption::LimitsSayNothingOfTime) {
            return None;
        }
        let first = self.calls.get(&site)?.front()?;
        let passed = first.duration_until(self.engine.now());
        Some(MINUTE.as_secs() - passed.as_secs())
    }

    /// Whether the site may have another call in this minute, which is counted then.
    pub(crate) fn may_call(&mut self, site: Uuid) -> bool {
        let Some(limit) = self.calls_per_minute.filter(|limit| *limit > 0) else { return true };
        let now = self.engine.now();
        let calls = self.calls.entry(site).or_default();
        while calls.front().is_some_and(|first| first.duration_until(now) >= MINUTE) {
            calls.pop_front();
        }
        if calls.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return false;
        }
        calls.push_back(now);
        true
    }
}
