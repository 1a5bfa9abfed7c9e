//! What one emulator holds, and the one way to it.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::access::{self, AccessError, AppAccess};
use crate::assumption::Assumption;
use crate::engine::Engine;
use crate::fault::{Fault, Faults};
use crate::journal;
use crate::local::LocalUrl;
use crate::page::Mark;
use crate::posts::Letterbox;
use crate::refused::Refused;
use crate::trigger::TriggerDefinition;
use crate::view;

/// How long a token is taken (Wix's reference).
pub(crate) const TOKEN_SECONDS: i64 = 14_400;

/// How many tokens there are at most: an app that takes a new one for each call has some of its calls
/// refused if they take longer than ten thousand others.
const MOST_TOKENS: usize = 10_000;

/// How many sites' calls are counted before those are dropped that had none in this minute.
const MOST_SITES: usize = 10_000;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

pub(crate) struct Shared {
    state: Mutex<State>,
    /// The clock was turned, or something else is to be done next.
    pub(crate) changed: Notify,
    /// What is to be sent.
    pub(crate) letters: Letterbox,
    /// How far it is, for those who look on.
    pub(crate) mark: watch::Sender<Mark>,
    /// Who is told, in words, what happens.
    observer: Option<Observer>,
}

pub(crate) type Observer = Box<dyn Fn(&str) + Send + Sync>;

pub(crate) struct State {
    pub(crate) engine: Engine,
    pub(crate) clock: Running,
    pub(crate) apps: Option<Vec<AppAccess>>,
    pub(crate) calls_per_minute: Option<u32>,
    /// The limit while the clock goes, if nobody said one: a minute ends on no clock that stands.
    pub(crate) calls_per_running_minute: Option<u32>,
    /// Whether it listens where others than this machine reach it.
    pub(crate) is_reached_from_elsewhere: bool,
    pub(crate) faults: Faults,
    /// Where webhooks go, if nobody says otherwise.
    pub(crate) webhooks_to: Option<LocalUrl>,
    /// The calls that were not taken, for who looks for a mistake.
    pub(crate) refused: Refused,
    /// How often it was set up anew.
    pub(crate) set_up: u64,
    /// Where what is done is written.
    pub(crate) record: Option<Box<dyn io::Write + Send>>,
    tokens: HashMap<String, Token>,
    /// All of them, the first first.
    token_order: VecDeque<String>,
    calls: HashMap<Uuid, VecDeque<Timestamp>>,
}

/// Whom a token is of.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    until: Timestamp,
}

/// A clock that stands still, or goes as the system's does, so much ahead of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Running {
    Frozen,
    Ahead(SignedDuration),
}

impl Running {
    pub(crate) fn from(now: Timestamp) -> Self {
        Self::Ahead(Timestamp::now().duration_until(now))
    }

    /// What the clock shows, which showed this before: it never goes back, though the system's may.
    fn now(self, before: Timestamp) -> Timestamp {
        match self {
            Self::Frozen => before,
            Self::Ahead(by) => {
                Timestamp::now().checked_add(by).unwrap_or(Timestamp::MAX).max(before)
            }
        }
    }
}

