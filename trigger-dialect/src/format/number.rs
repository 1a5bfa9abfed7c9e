//! Numbers in strings.

pub(super) const fn skip_digits(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && text[at].is_ascii_digit() {
        at += 1;
    }
    at
}

/// JSON's own grammar of a number, which is also how `format: number` is read here.
pub(super) const fn is_number(text: &[u8]) -> bool {
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
