//! Wix Automations as a state machine: commands and a time go in, and what they did comes out.
//!
//! Nothing here reads a clock, waits or answers over a network. The same commands at the same times
//! give the same history, ids included.

mod activation;
mod automation;
mod calendar;
mod cancel;
mod command;
mod delivery;
mod keys;
#[cfg(test)]
mod law;
#[cfg(test)]
mod law_of_state;
mod letter;
mod memory;
mod pending;
mod post;
mod saved;
mod set_up;
#[cfg(test)]
mod tests;
mod zones;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::assumption::{Assumption, Assumptions};
use crate::trigger::{PayloadFault, TriggerDefinition};
pub(crate) use activation::{Activation, Moment, Reason, State};
pub(crate) use automation::{Action, Automation, Filter, Status, Step, is_same};
pub(crate) use command::{Command, Settings};
pub(crate) use delivery::{Delivery, DeliveryIndex};
use keys::{KeptKey, Key};
pub(crate) use letter::{Content, Letter, LetterId, Outcome, Sending, Subject};
pub(crate) use pending::{PendingAction, PlannedAction};
pub(crate) use post::Post;
pub(crate) use saved::{LoadError, Saved};
#[cfg(any(feature = "cli", test))]
pub(crate) use set_up::Changes;
pub(crate) use zones::Zones;

/// The places of events, activations and automations in the lists of the engine.
pub(crate) type EventIndex = usize;
pub(crate) type ActivationIndex = usize;
pub(crate) type AutomationIndex = usize;

/// What an app reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Report {
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    pub(crate) trigger_key: String,
    pub(crate) payload: Value,
    pub(crate) entity: Option<Uuid>,
    pub(crate) idempotency: Option<Idempotency>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Idempotency {
    pub(crate) key: String,
    pub(crate) ttl: Option<SignedDuration>,
}

/// An event that was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Event {
    /// How many events there were before it, those that are forgotten included: its name for ever.
    pub(crate) number: u64,
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    /// Which of the triggers.
    pub(crate) trigger: usize,
    pub(crate) at: Timestamp,
    pub(crate) entity: Option<Uuid>,
    /// The payload, as JSON.
    #[serde(with = "saved::json_text")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdleCancel {
    pub(crate) at: Timestamp,
    /// Which of the triggers.
    pub(crate) trigger: usize,
    pub(crate) entity: Uuid,
}

/// A report whose idempotency key was used before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeat {
    pub(crate) at: Timestamp,
    /// Which of the triggers.
    pub(crate) trigger: usize,
    /// The one that the key was used for first, while it is remembered.
    pub(crate) event: Option<EventIndex>,
    pub(crate) entity: Option<Uuid>,
    /// In what the report differs from that event: the same key is to mean the same event.
    pub(crate) differs: Vec<String>,
}

/// Who goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Due {
    GoOn(ActivationIndex),
    /// Something is sent again.
    Send(Subject),
}

