use std::sync::Arc;

use jiff::Span;
use serde_json::Value;

use crate::engine::{Automation, AutomationIndex, Filter, Reason, Step};
use crate::local::LocalUrl;
use crate::state::Shared;
use crate::trigger::{NO_VALUES, path_of};

/// An automation that is set up: made by [`Emulator::automation`](crate::Emulator::automation).
///
/// Without more, it does one thing, called as the automation: at once, or at the date of a scheduled
/// event. Each method takes effect at once, for the events that are reported after it; what an earlier
/// one activated goes on as it was.
///
/// ```
/// # use jiff::ToSpan;
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use trigger_emulator::Emulator;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "class_starting", scheduled_at = starts_at)]
/// # struct ClassStarting { starts_at: jiff::Timestamp, #[trigger(example = "Pottery")] class: String }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let wix = Emulator::start().await?;
/// wix.automation::<ClassStarting>("Pottery reminder")
///     .when("class", ["Pottery"])
///     .before(2.days())
///     .action("Email")
///     .delay(1.day())
///     .action("Text message");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AutomationHandle {
    pub(crate) shared: Arc<Shared>,
    pub(crate) index: AutomationIndex,
}

impl AutomationHandle {
    /// Starts so long before the date of a scheduled event: minutes, hours, days, weeks or months, in
    /// the emulator's time zone.
    ///
    /// # Panics
    ///
    /// If the trigger is not scheduled, or the span is negative.
    #[track_caller]
    pub fn before(self, span: Span) -> Self {
        assert!(!span.is_negative(), "`before` goes back in time, by a span that is not negative");
        let key = self.shared.read(|state| {
            let key = &state.engine.automations()[self.index].trigger_key;
            let trigger = state.engine.trigger(key).map(|it| &state.engine.triggers()[it])?;
            trigger.scheduled_at().is_none().then(|| key.clone())
        });
        if let Some(key) = key {
            panic!("`{key}` is a real-time trigger: nothing is done before its events");
        }
        self.edit(|automation| automation.before = span)
    }

    /// Does what it does so long after the event, or after its date: [`delay`](Self::delay), as one
    /// says it of the first thing.
    ///
    /// # Panics
    ///
    /// If the span is negative.
    #[track_caller]
    pub fn after(self, span: Span) -> Self {
        self.delay(span)
    }

    /// Waits so long before the next action.
    ///
    /// # Panics
    ///
    /// If the span is negative.
    #[track_caller]
    pub fn delay(self, span: Span) -> Self {
        assert!(!span.is_negative(), "nobody waits for a span that is negative");
        self.edit(|automation| {
            // The action that stands there without more comes after the delay.
            let is_untold = automation.has_untold_action;
            let place = automation.steps.len() - usize::from(is_untold);
            automation.steps.insert(place, Step::Delay(span));
        })
    }

    /// Does something of this name.
    pub fn action(self, name: impl Into<String>) -> Self {
        self.edit(|automation| {
            if std::mem::take(&mut automation.has_untold_action) {
                automation.steps.pop();
            }
            automation.steps.push(Step::action(name));
        })
    }

    /// Has the last action post the event's payload to this address, which is on this machine: it is
    /// tried again at the times of Wix's webhooks (1 minute, 10 minutes, 1 hour, …, 12 times), by the
    /// emulator's clock, until a status of 200 to 299 comes. The headers `x-emulator-trigger-key`,
    /// `x-emulator-activation-id` and `x-emulator-attempt` tell what it is about.
    ///
    /// # Panics
    ///
    /// If the address is none of this machine, such as `http://127.0.0.1:3000/hook`.
    #[track_caller]
    pub fn post_to(self, url: &str) -> Self {
        let url: LocalUrl = match url.parse() {
            Ok(url) => url,
            Err(error) => panic!("`{url}`: {error}"),
        };
        self.edit(|automation| {
            let last = automation.steps.iter_mut().rev().find_map(|step| match step {
                Step::Action(action) => Some(action),
                Step::Delay(_) => None,
            });
            if let Some(action) = last {
                action.post = Some(url);
                // It was spoken of: an action that is added comes after it.
                automation.has_untold_action = false;
            }
        })
    }

    /// Starts only for events whose property has one of these values. `customer.name` is the
    /// property `name` of the object `customer`.
    ///
    /// # Panics
    ///
    /// If no event can have it: the payload has no such property, or the property never one of these
    /// values, or there are no values.
    #[track_caller]
    pub fn when<V: Into<Value>>(self, property: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        match self.filter(property, values) {
            Ok(filter) => self.edit(|automation| automation.filters.push(filter)),
            Err(words) => panic!("{words}"),
        }
    }

    fn filter(&self, property: &str, values: Vec<Value>) -> Result<Filter, String> {
        let path = path_of(property)?;
        if values.is_empty() {
            return Err(format!("`{property}`: {NO_VALUES}"));
        }
        self.shared.read(|state| {
            let key = &state.engine.automations()[self.index].trigger_key;
            let Some(trigger) = state.engine.trigger(key) else { return Ok(()) };
            let property = state.engine.triggers()[trigger].property(&path)?;
            let mut wrong =
                values.iter().filter_map(|value| Some((value, property.judge(value).err()?)));
            wrong.next().map_or(Ok(()), |(value, words)| Err(format!("{value}: {words}")))
        })?;
        Ok(Filter { path, values })
    }

    /// Deactivates it: what waits is canceled (`AUTOMATION_DEACTIVATED`), and no event activates it.
    pub fn deactivate(self) {
        self.end(Reason::AutomationDeactivated);
    }

    /// Deletes it: what waits is canceled (`AUTOMATION_DELETED`), and no event activates it.
    pub fn delete(self) {
        self.end(Reason::AutomationDeleted);
    }

    fn end(self, reason: Reason) {
        self.shared.act(|state| state.engine.end_automation(self.index, reason));
    }

    fn edit(mut self, edit: impl FnOnce(&mut Automation)) -> Self {
        self.index = self.shared.act(|state| state.engine.edit_automation(self.index, edit));
        self
    }
}

impl std::fmt::Debug for AutomationHandle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.shared.read(|state| state.engine.automations()[self.index].fmt(formatter))
    }
}
