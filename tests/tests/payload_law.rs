//! The law of the writer of payloads: what it accepts is valid against the exported schema and
//! holds no `null`; what it refuses names its property; and its bytes are `serde_json`'s, but
//! for what is left out.

mod support;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use trigger_core::schema::Format;
use trigger_core::{Property, Trigger, payload};
use trigger_xtask::judge::Judge;
use uuid::Uuid;

use support::{cases, near};

/// Which events are made.
#[derive(Clone, Copy)]
struct Mode {
    /// Some values do not fit.
    unfit: bool,
    /// Some values are absent.
    absent: bool,
}

/// A value, and whether the schema can hold it.
type Judged<T> = (T, bool);

/// A struct, and the paths of the values in it that do not fit.
type Part<T> = (T, Vec<String>);

/// A struct of scalars and the strategy that makes it, from one list of fields.
macro_rules! part {
    ($struct:ident, $function:ident($mode:ident) {
        $($(#[$attribute:meta])* $field:ident: $ty:ty = $strategy:expr,)*
    }) => {
        #[derive(Debug, Serialize, Property)]
        struct $struct {
            $($(#[$attribute])* $field: $ty,)*
        }

        fn $function($mode: Mode) -> BoxedStrategy<Part<$struct>> {
            ($($strategy,)*)
                .prop_map(|($($field,)*)| {
                    let fits = [$((stringify!($field), $field.1)),*];
                    let unfit = fits.iter().filter(|(_, fits)| !fits);
                    let unfit = unfit.map(|(field, _)| (*field).to_owned()).collect();
                    ($struct { $($field: $field.0,)* }, unfit)
                })
                .boxed()
        }
    };
}

part!(Numbers, numbers(mode) {
    unsigned_8: u8 = fit(any::<u8>()),
    unsigned_16: u16 = fit(any::<u16>()),
    unsigned_32: Option<u32> = maybe(mode, fit(any::<u32>())),
    unsigned_64: u64 = judged(mode, 0..=MAX, (MAX + 1)..=u64::MAX),
    signed_8: i8 = fit(any::<i8>()),
    signed_16: Option<i16> = maybe(mode, fit(any::<i16>())),
    signed_32: i32 = fit(any::<i32>()),
    signed_64: i64 = judged(mode, -SIGNED_MAX..=SIGNED_MAX, i64::MIN..=-SIGNED_MAX - 1),
    float_32: f32 = judged(mode, finite_32(), select(&[f32::NAN, f32::INFINITY])),
    float_64: f64 = judged(mode, finite_64(), select(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY])),
    maybe_signed_64: Option<i64> =
        maybe(mode, judged(mode, -SIGNED_MAX..=SIGNED_MAX, SIGNED_MAX + 1..=i64::MAX)),
    maybe_float_64: Option<f64> = maybe(mode, judged(mode, finite_64(), Just(f64::NAN))),
});

part!(Texts, texts(mode) {
    #[trigger(example = "a")]
    string: String = fit(text()),
    #[trigger(example = "a")]
    borrowed: &'static str = fit(select(HOSTILE)),
    #[trigger(example = "a")]
    cow: Cow<'static, str> = fit(text().prop_map(Cow::Owned)),
    #[trigger(example = "a")]
    boxed: Box<str> = fit(text().prop_map(String::into_boxed_str)),
    #[trigger(example = "a")]
    shared: Arc<str> = fit(text().prop_map(Arc::from)),
    #[trigger(example = "a")]
    maybe_string: Option<String> = maybe(mode, fit(text())),
    #[trigger(example = "a")]
    maybe_boxed: Box<Option<String>> =
        maybe(mode, fit(text())).prop_map(|(text, fits)| (Box::new(text), fits)),
    flag: bool = fit(any::<bool>()),
    maybe_flag: Option<bool> = maybe(mode, fit(any::<bool>())),
    size: usize = judged(mode, 0..=1000_usize, Just(usize::MAX)),
    signed_size: isize = judged(mode, -1000..=1000_isize, Just(isize::MIN)),
    status: Option<Status> = maybe(mode, fit(select(&[Status::NotYet, Status::Done]))),
});

part!(Times, times(mode) {
    uuid: Uuid = fit(any::<u128>().prop_map(Uuid::from_u128)),
    maybe_uuid: Option<EventId> = maybe(mode, fit(any::<u128>().prop_map(event_id))),
    chrono_utc: DateTime<Utc> = judged(mode, chrono_utc(), chrono_far()),
    chrono_offset: DateTime<FixedOffset> = judged(
        mode,
        (chrono_utc(), -1439..=1439).prop_map(|(at, minutes)| at.with_timezone(&offset(minutes)))
            .prop_filter("the year is one of four digits", |at| (0..=9999).contains(&at.year())),
        (chrono_far(), -1439..=1439).prop_map(|(at, minutes)| at.with_timezone(&offset(minutes))),
    ),
    chrono_date: NaiveDate = judged(
        mode,
        (0..=9999, 1..=366_u32).prop_map(chrono_date),
        prop_oneof![
            select(&[NaiveDate::MIN, NaiveDate::MAX]),
            (-9999..0, 1..=366_u32).prop_map(chrono_date),
            (10_000..99_999, 1..=366_u32).prop_map(chrono_date),
        ],
    ),
    jiff: jiff::Timestamp = judged(mode, jiff_timestamp(), jiff_early()),
    maybe_jiff: Option<jiff::Timestamp> =
        maybe(mode, judged(mode, jiff_timestamp(), jiff_early())),
    jiff_date: jiff::civil::Date = judged(
        mode,
        jiff_timestamp().prop_map(jiff_date),
        prop_oneof![Just(jiff::civil::Date::MIN), jiff_early().prop_map(jiff_date)],
    ),
    #[serde(with = "time::serde::rfc3339")]
    time: OffsetDateTime = judged(
        mode,
        chrono_utc().prop_map(time_at),
        Just(time::PrimitiveDateTime::MIN.assume_utc()),
    ),
    #[serde(with = "rust_decimal::serde::str")]
    decimal: Decimal = fit((any::<i64>(), 0..=28_u32).prop_map(|(n, scale)| Decimal::new(n, scale))),
    #[serde(with = "rust_decimal::serde::str_option")]
    maybe_decimal: Option<Decimal> = maybe(mode, fit(select(&[Decimal::MAX, Decimal::MIN]))),
});

part!(Formats, formats(mode) {
    #[trigger(format = "uuid", example = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")]
    uuid: String = formatted(mode, Format::Uuid, &["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]),
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    date_time: String =
        formatted(mode, Format::DateTime, &["2026-01-15T09:30:00Z", "2016-12-31T23:59:60.5+00:00"]),
    #[trigger(format = "date", example = "2026-01-15")]
    date: Option<String> =
        maybe(mode, formatted(mode, Format::Date, &["2026-01-15", "2024-02-29"])),
    #[trigger(format = "time", example = "09:30:00Z")]
    time: String = formatted(mode, Format::Time, &["09:30:00Z", "00:29:60+00:30"]),
    #[trigger(format = "email", example = "ada@example.com")]
    email: String = formatted(mode, Format::Email, &["ada@example.com"]),
    #[trigger(format = "hostname", example = "example.com")]
    hostname: Cow<'static, str> =
        formatted(mode, Format::Hostname, &["a-b.example.com"]).prop_map(cow),
    #[trigger(format = "ipv4", example = "192.0.2.1")]
    ipv4: String = formatted(mode, Format::Ipv4, &["192.0.2.1"]),
    #[trigger(format = "ipv6", example = "2001:db8::1")]
    ipv6: String = formatted(mode, Format::Ipv6, &["2001:db8::1", "::ffff:192.0.2.1"]),
    #[trigger(format = "uri", example = "https://example.com/page")]
    uri: Option<String> = maybe(mode, formatted(mode, Format::Uri, &["https://u@a.b:80/%20?q#f"])),
    #[trigger(format = "uri-reference", example = "/page")]
    uri_reference: String = formatted(mode, Format::UriReference, &["/page?q#f", "//a.b:80/c:d"]),
    #[trigger(format = "json-pointer", example = "/lines/0")]
    json_pointer: String = formatted(mode, Format::JsonPointer, &["/lines/0", "/~0~1"]),
    #[trigger(format = "number", example = "120.50")]
    number: String = formatted(mode, Format::Number, &["120.50", "-1e+5", "0"]),
});

#[derive(Clone, Debug, Serialize, Property)]
#[serde(transparent)]
struct EventId(Uuid);

#[derive(Clone, Debug, Serialize, Property)]
#[serde(rename_all = "kebab-case")]
enum Status {
    NotYet,
    Done,
}

/// Every type and every format on both levels, flattened, in arrays and in options.
#[derive(Debug, Serialize, Trigger)]
#[trigger(
    key = "everything",
    scheduled_at = at,
    contact = contact_id,
    member = member_id,
    entity_id = id
)]
struct Everything {
    id: EventId,
    contact_id: Option<Uuid>,
    #[trigger(format = "uuid", example = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")]
    member_id: String,
    at: jiff::Timestamp,
    #[serde(flatten)]
    own_numbers: Numbers,
    #[serde(flatten)]
    own_texts: Option<Texts>,
    numbers: Numbers,
    texts: Option<Texts>,
    times: Times,
    formats: Box<Formats>,
    all_numbers: Option<Vec<Numbers>>,
    all_texts: Vec<Arc<Texts>>,
    all_times: Vec<Times>,
    all_formats: Vec<Formats>,
}

prop_compose! {
    fn everything(mode: Mode)(
        (id, contact_id, member_id, at) in (
            any::<u128>().prop_map(event_id),
            maybe(mode, fit(any::<u128>().prop_map(Uuid::from_u128))),
            formatted(mode, Format::Uuid, &["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]),
            judged(mode, jiff_timestamp(), jiff_early()),
        ),
        own_numbers in numbers(mode),
        own_texts in maybe_part(mode, texts(mode)),
        numbers in numbers(mode),
        texts in maybe_part(mode, texts(mode)),
        times in times(mode),
        formats in formats(mode),
        all_numbers in maybe_part(mode, all(numbers(mode))),
        all_texts in all(texts(mode)),
        all_times in all(times(mode)),
        all_formats in all(formats(mode)),
    ) -> Part<Everything> {
        let scalars = [("member_id", member_id.1), ("at", at.1)];
        let unfit_scalars = scalars.iter().filter(|(_, fits)| !fits);
        let mut unfit: Vec<String> = unfit_scalars.map(|(field, _)| (*field).to_owned()).collect();
        unfit.extend(own_numbers.1.into_iter().chain(own_texts.1));
        for (prefix, paths) in [
            ("numbers.", numbers.1),
            ("texts.", texts.1),
            ("times.", times.1),
            ("formats.", formats.1),
            ("all_numbers", all_numbers.1),
            ("all_texts", all_texts.1),
            ("all_times", all_times.1),
            ("all_formats", all_formats.1),
        ] {
            unfit.extend(paths.iter().map(|path| format!("{prefix}{path}")));
        }
        let event = Everything {
            id,
            contact_id: contact_id.0,
            member_id: member_id.0,
            at: at.0,
            own_numbers: own_numbers.0,
            own_texts: own_texts.0,
            numbers: numbers.0,
            texts: texts.0,
            times: times.0,
            formats: Box::new(formats.0),
            all_numbers: all_numbers.0,
            all_texts: all_texts.0.into_iter().map(Arc::new).collect(),
            all_times: all_times.0,
            all_formats: all_formats.0,
        };
        (event, unfit)
    }
}

/// 2^53, the greatest integer that a double holds with all before it.
const MAX: u64 = 9_007_199_254_740_992;
const SIGNED_MAX: i64 = 9_007_199_254_740_992;

/// Strings that break careless writers.
const HOSTILE: &[&str] = &[
    "",
    "\"",
    "\\",
    "\\\"",
    "\\ud800",
    "\\u0000",
    "\0\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f}\u{7f}",
    "\u{2028}\u{2029}\u{feff}\u{fffd}\u{ffff}\u{10ffff}",
    "null",
    "</script>",
    "🦀é\u{301}",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(HOSTILE).prop_map(str::to_owned),
        prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ]
}

fn fit<T: std::fmt::Debug>(values: impl Strategy<Value = T>) -> impl Strategy<Value = Judged<T>> {
    values.prop_map(|value| (value, true))
}

/// Values that fit and, rarely, some that do not.
fn judged<T: std::fmt::Debug + 'static>(
    mode: Mode,
    fitting: impl Strategy<Value = T> + 'static,
    unfit: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Judged<T>> {
    let fitting = fit(fitting);
    if !mode.unfit {
        return fitting.boxed();
    }
    prop_oneof![99 => fitting, 1 => unfit.prop_map(|value| (value, false))].boxed()
}

/// Strings of a format or, rarely, only near it.
fn formatted(
    mode: Mode,
    format: Format,
    samples: &'static [&'static str],
) -> BoxedStrategy<Judged<String>> {
    let judge = move |text: String| {
        let fits = format.fits(&text);
        (text, fits)
    };
    let fitting = near(samples).prop_map(move |text| {
        let text = if format.fits(&text) { text } else { samples[0].to_owned() };
        (text, true)
    });
    if !mode.unfit {
        return fitting.boxed();
    }
    prop_oneof![99 => fitting, 1 => near(samples).prop_map(judge)].boxed()
}

fn maybe<T: std::fmt::Debug + 'static>(
    mode: Mode,
    values: impl Strategy<Value = Judged<T>> + 'static,
) -> BoxedStrategy<Judged<Option<T>>> {
    let some = values.prop_map(|(value, fits)| (Some(value), fits));
    if mode.absent {
        prop_oneof![some, Just(()).prop_map(|()| (None, true))].boxed()
    } else {
        some.boxed()
    }
}

fn maybe_part<T: std::fmt::Debug + 'static>(
    mode: Mode,
    parts: impl Strategy<Value = Part<T>> + 'static,
) -> BoxedStrategy<Part<Option<T>>> {
    let some = parts.prop_map(|(value, unfit)| (Some(value), unfit));
    if mode.absent {
        prop_oneof![some, Just(()).prop_map(|()| (None, Vec::new()))].boxed()
    } else {
        some.boxed()
    }
}

fn all<T: std::fmt::Debug>(
    parts: impl Strategy<Value = Part<T>>,
) -> impl Strategy<Value = Part<Vec<T>>> {
    prop::collection::vec(parts, 0..3).prop_map(|parts| {
        let mut unfit = Vec::new();
        let values = parts.into_iter().enumerate().map(|(index, (value, paths))| {
            unfit.extend(paths.iter().map(|path| format!("[{index}].{path}")));
            value
        });
        (values.collect(), unfit)
    })
}

fn finite_32() -> impl Strategy<Value = f32> {
    prop_oneof![prop::num::f32::NORMAL | prop::num::f32::SUBNORMAL, select(&[0.0, -0.0, f32::MAX])]
}

fn finite_64() -> impl Strategy<Value = f64> {
    prop_oneof![
        prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL,
        select(&[0.0, -0.0, f64::MAX, f64::MIN_POSITIVE, 1e21]),
    ]
}

fn event_id(id: u128) -> EventId {
    EventId(Uuid::from_u128(id))
}

fn cow((text, fits): Judged<String>) -> Judged<Cow<'static, str>> {
    (Cow::Owned(text), fits)
}

