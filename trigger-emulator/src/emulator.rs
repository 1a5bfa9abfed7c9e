mod builder;
mod webhooks;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use trigger_core::Trigger;
use trigger_core::report::{App, Instance, Request, Response, Sending, Transport, TransportError};
use uuid::Uuid;

use crate::automation::AutomationHandle;
use crate::clock::Clock;
#[cfg(feature = "cli")]
use crate::config::{Base, SetUp};
use crate::engine::Automation;
use crate::expect::{Actions, Events, Expectation};
use crate::fault::Fault;
use crate::http::Cut;
use crate::journal::StateError;
use crate::reach::Reach;
use crate::state::{Running, Shared, State};
pub use builder::{Builder, StartError};

/// The site of [`Emulator::instance`].
pub(crate) const SITE: Uuid = Uuid::from_u128(0xb001);

/// The app of [`Emulator::instance`].
pub(crate) const APP: &str = "an-emulated-app";

/// How long it sleeps before it looks at the system's clock again, which goes on while the machine is
/// suspended and may be set.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// What the emulator answers with at most, in bytes; everything that it holds is less in a test.
const MAX_ANSWER: usize = 64 << 20;

/// Wix Automations in this process: see [the crate](crate).
///
/// It serves on a port of this machine until it is dropped. Several in one process have nothing in
/// common.
#[derive(Debug)]
pub struct Emulator {
    shared: Arc<Shared>,
    pub(crate) router: Router,
    /// The app of `instance` and `instance_of`, which has one token for each site.
    app: App,
    address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
    /// What a configuration is laid over.
    #[cfg(feature = "cli")]
    base: Base,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Shared")
            .field("now", &self.read(State::now))
            .finish_non_exhaustive()
    }
}

