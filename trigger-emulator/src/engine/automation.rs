use jiff::Span;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::AutomationIndex;
use crate::local::LocalUrl;

/// What a site's owner set up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Automation {
    pub(crate) name: String,
    pub(crate) trigger_key: String,
    pub(crate) filters: Vec<Filter>,
    /// How long before the date of a scheduled event it starts.
    pub(crate) before: Span,
    pub(crate) steps: Vec<Step>,
    pub(crate) status: Status,
    /// Nobody set it up.
    pub(crate) is_default: bool,
    /// The one that this is an edit of.
    pub(crate) edited: Option<AutomationIndex>,
    /// Its last step is the action that it has without more.
    pub(crate) has_untold_action: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Status {
    Active,
    /// Another one has its name now.
    Replaced,
    /// Its owner deactivated it.
    Ended,
    Deleted,
}

/// A condition on the payload: the property of this path has one of these values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    /// The property's name, and that of a nested one.
    pub(crate) path: Vec<String>,
    pub(crate) values: Vec<Value>,
}

/// What an automation does next.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Step {
    Delay(Span),
    Action(Action),
}

/// Something that an automation does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Action {
    pub(crate) name: String,
    /// Where the event's payload is posted to, if it leaves the emulator.
    pub(crate) post: Option<LocalUrl>,
}

impl Automation {
    /// One that does one thing, called as itself, at once or at the event's date.
    pub(crate) fn new(name: &str, trigger_key: &str) -> Self {
        Self {
            steps: vec![Step::action(name)],
            name: name.to_owned(),
            trigger_key: trigger_key.to_owned(),
            filters: Vec::new(),
            before: Span::new(),
            status: Status::Active,
            is_default: false,
            edited: None,
            has_untold_action: true,
        }
    }

    /// Whether it has the other one's place.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.name == other.name && self.trigger_key == other.trigger_key
    }

    /// Whether it does the same as the other one.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let Self { filters, before, steps, status, .. } = self;
        let is_as_early = before.fieldwise() == other.before;
        let is_alike = *filters == other.filters && steps.len() == other.steps.len();
        let mut steps = steps.iter().zip(&other.steps);
        is_as_early
            && is_alike
            && *status == other.status
            && steps.all(|(it, other)| it.is_same(other))
    }

    /// What a trigger has that nobody set up an automation for.
    pub(crate) fn default_of(trigger_key: &str) -> Self {
        Self { is_default: true, ..Self::new("Default automation", trigger_key) }
    }
}

impl Step {
    pub(crate) fn action(name: impl Into<String>) -> Self {
        Self::Action(Action { name: name.into(), post: None })
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Delay(span), Self::Delay(other)) => span.fieldwise() == *other,
            (Self::Action(action), Self::Action(other)) => action == other,
            _ => false,
        }
    }
}

impl Filter {
    pub(super) fn passes(&self, payload: &Map<String, Value>) -> bool {
        let Some((first, rest)) = self.path.split_first() else { return false };
        let value = rest
            .iter()
            .try_fold(payload.get(first), |value, name| value.map(|value| value.get(name)));
        value.flatten().is_some_and(|value| self.values.iter().any(|it| is_same(it, value)))
    }
}

/// As Wix has numbers: 100 is 100.0.
pub(crate) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
            _ => one == other,
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_in_other = |(name, value)| other.get(name).is_some_and(|it| is_same(value, it));
            one.len() == other.len() && one.iter().all(is_in_other)
        }
        _ => one == other,
    }
}
