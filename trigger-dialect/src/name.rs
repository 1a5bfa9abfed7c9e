//! Keys, names and descriptions: what the dashboard accepts in a text field.

/// The greatest length of a trigger key, in characters.
pub const KEY_MAX: usize = 100;
/// The least length of a trigger's display name, in characters.
pub const NAME_MIN: usize = 5;
/// The greatest length of a trigger's display name, in characters.
pub const NAME_MAX: usize = 80;
/// The greatest length of a trigger's description, in characters.
pub const DESCRIPTION_MAX: usize = 250;

/// Whether `key` may be a trigger key: `^[a-z0-9][a-z0-9_-]{0,99}$`.
///
/// Source: Wix's pages on adding a trigger to an app; a key cannot change once published.
///
/// ```
/// assert!(trigger_dialect::is_trigger_key("invoice_due"));
/// assert!(!trigger_dialect::is_trigger_key("Invoice due"));
/// ```
#[must_use]
pub const fn is_trigger_key(key: &str) -> bool {
    let bytes = key.as_bytes();
    if bytes.is_empty() || bytes.len() > KEY_MAX {
        return false;
    }
    let mut at = 0;
    while at < bytes.len() {
        let inside = matches!(bytes[at], b'a'..=b'z' | b'0'..=b'9')
            || (at > 0 && matches!(bytes[at], b'_' | b'-'));
        if !inside {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether `name` may be a trigger's display name: 5 to 80 characters.
///
/// Source: Wix's pages on adding a trigger to an app.
///
/// ```
/// assert!(trigger_dialect::is_trigger_name("Invoice due"));
/// assert!(!trigger_dialect::is_trigger_name("Due"));
/// ```
#[must_use]
pub const fn is_trigger_name(name: &str) -> bool {
    let length = characters(name);
    length >= NAME_MIN && length <= NAME_MAX
}

/// Whether `description` may be a trigger's description: at most 250 characters.
///
/// Source: Wix's pages on adding a trigger to an app (older ones).
///
/// ```
/// assert!(trigger_dialect::is_description("An invoice is about to be due."));
/// assert!(!trigger_dialect::is_description(&"long ".repeat(51)));
/// ```
#[must_use]
pub const fn is_description(description: &str) -> bool {
    characters(description) <= DESCRIPTION_MAX
}

/// Whether `name` may be the key of a property: `A-Z a-z 0-9 _` only, not starting with `_`.
///
/// Source: Wix's article on the payload schema.
///
/// ```
/// assert!(trigger_dialect::is_property_name("dueAt"));
/// assert!(!trigger_dialect::is_property_name("due-at"));
/// assert!(!trigger_dialect::is_property_name("_id"));
/// ```
#[must_use]
pub const fn is_property_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    if bytes.is_empty() || bytes[0] == b'_' {
        return false;
    }
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
            return false;
        }
        at += 1;
    }
    true
}

const fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut count = 0;
    let mut at = 0;
    while at < bytes.len() {
        // Every byte of UTF-8 but a continuation byte starts a character.
        if bytes[at] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        at += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hold_to_the_pattern() {
        for key in ["a", "0", "invoice_due", "a-b", &"k".repeat(KEY_MAX)] {
            assert!(is_trigger_key(key), "{key}");
        }
        for key in ["", "_a", "-a", "A", "a b", "é", "a.b", &"k".repeat(KEY_MAX + 1)] {
            assert!(!is_trigger_key(key), "{key}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert!(is_trigger_name("élans"));
        assert!(!is_trigger_name("élan"));
        assert!(is_trigger_name(&"é".repeat(NAME_MAX)));
        assert!(!is_trigger_name(&"é".repeat(NAME_MAX + 1)));
        assert!(is_description(&"é".repeat(DESCRIPTION_MAX)));
        assert!(!is_description(&"é".repeat(DESCRIPTION_MAX + 1)));
    }

    #[test]
    fn property_names_hold_to_the_letters() {
        for name in ["a", "A1", "1a", "due_at", "a_"] {
            assert!(is_property_name(name), "{name}");
        }
        for name in ["", "_a", "a-b", "a.b", "é", "a b", "$a"] {
            assert!(!is_property_name(name), "{name}");
        }
    }
}
