//! A trigger as the dashboard has it, and what it makes of payloads.

mod about;
mod condition;
mod dialect;
mod folder;

use std::collections::HashSet;
use std::sync::Arc;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use trigger_core::schema::TriggerSpec;
use trigger_dialect::Format;

pub(crate) use about::About;
#[cfg(feature = "cli")]
pub(crate) use condition::Property;
pub(crate) use condition::{NO_VALUES, path_of};
pub use folder::FolderError;
#[cfg(feature = "cli")]
pub(crate) use folder::SchemaFiles;

use crate::words::cut;

/// How many places of one payload are told: a body has room for some hundred thousand wrong ones.
const MOST_VIOLATIONS: usize = 100;

/// The most that is told of one place, in bytes: it quotes what is there.
const LONGEST_WORDS: usize = 1 << 10;

/// A trigger that the emulator knows: what one types into Wix's dashboard.
///
/// ```
/// use serde_json::json;
/// use trigger_emulator::TriggerDefinition;
///
/// let schema = json!({ "type": "object", "properties": { "seats": { "type": "integer" } } });
/// let trigger = TriggerDefinition::new("class_full", "Class full", &schema)?;
/// assert_eq!(trigger.key(), "class_full");
/// # Ok::<(), trigger_emulator::DefinitionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TriggerDefinition {
    key: String,
    name: String,
    scheduled_at: Option<String>,
    schema: Arc<Value>,
    validators: Arc<Validators>,
    about: Arc<About>,
}

#[derive(Debug)]
struct Validators {
    with_formats: Validator,
    without_formats: Validator,
}

