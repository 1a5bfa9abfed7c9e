//! Titles made from names, for the people who build automations.

/// A name in sentence case: what a property or a trigger is called where nobody wrote a title.
///
/// Words end at underscores, at other separators and where camelCase steps; all but the first
/// are in small letters, `ID` and `URL` in capitals.
///
/// ```
/// use trigger_dialect::sentence_case;
///
/// assert_eq!(sentence_case("first_name"), "First name");
/// assert_eq!(sentence_case("invoiceId"), "Invoice ID");
/// assert_eq!(sentence_case("InvoiceDue"), "Invoice due");
/// ```
#[must_use]
pub fn sentence_case(name: &str) -> String {
    let mut title = String::with_capacity(name.len() + 4);
    for word in words(name) {
        let word = match word.to_lowercase().as_str() {
            "id" => "ID".to_owned(),
            "ids" => "IDs".to_owned(),
            "url" => "URL".to_owned(),
            "urls" => "URLs".to_owned(),
            lower if title.is_empty() => capitalized(lower),
            lower => lower.to_owned(),
        };
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(&word);
    }
    title
}

fn words(name: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for (index, &(at, letter)) in letters.iter().enumerate() {
        let previous = index.checked_sub(1).map(|index| letters[index].1);
        let next = letters.get(index + 1).map(|&(_, next)| next);
        if !letter.is_alphanumeric() {
            words.push(&name[start..at]);
            start = at + letter.len_utf8();
        } else if previous.is_some_and(|previous| steps(previous, letter, next)) {
            words.push(&name[start..at]);
            start = at;
        }
    }
    words.push(&name[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a new word starts at `letter`: `dueAt` at the `A`, `imageURLOf` at the `O`.
fn steps(previous: char, letter: char, next: Option<char>) -> bool {
    let after_small = previous.is_lowercase() || previous.is_numeric();
    let ends_capitals = previous.is_uppercase() && next.is_some_and(char::is_lowercase);
    letter.is_uppercase() && (after_small || ends_capitals)
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::sentence_case;

    #[test]
    fn names_of_every_case_become_sentences() {
        for (name, title) in [
            ("first_name", "First name"),
            ("invoiceId", "Invoice ID"),
            ("id", "ID"),
            ("relatedIds", "Related IDs"),
            ("imageURLOfItem", "Image URL of item"),
            ("SHIPPING_ADDRESS", "Shipping address"),
            ("line-items", "Line items"),
            ("line2Text", "Line2 text"),
            ("AppointmentScheduled", "Appointment scheduled"),
            ("a", "A"),
            ("__", ""),
        ] {
            assert_eq!(sentence_case(name), title, "{name}");
        }
    }
}
