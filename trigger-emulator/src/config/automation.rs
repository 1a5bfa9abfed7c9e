//! `[[automation]]`: what site owners set up.

use std::collections::HashSet;

use serde_json::{Number, Value};
use toml::de::DeValue;

use super::reader::{Entry, Reader, Table};
use crate::engine::{Action, Automation, Filter, Status, Step};
use crate::trigger::{NO_VALUES, Property, TriggerDefinition, path_of};

const KEYS: [&str; 6] = ["name", "trigger", "when", "before", "active", "steps"];

pub(super) fn read(reader: &mut Reader<'_>, root: &Table<'_>) -> Vec<Automation> {
    let mut names = HashSet::new();
    let mut automations = Vec::new();
    for table in &reader.tables(root, "automation", "[[automation]]") {
        let Some(automation) = automation(reader, table) else { continue };
        if names.insert((automation.name.clone(), automation.trigger_key.clone())) {
            automations.push(automation);
        } else {
            let words =
                "another automation of this trigger has this name; give one of them another";
            let at = table.get("name").map_or(table.at, |name| name.span().start);
            reader.wrong(at, words);
        }
    }
    automations
}

fn automation(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Automation> {
    reader.known_keys(table, &KEYS);
    let name = reader.required(table, "name", "the automation's name, in quotes");
    let name = name.and_then(|name| reader.name(&name));
    let key = reader.required(table, "trigger", "a trigger's key, in quotes");
    let trigger = key.and_then(|key| reader.trigger(&key));
    let filters = table.get("when").map(|when| filters(reader, when, trigger));
    let before = table.get("before").and_then(|before| {
        if trigger.is_some_and(|trigger| trigger.scheduled_at().is_none()) {
            let words = "this trigger has no date to start before; only a scheduled one has \
                         `before`: take it out, or wait with a `delay` in `steps`";
            reader.wrong(before.span().start, words);
        }
        reader.span(before)
    });
    let active = table.get("active").and_then(|active| reader.boolean(active));
    let steps = table.get("steps").map(|list| steps(reader, list));
    let mut automation = Automation::new(name?, trigger?.key());
    automation.filters = filters.unwrap_or_default();
    automation.before = before.unwrap_or_default();
    if let Some(steps) = steps {
        (automation.steps, automation.has_untold_action) = (steps, false);
    }
    if active == Some(false) {
        automation.status = Status::Ended;
    }
    Some(automation)
}

/// The conditions of `when`.
fn filters(
    reader: &mut Reader<'_>,
    when: Entry<'_>,
    trigger: Option<&TriggerDefinition>,
) -> Vec<Filter> {
    let Some(table) = reader.table(when, "a table such as `{ status = [\"SENT\"] }`") else {
        return Vec::new();
    };
    let mut filters = Vec::new();
    add_filters(reader, &table, trigger, &[], &mut filters);
    filters
}

/// `"customer.name" = "Ada"` and `customer = { name = "Ada" }` are the same.
fn add_filters(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    trigger: Option<&TriggerDefinition>,
    outer: &[String],
    filters: &mut Vec<Filter>,
) {
    for (key, value) in table.entries {
        let at = key.span().start;
        let path = match path_of(key.get_ref()) {
            Ok(path) => [outer, &path].concat(),
            Err(words) => {
                reader.wrong(at, words);
                continue;
            }
        };
        let property = trigger.map(|trigger| trigger.property(&path)).transpose();
        // What is in a property that is none is told once.
        let inner = trigger.filter(|_| property.is_ok());
        let property = property.unwrap_or_else(|words| {
            reader.wrong(at, words);
            None
        });
        if let DeValue::Table(entries) = value.get_ref() {
            add_filters(reader, &Table { at, entries }, inner, &path, filters);
        } else {
            let values = values(reader, value, property.as_ref());
            filters.push(Filter { path, values });
        }
    }
}

/// A value, or a list of them.
fn values(
    reader: &mut Reader<'_>,
    value: Entry<'_>,
    property: Option<&Property<'_>>,
) -> Vec<Value> {
    let DeValue::Array(list) = value.get_ref() else {
        return judged(reader, value, property).into_iter().collect();
    };
    if list.is_empty() {
        reader.wrong(value.span().start, NO_VALUES);
    }
    list.iter().filter_map(|item| judged(reader, item, property)).collect()
}

/// A value that some event has.
fn judged(
    reader: &mut Reader<'_>,
    value: Entry<'_>,
    property: Option<&Property<'_>>,
) -> Option<Value> {
    let scalar = scalar(reader, value)?;
    if let Some(Err(words)) = property.map(|property| property.judge(&scalar)) {
        reader.wrong(value.span().start, words);
    }
    Some(scalar)
}

fn scalar(reader: &mut Reader<'_>, value: Entry<'_>) -> Option<Value> {
    let scalar = match value.get_ref() {
        DeValue::String(text) => Some(Value::from(text.as_ref())),
        DeValue::Boolean(boolean) => Some(Value::from(*boolean)),
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(Value::from)
        }
        DeValue::Float(float) => {
            float.as_str().parse().ok().and_then(Number::from_f64).map(Value::from)
        }
        _ => None,
    };
    if scalar.is_none() {
        let words = "a property is compared with a text, a number of JSON, `true` or `false`; write \
                     a date in quotes";
        reader.wrong(value.span().start, words);
    }
    scalar
}

fn steps(reader: &mut Reader<'_>, value: Entry<'_>) -> Vec<Step> {
    let list = reader.list(value, "a list such as `[{ action = \"Email\" }]`");
    if list.is_empty() && value.get_ref().is_array() {
        let words = "an automation has at least one step; leave `steps` out for one action that is \
                     called as the automation";
        reader.wrong(value.span().start, words);
    }
    list.iter().filter_map(|item| step(reader, item)).collect()
}

fn step(reader: &mut Reader<'_>, value: Entry<'_>) -> Option<Step> {
    let wanted = "`{ action = \"Email\" }` or `{ delay = \"1 day\" }`";
    let table = reader.table(value, wanted)?;
    reader.known_keys(&table, &["action", "delay", "post"]);
    match (table.get("action"), table.get("delay")) {
        (Some(action), None) => action_of(reader, &table, action),
        (None, Some(delay)) => {
            if let Some(post) = table.get("post") {
                let words = "a delay posts nothing; put `post` beside an `action`";
                reader.wrong(post.span().start, words);
            }
            reader.span(delay).map(Step::Delay)
        }
        (action, _) => {
            let words = if action.is_some() { "both" } else { "neither" };
            let words =
                format!("a step has an action or a delay; this has {words}: write {wanted}");
            reader.wrong(table.at, words);
            None
        }
    }
}

fn action_of(reader: &mut Reader<'_>, table: &Table<'_>, action: Entry<'_>) -> Option<Step> {
    let name = reader.text(action, "the action's name, in quotes");
    let name = name.and_then(|name| reader.name(&name));
    let post = table.get("post");
    let post = post.and_then(|post| reader.local_url(post, "this cannot be posted to"));
    Some(Step::Action(Action { name: name?.to_owned(), post }))
}
