use std::fmt;
use std::marker::PhantomData;

use trigger_dialect::{Outline, Part};

use super::property::{SchemaProperties, SchemaProperty};
use super::row::{Row, from_next_lead, rows, take_text};
use super::{Document, Literal};
use crate::__private::known::Known;
use crate::__private::outline_of;
use crate::trigger::Trigger;

/// The field that identifies what an event is about: events are canceled by it.
#[derive(Clone, Copy, Debug)]
pub struct EntityIdSpec {
    field: &'static str,
    property: Option<&'static str>,
}

impl EntityIdSpec {
    /// The field's name in Rust.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The key in the payload; `None` where serde skips the field.
    #[must_use]
    pub fn property(&self) -> Option<&'static str> {
        self.property
    }
}

/// The whole description of a trigger, made by [`derive(Trigger)`](macro@crate::Trigger).
#[derive(Clone, Copy)]
pub struct TriggerSpec {
    head: Head,
    rust_type: &'static str,
    pub(crate) rows: &'static [Row],
    /// The values that the outline counts.
    values: &'static [Literal],
    cancels: &'static [fn() -> &'static TriggerSpec],
}

/// What is said of the trigger itself.
#[derive(Clone, Copy)]
struct Head {
    key: &'static str,
    name: &'static str,
    description: Option<&'static str>,
    package: &'static str,
    /// `src/lib.rs:12`
    location: &'static str,
    /// The field of the entity id.
    entity_id_field: Option<&'static str>,
    /// What else is said of the trigger.
    said: Outline<'static>,
}

/// What the derive writes of a trigger.
///
/// The compiler evaluates it whenever the struct is compiled; what is made of it, only for who
/// asks.
#[doc(hidden)]
pub struct TriggerOutline {
    /// See [`Outline`].
    pub text: &'static str,
    /// See [`Outline`].
    pub parts: &'static [u8],
    /// The path of the struct, which only the compiler knows.
    pub rust_type: &'static str,
}

/// Makes the description of the trigger `T`.
#[doc(hidden)]
pub trait BuildSpec<T: ?Sized> {
    const SPEC: &'static TriggerSpec;
}

/// A real-time trigger with `N` properties.
#[doc(hidden)]
pub enum RealTime<const N: usize> {}

/// A scheduled trigger with `N` properties.
#[doc(hidden)]
pub enum AtDate<const N: usize> {}

/// A trigger of the kind `K` with `cancels(…)`.
#[doc(hidden)]
pub struct WithCancels<K>(PhantomData<K>);

/// The kind of a scheduled trigger.
#[doc(hidden)]
pub trait HasDate {}

impl<const N: usize> HasDate for AtDate<N> {}
impl<K: HasDate> HasDate for WithCancels<K> {}

/// The kind of a trigger with `cancels(…)`.
#[doc(hidden)]
pub trait HasCancels {}

impl<K> HasCancels for WithCancels<K> {}

impl<T: Trigger + ?Sized, const N: usize> BuildSpec<T> for RealTime<N> {
    const SPEC: &'static TriggerSpec = &TriggerSpec {
        head: Head::read(outline_of::<T>()),
        rust_type: T::OUTLINE.rust_type,
        rows: &rows::<N>(
            from_next_lead(outline_of::<T>()),
            T::VALUES,
            <T::Known as Known>::TYPES,
            T::ASKED,
        ),
        values: T::VALUES,
        cancels: T::CANCELS,
    };
}

impl<T: Trigger + ?Sized, const N: usize> BuildSpec<T> for AtDate<N> {
    const SPEC: &'static TriggerSpec = <RealTime<N> as BuildSpec<T>>::SPEC;
}

impl<T: Trigger + ?Sized, K: BuildSpec<T>> BuildSpec<T> for WithCancels<K> {
    const SPEC: &'static TriggerSpec = K::SPEC;
}

impl Head {
    const fn read(outline: Outline<'static>) -> Self {
        let (key, rest) = take_text(outline, Part::Key);
        let (name, rest) = take_text(rest, Part::Name);
        let (package, rest) = take_text(rest, Part::Package);
        let (location, rest) = take_text(rest, Part::Location);
        let said = rest.before(from_next_lead(rest));
        let mut rest = said;
        let mut description = None;
        let mut entity_id_field = None;
        while let Some((piece, after)) = rest.split_first() {
            match piece.part {
                Part::Description => description = Some(piece.text),
                Part::EntityIdField => entity_id_field = Some(piece.text),
                _ => {}
            }
            rest = after;
        }
        Self { key, name, description, package, location, entity_id_field, said }
    }
}

