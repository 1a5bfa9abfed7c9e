//! Wix Automations as a state machine: commands and a time go in, and what they did comes out.
//!
//! Nothing here reads a clock, waits or answers over a network. The same commands at the same times
//! give the same history, ids included.

mod activation;
mod automation;
mod calendar;
#[cfg(test)]
mod law;
mod set_up;
#[cfg(test)]
mod tests;
mod zones;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::assumption::{Assumption, Assumptions};
use crate::trigger::{PayloadFault, TriggerDefinition};
pub(crate) use activation::{Activation, Moment, Reason, State};
pub(crate) use automation::{Action, Automation, Filter, Status, Step};
pub(crate) use set_up::Changes;
pub(crate) use zones::Zones;

/// How long Wix keeps an idempotency key, if the report does not say (its reference).
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many idempotency keys are kept before one looks for those that have expired.
const KEYS_AT_FIRST: usize = 1024;

/// The places of events, activations and automations in the lists of the engine.
pub(crate) type EventIndex = usize;
pub(crate) type ActivationIndex = usize;
pub(crate) type AutomationIndex = usize;

/// What an app reports.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    pub(crate) trigger_key: String,
    pub(crate) payload: Value,
    pub(crate) entity: Option<Uuid>,
    pub(crate) idempotency: Option<Idempotency>,
}

#[derive(Clone, Debug)]
pub(crate) struct Idempotency {
    pub(crate) key: String,
    pub(crate) ttl: Option<SignedDuration>,
}

/// An event that was taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    /// Which of the triggers.
    pub(crate) trigger: usize,
    pub(crate) at: Timestamp,
    pub(crate) entity: Option<Uuid>,
    /// The payload, as JSON.
    pub(crate) payload: Box<str>,
    /// The first activation, and how many there are.
    pub(crate) activations: (ActivationIndex, usize),
}

/// Why a report is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    UnknownTrigger,
    Payload(PayloadFault),
}

/// A cancel that found nothing to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IdleCancel {
    pub(crate) at: Timestamp,
    /// Which of the triggers.
    pub(crate) trigger: usize,
    pub(crate) entity: Uuid,
}

/// What became of a command, for who watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Reported(EventIndex),
    /// A report, at this time, with the idempotency key of this event.
    Repeated(EventIndex, Timestamp),
    /// What a cancel stops has happened; this one stopped nothing.
    CanceledNothing(IdleCancel),
    /// What stands at this place of an activation's history.
    Happened(ActivationIndex, usize),
}

/// An idempotency key within its scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    trigger: usize,
    app: Arc<str>,
    site: Option<Uuid>,
    text: String,
}

struct KeptKey {
    event: EventIndex,
    until: Timestamp,
}

/// All that is known of a Wix with one app.
pub(crate) struct Engine {
    now: Timestamp,
    pub(crate) assumptions: Assumptions,
    pub(crate) zones: Zones,
    triggers: Vec<TriggerDefinition>,
    by_key: HashMap<String, usize>,
    automations: Vec<Automation>,
    /// By trigger and entity.
    by_entity: HashMap<(usize, Uuid), Vec<EventIndex>>,
    keys: HashMap<Key, KeptKey>,
    /// How many there may be before those that have expired are dropped.
    keys_at_most: usize,
    events: Vec<Event>,
    activations: Vec<Activation>,
    /// Who goes on when; of equal times, who was put there first.
    due: BTreeMap<(Timestamp, u64), ActivationIndex>,
    put: u64,
    /// All that happened, in order.
    log: Vec<Effect>,
    /// How much of it was told.
    told: usize,
}

