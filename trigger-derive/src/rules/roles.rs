//! The fields that the struct's attribute gives a part.

use proc_macro2::Ident;
use syn::spanned::Spanned;
use trigger_dialect::{Format, Rule};

use crate::attributes::{Roles, nearest};
use crate::errors::Errors;
use crate::model::{Field, Role, plain};
use crate::serde_attributes::{SerdeField, With, span_of};

/// The field that a role names; `scheduled_at = due` where there is only `due_at`.
fn named_field<'f, 'a>(
    errors: &Errors,
    role: &str,
    name: &Ident,
    fields: &'f [SerdeField<'a>],
) -> Option<&'f SerdeField<'a>> {
    let plain = plain(name);
    if let Some(field) = fields.iter().find(|field| field.plain == plain) {
        return Some(field);
    }
    let mend = match nearest(&plain, fields.iter().map(|field| field.plain.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None if fields.iter().any(|field| field.flattened) => {
            "a field of a flattened struct has no role; move it to this struct".to_owned()
        }
        None => "it takes a field's name in Rust".to_owned(),
    };
    let words = format!("`{role}` names no field of this struct: `{name}`; {mend}");
    errors.push(name, Rule::ROLE_FIELD, words);
    None
}

/// `contact = contact_id` where `contact_id` is skipped, flattened or not there, or has a role
/// already.
pub(crate) fn roles(
    errors: &Errors,
    roles: &Roles,
    fields: &[SerdeField<'_>],
) -> Vec<(String, Role)> {
    let written = [
        (Role::ScheduledAt, &roles.scheduled_at),
        (Role::Contact, &roles.contact),
        (Role::Member, &roles.member),
        (Role::Visitor, &roles.visitor),
        (Role::User, &roles.user),
    ];
    let mut found: Vec<(String, Role)> = Vec::new();
    for (role, name) in written {
        let Some(name) = name else { continue };
        let Some(field) = named_field(errors, role.name(), name, fields) else { continue };
        let first = found.iter().find(|(plain, _)| *plain == field.plain);
        if field.skipped || field.flattened {
            not_in_payload(errors, role.name(), name, field);
        } else if let Some((_, first)) = first {
            let words = format!(
                "`{name}` is named by `{}` already, and a property has one role; name another \
                 field here",
                first.name()
            );
            errors.push(name, Rule::ROLE_FIELD, words);
        } else {
            found.push((field.plain.clone(), role));
        }
    }
    found
}

/// `entity_id = invoice_id`, which serde may skip.
pub(crate) fn entity_id<'f, 'a>(
    errors: &Errors,
    roles: &Roles,
    fields: &'f [SerdeField<'a>],
) -> Option<&'f SerdeField<'a>> {
    let name = roles.entity_id.as_ref()?;
    let field = named_field(errors, "entity_id", name, fields)?;
    if field.flattened {
        not_in_payload(errors, "entity_id", name, field);
        return None;
    }
    if roles.scheduled_at.as_ref().is_some_and(|date| plain(date) == field.plain) {
        let words = format!(
            "`{name}` is named by `scheduled_at` already, and a date-time is no UUID; name another \
             field here"
        );
        errors.push(name, Rule::ROLE_FIELD, words);
        return None;
    }
    Some(field)
}

/// An external entity id that a `with` module writes, or with a format of its own.
pub(super) fn entity_id_holds(errors: &Errors, field: &Field<'_>) {
    if !field.holds_entity_id {
        return;
    }
    if !matches!(field.with, None | Some(With::Refused)) {
        let words = "an external entity id is a UUID, which this module does not write; use \
                     `uuid::Uuid` without the module, or name another field";
        errors.push(field.ty, Rule::ENTITY_ID, words);
    }
    // What looks like text is told to be no UUID by its type.
    if let Some((_, format)) = &field.attributes.format
        && !field.looks_like_text()
    {
        let words = "an external entity id has its format by its type; remove this";
        errors.push(format, Rule::FORMAT_STRING, words);
    }
}

fn not_in_payload(errors: &Errors, role: &str, name: &Ident, field: &SerdeField<'_>) {
    let words = if field.skipped {
        format!(
            "`{role}` names a property of the payload, and serde skips `{name}`; remove one \
                 of the two attributes"
        )
    } else {
        format!(
            "`{role}` names one property, and serde flattens `{name}` into several; name \
                 another field"
        )
    };
    errors.push(name, Rule::ROLE_FIELD, words);
}

/// `scheduled_at` on a field that serde may skip, or whose `with` module writes something else.
pub(super) fn role_holds(errors: &Errors, field: &Field<'_>) {
    let Some(role) = field.role else { return };
    if role == Role::ScheduledAt && field.may_be_skipped {
        let words = "the date-time of a scheduled event is required; remove this";
        let attributes = &field.original.attrs;
        let span = span_of(attributes, &["skip_serializing_if"]);
        let span = span.unwrap_or_else(|| field.name_tokens().span());
        errors.push_at(span, Rule::SCHEDULED_AT, words);
    }
    let (expected, broken) = match role {
        Role::ScheduledAt => (Format::DateTime, Rule::SCHEDULED_AT),
        _ => (Format::Uuid, Rule::IDENTITY),
    };
    let written_by_module = match (role, field.with) {
        (Role::ScheduledAt, Some(With::Rfc3339)) | (_, Some(With::Refused) | None) => false,
        (_, Some(_)) => true,
    };
    if written_by_module {
        let words = match role {
            Role::ScheduledAt => {
                "a scheduled event happens at a required date-time, which this module does not \
                 write; use `time::serde::rfc3339`, without an `Option`"
                    .to_owned()
            }
            _ => format!(
                "`{}` names a UUID, which this module does not write; use `uuid::Uuid` without \
                 the module, or name another field",
                role.name()
            ),
        };
        errors.push(field.ty, broken, words);
    }
    if let Some((format, written)) = &field.attributes.format
        && *format != expected
    {
        let words = format!(
            "`{}` names a string with `format = \"{}\"`; write that format and an example of it, \
             or name another field",
            role.name(),
            expected.name()
        );
        errors.push(written, broken, words);
    }
}
