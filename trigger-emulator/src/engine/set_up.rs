//! What site owners set up, and how it changes.

use super::{Automation, AutomationIndex, Command, Engine, Reason, Status};
#[cfg(any(feature = "cli", test))]
use crate::trigger::TriggerDefinition;

/// What became of the automations when others took their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) added: usize,
    pub(crate) changed: usize,
    pub(crate) ended: usize,
}

impl Engine {
    /// Has these triggers from now on. What was reported for one that is gone goes on as it was.
    #[cfg(any(feature = "cli", test))]
    pub(crate) fn set_triggers(&mut self, triggers: Vec<TriggerDefinition>) {
        self.by_key.clear();
        for trigger in triggers {
            let key = trigger.key().to_owned();
            let known = self.triggers.iter().position(|it| it.key() == key);
            let index = known.unwrap_or(self.triggers.len());
            match known {
                Some(index) => self.triggers[index] = trigger,
                None => self.triggers.push(trigger),
            }
            self.by_key.insert(key, index);
        }
    }

    /// Has these automations from now on: those that are the same go on, changed ones are edited,
    /// and those that are gone are deleted.
    pub(crate) fn set_automations(&mut self, wanted: Vec<Automation>) -> Changes {
        self.record(|| Command::SetAutomations(wanted.clone()));
        let mut changes = Changes::default();
        let mut gone: Vec<_> = self
            .set_up()
            .filter(|(_, it)| it.status == Status::Active && !wanted.iter().any(|w| w.is_of(it)))
            .map(|(index, it)| (index, it.trigger_key.clone()))
            .collect();
        gone.sort_by_key(|(index, _)| self.edits(*index).last());
        for (index, key) in gone {
            self.end(index, Reason::AutomationDeleted);
            changes.ended += 1;
            if !wanted.iter().any(|it| it.trigger_key == key) {
                self.automations.push(Automation::default_of(&key));
            }
        }
        self.delete_inactive(&wanted);
        for automation in wanted {
            self.set_automation(automation, &mut changes);
        }
        changes
    }

    /// Deletes those that are off and not among these; there is nothing of them to stop.
    fn delete_inactive(&mut self, wanted: &[Automation]) {
        for automation in &mut self.automations {
            let is_gone = !wanted.iter().any(|it| it.is_of(automation));
            if automation.status == Status::Ended && is_gone {
                automation.status = Status::Deleted;
            }
        }
    }

    /// The automations that somebody set up, as they are now.
    fn set_up(&self) -> impl Iterator<Item = (AutomationIndex, &Automation)> {
        let all = self.automations.iter().enumerate();
        all.filter(|(_, it)| it.status != Status::Replaced && !it.is_default)
    }

    fn set_automation(&mut self, wanted: Automation, changes: &mut Changes) {
        let found = self.set_up().filter(|(_, it)| it.is_of(&wanted)).last();
        let Some((index, current)) = found.map(|(index, it)| (index, it.clone())) else {
            self.add(wanted);
            changes.added += 1;
            return;
        };
        match (current.status, wanted.status) {
            _ if current.is_same(&wanted) => {}
            (Status::Active, Status::Active) => {
                self.replace(index, wanted);
                changes.changed += 1;
            }
            (Status::Active, _) => {
                self.end(index, Reason::AutomationDeactivated);
                changes.ended += 1;
            }
            (_, Status::Active) => {
                self.add(wanted);
                changes.added += 1;
            }
            // It is shown, and does nothing.
            _ => {
                self.replace(index, wanted);
            }
        }
    }

    /// Adds an automation, in the place of the trigger's default one and of the one of this name.
    /// Activations of those go on as they were.
    pub(crate) fn add_automation(&mut self, automation: Automation) -> AutomationIndex {
        self.record(|| Command::AddAutomation(automation.clone()));
        self.add(automation)
    }

