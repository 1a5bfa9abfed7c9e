//! The formats of string properties, and which strings fit them.

mod address;
mod date_time;
mod number;
mod uri;

use address::{is_email, is_hostname, is_ipv4, is_ipv6};
use date_time::{is_date, is_date_time, is_time};
use number::is_number;
use uri::{is_uri, is_uri_reference};

/// A `format` of a string property.
///
/// Wix's automation builder knows [`Uuid`](Self::Uuid), [`DateTime`](Self::DateTime),
/// [`Date`](Self::Date), [`Email`](Self::Email), [`Uri`](Self::Uri) and
/// [`Number`](Self::Number) (a number written as a string); the other formats of JSON Schema
/// draft-07 are allowed and have no effect there (Wix's article on the payload schema).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `uuid`: 8-4-4-4-12 hexadecimal digits.
    Uuid,
    /// `date-time`: RFC 3339, with an offset.
    DateTime,
    /// `date`: RFC 3339's full date.
    Date,
    /// `time`: RFC 3339's time, with an offset.
    Time,
    /// `email`: an address such as `ada@example.com`.
    Email,
    /// `idn-email`: an address with letters of any alphabet.
    IdnEmail,
    /// `hostname`: a DNS name.
    Hostname,
    /// `idn-hostname`: a DNS name with letters of any alphabet.
    IdnHostname,
    /// `ipv4`: four numbers with dots.
    Ipv4,
    /// `ipv6`: an IPv6 address.
    Ipv6,
    /// `uri`: a URI with its scheme.
    Uri,
    /// `uri-reference`: a URI or a relative reference.
    UriReference,
    /// `iri`: a URI with letters of any alphabet.
    Iri,
    /// `iri-reference`: an IRI or a relative reference.
    IriReference,
    /// `uri-template`: RFC 6570.
    UriTemplate,
    /// `json-pointer`: RFC 6901.
    JsonPointer,
    /// `relative-json-pointer`: a JSON pointer that starts from where it stands.
    RelativeJsonPointer,
    /// `regex`: a regular expression.
    Regex,
    /// `number`: Wix's own, a decimal number as a string. Its exact grammar is not public;
    /// JSON's is a guess.
    Number,
}

impl Format {
    /// All formats, in the order in which messages list them.
    pub const ALL: &'static [Self] = &[
        Self::Uuid,
        Self::DateTime,
        Self::Date,
        Self::Email,
        Self::Uri,
        Self::Number,
        Self::Time,
        Self::IdnEmail,
        Self::Hostname,
        Self::IdnHostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::UriReference,
        Self::Iri,
        Self::IriReference,
        Self::UriTemplate,
        Self::JsonPointer,
        Self::RelativeJsonPointer,
        Self::Regex,
    ];

    /// The format as a schema names it.
    ///
    /// ```
    /// assert_eq!(trigger_dialect::Format::DateTime.name(), "date-time");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Email => "email",
            Self::IdnEmail => "idn-email",
            Self::Hostname => "hostname",
            Self::IdnHostname => "idn-hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::UriTemplate => "uri-template",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
            Self::Regex => "regex",
            Self::Number => "number",
        }
    }

    /// The format that a schema names so.
    ///
    /// ```
    /// use trigger_dialect::Format;
    ///
    /// assert_eq!(Format::from_name("email"), Some(Format::Email));
    /// assert_eq!(Format::from_name("phone"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// An example of this format, for messages that say how to mend one.
    #[must_use]
    pub const fn sample(self) -> &'static str {
        match self {
            Self::Uuid => "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50",
            Self::DateTime => "2026-01-15T09:30:00Z",
            Self::Date => "2026-01-15",
            Self::Time => "09:30:00Z",
            Self::Email | Self::IdnEmail => "ada@example.com",
            Self::Hostname | Self::IdnHostname => "example.com",
            Self::Ipv4 => "192.0.2.1",
            Self::Ipv6 => "2001:db8::1",
            Self::Uri | Self::Iri => "https://example.com/page",
            Self::UriReference | Self::IriReference => "/page",
            Self::UriTemplate => "/pages/{id}",
            Self::JsonPointer => "/lines/0",
            Self::RelativeJsonPointer => "1/lines",
            Self::Regex => "^[a-z]+$",
            Self::Number => "120.50",
        }
    }

    /// Whether [`fits`](Self::fits) reads the format; without that, every text fits.
    ///
    /// False for [`IdnEmail`](Self::IdnEmail), [`IdnHostname`](Self::IdnHostname),
    /// [`Iri`](Self::Iri), [`IriReference`](Self::IriReference),
    /// [`UriTemplate`](Self::UriTemplate), [`RelativeJsonPointer`](Self::RelativeJsonPointer)
    /// and [`Regex`](Self::Regex). An export judges its examples of the last five.
    ///
    /// ```
    /// use trigger_dialect::Format;
    ///
    /// assert!(Format::Email.is_judged());
    /// assert!(!Format::Regex.is_judged());
    /// assert!(Format::Regex.fits("("));
    /// ```
    #[must_use]
    pub const fn is_judged(self) -> bool {
        !matches!(
            self,
            Self::IdnEmail
                | Self::IdnHostname
                | Self::Iri
                | Self::IriReference
                | Self::UriTemplate
                | Self::RelativeJsonPointer
                | Self::Regex
        )
    }

    /// Whether `text` fits the format, if it [is judged](Self::is_judged).
    ///
    /// Whether Wix enforces a format when an event is reported is not public.
    ///
    /// ```
    /// use trigger_dialect::Format;
    ///
    /// assert!(Format::DateTime.fits("2026-01-15T09:30:00+01:00"));
    /// assert!(!Format::DateTime.fits("tomorrow"));
    /// ```
    #[must_use]
    pub const fn fits(self, text: &str) -> bool {
        let text = text.as_bytes();
        match self {
            Self::Uuid => is_uuid(text),
            Self::DateTime => is_date_time(text),
            Self::Date => text.len() == 10 && is_date(text),
            Self::Time => is_time(text, 0),
            Self::Email => is_email(text),
            Self::Hostname => is_hostname(text, 0, text.len()),
            Self::Ipv4 => is_ipv4(text, 0, text.len()),
            Self::Ipv6 => is_ipv6(text),
            Self::Uri => is_uri(text),
            Self::UriReference => is_uri_reference(text, 0),
            Self::JsonPointer => is_json_pointer(text),
            Self::Number => is_number(text),
            Self::IdnEmail
            | Self::IdnHostname
            | Self::Iri
            | Self::IriReference
            | Self::UriTemplate
            | Self::RelativeJsonPointer
            | Self::Regex => true,
        }
    }
}

