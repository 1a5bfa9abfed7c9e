//! Which examples are written, and which a type gives by itself.

use trigger_core::schema::Format;
use trigger_dialect::sentence_case;

use super::super::Json;
use super::super::model::{Kind, Property};
use super::super::print::literal;
use super::own_example;

/// Gives the members of an object those values for examples that stand in the object's first one:
/// put together, they are mostly that example again.
pub(super) fn give_to_members(property: &mut Property) {
    let first = property.examples.first().cloned();
    let object = match &property.kind {
        Kind::Array(_) => first.and_then(|array| array.items().first().cloned()),
        _ => first,
    };
    for member in property.members_mut() {
        if let Some(value) = object.as_ref().and_then(|object| object.get(&member.key)) {
            member.examples = vec![value.clone()];
        }
    }
}

/// An object of the members' examples.
pub(super) fn of_members(members: &[Property]) -> Json {
    let shown = |member: &Property| {
        let own = || own_example(member).unwrap_or_else(|| stand_in(member));
        member.examples.first().cloned().unwrap_or_else(own)
    };
    Json::Object(members.iter().map(|member| (member.key.clone(), shown(member))).collect())
}

/// An example for a string that has none: a struct needs one.
fn stand_in(property: &Property) -> Json {
    let title = || property.title.clone().unwrap_or_else(|| sentence_case(&property.key));
    Json::String(property.format.map_or_else(title, |format| Format::sample(format).to_owned()))
}

/// `example = …`, unless the type gives it.
pub(super) fn entry(property: &Property) -> Option<String> {
    let own = own_example(property);
    match (property.examples.as_slice(), own) {
        ([], Some(_)) => None,
        ([], None) => Some(format!("example = {}", literal(&stand_in(property), property))),
        ([one], Some(own)) if own.is_same(one) => None,
        (examples, _) => written(examples, property),
    }
}

/// `example = …` or `examples = […]`, if there are some.
pub(super) fn written(examples: &[Json], property: &Property) -> Option<String> {
    match examples {
        [] => None,
        [one] => Some(format!("example = {}", literal(one, property))),
        several => {
            let several: Vec<_> = several.iter().map(|one| literal(one, property)).collect();
            Some(format!("examples = [{}]", several.join(", ")))
        }
    }
}
