//! Dates, and calendar arithmetic in a time zone.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// A date-time of a payload; one without a zone is read in this one, if there is one.
pub(super) fn read(text: &str, zone: Option<&TimeZone>) -> Option<Timestamp> {
    if let Ok(timestamp) = text.parse() {
        return Some(timestamp);
    }
    let local: DateTime = text.parse().ok()?;
    zone?.to_timestamp(local).ok()
}

/// So long before a time: a month before the 31st is the last day of the month before.
pub(super) fn before(at: Timestamp, span: Span, zone: &TimeZone) -> Option<Timestamp> {
    // Most automations start at the date, and a zone costs as much as all else here.
    if span.is_zero() {
        return Some(at);
    }
    Some(at.to_zoned(zone.clone()).checked_sub(span).ok()?.timestamp())
}

/// So long after a time.
pub(super) fn after(at: Timestamp, span: Span, zone: &TimeZone) -> Option<Timestamp> {
    Some(at.to_zoned(zone.clone()).checked_add(span).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn spans_are_those_of_the_calendar() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        // Summer time began in between: a day has 23 hours.
        let monday = at("2026-03-30T07:00:00Z");
        assert_eq!(before(monday, 2.days(), &berlin), Some(at("2026-03-28T08:00:00Z")));
        assert_eq!(before(monday, 48.hours(), &berlin), Some(at("2026-03-28T07:00:00Z")));
        assert_eq!(before(monday, 2.days(), &TimeZone::UTC), Some(at("2026-03-28T07:00:00Z")));
        let end_of_march = at("2026-03-31T12:00:00Z");
        let utc = TimeZone::UTC;
        assert_eq!(before(end_of_march, 1.month(), &utc), Some(at("2026-02-28T12:00:00Z")));
        assert_eq!(after(end_of_march, 1.week(), &utc), Some(at("2026-04-07T12:00:00Z")));
        assert_eq!(after(end_of_march, 30.minutes(), &utc), Some(at("2026-03-31T12:30:00Z")));
        assert_eq!(before(Timestamp::MIN, 1.day(), &utc), None);
    }

    #[test]
    fn dates_have_a_zone_or_are_local() {
        let expected = Some(at("2026-01-15T09:30:00Z"));
        for text in
            ["2026-01-15T09:30:00Z", "2026-01-15T10:30:00+01:00", "2026-01-15T10:30:00+0100"]
        {
            assert_eq!(read(text, None), expected, "{text}");
        }
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        assert_eq!(read("2026-01-15T10:30:00", Some(&berlin)), expected);
        for text in ["2026-01-15T10:30:00", "soon", "", "2026-13-01T00:00:00Z"] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }
}