const fn is_uuid(text: &[u8]) -> bool {
    if text.len() != 36 {
        return false;
    }
    let mut at = 0;
    while at < 36 {
        let right = match at {
            8 | 13 | 18 | 23 => text[at] == b'-',
            _ => text[at].is_ascii_hexdigit(),
        };
        if !right {
            return false;
        }
        at += 1;
    }
    true
}

const fn is_json_pointer(text: &[u8]) -> bool {
    if !text.is_empty() && text[0] != b'/' {
        return false;
    }
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'~' && !(at + 1 < text.len() && matches!(text[at + 1], b'0' | b'1')) {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[track_caller]
    fn judge(format: Format, fitting: &[&str], others: &[&str]) {
        for text in fitting {
            assert!(format.fits(text), "{text:?} is a {}", format.name());
        }
        for text in others {
            assert!(!format.fits(text), "{text:?} is no {}", format.name());
        }
    }

    #[test]
    fn every_format_fits_its_sample_and_is_found_by_name() {
        for &format in Format::ALL {
            assert!(format.fits(format.sample()), "{format:?}");
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
    }

    #[test]
    fn dates_and_times() {
        judge(
            Format::DateTime,
            &[
                "2022-10-27T15:15:39+00:00",
                "0000-02-29T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "2016-12-31T23:59:60Z",
                "2017-01-01T00:59:60+01:00",
                "2016-12-31T18:59:60-05:00",
            ],
            &[
                "tomorrow",
                "2023-07-12T16:06:37+0000",
                "2023-07-12T16:06:37",
                "2023-07-12t16:06:37z",
                "2023-07-12 16:06:37Z",
                "2023-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2023-13-01T00:00:00Z",
                "2023-00-01T00:00:00Z",
                "2023-01-00T00:00:00Z",
                "2023-01-01T24:00:00Z",
                "2023-01-01T00:60:00Z",
                "2023-01-01T12:00:60Z",
                "2023-01-01T00:00:00.Z",
                "2023-01-01T00:00:00+24:00",
                "2023-01-01T00:00:00Z ",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2023-01-01T",
                "",
            ],
        );
        judge(
            Format::Date,
            &["2024-02-29", "2000-02-29"],
            &["2023-02-29", "2023-1-1", "2023-01-01T", "2023-04-31", "20230101"],
        );
        judge(Format::Time, &["09:30:00Z", "23:59:60Z"], &["09:30", "9:30:00Z", "09:30:00"]);
    }

    #[test]
    fn ids_and_numbers() {
        judge(
            Format::Uuid,
            &["2A4C8A1E-3f0d-4f5b-9f0e-6b1d2c3e4f50", "00000000-0000-0000-0000-000000000000"],
            &["abc", "2a4c8a1e3f0d4f5b9f0e6b1d2c3e4f50", "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f5g"],
        );
        judge(
            Format::Number,
            &["0", "-1", "120.50", "1e5", "1E-5", "0.1"],
            &["", "-", "1.", ".5", "01", "1e", "+1", "1,5", "NaN", "1 ", "-01"],
        );
    }

    #[test]
    fn addresses() {
        judge(
            Format::Email,
            &["ada@example.com", "a.b+c@x", "o'neil@sub.example.com"],
            &["x", "@x", "x@", "a..b@x", ".a@x", "a.@x", "a@b@c", "a b@x", "a@-x", "a@[1.2.3.4]"],
        );
        judge(
            Format::Hostname,
            &["a", "a-b.c", "1.example"],
            &["", ".", "a.", "-a", "a-", "a_b", &"a".repeat(64), "xn--a"],
        );
        judge(
            Format::Ipv4,
            &["0.0.0.0", "255.1.2.3"],
            &["256.1.1.1", "1.2.3", "1.2.3.4.", "01.2.3.4"],
        );
        judge(
            Format::Ipv6,
            &["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4"],
            &["", ":", "1:2", "1::2::3", ":::", "12345::", "1:2:3:4:5:6:7:8:9", "1:", "::1.2.3"],
        );
        judge(
            Format::Uri,
            &[
                "https://example.com",
                "https://user@example.com:8080/a%20b?q=1#f",
                "https://user:word:more@example.com:80",
                "mailto:ada@example.com",
                "urn:isbn:1",
                "file:///tmp",
            ],
            &[
                "example.com",
                "/a",
                "https://a b",
                "https://x/%2",
                "1:a",
                "a:#b#c",
                "https://x:y/",
                "",
            ],
        );
        judge(Format::UriReference, &["", "a", "/a?b#c", "//host/a", "https://x"], &["a b", "1:a"]);
        judge(Format::JsonPointer, &["", "/a", "/~0~1"], &["a", "/~2", "/~"]);
    }
}
