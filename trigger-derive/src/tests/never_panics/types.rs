//! Types and generics, far more of them than a payload may have.

use super::choices::Choices;

/// Few payloads hold more than one type in another, and few panics need more than four.
const DEPTH: usize = 4;

/// A type of a field.
pub(super) fn ty(choices: &mut Choices<'_>) -> String {
    nested(choices, DEPTH)
}

fn nested(choices: &mut Choices<'_>, depth: usize) -> String {
    let kinds = if depth == 0 { 1 } else { 18 };
    let inner = |choices: &mut Choices<'_>| nested(choices, depth.saturating_sub(1));
    match choices.below(kinds) {
        0..=3 => plain(choices),
        4 => format!("Option<{}>", inner(choices)),
        5 => format!("{}<{}>", choices.pick(&["Vec", "Box", "::std::rc::Rc"]), inner(choices)),
        6 => format!("std::collections::HashMap<{}, {}>", inner(choices), inner(choices)),
        7 => {
            let lifetime = choices.pick(&["", "'a ", "'static ", "mut ", "'_ mut "]);
            format!("&{lifetime}{}", inner(choices))
        }
        8 => format!("({})", choices.list(3, |choices| inner(choices) + ",").concat()),
        9 => format!("[{}; {}]", inner(choices), choices.pick(&["3", "0", "N", "{ 1 }", "b'a'"])),
        10 => format!("[{}]", inner(choices)),
        11 => {
            let head = choices.pick(&["fn", "unsafe extern \"C\" fn", "for<'f> fn"]);
            let result = choices.pick(&["", " -> !", " -> String"]);
            format!("{head}({}){result}", inner(choices))
        }
        12 => choices
            .pick(&[
                "dyn Fn(u8) -> String",
                "dyn for<'f> Fn(&'f str) + Send + 'static",
                "impl Iterator<Item = String> + '_",
                "impl ?Sized",
                "dyn (::std::fmt::Debug)",
            ])
            .to_owned(),
        13 => choices.pick(&["!", "_", "()", "(u8)", "Self"]).to_owned(),
        14 => choices.pick(&["of!()", "a::of![u8; 3]", "of! { struct A; }", "::of!(.)"]).to_owned(),
        15 => format!("({})", inner(choices)),
        16 => format!("<{} as Of<'a, Item = {}>>::Of", inner(choices), inner(choices)),
        _ => format!("*const {}", inner(choices)),
    }
}

fn plain(choices: &mut Choices<'_>) -> String {
    choices
        .pick(&[
            "u8",
            "String",
            "bool",
            "f64",
            "Uuid",
            "Option<String>",
            "Option<Option<Uuid>>",
            "&'a str",
            "jiff::Timestamp",
            "::std::string::String",
            "r#type::r#String",
            "Vec<Line>",
            "Line<'a, 'static, 3, { 4 }, -1, \"x\">",
            "Cow<'_, str>",
            "crate::Gr\u{f6}\u{df}e",
            "std::marker::PhantomData<&'a ()>",
            "<u8>::Of",
            "Option",
            "Option<>",
            "Option<'a>",
            "A::<u8>::B",
        ])
        .to_owned()
}

/// What stands behind an item's name, and its `where` clause.
pub(super) fn generics(choices: &mut Choices<'_>) -> (String, String) {
    let right = ["", "<>", "<'a>", "<'a,>", "<'a, 'b: 'a>", "<#[cfg(all())] 'r#b>"];
    let wrong = [
        "<T>",
        "<'a, T: 'a + ?Sized + for<'f> Fn(&'f T) -> u8 = u8>",
        "<const N: usize>",
        "<const N: usize = { 3 }, T = [u8; 3]>",
        "<r#type>",
        "<'static>",
    ];
    let clauses =
        ["", "", "", "where", "where 'a: 'static", "where 'a: 'a, u8: Copy,", "where [u8; 3]: Of"];
    (choices.word(&right, &wrong), choices.pick(&clauses).to_owned())
}
