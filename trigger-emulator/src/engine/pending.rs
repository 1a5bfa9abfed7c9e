use jiff::Timestamp;

use super::{ActivationIndex, Engine, EventIndex, Step, calendar};

/// An action that has still to run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PendingAction<'e> {
    pub(crate) automation: &'e str,
    pub(crate) action: &'e str,
    /// When that is, if a calendar goes that far.
    pub(crate) at: Option<Timestamp>,
}

impl Engine {
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
