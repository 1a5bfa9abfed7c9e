use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ring::digest::{SHA256, digest};

/// What tells a delivery from all others, and its place among those of its entity.
///
/// [`Delivery::mark`](super::Delivery::mark) makes it; its texts fit columns of a table.
///
/// ```
/// use trigger_core::webhook::Delivery;
///
/// fn primary_key(delivery: &Delivery) -> Option<String> {
///     delivery.mark().event_id
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mark {
    /// The id of the event; without one, it is always new.
    pub event_id: Option<String>,
    /// The entity, by its instance, kind and id.
    pub entity: Option<String>,
    /// The event's number among those of its entity.
    pub sequence: Option<i64>,
}

/// How a delivery stands to those that were handled.
///
/// ```
/// use trigger_core::webhook::{Arrival, Delivery, Recent};
///
/// fn is_news(recent: &Recent, delivery: &Delivery) -> bool {
///     recent.look(&delivery.mark()) == Arrival::New
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Arrival {
    /// It is the first of its id, and the last of its entity.
    New,
    /// Its id was handled.
    Repeated,
    /// It is the first of its id, but a later event of its entity was handled.
    Late {
        /// The number of the latest.
        last: i64,
    },
}

/// What remembers the events that were handled: an app's own database, say, which several processes
/// share and which outlives them.
///
/// ```
/// use std::convert::Infallible;
/// use std::sync::Mutex;
/// use trigger_core::webhook::{Arrival, Mark, Store};
///
/// /// In the place of a table with the id as its key.
/// #[derive(Default)]
/// struct Table(Mutex<Vec<Mark>>);
///
/// impl Store for Table {
///     type Error = Infallible;
///
///     async fn arrival(&self, mark: &Mark) -> Result<Arrival, Infallible> {
///         let rows = self.0.lock().unwrap();
///         if mark.event_id.is_some() && rows.iter().any(|row| row.event_id == mark.event_id) {
///             return Ok(Arrival::Repeated);
///         }
///         let of_entity = rows.iter().filter(|row| mark.entity.is_some() && row.entity == mark.entity);
///         let last = of_entity.filter_map(|row| row.sequence).max();
///         Ok(match (last, mark.sequence) {
///             (Some(last), Some(this)) if this < last => Arrival::Late { last },
///             _ => Arrival::New,
///         })
///     }
///
///     async fn handled(&self, mark: &Mark) -> Result<(), Infallible> {
///         self.0.lock().unwrap().push(mark.clone());
///         Ok(())
///     }
/// }
/// ```
pub trait Store: Send + Sync + 'static {
    /// Why the store could not be asked.
    type Error: Error + Send + Sync + 'static;

    /// How an event that has come stands to those that were handled. It changes nothing: the event
    /// may still fail, and come again.
    fn arrival(&self, mark: &Mark) -> impl Future<Output = Result<Arrival, Self::Error>> + Send;

    /// Remembers an event that was handled.
    fn handled(&self, mark: &Mark) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// A [`Store`] in memory, for one process: it remembers at least so many events, those that were
/// handled last, and forgets them when the process ends.
///
/// Wix sends an event again for two days at most. However long the ids are, an event takes some
/// hundred bytes.
///
/// ```
/// use trigger_core::webhook::{Arrival, Delivery, Recent};
///
/// fn handle(recent: &Recent, delivery: &Delivery) {
///     let mark = delivery.mark();
///     if recent.look(&mark) == Arrival::New {
///         // …
///         recent.remember(&mark);
///     }
/// }
/// ```
pub struct Recent {
    memory: Mutex<Memory>,
}

struct Memory {
    events: Generations<()>,
    /// The last number of each entity.
    entities: Generations<i64>,
}

impl Recent {
    /// Remembers at least this many events, and at most twice as many.
    #[must_use]
    pub fn new(events: usize) -> Self {
        let memory =
            Memory { events: Generations::new(events), entities: Generations::new(events) };
        Self { memory: Mutex::new(memory) }
    }

    /// How an event stands to those that are remembered.
    pub fn look(&self, mark: &Mark) -> Arrival {
        let memory = self.memory();
        let event = mark.event_id.as_deref().map(fingerprint);
        if event.is_some_and(|event| memory.events.get(event).is_some()) {
            return Arrival::Repeated;
        }
        let entity = mark.entity.as_deref().map(fingerprint);
        match (entity.and_then(|entity| memory.entities.get(entity)), mark.sequence) {
            (Some(&last), Some(sequence)) if sequence < last => Arrival::Late { last },
            _ => Arrival::New,
        }
    }

    /// Remembers an event.
    pub fn remember(&self, mark: &Mark) {
        let mut memory = self.memory();
        if let Some(id) = &mark.event_id {
            memory.events.insert(fingerprint(id), ());
        }
        if let (Some(entity), Some(sequence)) = (&mark.entity, mark.sequence) {
            let entity = fingerprint(entity);
            let last = memory.entities.get(entity).copied().unwrap_or(sequence);
            memory.entities.insert(entity, last.max(sequence));
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Nothing in here panics half-way.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recent").finish_non_exhaustive()
    }
}

impl Store for Recent {
    type Error = Infallible;

    async fn arrival(&self, mark: &Mark) -> Result<Arrival, Infallible> {
        Ok(self.look(mark))
    }

    async fn handled(&self, mark: &Mark) -> Result<(), Infallible> {
        self.remember(mark);
        Ok(())
    }
}

/// Half of a SHA-256, so that a long text takes no more room than a short one.
fn fingerprint(text: &str) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&digest(&SHA256, text.as_bytes()).as_ref()[..16]);
    half
}

/// A map that forgets: when the young ones are as many as are to be kept, they become the old ones,
/// and the old ones go.
struct Generations<V> {
    size: usize,
    young: HashMap<[u8; 16], V>,
    old: HashMap<[u8; 16], V>,
}

impl<V> Generations<V> {
    fn new(size: usize) -> Self {
        Self { size: size.max(1), young: HashMap::new(), old: HashMap::new() }
    }

    fn get(&self, key: [u8; 16]) -> Option<&V> {
        self.young.get(&key).or_else(|| self.old.get(&key))
    }

    fn insert(&mut self, key: [u8; 16], value: V) {
        if self.young.len() >= self.size && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}
