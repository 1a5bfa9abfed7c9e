//! An engine's state, out and in again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::activation::FIRST;
use super::keys::{KeptKey, Key};
use super::{Activation, Automation, Command, Delivery, Due, Effect, Engine, Event, Step, Subject};
use crate::trigger::TriggerDefinition;

/// The only form that there has been yet.
const VERSION: u32 = 1;

/// The most activations that a key may tell of: an answer has at most 100.
const MOST_ACTIVATIONS: usize = 10_000;

/// How far a state may have counted. No emulator gets there, and one that was loaded counts on, by
/// less than the four billions that are left.
const MOST_COUNTED: u64 = u64::MAX - (1 << 32);

/// All that an engine knows of what happened and of what is set up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Saved {
    version: u32,
    now: Timestamp,
    /// The keys of the triggers, by whose places the others name them.
    triggers: Vec<String>,
    automations: Vec<Automation>,
    events: Vec<Event>,
    activations: Vec<Activation>,
    keys: Vec<(Key, KeptKey)>,
    log: Vec<Effect>,
    put: u64,
    reported: u64,
    next_id: u64,
    forgotten_to: usize,
    deliveries: Vec<Delivery>,
    next_delivery: u64,
}

/// Why a state cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LoadError {
    #[error("it is of the form {0}, and this emulator reads the form {VERSION}")]
    Version(u32),
    #[error("it has a trigger `{0}`, of which nothing can be made")]
    UnknownTrigger(String),
    #[error("{0} does not fit together with the rest")]
    Inconsistent(&'static str),
}

impl Engine {
    pub(crate) fn save(&self) -> Saved {
        let keys = self.keys.iter().map(|(key, kept)| (key.clone(), *kept));
        let mut keys: Vec<_> = keys.collect();
        keys.sort_by(|one, other| one.0.cmp(&other.0));
        Saved {
            version: VERSION,
            now: self.now,
            triggers: self.trigger_keys(),
            automations: self.automations.clone(),
            events: self.events.clone(),
            activations: self.activations.clone(),
            keys,
            log: self.log.clone(),
            put: self.put,
            reported: self.reported,
            next_id: self.next_id,
            forgotten_to: self.forgotten_to,
            deliveries: self.deliveries.clone(),
            next_delivery: self.next_delivery,
        }
    }

    /// Takes a state in the place of its own, with its time. Nothing is changed if it cannot be.
    pub(crate) fn load(&mut self, mut saved: Saved) -> Result<(), LoadError> {
        if saved.version != VERSION {
            return Err(LoadError::Version(saved.version));
        }
        let gone = saved.find_triggers(self)?;
        saved.check_lists()?;
        saved.check_deliveries()?;
        saved.check_log()?;
        let due = saved.queue()?;
        self.triggers.extend(gone);
        self.now = saved.now;
        self.record(|| Command::Load(Box::new(saved.clone())));
        self.automations = saved.automations;
        self.events = saved.events;
        self.activations = saved.activations;
        self.deliveries = saved.deliveries;
        self.keys = saved.keys.into_iter().collect();
        self.told = saved.log.len();
        self.log = saved.log;
        (self.due, self.put, self.next_id) = (due, saved.put, saved.next_id);
        (self.reported, self.next_delivery) = (saved.reported, saved.next_delivery);
        self.forgotten_to = saved.forgotten_to;
        self.letters.clear();
        self.index_entities();
        self.resume_letters();
        Ok(())
    }
}

impl Saved {
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether it says an address: of an action that posts, or of a delivery that is not over.
    pub(crate) fn sends(&self) -> bool {
        let mut steps = self.automations.iter().flat_map(|it| &it.steps);
        let posts = steps.any(|step| matches!(step, Step::Action(action) if action.post.is_some()));
        posts || self.deliveries.iter().any(|it| it.sending.is_some())
    }