impl Engine {
    pub(crate) fn new(now: Timestamp, triggers: Vec<TriggerDefinition>) -> Self {
        let by_key = triggers.iter().enumerate();
        let by_key = by_key.map(|(index, trigger)| (trigger.key().to_owned(), index)).collect();
        Self {
            now,
            assumptions: Assumptions::default(),
            zones: Zones::default(),
            triggers,
            by_key,
            automations: Vec::new(),
            by_entity: HashMap::new(),
            keys: HashMap::new(),
            keys_at_most: KEYS_AT_FIRST,
            events: Vec::new(),
            activations: Vec::new(),
            due: BTreeMap::new(),
            put: 0,
            log: Vec::new(),
            told: 0,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn triggers(&self) -> &[TriggerDefinition] {
        &self.triggers
    }

    pub(crate) fn automations(&self) -> &[Automation] {
        &self.automations
    }

    pub(crate) fn events(&self) -> &[Event] {
        &self.events
    }

    pub(crate) fn activations(&self) -> &[Activation] {
        &self.activations
    }

    /// What happened since this was last asked.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        let effects = self.log[self.told..].to_vec();
        self.told = self.log.len();
        effects
    }

    /// All that happened, in order.
    pub(crate) fn log(&self) -> &[Effect] {
        &self.log
    }

    /// Forgets all that happened, and keeps what was set up.
    pub(crate) fn reset(&mut self) {
        self.by_entity.clear();
        self.keys.clear();
        self.events.clear();
        self.activations.clear();
        self.due.clear();
        self.log.clear();
        self.told = 0;
    }

    /// When something is to be done next.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Turns the clock, and does all that is to be done until then, each at its own time. A time
    /// that has passed changes nothing.
    pub(crate) fn advance(&mut self, to: Timestamp) {
        while let Some(entry) = self.due.first_entry() {
            let (at, _) = *entry.key();
            if at > to {
                break;
            }
            let activation = entry.remove();
            self.now = self.now.max(at);
            self.go_on(activation);
        }
        self.now = self.now.max(to);
    }

    pub(crate) fn trigger(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Takes an event, or knows it again by its key: the activations that the answer tells.
    pub(crate) fn report(&mut self, report: Report) -> Result<Vec<Uuid>, Refusal> {
        let trigger = self.trigger(&report.trigger_key).ok_or(Refusal::UnknownTrigger)?;
        let key = self.key(trigger, &report);
        let first = key.as_ref().and_then(|key| self.kept(key));
        let key_decides = !self.assumptions.holds(Assumption::PayloadsComeBeforeKeys);
        if let (Some(first), true) = (first, key_decides) {
            return Ok(self.repeat(first));
        }
        let formats = self.assumptions.holds(Assumption::FormatsAreEnforced);
        self.triggers[trigger].check(&report.payload, formats).map_err(Refusal::Payload)?;
        if let Some(first) = first {
            return Ok(self.repeat(first));
        }
        if let Some(key) = key {
            self.keep(key, report.idempotency.as_ref().and_then(|it| it.ttl));
        }
        Ok(self.activate(trigger, report))
    }

    fn key(&self, trigger: usize, report: &Report) -> Option<Key> {
        let text = report.idempotency.as_ref()?.key.clone();
        let all_sites = self.assumptions.holds(Assumption::KeysLeaveOutSites);
        let site = (!all_sites).then_some(report.site);
        Some(Key { trigger, app: Arc::clone(&report.app), site, text })
    }

    /// The event that has this key.
    fn kept(&self, key: &Key) -> Option<EventIndex> {
        self.keys.get(key).filter(|kept| kept.until > self.now).map(|kept| kept.event)
    }

    /// Keeps a key for the event that comes next.
    fn keep(&mut self, key: Key, ttl: Option<SignedDuration>) {
        if self.keys.len() >= self.keys_at_most {
            self.keys.retain(|_, kept| kept.until > self.now);
            self.keys_at_most = KEYS_AT_FIRST.max(2 * self.keys.len());
        }
        let until = self.now.saturating_add(ttl.unwrap_or(WEEK)).unwrap_or(Timestamp::MAX);
        self.keys.insert(key, KeptKey { event: self.events.len(), until });
    }

    fn repeat(&mut self, first: EventIndex) -> Vec<Uuid> {
        self.log.push(Effect::Repeated(first, self.now));
        let (start, count) = self.events[first].activations;
        let leaves = self.assumptions.holds(Assumption::DuplicatesLeaveActivations);
        for index in (start..start + count).filter(|_| leaves) {
            let automation = self.activations[index].automation;
            let skipped = self.push_activation(first, automation);
            self.moved(skipped, State::Skipped(Reason::EventAlreadyProcessed));
        }
        if self.assumptions.holds(Assumption::DuplicatesTellFirstIds) {
            return self.activations[start..start + count].iter().map(|it| it.id).collect();
        }
        Vec::new()
    }

    fn activate(&mut self, trigger: usize, report: Report) -> Vec<Uuid> {
        let event = self.events.len();
        let Report { app, site, payload, entity, trigger_key, .. } = report;
        let automations = self.automations_of(&trigger_key);
        let start = self.activations.len();
        // A `Value` is always JSON. Its `to_string` would go through `fmt`.
        let text = serde_json::to_string(&payload).unwrap_or_default();
        self.events.push(Event {
            app,
            site,
            trigger,
            at: self.now,
            entity,
            payload: text.into(),
            activations: (start, automations.len()),
        });
        if let Some(entity) = entity {
            self.by_entity.entry((trigger, entity)).or_default().push(event);
        }
        self.log.push(Effect::Reported(event));
        let nothing = Map::new();
        let payload = payload.as_object().unwrap_or(&nothing);
        for automation in automations {
            let activation = self.push_activation(event, automation);
            self.begin(activation, payload);
        }
        self.activations[start..].iter().map(|it| it.id).collect()
    }

    /// The automations that use the trigger; the default one where none was ever set up.
    fn automations_of(&mut self, trigger_key: &str) -> Vec<AutomationIndex> {
        if !self.automations.iter().any(|it| it.trigger_key == trigger_key) {
            self.automations.push(Automation::default_of(trigger_key));
        }
        let all = self.automations.iter().enumerate();
        all.filter(|(_, it)| it.trigger_key == trigger_key && it.status == Status::Active)
            .map(|(index, _)| index)
            .collect()
    }

    fn push_activation(
        &mut self,
        event: EventIndex,
        automation: AutomationIndex,
    ) -> ActivationIndex {
        let index = self.activations.len();
        self.activations.push(Activation::new(index, event, automation, self.now));
        index
    }

    /// Skips, fails, starts or schedules an activation whose event was just reported.
    fn begin(&mut self, index: ActivationIndex, payload: &Map<String, Value>) {
        let activation = &self.activations[index];
        let automation = &self.automations[activation.automation];
        let trigger = &self.triggers[self.events[activation.event].trigger];
        if !automation.filters.iter().all(|filter| filter.passes(payload)) {
            return self.moved(index, State::Skipped(Reason::TriggerFiltersNotPassed));
        }
        if trigger.scheduled_at().is_none() {
            return self.put(index, self.now);
        }
        let local = self.assumptions.holds(Assumption::DatesWithoutZoneAreLocal);
        let zone = self.zones.of(self.events[activation.event].site);
        let date =
            trigger.date(payload).and_then(|date| calendar::read(date, local.then_some(zone)));
        let start = date.and_then(|date| calendar::before(date, automation.before, zone));
        let (Some(date), Some(start)) = (date, start) else {
            return self.moved(index, State::Failed(Reason::ScheduleDateEvaluationFailed));
        };
        let skips = self.assumptions.holds(Assumption::LateStartsAreSkipped);
        if date < self.now || (skips && start < self.now) {
            return self.moved(index, State::Skipped(Reason::ScheduleDateExpired));
        }
        self.moved(index, State::Scheduled);
        self.put(index, start.max(self.now));
    }

    /// Lets an activation go on at this time: at once, if that is now.
    fn put(&mut self, index: ActivationIndex, at: Timestamp) {
        if at <= self.now {
            return self.go_on(index);
        }
        let place = (at, self.put);
        self.put += 1;
        self.due.insert(place, index);
        self.activations[index].due = Some(place);
    }

    /// Does the steps of an activation up to its next delay.
    fn go_on(&mut self, index: ActivationIndex) {
        self.activations[index].due = None;
        if !matches!(self.activations[index].state(), State::Started) {
            self.moved(index, State::Started);
        }
        loop {
            let activation = &mut self.activations[index];
            let automation = &self.automations[activation.automation];
            let zone = self.zones.of(self.events[activation.event].site);
            let Some(step) = automation.steps.get(activation.next_step) else {
                return self.moved(index, State::Ended);
            };
            activation.next_step += 1;
            match step {
                Step::Action(_) => {
                    let action = Moment::Action(activation.next_step - 1);
                    self.happened(index, action);
                }
                Step::Delay(span) => match calendar::after(self.now, *span, zone) {
                    Some(at) if at > self.now => return self.put(index, at),
                    Some(_) => {}
                    None => {
                        return self
                            .moved(index, State::Failed(Reason::ScheduleDateEvaluationFailed));
                    }
                },
            }
        }
    }

    fn moved(&mut self, index: ActivationIndex, state: State) {
        self.happened(index, Moment::State(state));
    }

    fn happened(&mut self, index: ActivationIndex, moment: Moment) {
        let history = &mut self.activations[index].history;
        self.log.push(Effect::Happened(index, history.len()));
        history.push((self.now, moment));
    }

    /// Stops what the events of this trigger and entity have still to do: how many activations that
    /// stopped.
    pub(crate) fn cancel(
        &mut self,
        app: &str,
        site: Uuid,
        trigger_key: &str,
        entity: Uuid,
    ) -> Result<usize, Refusal> {
        let trigger = self.trigger(trigger_key).ok_or(Refusal::UnknownTrigger)?;
        let own_site = self.assumptions.holds(Assumption::CancelsStayOnTheirSite);
        let events = self.by_entity.get(&(trigger, entity)).cloned().unwrap_or_default();
        let is_reached = |event: &Event| &*event.app == app && (!own_site || event.site == site);
        let events: Vec<_> =
            events.into_iter().filter(|it| is_reached(&self.events[*it])).collect();
        if !self.assumptions.holds(Assumption::CanceledKeysStayUsed) {
            self.keys.retain(|_, kept| !events.contains(&kept.event));
        }
        let mut stopped = 0;
        for event in events {
            let (start, count) = self.events[event].activations;
            for activation in start..start + count {
                if self.cancel_activation(activation, Reason::EventCancelled) {
                    stopped += 1;
                }
            }
        }
        if stopped == 0 {
            let canceled = IdleCancel { at: self.now, trigger, entity };
            self.log.push(Effect::CanceledNothing(canceled));
        }
        Ok(stopped)
    }

    /// Whether there was something to stop.
    fn cancel_activation(&mut self, index: ActivationIndex, reason: Reason) -> bool {
        let Some(place) = self.activations[index].due.take() else { return false };
        self.due.remove(&place);
        self.moved(index, State::Cancelled(reason));
        true
    }
}
