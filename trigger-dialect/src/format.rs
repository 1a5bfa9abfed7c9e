//! The formats of string properties, and which strings fit them.

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

    /// Whether `text` fits the format.
    ///
    /// Always true for [`IdnEmail`](Self::IdnEmail), [`IdnHostname`](Self::IdnHostname),
    /// [`Iri`](Self::Iri), [`IriReference`](Self::IriReference),
    /// [`UriTemplate`](Self::UriTemplate), [`RelativeJsonPointer`](Self::RelativeJsonPointer)
    /// and [`Regex`](Self::Regex), which are judged only when a schema is exported. Whether Wix
    /// enforces a format when an event is reported is not public.
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

/// The two digits at `at` as a number; 100, which no field of a date reaches, where there are none.
const fn two_digits(text: &[u8], at: usize) -> u32 {
    if at + 2 <= text.len() && text[at].is_ascii_digit() && text[at + 1].is_ascii_digit() {
        (text[at] - b'0') as u32 * 10 + (text[at + 1] - b'0') as u32
    } else {
        100
    }
}

/// Whether `text` starts with `YYYY-MM-DD`.
const fn is_date(text: &[u8]) -> bool {
    if text.len() < 10 || text[4] != b'-' || text[7] != b'-' {
        return false;
    }
    let (century, year) = (two_digits(text, 0), two_digits(text, 2));
    let (month, day) = (two_digits(text, 5), two_digits(text, 8));
    if century == 100 || year == 100 {
        return false;
    }
    let leap = if year == 0 { century.is_multiple_of(4) } else { year.is_multiple_of(4) };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    day >= 1 && day <= days
}

const fn is_date_time(text: &[u8]) -> bool {
    is_date(text) && text.len() > 11 && text[10] == b'T' && is_time(text, 11)
}

/// Whether `HH:MM:SS[.f]` and an offset (`Z` or `+HH:MM`) stand from `at` to the end.
const fn is_time(text: &[u8], at: usize) -> bool {
    let (hour, minute, second) =
        (two_digits(text, at), two_digits(text, at + 3), two_digits(text, at + 6));
    if hour > 23 || minute > 59 || second > 60 || text[at + 2] != b':' || text[at + 5] != b':' {
        return false;
    }
    let mut end = at + 8;
    if end < text.len() && text[end] == b'.' {
        let fraction = end + 1;
        end = skip_digits(text, fraction);
        if end == fraction {
            return false;
        }
    }
    if end >= text.len() {
        return false;
    }
    let (offset_hour, offset_minute) = match text[end] {
        b'Z' if end + 1 == text.len() => (0, 0),
        b'+' | b'-' if end + 6 == text.len() && text[end + 3] == b':' => {
            (two_digits(text, end + 1), two_digits(text, end + 4))
        }
        _ => return false,
    };
    if offset_hour > 23 || offset_minute > 59 {
        return false;
    }
    // A leap second is the last one of a day in UTC.
    let day = 24 * 60;
    let offset = offset_hour * 60 + offset_minute;
    let local = hour * 60 + minute;
    let utc = if text[end] == b'-' { local + offset } else { local + day - offset } % day;
    second < 60 || utc == day - 1
}

const fn skip_digits(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && text[at].is_ascii_digit() {
        at += 1;
    }
    at
}

/// JSON's own grammar of a number, which is also how `format: number` is read here.
const fn is_number(text: &[u8]) -> bool {
    let start = if !text.is_empty() && text[0] == b'-' { 1 } else { 0 };
    let mut at = skip_digits(text, start);
    let leading_zero = at > start + 1 && text[start] == b'0';
    if at == start || leading_zero {
        return false;
    }
    if at < text.len() && text[at] == b'.' {
        let fraction = at + 1;
        at = skip_digits(text, fraction);
        if at == fraction {
            return false;
        }
    }
    if at < text.len() && matches!(text[at], b'e' | b'E') {
        at += 1;
        if at < text.len() && matches!(text[at], b'+' | b'-') {
            at += 1;
        }
        let exponent = at;
        at = skip_digits(text, exponent);
        if at == exponent {
            return false;
        }
    }
    at == text.len()
}

/// A local part of RFC 5322's atoms and a host name: quoted local parts and address literals,
/// which mail forms refuse as well, do not fit.
const fn is_email(text: &[u8]) -> bool {
    let mut at = 0;
    let mut atom = 0;
    while at < text.len() && text[at] != b'@' {
        match text[at] {
            b'.' if atom == 0 => return false,
            b'.' => atom = 0,
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'!'
            | b'#'
            | b'$'
            | b'%'
            | b'&'
            | b'\''
            | b'*'
            | b'+'
            | b'-'
            | b'/'
            | b'='
            | b'?'
            | b'^'
            | b'_'
            | b'`'
            | b'{'
            | b'|'
            | b'}'
            | b'~' => atom += 1,
            _ => return false,
        }
        at += 1;
    }
    // RFC 5321 limits the local part to 64 octets.
    atom > 0 && at <= 64 && at < text.len() && is_hostname(text, at + 1, text.len())
}

