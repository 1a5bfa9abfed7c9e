//! Every type that comes with a feature or with `trigger_core::types`: its JSON fits what its
//! schema declares, formats asserted, up to the type's last value; what the format cannot say is
//! refused when a payload is written.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};
use trigger_core::payload::PayloadProblem;
use trigger_core::schema::{Document, Format, TriggerSpec};
use trigger_core::types::{Attachment, ImageUrl, Money, Rfc3339, ValueError};
use trigger_core::{Property, Trigger, payload};
use trigger_xtask::judge::{self, Judge};
use url::Url;
use uuid::Uuid;

/// The judge of payloads that a document makes, which has no problem itself.
fn judge_of(document: Document) -> Judge {
    let document = serde_json::to_value(document).unwrap();
    assert_eq!(judge::document(&document), []);
    Judge::new(&document).unwrap()
}

/// What the writer of payloads accepts, plain serde writes as well, and both are valid.
#[track_caller]
fn assert_fits<T: Trigger + Serialize>(judge: &Judge, event: &T) {
    let written: Value = serde_json::from_slice(&payload::to_vec(event).unwrap()).unwrap();
    assert_eq!(judge.payload(&written), []);
    assert_eq!(serde_json::to_value(event).unwrap(), written);
}

/// What the writer of payloads refuses is nothing that would have been valid.
#[track_caller]
fn assert_refused<T: Trigger + Serialize>(judge: &Judge, event: &T) {
    let plain = serde_json::to_value(event);
    let Err(error) = payload::to_vec(event) else { panic!("it writes {plain:?}") };
    assert_eq!(error.property(), "value", "{error}");
    if let Ok(plain) = plain {
        assert_ne!(judge.payload(&plain), [], "{plain} is valid");
    }
}

/// The export's own sample of the only property's type.
#[track_caller]
fn assert_sample_fits(judge: &Judge, trigger: &TriggerSpec) {
    let property = trigger.properties().next().unwrap();
    let sample = property.sample().expect("a sample").expect("it can be written");
    let sample: Value = serde_json::from_str(&sample).unwrap();
    assert_eq!(judge.payload(&json!({ "value": sample })), []);
}

