use jiff::Timestamp;
use uuid::Uuid;

use super::{ActivationIndex, AutomationIndex, EventIndex};

/// What an automation makes of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Activation {
    pub(crate) id: Uuid,
    pub(crate) event: EventIndex,
    pub(crate) automation: AutomationIndex,
    /// The automation's step that comes next.
    pub(super) next_step: usize,
    /// Its place in the queue, while it waits.
    pub(super) due: Option<(Timestamp, u64)>,
    pub(crate) history: Vec<(Timestamp, Moment)>,
}

/// Something that happened to an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    State(State),
    /// The automation's step of this index, which is an action, was done.
    Action(usize),
}

/// The states of Wix's activations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Initiated,
    Scheduled,
    Started,
    Ended,
    Cancelled(Reason),
    Failed(Reason),
    Skipped(Reason),
}

/// Wix's reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    EventCancelled,
    AutomationDeactivated,
    AutomationDeleted,
    ScheduleDateExpired,
    ScheduleDateEvaluationFailed,
    TriggerFiltersNotPassed,
    EventAlreadyProcessed,
}

/// The id of the first activation: any UUID, after which the others are counted.
const FIRST: u128 = 0x0c6e_8d51_72b4_4f09_a3de_0000_0000_0000;

impl Activation {
    pub(super) fn new(
        index: ActivationIndex,
        event: EventIndex,
        automation: AutomationIndex,
        now: Timestamp,
    ) -> Self {
        let id = Uuid::from_u128(FIRST + index as u128);
        let history = vec![(now, Moment::State(State::Initiated))];
        Self { id, event, automation, next_step: 0, due: None, history }
    }

    /// When it goes on, if it waits.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due.map(|(at, _)| at)
    }

    pub(crate) fn state(&self) -> State {
        let states = self.history.iter().rev().filter_map(|(_, moment)| match moment {
            Moment::State(state) => Some(*state),
            Moment::Action(_) => None,
        });
        states.into_iter().next().unwrap_or(State::Initiated)
    }
}

impl State {
    /// Wix's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Initiated => "INITIATED",
            Self::Scheduled => "SCHEDULED",
            Self::Started => "STARTED",
            Self::Ended => "ENDED",
            Self::Cancelled(_) => "CANCELLED",
            Self::Failed(_) => "FAILED",
            Self::Skipped(_) => "SKIPPED",
        }
    }

    pub(crate) const fn reason(self) -> Option<Reason> {
        match self {
            Self::Cancelled(reason) | Self::Failed(reason) | Self::Skipped(reason) => Some(reason),
            _ => None,
        }
    }
}

impl Reason {
    /// Wix's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::AutomationDeactivated => "AUTOMATION_DEACTIVATED",
            Self::AutomationDeleted => "AUTOMATION_DELETED",
            Self::ScheduleDateExpired => "SCHEDULE_DATE_EXPIRED",
            Self::ScheduleDateEvaluationFailed => "SCHEDULE_DATE_EVALUATION_FAILED",
            Self::TriggerFiltersNotPassed => "TRIGGER_FILTERS_NOT_PASSED",
            Self::EventAlreadyProcessed => "EVENT_ALREADY_PROCESSED",
        }
    }
}
