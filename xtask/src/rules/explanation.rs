//! One rule, for a terminal of 100 columns.

use trigger_dialect::{Change, Kind, Mistake, Rule};

use crate::output::wrapped;

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

fn indented(example: &str) -> String {
    let text = example.replace('\n', "\n    ");
    // An empty line stays one.
    format!("    {text}\n").replace("\n    \n", "\n\n")
}

#[cfg(test)]
mod tests {
    use trigger_dialect::RULES;

    use super::*;
    use crate::output::{COLUMNS, width};

    #[test]
    fn no_line_is_longer_than_the_terminal() {
        for rule in RULES {
            for line in explain(rule).lines() {
                assert!(width(line) <= COLUMNS, "{line}");
            }
        }
    }
}
