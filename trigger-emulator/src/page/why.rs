//! Why an automation has done, does or does not do what one looks for: one sentence in Wix's words.

use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use jiff::{Span, Timestamp};
use serde_json::{Map, Value};

use crate::engine::{Activation, Engine, Event, Filter, Moment, Reason, State, Status, is_same};
use crate::words::cut;

/// A sentence on an activation.
pub(super) fn activation(engine: &Engine, activation: &Activation) -> String {
    let state = activation.state();
    let words = match (state, state.reason()) {
        (_, Some(reason)) => of_reason(engine, activation, reason),
        (State::Ended, _) => ended(activation),
        (State::Started, _) => match activation.due() {
            Some(due) => format!("it waits for the end of a delay, at {due}"),
            None => "it is at work".to_owned(),
        },
        _ => scheduled(engine, activation),
    };
    match state.reason() {
        Some(reason) => format!("{} ({}): {words}.", state.name(), reason.name()),
        None => format!("{}: {words}.", state.name()),
    }
}

fn ended(activation: &Activation) -> String {
    let is_given_up = |(_, moment): &(_, Moment)| matches!(moment, Moment::PostFailed(_));
    if !activation.posts.is_empty() {
        "all of its actions ran, and one is still being posted".to_owned()
    } else if activation.history.iter().any(is_given_up) {
        "all of its actions ran, and one was posted in vain until that was given up".to_owned()
    } else {
        "all of its actions ran".to_owned()
    }
}

fn scheduled(engine: &Engine, activation: &Activation) -> String {
    let event = &engine.events()[activation.event];
    let date = engine.triggers()[event.trigger].scheduled_at().unwrap_or_default();
    let before = engine.automations()[activation.automation].before;
    match activation.due() {
        Some(due) => format!("it starts {}, at {due}", offset(before, date)),
        None => "it waits".to_owned(),
    }
}

/// When an automation starts: 2 days before a property.
fn offset(before: Span, date: &str) -> String {
    if before.is_zero() {
        return format!("at `{date}`");
    }
    let words = SpanPrinter::new().designator(Designator::Verbose);
    let words = words.spacing(Spacing::BetweenUnitsAndDesignators);
    format!("{} before `{date}`", words.span_to_string(&before))
}

fn of_reason(engine: &Engine, activation: &Activation, reason: Reason) -> String {
    let event = &engine.events()[activation.event];
    let automation = &engine.automations()[activation.automation];
    let at = activation.history.last().map_or(event.at, |(at, _)| *at);
    match reason {
        Reason::EventCancelled => {
            format!("the event was canceled by its external entity id at {at}")
        }
        Reason::AutomationDeactivated => format!("its owner deactivated the automation at {at}"),
        Reason::AutomationDeleted => format!("its owner deleted the automation at {at}"),
        Reason::ScheduleDateExpired => expired(engine, event, automation.before),
        Reason::ScheduleDateEvaluationFailed => undated(engine, event),
        Reason::TriggerFiltersNotPassed => filtered(event, &automation.filters),
        Reason::EventAlreadyProcessed => {
            "a report with this idempotency key was processed before".to_owned()
        }
    }
}

fn expired(engine: &Engine, event: &Event, before: Span) -> String {
    let property = engine.triggers()[event.trigger].scheduled_at().unwrap_or_default();
    let reported = event.at;
    match engine.date_of(event) {
        Some(date) if date >= reported => format!(
            "it starts {}, {date}, and that had passed when the event was reported at {reported}",
            offset(before, property)
        ),
        Some(date) => {
            format!("`{property}`, {date}, had passed when the event was reported at {reported}")
        }
        None => format!("`{property}` had passed when the event was reported at {reported}"),
    }
}

fn undated(engine: &Engine, event: &Event) -> String {
    let trigger = &engine.triggers()[event.trigger];
    let property = trigger.scheduled_at().unwrap_or_default();
    match payload(event).get(property) {
        None => format!("there is no `{property}`"),
        Some(value) => {
            let value = short(value);
            format!("`{property}` is {value}, of which no date and time can be made")
        }
    }
}

fn filtered(event: &Event, filters: &[Filter]) -> String {
    let payload = Value::Object(payload(event));
    let value_of = |filter: &Filter| {
        let mut path = filter.path.iter();
        path.try_fold(&payload, |value, name| value.get(name)).cloned()
    };
    let is_not_passed = |filter: &&Filter| {
        !value_of(filter).is_some_and(|value| filter.values.iter().any(|it| is_same(it, &value)))
    };
    let Some(filter) = filters.iter().find(is_not_passed) else {
        return "a condition of the automation does not hold".to_owned();
    };
    let wanted: Vec<_> = filter.values.iter().map(short).collect();
    let wanted = wanted.join(" or ");
    let is = value_of(filter).map_or_else(|| "not there".to_owned(), |value| short(&value));
    let path = filter.path.join(".");
    format!("the automation is for events whose `{path}` is {wanted}, and it is {is}")
}

fn payload(event: &Event) -> Map<String, Value> {
    serde_json::from_str(&event.payload).unwrap_or_default()
}

/// A value as JSON, or its start.
fn short(value: &Value) -> String {
    const LONGEST: usize = 80;
    cut(&value.to_string(), LONGEST).into_owned()
}

/// Which automations might act on an event, and were off. One that acted has been deactivated since,
/// and where the default one did, there was none.
pub(super) fn inactive(engine: &Engine, event: &Event) -> Vec<String> {
    let (start, count) = event.activations;
    let acted = engine.activations()[start..start + count].iter();
    let acted: Vec<_> = acted.map(|it| &engine.automations()[it.automation]).collect();
    let key = engine.triggers()[event.trigger].key();
    let its = engine.automations().iter().filter(|it| {
        it.status == Status::Ended
            && it.trigger_key == key
            && !acted.iter().any(|acted| acted.is_default || acted.name == it.name)
    });
    its.map(|it| format!("`{}` was inactive when this was reported.", it.name)).collect()
}

/// Why nothing acts on an event.
pub(super) fn nothing(key: &str, at: Timestamp) -> String {
    format!("No automation that was active at {at} uses the trigger `{key}`.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::engine::{Automation, Report};
    use crate::trigger::TriggerDefinition;

    /// Who acted was on, and where the default one acted, nobody else was there.
    #[test]
    fn what_was_turned_off_later_was_not_off() {
        let on = Automation::new("A", "paid");
        let off = Automation { status: Status::Ended, ..on.clone() };
        for before in [vec![on], vec![]] {
            let schema = json!({ "type": "object", "properties": {} });
            let trigger = TriggerDefinition::new("paid", "Paid", &schema).expect("a schema");
            let mut engine = Engine::new(Timestamp::UNIX_EPOCH, vec![trigger]);
            engine.set_automations(before);
            let report = Report {
                app: "app".into(),
                site: Uuid::nil(),
                trigger_key: "paid".to_owned(),
                payload: json!({}),
                entity: None,
                idempotency: None,
            };
            engine.report(report.clone()).expect("it is taken");
            engine.set_automations(vec![off.clone()]);
            engine.report(report).expect("it is taken");
            let [first, second] = engine.events() else { panic!("two events") };
            assert_eq!(inactive(&engine, first), [] as [String; 0]);
            assert_eq!(inactive(&engine, second).len(), 1);
        }
    }
}
