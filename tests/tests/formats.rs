//! Our reading of the formats against `jsonschema`'s: what fits here must fit there, or the
//! writer of payloads would let pass what the judge of documents refuses.

mod support;

use std::collections::HashMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::json;
use trigger_dialect::Format;

use support::{cases, near};

/// A validator for each format that draft-07 knows.
static VALIDATORS: LazyLock<HashMap<&'static str, Validator>> = LazyLock::new(|| {
    let options = jsonschema::draft7::options().should_validate_formats(true);
    let validator = |format: &Format| {
        let schema = json!({ "type": "string", "format": format.name() });
        (format.name(), options.build(&schema).unwrap())
    };
    Format::ALL.iter().map(validator).collect()
});

fn fits_there(format: Format, text: &str) -> bool {
    VALIDATORS[format.name()].is_valid(&json!(text))
}

/// What fits here must fit there.
fn judge(format: Format, text: &str) -> Result<(), TestCaseError> {
    let fits_here_alone = format.fits(text) && !fits_there(format, text);
    prop_assert!(!fits_here_alone, "{text:?} is a {} here alone", format.name());
    Ok(())
}

/// Tests that what fits a format here fits it there, for strings near the samples.
macro_rules! narrower_or_equal {
    ($($test:ident: $format:ident, [$($sample:literal),* $(,)?];)*) => {
        proptest! {
            #![proptest_config(cases(2048))]
            $(
                #[test]
                fn $test(text in near(&[$($sample),*])) {
                    judge(Format::$format, &text)?;
                }
            )*
        }

        /// Samples that no side refuses: the properties above would hold for a format that
        /// nothing fits.
        #[test]
        fn samples_fit_on_both_sides() {
            $(
                for sample in [$($sample),*] {
                    assert!(Format::$format.fits(sample), "{sample:?} here");
                    assert!(fits_there(Format::$format, sample), "{sample:?} there");
                }
            )*
        }
    };
}

narrower_or_equal! {
    date_time: DateTime, [
        "2026-01-15T09:30:00Z",
        "2024-02-29T23:59:59.999999999+01:00",
        "2000-02-29T00:00:00-23:59",
        "2016-12-31T23:59:60Z",
        "2017-01-01T00:59:60+01:00",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ];
    date: Date, ["2026-01-15", "2024-02-29", "2000-02-29", "0000-02-29", "9999-12-31", "2026-04-30"];
    time: Time, [
        "23:30:00Z","09:30:00Z", "23:59:60Z", "00:29:60+00:30", "22:59:60-01:00", "12:00:00.5-23:59"];
    email: Email, ["ada@example.com", "a.b+c@x", "o'neil@sub.example.com", "!#$%&'*/=?^_`{|}~@a-b.c"];
    hostname: Hostname, ["example.com", "a", "a-b.c-d", "1.example", "a--b.c"];
    ipv4: Ipv4, ["192.0.2.1", "0.0.0.0", "255.255.255.255", "236.246.16.6"];
    ipv6: Ipv6, [
        "2001:db8::1",
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "::ffff:192.0.2.1",
        "1:2:3:4:5:6:192.0.2.1",
        "1::5:192.0.2.1",
    ];
    uri: Uri, [
        "https://example.com/page",
        "https://user:password@example.com:8080/a%20b;c/d?q=1&r=/?#f/?",
        "mailto:ada@example.com",
        "urn:isbn:0451450523",
        "file:///tmp",
        "a+b-c.d:",
        "x://",
        "https://192.0.2.1",
    ];
    uri_reference: UriReference, [
        "/page",
        "",
        "a/b?c#d",
        "//host:1/a",
        "?a:b",
        "#a:b",
        "./a:b",
        "https://example.com/page",
    ];
    json_pointer: JsonPointer, ["/lines/0", "", "/", "/~0~1/a b", "/~02"];
}

/// Numbers just in and out of their bounds, which edits of a sample seldom meet.
mod shaped {
    use super::*;

