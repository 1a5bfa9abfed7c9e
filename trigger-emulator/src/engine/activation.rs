use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AutomationIndex, EventIndex, Outcome, Post};

/// What an automation makes of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Activation {
    pub(crate) id: Uuid,
    pub(crate) event: EventIndex,
    pub(crate) automation: AutomationIndex,
    /// The automation's step that comes next.
    pub(super) next_step: usize,
    /// Its place in the queue, while it waits.
    pub(super) due: Option<(Timestamp, u64)>,
    /// What its actions have still to post.
    pub(crate) posts: Vec<Post>,
    pub(crate) history: Vec<(Timestamp, Moment)>,
}

/// Something that happened to an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Moment {
    State(State),
    /// The automation's step of this index, which is an action, was done.
    Action(usize),
    /// What became of the post of this step.
    Posted(usize, Outcome),
    /// It is not tried again: that was often enough.
    PostFailed(usize),
    /// It is not tried again: the activation was stopped.
    PostStopped(usize),
}

/// The states of Wix's activations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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
pub(super) const FIRST: u128 = 0x0c6e_8d51_72b4_4f09_a3de_0000_0000_0000;

impl Activation {
    pub(super) fn new(
        number: u64,
        event: EventIndex,
        automation: AutomationIndex,
        now: Timestamp,
    ) -> Self {
        let id = Uuid::from_u128(FIRST + u128::from(number));
        let history = vec![(now, Moment::State(State::Initiated))];
        Self { id, event, automation, next_step: 0, due: None, posts: Vec::new(), history }
    }

    /// When it goes on, if it waits.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due.map(|(at, _)| at)
    }

    /// When something of it is to be done next: when it goes on, or posts again.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.due().into_iter().chain(self.posts.iter().filter_map(|it| it.sending.due())).min()
    }

    pub(crate) fn state(&self) -> State {
        let states = self.history.iter().rev().filter_map(|(_, moment)| match moment {
            Moment::State(state) => Some(*state),
            _ => None,
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
