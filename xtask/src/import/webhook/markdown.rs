//! Words of a page as a doc comment, in which rustdoc finds nothing to complain of.

use super::super::print::is_plain;
use crate::output::{COLUMNS, width};

/// The lines of a doc comment with these paragraphs.
pub(super) fn documentation(start: &str, paragraphs: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let text: String = paragraph.chars().filter(|it| is_plain(*it) || *it == '\t').collect();
        let words = escaped(&text);
        if words.split_whitespace().next().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(start.trim_end().to_owned());
        }
        lines.extend(wrapped(start, &words));
    }
    lines
}

/// The words in lines, none of which starts as a list, a heading or the like.
fn wrapped(start: &str, words: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = start.to_owned();
    let mut is_empty = true;
    for word in words.split_whitespace() {
        let is_full = width(&line) + 1 + width(word) > COLUMNS;
        if is_full && !is_empty && !starts_a_block(word) {
            lines.push(std::mem::replace(&mut line, start.to_owned()));
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
    fn no_line_starts_a_list() {
        let words = "word ".repeat(20) + "- item";
        let lines = documentation("/// ", &[words, "1. first".to_owned(), "- item".to_owned()]);
        assert_eq!(lines.len(), 6, "{lines:?}");
        assert!(lines[0].ends_with("word"));
        assert_eq!(lines[1], "/// word - item");
        assert_eq!(lines[3..], [r"/// 1\. first", "///", r"/// \- item"]);
    }
}