    pub(super) fn add(&mut self, automation: Automation) -> AutomationIndex {
        for earlier in &mut self.automations {
            let is_same = earlier.name == automation.name || earlier.is_default;
            if is_same && earlier.trigger_key == automation.trigger_key {
                earlier.status = Status::Replaced;
            }
        }
        // What a history says of it may be the place of none, or its own.
        self.automations.push(Automation { edited: None, ..automation });
        self.automations.len() - 1
    }

    /// Edits an automation for the events to come: what an event activated already goes on as it was.
    /// Where it stands now.
    pub(crate) fn edit_automation(
        &mut self,
        index: AutomationIndex,
        edit: impl FnOnce(&mut Automation),
    ) -> AutomationIndex {
        let mut edited = self.automations[self.last_edit(index)].clone();
        edit(&mut edited);
        self.record(|| Command::EditAutomation(index, edited.clone()));
        self.replace(index, edited)
    }

    pub(super) fn replace(
        &mut self,
        index: AutomationIndex,
        automation: Automation,
    ) -> AutomationIndex {
        let last = self.last_edit(index);
        if !self.activations.iter().any(|it| it.automation == last) {
            let edited = self.automations[last].edited;
            self.automations[last] = Automation { edited, ..automation };
            return last;
        }
        self.automations[last].status = Status::Replaced;
        self.automations.push(Automation { edited: Some(last), ..automation });
        self.automations.len() - 1
    }

    /// An automation, what it was before it was edited, and so on.
    pub(super) fn edits(
        &self,
        index: AutomationIndex,
    ) -> impl Iterator<Item = AutomationIndex> + '_ {
        std::iter::successors(Some(index), |edit| self.automations[*edit].edited)
    }

    /// The last of the edits of this automation.
    fn last_edit(&self, index: AutomationIndex) -> AutomationIndex {
        let edits = self.automations.iter().enumerate();
        edits.fold(index, |last, (edit, it)| if it.edited == Some(last) { edit } else { last })
    }

    /// Deactivates or deletes an automation, whose activations that are under way are canceled.
    pub(crate) fn end_automation(&mut self, index: AutomationIndex, reason: Reason) {
        self.record(|| Command::EndAutomation(index, reason));
        self.end(index, reason);
    }

    pub(super) fn end(&mut self, index: AutomationIndex, reason: Reason) {
        let last = self.last_edit(index);
        self.automations[last].status = match reason {
            Reason::AutomationDeleted => Status::Deleted,
            _ => Status::Ended,
        };
        let all_edits: Vec<_> = self.edits(last).collect();
        for index in 0..self.activations.len() {
            let activation = &self.activations[index];
            if !activation.is_over() && all_edits.contains(&activation.automation) {
                self.stop(index, reason);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Span, Timestamp};

    use super::*;

    #[test]
    fn one_that_is_off_is_changed_and_deleted_as_well() {
        let mut engine = Engine::new(Timestamp::UNIX_EPOCH, Vec::new());
        let off = Automation { status: Status::Ended, ..Automation::new("A", "paid") };
        let changed = Automation { before: Span::new().days(1), ..off.clone() };
        for (wanted, status, days) in [
            (vec![off.clone()], Status::Ended, 0),
            (vec![changed], Status::Ended, 1),
            (vec![], Status::Deleted, 1),
            (vec![off], Status::Ended, 0),
        ] {
            engine.set_automations(wanted);
            let its = engine.automations().last().expect("one");
            assert_eq!((its.status, its.before.get_days()), (status, days));
        }
    }

    /// A history may have been written by hand.
    #[test]
    fn a_new_automation_is_no_edit_whatever_it_says() {
        for edited in [0, 7] {
            let mut engine = Engine::new(Timestamp::UNIX_EPOCH, Vec::new());
            let strange = Automation { edited: Some(edited), ..Automation::new("A", "paid") };
            engine.add_automation(strange.clone());
            assert_eq!(engine.automations()[0].edited, None);
            engine.set_automations(vec![Automation { name: "B".to_owned(), ..strange }]);
            let edited: Vec<_> = engine.automations().iter().map(|it| it.edited).collect();
            assert_eq!(edited, [None, None]);
        }
    }
}
