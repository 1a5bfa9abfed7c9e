//! What a test expects, and what it is shown where that is not so.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::engine::{Activation, Automation, Effect, Engine, Event, Moment, State, Step};
use crate::state::Shared;
use crate::view;

pub(crate) struct Expectation<'s>(&'s Arc<Shared>);

/// Events that were reported: see [`Emulator::expect_event`](crate::Emulator::expect_event).
#[derive(Clone, Debug)]
pub struct Events {
    found: Vec<FoundEvent>,
    history: History,
}

#[derive(Clone, Debug)]
struct FoundEvent {
    entity: Option<Uuid>,
    payload: Value,
}

/// Actions that ran: see [`Emulator::expect_action`](crate::Emulator::expect_action).
#[derive(Clone, Debug)]
pub struct Actions {
    name: String,
    found: Vec<FoundAction>,
    history: History,
}

#[derive(Clone, Debug)]
struct FoundAction {
    at: Timestamp,
    entity: Option<Uuid>,
}

impl<'s> Expectation<'s> {
    pub(crate) fn new(shared: &'s Arc<Shared>) -> Self {
        Self(shared)
    }

    fn read<R>(&self, read: impl FnOnce(&Engine) -> R) -> R {
        // With what is to be done by now.
        self.0.act(|state| read(&state.engine))
    }

    fn history(&self) -> History {
        History(Arc::clone(self.0))
    }

    pub(crate) fn whole_history(&self) -> String {
        self.read(|engine| history(engine, usize::MAX))
    }

    #[track_caller]
    pub(crate) fn events(&self, key: &str) -> Events {
        let events = self.read(|engine| {
            let of_key =
                engine.events().iter().filter(|it| engine.triggers()[it.trigger].key() == key);
            let found = of_key.map(|event| FoundEvent {
                entity: event.entity,
                payload: serde_json::from_str(&event.payload).unwrap_or_default(),
            });
            Events { found: found.collect(), history: self.history() }
        });
        assert!(!events.found.is_empty(), "no event of `{key}` was reported; {}", events.history);
        events
    }

    #[track_caller]
    pub(crate) fn no_event(&self, key: &str, id: Option<Uuid>) {
        let found = self.read(|engine| {
            let is_it = |it: &&Event| {
                engine.triggers()[it.trigger].key() == key && (id.is_none() || it.entity == id)
            };
            engine.events().iter().filter(is_it).count()
        });
        let history = self.history();
        let (events, were) = if found == 1 { ("event", "was") } else { ("events", "were") };
        let whose = id.map(|id| format!(" for {id}")).unwrap_or_default();
        assert!(found == 0, "{found} {events} of `{key}` {were} reported{whose}; {history}");
    }

    #[track_caller]
    pub(crate) fn nothing_ran(&self, id: Uuid) {
        let ran = self.read(|engine| {
            let of_it = engine.activations().iter();
            let mut of_it = of_it.filter(|it| engine.events()[it.event].entity == Some(id));
            of_it.find_map(|activation| {
                let mut moments = activation.history.iter().map(|(_, moment)| *moment);
                let step = moments.find_map(|moment| match moment {
                    Moment::Action(step) => Some(step),
                    _ => None,
                })?;
                Some(view::action_name(engine, activation, step).to_owned())
            })
        });
        let history = self.history();
        if let Some(name) = ran {
            panic!("the action `{name}` ran for {id}; {history}");
        }
    }

    #[track_caller]
    pub(crate) fn actions(&self, name: &str) -> Actions {
        let (actions, others) = self.read(|engine| {
            let (found, history) = (actions(engine, name), self.history());
            (Actions { name: name.to_owned(), found, history }, others(engine, name))
        });
        let Actions { found, history, .. } = &actions;
        if let Some(others) = others {
            panic!("no automation has an action `{name}`: {others}; {history}");
        }
        assert!(!found.is_empty(), "no action `{name}` ran; {history}");
        actions
    }

    #[track_caller]
    pub(crate) fn no_action(&self, name: &str, id: Uuid) {
        let (found, others) = self.read(|engine| (actions(engine, name), others(engine, name)));
        let history = self.history();
        // An action that cannot run would never be found to have run.
        if let Some(others) = others {
            panic!("no automation has an action `{name}`: {others}; {history}");
        }
        let ran = found.iter().any(|action| action.entity == Some(id));
        assert!(!ran, "the action `{name}` ran for {id}; {history}");
    }

    #[track_caller]
    pub(crate) fn nothing_pending(&self, id: Uuid) {
        let pending = self.read(|engine| {
            let waits =
                |it: &&Activation| !it.is_over() && engine.events()[it.event].entity == Some(id);
            engine.activations().iter().filter(waits).count()
        });
        let history = self.history();
        let wait = if pending == 1 { "activation waits" } else { "activations wait" };
        assert!(pending == 0, "{pending} {wait} for {id}; {history}");
    }
}

fn actions(engine: &Engine, name: &str) -> Vec<FoundAction> {
    let mut found = Vec::new();
    for activation in engine.activations() {
        for (at, moment) in &activation.history {
            let Moment::Action(step) = *moment else { continue };
            if view::action_name(engine, activation, step) == name {
                let entity = engine.events()[activation.event].entity;
                found.push(FoundAction { at: *at, entity });
            }
        }
    }
    found.sort_by_key(|action| action.at);
    found
}

