//! What an automation made of each event: the timeline.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{calls, why};
use crate::engine::{
    Activation, ActivationIndex, Engine, Moment, Outcome, PlannedAction, Reason, State as Wix,
};
use crate::state::State;
use crate::view::action_name;

/// How many events a timeline shows at once.
const MOST_LANES: usize = 50;

/// How many activations are looked at for them.
const MOST_SEEN: usize = 100_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AskedLanes {
    trigger_key: String,
    automation: String,
}

/// The last activations of an automation, those of its earlier edits included, if there is such a
/// trigger or was one.
pub(super) fn lanes(state: &State, asked: &AskedLanes) -> Option<Value> {
    let engine = &state.engine;
    engine.triggers().iter().find(|it| it.key() == asked.trigger_key)?;
    let is_its = |activation: &Activation| {
        let automation = &engine.automations()[activation.automation];
        automation.name == asked.automation && automation.trigger_key == asked.trigger_key
    };
    let all = engine.activations().iter().enumerate().rev().take(MOST_SEEN);
    let mut its = all.filter(|(_, it)| is_its(it));
    let lanes = its.by_ref().take(MOST_LANES).map(|(index, it)| {
        let event = &engine.events()[it.event];
        let mut lane = activation(engine, index);
        lane["event"] = json!(event.number.to_string());
        lane["externalEntityId"] = json!(event.entity);
        lane["reportedAt"] = json!(event.at);
        lane["date"] = json!(engine.date_of(event));
        lane["timeZone"] = json!(calls::zone_name(state, Some(event.site)));
        lane
    });
    let lanes: Vec<_> = lanes.collect();
    Some(json!({ "lanes": lanes, "more": its.next().is_some() }))
}

/// An activation with all that it was to do, and why it did or did not.
pub(super) fn activation(engine: &Engine, index: ActivationIndex) -> Value {
    let activation = &engine.activations()[index];
    let automation = &engine.automations()[activation.automation];
    let state = activation.state();
    let actions = engine.planned(index).into_iter().map(|it| action(activation, &it));
    let history = activation.history.iter().map(
        |(at, moment)| json!({ "at": at, "words": moment_words(engine, activation, *moment) }),
    );
    json!({
        "id": activation.id,
        "automation": automation.name,
        "triggerKey": automation.trigger_key,
        "state": state.name(),
        "reason": state.reason().map(Reason::name),
        "why": why::activation(engine, activation),
        "actions": actions.collect::<Vec<_>>(),
        "history": history.collect::<Vec<_>>(),
    })
}

fn action(activation: &Activation, planned: &PlannedAction<'_>) -> Value {
    let PlannedAction { step, name, at, ran } = planned;
    let outcome = match activation.state() {
        _ if *ran => "ran",
        Wix::Cancelled(_) => "canceled",
        Wix::Skipped(_) => "skipped",
        Wix::Failed(_) => "failed",
        _ => "pending",
    };
    let again = activation.posts.iter().find(|post| post.step == *step);
    let posted = activation.history.iter().rev().find_map(|(_, moment)| match moment {
        Moment::Posted(of, outcome) if of == step => Some(outcome_words(*outcome)),
        _ => None,
    });
    json!({
        "name": name,
        "at": at,
        "outcome": outcome,
        "posted": posted,
        "postedAgainAt": again.and_then(|post| post.sending.due()),
    })
}

fn outcome_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::Answered(status) => format!("answered with {status}"),
        Outcome::Unanswered => "not answered".to_owned(),
    }
}

fn moment_words(engine: &Engine, activation: &Activation, moment: Moment) -> String {
    let action = |step| action_name(engine, activation, step);
    match moment {
        Moment::State(state) => match state.reason() {
            Some(reason) => format!("{} ({})", state.name(), reason.name()),
            None => state.name().to_owned(),
        },
        Moment::Action(step) => format!("ran {}", action(step)),
        Moment::Posted(step, outcome) => {
            format!("posted {}: {}", action(step), outcome_words(outcome))
        }
        Moment::PostFailed(step) => format!("gave up posting {}", action(step)),
        Moment::PostStopped(step) => format!("posts {} no more", action(step)),
    }
}
