use std::fmt::Display;

use serde::ser::{Impossible, Serialize, SerializeSeq, Serializer};
use trigger_dialect::Format;

use super::error::{PayloadError, PayloadProblem};
use super::object::{Expected, MapWriter, ObjectWriter};
use crate::schema::{JsonType, Judged, Literal, Row, TriggerSpec, TypeSpec};

/// Writes one value where the schema expects it, and what leads to it: a comma, a key.
///
/// The lead is written with the value and not before it, because only the value knows that it is
/// `None`; nothing has to be asked first or taken back.
pub(super) struct ValueWriter<'w> {
    out: &'w mut Vec<u8>,
    place: Place,
    after_another: bool,
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Place {
    /// The payload itself.
    Root(&'static [Row]),
    /// In an object.
    Property(Expected),
    /// In an array whose items have these properties.
    Item(&'static [Row]),
}

static OBJECT: TypeSpec = TypeSpec::new(JsonType::Object);

impl<'w> ValueWriter<'w> {
    pub(super) fn root(out: &'w mut Vec<u8>, trigger: &'static TriggerSpec) -> Self {
        Self { out, place: Place::Root(trigger.rows), after_another: false }
    }

    pub(super) fn property(out: &'w mut Vec<u8>, expected: Expected, after_another: bool) -> Self {
        Self { out, place: Place::Property(expected), after_another }
    }

    #[inline]
    fn ty(&self) -> &'static TypeSpec {
        match self.place {
            Place::Property(expected) => expected.row.ty,
            Place::Root(_) | Place::Item(_) => &OBJECT,
        }
    }

    #[inline]
    fn expect(&self, expected: JsonType, found: &'static str) -> Result<(), PayloadError> {
        if self.ty().json_type == expected { Ok(()) } else { Err(self.misplaced(found)) }
    }

    #[cold]
    fn misplaced(&self, found: &'static str) -> PayloadError {
        PayloadError::new(PayloadProblem::Type { expected: self.ty().json_type, found })
    }

    #[inline]
    fn expect_integer(&self, magnitude: u64) -> Result<(), PayloadError> {
        if !matches!(self.ty().json_type, JsonType::Integer | JsonType::Number) {
            return Err(self.misplaced("an integer"));
        }
        if magnitude > trigger_dialect::INTEGER_MAX {
            return Err(PayloadError::new(PayloadProblem::IntegerRange));
        }
        Ok(())
    }

    #[inline]
    fn expect_float(&self, is_finite: bool) -> Result<(), PayloadError> {
        self.expect(JsonType::Number, "a number with a fraction")?;
        if is_finite { Ok(()) } else { Err(PayloadError::new(PayloadProblem::NotFinite)) }
    }

    /// Judges a value where the schema lists some.
    #[inline]
    fn expect_choice(&self, value: impl FnOnce() -> Literal) -> Result<(), PayloadError> {
        match self.place {
            Place::Property(Expected { row, .. }) if matches!(row.judged, Judged::Choice) => {
                let value = value();
                is_chosen(row, |other| value.is_same(other))
            }
            _ => Ok(()),
        }
    }

    #[inline]
    fn begin(&mut self) {
        match self.place {
            Place::Property(expected) => {
                let lead = expected.row.lead.as_bytes();
                self.out.extend_from_slice(if self.after_another { lead } else { &lead[1..] });
            }
            Place::Item(_) if self.after_another => self.out.push(b','),
            Place::Root(_) | Place::Item(_) => {}
        }
    }

    #[inline]
    fn write(mut self, value: impl Serialize) -> Result<(), PayloadError> {
        self.begin();
        value.serialize(&mut serde_json::Serializer::new(self.out))?;
        Ok(())
    }

    fn null(self) -> Result<(), PayloadError> {
        match self.place {
            Place::Property(expected) if !expected.required => Ok(()),
            Place::Item(_) => Err(PayloadError::new(PayloadProblem::NullItem)),
            _ => Err(PayloadError::new(PayloadProblem::Null)),
        }
    }

    #[inline]
    fn object(mut self, found: &'static str) -> Result<ObjectWriter<'w>, PayloadError> {
        let rows = match self.place {
            Place::Root(rows) | Place::Item(rows) => rows,
            Place::Property(expected) => {
                self.expect(JsonType::Object, found)?;
                expected.row.ty.properties
            }
        };
        self.begin();
        self.out.push(b'{');
        Ok(ObjectWriter::new(self.out, rows))
    }
}

/// Judges a string that the schema expects.
#[inline]
fn string_fits(place: &Place, text: &str) -> Result<(), PayloadError> {
    let Place::Property(expected) = place else { return Ok(()) };
    match expected.row.judged {
        Judged::Nothing => Ok(()),
        Judged::Year(_) if text.starts_with(|first: char| first.is_ascii_digit()) => Ok(()),
        Judged::Format(format) if format.fits(text) => Ok(()),
        Judged::Format(format) | Judged::Year(format) => Err(misfit(format)),
        Judged::Values if expected.row.ty.values.contains(&text) => Ok(()),
        Judged::Values => Err(PayloadError::new(PayloadProblem::Value)),
        Judged::Choice => {
            is_chosen(expected.row, |value| matches!(value, Literal::String(it) if *it == text))
        }
    }
}

#[cold]
fn is_chosen(row: &Row, is_it: impl Fn(&Literal) -> bool) -> Result<(), PayloadError> {
    if row.written_choice().any(|choice| is_it(&choice.value)) {
        return Ok(());
    }
    Err(PayloadError::new(PayloadProblem::Value))
}

/// Judges a string as it was written, in quotes.
#[inline]
fn written_fits(place: &Place, quoted: &[u8]) -> Result<(), PayloadError> {
    match place {
        Place::Property(Expected { row, .. }) => match (row.judged, quoted) {
            (Judged::Nothing, _) | (Judged::Year(_), [_, b'0'..=b'9', ..]) => Ok(()),
            _ => string_fits(place, &serde_json::from_slice::<String>(quoted)?),
        },
        Place::Root(_) | Place::Item(_) => Ok(()),
    }
}

#[cold]
fn misfit(format: Format) -> PayloadError {
    PayloadError::new(PayloadProblem::Format { format })
}

type Never = Impossible<(), PayloadError>;

impl<'w> Serializer for ValueWriter<'w> {
    type Ok = ();
    type Error = PayloadError;
    type SerializeSeq = ArrayWriter<'w>;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = MapWriter<'w>;
    type SerializeStruct = ObjectWriter<'w>;
    type SerializeStructVariant = Never;

    fn serialize_bool(self, value: bool) -> Result<(), PayloadError> {
        self.expect(JsonType::Boolean, "a boolean")?;
        self.expect_choice(|| Literal::Boolean(value))?;
        self.write(value)
    }

    fn serialize_i8(self, value: i8) -> Result<(), PayloadError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), PayloadError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), PayloadError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), PayloadError> {
        self.expect_integer(value.unsigned_abs())?;
        self.expect_choice(|| Literal::Integer(value))?;
        self.write(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), PayloadError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), PayloadError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), PayloadError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), PayloadError> {
        self.expect_integer(value)?;
        self.expect_choice(|| Literal::Integer(value.cast_signed()))?;
        self.write(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), PayloadError> {
        self.expect_float(value.is_finite())?;
        // What is written are the digits that tell this number from its neighbors of this size.
        self.expect_choice(|| Literal::Number(value.to_string().parse().unwrap_or(value.into())))?;
        self.write(value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), PayloadError> {
        self.expect_float(value.is_finite())?;
        self.expect_choice(|| Literal::Number(value))?;
        self.write(value)
    }

    fn serialize_char(self, value: char) -> Result<(), PayloadError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), PayloadError> {
        self.expect(JsonType::String, "a string")?;
        string_fits(&self.place, value)?;
        self.write(value)
    }

    /// Writes first and judges what stands there, so that nothing is allocated.
    fn collect_str<T: Display + ?Sized>(mut self, value: &T) -> Result<(), PayloadError> {
        self.expect(JsonType::String, "a string")?;
        self.begin();
        let start = self.out.len();
        serde_json::Serializer::new(&mut *self.out).collect_str(value)?;
        written_fits(&self.place, &self.out[start..])
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), PayloadError> {
        Err(self.misplaced("bytes"))
    }

    fn serialize_none(self) -> Result<(), PayloadError> {
        self.null()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), PayloadError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), PayloadError> {
        self.null()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), PayloadError> {
        self.null()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), PayloadError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), PayloadError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), PayloadError> {
        Err(self.misplaced("an enum's variant with data"))
    }

    fn serialize_seq(mut self, _: Option<usize>) -> Result<ArrayWriter<'w>, PayloadError> {
        self.expect(JsonType::Array, "an array")?;
        self.begin();
        self.out.push(b'[');
        Ok(ArrayWriter { rows: self.ty().properties, out: self.out, length: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, PayloadError> {
        Err(self.misplaced("a tuple"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, PayloadError> {
        Err(self.misplaced("a tuple"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, PayloadError> {
        Err(self.misplaced("an enum's variant with data"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<MapWriter<'w>, PayloadError> {
        self.object("an object").map(MapWriter::from)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectWriter<'w>, PayloadError> {
        self.object("an object")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, PayloadError> {
        Err(self.misplaced("an enum's variant with data"))
    }
}

/// Writes the items of an array.
pub(super) struct ArrayWriter<'w> {
    out: &'w mut Vec<u8>,
    rows: &'static [Row],
    length: usize,
}

impl SerializeSeq for ArrayWriter<'_> {
    type Ok = ();
    type Error = PayloadError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PayloadError> {
        let item = ValueWriter {
            out: self.out,
            place: Place::Item(self.rows),
            after_another: self.length > 0,
        };
        if let Err(error) = value.serialize(item) {
            return Err(error.inside_item(self.length));
        }
        self.length += 1;
        Ok(())
    }

    fn end(self) -> Result<(), PayloadError> {
        self.out.push(b']');
        Ok(())
    }
}
