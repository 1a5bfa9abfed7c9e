//! The text of a file that a person or another program wrote.

use std::str::Utf8Error;

/// The text without the mark that Windows programs write before it.
pub(crate) fn decoded(bytes: &[u8]) -> Result<&str, NotUtf8> {
    if is_utf_16(bytes) {
        return Err(NotUtf8::Utf16);
    }
    let text = std::str::from_utf8(bytes)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Whether a text starts with the mark of UTF-16, or with an ASCII character in it, as JSON does.
fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, ..] | [1..=255, 0, ..])
}

/// Why bytes are no text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotUtf8 {
    /// They are text of another encoding, as `>` of PowerShell writes it.
    #[error("is UTF-16, and no UTF-8")]
    Utf16,
    /// They are something else.
    #[error("is no UTF-8: {0}")]
    Other(#[from] Utf8Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_no_mark_before_it() {
        assert_eq!(decoded("\u{feff}{}".as_bytes()).expect("UTF-8"), "{}");
        assert_eq!(decoded("é".as_bytes()).expect("UTF-8"), "é");
        assert_eq!(decoded(b"").expect("UTF-8"), "");
    }

    #[test]
    fn another_encoding_is_told() {
        for bytes in [&b"\xff\xfe{\0"[..], b"\xfe\xff\0{", b"{\0}\0", b"\0{\0}"] {
            assert!(matches!(decoded(bytes), Err(NotUtf8::Utf16)), "{bytes:?}");
        }
        let error = decoded(b"{\xe9}").expect_err("Latin-1").to_string();
        assert!(error.starts_with("is no UTF-8: "), "{error}");
    }
}
