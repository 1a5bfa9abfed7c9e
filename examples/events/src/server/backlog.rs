//! What is to be done: the events that have work, with the last change of each.
//!
//! A change takes the place of one that waits, for it says all that is to be of its event. So there is
//! never more here than one change for each event that has work, besides those that are being made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quick_cache::unsync::Cache;
use tokio::sync::Notify;
use uuid::Uuid;

use super::change::{Change, EventKey, Wanted};
use super::known::{Known, Scheduled};

/// Of how many events that have no work it is remembered what is known. Each takes some hundred
/// bytes; what was forgotten is canceled once more than is needed, when it changes.
const REMEMBERED: usize = 100_000;

pub(super) struct Backlog {
    room: usize,
    state: Mutex<State>,
    emptied: Notify,
}

struct State {
    is_closed: bool,
    open: HashMap<EventKey, Open>,
    /// The events that have no work.
    rest: Cache<EventKey, Known>,
}

/// An event that has work.
struct Open {
    known: Known,
    /// What is to be done when that which is being done is over.
    next: Option<Wanted>,
    news: Arc<Notify>,
}

impl State {
    fn has_next(&self, key: EventKey) -> bool {
        self.open.get(&key).is_some_and(|open| open.next.is_some())
    }
}

impl Open {
    fn join(&mut self, change: Change) -> Put {
        if self.known.has_overtaken(&change) {
            return Put::Late;
        }
        self.known.follow(&change);
        if let Wanted::AsItIs(_) = change.wanted {
            return Put::Noted;
        }
        self.next = Some(change.wanted);
        self.news.notify_one();
        Put::Joined
    }
}

/// What became of a change that was taken.
pub(super) enum Put {
    /// Its event had no work: whoever gets this sees to it, and is told of later changes.
    Opened(Arc<Notify>),
    /// Its event has work already, which ends with this.
    Joined,
    /// There is nothing to do.
    Noted,
    /// A later one came first.
    Late,
}

/// Why a change was not taken: it is to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("{room} events have work, and there is room for no more")]
    Full { room: usize },
    #[error("{events} events of its site have work, and the room that is left is for other sites")]
    SiteFull { events: usize },
    #[error("the app is about to end")]
    Closed,
}

impl Backlog {
    pub(super) fn new(room: usize) -> Self {
        let (open, rest) = (HashMap::new(), Cache::new(REMEMBERED));
        let state = Mutex::new(State { is_closed: false, open, rest });
        Self { room, state, emptied: Notify::new() }
    }

    pub(super) fn put(&self, change: Change) -> Result<Put, Refused> {
        let mut state = self.state();
        let State { is_closed, open, rest } = &mut *state;
        if *is_closed {
            return Err(Refused::Closed);
        }
        let key = change.key;
        if let Some(open) = open.get_mut(&key) {
            return Ok(open.join(change));
        }
        let mut known = rest.get(&key).copied().unwrap_or_default();
        if known.has_overtaken(&change) {
            return Ok(Put::Late);
        }
        known.follow(&change);
        if let Wanted::AsItIs(_) = change.wanted {
            rest.insert(key, known);
            return Ok(Put::Noted);
        }
        self.has_room(open, key.site)?;
        let news = Arc::new(Notify::new());
        open.insert(key, Open { known, next: Some(change.wanted), news: Arc::clone(&news) });
        Ok(Put::Opened(news))
    }

    /// A site has no more than it leaves: however many sites fail, there is room for another one.
    fn has_room(&self, open: &HashMap<EventKey, Open>, site: Uuid) -> Result<(), Refused> {
        let left = self.room.saturating_sub(open.len());
        if left == 0 {
            return Err(Refused::Full { room: self.room });
        }
        let events = open.keys().filter(|key| key.site == site).count();
        if events < left { Ok(()) } else { Err(Refused::SiteFull { events }) }
    }

    /// What is to be done next for an event, and what is scheduled for it. If there is nothing, it
    /// has no work any more.
    pub(super) fn next(&self, key: EventKey) -> Option<(Wanted, Scheduled)> {
        let mut state = self.state();
        let open = state.open.get_mut(&key)?;
        if let Some(wanted) = open.next.take() {
            return Some((wanted, open.known.scheduled));
        }
        let known = open.known;
        state.open.remove(&key);
        state.rest.insert(key, known);
        if state.open.is_empty() {
            self.emptied.notify_waiters();
        }
        None
    }

    /// Whether something else is to be done for an event than what is being done.
    pub(super) fn has_next(&self, key: EventKey) -> bool {
        self.state().has_next(key)
    }

    /// Whether an event has no time to wait: something else is to be done, or the app ends.
    pub(super) fn is_urgent(&self, key: EventKey) -> bool {
        let state = self.state();
        state.is_closed || state.has_next(key)
    }

    pub(super) fn book(&self, key: EventKey, scheduled: Scheduled) {
        if let Some(open) = self.state().open.get_mut(&key) {
            open.known.scheduled = scheduled;
        }
    }

    /// Takes no changes from now on. What waits to be tried again is tried now: there is no later.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.open.values().for_each(|open| open.news.notify_one());
    }

    /// Waits until no event has work.
    pub(super) async fn emptied(&self) {
        loop {
            let emptied = self.emptied.notified();
            tokio::pin!(emptied);
            // Before the look, so that nothing is missed in between.
            emptied.as_mut().enable();
            if self.state().open.is_empty() {
                return;
            }
            emptied.await;
        }
    }

    /// The events that have work.
    pub(super) fn left(&self) -> Vec<EventKey> {
        self.state().open.keys().copied().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
