use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::pin::Pin;

use super::arrivals::{Arrival, Mark, Store};
use super::body::{BodyError, Event};
use super::delivery::Delivery;

type Failure = Box<dyn Error + Send + Sync>;
type Doing<'d, T> = Pin<Box<dyn Future<Output = Result<T, DispatchError>> + Send + 'd>>;
type Handle = Box<dyn Fn(Delivery) -> Doing<'static, ()> + Send + Sync>;

/// What an app does with each event that it knows.
///
/// An event that has no handler is answered all the same: Wix may send it for years, and would take
/// anything else for a failure and send it again. So is one that comes a second time, where
/// [`Handlers::once`] says who remembers.
///
/// Wix waits 1250 ms for an answer. What may take longer goes into a queue of the app's own, and the
/// handler returns.
///
/// ```
/// # use std::convert::Infallible;
/// # use serde::Deserialize;
/// # use trigger_core::webhook::Event;
/// # #[derive(Default, Deserialize)]
/// # #[serde(rename_all = "camelCase", default)]
/// # struct EventPublished { status: Option<String> }
/// # impl Event for EventPublished {
/// #     const TYPE: &'static str = "wix.events.events.v3.event_published";
/// # }
/// use trigger_core::webhook::{Delivery, Handlers, Recent};
///
/// fn handlers() -> Handlers {
///     Handlers::new().once(Recent::new(10_000)).on::<EventPublished>(|event, delivery| async move {
///         println!("{:?} is {:?}", delivery.entity_id, event.status);
///         Ok::<(), Infallible>(())
///     })
/// }
///
/// async fn answer(handlers: &Handlers, delivery: Delivery) -> u16 {
///     match handlers.dispatch(delivery).await {
///         Ok(_) => 200, // handled, handled before, or unknown
///         Err(_) => 500, // so that Wix sends it again
///     }
/// }
/// ```
#[derive(Default)]
pub struct Handlers {
    by_type: HashMap<&'static str, Handle>,
    store: Option<Box<dyn AnyStore>>,
}

/// What handles an event: a function, or a closure, that takes it with its delivery and returns a
/// future of a `Result<(), _>`.
///
/// ```
/// use std::io;
/// use trigger_core::webhook::{Delivery, Event, Handlers};
/// # #[derive(Default, serde::Deserialize)]
/// # #[serde(rename_all = "camelCase", default)]
/// # struct EventPublished { status: Option<String> }
/// # impl Event for EventPublished {
/// #     const TYPE: &'static str = "wix.events.events.v3.event_published";
/// # }
///
/// async fn published(event: EventPublished, delivery: Delivery) -> Result<(), io::Error> {
///     Ok(())
/// }
///
/// let handlers = Handlers::new().on::<EventPublished>(published);
/// ```
pub trait Handler<E>:
    Fn(E, Delivery) -> <Self as Handler<E>>::Handling + Send + Sync + 'static
{
    /// The future that handles an event.
    type Handling: Future<Output = Result<(), Self::Error>> + Send + 'static;
    /// Why that failed.
    type Error: Into<Failure>;
}

impl<E, F, H, X> Handler<E> for F
where
    F: Fn(E, Delivery) -> H + Send + Sync + 'static,
    H: Future<Output = Result<(), X>> + Send + 'static,
    X: Into<Failure>,
{
    type Handling = H;
    type Error = X;
}

impl Handlers {
    /// Handlers of no event.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Handles the events of this type so; in the place of an earlier handler of the same.
    #[must_use]
    pub fn on<E: Event + 'static>(mut self, handler: impl Handler<E>) -> Self {
        let handle = move |delivery: Delivery| -> Doing<'static, ()> {
            let event = match delivery.body::<E>() {
                Ok(event) => event,
                Err(error) => return Box::pin(async { Err(DispatchError::Body(error)) }),
            };
            let handling = handler(event, delivery);
            Box::pin(async { handling.await.map_err(|error| DispatchError::Handler(error.into())) })
        };
        self.by_type.insert(E::TYPE, Box::new(handle));
        self
    }

    /// Handles no delivery a second time that this store remembers, and tells a handler, in
    /// [`Delivery::overtaken_by`], if a later event of the same entity came first.
    ///
    /// A delivery counts as handled when its handler succeeds. If it comes again while that runs, or
    /// after a crash, it is handled again: what a handler does should be safe to do twice.
    #[must_use]
    pub fn once(mut self, store: impl Store) -> Self {
        self.store = Some(Box::new(store));
        self
    }

    /// Gives a delivery to the handler of its type, if there is one.
    ///
    /// # Errors
    ///
    /// [`DispatchError`] if the handler or the store fails, or if the body of the event does not fit
    /// its type. Whoever answers 200 only where there is no error is sent the delivery again.
    pub async fn dispatch(&self, mut delivery: Delivery) -> Result<Dispatched, DispatchError> {
        let Some(handle) = self.by_type.get(delivery.event_type.as_str()) else {
            return Ok(Dispatched::Unknown);
        };
        let Some(store) = &self.store else {
            handle(delivery).await?;
            return Ok(Dispatched::Handled);
        };
        let mark = delivery.mark();
        match store.arrival(&mark).await? {
            Arrival::New => {}
            Arrival::Repeated => return Ok(Dispatched::Repeated),
            Arrival::Late { last } => delivery.overtaken_by = Some(last),
        }
        handle(delivery).await?;
        store.handled(&mark).await?;
        Ok(Dispatched::Handled)
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut types: Vec<_> = self.by_type.keys().collect();
        types.sort_unstable();
        formatter.debug_struct("Handlers").field("types", &types).finish_non_exhaustive()
    }
}

/// What became of a delivery; each is to be answered with 200.
///
/// ```
/// use trigger_core::webhook::{Delivery, DispatchError, Dispatched, Handlers};
///
/// async fn count(handlers: &Handlers, delivery: Delivery) -> Result<u32, DispatchError> {
///     Ok(u32::from(handlers.dispatch(delivery).await? == Dispatched::Handled))
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dispatched {
    /// The handler of its type succeeded.
    Handled,
    /// It was handled before.
    Repeated,
    /// Its type has no handler.
    Unknown,
}

/// Why a delivery was not handled.
///
/// ```
/// use trigger_core::webhook::DispatchError;
///
/// fn tell(error: &DispatchError) {
///     match error {
///         DispatchError::Body(body) => eprintln!("our type does not fit: {body}"),
///         error => eprintln!("{error}; Wix will send it again"),
///     }
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DispatchError {
    /// The body does not fit the type of the event.
    #[error("the event cannot be read")]
    Body(#[source] BodyError),
    /// The handler failed.
    #[error("the event could not be handled")]
    Handler(#[source] Failure),
    /// The store that remembers events failed.
    #[error("whether the event came before is not known")]
    Store(#[source] Failure),
}

/// Any store, behind a pointer.
trait AnyStore: Send + Sync {
    fn arrival<'s>(&'s self, mark: &'s Mark) -> Doing<'s, Arrival>;
    fn handled<'s>(&'s self, mark: &'s Mark) -> Doing<'s, ()>;
}

impl<S: Store> AnyStore for S {
    fn arrival<'s>(&'s self, mark: &'s Mark) -> Doing<'s, Arrival> {
        Box::pin(async { Store::arrival(self, mark).await.map_err(store_failed) })
    }

    fn handled<'s>(&'s self, mark: &'s Mark) -> Doing<'s, ()> {
        Box::pin(async { Store::handled(self, mark).await.map_err(store_failed) })
    }
}

fn store_failed(error: impl Into<Failure>) -> DispatchError {
    DispatchError::Store(error.into())
}