macro_rules! types {
    ($($test:ident: $(#[$attribute:meta])* $ty:ty, [$($fitting:expr),* $(,)?], but not [$($unfit:expr),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                #[derive(Serialize, Trigger)]
                #[trigger(key = "typed", name = "Typed")]
                struct Typed {
                    $(#[$attribute])*
                    value: $ty,
                }

                let judge = judge_of(Typed::payload_document());
                assert_sample_fits(&judge, Typed::SPEC);
                $(assert_fits(&judge, &Typed { value: $fitting });)*
                $(assert_refused(&judge, &Typed { value: $unfit });)*
            }
        )*
    };
}

types! {
    uuids: Uuid, [Uuid::nil(), Uuid::max(), Uuid::from_u128(1 << 127)], but not [];

    chrono_times: DateTime<Utc>,
        [chrono("0000-01-01T00:00:00Z"), chrono("9999-12-31T23:59:59.999999999Z"), chrono("2016-12-31T23:59:60Z")],
        but not [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, chrono("+10000-01-01T00:00:00Z"), chrono("-0001-12-31T23:59:59Z")];
    chrono_times_with_an_offset: DateTime<FixedOffset>,
        [chrono("2026-01-15T09:30:00Z").with_timezone(&east(86_340)), chrono("9999-12-31T23:59:59Z").with_timezone(&east(0))],
        but not [
            chrono("9999-12-31T23:30:00Z").with_timezone(&east(3600)),
            chrono("0000-01-01T00:30:00Z").with_timezone(&east(-3600)),
            // Written as `+24:00`.
            chrono("2026-01-15T09:30:00Z").with_timezone(&east(86_399)),
        ];
    chrono_dates: NaiveDate,
        [NaiveDate::from_ymd_opt(0, 1, 1).unwrap(), NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()],
        but not [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap()];

    jiff_times: jiff::Timestamp,
        ["0000-01-01T00:00:00Z".parse().unwrap(), jiff::Timestamp::MAX, jiff::Timestamp::UNIX_EPOCH],
        but not [jiff::Timestamp::MIN, "-000001-12-31T23:59:59Z".parse().unwrap()];
    jiff_dates: jiff::civil::Date,
        [jiff::civil::date(0, 1, 1), jiff::civil::Date::MAX],
        but not [jiff::civil::Date::MIN, jiff::civil::date(-1, 12, 31)];

    time_times: #[serde(with = "time::serde::rfc3339")] OffsetDateTime,
        [first_of_0(), last_of_9999(), OffsetDateTime::UNIX_EPOCH.to_offset(hours(-23))],
        but not [before_0(), with_seconds(), OffsetDateTime::UNIX_EPOCH.to_offset(hours(24))];
    time_times_that_may_be_absent: #[serde(with = "time::serde::rfc3339::option")] Option<OffsetDateTime>,
        [Some(first_of_0()), Some(last_of_9999())],
        but not [Some(before_0()), Some(with_seconds())];
    time_times_by_their_type: Rfc3339,
        [first_of_0().into(), last_of_9999().into(), OffsetDateTime::UNIX_EPOCH.to_offset(hours(-23)).into()],
        but not [before_0().into(), with_seconds().into(), OffsetDateTime::UNIX_EPOCH.to_offset(hours(24)).into()];

    decimals: #[serde(with = "rust_decimal::serde::str")] Decimal,
        [Decimal::MIN, Decimal::MAX, Decimal::ZERO, Decimal::new(-1, 28), Decimal::new(0, 28)],
        but not [];
    decimals_that_may_be_absent: #[serde(with = "rust_decimal::serde::str_option")] Option<Decimal>,
        [Some(Decimal::MIN), Some(Decimal::MAX), Some(Decimal::new(-1, 28))],
        but not [];

    urls: Url,
        [
            url("https://example.com"),
            url("https://user:pass@exämple.com:8080/ü/a b/{c}?q=d e&\"#f`"),
            url("mailto:ada@example.com"),
            url("urn:isbn:0451450523"),
            url("file:///tmp/a"),
        ],
        but not [url("https://example.com/a|b"), url("https://example.com/?a|b"), url("data:text/plain,^")];

    money: Money,
        [
            Money::new("0", "EUR").unwrap(),
            Money::new("-0.010", "JPY").unwrap(),
            Money::new("9".repeat(400), "USD").unwrap(),
            Money::from_decimal(Decimal::MIN, "EUR").unwrap(),
            Money::from_decimal(Decimal::new(1, 28), "EUR").unwrap(),
        ],
        but not [];
    image_urls: ImageUrl,
        [ImageUrl::new("https://example.com/a.png").unwrap(), ImageUrl::new("x:").unwrap()],
        but not [];
    attachments: Attachment,
        [Attachment::new("", "https://example.com/a").unwrap(), Attachment::new("\u{0}\"ü/..", "x:").unwrap()],
        but not [];
}

fn chrono(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn east(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).unwrap()
}

fn hours(hours: i8) -> UtcOffset {
    UtcOffset::from_hms(hours, 0, 0).unwrap()
}

fn first_of_0() -> OffsetDateTime {
    time::Date::from_ordinal_date(0, 1).unwrap().midnight().assume_utc()
}

fn last_of_9999() -> OffsetDateTime {
    let day = time::Date::from_ordinal_date(9999, 365).unwrap();
    day.with_hms_nano(23, 59, 59, 999_999_999).unwrap().assume_utc()
}

fn before_0() -> OffsetDateTime {
    PrimitiveDateTime::MIN.assume_utc()
}

/// An offset that RFC 3339 has no digits for.
fn with_seconds() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH.to_offset(UtcOffset::from_hms(1, 0, 1).unwrap())
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// A host in brackets is a URI, and none for the formats here: a choice of theirs.
#[test]
fn a_url_of_an_ipv6_host_is_refused() {
    #[derive(Serialize, Trigger)]
    #[trigger(key = "typed", name = "Typed")]
    struct Typed {
        value: Url,
    }

    let error = payload::to_vec(&Typed { value: url("http://[::1]/") }).unwrap_err();
    assert!(matches!(error.problem(), PayloadProblem::Format { format: Format::Uri }), "{error:?}");
}

/// The ready types in the places and roles that they are made for.
#[derive(Serialize, Trigger)]
#[trigger(key = "ready_types", name = "Ready types", scheduled_at = at)]
struct ReadyTypes {
    at: Rfc3339,
    earlier: Option<Rfc3339>,
    total: Money,
    tip: Option<Price>,
    logo: Option<ImageUrl>,
    #[trigger(custom_type = "OTHER", title = "Other", example = "https://example.com/b.png")]
    other: ImageUrl,
    invoice: Box<Attachment>,
    page: Page,
    prices: Vec<Money>,
}

#[derive(Serialize, Property)]
struct Page {
    image: Option<ImageUrl>,
    address: Url,
    changed: Rfc3339,
}

#[derive(Serialize, Property)]
struct Price(Money);

fn properties() -> Value {
    serde_json::to_value(ReadyTypes::payload_document()).unwrap()["properties"].take()
}

#[test]
fn the_custom_type_comes_with_the_type_and_the_field_overrides_it() {
    let properties = properties();
    let custom_type = |name: &str| properties[name]["wixCustomType"].clone();
    assert_eq!(custom_type("total"), "MONEY");
    assert_eq!(custom_type("tip"), "MONEY");
    assert_eq!(custom_type("logo"), "IMAGE_URL");
    assert_eq!(custom_type("other"), "OTHER");
    assert_eq!(custom_type("invoice"), "ATTACHMENT");
    assert_eq!(properties["page"]["properties"]["image"]["wixCustomType"], "IMAGE_URL");
    // An array of a shape is not of the shape.
    assert_eq!(custom_type("prices"), Value::Null);
    assert_eq!(custom_type("at"), Value::Null);
}

#[test]
fn the_fixed_shapes_are_described_to_their_members() {
    let properties = properties();
    assert_eq!(
        properties["total"],
        json!({
            "type": "object",
            "title": "Total",
            "wixCustomType": "MONEY",
            "examples": [{ "value": "120.50", "currency": "EUR" }],
            "properties": {
                "value": { "type": "string", "title": "Value", "format": "number" },
                "currency": { "type": "string", "title": "Currency" },
            },
            "required": ["value", "currency"],
        })
    );
    assert_eq!(
        properties["invoice"],
        json!({
            "type": "object",
            "title": "Invoice",
            "wixCustomType": "ATTACHMENT",
            "examples": [{
                "fileName": "invoice.pdf",
                "downloadUrl": "https://example.com/invoice.pdf",
            }],
            "properties": {
                "fileName": { "type": "string", "title": "File name" },
                "downloadUrl": { "type": "string", "title": "Download URL", "format": "uri" },
            },
            "required": ["fileName", "downloadUrl"],
        })
    );
    assert_eq!(
        properties["logo"],
        json!({
            "type": "string",
            "title": "Logo",
            "format": "uri",
            "wixCustomType": "IMAGE_URL",
            "examples": ["https://example.com/image.png"],
        })
    );
    assert_eq!(properties["at"]["futureDate"], true);
    assert_eq!(properties["page"]["examples"][0]["address"], "https://example.com/page");
}

#[test]
fn the_ready_types_are_written_in_all_their_places() {
    let money = || Money::new("1.5", "EUR").unwrap();
    let image = || ImageUrl::new("https://example.com/a.png").unwrap();
    let event = |absent: bool| ReadyTypes {
        at: OffsetDateTime::UNIX_EPOCH.into(),
        earlier: (!absent).then_some(Rfc3339(OffsetDateTime::UNIX_EPOCH)),
        total: money(),
        tip: (!absent).then(|| Price(money())),
        logo: (!absent).then(image),
        other: image(),
        invoice: Box::new(Attachment::new("a.pdf", "https://example.com/a.pdf").unwrap()),
        page: Page {
            image: (!absent).then(image),
            address: url("https://example.com"),
            changed: OffsetDateTime::UNIX_EPOCH.into(),
        },
        prices: vec![money(), money()],
    };
    let judge = judge_of(ReadyTypes::payload_document());
    assert_fits(&judge, &event(false));
    let written: Value = serde_json::from_slice(&payload::to_vec(&event(true)).unwrap()).unwrap();
    assert_eq!(judge.payload(&written), []);
    assert_eq!(written["total"], json!({ "value": "1.5", "currency": "EUR" }));
    assert!(written.get("tip").is_none(), "{written}");
}

#[test]
fn the_fixed_shapes_refuse_what_they_cannot_be() {
    for value in ["", "1,5", "1e3", "NaN", "+1", " 1", "1.", ".5", "0x1", "01"] {
        let error = Money::new(value, "EUR").unwrap_err();
        assert_eq!(error, ValueError::Amount { value: value.to_owned() });
    }
    for currency in ["", "eur", "EU", "EURO", "E1R", "ÄUR", "€"] {
        let error = Money::new("1", currency).unwrap_err();
        assert_eq!(error, ValueError::Currency { currency: currency.to_owned() });
    }
    for url in ["", "image.png", "/image.png", "https://example.com/a b", "//example.com"] {
        let image = ImageUrl::new(url).unwrap_err();
        assert_eq!(image, ValueError::Url { url: url.to_owned() });
        assert_eq!(Attachment::new("image.png", url).unwrap_err(), image);
    }
    assert_eq!(
        ImageUrl::new("image.png").unwrap_err().to_string(),
        "`image.png` is no URI: write it with its scheme and percent-encoded, such as \
         `https://example.com/page`",
    );
}