impl Emulator {
    /// An emulator for a test: of the triggers that are linked into the program, its clock frozen at
    /// now, without a limit of calls, on a port that is free.
    ///
    /// # Errors
    ///
    /// [`StartError`].
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// An emulator of another kind.
    ///
    /// ```
    /// use trigger_emulator::{Assumption, Emulator};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::builder()
    ///     .at("2026-03-02T09:00:00Z".parse()?)
    ///     .time_zone("Europe/Berlin")?
    ///     .assume(Assumption::FormatsAreEnforced, false)
    ///     .start()
    ///     .await?;
    /// assert!(wix.address().ip().is_loopback());
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Where it serves.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock(Arc::clone(&self.shared))
    }

    /// A site for the typed report function: it calls this emulator without a socket, has its clock,
    /// and no limit of its own.
    #[must_use]
    pub fn instance(&self) -> Instance {
        self.instance_of(SITE)
    }

    /// Another site, by its instance id.
    #[must_use]
    pub fn instance_of(&self, id: Uuid) -> Instance {
        self.app.instance(id)
    }

    /// An app that calls this emulator, where one has several.
    ///
    /// # Panics
    ///
    /// If the id or the secret is empty.
    #[must_use]
    pub fn app(&self, id: &str, secret: &str) -> App {
        client(&self.shared, &self.router, id, secret)
    }

    /// Sets up an automation of this name for the events of a trigger. It takes the place of the one
    /// that the trigger has of this name: what that activated goes on as it was.
    ///
    /// # Panics
    ///
    /// If the emulator does not have the trigger.
    #[track_caller]
    pub fn automation<T: Trigger>(&self, name: &str) -> AutomationHandle {
        let key = T::SPEC.key();
        let index = self.shared.act(|state| {
            state.engine.trigger(key)?;
            Some(state.engine.add_automation(Automation::new(name, key)))
        });
        let Some(index) = index else { panic!("the emulator has no trigger `{key}`") };
        AutomationHandle { shared: Arc::clone(&self.shared), index }
    }

    /// The events of a trigger that were reported.
    ///
    /// # Panics
    ///
    /// If there is none, at once: [`expect_no_event`](Self::expect_no_event) expects that, and no
    /// `times(0)`. The message tells what was reported.
    #[track_caller]
    pub fn expect_event<T: Trigger>(&self) -> Events {
        Expectation::new(&self.shared).events(T::SPEC.key())
    }

    /// No event of a trigger was reported.
    ///
    /// # Panics
    ///
    /// If one was: the message tells what was reported.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use trigger_emulator::Emulator;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "class_full")]
    /// # struct ClassFull { seats: u32 }
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "class_canceled")]
    /// # struct ClassCanceled { seats: u32 }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::start().await?;
    /// ClassFull { seats: 12 }.report(&wix.instance()).await?;
    /// wix.expect_no_event::<ClassCanceled>();
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn expect_no_event<T: Trigger>(&self) {
        Expectation::new(&self.shared).no_event(T::SPEC.key(), None);
    }

    /// No event of a trigger was reported with this `externalEntityId`.
    ///
    /// # Panics
    ///
    /// If one was: the message tells what was reported.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use trigger_emulator::Emulator;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "class_moved", entity_id = id)]
    /// # struct ClassMoved { id: Uuid }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::start().await?;
    /// let [pottery, weaving] = [1, 2].map(Uuid::from_u128);
    /// ClassMoved { id: pottery }.report(&wix.instance()).await?;
    /// wix.expect_no_event_for::<ClassMoved>(weaving);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn expect_no_event_for<T: Trigger>(&self, id: Uuid) {
        Expectation::new(&self.shared).no_event(T::SPEC.key(), Some(id));
    }

    /// The actions of this name that ran, whatever automation they are of.
    ///
    /// # Panics
    ///
    /// If there is none, at once: [`expect_no_action`](Self::expect_no_action) and
    /// [`expect_nothing_ran`](Self::expect_nothing_ran) expect that, and no `times(0)`. The message
    /// tells what did happen, or what actions there are if no automation has one of this name.
    #[track_caller]
    pub fn expect_action(&self, name: &str) -> Actions {
        Expectation::new(&self.shared).actions(name)
    }

    /// # Panics
    ///
    /// If an action of this name ran for this id, or no automation has one of this name.
    #[track_caller]
    pub fn expect_no_action(&self, name: &str, id: Uuid) {
        Expectation::new(&self.shared).no_action(name, id);
    }

    /// No action ran for an event that was reported with this id, of whatever trigger and automation.
    /// With [`expect_nothing_pending`](Self::expect_nothing_pending), none will: it was skipped,
    /// canceled, or failed.
    ///
    /// # Panics
    ///
    /// If one ran.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use trigger_emulator::Emulator;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "class_overbooked", entity_id = id)]
    /// # struct ClassOverbooked { id: Uuid, seats: u32 }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::start().await?;
    /// wix.automation::<ClassOverbooked>("Book a larger room").when("seats", [12]);
    /// let id = Uuid::from_u128(1);
    /// ClassOverbooked { id, seats: 5 }.report(&wix.instance()).await?;
    /// wix.expect_event::<ClassOverbooked>().for_entity(id);
    /// wix.expect_nothing_ran(id);
    /// wix.expect_nothing_pending(id);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn expect_nothing_ran(&self, id: Uuid) {
        Expectation::new(&self.shared).nothing_ran(id);
    }

    /// # Panics
    ///
    /// If an activation waits whose event was reported with this id: for its time, or to post again.
    #[track_caller]
    pub fn expect_nothing_pending(&self, id: Uuid) {
        Expectation::new(&self.shared).nothing_pending(id);
    }

    /// What cancels of this trigger and external entity id would stop, of all apps and sites, and a
    /// warning where events that one cancel reaches differ in what their payloads say they are about.
    ///
    /// # Panics
    ///
    /// If the emulator does not have the trigger.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use trigger_emulator::Emulator;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[serde(rename_all = "camelCase")]
    /// # #[trigger(key = "installment_due", scheduled_at = due_at, entity_id = customer_id)]
    /// # struct InstallmentDue { customer_id: Uuid, invoice_id: Uuid, due_at: jiff::Timestamp }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::builder().at("2026-03-02T09:00:00Z".parse()?).start().await?;
    /// let customer_id = Uuid::from_u128(1);
    /// for invoice in [7, 8] {
    ///     let invoice_id = Uuid::from_u128(invoice);
    ///     let due_at = "2026-03-30T22:00:00Z".parse()?;
    ///     InstallmentDue { customer_id, invoice_id, due_at }.report(&wix.instance()).await?;
    /// }
    /// // Who pays one invoice would cancel the reminders of all that the customer has.
    /// let reach = wix.cancel_reach::<InstallmentDue>(customer_id);
    /// assert_eq!(reach.events.len(), 2);
    /// assert!(reach.warnings[0].contains("differ in `invoiceId`"));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn cancel_reach<T: Trigger>(&self, id: Uuid) -> Reach {
        let key = T::SPEC.key();
        let reach = self.shared.act(|state| Reach::of(&state.engine, key, id, None, None));
        let Some(reach) = reach else { panic!("the emulator has no trigger `{key}`") };
        reach
    }

    /// Has calls that report or cancel events meet a fault from now on.
    ///
    /// # Panics
    ///
    /// If it could never strike, for the emulator does not have its trigger, if it has a seed and
    /// nothing to choose, or if a hundred are in force.
    #[track_caller]
    pub fn inject(&self, fault: Fault) {
        if let Err(words) = self.shared.act(|state| state.inject(fault)) {
            panic!("{words}");
        }
    }

    /// Has calls meet no faults any more.
    pub fn clear_faults(&self) {
        self.shared.act(|state| state.faults.clear());
    }

    /// All that happened, a line for each thing: what failures of the expectations show.
    #[must_use]
    pub fn history(&self) -> String {
        Expectation::new(&self.shared).whole_history()
    }

    /// Forgets all that happened, and keeps automations, triggers and the clock.
    pub fn reset(&self) {
        self.shared.act(State::reset);
    }

    /// All that happened and all that is set up, as a text for [`load`](Self::load): automations,
    /// events with what they have still to do, webhooks, idempotency keys and the clock. Tokens are not in it,
    /// nor what the builder was told.
    ///
    /// ```
    /// use trigger_emulator::Emulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::start().await?;
    /// let state = wix.save();
    /// let another = Emulator::start().await?;
    /// another.load(&state)?;
    /// assert_eq!(another.save(), state);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn save(&self) -> String {
        // What the engine holds can be written as JSON: its maps have no keys but texts.
        self.shared.act(|state| state.save()).unwrap_or_default()
    }

    /// Takes a state in the place of its own. What was sent and not answered is sent again.
    ///
    /// # Errors
    ///
    /// [`StateError`] if no emulator wrote the text. Nothing is changed then. Of a trigger that this
    /// one does not have, what was reported goes on, and nothing more can be.
    pub fn load(&self, state: &str) -> Result<(), StateError> {
        self.shared.act(|own| own.load(state))
    }

    /// Does again what [`Builder::record`] wrote: how many things that are. A fresh emulator of the
    /// same triggers has the same state then. Only what was under way at the end is sent once more.
    ///
    /// # Errors
    ///
    /// [`StateError`] if no emulator wrote the text. What stands before that line was done.
    pub fn replay(&self, history: &str) -> Result<usize, StateError> {
        self.shared.act(|state| state.replay(history))
    }

    /// Waits until no post of an action and no delivery of a webhook is under way. Those that failed
    /// wait for the clock.
    pub async fn posts_answered(&self) {
        self.shared.letters.all_answered().await;
    }

    /// What sets it up anew while it serves.
    #[cfg(feature = "cli")]
    pub(crate) fn set_up(&self) -> SetUp {
        SetUp { shared: Arc::clone(&self.shared), base: self.base.clone() }
    }

    /// Serves for ever, or until whoever waits for this does no longer.
    pub async fn wait(&self) {
        std::future::pending::<()>().await;
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// An app that calls the emulator without a socket, with its clock and no limit of its own.
fn client(shared: &Arc<Shared>, router: &Router, id: &str, secret: &str) -> App {
    let shared = Arc::clone(shared);
    let app = App::builder(id, secret).transport(InMemory(router.clone()));
    let app = app.calls_per_minute(u32::MAX).clock(move || shared.read(State::now).into());
    app.build().expect("an id and a secret")
}

/// Does what is to be done when its time has come, while the clock goes.
async fn keep_time(shared: Arc<Shared>) {
    loop {
        let next = shared.read(|state| match state.clock {
            Running::Frozen => None,
            Running::Ahead(_) => {
                let wait = state.now().duration_until(state.engine.next_due()?);
                Some(Duration::try_from(wait).unwrap_or_default().min(LONGEST_SLEEP))
            }
        });
        match next {
            None => shared.changed.notified().await,
            Some(wait) => {
                let changed = shared.changed.notified();
                if tokio::time::timeout(wait, changed).await.is_err() {
                    shared.act(|_| ());
                }
            }
        }
    }
}

/// Calls the emulator without a socket.
struct InMemory(Router);

impl Transport for InMemory {
    fn send(&self, request: Request) -> Sending<'_> {
        let request = request.map(|body| axum::body::Body::from(Vec::from(body)));
        Box::pin(answer(self.0.clone(), request))
    }
}

async fn answer(
    router: Router,
    request: axum::extract::Request,
) -> Result<Response, TransportError> {
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let (parts, body) = response.into_parts();
    if parts.extensions.get::<Cut>().is_some() {
        return Err(TransportError::connection("the emulator cut the connection"));
    }
    let body = to_bytes(body, MAX_ANSWER).await.map_err(TransportError::answer)?;
    Ok(Response::from_parts(parts, body.to_vec()))
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use axum::routing::post;

    use super::*;

    #[tokio::test]
    async fn a_cut_connection_is_lost_without_a_socket() {
        let router = Router::new()
            .route("/cut", post(async || (Extension(Cut), "never sent")))
            .route("/sent", post(async || "sent"));
        let send = |path: &str| {
            let request = axum::extract::Request::post(path).body(axum::body::Body::empty());
            answer(router.clone(), request.expect("a request"))
        };
        assert_eq!(send("/sent").await.expect("an answer").body(), b"sent");
        let error = send("/cut").await.expect_err("no answer");
        assert!(matches!(error, TransportError::Connection(_)), "{error:?}");
    }
}