    const DATE: &str = "(1900|2000|2023|2024)-(0[0-9]|1[0-3])-(0[01]|1[0-9]|2[89]|3[0-2])";
    const TIME: &str =
        "(2[0-4]|0[01]):(0[0-9]|[56][09]):(00|59|60|61)(\\.|\\.0)?(Z|[+-](00|01|2[34]):(00|59|60))";

    fn shape(pattern: &str) -> impl Strategy<Value = String> {
        prop::string::string_regex(pattern).unwrap()
    }

    proptest! {
        #![proptest_config(cases(4096))]

        #[test]
        fn date(text in shape(DATE)) {
            judge(Format::Date, &text)?;
        }

        #[test]
        fn time(text in shape(TIME)) {
            judge(Format::Time, &text)?;
        }

        #[test]
        fn date_time(text in shape(&format!("{DATE}T{TIME}"))) {
            judge(Format::DateTime, &text)?;
        }

        #[test]
        fn ipv4(text in shape("((0|25|1|10)[0-9]\\.){3}(0|25|1|10)[0-9]")) {
            judge(Format::Ipv4, &text)?;
        }

        #[test]
        fn ipv6(text in shape("(:|::)?([0-9a-f]{1,5}(:|::)){4,9}([0-9a-f]{0,4}|1\\.2\\.3\\.4)")) {
            judge(Format::Ipv6, &text)?;
        }
    }
}

/// What fits there and not here. Each is a choice, made where the format is judged.
#[test]
fn known_to_be_narrower() {
    let there_alone = [
        // RFC 3339 allows small letters; Wix's own samples show none.
        (Format::DateTime, "2026-01-15t09:30:00Z"),
        (Format::Time, "09:30:00z"),
        // Quoted local parts and address literals, which mail forms refuse as well.
        (Format::Email, "\"ada lovelace\"@example.com"),
        (Format::Email, "ada@[192.0.2.1]"),
        // jsonschema 0.60 does not look whether the digits of a date or time are digits.
        (Format::Date, "*026-01-15"),
        (Format::DateTime, "+026-01-15T09:30:00Z"),
        (Format::Time, "0/:30:00Z"),
        // Punycode is not decoded here.
        (Format::Hostname, "xn--4gbwdl.xn--wgbh1c"),
        // An address in brackets is rare in an automation.
        (Format::Uri, "https://[2001:db8::1]/"),
        (Format::UriReference, "//[2001:db8::1]/"),
    ];
    for (format, text) in there_alone {
        assert!(fits_there(format, text), "{text:?} is a {} there", format.name());
        assert!(!format.fits(text), "{text:?} is a {} here", format.name());
    }
}

/// What fits here and not there: formats that the writer of payloads does not judge, only the
/// export does.
#[test]
fn known_to_be_wider() {
    let here_alone = [
        (Format::Iri, "page"),
        (Format::IriReference, "a b"),
        (Format::UriTemplate, "/pages/{id"),
        (Format::RelativeJsonPointer, "/lines"),
        (Format::Regex, "("),
    ];
    for (format, text) in here_alone {
        assert!(format.fits(text), "{text:?} is a {} here", format.name());
        assert!(!fits_there(format, text), "{text:?} is a {} there", format.name());
        assert!(fits_there(format, format.sample()), "the sample of {} there", format.name());
    }
}

/// `jsonschema` judges internationalized addresses only with its feature `idna`, which is not
/// turned on: nobody judges them.
#[test]
fn judged_by_nobody() {
    for format in [Format::IdnEmail, Format::IdnHostname] {
        assert!(fits_there(format, "-"), "{} there", format.name());
        assert!(format.fits("-"), "{} here", format.name());
    }
}

/// The two formats that draft-07 does not know, which everything asks us about.
#[test]
fn known_here_alone() {
    for format in [Format::Uuid, Format::Number] {
        assert!(fits_there(format, "anything"), "{} there", format.name());
        assert!(!format.fits("anything"), "{} here", format.name());
    }
}
