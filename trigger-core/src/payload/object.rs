use serde::ser::{Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use super::error::{PayloadError, PayloadProblem};
use super::value::ValueWriter;
use crate::schema::{Row, SchemaProperties};

/// The property that the schema has next.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    pub(super) row: &'static Row,
    pub(super) required: bool,
}

/// Writes the members of an object, in the order of the schema.
pub(super) struct ObjectWriter<'w> {
    out: &'w mut Vec<u8>,
    schema: Cursor,
}

impl<'w> ObjectWriter<'w> {
    pub(super) fn new(out: &'w mut Vec<u8>, rows: &'static [Row]) -> Self {
        Self { out, schema: Cursor::new(rows) }
    }

    #[inline]
    fn member<T: Serialize + ?Sized>(
        &mut self,
        expected: Expected,
        value: &T,
    ) -> Result<(), PayloadError> {
        // No value ends so.
        let after_another = self.out.last() != Some(&b'{');
        match value.serialize(ValueWriter::property(self.out, expected, after_another)) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.inside(expected.row.name)),
        }
    }

    #[inline]
    fn finish(mut self) -> Result<(), PayloadError> {
        self.schema.finish()?;
        self.out.push(b'}');
        Ok(())
    }
}

impl SerializeStruct for ObjectWriter<'_> {
    type Ok = ();
    type Error = PayloadError;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), PayloadError> {
        let expected = self.schema.advance(key)?;
        self.member(expected, value)
    }

    fn end(self) -> Result<(), PayloadError> {
        self.finish()
    }
}

/// What serde writes a struct with a flattened field through.
pub(super) struct MapWriter<'w> {
    object: ObjectWriter<'w>,
    /// What `serialize_key` found, for `serialize_value`.
    entry: Option<Expected>,
}

impl<'w> From<ObjectWriter<'w>> for MapWriter<'w> {
    fn from(object: ObjectWriter<'w>) -> Self {
        Self { object, entry: None }
    }
}

impl SerializeMap for MapWriter<'_> {
    type Ok = ();
    type Error = PayloadError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), PayloadError> {
        self.entry = Some(key.serialize(KeyReader { schema: &mut self.object.schema })?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PayloadError> {
        match self.entry.take() {
            Some(expected) => self.object.member(expected, value),
            None => Err(serde::ser::Error::custom("a value was serialized before its key")),
        }
    }

    fn end(self) -> Result<(), PayloadError> {
        self.object.finish()
    }
}

/// Where the writer stands in the properties of an object.
///
/// Serde writes the fields of a struct in their order, which is the schema's, so each property is
/// passed once; one that is passed without being written must be optional.
struct Cursor {
    rows: &'static [Row],
    next: usize,
    /// A flattened struct was met: from there on, rows are no longer properties one by one.
    after_flattened: bool,
}

impl Cursor {
    fn new(rows: &'static [Row]) -> Self {
        Self { rows, next: 0, after_flattened: false }
    }

    fn step(&mut self) -> Option<Expected> {
        let index = self.next;
        self.next += 1;
        if !self.after_flattened {
            let row = self.rows.get(index)?;
            if !row.is_flattened {
                return Some(Expected { row, required: !row.is_optional });
            }
            self.after_flattened = true;
        }
        nth(self.rows, index, false).ok()
    }

    #[inline]
    fn advance(&mut self, key: &str) -> Result<Expected, PayloadError> {
        // Nearly always the next row is the one, and none was flattened.
        match self.rows.get(self.next) {
            Some(row) if row.name == key && !self.after_flattened => {
                self.next += 1;
                Ok(Expected { row, required: !row.is_optional })
            }
            _ => self.search(key),
        }
    }

    #[inline(never)]
    fn search(&mut self, key: &str) -> Result<Expected, PayloadError> {
        while let Some(expected) = self.step() {
            if expected.row.name == key {
                return Ok(expected);
            }
            if expected.required {
                return Err(self.misplaced(key, expected.row));
            }
        }
        Err(self.unknown_or_repeated(key))
    }

    #[inline]
    fn finish(&mut self) -> Result<(), PayloadError> {
        if self.next == self.rows.len() && !self.after_flattened {
            return Ok(());
        }
        self.finish_unwritten()
    }

    #[inline(never)]
    fn finish_unwritten(&mut self) -> Result<(), PayloadError> {
        while let Some(expected) = self.step() {
            if expected.required {
                return Err(PayloadError::at(expected.row.name, PayloadProblem::Missing));
            }
        }
        Ok(())
    }

    /// Why `key` does not follow: the required property before it is missing, or it has no place.
    #[cold]
    fn misplaced(&self, key: &str, required: &Row) -> PayloadError {
        let follows =
            SchemaProperties::of(self.rows).skip(self.next).any(|property| property.name() == key);
        if follows {
            PayloadError::at(required.name, PayloadProblem::Missing)
        } else {
            self.unknown_or_repeated(key)
        }
    }

    #[cold]
    fn unknown_or_repeated(&self, key: &str) -> PayloadError {
        let known = SchemaProperties::of(self.rows).any(|property| property.name() == key);
        let problem = if known { PayloadProblem::Order } else { PayloadProblem::Unknown };
        PayloadError::at(key, problem)
    }
}

/// The property at `index`, flattened structs in their place, or how many there are.
///
/// Counted anew each time: structs with flattened fields are rare and short.
fn nth(rows: &'static [Row], index: usize, inside_optional: bool) -> Result<Expected, usize> {
    let mut passed = 0;
    for row in rows {
        let optional = inside_optional || row.is_optional;
        if row.is_flattened {
            match nth(row.ty.properties, index - passed, optional) {
                Ok(expected) => return Ok(expected),
                Err(inner) => passed += inner,
            }
        } else if passed == index {
            return Ok(Expected { row, required: !optional });
        } else {
            passed += 1;
        }
    }
    Err(passed)
}

type Never = Impossible<Expected, PayloadError>;

/// Finds the property that a map's key names.
struct KeyReader<'c> {
    schema: &'c mut Cursor,
}

macro_rules! no_key {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {
        $(
            fn $method(self, $(_: $argument),*) -> Result<$ok, PayloadError> {
                Err(serde::ser::Error::custom("the name of a property is a string"))
            }
        )*
    };
}

impl Serializer for KeyReader<'_> {
    type Ok = Expected;
    type Error = PayloadError;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_str(self, key: &str) -> Result<Expected, PayloadError> {
        self.schema.advance(key)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Expected, PayloadError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Expected, PayloadError> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Expected, PayloadError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Expected, PayloadError> {
        Err(serde::ser::Error::custom("the name of a property is a string"))
    }

    no_key! {
        serialize_bool(bool) -> Expected;
        serialize_i8(i8) -> Expected;
        serialize_i16(i16) -> Expected;
        serialize_i32(i32) -> Expected;
        serialize_i64(i64) -> Expected;
        serialize_u8(u8) -> Expected;
        serialize_u16(u16) -> Expected;
        serialize_u32(u32) -> Expected;
        serialize_u64(u64) -> Expected;
        serialize_f32(f32) -> Expected;
        serialize_f64(f64) -> Expected;
        serialize_char(char) -> Expected;
        serialize_bytes(&[u8]) -> Expected;
        serialize_none() -> Expected;
        serialize_unit() -> Expected;
        serialize_unit_struct(&'static str) -> Expected;
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }
}
