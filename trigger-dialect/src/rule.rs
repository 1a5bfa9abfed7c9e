//! What is known of a rule: what every message of these tools leans on.

mod changes;
mod table;

use changes::CHANGES;
use table::SCHEMAS;

/// All rules, in the order of their ids.
pub const RULES: &[Rule] = &{
    let mut all = [SCHEMAS[0]; SCHEMAS.len() + CHANGES.len()];
    let mut at = 1;
    while at < all.len() {
        all[at] = if at < SCHEMAS.len() { SCHEMAS[at] } else { CHANGES[at - SCHEMAS.len()] };
        at += 1;
    }
    all
};

/// A rule of the dialect, of Wix's triggers around it, or of edits of a published trigger.
///
/// The id stays for ever: messages name it, and what was written about it can be found again.
///
/// ```
/// use trigger_dialect::{Level, RULES, Rule};
///
/// assert_eq!(Rule::ITEM_TYPE.id, "T024");
/// assert_eq!(Rule::ITEM_TYPE.words, "the items of an array are objects");
/// assert_eq!(Rule::ITEM_TYPE.level, Level::Error);
/// assert!(RULES.contains(&Rule::ITEM_TYPE));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// `T` and three digits.
    pub id: &'static str,
    /// The rule in one sentence.
    pub words: &'static str,
    /// What becomes of whoever breaks it.
    pub level: Level,
    /// Who says so.
    pub source: &'static str,
    /// How sure that is.
    pub weight: Weight,
    /// What it is about, with an example.
    pub kind: Kind,
}

/// What a rule is about.
///
/// ```
/// use trigger_dialect::{Kind, Rule};
///
/// assert!(matches!(Rule::ITEM_TYPE.kind, Kind::Schema(_)));
/// assert!(matches!(Rule::PROPERTY_REMOVED.kind, Kind::Change(_)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A trigger or a payload schema, by itself.
    Schema(Mistake),
    /// An edit of a trigger that is published.
    Change(Change),
}

/// An example of a rule of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What it is written in.
    pub language: Language,
    /// What breaks the rule and no other.
    ///
    /// Rust comes without its `use` lines; JSON is a whole payload schema.
    pub bad: &'static str,
    /// The same, mended.
    pub mended: &'static str,
}

/// What there is to know of an edit of a published trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What the edit means for binaries that run already.
    pub senders: &'static str,
    /// What the edit means for automations that exist already.
    pub automations: &'static str,
    /// What to do in its place.
    pub instead: &'static str,
    /// Which part of the edit goes live first.
    pub order: Order,
    /// Why in that order.
    pub why: &'static str,
    /// A trigger before the edit: its payload schema, or an object with that, its key and texts.
    pub before: &'static str,
    /// The same after the edit; `null` if there is no trigger any more.
    pub after: &'static str,
}

/// Which part of an edit goes live first.
///
/// ```
/// use trigger_dialect::{Kind, Order, Rule};
///
/// let Kind::Change(change) = Rule::PROPERTY_ADDED_REQUIRED.kind else { unreachable!() };
/// assert_eq!(change.order, Order::BinaryFirst);
/// assert_eq!(change.order.words(), "the binary first");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// The schema is pasted into the dashboard before the binary runs.
    DashboardFirst,
    /// The binary runs everywhere before the schema is pasted into the dashboard.
    BinaryFirst,
    /// It makes no difference.
    Either,
    /// Whichever is first, events are refused until the other one follows.
    Neither,
}

impl Order {
    /// The order for programs, in one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DashboardFirst => "dashboard",
            Self::BinaryFirst => "binary",
            Self::Either => "either",
            Self::Neither => "neither",
        }
    }

    /// The order in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DashboardFirst => "the dashboard first",
            Self::BinaryFirst => "the binary first",
            Self::Either => "the dashboard or the binary first, as you like",
            Self::Neither => "neither first without a loss",
        }
    }
}

impl Rule {
    /// The rule of this id.
    ///
    /// ```
    /// use trigger_dialect::Rule;
    ///
    /// assert_eq!(Rule::find("T024"), Some(Rule::ITEM_TYPE));
    /// assert_eq!(Rule::find("t024"), Some(Rule::ITEM_TYPE));
    /// assert_eq!(Rule::find("T999"), None);
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
    }

    /// Its example, if it is a rule of schemas.
    #[must_use]
    pub const fn mistake(&self) -> Option<Mistake> {
        match self.kind {
            Kind::Schema(mistake) => Some(mistake),
            Kind::Change(_) => None,
        }
    }

    /// What there is to know of the edit, if it is a rule of edits.
    #[must_use]
    pub const fn change(&self) -> Option<Change> {
        match self.kind {
            Kind::Schema(_) => None,
            Kind::Change(change) => Some(change),
        }
    }

    /// Whether its example is in this language; false for a rule of edits.
    #[must_use]
    pub fn is_in(&self, language: Language) -> bool {
        self.mistake().is_some_and(|mistake| mistake.language == language)
    }

    /// The level in words, with what there is to do about it.
    ///
    /// ```
    /// use trigger_dialect::Rule;
    ///
    /// assert_eq!(Rule::ITEM_TYPE.level_words(), "error");
    /// assert_eq!(
    ///     Rule::NAME_ADVICE.level_words(),
    ///     "advice; `#[trigger(allow(T072))]` on the struct switches it off"
    /// );
    /// ```
    #[must_use]
    pub fn level_words(&self) -> String {
        let name = self.level.name();
        match self.level {
            Level::Error => name.to_owned(),
            Level::Advice => {
                format!("{name}; `#[trigger(allow({}))]` on the struct switches it off", self.id)
            }
            Level::Forbidden => format!("{name}: Wix does not allow it"),
            Level::Breaking => format!("{name}: a running app or a site's automations suffer"),
            Level::Harmless => format!("{name}: nobody suffers"),
        }
    }
}

