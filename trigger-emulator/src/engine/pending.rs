use jiff::Timestamp;

use super::{ActivationIndex, Engine, Event, EventIndex, Moment, Step, calendar};
use crate::assumption::Assumption;

/// An action that has still to run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PendingAction<'e> {
    pub(crate) automation: &'e str,
    pub(crate) action: &'e str,
    /// When that is, if a calendar goes that far.
    pub(crate) at: Option<Timestamp>,
}

/// An action of an activation, done or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlannedAction<'e> {
    /// Which of the automation's steps.
    pub(crate) step: usize,
    pub(crate) name: &'e str,
    /// When it ran, or will run, or would have; nothing if no calendar goes that far, or the event has
    /// no date.
    pub(crate) at: Option<Timestamp>,
    pub(crate) ran: bool,
}

impl Engine {
    /// The date of a scheduled event, if it can be read.
    pub(crate) fn date_of(&self, event: &Event) -> Option<Timestamp> {
        let payload = serde_json::from_str(&event.payload).ok()?;
        let local = self.assumptions.holds(Assumption::DatesWithoutZoneAreLocal);
        let zone = self.zones.of(event.site);
        calendar::read(self.triggers[event.trigger].date(&payload)?, local.then_some(zone))
    }

    /// All that an activation was to do from its start on, whatever became of it.
    pub(crate) fn planned(&self, index: ActivationIndex) -> Vec<PlannedAction<'_>> {
        let activation = &self.activations[index];
        let automation = &self.automations[activation.automation];
        let event = &self.events[activation.event];
        let zone = self.zones.of(event.site);
        let mut at = match self.triggers[event.trigger].scheduled_at() {
            None => Some(event.at),
            Some(_) => {
                self.date_of(event).and_then(|it| calendar::before(it, automation.before, zone))
            }
        };
        let ran = |step| {
            let mut history = activation.history.iter();
            history.find(|(_, moment)| *moment == Moment::Action(step)).map(|(at, _)| *at)
        };
        let mut all = Vec::new();
        for (step, it) in automation.steps.iter().enumerate() {
            if step == activation.next_step {
                at = activation.due().or(at);
            }
            match it {
                Step::Delay(span) => at = at.and_then(|at| calendar::after(at, *span, zone)),
                Step::Action(action) => {
                    let ran = ran(step);
                    at = ran.or(at);
                    all.push(PlannedAction { step, name: &action.name, at, ran: ran.is_some() });
                }
            }
        }
        all
    }

    /// What an event has still to do, one activation after the other.
    pub(crate) fn pending_actions(
        &self,
        event: EventIndex,
    ) -> impl Iterator<Item = PendingAction<'_>> {
        let (start, count) = self.events[event].activations;
        (start..start + count).flat_map(|activation| self.pending_of(activation))
    }

    /// Whether a cancel of an event would stop something: what waits, or attempts to post.
    pub(crate) fn would_stop(&self, event: EventIndex) -> bool {
        let (start, count) = self.events[event].activations;
        self.activations[start..start + count]
            .iter()
            .any(|it| it.due.is_some() || it.posts.iter().any(|post| !post.is_last))
    }

    fn pending_of(&self, index: ActivationIndex) -> Vec<PendingAction<'_>> {
        let activation = &self.activations[index];
        let automation = &self.automations[activation.automation];
        let mut all = Vec::new();
        for post in activation.posts.iter().filter(|it| !it.is_last) {
            if let Some(Step::Action(action)) = automation.steps.get(post.step) {
                all.push(PendingAction {
                    automation: &automation.name,
                    action: &action.name,
                    at: Some(post.sending.due().unwrap_or(self.now)),
                });
            }
        }
        let zone = self.zones.of(self.events[activation.event].site);
        let mut at = activation.due();
        let is_waiting = at.is_some();
        for step in automation.steps.iter().skip(activation.next_step).filter(|_| is_waiting) {
            match step {
                Step::Delay(span) => at = at.and_then(|at| calendar::after(at, *span, zone)),
                Step::Action(action) => {
                    all.push(PendingAction {
                        automation: &automation.name,
                        action: &action.name,
                        at,
                    });
                }
            }
        }
        all
    }
}
