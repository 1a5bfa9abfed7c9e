//! What a cancel stops.

use uuid::Uuid;

use super::command::Cancel;
use super::{
    ActivationIndex, Command, Effect, Engine, EventIndex, IdleCancel, Reason, Refusal, State,
};
use crate::assumption::Assumption;

impl Engine {
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
        let (app, trigger_key) = (app.into(), trigger_key.to_owned());
        Ok(self.cancel_of(trigger, Cancel { app, site, trigger_key, entity }))
    }

    pub(super) fn cancel_of(&mut self, trigger: usize, cancel: Cancel) -> usize {
        let Cancel { ref app, site, entity, .. } = cancel;
        let events = self.reached(Some(app), Some(site), trigger, entity);
        if !self.assumptions.holds(Assumption::CanceledKeysStayUsed) {
            let own_site = self.assumptions.holds(Assumption::CancelsStayOnTheirSite);
            self.keys.retain(|key, kept| {
                let is_its = key.trigger == trigger && key.app == *app;
                let is_reached = kept.entity == Some(entity) && (!own_site || kept.site == site);
                !(is_its && is_reached)
            });
        }
        self.record(|| Command::Cancel(cancel));
        let mut stopped = 0;
        for event in events {
            let (start, count) = self.events[event].activations;
            for activation in start..start + count {
                if self.stop(activation, Reason::EventCancelled) {
                    stopped += 1;
                }
            }
        }
        if stopped == 0 {
            let canceled = IdleCancel { at: self.now, trigger, entity };
            self.log.push(Effect::CanceledNothing(canceled));
        }
        stopped
    }

    /// The events that a cancel reaches, done or not; of all apps and sites where none is said.
    pub(crate) fn reached(
        &self,
        app: Option<&str>,
        site: Option<Uuid>,
        trigger: usize,
        entity: Uuid,
    ) -> Vec<EventIndex> {
        let own_site = self.assumptions.holds(Assumption::CancelsStayOnTheirSite);
        let site = site.filter(|_| own_site);
        let events = self.by_entity.get(&(trigger, entity)).into_iter().flatten().copied();
        let is_reached = |event: &EventIndex| {
            let event = &self.events[*event];
            app.is_none_or(|app| &*event.app == app) && site.is_none_or(|site| event.site == site)
        };
        events.filter(is_reached).collect()
    }

    /// Stops what an activation has still to do: whether there was something.
    pub(super) fn stop(&mut self, index: ActivationIndex, reason: Reason) -> bool {
        let stops_posts = self.stop_posts(index);
        let Some(place) = self.activations[index].due.take() else { return stops_posts };
        self.due.remove(&place);
        self.moved(index, State::Cancelled(reason));
        true
    }
}