impl Shared {
    pub(crate) fn new(state: State, letters: Letterbox, observer: Option<Observer>) -> Self {
        let mark = watch::Sender::new(Mark::of(&state));
        Self { state: Mutex::new(state), changed: Notify::new(), letters, mark, observer }
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
        let goes = matches!(state.clock, Running::Ahead(_));
        self.letters.send(state.engine.take_letters());
        self.mark_for_those_who_look(&state);
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

    /// Tells how far it is, if anybody looks on.
    fn mark_for_those_who_look(&self, state: &State) {
        if self.mark.receiver_count() > 0 {
            let mark = Mark::of(state);
            self.mark.send_if_modified(|last| std::mem::replace(last, mark) != mark);
        }
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
        Self {
            engine,
            clock,
            apps: None,
            calls_per_minute: None,
            calls_per_running_minute: None,
            is_reached_from_elsewhere: false,
            faults: Faults::default(),
            webhooks_to: None,
            refused: Refused::default(),
            set_up: 0,
            record: None,
            tokens: HashMap::new(),
            token_order: VecDeque::new(),
            calls: HashMap::new(),
        }
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
        self.refused = Refused::default();
        self.forget_calls();
    }

    /// Forgets tokens and calls, whose times are not those of the clock as it stands now. Tokens are
    /// in no state that is saved, either: they are credentials.
    pub(crate) fn forget_calls(&mut self) {
        self.tokens.clear();
        self.token_order.clear();
        self.calls.clear();
    }

    /// A new token, if the app may have one for this site.
    pub(crate) fn token(
        &mut self,
        app: &str,
        secret: &str,
        site: Uuid,
    ) -> Result<String, AccessError> {
        match &self.apps {
            Some(apps) => access::check(apps, app, secret, site)?,
            None => access::check_length(app)?,
        }
        Ok(self.give_token(app, site))
    }

    /// A new token for the page, which knows no secret: whoever reaches it may turn the clock and read
    /// all payloads already.
    pub(crate) fn token_of_page(&mut self, app: &str, site: Uuid) -> Result<String, AccessError> {
        match &self.apps {
            Some(apps) => access::check_instance(apps, app, site)?,
            None => access::check_length(app)?,
        }
        Ok(self.give_token(app, site))
    }

    pub(crate) fn give_token(&mut self, app: &str, site: Uuid) -> String {
        let now = self.engine.now();
        self.drop_tokens(now);
        let until = now.saturating_add(SignedDuration::from_secs(TOKEN_SECONDS));
        let until = until.unwrap_or(Timestamp::MAX);
        let value = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.tokens.insert(value.clone(), Token { app: app.into(), site, until });
        self.token_order.push_back(value.clone());
        value
    }

    /// Drops the tokens that have expired, and the oldest ones of too many.
    fn drop_tokens(&mut self, now: Timestamp) {
        while let Some(first) = self.token_order.front() {
            let is_good = self.tokens.get(first).is_some_and(|token| token.until > now);
            if is_good && self.token_order.len() < MOST_TOKENS {
                break;
            }
            self.tokens.remove(first);
            self.token_order.pop_front();
        }
    }

    /// Takes a token no more.
    pub(crate) fn expire(&mut self, token: &str) {
        self.tokens.remove(token);
    }

    /// Injects a fault, if it can ever strike.
    pub(crate) fn inject(&mut self, fault: Fault) -> Result<(), String> {
        let Self { engine, faults, .. } = self;
        // Those that are gone are known for what was reported for them.
        let keys = engine.triggers().iter().map(TriggerDefinition::key);
        faults.inject(fault, keys.filter(|key| engine.trigger(key).is_some()))
    }

    /// Whom this token is of, while it is taken.
    pub(crate) fn bearer(&self, token: &str) -> Option<Token> {
        self.tokens.get(token).filter(|token| token.until > self.engine.now()).cloned()
    }

    /// Whether the app has a trigger of this key, or nobody says which it has. One that is listed no
    /// longer has none, though its tokens may be good yet.
    pub(crate) fn has_trigger(&self, app: &str, key: &str) -> bool {
        let Some(apps) = &self.apps else { return true };
        let mut its = apps.iter().filter(|it| it.id == app);
        its.any(|it| it.triggers.as_ref().is_none_or(|keys| keys.iter().any(|own| own == key)))
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
        let goes = matches!(self.clock, Running::Ahead(_));
        let limit = self.calls_per_minute.or(self.calls_per_running_minute.filter(|_| goes));
        let Some(limit) = limit.filter(|limit| *limit > 0) else { return true };
        let now = self.engine.now();
        if self.calls.len() >= MOST_SITES && !self.calls.contains_key(&site) {
            self.calls.retain(|_, calls| {
                calls.back().is_some_and(|last| last.duration_until(now) < MINUTE)
            });
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State::new(Engine::new(Timestamp::UNIX_EPOCH, Vec::new()), Running::Frozen)
    }

    #[test]
    fn the_oldest_of_too_many_tokens_is_good_no_more() {
        let mut state = state();
        let mut token = || state.token("app", "secret", Uuid::nil()).expect("a token");
        let first = token();
        let second = token();
        for _ in 2..=MOST_TOKENS {
            token();
        }
        assert!(state.bearer(&first).is_none());
        assert!(state.bearer(&second).is_some());
        assert_eq!(state.tokens.len(), MOST_TOKENS);
        state.engine.advance(state.now() + SignedDuration::from_secs(TOKEN_SECONDS));
        state.token("app", "secret", Uuid::nil()).expect("a token");
        assert_eq!((state.tokens.len(), state.token_order.len()), (1, 1));
    }

    #[test]
    fn the_calls_of_a_minute_are_counted_for_as_long() {
        let mut state = state();
        state.calls_per_minute = Some(1);
        for site in 0..MOST_SITES {
            assert!(state.may_call(Uuid::from_u128(site as u128)));
        }
        assert!(!state.may_call(Uuid::nil()));
        state.engine.advance(state.now() + MINUTE);
        assert!(state.may_call(Uuid::max()));
        assert_eq!(state.calls.len(), 1);
    }

    #[test]
    fn a_clock_does_not_go_back_with_the_systems() {
        let behind = Running::Ahead(SignedDuration::from_hours(-1));
        let now = Timestamp::now();
        assert_eq!(behind.now(now), now);
        assert!(Running::from(now).now(Timestamp::MIN) >= now);
    }
}
