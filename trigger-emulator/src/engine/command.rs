//! What was done to an engine, so that it can be done again: a journal of it gives the same state.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::saved::gone_trigger;
use super::{
    Automation, AutomationIndex, Engine, LoadError, Outcome, Reason, Report, Saved, Zones,
};
use crate::assumption::Assumptions;
use crate::local::LocalUrl;
use crate::webhook::Webhook;

/// What changes an engine, beside the time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) enum Command {
    /// What its state was when the journal began, or when another one was loaded.
    Load(Box<Saved>),
    Set(Box<Settings>),
    SetAutomations(Vec<Automation>),
    AddAutomation(Automation),
    EditAutomation(AutomationIndex, Automation),
    EndAutomation(AutomationIndex, Reason),
    /// One that was taken, or known again by its key.
    Report(Report),
    Cancel(Cancel),
    Posted(Uuid, usize, Outcome),
    /// A letter did not go: its event was canceled before.
    Withdraw(Uuid, usize),
    Deliver(Box<Webhook>, LocalUrl),
    /// The attempt to deliver that was under way is over.
    Delivered(u64, Outcome),
    /// Somebody turned the clock to the time of this line.
    Turn,
    Forget,
    Reset,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Cancel {
    pub(crate) app: Arc<str>,
    pub(crate) site: Uuid,
    pub(crate) trigger_key: String,
    pub(crate) entity: Uuid,
}

/// How an engine goes about its work.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) assumptions: Assumptions,
    pub(crate) zones: Zones,
    /// How many of the last lines of the log are kept, with what they are of; all, without.
    pub(crate) history: Option<usize>,
}

/// Why a command cannot be done again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReplayError {
    #[error("there is no automation of the number {0}")]
    UnknownAutomation(AutomationIndex),
    #[error("it is {at}, which is before {now}, where the history stands")]
    Backward { at: Timestamp, now: Timestamp },
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl Engine {
    /// Keeps what is done from now on, after the state as it is.
    pub(crate) fn begin_journal(&mut self) {
        let set = Command::Set(Box::new(self.settings()));
        let load = Command::Load(Box::new(self.save()));
        self.journal = Some(vec![(self.now, load), (self.now, set)]);
    }

    pub(crate) fn end_journal(&mut self) {
        self.journal = None;
    }

    /// What was done since this was last asked.
    pub(crate) fn take_journal(&mut self) -> Vec<(Timestamp, Command)> {
        self.journal.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(crate) fn record(&mut self, command: impl FnOnce() -> Command) {
        if let Some(journal) = &mut self.journal {
            journal.push((self.now, command()));
        }
    }

    pub(crate) fn settings(&self) -> Settings {
        let Self { assumptions, zones, history, .. } = self;
        Settings { assumptions: *assumptions, zones: zones.clone(), history: *history }
    }

    pub(crate) fn set(&mut self, settings: Settings) {
        self.record(|| Command::Set(Box::new(settings.clone())));
        let Settings { assumptions, zones, history } = settings;
        (self.assumptions, self.zones, self.history) = (assumptions, zones, history);
    }

    /// Does again what a journal says.
    pub(crate) fn replay(&mut self, at: Timestamp, command: Command) -> Result<(), ReplayError> {
        if let Command::Load(saved) = command {
            return Ok(self.load(*saved)?);
        }
        if at < self.now {
            return Err(ReplayError::Backward { at, now: self.now });
        }
        self.advance(at);
        self.apply(command)
    }

    fn apply(&mut self, command: Command) -> Result<(), ReplayError> {
        match command {
            Command::Load(saved) => self.load(*saved)?,
            Command::Set(settings) => self.set(*settings),
            Command::SetAutomations(automations) => {
                self.set_automations(automations);
            }
            Command::AddAutomation(automation) => {
                self.add_automation(automation);
            }
            Command::EditAutomation(index, automation) => {
                self.known(index)?;
                self.edit_automation(index, |it| *it = automation);
            }
            Command::EndAutomation(index, reason) => {
                self.known(index)?;
                self.end_automation(index, reason);
            }
            Command::Report(report) => self.take_again(report)?,
            Command::Cancel(cancel) => {
                let trigger = self.known_or_gone(&cancel.trigger_key)?;
                self.cancel_of(trigger, cancel);
            }
            Command::Posted(activation, step, outcome) => self.book_post(activation, step, outcome),
            Command::Withdraw(activation, step) => self.withdraw(activation, step),
            Command::Deliver(webhook, to) => {
                self.deliver(*webhook, to);
            }
            Command::Delivered(number, outcome) => self.book_delivery(number, outcome),
            Command::Turn => self.record(|| Command::Turn),
            Command::Forget => self.forget(self.history.unwrap_or(usize::MAX)),
            Command::Reset => self.reset(),
        }
        Ok(())
    }

    fn known(&self, index: AutomationIndex) -> Result<(), ReplayError> {
        let known = self.automations.get(index).map(|_| ());
        known.ok_or(ReplayError::UnknownAutomation(index))
    }

    /// The trigger was there then, if it is not now.
    fn known_or_gone(&mut self, key: &str) -> Result<usize, ReplayError> {
        if let Some(place) = self.triggers.iter().position(|it| it.key() == key) {
            return Ok(place);
        }
        self.triggers.push(gone_trigger(key)?);
        Ok(self.triggers.len() - 1)
    }

    /// The schema was another one, perhaps: the event was taken then.
    fn take_again(&mut self, report: Report) -> Result<(), ReplayError> {
        let trigger = self.known_or_gone(&report.trigger_key)?;
        self.record(|| Command::Report(report.clone()));
        let key = self.key(trigger, &report);
        self.take(trigger, report, key);
        Ok(())
    }
}