/// Labels of 1 to 63 letters, digits and inner hyphens, at most 253 characters together.
const fn is_hostname(text: &[u8], start: usize, end: usize) -> bool {
    if start >= end || end - start > 253 {
        return false;
    }
    let mut label = start;
    let mut at = start;
    while at <= end {
        if at == end || text[at] == b'.' {
            if at == label || at - label > 63 || text[label] == b'-' || text[at - 1] == b'-' {
                return false;
            }
            // `xn--` starts a Punycode label, which is not judged here; other labels with
            // hyphens in their third and fourth place are reserved.
            if at - label >= 4 && text[label + 2] == b'-' && text[label + 3] == b'-' {
                return false;
            }
            label = at + 1;
        } else if !(text[at].is_ascii_alphanumeric() || text[at] == b'-') {
            return false;
        }
        at += 1;
    }
    true
}

const fn is_ipv4(text: &[u8], start: usize, end: usize) -> bool {
    let mut at = start;
    let mut numbers = 0;
    while at < end {
        let first = at;
        let mut number = 0u32;
        while at < end && text[at].is_ascii_digit() && at - first < 3 {
            number = number * 10 + (text[at] - b'0') as u32;
            at += 1;
        }
        let leading_zero = at > first + 1 && text[first] == b'0';
        if at == first || number > 255 || leading_zero {
            return false;
        }
        numbers += 1;
        if at == end {
            return numbers == 4;
        }
        if text[at] != b'.' {
            return false;
        }
        at += 1;
    }
    false
}

/// Eight groups of hexadecimal digits, the last two perhaps an IPv4 address, `::` at most once.
const fn is_ipv6(text: &[u8]) -> bool {
    let mut groups = 0;
    let mut gap = false;
    let mut at = 0;
    if text.len() >= 2 && text[0] == b':' && text[1] == b':' {
        gap = true;
        at = 2;
    }
    while at < text.len() {
        let first = at;
        while at < text.len() && text[at].is_ascii_hexdigit() {
            at += 1;
        }
        if at < text.len() && text[at] == b'.' {
            let enough = if gap { groups <= 5 } else { groups == 6 };
            return enough && is_ipv4(text, first, text.len());
        }
        if at == first || at - first > 4 {
            return false;
        }
        groups += 1;
        if at == text.len() {
            break;
        }
        if text[at] != b':' || at + 1 == text.len() {
            return false;
        }
        at += 1;
        if text[at] == b':' {
            if gap {
                return false;
            }
            gap = true;
            at += 1;
        }
    }
    if gap { groups <= 7 } else { groups == 8 }
}

const fn is_uri(text: &[u8]) -> bool {
    if text.is_empty() || !text[0].is_ascii_alphabetic() {
        return false;
    }
    let mut at = 1;
    while at < text.len() && text[at] != b':' {
        if !(text[at].is_ascii_alphanumeric() || matches!(text[at], b'+' | b'-' | b'.')) {
            return false;
        }
        at += 1;
    }
    at < text.len() && is_hierarchy(text, at + 1)
}

/// A relative reference or a URI; a colon in the first segment makes it a URI.
const fn is_uri_reference(text: &[u8], start: usize) -> bool {
    let mut at = start;
    while at < text.len() && !matches!(text[at], b'/' | b'?' | b'#') {
        if text[at] == b':' {
            return is_uri(text);
        }
        at += 1;
    }
    is_hierarchy(text, start)
}

/// What follows the scheme: `//host:port`, a path, `?query` and `#fragment`.
const fn is_hierarchy(text: &[u8], start: usize) -> bool {
    let mut at = start;
    if at + 1 < text.len() && text[at] == b'/' && text[at + 1] == b'/' {
        at = skip_authority(text, at + 2);
        if at == usize::MAX {
            return false;
        }
    }
    let mut fragment = false;
    while at < text.len() {
        let right = match text[at] {
            b'#' if fragment => false,
            b'#' => {
                fragment = true;
                true
            }
            b'/' | b'?' | b':' | b'@' => true,
            b'%' => is_percent_encoded(text, at),
            other => is_unreserved_or_sub_delimiter(other),
        };
        if !right {
            return false;
        }
        at += 1;
    }
    true
}

/// Where `user@host:port` ends; `usize::MAX` where it is wrong.
const fn skip_authority(text: &[u8], start: usize) -> usize {
    let mut end = start;
    let mut host = start;
    while end < text.len() && !matches!(text[end], b'/' | b'?' | b'#') {
        if text[end] == b'@' {
            if host != start {
                return usize::MAX;
            }
            host = end + 1;
        } else if text[end] == b'%' && !is_percent_encoded(text, end) {
            return usize::MAX;
        } else if !matches!(text[end], b':' | b'%' | b'[' | b']')
            && !is_unreserved_or_sub_delimiter(text[end])
        {
            return usize::MAX;
        }
        end += 1;
    }
    let mut at = host;
    while at < end && text[at] != b':' {
        // An address in brackets is rare enough in an automation to be left out.
        if matches!(text[at], b'[' | b']') {
            return usize::MAX;
        }
        at += 1;
    }
    let mut at_user = start;
    while at_user < host {
        if matches!(text[at_user], b'[' | b']') {
            return usize::MAX;
        }
        at_user += 1;
    }
    if at < end && (skip_digits(text, at + 1) != end || end - at > 6) {
        return usize::MAX;
    }
    end
}

const fn is_percent_encoded(text: &[u8], at: usize) -> bool {
    at + 2 < text.len() && text[at + 1].is_ascii_hexdigit() && text[at + 2].is_ascii_hexdigit()
}

const fn is_unreserved_or_sub_delimiter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
        )
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