/// Why a payload schema, or a file of triggers, defines none.
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{key}`: {words}")]
#[non_exhaustive]
pub struct DefinitionError {
    /// The trigger's key, or the file's name.
    pub key: String,
    /// What is wrong.
    pub words: String,
}

/// What is wrong with a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PayloadFault {
    /// Required properties that are missing.
    Missing(Vec<String>),
    /// Where the payload breaks the schema in another way: JSON pointers, and what is wrong there.
    Broken(Vec<(String, String)>),
}

/// As much of `_triggers.json` as is needed here.
#[derive(Deserialize)]
struct Exported {
    triggers: Vec<ExportedTrigger>,
}

#[derive(Deserialize)]
struct ExportedTrigger {
    key: String,
    name: String,
    schema: Box<RawValue>,
    #[serde(flatten)]
    about: About,
}

impl TriggerDefinition {
    /// The trigger of this key and name, with this payload schema.
    ///
    /// # Errors
    ///
    /// [`DefinitionError`] if the schema is no JSON Schema of draft-07.
    pub fn new(
        key: impl Into<String>,
        name: impl Into<String>,
        schema: &Value,
    ) -> Result<Self, DefinitionError> {
        let key = key.into();
        let properties = schema["properties"].as_object();
        let scheduled_at = properties.into_iter().flatten().find_map(|(name, property)| {
            (property["futureDate"] == Value::Bool(true)).then(|| name.clone())
        });
        let about = About::of_schema(schema);
        // A date that cannot be read is no fault of the payload: the activation fails.
        let mut schema = schema.clone();
        if let Some(property) = &scheduled_at {
            schema["properties"][property].as_object_mut().and_then(|it| it.remove("format"));
        }
        let validator = |options: jsonschema::ValidationOptions<'_>| {
            options.build(&schema).map_err(|error| {
                let place = match error.instance_path().as_str() {
                    "" => "(root)",
                    place => place,
                };
                DefinitionError { key: key.clone(), words: format!("{place}: {error}") }
            })
        };
        let with_formats = validator(validation_options())?;
        let without_formats = validator(validation_options().should_validate_formats(false))?;
        let validators = Arc::new(Validators { with_formats, without_formats });
        let (name, schema) = (name.into(), Arc::new(schema));
        Ok(Self { key, name, scheduled_at, schema, validators, about: Arc::new(about) })
    }

    /// The trigger of a struct that derives `Trigger`.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(trigger: &'static TriggerSpec) -> Result<Self, DefinitionError> {
        let schema = trigger.payload_document().to_schema();
        let definition = Self::new(trigger.key(), trigger.name(), schema.as_value())?;
        Ok(Self { about: Arc::new(About::of(trigger)), ..definition })
    }

    /// The triggers of a `_triggers.json`, as `cargo xtask export-schemas` writes it.
    ///
    /// # Errors
    ///
    /// [`DefinitionError`] if the text is no such file, or has no triggers, or two of one key.
    pub fn of_export(text: &str) -> Result<Vec<Self>, DefinitionError> {
        let wrong = |key: &str, words: &str| DefinitionError {
            key: key.to_owned(),
            words: words.to_owned(),
        };
        let read = serde_json::from_str::<Exported>(text);
        let exported = read.map_err(|error| wrong("_triggers.json", &error.to_string()))?;
        if exported.triggers.is_empty() {
            return Err(wrong("_triggers.json", "there are no triggers"));
        }
        let mut keys = HashSet::new();
        for trigger in &exported.triggers {
            if !keys.insert(&trigger.key) {
                return Err(wrong(&trigger.key, "two triggers have this key"));
            }
        }
        exported.triggers.into_iter().map(ExportedTrigger::definition).collect()
    }

    /// The trigger key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The display name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The property that holds the date-time of a scheduled event; `None` for a real-time trigger.
    #[must_use]
    pub fn scheduled_at(&self) -> Option<&str> {
        self.scheduled_at.as_deref()
    }

    /// The property that is the id of a contact of the site.
    pub(crate) fn contact(&self) -> Option<&str> {
        let mut properties = self.schema["properties"].as_object().into_iter().flatten();
        let contact = properties.find(|(_, property)| property["identityType"] == "contact");
        contact.map(|(name, _)| name.as_str())
    }

    /// What else one needs in the dashboard.
    pub(crate) fn about(&self) -> &About {
        &self.about
    }

    /// The same, whose schema is the text of this file.
    fn written_as(mut self, text: &str) -> Self {
        text.clone_into(&mut Arc::make_mut(&mut self.about).document);
        self
    }

    /// Holds a payload to the schema.
    pub(crate) fn check(&self, payload: &Value, formats: bool) -> Result<(), PayloadFault> {
        let Validators { with_formats, without_formats } = &*self.validators;
        let validator = if formats { with_formats } else { without_formats };
        if validator.is_valid(payload) {
            return Ok(());
        }
        let (mut missing, mut broken) = (Vec::new(), Vec::new());
        let (mut untold_missing, mut untold_broken) = (0_usize, 0_usize);
        for error in validator.iter_errors(payload) {
            let place = cut(error.instance_path().as_str(), LONGEST_WORDS).into_owned();
            match error.kind() {
                ValidationErrorKind::Required { .. } if missing.len() >= MOST_VIOLATIONS => {
                    untold_missing += 1;
                }
                ValidationErrorKind::Required { property } => {
                    let property = property.as_str().unwrap_or_default();
                    missing.push(format!("{place}/{property}").trim_start_matches('/').to_owned());
                }
                _ if broken.len() >= MOST_VIOLATIONS => untold_broken += 1,
                _ => broken.push((place, cut(&error.to_string(), LONGEST_WORDS).into_owned())),
            }
        }
        missing.sort_unstable();
        broken.sort_unstable();
        let more = |untold| format!("and {untold} more that are not listed");
        missing.extend((untold_missing > 0).then(|| more(untold_missing)));
        broken.extend((untold_broken > 0).then(|| (String::new(), more(untold_broken))));
        Err(if missing.is_empty() {
            PayloadFault::Broken(broken)
        } else {
            PayloadFault::Missing(missing)
        })
    }

    /// The event's date, as the payload has it.
    pub(crate) fn date<'p>(&self, payload: &'p Map<String, Value>) -> Option<&'p str> {
        payload.get(self.scheduled_at.as_deref()?)?.as_str()
    }
}

impl ExportedTrigger {
    fn definition(self) -> Result<TriggerDefinition, DefinitionError> {
        let Self { key, name, schema, about } = self;
        let value: Value = serde_json::from_str(schema.get())
            .map_err(|error| DefinitionError { key: key.clone(), words: error.to_string() })?;
        let definition = TriggerDefinition::new(key, name, &value)?;
        let document = about::unindented(schema.get());
        Ok(TriggerDefinition { about: Arc::new(About { document, ..about }), ..definition })
    }
}

/// Draft-07, and the formats as the writer of payloads judges them.
fn validation_options() -> jsonschema::ValidationOptions<'static> {
    // A pattern that backtracks for ever would hold everybody up.
    let patterns = jsonschema::PatternOptions::fancy_regex().backtrack_limit(10_000);
    let mut options = jsonschema::draft7::options().offline().should_validate_formats(true);
    options = options.with_pattern_options(patterns);
    for format in Format::ALL {
        options = options.with_format(format.name(), |text: &str| format.fits(text));
    }
    options
}
