use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use trigger_core::report::{App, Instance, Request, Response, Sending, Transport, TransportError};
use trigger_core::{Trigger, registry};
use uuid::Uuid;

use crate::access::AppAccess;
use crate::assumption::{Assumption, Assumptions};
use crate::automation::AutomationHandle;
use crate::clock::Clock;
#[cfg(feature = "cli")]
use crate::config::{Base, Config, SetUp};
use crate::engine::{Automation, Engine, Settings, Zones};
use crate::expect::{Actions, Events, Expectation};
use crate::fault::Fault;
use crate::http::{self, Cut};
use crate::journal::StateError;
use crate::posts::{Letterbox, deliver};
use crate::reach::Reach;
use crate::server::{self, Gate, Hosts};
use crate::state::{Observer, Running, Shared, State};
use crate::trigger::{DefinitionError, TriggerDefinition};

/// The site of [`Emulator::instance`].
const SITE: Uuid = Uuid::from_u128(0xb001);

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

/// What an [`Emulator`] is made of.
#[must_use]
pub struct Builder {
    now: Option<Timestamp>,
    runs: bool,
    time_zone: TimeZone,
    triggers: Option<Vec<TriggerDefinition>>,
    assumptions: Assumptions,
    apps: Option<Vec<AppAccess>>,
    calls_per_minute: Option<u32>,
    calls_per_running_minute: Option<u32>,
    history: Option<usize>,
    record: Option<Box<dyn io::Write + Send>>,
    listen: IpAddr,
    port: u16,
    hosts: Vec<String>,
    observer: Option<Observer>,
    #[cfg(feature = "cli")]
    config: Option<Config>,
}

