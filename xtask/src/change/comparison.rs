//! The comparison of two snapshots.

mod property;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trigger_dialect::Rule;

use super::Edit;
use super::choice;
use super::rename;
use super::schema::Schema;
use super::snapshot::{EntityId, Snapshot, Texts};
use super::value::{canonical, canonical_set};
use crate::judge::pointer_of;

/// What Wix overwrites at the root when it saves, and what names the document itself.
const OVERWRITTEN: [&str; 3] = ["$schema", "$id", "additionalProperties"];

/// All edits between what is published and what is linked now. What is published of a trigger
/// without a counterpart is renamed, if a new trigger has a key much like its own, or gone; a
/// trigger that is not published is new, and no edit.
///
/// The edits come in the order of keys, pointers and rules.
#[must_use]
pub fn compare_all(published: &[Snapshot], current: &[Snapshot]) -> Vec<Edit> {
    let (published, current) = (by_key(published), by_key(current));
    let renames = rename::triggers(&without(&published, &current), &without(&current, &published));
    let mut edits = Vec::new();
    for (key, before) in &published {
        match current.get(renames.get(key).unwrap_or(key)) {
            Some(after) => edits.extend(compare(before, after)),
            None => {
                let mut comparison = Comparison::of(key, key);
                comparison.find(Rule::TRIGGER_REMOVED, "", "no trigger has this key any more");
                edits.extend(comparison.edits);
            }
        }
    }
    sorted(edits)
}

/// Triggers by their keys.
type Triggers<'a> = BTreeMap<&'a str, &'a Snapshot>;

fn by_key(snapshots: &[Snapshot]) -> Triggers<'_> {
    snapshots.iter().map(|snapshot| (snapshot.key(), snapshot)).collect()
}

/// The schemas of those whose keys the others do not have.
fn without<'a>(triggers: &Triggers<'a>, others: &Triggers<'_>) -> BTreeMap<&'a str, &'a Schema> {
    let alone = triggers.iter().filter(|(key, _)| !others.contains_key(*key));
    alone.map(|(key, snapshot)| (*key, &snapshot.schema)).collect()
}

/// The edits between two snapshots of one trigger, in the order of pointers and rules.
#[must_use]
pub fn compare(published: &Snapshot, current: &Snapshot) -> Vec<Edit> {
    let mut comparison = Comparison::of(published.key(), current.key());
    if published.key != current.key {
        let message = format!("the key was `{}` and is `{}`", published.key, current.key);
        comparison.find(Rule::KEY_CHANGED, "", &message);
    }
    if let (Some(before), Some(after)) = (&published.texts, &current.texts) {
        comparison.texts(before, after);
    }
    let renames = comparison.root(&published.schema, &current.schema);
    if let (Some(before), Some(after)) = (&published.entity_id, &current.entity_id) {
        comparison.entity_id(before, after, &renames);
    }
    sorted(comparison.edits)
}

fn sorted(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by(|one, other| one.place().cmp(&other.place()));
    edits
}

/// What a property stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The payload.
    Property,
    /// An object or item in it.
    Member,
}

/// The new keys of renamed properties, by their old ones.
type Renames<'a> = BTreeMap<&'a str, &'a str>;

struct Comparison<'a> {
    published_key: &'a str,
    key: &'a str,
    edits: Vec<Edit>,
}

impl<'a> Comparison<'a> {
    fn of(published_key: &'a str, key: &'a str) -> Self {
        Self { published_key, key, edits: Vec::new() }
    }

    fn find(&mut self, rule: Rule, pointer: &str, message: &str) {
        let [key, published_key, pointer, message] =
            [self.key, self.published_key, pointer, message].map(str::to_owned);
        self.edits.push(Edit { key, published_key, rule, pointer, message });
    }

    fn texts(&mut self, before: &Texts, after: &Texts) {
        if before.name != after.name {
            let message = format!("the name was {:?} and is {:?}", before.name, after.name);
            self.find(Rule::NAME_CHANGED, "", &message);
        }
        let descriptions = [&before.description, &after.description].map(Option::as_deref);
        if let Some(message) = changed("the description", descriptions) {
            self.find(Rule::DESCRIPTION_CHANGED, "", &message);
        }
    }