/// What became of a command, for who watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Effect {
    Reported(EventIndex),
    Repeated(Box<Repeat>),
    /// What a cancel stops has happened; this one stopped nothing.
    CanceledNothing(IdleCancel),
    /// What stands at this place of an activation's history.
    Happened(ActivationIndex, usize),
    /// A webhook is delivered from now on.
    Delivers(DeliveryIndex),
    /// An attempt to deliver, at this place of a delivery's list, is over.
    Delivered(DeliveryIndex, usize),
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
    deliveries: Vec<Delivery>,
    /// Who goes on when; of equal times, who was put there first.
    due: BTreeMap<(Timestamp, u64), Due>,
    put: u64,
    /// How many events were taken.
    reported: u64,
    /// The number of the next activation's id.
    next_id: u64,
    /// The number of the next delivery.
    next_delivery: u64,
    /// What is to be sent.
    letters: Vec<LetterId>,
    /// How many letters were ever written: no two have the same number, whatever was forgotten.
    written: u64,
    /// How many of the last lines of the log are kept, with what they are of; all, without.
    history: Option<usize>,
    /// How many older lines there were when something was last forgotten.
    forgotten_to: usize,
    /// What was done since it was last taken, if somebody takes it.
    journal: Option<Vec<(Timestamp, Command)>>,
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
            keys_at_most: 0,
            events: Vec::new(),
            activations: Vec::new(),
            deliveries: Vec::new(),
            due: BTreeMap::new(),
            put: 0,
            reported: 0,
            next_id: 0,
            next_delivery: 0,
            letters: Vec::new(),
            written: 0,
            history: None,
            forgotten_to: 0,
            journal: None,
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

    fn trigger_keys(&self) -> Vec<String> {
        self.triggers.iter().map(|it| it.key().to_owned()).collect()
    }

    pub(crate) fn automations(&self) -> &[Automation] {
        &self.automations
    }

    /// How many events were taken, those that are forgotten included.
    pub(crate) fn count_reported(&self) -> u64 {
        self.reported
    }

    pub(crate) fn events(&self) -> &[Event] {
        &self.events
    }

    pub(crate) fn activations(&self) -> &[Activation] {
        &self.activations
    }

    /// What happened since this was last told.
    pub(crate) fn untold(&self) -> &[Effect] {
        &self.log[self.told..]
    }

    pub(crate) fn all_is_told(&mut self) {
        self.told = self.log.len();
    }

    /// All that happened, in order.
    pub(crate) fn log(&self) -> &[Effect] {
        &self.log
    }

    /// Forgets all that happened, and keeps what was set up.
    pub(crate) fn reset(&mut self) {
        self.record(|| Command::Reset);
        self.by_entity.clear();
        self.keys.clear();
        self.events.clear();
        self.activations.clear();
        self.deliveries.clear();
        self.due.clear();
        self.letters.clear();
        self.log.clear();
        (self.reported, self.next_id, self.next_delivery) = (0, 0, 0);
        (self.forgotten_to, self.told) = (0, 0);
    }

    /// When something is to be done next.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Turns the clock, and does all that is to be done until then, each at its own time. A time
    /// that has passed changes nothing.
    pub(crate) fn advance(&mut self, to: Timestamp) {
        while self.do_next(to) {}
        self.now = self.now.max(to);
    }

    /// Turns the clock to this time, or to the first before it at which something is to be sent:
    /// whether it is there.
    pub(crate) fn advance_to_letter(&mut self, to: Timestamp) -> bool {
        while self.do_next(to) {
            if !self.letters.is_empty() && self.next_due() != Some(self.now) {
                return false;
            }
        }
        self.now = self.now.max(to);
        true
    }

    /// Does what is to be done first, if that is until this time: whether there was something.
    fn do_next(&mut self, to: Timestamp) -> bool {
        let Some(entry) = self.due.first_entry().filter(|it| it.key().0 <= to) else {
            return false;
        };
        let ((at, _), due) = entry.remove_entry();
        self.now = self.now.max(at);
        match due {
            Due::GoOn(activation) => self.go_on(activation),
            Due::Send(subject) => self.send(subject),
        }
        true
    }

    pub(crate) fn trigger(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Takes an event, or knows it again by its key: the activations that the answer tells.
    pub(crate) fn report(&mut self, report: Report) -> Result<Vec<Uuid>, Refusal> {
        let trigger = self.trigger(&report.trigger_key).ok_or(Refusal::UnknownTrigger)?;
        let key = self.key(trigger, &report);
        let kept = key.as_ref().and_then(|key| self.kept(key));
        if kept.is_none() || self.assumptions.holds(Assumption::PayloadsComeBeforeKeys) {
            let formats = self.assumptions.holds(Assumption::FormatsAreEnforced);
            self.triggers[trigger].check(&report.payload, formats).map_err(Refusal::Payload)?;
        }
        self.record(|| Command::Report(report.clone()));
        Ok(self.take(trigger, report, key))
    }

    /// Takes an event whose payload was judged, or knows it again by its key.
    fn take(&mut self, trigger: usize, report: Report, key: Option<Key>) -> Vec<Uuid> {
        if let Some(kept) = key.as_ref().and_then(|key| self.kept(key)) {
            return self.repeat(trigger, kept, &report);
        }
        let ttl = report.idempotency.as_ref().and_then(|it| it.ttl);
        let ids = self.activate(trigger, report);
        if let Some(key) = key {
            self.keep(key, ttl);
        }
        ids
    }

    fn activate(&mut self, trigger: usize, report: Report) -> Vec<Uuid> {
        let event = self.events.len();
        let Report { app, site, payload, entity, trigger_key, .. } = report;
        let automations = self.automations_of(&trigger_key);
        let start = self.activations.len();
        self.events.push(Event {
            number: self.reported,
            app,
            site,
            trigger,
            at: self.now,
            entity,
            payload: text(&payload).into(),
            activations: (start, automations.len()),
        });
        self.reported += 1;
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
        let active =
            all.filter(|(_, it)| it.trigger_key == trigger_key && it.status == Status::Active);
        let mut active: Vec<_> = active.map(|(index, _)| index).collect();
        // An edit does not change their order.
        active.sort_by_key(|index| self.edits(*index).last());
        active
    }

    fn push_activation(
        &mut self,
        event: EventIndex,
        automation: AutomationIndex,
    ) -> ActivationIndex {
        let index = self.activations.len();
        self.activations.push(Activation::new(self.next_id, event, automation, self.now));
        self.next_id += 1;
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
        self.activations[index].due = Some(self.enqueue(at, Due::GoOn(index)));
    }

    /// Its place in the queue.
    fn enqueue(&mut self, at: Timestamp, due: Due) -> (Timestamp, u64) {
        let place = (at, self.put);
        self.put += 1;
        self.due.insert(place, due);
        place
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
                Step::Action(action) => {
                    let (step, posts) = (activation.next_step - 1, action.post.is_some());
                    self.happened(index, Moment::Action(step));
                    if posts {
                        self.post(index, step);
                    }
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
}

/// A value as JSON, which it always is. Its `to_string` would go through `fmt`.
fn text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
