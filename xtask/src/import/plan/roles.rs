//! Roles: those that a schema gives, and those that its reader may give.

use trigger_core::schema::Format;

use super::super::model::Property;
use super::super::names;
use super::{Entry, Said};

/// All roles, in the order in which they are written.
const ROLES: [&str; 6] = ["scheduled_at", "contact", "member", "visitor", "user", "entity_id"];

/// What the trigger's attribute says of its fields, given by their names.
pub(super) fn entries(fields: &[(&str, &Property)], knows_roles: bool) -> Vec<Entry> {
    let of_role = |role: &'static str| {
        let written = fields.iter().filter(move |(_, property)| given(property) == Some(role));
        written.map(move |(name, _)| Entry::Written(Said::Plain(format!("{role} = {name}"))))
    };
    let proposed_for = |wanted: &'static str| {
        fields.iter().filter_map(move |(name, property)| {
            let (role, condition) = proposed(property, knows_roles)?;
            let entry = format!("{role} = {name}");
            (role == wanted).then_some(Entry::Proposed { entry, condition })
        })
    };
    ROLES.into_iter().flat_map(of_role).chain(ROLES.into_iter().flat_map(proposed_for)).collect()
}

/// The role that the property has.
fn given(property: &Property) -> Option<&str> {
    if property.is_future_date { Some("scheduled_at") } else { property.identity.as_deref() }
}

/// Words of keys that hold the id of a person, with the role that it may have.
const PEOPLE: [(&[&str], &str, &str); 4] = [
    (
        &["contact", "customer", "client", "submitter", "participant", "recipient"],
        "contact",
        "if it is the id of a contact of the site",
    ),
    (&["member"], "member", "if it is the id of a member of the site"),
    (&["visitor"], "visitor", "if it is the id of a visitor of the site"),
    (&["user", "owner"], "user", "if it is the id of a Wix user"),
];

/// The role that the property may have, and the condition under which it has it.
fn proposed(property: &Property, knows_roles: bool) -> Option<(&'static str, &'static str)> {
    if given(property).is_some() {
        return None;
    }
    match property.format? {
        Format::DateTime if property.is_required && !knows_roles => {
            Some(("scheduled_at", "if events happen then, and not when they are reported"))
        }
        Format::Uuid => {
            let key = names::snake(&property.key);
            let is_of = |words: &[&str]| key.split('_').any(|word| words.contains(&word));
            let person = PEOPLE.iter().find(|(words, ..)| is_of(words));
            match person {
                Some((_, role, condition)) => (!knows_roles).then_some((*role, *condition)),
                None if property.is_required => Some(("entity_id", "if events are canceled by it")),
                None => None,
            }
        }
        _ => None,
    }
}