    fn root<'b>(&mut self, before: &'b Schema, after: &'b Schema) -> Renames<'b> {
        for (keyword, values) in [
            ("title", [&before.title, &after.title]),
            ("description", [&before.description, &after.description]),
        ] {
            if let Some(message) = changed(keyword, values.map(Option::as_deref)) {
                self.find(Rule::ROOT_CHANGED, &format!("/{keyword}"), &message);
            }
        }
        let annotations = root_annotations(before).into_iter().zip(root_annotations(after));
        for ((keyword, old), (_, new)) in annotations.filter(|(old, new)| old != new) {
            let message = match (old, new) {
                (_, None) => format!("`{keyword}` is gone"),
                (None, _) => format!("`{keyword}` is new"),
                _ => format!("`{keyword}` is another one"),
            };
            self.find(Rule::ROOT_CHANGED, &format!("/{keyword}"), &message);
        }
        self.others(before, after, "", &OVERWRITTEN);
        let renames = self.members(before, after, "", Level::Property);
        self.date(before, after, &renames);
        renames
    }

    /// What events are canceled by.
    fn entity_id(&mut self, before: &EntityId, after: &EntityId, renames: &Renames<'_>) {
        let before = before.0.as_deref().map(|name| renames.get(name).copied().unwrap_or(name));
        if let Some(message) = changed("the external entity id", [before, after.0.as_deref()]) {
            self.find(Rule::ENTITY_ID_MOVED, "", &message);
        }
    }

    /// Whether and when the events are scheduled.
    fn date(&mut self, before: &Schema, after: &Schema, renames: &Renames<'_>) {
        let pointer = |name| format!("/properties{}/futureDate", pointer_of([name]));
        let now = |name| renames.get(name).copied().unwrap_or(name);
        let old: BTreeSet<_> = before.dates().map(now).collect();
        let new: BTreeSet<_> = after.dates().collect();
        for gone in old.difference(&new).filter(|_| new.is_empty()) {
            let message = format!("the trigger was scheduled at `{gone}` and is real-time");
            self.find(Rule::TRIGGER_REAL_TIME, &pointer(gone), &message);
        }
        for added in new.difference(&old).filter(|_| old.is_empty()) {
            let message = format!("the trigger was real-time and is scheduled at `{added}`");
            self.find(Rule::TRIGGER_SCHEDULED, &pointer(added), &message);
        }
        if old != new && !old.is_empty() && !new.is_empty() {
            // More than one is none of the dialect's, and may still be published.
            let place = new.difference(&old).chain(&old).next().copied().unwrap_or_default();
            let [old, new] = [&old, &new].map(names);
            let message = format!("events happened at {old} and happen at {new}");
            self.find(Rule::DATE_MOVED, &pointer(place), &message);
        }
    }

