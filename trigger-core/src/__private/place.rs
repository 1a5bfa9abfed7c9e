//! One trait for each place of a field.
//!
//! Each holds for the types that fit the place. The derive names a type's constant through the
//! trait of the field's place, so that the compiler's error points at the type. A constant costs
//! the compiler less than a call, and the impls are written out because it quotes them.

use crate::property::{Property as AnyProperty, shape};
use crate::schema::TypeSpec;

/// On the first level, without a written example.
pub trait Property {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::FirstLevel + shape::OptionalOnce + shape::Exemplified> + ?Sized>
    Property for T
{
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// On the first level, with a written example.
pub trait PropertyWithExample {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::FirstLevel + shape::OptionalOnce> + ?Sized> PropertyWithExample
    for T
{
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// Inside an object, without a written example.
pub trait Member {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::Member + shape::OptionalOnce + shape::Exemplified> + ?Sized>
    Member for T
{
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// Inside an object, with a written example.
pub trait MemberWithExample {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::Member + shape::OptionalOnce> + ?Sized> MemberWithExample for T {
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// Flattened.
pub trait Flattened {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::Flatten> + ?Sized> Flattened for T {
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// A plain string with a written example, and perhaps a format.
pub trait Text {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::PlainText> + ?Sized> Text for T {
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// A UUID by its type, in the role of an identity.
pub trait Identity {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::Identity> + ?Sized> Identity for T {
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// A date-time by its type, in the role of `scheduled_at`.
pub trait ScheduledAt {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape: shape::Schedule> + ?Sized> ScheduledAt for T {
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}

/// A required plain string: what a written format may make a date-time of.
pub trait RequiredText {
    const TYPE: &'static TypeSpec;
}

impl<T: AnyProperty<Shape = shape::Text> + ?Sized> RequiredText for T {
    const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
}
