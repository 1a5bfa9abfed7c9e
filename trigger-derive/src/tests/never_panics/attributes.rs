//! Attributes and doc comments: as they should be, and as they should not.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::choices::Choices;

/// `#[trigger(…)]` of these entries, whole or mutilated.
pub(super) fn trigger(choices: &mut Choices<'_>, entries: &[String]) -> String {
    attribute(choices, "trigger", entries)
}

/// `#[serde(…)]` in the same way.
pub(super) fn serde(choices: &mut Choices<'_>, entries: &[String]) -> String {
    attribute(choices, "serde", entries)
}

fn attribute(choices: &mut Choices<'_>, name: &str, entries: &[String]) -> String {
    let mut list = entries.join(", ");
    if choices.wrong() {
        list = mutilated(choices, &list);
    }
    if choices.wrong() {
        return choices
            .pick(&["#[NAME]", "#[NAME = LIST]", "#[NAME[LIST]]", "#[NAME { LIST }]", "#[NAME()]"])
            .replace("NAME", name)
            .replace("LIST", &list);
    }
    // Two attributes of one name are as good as one.
    let half = entries.len() / 2;
    if !entries.is_empty() && choices.once_in(8) {
        let [first, second] = [&entries[..half], &entries[half..]].map(|part| part.join(", "));
        return format!("#[{name}({first})] #[{name}({second},)] ");
    }
    if entries.is_empty() && !choices.wrong() {
        String::new()
    } else {
        format!("#[{name}({list})] ")
    }
}

const STRAY: &[&str] = &[
    ",",
    ",,",
    "=",
    "==",
    "=>",
    "::",
    "-",
    "#",
    "'a",
    "?",
    "()",
    "[]",
    "{}",
    "(,)",
    "((key = \"k\"))",
    "[[[,]]]",
    "{ : }",
    "key",
    "example",
    "r#example",
    "crate",
    "self",
    "_",
    "null",
    "true",
    "1",
    "1e999",
    "99999999999999999999999999999999999999999",
    "0x_ff",
    "1_u8",
    "\"\"",
    "b\"bytes\"",
    "c\"text\"",
    "br#\"x\"#",
    "'c'",
    "b'c'",
    "\"\\0\\u{10ffff}\\u{202e}\\u{301}\"",
    "::a::b<'c>",
    "..=",
    "gr\u{f6}\u{df}e",
];

/// The list with tokens put in, taken out or swapped, at any depth.
fn mutilated(choices: &mut Choices<'_>, list: &str) -> String {
    let mut stream: TokenStream = list.parse().expect("tokens");
    for _ in 0..=choices.below(4) {
        stream = mutilate(choices, stream);
    }
    stream.to_string()
}

fn mutilate(choices: &mut Choices<'_>, stream: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = stream.into_iter().collect();
    let at = choices.below(tokens.len() + 1);
    let inside = match tokens.get(at) {
        Some(TokenTree::Group(group)) if choices.once_in(2) => {
            Some(Group::new(group.delimiter(), mutilate(choices, group.stream())))
        }
        _ => None,
    };
    match (inside, choices.below(4)) {
        (Some(group), _) => tokens[at] = group.into(),
        (None, 0) if at < tokens.len() => {
            tokens.remove(at);
        }
        (None, 1) if at < tokens.len() => {
            let other = choices.below(tokens.len());
            tokens.swap(at, other);
        }
        (None, 2) => {
            let rest: TokenStream = tokens.drain(at..).collect();
            tokens.push(Group::new(Delimiter::Parenthesis, rest).into());
        }
        (None, _) => {
            let stray: TokenStream = choices.pick(STRAY).parse().expect("tokens");
            tokens.splice(at..at, stray);
        }
    }
    tokens.into_iter().collect()
}

