//! What may differ of one property or member that stands on both sides.

use std::collections::BTreeMap;

use trigger_dialect::Rule;

use super::{Comparison, Level, canonical, canonical_set, changed, shown};
use crate::change::choice;
use crate::change::schema::Schema;

impl Comparison<'_> {
    pub(super) fn property(
        &mut self,
        before: &Schema,
        after: &Schema,
        pointer: &str,
        level: Level,
    ) {
        self.texts_of_property(before, after, pointer);
        self.hidden(before, after, pointer);
        self.others(before, after, pointer, &[]);
        if level == Level::Member {
            self.date_of_member(before, after, pointer);
        }
        let types = [&before.json_type, &after.json_type].map(Option::as_deref);
        if let Some(message) = changed("the type", types) {
            // Whatever else a value of another type can have is another thing as well, but whose id it
            // is.
            self.find(level.retyped(), &format!("{pointer}/type"), &message);
            return self.identity(before, after, pointer);
        }
        let formats = [&before.format, &after.format].map(Option::as_deref);
        if let Some(message) = changed("the format", formats) {
            self.find(level.reformatted(), &format!("{pointer}/format"), &message);
        }
        self.values(before, after, pointer);
        self.choice(before, after, pointer);
        self.identity(before, after, pointer);
        let shapes = [&before.wix_custom_type, &after.wix_custom_type].map(Option::as_deref);
        if let Some(message) = changed("the ready-made shape", shapes) {
            self.find(Rule::CUSTOM_TYPE_CHANGED, &format!("{pointer}/wixCustomType"), &message);
        }
        self.members(before, after, pointer, Level::Member);
        self.items(before, after, pointer);
    }

    /// Items are compared as one member that is always there.
    fn items(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let none = Schema::default();
        let [old, new] = [before, after].map(|array| array.items.as_deref().unwrap_or(&none));
        if before.items.is_some() || after.items.is_some() {
            self.property(old, new, &format!("{pointer}/items"), Level::Member);
        }
    }

    fn texts_of_property(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let titles = [&before.title, &after.title].map(Option::as_deref);
        if let Some(message) = changed("the title", titles) {
            self.find(Rule::TITLE_CHANGED, &format!("{pointer}/title"), &message);
        }
        let descriptions = [&before.description, &after.description].map(Option::as_deref);
        if let Some(message) = changed("the description", descriptions) {
            self.find(Rule::EXPLANATION_CHANGED, &format!("{pointer}/description"), &message);
        }
    }

    /// A date of a member is none that events happen at, and no dialect of Wix's has it.
    fn date_of_member(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let message = match (before.future_date, after.future_date) {
            (false, true) => "`futureDate` is new",
            (true, false) => "`futureDate` is gone",
            _ => return,
        };
        self.find(Rule::KEYWORD_CHANGED, &format!("{pointer}/futureDate"), message);
    }

    fn hidden(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let message = match (before.hidden, after.hidden) {
            (false, true) => "it is hidden from pickers",
            (true, false) => "it is shown in pickers again",
            _ => return,
        };
        self.find(Rule::HIDDEN_CHANGED, &format!("{pointer}/hidden"), message);
    }

    /// The examples and the default.
    fn values(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let examples = |schema: &Schema| schema.examples.as_deref().map(canonical_set);
        if examples(before) != examples(after) {
            let message = "the examples are other ones";
            self.find(Rule::EXAMPLES_CHANGED, &format!("{pointer}/examples"), message);
        }
        let default = |schema: &Schema| schema.default.as_ref().map(canonical);
        if default(before) == default(after) {
            return;
        }
        let pointer = format!("{pointer}/default");
        match (before.default.as_ref().map(shown), after.default.as_ref().map(shown)) {
            (None, Some(new)) => {
                let message = format!("the default is {new}, and there was none");
                self.find(Rule::DEFAULT_ADDED, &pointer, &message);
            }
            (Some(old), new) => {
                let new = new.map_or("there is none".to_owned(), |new| format!("it is {new}"));
                let message = format!("the default was {old}, and {new}");
                self.find(Rule::DEFAULT_CHANGED, &pointer, &message);
            }
            (None, None) => {}
        }
    }

    fn choice(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let ((old_keyword, old), (keyword, new)) = match (choice::of(before), choice::of(after)) {
            (None, None) => return,
            (None, Some((keyword, _))) => {
                let message = "it took any value and is a choice";
                return self.find(
                    Rule::CHOICE_INTRODUCED,
                    &format!("{pointer}/{keyword}"),
                    message,
                );
            }
            (Some((keyword, _)), None) => {
                let message = "it was a choice and takes any value";
                return self.find(Rule::CHOICE_DROPPED, &format!("{pointer}/{keyword}"), message);
            }
            (Some(old), Some(new)) => (old, new),
        };
        let (old_place, place) =
            (format!("{pointer}/{old_keyword}"), format!("{pointer}/{keyword}"));
        self.choice_values(&old, &new, &old_place, &place);
    }

    fn choice_values(
        &mut self,
        old: &choice::Choices<'_>,
        new: &choice::Choices<'_>,
        old_place: &str,
        place: &str,
    ) {
        let texts: BTreeMap<_, _> = new.iter().collect();
        for (value, before) in old {
            match texts.get(value) {
                None => {
                    let message = format!("the value {value} is gone");
                    self.find(Rule::CHOICE_VALUE_REMOVED, old_place, &message);
                }
                Some(after) if *after != before => {
                    let message = format!("the title or description of {value} is another one");
                    self.find(Rule::CHOICE_TEXT, place, &message);
                }
                Some(_) => {}
            }
        }
        for value in new.keys().filter(|value| !old.contains_key(*value)) {
            self.find(Rule::CHOICE_VALUE_ADDED, place, &format!("the value {value} is new"));
        }
    }

    fn identity(&mut self, before: &Schema, after: &Schema, pointer: &str) {
        let identities = [&before.identity_type, &after.identity_type].map(Option::as_deref);
        if let Some(message) = changed("the identity", identities) {
            let rule = match identities {
                [None, _] => Rule::IDENTITY_ADDED,
                _ => Rule::IDENTITY_CHANGED,
            };
            return self.find(rule, &format!("{pointer}/identityType"), &message);
        }
        let namespaces = [before, after].map(Schema::namespace_of_identity);
        if let Some(message) = changed("the namespace", namespaces) {
            self.find(Rule::NAMESPACE_CHANGED, &format!("{pointer}/namespace"), &message);
        }
    }
}
