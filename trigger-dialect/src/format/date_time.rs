//! RFC 3339.

use super::number::skip_digits;

/// The two digits at `at` as a number; 100, which no field of a date reaches, where there are none.
const fn two_digits(text: &[u8], at: usize) -> u32 {
    if at + 2 <= text.len() && text[at].is_ascii_digit() && text[at + 1].is_ascii_digit() {
        (text[at] - b'0') as u32 * 10 + (text[at + 1] - b'0') as u32
    } else {
        100
    }
}

/// Whether `text` starts with `YYYY-MM-DD`.
pub(super) const fn is_date(text: &[u8]) -> bool {
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

pub(super) const fn is_date_time(text: &[u8]) -> bool {
    is_date(text) && text.len() > 11 && text[10] == b'T' && is_time(text, 11)
}

/// Whether `HH:MM:SS[.f]` and an offset (`Z` or `+HH:MM`) stand from `at` to the end.
pub(super) const fn is_time(text: &[u8], at: usize) -> bool {
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
