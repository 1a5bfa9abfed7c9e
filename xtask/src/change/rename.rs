//! Which removed property is an added one under another key.

use std::collections::BTreeMap;

use super::choice;
use super::schema::Schema;

/// From this likeness on, of at most 1, a key may be another one's new form.
const LIKE: f64 = 0.7;

/// What stands under a key.
type Members<'a, 's> = BTreeMap<&'a str, &'s Schema>;

/// The properties that look renamed: like keys, or a role that only one property has, and the same
/// shape.
pub(super) fn properties<'a>(
    removed: &Members<'a, '_>,
    added: &Members<'a, '_>,
) -> BTreeMap<&'a str, &'a str> {
    let has_role = |schema: &Schema| schema.future_date || schema.identity_type.is_some();
    pairs(removed, added, |old, new, likeness| {
        let is_alike = likeness >= LIKE || has_role(old);
        is_alike && has_shape_of(old, new)
    })
}

/// The trigger keys that look renamed: like keys, and half of the properties or more in common. A new
/// trigger in the place of an old one has a key of its own, which may be much like it.
pub(super) fn triggers<'a>(
    removed: &Members<'a, '_>,
    added: &Members<'a, '_>,
) -> BTreeMap<&'a str, &'a str> {
    pairs(removed, added, |old, new, likeness| {
        let (old, new) = (&old.properties, &new.properties);
        let common = old.keys().filter(|name| new.contains_key(*name)).count();
        likeness >= LIKE && 2 * common >= old.len().max(new.len())
    })
}

/// The pairs of an old and a new key that fit, as their schemas and their likeness say; each key
/// once.
///
/// The most alike come first, and equals in the order of their keys, so that the pairs do not
/// depend on any order of the documents.
fn pairs<'a>(
    removed: &Members<'a, '_>,
    added: &Members<'a, '_>,
    fits: impl Fn(&Schema, &Schema, f64) -> bool,
) -> BTreeMap<&'a str, &'a str> {
    let mut candidates: Vec<(f64, &str, &str)> = Vec::new();
    for (&old, before) in removed {
        for (&new, after) in added {
            let likeness = likeness(old, new);
            if fits(before, after, likeness) {
                candidates.push((likeness, old, new));
            }
        }
    }
    candidates.sort_by(|one, other| {
        other.0.total_cmp(&one.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
    });
    let mut pairs = BTreeMap::new();
    for (_, old, new) in candidates {
        if !pairs.contains_key(old) && !pairs.values().any(|taken| *taken == new) {
            pairs.insert(old, new);
        }
    }
    pairs
}

/// How alike two keys are, whether they are `snake_case` or `camelCase`.
fn likeness(one: &str, other: &str) -> f64 {
    let plain = |key: &str| key.replace(['_', '-'], "").to_lowercase();
    strsim::normalized_damerau_levenshtein(&plain(one), &plain(other))
        .max(part_in_common(&plain(one), &plain(other)))
}

/// `customer` for `customerName`: the longer key holds the shorter one, which is no mere letter.
fn part_in_common(one: &str, other: &str) -> f64 {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() >= 4 && (long.starts_with(short) || long.ends_with(short)) { LIKE } else { 0.0 }
}

/// Whether values of the one are values of the other.
fn has_shape_of(one: &Schema, other: &Schema) -> bool {
    let values = |schema| choice::of(schema).map(|(_, values)| values.into_keys().collect());
    let (ours, theirs): (Option<Vec<_>>, Option<Vec<_>>) = (values(one), values(other));
    let items = match (&one.items, &other.items) {
        (Some(one), Some(other)) => has_shape_of(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    let members = one.properties.len() == other.properties.len()
        && one.properties.iter().all(|(name, member)| {
            other.properties.get(name).is_some_and(|theirs| has_shape_of(member, theirs))
        });
    (&one.json_type, &one.format, &one.identity_type, one.future_date, &one.wix_custom_type)
        == (
            &other.json_type,
            &other.format,
            &other.identity_type,
            other.future_date,
            &other.wix_custom_type,
        )
        && ours == theirs
        && items
        && members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string() -> Schema {
        Schema { json_type: Some("string".to_owned()), ..Schema::default() }
    }

    fn pairs_of(removed: &[&str], added: &[&str]) -> Vec<(String, String)> {
        let schema = string();
        let [removed, added] =
            [removed, added].map(|keys| keys.iter().map(|key| (*key, &schema)).collect());
        let pairs = properties(&removed, &added).into_iter();
        pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).collect()
    }

    #[test]
    fn like_keys_are_renames_and_others_are_not() {
        for (old, new, is_rename) in [
            ("due_at", "dueAt", true),
            ("customerName", "clientName", false),
            ("customer", "customerName", true),
            ("number", "numbers", true),
            ("quantity", "quantities", true),
            ("adress", "address", true),
            ("number", "note", false),
            ("contactId", "invoiceId", false),
            ("id", "paid", false),
        ] {
            assert_eq!(pairs_of(&[old], &[new]).len(), usize::from(is_rename), "{old} {new}");
        }
    }

    #[test]
    fn each_key_is_taken_once_and_the_most_alike_first() {
        let pairs = pairs_of(&["line", "lines"], &["line_1", "linez"]);
        let told: Vec<_> = pairs.iter().map(|(old, new)| format!("{old} {new}")).collect();
        assert_eq!(told, ["line line_1", "lines linez"]);
    }

    #[test]
    fn another_shape_is_another_property() {
        let date = Schema { format: Some("date".to_owned()), ..string() };
        let pairs = properties(&[("paidOn", &string())].into(), &[("paidOnn", &date)].into());
        assert!(pairs.is_empty());
    }
}
