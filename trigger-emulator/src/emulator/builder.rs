//! What an emulator is made of, and how it begins to serve.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use trigger_core::registry;

use super::{APP, Emulator, client, keep_time};
use crate::access::AppAccess;
use crate::assumption::{Assumption, Assumptions};
#[cfg(feature = "cli")]
use crate::config::{Base, Config};
use crate::engine::{Engine, Settings, Zones};
use crate::http;
use crate::posts::{Letterbox, send_letters};
use crate::server::{self, Gate, Hosts};
use crate::state::{Observer, Running, Shared, State};
use crate::trigger::{DefinitionError, TriggerDefinition};

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
    #[error("cannot listen on {address}: {source}{}", mend(source))]
    Listen {
        /// The address and the port.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

impl Builder {
    /// What [`Emulator::builder`] begins with.
    pub(super) fn new() -> Self {
        Self {
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
    /// other by name, such as `emulator`, or `emulator:8080` for this port alone.
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
            tokio::spawn(send_letters(Arc::clone(&shared), letters)),
        ];
        let app = client(&shared, &router, APP, "not-a-secret");
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

/// What else to do than to listen there.
fn mend(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => "; choose another one, or 0 for one that is free",
        _ => "",
    }
}

/// Each trigger of the program, once. Two structs of one key are told by the export.
fn linked() -> Result<Vec<TriggerDefinition>, DefinitionError> {
    let mut triggers = registry::linked();
    triggers.dedup_by_key(|trigger| trigger.key());
    triggers.into_iter().map(TriggerDefinition::of).collect()
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut builder = formatter.debug_struct("Builder");
        builder.field("now", &self.now).field("time_zone", &self.time_zone);
        builder.field("assumptions", &self.assumptions).finish_non_exhaustive()
    }
}