/// From the year 0 to 9999, in seconds since 1970.
const YEARS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

fn chrono_utc() -> impl Strategy<Value = DateTime<Utc>> {
    (YEARS, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanoseconds)| DateTime::from_timestamp(seconds, nanoseconds).unwrap())
}

/// Years of more than four digits, and those before the year 0: a day from there at least, so
/// that an offset leads to no year of four digits.
fn chrono_far() -> impl Strategy<Value = DateTime<Utc>> {
    let days = TimeDelta::days(2);
    let (first, last) = (DateTime::<Utc>::MIN_UTC + days, DateTime::<Utc>::MAX_UTC - days);
    prop_oneof![
        select(vec![first, last]),
        (first.timestamp()..YEARS.start - 172_800)
            .prop_map(|at| DateTime::from_timestamp(at, 0).unwrap()),
        (YEARS.end + 172_800..last.timestamp())
            .prop_map(|at| DateTime::from_timestamp(at, 0).unwrap()),
    ]
}

fn offset(minutes: i32) -> FixedOffset {
    FixedOffset::east_opt(minutes * 60).unwrap()
}

fn chrono_date((year, day): (i32, u32)) -> NaiveDate {
    NaiveDate::from_yo_opt(year, day).or_else(|| NaiveDate::from_yo_opt(year, 365)).unwrap()
}

