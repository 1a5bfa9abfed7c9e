//! What Wix advises and does not demand.

use trigger_core::schema::{Identity, TriggerSpec};
use trigger_dialect::Rule;

/// A rule of advice that a trigger does not follow.
pub(crate) struct Advice {
    pub(crate) rule: Rule,
    pub(crate) message: String,
}

/// The advice on a trigger that its struct does not do without.
pub(crate) fn on(trigger: &'static TriggerSpec) -> Vec<Advice> {
    let all = [
        (Rule::CANCEL_ADVICE, cancel(trigger)),
        (Rule::ENTITY_ADVICE, entity(trigger)),
        (Rule::NAME_ADVICE, name(trigger.name())),
    ];
    let wanted = all.into_iter().filter(|(rule, _)| !trigger.allows(rule.id));
    wanted.filter_map(|(rule, message)| Some(Advice { rule, message: message? })).collect()
}

/// A scheduled trigger without `entity_id`.
fn cancel(trigger: &TriggerSpec) -> Option<String> {
    trigger.scheduled_at()?;
    trigger.entity_id().is_none().then(|| {
        "nothing cancels a scheduled event that will not happen after all; name the id of what \
         happens: `entity_id = field`"
            .to_owned()
    })
}

/// `contact = id, entity_id = id`
fn entity(trigger: &TriggerSpec) -> Option<String> {
    let id = trigger.entity_id()?.property()?;
    let property = trigger.properties().find(|property| property.name() == id)?;
    let identity = property
        .identity()
        .filter(|identity| matches!(identity, Identity::Contact | Identity::Member))?;
    Some(format!(
        "`entity_id` names the {}, whom many events are about, and a cancel would stop all of \
         them; name the id of the one thing that happens",
        identity.name()
    ))
}

/// `Invoices Due.`
fn name(name: &str) -> Option<String> {
    let words: Vec<_> = name.split_whitespace().collect();
    let (first, others) = words.split_first()?;
    let rules = [
        (name.ends_with('.'), "ends with a period"),
        (
            starts_small(first) || is_title_case(others),
            "is not in sentence case, with a capital at the start and in proper names only",
        ),
        (is_plural(first), "seems to be plural"),
    ];
    let broken: Vec<_> = rules.iter().filter(|(is_broken, _)| *is_broken).map(|it| it.1).collect();
    (!broken.is_empty()).then(|| {
        format!("the name `{name}` {}; write one such as `Invoice due`", broken.join(", "))
    })
}

/// Whether all words behind the first have a capital, but for those that are all capitals.
fn is_title_case(words: &[&str]) -> bool {
    let mut cased = words.iter().filter(|word| word.chars().any(char::is_lowercase)).peekable();
    cased.peek().is_some() && cased.all(|word| is_titled(word))
}

fn starts_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// `Due`, but not `ID` or `of`.
fn is_titled(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Whether an English noun ends as plurals do. Some singulars do too, and no rule tells all.
fn is_plural(word: &str) -> bool {
    let word = word.to_lowercase();
    let singular = ["ss", "us", "is", "as", "os"].iter().any(|end| word.ends_with(end));
    let known = ["news", "series", "sales", "lens", "means"].contains(&word.as_str());
    word.len() > 3 && word.ends_with('s') && !singular && !known
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_as_wix_advises() {
        for fine in [
            "Invoice due",
            "Restaurant reservation made",
            "Wix Events ticket bought",
            "Class starting",
            "Status changed",
            "News published",
            "ID checked",
            "PDF sent",
            "Invoice PDF",
            "Arrived",
            "Rechnung f\u{e4}llig",
        ] {
            assert_eq!(name(fine), None, "{fine}");
        }
    }

    #[test]
    fn names_that_are_otherwise() {
        for (other, what) in [
            ("Invoice due.", "period"),
            ("invoice due", "sentence case"),
            ("Invoice Due", "sentence case"),
            ("Restaurant Reservation Made", "sentence case"),
            ("Invoices due", "plural"),
            ("Invoices Due.", "ends with a period, is not in sentence case, with"),
            ("New SMS From Wix Stores", "sentence case"),
        ] {
            let words = name(other).expect(other);
            assert!(words.contains(what) && words.contains(other), "{words}");
        }
    }
}
