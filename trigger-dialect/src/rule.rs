//! What is known of a rule: what every message of these tools leans on.

mod table;

pub use table::RULES;

/// A rule of the dialect, or of Wix's triggers around it.
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
    /// What the examples are written in.
    pub language: Language,
    /// An example that breaks this rule and no other.
    ///
    /// Rust comes without its `use` lines; JSON is a whole payload schema.
    pub bad: &'static str,
    /// The same, mended.
    pub mended: &'static str,
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
}

impl Level {
    /// The level in one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Advice => "advice",
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
/// assert_eq!(Rule::KEY_WRITTEN.language, Language::Rust);
/// assert_eq!(Rule::ROOT_OBJECT.language.name(), "json");
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
    use super::{Language, RULES};

    #[test]
    fn ids_are_well_formed_and_rise() {
        for rule in RULES {
            let digits = rule.id.strip_prefix('T').expect("starts with T");
            assert!(digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit()));
        }
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn texts_are_sentences_without_their_ends() {
        for rule in RULES {
            for text in [rule.words, rule.source] {
                assert!(!text.is_empty() && !text.ends_with('.') && !text.contains('\n'), "{text}");
            }
        }
    }

    #[test]
    fn examples_are_short_differ_and_are_in_their_language() {
        for rule in RULES {
            assert_ne!(rule.bad, rule.mended, "{}", rule.id);
            for example in [rule.bad, rule.mended] {
                assert_eq!(example.trim(), example, "{}", rule.id);
                assert!(example.lines().count() <= 20, "{}", rule.id);
                assert!(example.lines().all(|line| line.len() <= 96), "{}", rule.id);
                let is_json = example.starts_with('{');
                assert_eq!(is_json, rule.language == Language::Json, "{}", rule.id);
            }
        }
    }
}
