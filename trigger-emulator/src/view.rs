//! What the engine knows, as JSON and in words.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::engine::{
    Action, Activation, Automation, DeliveryIndex, Effect, Engine, Event, IdleCancel, Moment,
    Outcome, Reason, Repeat, State, Status, Step,
};

pub(crate) fn triggers(engine: &Engine) -> Vec<Value> {
    // Those that are gone are known for what was reported for them.
    let triggers = engine.triggers().iter().filter(|it| engine.trigger(it.key()).is_some());
    triggers
        .map(|trigger| {
            json!({
                "key": trigger.key(),
                "name": trigger.name(),
                "scheduledAt": trigger.scheduled_at(),
            })
        })
        .collect()
}

pub(crate) fn automations(engine: &Engine) -> Vec<Value> {
    let set_up = engine.automations();
    let has_none = |key: &str| set_up.iter().all(|automation| automation.trigger_key != key);
    let defaults = engine.triggers().iter().filter(|trigger| has_none(trigger.key()));
    let defaults = defaults.map(|trigger| automation(&Automation::default_of(trigger.key())));
    let active = set_up.iter().filter(|it| it.status == Status::Active).map(automation);
    active.chain(defaults).collect()
}

/// Those that are set up and off.
pub(crate) fn inactive_automations(engine: &Engine) -> Vec<Value> {
    let set_up = engine.automations().iter();
    set_up.filter(|it| it.status == Status::Ended).map(automation).collect()
}

fn automation(automation: &Automation) -> Value {
    let steps = automation.steps.iter().map(|step| match step {
        Step::Delay(span) => json!({ "delay": span }),
        Step::Action(Action { name, post }) => json!({
            "action": name, "post": post.as_ref().map(ToString::to_string),
        }),
    });
    let filters = automation
        .filters
        .iter()
        .map(|filter| json!({ "property": filter.path.join("."), "values": filter.values }));
    json!({
        "name": automation.name,
        "triggerKey": automation.trigger_key,
        "before": automation.before,
        "filters": filters.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
    })
}

pub(crate) fn events(engine: &Engine) -> Vec<Value> {
    let mut repeats: HashMap<usize, Vec<Value>> = HashMap::new();
    for effect in engine.log() {
        let Effect::Repeated(repeat) = effect else { continue };
        if let Some(event) = repeat.event {
            let conflict = Some(&repeat.differs).filter(|it| !it.is_empty());
            let repeat = json!({ "at": repeat.at, "conflict": conflict });
            repeats.entry(event).or_default().push(repeat);
        }
    }
    let events = engine.events().iter().enumerate();
    events.map(|(index, it)| event(engine, it, repeats.remove(&index))).collect()
}

fn event(engine: &Engine, event: &Event, repeats: Option<Vec<Value>>) -> Value {
    let (start, count) = event.activations;
    let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
    let ids: Vec<_> = engine.activations()[start..start + count].iter().map(|it| it.id).collect();
    json!({
        "triggerKey": engine.triggers()[event.trigger].key(),
        "instanceId": event.site,
        "reportedAt": event.at,
        "externalEntityId": event.entity,
        "payload": payload,
        "activationIds": ids,
        "repeats": repeats.unwrap_or_default(),
    })
}

pub(crate) fn activations(engine: &Engine) -> Vec<Value> {
    engine.activations().iter().map(|it| activation(engine, it)).collect()
}

fn activation(engine: &Engine, activation: &Activation) -> Value {
    let event = &engine.events()[activation.event];
    let automation = &engine.automations()[activation.automation];
    let history = activation.history.iter().map(|(at, moment)| match moment {
        Moment::State(state) => {
            json!({ "at": at, "state": state.name(), "reason": state.reason().map(Reason::name) })
        }
        Moment::Action(step) => {
            json!({ "at": at, "action": action_name(engine, activation, *step) })
        }
        Moment::Posted(step, Outcome::Answered(status)) => {
            json!({ "at": at, "posted": action_name(engine, activation, *step), "status": status })
        }
        Moment::Posted(step, Outcome::Unanswered) => {
            json!({ "at": at, "posted": action_name(engine, activation, *step), "status": null })
        }
        Moment::PostFailed(step) => {
            json!({ "at": at, "postFailed": action_name(engine, activation, *step) })
        }
        Moment::PostStopped(step) => {
            json!({ "at": at, "postStopped": action_name(engine, activation, *step) })
        }
    });
    json!({
        "id": activation.id,
        "automation": automation.name,
        "triggerKey": engine.triggers()[event.trigger].key(),
        "instanceId": event.site,
        "externalEntityId": event.entity,
        "state": activation.state().name(),
        "reason": activation.state().reason().map(Reason::name),
        "next": activation.next(),
        "history": history.collect::<Vec<_>>(),
    })
}