fn jiff_timestamp() -> impl Strategy<Value = jiff::Timestamp> {
    // Jiff's last second is some days before the end of the year 9999.
    let last = jiff::Timestamp::MAX.as_second();
    (YEARS.start..=last, 0..1_000_000_000).prop_map(|(seconds, nanoseconds)| {
        jiff::Timestamp::new(seconds, nanoseconds).unwrap_or(jiff::Timestamp::MAX)
    })
}

fn jiff_early() -> impl Strategy<Value = jiff::Timestamp> {
    let first = jiff::Timestamp::MIN.as_second();
    prop_oneof![
        Just(jiff::Timestamp::MIN),
        (first..YEARS.start).prop_map(|at| jiff::Timestamp::from_second(at).unwrap()),
    ]
}

fn jiff_date(at: jiff::Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn time_at(at: DateTime<Utc>) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.timestamp()).unwrap()
}

static JUDGE: LazyLock<Judge> = LazyLock::new(|| {
    let document = serde_json::to_value(Everything::payload_document()).unwrap();
    assert_eq!(trigger_xtask::judge::document(&document), []);
    Judge::new(&document).unwrap()
});

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        _ => false,
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name, without_nulls(value))).collect()
        }
        other => other,
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_accepted_is_valid_and_what_is_refused_is_named(
        (event, unfit) in everything(Mode { unfit: true, absent: true }),
    ) {
        match payload::to_vec(&event) {
            Ok(bytes) => {
                prop_assert!(unfit.is_empty(), "{unfit:?} do not fit");
                let payload: Value = serde_json::from_slice(&bytes)?;
                prop_assert_eq!(JUDGE.payload(&payload), []);
                prop_assert!(!has_null(&payload), "{}", payload);
            }
            Err(error) => {
                let property = error.property().to_owned();
                prop_assert!(unfit.contains(&property), "{error:?}, and {unfit:?} do not fit");
            }
        }
    }

    #[test]
    fn what_fits_is_written_as_serde_json_writes_it_without_nulls(
        (event, _) in everything(Mode { unfit: false, absent: true }),
    ) {
        let written: Value = serde_json::from_slice(&payload::to_vec(&event)?)?;
        prop_assert_eq!(JUDGE.payload(&written), []);
        let plain: Value = serde_json::from_slice(&serde_json::to_vec(&event)?)?;
        prop_assert_eq!(written, without_nulls(plain));
    }

    #[test]
    fn what_has_all_is_written_byte_for_byte_as_serde_json_does(
        (event, _) in everything(Mode { unfit: false, absent: false }),
    ) {
        let written = String::from_utf8(payload::to_vec(&event)?)?;
        prop_assert_eq!(written, serde_json::to_string(&event)?);
    }
}
