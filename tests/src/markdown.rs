//! The code blocks of the README and of the guides, which tests follow word for word.

/// The contents of the fenced blocks of a language.
///
/// # Panics
///
/// Where a block does not end.
#[must_use]
pub fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("\n```{language}\n");
    let parts = text.split(&fence).skip(1);
    parts.map(|part| &part[..=part.find("\n```").expect("the block ends")]).collect()
}

/// The arguments of each `cargo xtask` of the console blocks, and what it prints.
///
/// # Panics
///
/// Where a block does not end.
#[must_use]
pub fn commands(text: &str) -> Vec<(Vec<&str>, &str)> {
    blocks(text, "console")
        .into_iter()
        .filter_map(|block| block.strip_prefix("$ cargo xtask ")?.split_once('\n'))
        .map(|(arguments, printed)| (arguments.split(' ').collect(), printed))
        .collect()
}
