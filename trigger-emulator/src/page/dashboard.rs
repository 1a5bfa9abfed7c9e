//! What is done in Wix's dashboard for a trigger, in the words of the export's `README.md`.

use serde_json::{Value, json};

use crate::trigger::TriggerDefinition;

/// A part of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(&'static str),
    /// What a control is called.
    Strong(&'static str),
    Emphasis(&'static str),
    /// What is typed or looked for.
    Code(String),
    /// The schema's file, whose text is pasted.
    File(String),
}

use Part::{Code, Emphasis, File, Strong, Text};

impl Part {
    fn json(&self) -> Value {
        match self {
            Text(text) => json!({ "text": text }),
            Strong(text) => json!({ "strong": text }),
            Emphasis(text) => json!({ "emphasis": text }),
            Code(text) => json!({ "code": text }),
            File(text) => json!({ "file": text }),
        }
    }
}

/// The steps, in order, each as a list of its parts.
pub(super) fn steps(trigger: &TriggerDefinition) -> Value {
    let part = |parts: Vec<Part>| parts.iter().map(Part::json).collect::<Value>();
    all(trigger).into_iter().map(part).collect()
}

fn all(trigger: &TriggerDefinition) -> Vec<Vec<Part>> {
    let about = trigger.about();
    let mut steps = vec![permissions(&about.permissions)];
    steps.push(vec![
        Text("Open the app's "),
        Strong("Automations"),
        Text(" page and choose "),
        Strong("Create New > Trigger"),
        Text("."),
    ]);
    steps.push(vec![Strong("Trigger name"), Text(": "), Code(trigger.name().to_owned())]);
    steps.push(vec![
        Strong("Trigger key"),
        Text(": "),
        Code(trigger.key().to_owned()),
        Text(" (it can never change once the app is published)"),
    ]);
    if let Some(description) = &about.description {
        let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
        steps.push(vec![Strong("Description"), Text(", if the form has one: "), Code(line)]);
    }
    steps.push(vec![
        Strong("Payload schema"),
        Text(": paste the whole of "),
        File(format!("{}.json", trigger.key())),
    ]);
    steps.extend(connections(trigger));
    steps.push(vec![Text("Save the trigger.")]);
    steps
}

fn permissions(names: &[String]) -> Vec<Part> {
    let plural = if names.len() == 1 { "permission " } else { "permissions " };
    let mut parts = vec![Text("See that the app has the "), Text(plural)];
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            parts.push(Text(" and "));
        }
        parts.push(Code(name.clone()));
    }
    parts.extend([Text(", under the scope "), Emphasis("Manage Your App"), Text(" or ")]);
    parts.extend([Emphasis("Set Up Automations"), Text(".")]);
    parts
}

/// What is ticked under the payload schema.
fn connections(trigger: &TriggerDefinition) -> impl Iterator<Item = Vec<Part>> {
    let contact = trigger.contact().map(|it| ("Connect a property to a contactId", it.to_owned()));
    let date = trigger.scheduled_at();
    let date = date.map(|it| ("Allow scheduled events with predefined date & time", it.to_owned()));
    contact.into_iter().chain(date).map(|(control, property)| {
        vec![
            Strong("Connect your schema properties"),
            Text(": select "),
            Strong(control),
            Text(", then "),
            Code(property),
        ]
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// As the export writes a part.
    fn markdown(part: &Part) -> String {
        match part {
            Text(text) => (*text).to_owned(),
            Strong(text) => format!("**{text}**"),
            Emphasis(text) => format!("*{text}*"),
            Code(text) => format!("`{text}`"),
            File(name) => format!("[`{name}`]({name})"),
        }
    }

    /// The numbered lines below a heading.
    fn steps_of<'g>(guide: &'g str, name: &str) -> Vec<&'g str> {
        let section = guide.split("\n## ").find(|it| it.starts_with(&format!("{name}\n")));
        let lines = section.unwrap_or_else(|| panic!("no section of {name}")).lines();
        lines.filter(|line| line.starts_with(|first: char| first.is_ascii_digit())).collect()
    }

    #[test]
    fn the_steps_are_those_of_the_export() {
        let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let read = |name: &str| fs::read_to_string(schemas.join(name)).expect("an export");
        let guide = read("README.md");
        let triggers = TriggerDefinition::of_export(&read("_triggers.json")).expect("triggers");
        for trigger in triggers {
            let steps = all(&trigger).into_iter().enumerate().map(|(place, parts)| {
                let words: String = parts.iter().map(markdown).collect();
                format!("{}. {words}", place + 1)
            });
            let expected = steps_of(&guide, trigger.name());
            assert_eq!(steps.collect::<Vec<_>>(), expected, "{}", trigger.key());
        }
    }

    #[test]
    fn a_schema_that_stands_alone_has_steps_too() {
        let schema = json!({ "type": "object", "properties": {} });
        let trigger = TriggerDefinition::new("paid", "Order paid", &schema).expect("a schema");
        assert_eq!(all(&trigger).len(), 6);
        let export =
            json!({ "triggers": [{ "key": "paid", "name": "Order paid", "schema": schema }] });
        let triggers = TriggerDefinition::of_export(&export.to_string()).expect("triggers");
        assert_eq!(all(&triggers[0]), all(&trigger));
    }
}