    /// Names the triggers by their places in this engine, which is to have those that are gone, too.
    fn find_triggers(&mut self, engine: &Engine) -> Result<Vec<TriggerDefinition>, LoadError> {
        let names = std::mem::replace(&mut self.triggers, engine.trigger_keys());
        let mut gone = Vec::new();
        let known = &mut self.triggers;
        let mut find = |trigger: &mut usize| {
            let name = names.get(*trigger).ok_or(LoadError::Inconsistent("a trigger"))?;
            *trigger = match known.iter().position(|it| it == name) {
                Some(place) => place,
                None => {
                    gone.push(gone_trigger(name)?);
                    known.push(name.clone());
                    known.len() - 1
                }
            };
            Ok(())
        };
        self.events.iter_mut().try_for_each(|event| find(&mut event.trigger))?;
        self.keys.iter_mut().try_for_each(|(key, _)| find(&mut key.trigger))?;
        self.log.iter_mut().try_for_each(|effect| match effect {
            Effect::Repeated(repeat) => find(&mut repeat.trigger),
            Effect::CanceledNothing(cancel) => find(&mut cancel.trigger),
            _ => Ok::<_, LoadError>(()),
        })?;
        Ok(gone)
    }

    /// Whether the places in its lists are places of its lists.
    fn check_lists(&self) -> Result<(), LoadError> {
        let Self { automations, events, activations, keys, next_id, .. } = self;
        let mut all = automations.iter().enumerate();
        check(all.all(|(index, it)| it.edited.is_none_or(|edited| edited < index)), "an edit")?;
        check(events.is_sorted_by(|one, other| one.number < other.number), "an event's number")?;
        let is_counted = events.last().is_none_or(|last| last.number < self.reported);
        check(is_counted && self.reported <= MOST_COUNTED, "an event's number")?;
        for (index, event) in events.iter().enumerate() {
            let (start, count) = event.activations;
            let own = start.checked_add(count).and_then(|end| activations.get(start..end));
            let is_own = own.is_some_and(|own| own.iter().all(|it| it.event == index));
            check(is_own, "an event's list of activations")?;
        }
        check(*next_id <= MOST_COUNTED, "an activation's id")?;
        let ids = FIRST..FIRST + u128::from(*next_id);
        let mut last = None;
        for activation in activations {
            let Activation { id, event, automation, .. } = activation;
            let is_next = last < Some(*id) && ids.contains(&id.as_u128());
            check(is_next, "an activation's id")?;
            last = Some(*id);
            check(*event < events.len(), "an activation's event")?;
            check(*automation < automations.len(), "an activation's automation")?;
        }
        let mut kept = keys.iter().map(|(_, kept)| kept);
        let is_kept = |kept: &KeptKey| {
            kept.event.is_none_or(|it| it < events.len()) && kept.activations.1 <= MOST_ACTIVATIONS
        };
        check(kept.all(is_kept), "an idempotency key")
    }

    fn check_deliveries(&self) -> Result<(), LoadError> {
        check(self.next_delivery <= MOST_COUNTED, "a delivery's number")?;
        let mut next = 0;
        for delivery in &self.deliveries {
            let is_counted = (next..self.next_delivery).contains(&delivery.number);
            check(is_counted, "a delivery's number")?;
            next = delivery.number + 1;
            check(delivery.fits(), "a delivery's attempts")?;
        }
        Ok(())
    }

    fn check_log(&self) -> Result<(), LoadError> {
        let Self { events, activations, log, deliveries, .. } = self;
        let fits = |effect: &Effect| match effect {
            Effect::Reported(event) => *event < events.len(),
            Effect::Repeated(repeat) => repeat.event.is_none_or(|event| event < events.len()),
            Effect::CanceledNothing(_) => true,
            Effect::Happened(activation, place) => {
                activations.get(*activation).is_some_and(|it| *place < it.history.len())
            }
            Effect::Delivers(delivery) => *delivery < deliveries.len(),
            Effect::Delivered(delivery, place) => {
                deliveries.get(*delivery).is_some_and(|it| *place < it.attempts.len())
            }
        };
        check(log.iter().all(fits) && self.forgotten_to <= log.len(), "the log")
    }

