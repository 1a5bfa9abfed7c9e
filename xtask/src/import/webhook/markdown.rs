//! Words of a page as a doc comment, in which rustdoc finds nothing to complain of.

use super::super::print::is_plain;
use crate::output::{COLUMNS, width};

/// The lines of a doc comment with these paragraphs.
pub(super) fn documentation(start: &str, paragraphs: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut was_item = false;
    for part in paragraphs.iter().flat_map(|paragraph| parts(paragraph)) {
        let item = part.strip_prefix("- ");
        let text = item.unwrap_or(part);
        let text: String = text.chars().filter(|it| is_plain(*it) || *it == '\t').collect();
        if text.trim().is_empty() {
            continue;
        }
        let is_item = item.is_some();
        let is_next_item = was_item && is_item;
        if !lines.is_empty() && !is_next_item {
            lines.push(start.trim_end().to_owned());
        }
        let (first, others) = if is_item { ("- ", "  ") } else { ("", "") };
        lines.extend(wrapped(&format!("{start}{first}"), &format!("{start}{others}"), &text));
        was_item = is_item;
    }
    lines
}

/// A paragraph, and the items of a list that stands behind it in the same line.
fn parts(paragraph: &str) -> Vec<&str> {
    let Some(colon) = paragraph.find(": - ") else { return vec![paragraph] };
    let (text, mut rest) = paragraph.split_at(colon + 1);
    let mut parts = vec![text];
    rest = rest.trim_start();
    while let Some(end) = rest.find(". - ") {
        parts.push(&rest[..=end]);
        rest = &rest[end + 2..];
    }
    parts.push(rest);
    parts
}

/// The words in lines, none of which starts as a list, a heading or the like.
fn wrapped(first: &str, others: &str, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in escaped(text).split_whitespace() {
        let is_full = width(&line) + 1 + width(word) > COLUMNS;
        if is_full && !is_empty && !starts_a_block(word) {
            lines.push(std::mem::replace(&mut line, others.to_owned()));
            is_empty = true;
        }
        if is_empty && starts_a_block(word) {
            line.push_str(&escaped_start(word));
        } else {
            line.extend((!is_empty).then_some(' '));
            line.push_str(word);
        }
        is_empty = false;
    }
    lines.push(line);
    lines
}

/// Whether a line that starts with the word is more than a line of a paragraph.
fn starts_a_block(word: &str) -> bool {
    let is_rule = word.chars().all(|letter| "-+*=_".contains(letter));
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_number = digits.len() < word.len() && (digits == "." || digits == ")");
    is_rule || is_number || word.starts_with(['#', '>', '|']) || word.starts_with("~~~")
}

/// `\-` of `-`, `1\.` of `1.`
fn escaped_start(word: &str) -> String {
    let digits = word.len() - word.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let (digits, rest) = word.split_at(digits);
    format!("{digits}\\{rest}")
}

/// The text with backslashes where Markdown would find links that lead nowhere, tags, or code
/// without an end.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let whole = code(rest).or_else(|| link(rest));
        let length = whole.or_else(|| address(rest)).unwrap_or(letter.len_utf8());
        let (token, after) = rest.split_at(length);
        match letter {
            _ if whole.is_some() => escaped.push_str(token),
            _ if length > letter.len_utf8() => escaped.extend(["<", token, ">"]),
            '`' | '[' | ']' | '<' | '\\' => escaped.extend(["\\", token]),
            _ => escaped.push(letter),
        }
        rest = after;
    }
    escaped
}

/// How long the code is that the text starts with.
fn code(text: &str) -> Option<usize> {
    let end = text.strip_prefix('`')?.find('`')?;
    let after = text[end + 2..].chars().next();
    (end > 0 && after != Some('`')).then_some(end + 2)
}

/// How long the link is that the text starts with: `[text](https://…)`.
fn link(text: &str) -> Option<usize> {
    let (shown, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    let is_shown = !shown.trim().is_empty() && !shown.contains(['[', ']', '<', '`', '\\']);
    let is_target = address(target) == Some(target.len());
    (is_shown && is_target).then_some(shown.len() + target.len() + 4)
}

/// How long the address is that the text starts with.
fn address(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let is_end = |letter: char| !letter.is_ascii_graphic() || "()[]<>\"`\\|".contains(letter);
    let host = rest.split(is_end).next().unwrap_or_default();
    let host = host.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    (!host.is_empty()).then_some(text.len() - rest.len() + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_take_for_more_is_escaped() {
        for (text, expected) in [
            ("a `code` and [a link](https://dev.wix.com/a#b).", None),
            ("an [index] <br> \\ `", Some(r"an \[index\] \<br> \\ \`")),
            ("see https://dev.wix.com/a.", Some("see <https://dev.wix.com/a>.")),
            (
                "[Service GUID] (https://dev.wix.com/)",
                Some(r"\[Service GUID\] (<https://dev.wix.com/>)"),
            ),
            ("[local](events.md)", Some(r"\[local\](events.md)")),
            ("``", Some(r"\`\`")),
        ] {
            assert_eq!(escaped(text), expected.unwrap_or(text));
        }
    }

    #[test]
    fn no_line_starts_a_list_by_chance() {
        let words = "word ".repeat(20) + "- item";
        let lines = documentation("/// ", &[words, "1. first".to_owned(), "# head".to_owned()]);
        assert!(lines[0].ends_with("word"));
        assert_eq!(lines[1..], ["/// word - item", "///", r"/// 1\. first", "///", r"/// \# head"]);
    }

    #[test]
    fn a_list_is_one_on_a_line_or_on_several() {
        let long = "word ".repeat(20) + "end.";
        let texts = [format!("Either: - One. - {long} - Two - three"), "- Three".to_owned()];
        let lines = documentation("/// ", &[&texts[..], &["After".to_owned()]].concat());
        let expected = ["/// Either:", "///", "/// - One."];
        assert_eq!(lines[..3], expected);
        assert!(lines[3].starts_with("/// - word"));
        assert!(lines[4].starts_with("///   word"), "{lines:?}");
        assert_eq!(lines[5..], ["/// - Two - three", "/// - Three", "///", "/// After"]);
    }
}
