//! One rule, for a terminal of 100 columns.

use trigger_dialect::Rule;

use super::level_words;

/// The width that texts are wrapped at.
const COLUMNS: usize = 100;

pub(super) fn explain(rule: &Rule) -> String {
    let mut text = wrapped(&format!("{}  ", rule.id), rule.words);
    text.push('\n');
    for (name, words) in [
        ("level   ", level_words(rule).as_str()),
        ("source  ", rule.source),
        ("weight  ", rule.weight.words()),
    ] {
        text.push_str(&wrapped(name, words));
    }
    for (name, example) in [("bad", rule.bad), ("mended", rule.mended)] {
        text.push_str(&format!("\n{name}:\n\n{}", indented(example)));
    }
    text
}

/// The words in lines, the first after `name`, the others below the first one's words.
fn wrapped(name: &str, words: &str) -> String {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let line = lines.last_mut().expect("there is a first line");
        if line.is_empty() {
            line.push_str(word);
        } else if name.len() + width(line) + 1 + width(word) <= COLUMNS {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let indentation = " ".repeat(name.len());
    format!("{name}{}\n", lines.join(&format!("\n{indentation}")))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn indented(example: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    example.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use trigger_dialect::RULES;

    use super::*;

    #[test]
    fn no_line_is_longer_than_the_terminal() {
        for rule in RULES {
            for line in explain(rule).lines() {
                assert!(width(line) <= COLUMNS, "{line}");
            }
        }
    }

    #[test]
    fn lines_after_the_first_stand_below_its_words() {
        let words = ["word"; 30].join(" ");
        let expected =
            format!("name  {}\n      {}\n", ["word"; 19].join(" "), ["word"; 11].join(" "));
        assert_eq!(wrapped("name  ", &words), expected);
    }
}