/// What the actions are called, if none has this name.
fn others(engine: &Engine, name: &str) -> Option<String> {
    // A trigger has its default automation from its first event on.
    if Automation::default_of("").name == name {
        return None;
    }
    let steps = engine.automations().iter().flat_map(|automation| &automation.steps);
    let names = steps.filter_map(|step| match step {
        Step::Action(action) => Some(action.name.as_str()),
        Step::Delay(_) => None,
    });
    let names: BTreeSet<_> = names.collect();
    if names.contains(name) {
        return None;
    }
    if names.is_empty() {
        return Some("there are no automations".to_owned());
    }
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    Some(format!("there are {}", names.join(", ")))
}

/// What happened, which is put in words only where an expectation fails.
#[derive(Clone)]
struct History(Arc<Shared>);

impl fmt::Display for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.read(|state| history(&state.engine, SHOWN)))
    }
}

impl fmt::Debug for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("History")
    }
}

/// How many of the last things that happened are shown, and of the next that will.
const SHOWN: usize = 50;

fn history(engine: &Engine, shown: usize) -> String {
    let happened: Vec<_> = engine.log().iter().filter(|it| says_something(engine, it)).collect();
    let mut pending: Vec<_> =
        engine.activations().iter().flat_map(|activation| pending(engine, activation)).collect();
    pending.extend(engine.deliveries().iter().enumerate().filter_map(|(index, delivery)| {
        let (sending, about) = (delivery.sending.as_ref()?, view::about_delivery(engine, index));
        Some(awaited(engine, sending.due(), "delivers", &about))
    }));
    if happened.is_empty() && pending.is_empty() {
        return format!("it is {}, and nothing was reported", engine.now());
    }
    pending.sort_by_key(|(due, _)| *due);
    let before = happened.len().saturating_sub(shown);
    let after = pending.len().saturating_sub(shown);
    let mut lines = vec![format!("it is {}, and this happened:", engine.now())];
    if before > 0 {
        lines.push(format!("({before} things before)"));
    }
    lines.extend(happened[before..].iter().map(|effect| view::words(engine, effect)));
    lines.extend(pending.into_iter().take(shown).map(|(_, line)| line));
    if after > 0 {
        lines.push(format!("({after} things later)"));
    }
    lines.join("\n  ")
}

/// What an activation has still to do, and when.
fn pending(engine: &Engine, activation: &Activation) -> Vec<(Timestamp, String)> {
    let automation = &engine.automations()[activation.automation].name;
    let about = || view::about(engine, &engine.events()[activation.event]);
    let goes_on = activation
        .due()
        .map(|due| (due, format!("{due} (not yet) \"{automation}\" goes on for {}", about())));
    let posts = activation.posts.iter().map(|post| {
        let action = view::action_name(engine, activation, post.step);
        let whose = format!("`{action}` of \"{automation}\" for {}", about());
        awaited(engine, post.sending.due(), "posts", &whose)
    });
    posts.chain(goes_on).collect()
}

/// What is sent again at this time, or is not answered yet.
fn awaited(
    engine: &Engine,
    due: Option<Timestamp>,
    sends: &str,
    what: &str,
) -> (Timestamp, String) {
    match due {
        Some(due) => (due, format!("{due} (not yet) {sends} {what} again")),
        None => (engine.now(), format!("{} (not answered yet) {sends} {what}", engine.now())),
    }
}

/// That an activation was initiated says no more than that the event was reported, and what it does
/// says that it has started.
fn says_something(engine: &Engine, effect: &Effect) -> bool {
    let Effect::Happened(activation, place) = effect else { return true };
    let (_, moment) = engine.activations()[*activation].history[*place];
    ![State::Initiated, State::Started, State::Ended].map(Moment::State).contains(&moment)
}

impl Events {
    /// Those that were reported with this `externalEntityId`.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[track_caller]
    pub fn for_entity(mut self, id: Uuid) -> Self {
        self.found.retain(|event| event.entity == Some(id));
        assert!(!self.found.is_empty(), "no such event was reported for {id}; {}", self.history);
        self
    }

    /// Exactly so many, of one or more: [`Emulator::expect_no_event`](crate::Emulator::expect_no_event)
    /// expects none.
    ///
    /// # Panics
    ///
    /// If there are more or fewer, or it is said to be none.
    #[track_caller]
    pub fn times(self, count: usize) -> Self {
        assert!(count > 0, "`expect_event` expects one or more: for none, write `expect_no_event`");
        let found = self.found.len();
        assert!(found == count, "{found} such events were reported, not {count}; {}", self.history);
        self
    }

    /// The payloads, in the order in which they were reported.
    #[must_use]
    pub fn payloads(&self) -> Vec<&Value> {
        self.found.iter().map(|event| &event.payload).collect()
    }
}

impl Actions {
    /// Those for events that were reported with this `externalEntityId`.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[track_caller]
    pub fn for_entity(mut self, id: Uuid) -> Self {
        self.found.retain(|action| action.entity == Some(id));
        assert!(!self.found.is_empty(), "no action `{}` ran for {id}; {}", self.name, self.history);
        self
    }

    /// Exactly so many, of one or more: [`Emulator::expect_no_action`](crate::Emulator::expect_no_action)
    /// expects none.
    ///
    /// # Panics
    ///
    /// If there are more or fewer, or it is said to be none.
    #[track_caller]
    pub fn times(self, count: usize) -> Self {
        assert!(
            count > 0,
            "`expect_action` expects one or more: for none, write `expect_no_action`"
        );
        let found = self.found.len();
        let Self { name, history, .. } = &self;
        assert!(found == count, "the action `{name}` ran {found} times, not {count}; {history}");
        self
    }

    /// When they ran.
    #[must_use]
    pub fn at(&self) -> Vec<Timestamp> {
        self.found.iter().map(|action| action.at).collect()
    }
}
