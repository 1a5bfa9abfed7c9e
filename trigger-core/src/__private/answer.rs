//! What is so of a type, without an error where it is not: a mistake is told once, where the type is
//! asked for, and not again by whatever leans on it.
//!
//! [`Probe`] has items of its own for what is so, and otherwise those of [`Otherwise`].

use std::marker::PhantomData;

use uuid::Uuid;

use super::place::EntityId;
use super::{EntityIdField, UNKNOWN};
use crate::property::{Property, shape};
use crate::schema::TypeSpec;
use crate::trigger::Trigger;

/// Asks about `T`.
pub struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: Property + ?Sized> Probe<T> {
    pub const IS_PROPERTY: bool = true;
    pub const TYPE: &'static TypeSpec = T::TYPE;

    pub fn uuid(value: &T) -> Option<Uuid> {
        value.uuid()
    }
}

impl<T: EntityId<0>> Probe<T> {
    pub const IS_ENTITY_ID: bool = true;
}

impl<T: Trigger<EntityIdField = EntityIdField<I>>, I: EntityId<0>> Probe<T> {
    pub const HAS_ENTITY_ID: bool = true;
}

/// What holds where a type has nothing of its own.
pub trait Otherwise {
    type Asked: ?Sized;

    const IS_PROPERTY: bool = false;
    const IS_ENTITY_ID: bool = false;
    const HAS_ENTITY_ID: bool = false;
    const TYPE: &'static TypeSpec = &UNKNOWN;

    fn uuid(_value: &Self::Asked) -> Option<Uuid> {
        None
    }
}

impl<T: ?Sized> Otherwise for Probe<T> {
    type Asked = T;
}

/// The answer as a type.
pub struct Answer<const YES: bool>;

/// The shape of `T`, if it is a property.
pub trait ShapeOf<T: ?Sized> {
    type Shape;
}

impl<T: Property + ?Sized> ShapeOf<T> for Answer<true> {
    type Shape = T::Shape;
}

impl<T: ?Sized> ShapeOf<T> for Answer<false> {
    type Shape = shape::Unknown;
}