    /// Who goes on when.
    fn queue(&self) -> Result<BTreeMap<(Timestamp, u64), Due>, LoadError> {
        check(self.put <= MOST_COUNTED, "a place in the queue")?;
        let mut queue = BTreeMap::new();
        let mut enqueue = |place: (Timestamp, u64), due| {
            let is_free = place.1 < self.put && queue.insert(place, due).is_none();
            check(is_free, "a place in the queue")
        };
        for (index, activation) in self.activations.iter().enumerate() {
            if let Some(place) = activation.due {
                enqueue(place, Due::GoOn(index))?;
            }
            let mut last = None;
            for post in &activation.posts {
                check(post.sending.fits(), "a post's attempts")?;
                // Its step was done, and is done once, after those before.
                let is_next = last < Some(post.step) && post.step < activation.next_step;
                check(is_next, "a post's step")?;
                last = Some(post.step);
                if let Some(place) = post.sending.due {
                    enqueue(place, Due::Send(Subject::Post(activation.id, post.step)))?;
                }
            }
        }
        for delivery in &self.deliveries {
            if let Some(place) = delivery.sending.as_ref().and_then(|it| it.due) {
                enqueue(place, Due::Send(Subject::Delivery(delivery.number)))?;
            }
        }
        Ok(queue)
    }
}

/// One of which nothing is known but that events were reported for it.
pub(super) fn gone_trigger(key: &str) -> Result<TriggerDefinition, LoadError> {
    let trigger = TriggerDefinition::new(key, key, &Value::Bool(true));
    trigger.map_err(|_| LoadError::UnknownTrigger(key.to_owned()))
}

fn check(holds: bool, what: &'static str) -> Result<(), LoadError> {
    if holds { Ok(()) } else { Err(LoadError::Inconsistent(what)) }
}

/// A text of JSON, as JSON.
pub(super) mod json_text {
    use serde::{Deserialize, Deserializer, Serialize as _, Serializer};
    use serde_json::Value;

    pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        let value: Value = serde_json::from_str(text).map_err(serde::ser::Error::custom)?;
        value.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<str>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(value.to_string().into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::{Action, Report};

    /// An engine with a post that waits to be tried again.
    fn engine() -> Engine {
        let paid = TriggerDefinition::new("paid", "Paid", &json!({})).expect("a schema");
        let mut engine = Engine::new(Timestamp::UNIX_EPOCH, vec![paid]);
        let post = "http://localhost:1/hook".parse().ok();
        let steps = vec![Step::Action(Action { name: "Post".to_owned(), post })];
        engine.add_automation(Automation { steps, ..Automation::new("Post", "paid") });
        engine.report(report()).expect("it is taken");
        let letter = engine.take_letters().remove(0);
        engine.answered(letter, crate::engine::Outcome::Unanswered);
        engine
    }

    fn report() -> Report {
        let (site, payload) = (uuid::Uuid::nil(), json!({}));
        let (app, trigger_key) = ("an-app".into(), "paid".to_owned());
        Report { app, site, trigger_key, payload, entity: None, idempotency: None }
    }

    #[test]
    fn no_state_counts_further_than_anybody_does() {
        let post = json!({ "step": 0, "attempts": 1, "due": null, "isLast": false });
        for (place, value, words) in [
            ("/activations/0/posts", json!([post, post]), "a post's step"),
            ("/put", json!(u64::MAX), "a place in the queue"),
            ("/nextId", json!(u64::MAX), "an activation's id"),
            ("/reported", json!(u64::MAX), "an event's number"),
            ("/reported", json!(0), "an event's number"),
            ("/activations/0/posts/0/attempts", json!(usize::MAX), "a post's attempts"),
            ("/activations/0/posts/0/attempts", json!(13), "a post's attempts"),
            ("/activations/0/posts/0/step", json!(1), "a post's step"),
            ("/activations/0/nextStep", json!(0), "a post's step"),
        ] {
            let mut engine = engine();
            let mut saved = serde_json::to_value(engine.save()).expect("JSON");
            let changed = saved.pointer_mut(place).map(|it| std::mem::replace(it, value));
            assert_ne!(changed.unwrap_or(Value::Null), Value::Null, "{place}");
            let saved = serde_json::from_value(saved).expect("a state");
            assert_eq!(engine.load(saved), Err(LoadError::Inconsistent(words)), "{place}");
            // It goes on as it was.
            engine.advance(Timestamp::MAX);
            engine.report(report()).expect("it is taken");
        }
    }
}
