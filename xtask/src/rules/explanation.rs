//! One rule, for a terminal of 100 columns.

use std::mem;

use trigger_dialect::{Change, Kind, Mistake, Rule};

/// The width that texts are wrapped at.
const COLUMNS: usize = 100;

pub(super) fn explain(rule: &Rule) -> String {
    let head = [
        wrapped(&format!("{}  ", rule.id), rule.words),
        "\n".to_owned(),
        wrapped("level   ", &rule.level_words()),
        wrapped("source  ", rule.source),
        wrapped("weight  ", rule.weight.words()),
    ];
    let tail = match rule.kind {
        Kind::Change(change) => of_change(&change),
        _ => rule.mistake().map(|mistake| of_mistake(&mistake)).unwrap_or_default(),
    };
    format!("{}{tail}", head.concat())
}

fn of_mistake(mistake: &Mistake) -> String {
    let Mistake { bad, mended, .. } = mistake;
    format!("\nbad:\n\n{}\nmended:\n\n{}", indented(bad), indented(mended))
}

fn of_change(change: &Change) -> String {
    [
        "\n".to_owned(),
        wrapped("running senders       ", change.senders),
        wrapped("existing automations  ", change.automations),
        wrapped("instead               ", change.instead),
        wrapped("goes live             ", &format!("{}: {}", change.order.words(), change.why)),
        format!("\nbefore:\n\n{}", indented(change.before)),
        format!("\nafter:\n\n{}", indented(change.after)),
    ]
    .concat()
}

/// The words in lines, the first after `name`, the others below the first one's words.
fn wrapped(name: &str, words: &str) -> String {
    let indentation = " ".repeat(name.len());
    let mut words = words.split(' ');
    let mut lines = Vec::new();
    let mut line = format!("{name}{}", words.next().unwrap_or_default());
    for word in words {
        if width(&line) + 1 + width(word) > COLUMNS {
            lines.push(mem::replace(&mut line, format!("{indentation}{word}")));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.push(line);
    format!("{}\n", lines.join("\n"))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn indented(example: &str) -> String {
    let text = example.replace('\n', "\n    ");
    // An empty line stays one.
    format!("    {text}\n").replace("\n    \n", "\n\n")
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
