//! RFC 3986.

use super::number::skip_digits;

pub(super) const fn is_uri(text: &[u8]) -> bool {
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
pub(super) const fn is_uri_reference(text: &[u8], start: usize) -> bool {
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
        let authority = at + 2;
        at = authority_end(text, authority);
        if !is_authority(text, authority, at) {
            return false;
        }
    }
    let mut fragment = false;
    while at < text.len() {
        match text[at] {
            b'#' if fragment => return false,
            b'#' => fragment = true,
            b'/' | b'?' | b':' | b'@' => {}
            _ if is_uri_character(text, at) => {}
            _ => return false,
        }
        at += 1;
    }
    true
}

const fn authority_end(text: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < text.len() && !matches!(text[at], b'/' | b'?' | b'#') {
        at += 1;
    }
    at
}

/// `user@host:port`; an address in brackets is rare enough in an automation to be left out.
const fn is_authority(text: &[u8], start: usize, end: usize) -> bool {
    let mut user_end = None;
    let mut port = None;
    let mut at = start;
    while at < end {
        match text[at] {
            b'@' if user_end.is_some() => return false,
            b'@' => {
                user_end = Some(at);
                port = None;
            }
            b':' if port.is_some() => return false,
            // Before an `@` it may stand often, which is no port then.
            b':' if user_end.is_some() || !has_user(text, at, end) => port = Some(at + 1),
            b':' => {}
            _ if is_uri_character(text, at) => {}
            _ => return false,
        }
        at += 1;
    }
    match port {
        Some(port) => skip_digits(text, port) >= end && end - port <= 5,
        None => true,
    }
}

const fn has_user(text: &[u8], start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end && text[at] != b'@' {
        at += 1;
    }
    at < end
}

/// Whether an unreserved character, a sub-delimiter or a percent-encoded octet starts at `at`.
const fn is_uri_character(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'%' => {
            at + 2 < text.len()
                && text[at + 1].is_ascii_hexdigit()
                && text[at + 2].is_ascii_hexdigit()
        }
        b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
        | b',' | b';' | b'=' => true,
        other => other.is_ascii_alphanumeric(),
    }
}
