//! Texts from the structs as Markdown that shows them letter for letter.

/// A text inside a paragraph or a heading.
pub(super) fn prose(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        // What GitHub reads as markup in the middle of a line.
        if r"\`*_[]<>|~&#!$".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    unlike_a_list(escaped)
}

/// The text with its first letter escaped where the line would be read as a list, a heading's
/// underline or a rule.
fn unlike_a_list(text: String) -> String {
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text
}

/// A text as code: what a person types or looks for.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A text with single spaces where it had line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_is_shown() {
        for (text, escaped) in [
            ("Invoice due", "Invoice due"),
            ("a_b *c* <d>", r"a\_b \*c\* \<d\>"),
            ("[x](y) | `z` &amp;", r"\[x\](y) \| \`z\` \&amp;"),
            ("two\nlines", "two lines"),
            ("1. first", r"1\. first"),
            ("- item", r"\- item"),
            ("# heading #", r"\# heading \#"),
            ("3 seats", "3 seats"),
        ] {
            assert_eq!(prose(text), escaped);
        }
    }

    #[test]
    fn code_holds_its_own_fence() {
        for (text, span) in [
            ("invoice_due", "`invoice_due`"),
            ("a `b`", "`` a `b` ``"),
            ("``", "``` `` ```"),
            ("two\nlines", "`two lines`"),
        ] {
            assert_eq!(code(text), span);
        }
    }
}