/// A string literal with something in it.
pub(super) fn text(choices: &mut Choices<'_>) -> String {
    choices.word(
        &[
            "\"Invoice due\"",
            "r#\"raw \\ and \"quoted\"\"#",
            "\"Gr\u{f6}\u{df}e \u{1f389}, e\\u{301}\"",
            "\"two\\nlines\\tand \\\\ \\\" \\0\"",
            "\"{brace} {} $x\"",
            "\"over \\\n    the line\"",
        ],
        &["\"\"", "\"  \"", "5", "-5", "b\"bytes\"", "c\"text\"", "'c'", "text", "concat!(\"a\")"],
    )
}

/// A JSON value as an example is written.
pub(super) fn value(choices: &mut Choices<'_>, depth: usize) -> String {
    if choices.wrong() {
        return choices.pick(WRONG_VALUES).to_owned();
    }
    let inner = |choices: &mut Choices<'_>| value(choices, depth.saturating_sub(1));
    match choices.below(if depth == 0 { 5 } else { 8 }) {
        0 => text(choices),
        1 => choices.pick(&["0", "1", "0x1f", "1_000", "9007199254740992"]).to_owned(),
        2 => choices.pick(&["-1", "-0", "-9007199254740992", "- 5"]).to_owned(),
        3 => choices.pick(&["1.5", "-1.5e-3", "1e300", "0.0", "-0.0", "1.", "1e-999"]).to_owned(),
        4 => choices.pick(&["true", "false"]).to_owned(),
        5 => format!("[{}]", choices.list(3, inner).join(", ")),
        6 => {
            let count = choices.below(4);
            let member = |at| format!("\"member {at}\": {},", inner(choices));
            format!("{{{}}}", (0..count).map(member).collect::<Vec<_>>().concat())
        }
        _ => {
            // A test's stack is small, and what reads the output here takes most of it.
            let depth = choices.below(20);
            format!("{}{}{}", "[".repeat(depth), inner(choices), "]".repeat(depth))
        }
    }
}

const WRONG_VALUES: &[&str] = &[
    "1e999",
    "-1e999",
    "9007199254740993",
    "-9223372036854775808",
    "999999999999999999999999999999999999999999999999999",
    "0xffff_ffff_ffff_ffff_ffff",
    "1u8",
    "1.5f32",
    "--1",
    "-\"x\"",
    "-true",
    "- -",
    "b\"bytes\"",
    "c\"text\"",
    "br\"x\"",
    "'c'",
    "b'c'",
    "null",
    "a::path",
    "{a: 1}",
    "{\"a\" 1}",
    "{\"a\": 1, \"a\": 2}",
    "{\"a\": }",
    "{\"a\": 1,, }",
    "[1,, 2]",
    "[,]",
    "[1 2]",
    "(1)",
    "1 2",
    "\"x\" \"y\"",
    "",
    "=",
    "\"suffixed\"ed",
    "1ed",
    "[[{\"a\": [null]}]]",
];

/// Doc comments, of every kind and with all that rustdoc reads in them.
pub(super) fn documentation(choices: &mut Choices<'_>) -> String {
    let lines = choices.list(3, |choices| choices.list(6, piece).concat());
    match choices.below(4) {
        0 => lines.iter().map(|line| ["///", line, "\n"].concat()).collect(),
        1 if !lines.is_empty() => format!("/** {} */", lines.join("\n * ")),
        2 => lines.iter().map(|line| ["#[doc = r#\"", line, "\"#] "].concat()).collect(),
        3 => choices
            .pick(&["#[doc(hidden)] ", "#[doc = include_str!(\"x\")] ", "#[doc = 5] "])
            .to_owned(),
        _ => String::new(),
    }
}

fn piece(choices: &mut Choices<'_>) -> String {
    choices
        .pick(&[
            " ",
            "word",
            "`",
            "[",
            "]",
            "(",
            ")",
            "[`Inner`](crate::Inner)",
            "[a][b]",
            "\u{e4}",
            "`\u{df}`",
            "[\u{1f389}](\u{e4}",
            "]\u{301}[",
            "*",
            "  ",
            "\u{a0}",
            "a sentence that is as long as sixty characters and some more ",
            "```",
        ])
        .to_owned()
}
