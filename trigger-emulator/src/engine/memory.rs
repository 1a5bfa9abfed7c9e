//! What is forgotten, so that an emulator can be left running.

use super::{Activation, Command, Due, Effect, Engine};

/// The new places of what is kept.
struct Places(Vec<Option<usize>>);

impl Places {
    fn new(kept: &[bool]) -> Self {
        let mut next = 0;
        let places = kept.iter().map(|kept| {
            let place = kept.then_some(next);
            next += usize::from(*kept);
            place
        });
        Self(places.collect())
    }

    /// Where it is now, which was kept.
    fn of(&self, place: usize) -> Option<usize> {
        self.0.get(place).copied().flatten()
    }

    fn retain<T>(&self, list: &mut Vec<T>) {
        let mut places = self.0.iter();
        list.retain(|_| places.next().is_some_and(Option::is_some));
    }
}

impl Engine {
    /// Forgets what is over and of which nothing is told in the last lines of the history, if it has
    /// grown to twice as many as are to be kept.
    pub(crate) fn forget_what_is_over(&mut self) {
        let Some(lines) = self.history else { return };
        if self.log.len() - self.forgotten_to >= lines.saturating_mul(2) {
            self.forget(lines);
        }
    }

    /// Keeps the last lines, and all of an event, activation or delivery that one of them is of, or
    /// that is not over.
    pub(super) fn forget(&mut self, lines: usize) {
        self.record(|| Command::Forget);
        let cut = self.log.len().saturating_sub(lines);
        let (events, activations) = self.kept_since(cut);
        let (events, activations) = (Places::new(&events), Places::new(&activations));
        let deliveries = Places::new(&self.deliveries_kept_since(cut));
        let mut number = 0;
        let mut told = 0;
        self.log.retain_mut(|effect| {
            let is_told = number < self.told;
            number += 1;
            let is_kept = match effect {
                Effect::Reported(event) => moved(event, &events),
                Effect::Happened(activation, _) => moved(activation, &activations),
                Effect::Repeated(repeat) if number > cut => {
                    repeat.event = repeat.event.and_then(|event| events.of(event));
                    true
                }
                Effect::Repeated(_) => false,
                Effect::CanceledNothing(_) => number > cut,
                Effect::Delivers(delivery) | Effect::Delivered(delivery, _) => {
                    moved(delivery, &deliveries)
                }
            };
            told += usize::from(is_told && is_kept);
            is_kept
        });
        self.told = told;
        self.forgotten_to = self.log.len().saturating_sub(lines);
        deliveries.retain(&mut self.deliveries);
        self.move_to(&events, &activations);
    }

    /// Which events and activations are kept.
    fn kept_since(&self, cut: usize) -> (Vec<bool>, Vec<bool>) {
        let mut events = vec![false; self.events.len()];
        let mut activations: Vec<_> = self.activations.iter().map(|it| !it.is_over()).collect();
        for effect in &self.log[cut..] {
            match effect {
                Effect::Reported(event) => events[*event] = true,
                Effect::Happened(activation, _) => activations[*activation] = true,
                Effect::Repeated(repeat) => {
                    if let Some(event) = repeat.event {
                        events[event] = true;
                    }
                }
                Effect::CanceledNothing(_) | Effect::Delivers(_) | Effect::Delivered(..) => {}
            }
        }
        for (activation, _) in self.activations.iter().zip(&activations).filter(|(_, kept)| **kept)
        {
            events[activation.event] = true;
        }
        for (event, _) in self.events.iter().zip(&events).filter(|(_, kept)| **kept) {
            let (start, count) = event.activations;
            activations[start..start + count].fill(true);
        }
        (events, activations)
    }

    fn deliveries_kept_since(&self, cut: usize) -> Vec<bool> {
        let mut kept: Vec<_> = self.deliveries.iter().map(|it| it.sending.is_some()).collect();
        for effect in &self.log[cut..] {
            if let Effect::Delivers(delivery) | Effect::Delivered(delivery, _) = effect {
                kept[*delivery] = true;
            }
        }
        kept
    }

    fn move_to(&mut self, events: &Places, activations: &Places) {
        self.move_keys(|event| events.of(event));
        events.retain(&mut self.events);
        activations.retain(&mut self.activations);
        for event in &mut self.events {
            // All of an event's own activations are kept with it.
            let (start, count) = event.activations;
            event.activations = (activations.of(start).unwrap_or_default(), count);
        }
        for activation in &mut self.activations {
            moved(&mut activation.event, events);
        }
        for due in self.due.values_mut() {
            if let Due::GoOn(activation) = due {
                moved(activation, activations);
            }
        }
        self.index_entities();
    }

    /// Finds the events by their entities.
    pub(super) fn index_entities(&mut self) {
        self.by_entity.clear();
        for (index, event) in self.events.iter().enumerate() {
            if let Some(entity) = event.entity {
                self.by_entity.entry((event.trigger, entity)).or_default().push(index);
            }
        }
    }
}

/// Whether what was at this place is kept, which is at its new place then.
fn moved(place: &mut usize, places: &Places) -> bool {
    let new = places.of(*place);
    *place = new.unwrap_or_default();
    new.is_some()
}

impl Activation {
    /// Whether nothing waits, neither a step nor a post.
    pub(crate) fn is_over(&self) -> bool {
        self.due.is_none() && self.posts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_history_may_be_as_long_as_it_is_said() {
        let mut engine = Engine::new(Timestamp::UNIX_EPOCH, Vec::new());
        engine.history = Some(usize::MAX);
        engine.forget_what_is_over();
        assert!(engine.log.is_empty());
    }
}
