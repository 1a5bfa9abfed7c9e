//! The comparison of two snapshots.

mod property;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trigger_dialect::Rule;

use super::Edit;
use super::rename;
use super::schema::Schema;
use super::snapshot::{Snapshot, Texts};
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
    let by_key = |snapshots: &'_ [Snapshot]| -> BTreeMap<String, Snapshot> {
        snapshots.iter().map(|snapshot| (snapshot.key.clone(), snapshot.clone())).collect()
    };
    let (published, current) = (by_key(published), by_key(current));
    let mut edits = Vec::new();
    let mut gone = BTreeSet::new();
    for (key, before) in &published {
        match current.get(key) {
            Some(after) => edits.extend(compare(before, after)),
            None => _ = gone.insert(key.as_str()),
        }
    }
    let new = current.keys().filter(|key| !published.contains_key(*key));
    let new: BTreeSet<_> = new.map(String::as_str).collect();
    let renamed = rename::triggers(&gone, &new);
    for key in gone {
        edits.push(match renamed.get(key) {
            Some(new) => {
                edit(new, Rule::KEY_CHANGED, "", &format!("the key was `{key}` and is `{new}`"))
            }
            None => edit(key, Rule::TRIGGER_REMOVED, "", "no trigger has this key any more"),
        });
    }
    sorted(edits)
}

/// The edits between two snapshots of one trigger, in the order of pointers and rules.
#[must_use]
pub fn compare(published: &Snapshot, current: &Snapshot) -> Vec<Edit> {
    let mut comparison = Comparison { key: &current.key, edits: Vec::new() };
    if let (Some(before), Some(after)) = (&published.texts, &current.texts) {
        comparison.texts(before, after);
    }
    comparison.root(&published.schema, &current.schema);
    sorted(comparison.edits)
}

fn sorted(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by(|one, other| one.place().cmp(&other.place()));
    edits
}

fn edit(key: &str, rule: Rule, pointer: &str, message: &str) -> Edit {
    Edit { key: key.to_owned(), rule, pointer: pointer.to_owned(), message: message.to_owned() }
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
    key: &'a str,
    edits: Vec<Edit>,
}

impl Comparison<'_> {
    fn find(&mut self, rule: Rule, pointer: &str, message: &str) {
        self.edits.push(edit(self.key, rule, pointer, message));
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

    fn root(&mut self, before: &Schema, after: &Schema) {
        for (keyword, values) in [
            ("title", [&before.title, &after.title]),
            ("description", [&before.description, &after.description]),
        ] {
            if let Some(message) = changed(keyword, values.map(Option::as_deref)) {
                self.find(Rule::ROOT_CHANGED, &format!("/{keyword}"), &message);
            }
        }
        let default = |schema: &Schema| schema.default.as_ref().map(canonical);
        let examples = |schema: &Schema| schema.examples.as_deref().map(canonical_set);
        if default(before) != default(after) {
            self.find(Rule::ROOT_CHANGED, "/default", "the default is another one");
        }
        if examples(before) != examples(after) {
            self.find(Rule::ROOT_CHANGED, "/examples", "the examples are other ones");
        }
        self.others(before, after, "", &OVERWRITTEN);
        let renames = self.members(before, after, "", Level::Property);
        self.date(before, after, &renames);
    }

    /// Whether and when the events are scheduled.
    fn date(&mut self, before: &Schema, after: &Schema, renames: &Renames<'_>) {
        let pointer = |name| format!("/properties{}/futureDate", pointer_of([name]));
        let old = before.date().map(|name| renames.get(name).copied().unwrap_or(name));
        match (old, after.date()) {
            (None, Some(new)) => {
                let message = format!("the trigger was real-time and is scheduled at `{new}`");
                self.find(Rule::TRIGGER_SCHEDULED, &pointer(new), &message);
            }
            (Some(old), None) => {
                let message = format!("the trigger was scheduled at `{old}` and is real-time");
                self.find(Rule::TRIGGER_REAL_TIME, &pointer(old), &message);
            }
            (Some(old), Some(new)) if old != new => {
                let message = format!("events happened at `{old}` and happen at `{new}`");
                self.find(Rule::DATE_MOVED, &pointer(new), &message);
            }
            _ => {}
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
            if let Some(message) = changed(keyword, [old.as_deref(), new.as_deref()]) {
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