/// What the automation calls its action of this step.
pub(crate) fn action_name<'e>(engine: &'e Engine, activation: &Activation, step: usize) -> &'e str {
    match engine.automations()[activation.automation].steps.get(step) {
        Some(Step::Action(action)) => &action.name,
        _ => "",
    }
}

/// What happened, for a person.
pub(crate) fn words(engine: &Engine, effect: &Effect) -> String {
    match effect {
        Effect::Reported(event) => {
            let event = &engine.events()[*event];
            format!("{} reported {}", event.at, about(engine, event))
        }
        Effect::Repeated(repeat) => repeated(engine, repeat),
        Effect::CanceledNothing(canceled) => canceled_nothing(engine, *canceled),
        Effect::Happened(activation, place) => {
            let activation = &engine.activations()[*activation];
            let (at, moment) = activation.history[*place];
            moment_words(engine, activation, at, moment)
        }
        Effect::Delivers(delivery) => {
            let about = about_delivery(engine, *delivery);
            format!("{} delivers {about}", engine.deliveries()[*delivery].at)
        }
        Effect::Delivered(delivery, place) => {
            let about = about_delivery(engine, *delivery);
            let delivery = &engine.deliveries()[*delivery];
            let (at, outcome) = delivery.attempts[*place];
            let is_last = *place + 1 == delivery.attempts.len();
            let end = if is_last && delivery.is_given_up() { ", and given up" } else { "" };
            format!("{at} delivered {about}: {}{end}", outcome_words(outcome))
        }
    }
}

/// The webhook, where it goes to, and the id by which the app knows it again.
pub(crate) fn about_delivery(engine: &Engine, delivery: DeliveryIndex) -> String {
    let delivery = &engine.deliveries()[delivery];
    let webhook = &delivery.webhook;
    format!("the webhook {} {} to {}", webhook.event_type(), webhook.event_id(), delivery.to)
}

fn outcome_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::Answered(status) => format!("answered with {status}"),
        Outcome::Unanswered => "not answered".to_owned(),
    }
}

fn repeated(engine: &Engine, repeat: &Repeat) -> String {
    let Repeat { at, trigger, event, entity, differs } = repeat;
    let about = match event {
        Some(event) => about(engine, &engine.events()[*event]),
        None => about_key(engine.triggers()[*trigger].key(), *entity),
    };
    if differs.is_empty() {
        return format!("{at} ignored a report: its idempotency key was used before, for {about}");
    }
    format!(
        "{at} CONFLICT, ignored a report: its idempotency key was used before for {about}, which \
         differs in {}",
        differs.join(", ")
    )
}

fn canceled_nothing(engine: &Engine, canceled: IdleCancel) -> String {
    let IdleCancel { at, trigger, entity } = canceled;
    let key = engine.triggers()[trigger].key();
    format!("{at} canceled {key} of {entity}: nothing waited")
}

fn moment_words(engine: &Engine, activation: &Activation, at: Timestamp, moment: Moment) -> String {
    let automation = &engine.automations()[activation.automation].name;
    let about = about(engine, &engine.events()[activation.event]);
    match moment {
        Moment::Action(step) => {
            let action = action_name(engine, activation, step);
            format!("{at} ran `{action}` of \"{automation}\" for {about}")
        }
        Moment::Posted(step, outcome) => {
            let action = action_name(engine, activation, step);
            let outcome = outcome_words(outcome);
            format!("{at} posted `{action}` of \"{automation}\" for {about}: {outcome}")
        }
        Moment::PostFailed(step) => {
            let action = action_name(engine, activation, step);
            format!("{at} gave up posting `{action}` of \"{automation}\" for {about}")
        }
        Moment::PostStopped(step) => {
            let action = action_name(engine, activation, step);
            format!("{at} posts `{action}` of \"{automation}\" no more for {about}")
        }
        // Once it has started, it is due at the end of a delay.
        Moment::State(State::Scheduled) => match activation.due() {
            Some(due) if activation.state() == State::Scheduled => {
                format!("{at} SCHEDULED \"{automation}\" for {about}: starts {due}")
            }
            _ => format!("{at} SCHEDULED \"{automation}\" for {about}"),
        },
        Moment::State(state) => {
            let reason = state.reason().map(|it| format!(" ({})", it.name())).unwrap_or_default();
            format!("{at} {}{reason} \"{automation}\" for {about}", state.name())
        }
    }
}

pub(crate) fn about(engine: &Engine, event: &Event) -> String {
    about_key(engine.triggers()[event.trigger].key(), event.entity)
}

fn about_key(key: &str, entity: Option<Uuid>) -> String {
    match entity {
        Some(entity) => format!("{key} of {entity}"),
        None => key.to_owned(),
    }
}