/// Why there is no emulator.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A trigger that is linked into the program has no payload schema that can be read.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// The time zone has no such name.
    #[error("there is no time zone `{name}`; one is called `Europe/Berlin`")]
    TimeZone {
        /// What was given.
        name: String,
        /// What is wrong with it.
        source: jiff::Error,
    },
    /// The port is taken, or the address is none of this machine or may not be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address and the port.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
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
        Builder {
            now: None,
            runs: false,
            time_zone: TimeZone::UTC,
            triggers: None,
            assumptions: Assumptions::default(),
            apps: None,
            calls_per_minute: None,
            calls_per_running_minute: None,
            history: None,
            record: None,
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            hosts: Vec::new(),
            observer: None,
            #[cfg(feature = "cli")]
            config: None,
        }
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

    /// Sets up an automation of this name for the events of a trigger.
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
    /// If there is none: the message tells what was reported.
    #[track_caller]
    pub fn expect_event<T: Trigger>(&self) -> Events {
        Expectation::new(&self.shared).events(T::SPEC.key())
    }

    /// The actions of this name that ran, whatever automation they are of.
    ///
    /// # Panics
    ///
    /// If there is none: the message tells what did happen, or what actions there are if no
    /// automation has one of this name.
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

    /// # Panics
    ///
    /// If an activation waits whose event was reported with this id.
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
    pub fn inject(&self, fault: Fault) {
        self.shared.act(|state| state.faults.push(fault));
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
    /// events with what they have still to do, idempotency keys and the clock. Tokens are not in it,
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

    /// Takes a state in the place of its own. What was posted and not answered is posted again.
    ///
    /// # Errors
    ///
    /// [`StateError`] if no emulator wrote the text. Nothing is changed then. Of a trigger that this
    /// one does not have, what was reported goes on, and nothing more can be.
    pub fn load(&self, state: &str) -> Result<(), StateError> {
        self.shared.act(|own| own.load(state))
    }

    /// Does again what [`Builder::record`] wrote: how many things that are. A fresh emulator of the
    /// same triggers has the same state then. Only what was under way at the end is posted once more.
    ///
    /// # Errors
    ///
    /// [`StateError`] if no emulator wrote the text. What stands before that line was done.
    pub fn replay(&self, history: &str) -> Result<usize, StateError> {
        self.shared.act(|state| state.replay(history))
    }

    /// Waits until no post of an action is under way. Those that failed wait for the clock.
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

impl Builder {
    /// What the clock shows at first; now, without this.
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Lets the clock go, as the system's does; it stands still without this.
    pub fn running(mut self) -> Self {
        self.runs = true;
        self
    }

    /// The time zone of the sites; UTC without this.
    ///
    /// # Errors
    ///
    /// [`StartError::TimeZone`] if there is none of this name, such as `Europe/Berlin`.
    pub fn time_zone(mut self, name: &str) -> Result<Self, StartError> {
        self.time_zone = TimeZone::get(name)
            .map_err(|source| StartError::TimeZone { name: name.to_owned(), source })?;
        Ok(self)
    }

    /// Other triggers than those that are linked into the program.
    pub fn triggers(mut self, triggers: Vec<TriggerDefinition>) -> Self {
        self.triggers = Some(triggers);
        self
    }

    /// Switches what is assumed of Wix on or off; all is on without this.
    pub fn assume(mut self, assumption: Assumption, on: bool) -> Self {
        self.assumptions.set(assumption, on);
        self
    }

    /// The apps that may call; any may, without this.
    pub fn apps(mut self, apps: Vec<AppAccess>) -> Self {
        self.apps = Some(apps);
        self
    }

    /// How many calls a minute a site may have, before it is answered with 429: Wix has 200. There
    /// is no limit without this, or for 0.
    pub fn calls_per_minute(mut self, calls: u32) -> Self {
        self.calls_per_minute = Some(calls);
        self
    }

    /// A limit of calls where [`calls_per_minute`](Self::calls_per_minute) says none, while the clock
    /// goes.
    #[cfg(feature = "cli")]
    pub(crate) fn calls_per_running_minute(mut self, calls: u32) -> Self {
        self.calls_per_running_minute = Some(calls);
        self
    }

    /// Remembers at least the last so many lines of [`history`](Emulator::history), and whatever they
    /// are of or is not over yet; all, without this, which grows for as long as the emulator runs.
    pub fn remember(mut self, lines: usize) -> Self {
        self.history = Some(lines);
        self
    }

    /// Where what is done is written, a line at a time, for [`Emulator::replay`]. It holds payloads,
    /// and no secrets or tokens.
    pub fn record(mut self, record: impl io::Write + Send + 'static) -> Self {
        self.record = Some(Box::new(record));
        self
    }

    /// The port to serve on; one that is free, without this.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The address to listen on; `127.0.0.1` without this, which nobody can reach from elsewhere.
    ///
    /// The emulator asks nobody who they are before it shows what it holds, or turns its clock: let
    /// others reach it only inside a network that is your own, such as that of some containers.
    pub fn listen(mut self, address: IpAddr) -> Self {
        self.listen = address;
        self
    }

    /// A host name that requests may be for, besides `localhost`: for containers, which call each
    /// other by name, such as `emulator`.
    ///
    /// All other names are refused. A page in a browser may have its own name made to mean this
    /// machine (DNS rebinding), and would then be let in as if it were the emulator's own. An
    /// address is taken without this if it is one of this machine alone, or, if the emulator was
    /// told to [`listen`](Self::listen) elsewhere, any: nobody can make an address mean another.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Who is told what happens, a line at a time.
    pub fn observer(mut self, observer: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Sets up what a file says; where that says nothing, it is as the builder says.
    #[cfg(feature = "cli")]
    pub fn config(mut self, config: Config) -> Self {
        self.config = Some(config);
        self
    }

    /// The emulator, which serves from now on.
    ///
    /// # Errors
    ///
    /// [`StartError`] if a linked trigger has no schema that can be read, or the port is taken.
    pub async fn start(mut self) -> Result<Emulator, StartError> {
        let state = self.state()?;
        #[cfg(feature = "cli")]
        let (state, base) = Base::under(self.config.take(), state);
        let (letterbox, letters) = Letterbox::new();
        let shared = Arc::new(Shared::new(state, letterbox, self.observer));
        let router = http::router(Arc::clone(&shared));
        let address = SocketAddr::new(self.listen, self.port);
        let bound = TcpListener::bind(address).await;
        let bound = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.map_err(|source| StartError::Listen { address, source })?;
        let hosts = Hosts { names: self.hosts, any_address: !self.listen.is_loopback() };
        let gate = Gate { router: router.clone(), shared: Arc::clone(&shared), hosts };
        let tasks = vec![
            tokio::spawn(server::serve(listener, gate)),
            tokio::spawn(keep_time(Arc::clone(&shared))),
            tokio::spawn(deliver(Arc::clone(&shared), letters)),
        ];
        let app = client(&shared, &router, "an-emulated-app", "not-a-secret");
        Ok(Emulator {
            shared,
            router,
            app,
            address,
            tasks,
            #[cfg(feature = "cli")]
            base,
        })
    }

    /// What the emulator holds at first.
    fn state(&mut self) -> Result<State, DefinitionError> {
        let triggers = match self.triggers.take() {
            Some(triggers) => triggers,
            None => linked()?,
        };
        let now = self.now.unwrap_or_else(Timestamp::now);
        let mut engine = Engine::new(now, triggers);
        let zones = Zones { default: self.time_zone.clone(), ..Zones::default() };
        let (assumptions, history) = (self.assumptions, self.history);
        engine.set(Settings { assumptions, zones, history });
        if self.record.is_some() {
            engine.begin_journal();
        }
        let clock = if self.runs { Running::from(now) } else { Running::Frozen };
        let mut state = State::new(engine, clock);
        state.apps = self.apps.take();
        state.calls_per_minute = self.calls_per_minute;
        state.calls_per_running_minute = self.calls_per_running_minute;
        state.is_reached_from_elsewhere = !self.listen.is_loopback();
        state.record = self.record.take();
        Ok(state)
    }
}

/// An app that calls the emulator without a socket, with its clock and no limit of its own.
fn client(shared: &Arc<Shared>, router: &Router, id: &str, secret: &str) -> App {
    let shared = Arc::clone(shared);
    let app = App::builder(id, secret).transport(InMemory(router.clone()));
    let app = app.calls_per_minute(u32::MAX).clock(move || shared.read(State::now).into());
    app.build().expect("an id and a secret")
}

/// Each trigger of the program, once. Two structs of one key are told by the export.
fn linked() -> Result<Vec<TriggerDefinition>, DefinitionError> {
    let mut triggers = registry::linked();
    triggers.dedup_by_key(|trigger| trigger.key());
    triggers.into_iter().map(TriggerDefinition::of).collect()
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

impl std::fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut builder = formatter.debug_struct("Builder");
        builder.field("now", &self.now).field("time_zone", &self.time_zone);
        builder.field("assumptions", &self.assumptions).finish_non_exhaustive()
    }
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