/// What becomes of whoever breaks a rule.
///
/// ```
/// use trigger_dialect::{Level, Rule};
///
/// assert_eq!(Rule::KEY_WRITTEN.level, Level::Error);
/// assert_eq!(Rule::NAME_ADVICE.level, Level::Advice);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// It is refused.
    Error,
    /// It is told, and may be switched off for a struct: `#[trigger(allow(T070))]`.
    Advice,
    /// An edit that Wix does not allow on a published trigger.
    Forbidden,
    /// An edit that Wix takes and that breaks a running app or a site's automations.
    Breaking,
    /// An edit that nobody suffers from.
    Harmless,
}

impl Level {
    /// The level in one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Advice => "advice",
            Self::Forbidden => "forbidden",
            Self::Breaking => "breaking",
            Self::Harmless => "harmless",
        }
    }
}

/// How sure it is that a rule is one of Wix's.
///
/// ```
/// use trigger_dialect::{Rule, Weight};
///
/// assert_eq!(Rule::KEY_PATTERN.weight, Weight::Certain);
/// assert_eq!(Rule::INTEGER_RANGE.weight, Weight::Inferred);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Weight {
    /// An official document says so.
    Certain,
    /// An official document says so, but an old or a neighbouring one.
    Strong,
    /// It follows from official documents, none of which says it.
    Inferred,
    /// No document tells.
    Guess,
    /// It is no rule of Wix's, but one of these tools.
    Ours,
}

impl Weight {
    /// The weight in a few words.
    ///
    /// ```
    /// assert_eq!(trigger_dialect::Weight::Certain.words(), "certain: an official document says so");
    /// ```
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Certain => "certain: an official document says so",
            Self::Strong => "strong: an official document says so, but an old or neighbouring one",
            Self::Inferred => "inferred: it follows from official documents, none of which says it",
            Self::Guess => "a guess: no document tells",
            Self::Ours => "ours: a rule of these tools, not of Wix's",
        }
    }
}

/// What a rule's examples are written in.
///
/// ```
/// use trigger_dialect::{Language, Rule};
///
/// assert!(Rule::KEY_WRITTEN.is_in(Language::Rust));
/// assert_eq!(Language::Json.name(), "json");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// Structs and enums, as the compiler judges them.
    Rust,
    /// A payload schema, as a document is judged.
    Json,
}

impl Language {
    /// The name that Markdown's code blocks have for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Json => "json",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Language, Level, RULES};

    #[test]
    fn ids_are_well_formed_and_rise() {
        for rule in RULES {
            let digits = rule.id.strip_prefix('T').expect("starts with T");
            assert!(digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit()));
        }
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn levels_are_those_of_the_kind() {
        for rule in RULES {
            let is_of_schemas = matches!(rule.level, Level::Error | Level::Advice);
            assert_eq!(is_of_schemas, rule.mistake().is_some(), "{}", rule.id);
        }
    }

    #[test]
    fn texts_are_sentences_without_their_ends() {
        for rule in RULES {
            let told = rule.change().map(|it| [it.senders, it.automations, it.instead, it.why]);
            for text in [rule.words, rule.source].into_iter().chain(told.into_iter().flatten()) {
                assert!(!text.is_empty() && !text.ends_with('.') && !text.contains('\n'), "{text}");
            }
        }
    }

    #[test]
    fn examples_are_short_differ_and_are_in_their_language() {
        for rule in RULES {
            let examples = match rule.kind {
                Kind::Schema(mistake) => [mistake.bad, mistake.mended],
                Kind::Change(change) => [change.before, change.after],
            };
            assert_ne!(examples[0], examples[1], "{}", rule.id);
            for example in examples {
                assert_eq!(example.trim(), example, "{}", rule.id);
                assert!(example.lines().count() <= 20, "{}", rule.id);
                assert!(example.lines().all(|line| line.len() <= 96), "{}", rule.id);
                let is_json = example.starts_with('{') || example == "null";
                assert_eq!(is_json, !rule.is_in(Language::Rust), "{}", rule.id);
            }
        }
    }
}
