use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The first paragraph of a doc comment, on one line, without the marks of rustdoc: the people who
/// read a description know nothing of links to Rust items.
pub(crate) fn first_paragraph(attributes: &[Attribute]) -> Option<String> {
    first_paragraph_as_written(attributes).map(|text| without_marks(&text))
}

/// `text` without backticks, and with what a link shows in the place of the link.
fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '[']) {
        plain.push_str(&rest[..at]);
        let (link, after) = match rest[at + 1..].split_once(']') {
            Some((shown, after)) if rest[at..].starts_with('[') => (shown, after_target(after)),
            _ => ("", &rest[at + 1..]),
        };
        plain.push_str(&link.replace('`', ""));
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// What follows a link's `(target)` or `[target]`.
fn after_target(text: &str) -> &str {
    let end = match text.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return text,
    };
    text.split_once(end).map_or(text, |(_, after)| after)
}

fn first_paragraph_as_written(attributes: &[Attribute]) -> Option<String> {
    let mut words = Vec::new();
    for text in attributes.iter().filter_map(doc_text) {
        let is_block = text.contains('\n');
        for line in text.split('\n') {
            let line = line.trim();
            // The stars down the side of a block comment are no text.
            let line = if is_block { line.trim_start_matches('*').trim_start() } else { line };
            if line.is_empty() && !words.is_empty() {
                return Some(words.join(" "));
            }
            if !line.is_empty() {
                words.push(line.to_owned());
            }
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// The text of `#[doc = "…"]`; what a macro such as `include_str!` puts there is not seen here.
fn doc_text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::first_paragraph;
    use syn::{DeriveInput, parse_quote};

    #[track_caller]
    fn judge(item: &DeriveInput, expected: Option<&str>) {
        assert_eq!(first_paragraph(&item.attrs).as_deref(), expected);
    }

    #[test]
    fn the_first_paragraph_is_joined() {
        judge(
            &parse_quote! {
                ///
                /// Total with
                /// tax.
                ///
                /// Not this.
                struct A;
            },
            Some("Total with tax."),
        );
        judge(
            &parse_quote! {
                /**
                 * Total with
                 * tax.
                 *
                 * Not this.
                 */
                struct A;
            },
            Some("Total with tax."),
        );
        judge(
            &parse_quote! {
                /// Seats of the [`Inner`] [class](crate::Class), `max` [one][Self::one], a] [b
                struct A;
            },
            Some("Seats of the Inner class, max one, a] b"),
        );
        judge(&parse_quote! { #[doc(hidden)] struct A; }, None);
        judge(&parse_quote! { #[doc = ""] struct A; }, None);
    }
}
