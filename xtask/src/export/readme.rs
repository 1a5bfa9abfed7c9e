//! `README.md`: how the triggers get into the app dashboard.
//!
//! The steps and the names of the dashboard's controls are those of Wix's page on adding a
//! trigger to an app and of its sample flows; the prerequisites are those of Wix's
//! introductions to Automations and to the Triggered Events API.

mod markdown;

use std::fmt::{self, Write as _};

use trigger_core::schema::{EntityIdSpec, Identity, SchemaProperty, TriggerSpec};

use super::Triggers;
use super::artifact::schema_file;
use super::manifest::permissions;
use markdown::{code, one_line, prose};

const START: &str = "\
# Triggers for the app dashboard

Written by `cargo xtask export-schemas` from the Rust structs of the triggers. Change those, not
this file.

## Before you start

- These calls are for an app on the [Custom Apps page](https://manage.wix.com/studio/custom-apps),
  not for Wix Headless and not for the code of a site.
- The app needs OAuth with app-instance authentication.
- A trigger and its payload schema stand in the app dashboard before its first event is reported.
- The trigger keys in the dashboard are the ones below, letter for letter: events are reported by
  key.
- The people of a site can build automations on the triggers once the app is published and
  installed there.
- Only the app that has a trigger can report its events and cancel them. Triggers of other apps
  are out of its reach, and its own out of theirs.
- An app like this brings triggers only; actions and preinstalled automations are not open to it.
- A reported event has no status to ask for.
- A reported event cannot be changed. To move a scheduled one, cancel it and report it again.
";

/// The guide's text.
pub(super) fn text(triggers: Triggers<'_>) -> String {
    let mut text = START.to_owned();
    for trigger in triggers {
        // A `String` takes every text.
        let _ = section(&mut text, trigger);
    }
    text
}

fn section(text: &mut String, trigger: &'static TriggerSpec) -> fmt::Result {
    writeln!(text, "\n## {}\n", prose(trigger.name()))?;
    if let Some(description) = trigger.description() {
        writeln!(text, "{}\n", prose(description))?;
    }
    let rust = (code(trigger.rust_type()), code(trigger.package()));
    writeln!(text, "{}. The struct is {} of the package {}.\n", kind(trigger), rust.0, rust.1)?;
    for (index, step) in steps(trigger).iter().enumerate() {
        writeln!(text, "{}. {step}", index + 1)?;
    }
    for note in notes(trigger) {
        writeln!(text, "\n{note}")?;
    }
    Ok(())
}

fn kind(trigger: &TriggerSpec) -> String {
    match trigger.scheduled_at() {
        Some(property) => format!("Scheduled at {}", code(property)),
        None => "Real-time".to_owned(),
    }
}

/// What is done in the dashboard, in order.
fn steps(trigger: &'static TriggerSpec) -> Vec<String> {
    let mut steps = vec![permission_step(trigger)];
    steps.push("Open the app's **Automations** page and choose **Create New > Trigger**.".into());
    steps.push(format!("**Trigger name**: {}", code(trigger.name())));
    steps.push(format!(
        "**Trigger key**: {} (it can never change once the app is published)",
        code(trigger.key())
    ));
    if let Some(description) = trigger.description() {
        let description = code(&one_line(description));
        steps.push(format!("**Description**, if the form has one: {description}"));
    }
    let file = schema_file(trigger);
    steps.push(format!("**Payload schema**: paste the whole of [{}]({file})", code(&file)));
    steps.extend(connections(trigger));
    steps.push("Save the trigger.".into());
    steps
}

fn permission_step(trigger: &'static TriggerSpec) -> String {
    let names: Vec<_> = permissions(&[trigger]).into_iter().map(code).collect();
    let permissions = if names.len() == 1 { "permission" } else { "permissions" };
    format!(
        "See that the app has the {permissions} {}, under the scope *Manage Your App* or *Set Up \
         Automations*.",
        names.join(" and ")
    )
}

/// What is ticked under the payload schema.
fn connections(trigger: &TriggerSpec) -> Vec<String> {
    let contact = trigger
        .properties()
        .find(|property| property.identity() == Some(Identity::Contact))
        .map(|property| ("Connect a property to a contactId", property.name()));
    let schedule = trigger
        .scheduled_at()
        .map(|property| ("Allow scheduled events with predefined date & time", property));
    let connect = |(control, property)| {
        let property = code(property);
        format!("**Connect your schema properties**: select **{control}**, then {property}")
    };
    contact.into_iter().chain(schedule).map(connect).collect()
}

/// What else is worth knowing of a trigger.
fn notes(trigger: &'static TriggerSpec) -> Vec<String> {
    let mut notes = vec![trigger.entity_id().map_or_else(not_cancelable, cancelable)];
    notes.extend(trigger.properties().filter_map(other_identity));
    let cancels: Vec<_> = trigger.cancels().map(|other| code(other.key())).collect();
    if !cancels.is_empty() {
        let cancels = cancels.join(", ");
        notes.push(format!(
            "Reporting one also cancels the events of {cancels} that have its `externalEntityId`."
        ));
    }
    notes
}

fn not_cancelable() -> String {
    "Its events cannot be canceled.".to_owned()
}

fn cancelable(id: EntityIdSpec) -> String {
    let place = match id.property() {
        Some(property) => format!("the property {}", code(property)),
        None => format!("the field {}, which is not in the payload", code(id.field())),
    };
    format!("Its events are canceled by `externalEntityId`: {place}.")
}

/// The dashboard has a control for contacts; the other identities come with the schema.
fn other_identity(property: SchemaProperty) -> Option<String> {
    match property.identity()? {
        Identity::Contact => None,
        identity => Some(format!(
            "{} is the id of a {}; the schema says so, and there is nothing to select.",
            code(property.name()),
            identity.name()
        )),
    }
}