    /// The properties of the payload, or the members of an object.
    fn members<'b>(
        &mut self,
        before: &'b Schema,
        after: &'b Schema,
        pointer: &str,
        level: Level,
    ) -> Renames<'b> {
        let without = |one: &'b Schema, other: &Schema| -> BTreeMap<&'b str, &'b Schema> {
            let members = one.properties.iter();
            let alone = members.filter(|(name, _)| !other.properties.contains_key(*name));
            alone.map(|(name, member)| (name.as_str(), member)).collect()
        };
        let (removed, added) = (without(before, after), without(after, before));
        let renames = rename::properties(&removed, &added);
        let required =
            |name: &str, new: &str| [before.required.contains(name), after.required.contains(new)];
        let at = |name: &str| format!("{pointer}/properties{}", pointer_of([name]));
        for (name, member) in &before.properties {
            let new = renames.get(name.as_str()).copied().unwrap_or(name);
            match after.properties.get(new) {
                Some(now) => {
                    if new != name {
                        let message = format!("the key was `{name}` and is `{new}`");
                        self.find(level.renamed(), &at(new), &message);
                    }
                    self.property(member, now, &at(new), level);
                    self.required(required(name, new), &at(new));
                }
                None => self.find(level.removed(), &at(name), &format!("`{name}` is gone")),
            }
        }
        let known: Vec<_> = renames.values().collect();
        for name in added.keys().filter(|name| !known.contains(name)) {
            let (rule, how) = match required(name, name) {
                [_, true] => (Rule::PROPERTY_ADDED_REQUIRED, "is new, and required at once"),
                _ => (Rule::PROPERTY_ADDED, "is new"),
            };
            self.find(rule, &at(name), &format!("`{name}` {how}"));
        }
        renames
    }

    fn required(&mut self, was_and_is: [bool; 2], pointer: &str) {
        match was_and_is {
            [false, true] => {
                self.find(Rule::PROPERTY_MADE_REQUIRED, pointer, "it was optional and is required");
            }
            [true, false] => {
                self.find(Rule::PROPERTY_MADE_OPTIONAL, pointer, "it was required and is optional");
            }
            _ => {}
        }
    }

    /// Keywords of no dialect of Wix's.
    fn others(&mut self, before: &Schema, after: &Schema, pointer: &str, ignored: &[&str]) {
        let keywords: BTreeSet<_> = before.others.keys().chain(after.others.keys()).collect();
        for keyword in keywords.into_iter().filter(|it| !ignored.contains(&it.as_str())) {
            let value = |schema: &Schema| schema.others.get(keyword).map(canonical);
            let (old, new) = (value(before), value(after));
            if old != new {
                let shown = |schema: &Schema| schema.others.get(keyword).map(shown);
                let message = match (shown(before), shown(after)) {
                    (Some(old), Some(new)) => format!("`{keyword}` was {old} and is {new}"),
                    (None, Some(new)) => format!("`{keyword}` is {new}, and there was none"),
                    (Some(old), None) => format!("`{keyword}` was {old}, and there is none"),
                    (None, None) => continue,
                };
                let pointer = format!("{pointer}{}", pointer_of([keyword.as_str()]));
                self.find(Rule::KEYWORD_CHANGED, &pointer, &message);
            }
        }
    }
}

impl Level {
    fn removed(self) -> Rule {
        if self == Self::Property { Rule::PROPERTY_REMOVED } else { Rule::MEMBER_REMOVED }
    }

    fn renamed(self) -> Rule {
        if self == Self::Property { Rule::PROPERTY_RENAMED } else { Rule::MEMBER_RENAMED }
    }

    fn retyped(self) -> Rule {
        if self == Self::Property { Rule::PROPERTY_RETYPED } else { Rule::MEMBER_RETYPED }
    }

    fn reformatted(self) -> Rule {
        if self == Self::Property { Rule::PROPERTY_REFORMATTED } else { Rule::MEMBER_REFORMATTED }
    }
}

/// What stands at the root besides the title, the description and the properties.
fn root_annotations(root: &Schema) -> [(&'static str, Option<String>); 9] {
    [
        ("type", root.json_type.clone()),
        ("format", root.format.clone()),
        ("default", root.default.as_ref().map(canonical)),
        ("examples", root.examples.as_deref().map(|it| canonical_set(it).join(","))),
        ("hidden", root.hidden.then(|| true.to_string())),
        ("identityType", root.identity_type.clone()),
        ("namespace", root.namespace.clone()),
        ("wixCustomType", root.wix_custom_type.clone()),
        choice::of(root)
            .map_or(("enum", None), |(keyword, values)| (keyword, Some(format!("{values:?}")))),
    ]
}

/// The names of properties: "`dueAt`", or "`dueAt` and `remindAt`".
fn names(names: &BTreeSet<&str>) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}

/// What became of a text; `None` if it is as it was.
fn changed(what: &str, [before, after]: [Option<&str>; 2]) -> Option<String> {
    match (before, after) {
        (before, after) if before == after => None,
        (Some(before), Some(after)) => Some(format!("{what} was {before:?} and is {after:?}")),
        (None, Some(after)) => Some(format!("{what} is {after:?}, and there was none")),
        (Some(before), None) => Some(format!("{what} was {before:?}, and there is none")),
        (None, None) => None,
    }
}

/// A value for a message, not longer than a line has room for.
fn shown(value: &Value) -> String {
    const LENGTH: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
