//! The types of other crates, each behind its feature; `uuid` and `serde_json` are always there.
//!
//! Each brings a sample, because its `Serialize` is in the hands of its crate's features. Types
//! that serde writes in a way no schema here describes have a shape that fits nowhere, and says
//! what to use instead.

use uuid::Uuid;

use super::{Property, shape};
use crate::schema::{Format, TypeSpec};

#[diagnostic::do_not_recommend]
impl Property for Uuid {
    type Shape = shape::Uuid;
    const TYPE: &'static TypeSpec = &TypeSpec {
        sample: Some(|| serde_json::to_string(&Uuid::nil())),
        ..TypeSpec::formatted(Format::Uuid)
    };

    fn uuid(&self) -> Option<Uuid> {
        Some(*self)
    }
}

refused! {
    serde_json::Value: AnyMembers;
    serde_json::Map<String, serde_json::Value>: AnyMembers;
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

    use super::{Format, Property, TypeSpec, shape};

    #[diagnostic::do_not_recommend]
    impl<Z: TimeZone> Property for DateTime<Z> {
        type Shape = shape::DateTime;
        const TYPE: &'static TypeSpec = &TypeSpec {
            // Leap seconds at any time of the day, and offsets of a day and more.
            loose: true,
            // In UTC: not every time zone is at hand.
            sample: Some(|| serde_json::to_string(&DateTime::<Utc>::UNIX_EPOCH)),
            ..TypeSpec::formatted(Format::DateTime)
        };
    }

    #[diagnostic::do_not_recommend]
    impl Property for NaiveDate {
        type Shape = shape::Scalar;
        const TYPE: &'static TypeSpec = &TypeSpec {
            sample: Some(|| serde_json::to_string(&DateTime::<Utc>::UNIX_EPOCH.date_naive())),
            ..TypeSpec::formatted(Format::Date)
        };
    }

    refused! {
        NaiveDateTime: ChronoLocal;
        NaiveTime: TimeOfDay;
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use jiff::civil::{Date, DateTime, Time};
    use jiff::{Timestamp, Zoned};

    use super::{Format, Property, TypeSpec, shape};

    #[diagnostic::do_not_recommend]
    impl Property for Timestamp {
        type Shape = shape::DateTime;
        const TYPE: &'static TypeSpec = &TypeSpec {
            sample: Some(|| serde_json::to_string(&Timestamp::UNIX_EPOCH)),
            ..TypeSpec::formatted(Format::DateTime)
        };
    }

    #[diagnostic::do_not_recommend]
    impl Property for Date {
        type Shape = shape::Scalar;
        const TYPE: &'static TypeSpec = &TypeSpec {
            sample: Some(|| serde_json::to_string(&Date::MAX)),
            ..TypeSpec::formatted(Format::Date)
        };
    }

    refused! {
        DateTime: JiffLocal;
        Time: TimeOfDay;
        Zoned: Zoned;
    }
}

#[cfg(feature = "time")]
mod of_time {
    use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

    use super::{Property, TypeSpec, shape};

    refused! {
        OffsetDateTime: TimeArray;
        PrimitiveDateTime: TimeLocal;
        Date: DateArray;
        Time: TimeOfDay;
    }
}

#[cfg(feature = "rust_decimal")]
mod of_rust_decimal {
    use rust_decimal::Decimal;

    use super::{Property, TypeSpec, shape};

    refused! {
        Decimal: BareDecimal;
    }
}

#[cfg(feature = "url")]
mod of_url {
    use url::Url;

    use super::{Format, Property, TypeSpec, shape};

    #[diagnostic::do_not_recommend]
    impl Property for Url {
        type Shape = shape::Scalar;
        const TYPE: &'static TypeSpec = &TypeSpec {
            // A URL of browsers may hold what no URI of RFC 3986 does, such as `|`.
            loose: true,
            sample: Some(|| {
                let url = Url::parse(Format::Uri.sample());
                serde_json::to_string(&url.map_err(serde::ser::Error::custom)?)
            }),
            ..TypeSpec::formatted(Format::Uri)
        };
    }
}
