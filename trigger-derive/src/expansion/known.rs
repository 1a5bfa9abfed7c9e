//! The types that are known by their names, and right where they stand.
//!
//! They are asked for all at once, which is cheap, but has no place in the source for an error.
//! So it is done for those alone that have none, unless the program gives their names to types of
//! its own.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

use super::row::{Level, Place};
use crate::model::Field;

/// How many are asked for at once.
const MAX_KNOWN: usize = 12;

/// For each field of a trigger the place that its type is known to be right in, if it is.
pub(super) fn places(fields: &[Field<'_>]) -> Vec<Option<Place>> {
    let mut left = MAX_KNOWN;
    let place_of = |field: &Field<'_>| {
        let place = super::row::place(field, Level::First);
        let is_right = left > 0 && field.with.is_none() && is_right(field.ty, place);
        left -= usize::from(is_right);
        is_right.then_some(place)
    };
    fields.iter().map(place_of).collect()
}

/// Whether the type fits the place, unless the program gives its name to another one.
pub(super) fn is_right(ty: &Type, place: Place) -> bool {
    let Some(last) = last_segment(ty) else { return false };
    let name = last.ident.to_string();
    if !is_usual_path(ty, &name) {
        return false;
    }
    if name == "Option" {
        return !matches!(place, Place::ScheduledAt | Place::EntityId)
            && only_argument(last).is_some_and(|ty| is_right(ty, place));
    }
    if !last.arguments.is_none() {
        return false;
    }
    let is_any = matches!(
        place,
        Place::Property | Place::PropertyWithExample | Place::Member | Place::MemberWithExample
    );
    match name.as_str() {
        "String" => place == Place::Text,
        "Uuid" => is_any || matches!(place, Place::Identity | Place::EntityId),
        // Without the feature, the error should point at the field.
        "Timestamp" if cfg!(feature = "jiff") => is_any || place == Place::ScheduledAt,
        "bool" | "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" | "f32" | "f64" => {
            is_any
        }
        _ => false,
    }
}

/// `Uuid`, `uuid::Uuid` or `::uuid::Uuid`, but not `bson::Uuid`.
fn is_usual_path(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ty else { return false };
    let usual = match name {
        "Uuid" => "uuid",
        "Timestamp" => "jiff",
        _ => "std",
    };
    let first = &path.path.segments[0].ident;
    path.path.segments.len() == 1 || first == usual || first == "core"
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// `T` in `Option<T>`, where that is no `Option` itself.
fn only_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) if last_segment(ty)?.ident != "Option" => Some(ty),
        _ => None,
    }
}
