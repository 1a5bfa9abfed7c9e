//! What messages say of names.

use std::borrow::Cow;

/// The longest name that is quoted.
const MAX_QUOTED: usize = 60;

/// The longest name that is compared with others, in bytes: it takes time that grows with the square
/// of the length, and whoever calls says how long that is.
const MAX_COMPARED: usize = 200;

/// A name as a message shows it: on one line, and not without end. What an open quote swallowed may
/// have a secret in it.
pub(crate) fn quoted(name: &str) -> Option<String> {
    let is_short = name.chars().count() <= MAX_QUOTED && !name.chars().any(char::is_control);
    is_short.then(|| format!("`{name}`"))
}

/// The start of a text, with a sign that there was more, if it has more bytes than these.
pub(crate) fn cut(text: &str, bytes: usize) -> Cow<'_, str> {
    if text.len() <= bytes {
        return text.into();
    }
    format!("{}…", &text[..text.floor_char_boundary(bytes)]).into()
}

/// That no trigger has this key, and which has.
pub(crate) fn unknown_trigger<'n>(key: &str, keys: impl IntoIterator<Item = &'n str>) -> String {
    let shown = quoted(key).unwrap_or_else(|| "of this name".to_owned());
    format!("no trigger has the key {shown}; {}", mend(key, keys))
}

/// What to write instead of a name that nothing has.
pub(crate) fn mend<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let comparable = names.iter().filter(|known| name.len().max(known.len()) <= MAX_COMPARED);
    let alike = comparable.map(|known| (strsim::jaro_winkler(name, known), known));
    let alike = alike
        .filter(|(alike, known)| *alike > 0.8 || strsim::osa_distance(name, known) == 1)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match alike {
        Some((_, known)) => format!("did you mean `{known}`?"),
        None if names.is_empty() => "there are none".to_owned(),
        None => {
            let list: Vec<_> = names.iter().take(20).map(|name| format!("`{name}`")).collect();
            let more = if names.len() > list.len() { ", …" } else { "" };
            format!("these are known: {}{more}", list.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_two_letters() {
        for (text, expected) in [("", ""), ("aää", "aää"), ("aäää", "aä…"), ("äbcdef", "äbc…")]
        {
            let bytes = if text.len() > 6 { 4 } else { 5 };
            assert_eq!(cut(text, bytes), expected);
        }
    }

    #[test]
    fn the_nearest_name_is_told_and_no_long_one() {
        let known = "invoice_due".to_owned();
        let long = format!("invoice_due{}", "x".repeat(MAX_COMPARED));
        for (name, known, mend_of_it) in [
            ("invoice_du", &known, "did you mean `invoice_due`?"),
            ("lesson", &known, "these are known: `invoice_due`"),
            (&long[..MAX_COMPARED], &long[..MAX_COMPARED - 1].to_owned(), "did you mean"),
            (&long[1..], &long, "these are known"),
            (&long, &long[1..].to_owned(), "these are known"),
        ] {
            let told = mend(name, [known.as_str()]);
            assert!(told.starts_with(mend_of_it), "{told}");
        }
    }
}
