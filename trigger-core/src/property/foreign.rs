//! The types of other crates, each behind its feature, `uuid` excepted.

use uuid::Uuid;

#[cfg(any(feature = "chrono", feature = "jiff"))]
use super::standard::property;
use super::{Property, shape};
use crate::schema::{Format, TypeSpec};

#[diagnostic::do_not_recommend]
impl Property for Uuid {
    type Shape = shape::Uuid;
    const TYPE: &'static TypeSpec = &TypeSpec::formatted(Format::Uuid);

    fn uuid(&self) -> Option<Uuid> {
        Some(*self)
    }
}

#[cfg(feature = "chrono")]
#[diagnostic::do_not_recommend]
impl<Z: chrono::TimeZone> Property for chrono::DateTime<Z> {
    type Shape = shape::DateTime;
    // Leap seconds at any time of the day, and offsets of a day and more.
    const TYPE: &'static TypeSpec =
        &TypeSpec { loose: true, ..TypeSpec::formatted(Format::DateTime) };
}

#[cfg(feature = "chrono")]
property! {
    chrono::NaiveDate: Scalar = TypeSpec::formatted(Format::Date);
}

#[cfg(feature = "jiff")]
property! {
    jiff::Timestamp: DateTime = TypeSpec::formatted(Format::DateTime);
    jiff::civil::Date: Scalar = TypeSpec::formatted(Format::Date);
}
