//! Mail addresses, host names and IP addresses.

/// A local part of RFC 5322's atoms and a host name: quoted local parts and address literals,
/// which mail forms refuse as well, do not fit.
pub(super) const fn is_email(text: &[u8]) -> bool {
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
pub(super) const fn is_hostname(text: &[u8], start: usize, end: usize) -> bool {
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

pub(super) const fn is_ipv4(text: &[u8], start: usize, end: usize) -> bool {
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
pub(super) const fn is_ipv6(text: &[u8]) -> bool {
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