impl TriggerSpec {
    /// The trigger key: 1 to 100 small letters, digits, `_` and `-`. Wix freezes it once the
    /// trigger is published.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.head.key
    }

    /// The display name, 5 to 80 characters.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.head.name
    }

    /// The description, at most 250 characters: the attribute, or the first paragraph of the
    /// struct's doc comment.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.head.description
    }

    /// The properties of the payload, in the order of the struct's fields.
    #[must_use]
    pub fn properties(&self) -> SchemaProperties {
        SchemaProperties::of(self.rows)
    }

    /// The property that holds the date-time of a scheduled event; `None` for a real-time
    /// trigger.
    #[must_use]
    pub fn scheduled_at(&self) -> Option<&'static str> {
        self.properties().find(SchemaProperty::is_future_date).map(|property| property.name())
    }

    /// What the trigger's events are canceled by; `None` where they cannot be.
    #[must_use]
    pub fn entity_id(&self) -> Option<EntityIdSpec> {
        let field = self.head.entity_id_field?;
        let row = self.rows.iter().find(|row| row.is_entity_id());
        Some(EntityIdSpec { field, property: row.map(|row| row.name) })
    }

    /// The triggers whose events end when this one is reported: `cancels(…)`.
    pub fn cancels(&self) -> impl Iterator<Item = &'static Self> + use<> {
        self.cancels.iter().map(|spec| spec())
    }

    /// Whether the struct does without the advice of this rule, such as `T070`: `allow(…)`.
    ///
    /// ```
    /// use serde::Serialize;
    /// use trigger_core::Trigger;
    ///
    /// #[derive(Serialize, Trigger)]
    /// #[trigger(key = "class_full", name = "Class Full", allow(T072))]
    /// struct ClassFull {
    ///     seats: u32,
    /// }
    ///
    /// assert!(ClassFull::SPEC.allows("T072"));
    /// ```
    #[must_use]
    pub fn allows(&self, rule: &str) -> bool {
        self.head.said.pieces().any(|piece| piece.part == Part::Allowed && piece.text == rule)
    }

    /// What is said of the payload as a whole.
    pub(super) fn whole(&self) -> Whole {
        let mut whole = Whole::default();
        for piece in self.head.said.pieces() {
            match piece.part {
                Part::PayloadTitle => whole.title = Some(piece.text),
                Part::PayloadDescription => whole.description = Some(piece.text),
                Part::PayloadDefault => whole.default_value = Some(self.values[piece.number]),
                Part::PayloadExample => whole.examples.push(self.values[piece.number]),
                _ => {}
            }
        }
        whole
    }

    /// The struct's path, such as `invoices::InvoiceDue`.
    #[must_use]
    pub const fn rust_type(&self) -> &'static str {
        self.rust_type
    }

    /// The package that the struct stands in.
    #[must_use]
    pub const fn package(&self) -> &'static str {
        self.head.package
    }

    /// The file that the struct stands in, as the compiler was given it.
    #[must_use]
    pub fn file(&self) -> &'static str {
        self.head.location.rsplit_once(':').map_or(self.head.location, |(file, _)| file)
    }

    /// The line of the struct's name, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        let line = self.head.location.rsplit_once(':').map(|(_, line)| line.parse());
        line.and_then(Result::ok).unwrap_or_default()
    }

    /// The payload schema, to be pasted into the app dashboard.
    #[must_use]
    pub const fn payload_document(&'static self) -> Document {
        Document::new(self)
    }
}

/// What is said of a payload as a whole.
#[derive(Default)]
pub(super) struct Whole {
    pub(super) title: Option<&'static str>,
    pub(super) description: Option<&'static str>,
    pub(super) default_value: Option<Literal>,
    pub(super) examples: Vec<Literal>,
}

impl fmt::Debug for TriggerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TriggerSpec")
            .field("key", &self.head.key)
            .field("rust_type", &self.rust_type)
            .field("package", &self.head.package)
            .field("location", &self.head.location)
            .finish_non_exhaustive()
    }
}
