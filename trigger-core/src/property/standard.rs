//! The types of the standard library.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use uuid::Uuid;

use super::{Property, shape};
use crate::__private::place::IsProperty;
use crate::schema::{JsonType, Literal, TypeSpec};

macro_rules! property {
    ($($type:ty: $shape:ident = $spec:expr;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl Property for $type {
                type Shape = shape::$shape;
                const TYPE: &'static TypeSpec = &$spec;
            }
        )*
    };
}

const INTEGER: TypeSpec = TypeSpec::with_example(JsonType::Integer, Literal::Integer(1));
const NUMBER: TypeSpec = TypeSpec::with_example(JsonType::Number, Literal::Number(1.5));

property! {
    str: Text = TypeSpec::new(JsonType::String);
    String: Text = TypeSpec::new(JsonType::String);
    bool: Scalar = TypeSpec::with_example(JsonType::Boolean, Literal::Boolean(true));
    u8: Scalar = INTEGER;
    u16: Scalar = INTEGER;
    u32: Scalar = INTEGER;
    u64: Scalar = INTEGER;
    usize: Scalar = INTEGER;
    i8: Scalar = INTEGER;
    i16: Scalar = INTEGER;
    i32: Scalar = INTEGER;
    i64: Scalar = INTEGER;
    isize: Scalar = INTEGER;
    f32: Scalar = NUMBER;
    f64: Scalar = NUMBER;
}

// These are recommended: what is missing in the end is told of the type inside.
macro_rules! transparent {
    ($($(#[$attribute:meta])* <$($lifetime:lifetime,)? T: $bound:tt $(+ $sized:tt $maybe:tt)?> $type:ty;)*) => {
        $(
            impl<$($lifetime,)? T: $bound $(+ $sized $maybe)?> Property for $type {
                type Shape = T::Shape;
                const TYPE: &'static TypeSpec = T::TYPE;

                fn uuid(&self) -> Option<Uuid> {
                    IsProperty::uuid(&**self)
                }
            }
        )*
    };
}

transparent! {
    <'a, T: IsProperty + ? Sized> &'a T;
    <T: IsProperty + ? Sized> Box<T>;
    <T: IsProperty + ? Sized> Arc<T>;
}

impl<T: IsProperty + ToOwned + ?Sized> Property for Cow<'_, T> {
    type Shape = T::Shape;
    const TYPE: &'static TypeSpec = T::TYPE;

    fn uuid(&self) -> Option<Uuid> {
        IsProperty::uuid(&**self)
    }
}

impl<T: IsProperty> Property for Option<T> {
    type Shape = shape::Optional<T::Shape>;
    const TYPE: &'static TypeSpec = &TypeSpec { optional: true, ..*T::TYPE };
}

impl<T: IsProperty> Property for Vec<T> {
    type Shape = shape::Array<T::Shape>;
    const TYPE: &'static TypeSpec =
        &TypeSpec { properties: T::TYPE.properties, ..TypeSpec::new(JsonType::Array) };
}

refused! {
    (): Nothing;
    char: Character;
    i128: WideInteger;
    u128: WideInteger;
    Duration: SecondsAndNanoseconds;
    SystemTime: SecondsAndNanoseconds;
    IpAddr: Address;
    Ipv4Addr: Address;
    Ipv6Addr: Address;
    BTreeMap<K, V>: AnyMembers for K V;
    HashMap<K, V, S>: AnyMembers for K V S;
    BTreeSet<T>: OtherList for T;
    HashSet<T, S>: OtherList for T S;
    VecDeque<T>: OtherList for T;
    [T]: OtherList for T;
    (A,): Tuple for A;
    (A, B): Tuple for A B;
    (A, B, C): Tuple for A B C;
    (A, B, C, D): Tuple for A B C D;
    (A, B, C, D, E): Tuple for A B C D E;
    (A, B, C, D, E, F): Tuple for A B C D E F;
}

#[doc(hidden)]
#[diagnostic::do_not_recommend]
impl<T, const N: usize> Property for [T; N] {
    type Shape = shape::OtherList;
    const TYPE: &'static TypeSpec = &crate::__private::UNKNOWN;
}
