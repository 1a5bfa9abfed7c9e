use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The first paragraph of a doc comment, on one line.
pub(crate) fn first_paragraph(attributes: &[Attribute]) -> Option<String> {
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
        judge(&parse_quote! { #[doc(hidden)] struct A; }, None);
        judge(&parse_quote! { #[doc = ""] struct A; }, None);
    }
}
