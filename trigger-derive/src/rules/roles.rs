//! The fields that the struct's attribute gives a part.

use proc_macro2::Ident;
use trigger_dialect::{Format, Rule};

use crate::attributes::{Roles, nearest};
use crate::errors::Errors;
use crate::model::{Field, Role, plain};
use crate::serde_attributes::{SerdeField, With};

/// The field that a role names; `scheduled_at = due` where there is only `due_at`.
pub(crate) fn named_field<'f, 'a>(
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

/// `contact = contact_id` where `contact_id` is skipped, flattened or not there.
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
    let mut found = Vec::new();
    for (role, name) in written {
        let Some(name) = name else { continue };
        let Some(field) = named_field(errors, role.name(), name, fields) else { continue };
        if field.skipped || field.flattened {
            let what = if field.skipped { "skips" } else { "flattens" };
            let words = format!(
                "`{}` names a property of the payload, and serde {what} `{name}`; remove one of \
                 the two attributes",
                role.name()
            );
            errors.push(name, Rule::ROLE_FIELD, words);
        } else {
            found.push((field.plain.clone(), role));
        }
    }
    found
}

/// `contact = id, member = id`
pub(crate) fn one_role(errors: &Errors, field: &Field<'_>, second: Option<Role>) {
    if let (Some(first), Some(second)) = (field.role, second) {
        let words = format!(
            "this field is named by `{}` and by `{}`; a property has one of them",
            first.name(),
            second.name()
        );
        errors.push(field.name_tokens(), Rule::ROLE_FIELD, words);
    }
}

/// `scheduled_at` on a field that serde may skip, or whose `with` module writes something else.
pub(super) fn role_holds(errors: &Errors, field: &Field<'_>) {
    let Some(role) = field.role else { return };
    if role == Role::ScheduledAt && field.may_be_skipped {
        let words = "the date-time of a scheduled event is required; remove `skip_serializing_if`";
        errors.push(field.name_tokens(), Rule::SCHEDULED_AT, words);
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
        let words = format!("`{}` names a required `format: {}`", role.name(), expected.name());
        errors.push(field.ty, broken, words);
    }
    if let Some((format, written)) = &field.attributes.format
        && *format != expected
    {
        let words = format!(
            "`{}` names a string with `format = \"{}\"`; change the format or the role",
            role.name(),
            expected.name()
        );
        errors.push(written, broken, words);
    }
}
