//! Items as a derive may stand on, most of them structs.

use super::attributes::{documentation, serde, text, trigger, value};
use super::choices::Choices;
use super::types::{generics, ty};

/// An item of any kind as text.
pub(super) fn item(bytes: &[u8]) -> String {
    let choices = &mut Choices::new(bytes);
    match choices.below(16) {
        0..=7 => trigger_struct(choices),
        8..=10 => property_struct(choices),
        11 | 12 => newtype(choices),
        13 | 14 => enumeration(choices),
        _ => other(choices),
    }
}

const VISIBILITIES: &[&str] = &["", "pub ", "pub(crate) ", "pub(self) ", "pub(in super::a) "];

fn visibility(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(VISIBILITIES)
}

fn name(choices: &mut Choices<'_>) -> String {
    let wrong = ["A", "r#type", "\u{c4}rger", "_A", "r#Self_", "Trigger", "\u{10400}"];
    choices.word(&["InvoiceDue", "r#InvoicePaid", "OrderV2"], &wrong)
}

/// Names of fields, all different.
fn field_names(choices: &mut Choices<'_>) -> Vec<String> {
    const RIGHT: &[&str] = &[
        "id",
        "due_at",
        "r#type",
        "text",
        "spec",
        "self_",
        "contactId",
        "x9",
        "r#enum",
        "parts",
        "value__",
        "HIDDEN",
        "key",
        "r#async",
    ];
    const WRONG: &[&str] = &["id", "__", "_id", "\u{e4}rger", "r#\u{e4}", "gr\u{f6}\u{df}e"];
    let start = choices.below(RIGHT.len());
    let count = if choices.wrong() { 0 } else { 1 + choices.below(6) };
    let right = RIGHT.iter().cycle().skip(start).take(count);
    right.map(|name| if choices.wrong() { choices.pick(WRONG) } else { name }.to_owned()).collect()
}

/// What stands on a whole type: where `trigger_core` is found.
fn crate_entry(choices: &mut Choices<'_>) -> Option<String> {
    let paths =
        ["trigger_core", "::a::b", "\"trigger_core\"", "crate::r#in", "\"self\"", "r\"a::b\""];
    let wrong =
        ["5", "\"\"", "\"a b\"", "\"<A>::b\"", "a<b>", "\"a<'b, { 3 }>\"", "Fn(A) -> B", "::"];
    choices.once_in(4).then(|| format!("crate = {}", choices.word(&paths, &wrong)))
}

/// serde's attributes of a whole type.
fn container_serde(choices: &mut Choices<'_>) -> String {
    const RIGHT: &[&str] = &[
        "rename_all = \"camelCase\"",
        "rename_all = \"SCREAMING_SNAKE_CASE\"",
        "rename_all = \"PascalCase\"",
        "rename_all(serialize = \"kebab-case\", deserialize = \"lowercase\")",
        "deny_unknown_fields",
        "bound = \"\"",
        "default",
        "expecting = \"an item\"",
        "rename = \"Other\"",
        "crate = \"serde\"",
    ];
    const WRONG: &[&str] = &[
        "transparent",
        "tag = \"type\"",
        "content = \"c\"",
        "untagged",
        "into = \"Other\"",
        "into = \"\"",
        "from = \"Other\"",
        "remote = \"Other\"",
        "remote = \"a::<b>\"",
        "bound = \"T: \"",
        "rename_all = \"camel\"",
        "rename_all = 5",
        "rename_all_fields = \"camelCase\"",
        "variant_identifier",
        "default = \"path\"",
        "unknown",
        "",
    ];
    let entries = choices.list(2, |choices| choices.word(RIGHT, WRONG));
    serde(choices, &entries)
}

fn trigger_struct(choices: &mut Choices<'_>) -> String {
    let names = field_names(choices);
    let mut entries = vec![format!("key = {}", key(choices))];
    if choices.once_in(3) {
        let names = ["\"Invoice due\"", "\"Gr\u{f6}\u{df}e\"", "r\"12345\""];
        entries.push(format!("name = {}", choices.word(&names, &["\"a\"", "name", "1e999"])));
    }
    if choices.once_in(3) {
        entries.push(format!("description = {}", text(choices)));
    }
    entries.extend(crate_entry(choices));
    let roles = roles(choices, &names);
    entries.extend(roles.iter().map(|(role, field)| format!("{role} = {field}")));
    if choices.once_in(3) {
        let lists = ["A", "A, B<'_>", "a::B,", "Fn(u8) -> u8"];
        let wrong = ["", ",", "A B", "Fn(u8) -> u8", "\"A\"", "5", "A, A,,", "<A as B>::C", "!"];
        entries.push(format!("cancels({})", choices.word(&lists, &wrong)));
    }
    if choices.once_in(3) {
        let wrong = ["", "T001", "\"T070\"", "T070 T071", "r#T070"];
        entries.push(format!("allow({})", choices.word(&["T070", "T070, T071", "T072,"], &wrong)));
    }
    if choices.once_in(3) {
        entries.push(format!("payload({})", whole(choices).join(", ")));
    }
    stray_entry(choices, &mut entries);
    let fields: String = names
        .iter()
        .map(|name| {
            let role = roles.iter().find(|(role, field)| field == name && *role != "entity_id");
            named_field(choices, name, role.map(|(role, _)| *role))
        })
        .collect();
    let attributes = trigger(choices, &entries);
    braced(choices, &attributes, "struct", &fields)
}

/// What is said of a payload as a whole.
fn whole(choices: &mut Choices<'_>) -> Vec<String> {
    let mut entries = label(choices);
    if choices.once_in(2) {
        entries.push(format!("default = {}", choices.word(&["{}", "{\"id\": 1}"], &["5", "null"])));
    }
    if choices.once_in(2) {
        entries.push(format!("example = {{\"id\": {}}}", value(choices, 1)));
    }
    entries
}

/// A title and a description.
fn label(choices: &mut Choices<'_>) -> Vec<String> {
    let names = ["title", "description"].into_iter().filter(|_| choices.once_in(2));
    let names: Vec<_> = names.collect();
    names.into_iter().map(|name| format!("{name} = {}", text(choices))).collect()
}

/// What a condition offers.
fn listed(choices: &mut Choices<'_>) -> String {
    let is_one_of = choices.once_in(2);
    let count = 1 + choices.below(4);
    let value = |at: usize| {
        let value = if choices.wrong() { value(choices, 1) } else { format!("\"value {at}\"") };
        if is_one_of && !choices.wrong() {
            let title = if choices.once_in(2) {
                format!(", \"title\": {}", text(choices))
            } else {
                String::new()
            };
            format!("{{\"const\": {value}{title}}}")
        } else {
            value
        }
    };
    format!("values = [{}]", (0..count).map(value).collect::<Vec<_>>().join(", "))
}

fn key(choices: &mut Choices<'_>) -> String {
    choices.word(
        &["\"invoice_due\"", "r#\"a-1\"#", "\"x\""],
        &["\"\"", "\"\u{c4}\"", "key", "5", "", "\"a b\"", "= \"x\"", "\"k\"k"],
    )
}

/// Roles, each of a field of its own.
fn roles(choices: &mut Choices<'_>, names: &[String]) -> Vec<(&'static str, String)> {
    let mut free = names.iter();
    let mut roles = Vec::new();
    for role in ["scheduled_at", "contact", "member", "visitor", "user"] {
        if choices.once_in(4) {
            let wrong = ["zzz", "\"id\"", "5", "r#id", "self", "a::b", "id id", ""];
            let name = if choices.wrong() { Some(choices.pick(&wrong)) } else { None };
            let name = name.or_else(|| free.next().map(String::as_str));
            roles.extend(name.map(|name| (role, name.to_owned())));
        }
    }
    if choices.once_in(3) && !names.is_empty() {
        roles.push(("entity_id", names[choices.below(names.len())].clone()));
    }
    roles
}

/// An entry more: one that stands there already, one of another place, one that nobody knows.
fn stray_entry(choices: &mut Choices<'_>, entries: &mut Vec<String>) {
    if choices.wrong() {
        entries.push(format!(
            "{} = {}",
            choices.pick(&["key", "kye", "r#key", "title"]),
            text(choices)
        ));
    }
    if choices.wrong() {
        entries.push(
            choices
                .pick(&[
                    "hidden",
                    "key",
                    "tilte = 5",
                    "",
                    ",",
                    "5",
                    "a::b",
                    "a(b)(c)",
                    "\u{e4}",
                    "_",
                ])
                .to_owned(),
        );
    }
    if choices.once_in(4) && !entries.is_empty() {
        let middle = entries.len() / 2;
        entries.rotate_left(middle);
    }
}

fn named_field(choices: &mut Choices<'_>, name: &str, role: Option<&str>) -> String {
    let documentation = documentation(choices);
    let attributes = match role {
        Some(role) => role_field(choices, role),
        None => field(choices),
    };
    let visibility = visibility(choices);
    let default = if choices.once_in(12) { " = 3" } else { "" };
    let field = format!("{documentation}{attributes}{default},\n");
    field.replace("NAME", &format!("{visibility}{name}"))
}

/// A field that a role names: `… NAME: type`, with its attributes in front.
fn role_field(choices: &mut Choices<'_>, role: &str) -> String {
    let is_identity = role != "scheduled_at";
    let mut entries = Vec::new();
    let ty = if choices.once_in(3) {
        let format = if is_identity == choices.wrong() { "date-time" } else { "uuid" };
        entries.push(format!("format = {format:?}"));
        entries.push(format!("example = {:?}", sample(format)));
        "String".to_owned()
    } else {
        ty(choices)
    };
    if is_identity && choices.once_in(3) {
        entries.push("namespace = \"customer\"".to_owned());
    }
    decorated(choices, entries, &ty)
}

fn sample(format: &str) -> &'static str {
    trigger_dialect::Format::from_name(format).map_or("x", trigger_dialect::Format::sample)
}

/// A field without a role.
fn field(choices: &mut Choices<'_>) -> String {
    let mut entries = Vec::new();
    let ty = match choices.below(8) {
        6 => {
            entries.push(listed(choices));
            choices.pick(&["String", "f64", "Option<bool>"]).to_owned()
        }
        7 => {
            entries.push(format!("items({})", label(choices).join(", ")));
            choices.pick(&["Vec<Line>", "Option<Vec<Line>>"]).to_owned()
        }
        0 => {
            entries.push(format!("example = {}", text(choices)));
            choices.pick(&["String", "&'a str", "Option<String>", "Box<str>"]).to_owned()
        }
        1 => {
            let format = choices.word(
                &["uuid", "date-time", "date", "email", "uri", "number"],
                &["emial", "phone", ""],
            );
            let example = if choices.wrong() { "x" } else { sample(&format) };
            entries.push(format!("format = {format:?}"));
            entries.push(format!("example = {example:?}"));
            "String".to_owned()
        }
        2 => {
            let attribute = choices.pick(&[
                "flatten",
                "skip",
                "with = \"time::serde::rfc3339\"",
                "with = \"time::serde::rfc3339::option\"",
                "serialize_with = \"rust_decimal::serde::str::serialize\"",
                "with = \"rust_decimal::serde::str_option\"",
            ]);
            return format!("#[serde({attribute})] NAME: {}", ty(choices));
        }
        3 => ty(choices),
        4 => {
            entries.push(format!("example = {}", value(choices, 3)));
            number_type(choices)
        }
        _ => {
            let examples = choices.list(3, |choices| value(choices, 2));
            let first = value(choices, 2);
            entries.push(format!("examples = [{first}, {}]", examples.join(", ")));
            number_type(choices)
        }
    };
    decorated(choices, entries, &ty)
}

/// A type that is judged by no tokens.
fn number_type(choices: &mut Choices<'_>) -> String {
    if choices.wrong() {
        ty(choices)
    } else {
        choices.pick(&["f64", "Line<'a>", "Vec<Line>"]).to_owned()
    }
}

/// The field with what any property may say besides.
fn decorated(choices: &mut Choices<'_>, mut entries: Vec<String>, ty: &str) -> String {
    for name in ["title", "description", "custom_type"] {
        if choices.once_in(5) {
            entries.push(format!("{name} = {}", text(choices)));
        }
    }
    if choices.once_in(5) {
        entries.push("hidden".to_owned());
    }
    if choices.once_in(6) && !entries.iter().any(|entry| entry.starts_with("format")) {
        let default = if ty.contains("str") || ty.contains("String") {
            text(choices)
        } else {
            value(choices, 2)
        };
        entries.push(format!("default = {default}"));
    }
    stray_entry(choices, &mut entries);
    let serde = field_serde(choices);
    format!("{serde}{}NAME: {ty}", trigger(choices, &entries))
}

fn field_serde(choices: &mut Choices<'_>) -> String {
    const RIGHT: &[&str] = &[
        "alias = \"other\"",
        "default",
        "default = \"a::b\"",
        "skip_deserializing",
        "borrow",
        "skip_serializing_if = \"is_past\"",
        "bound(serialize = \"\")",
    ];
    const WRONG: &[&str] = &[
        "rename = \"due-at\"",
        "rename = \"id\"",
        "rename = \"\"",
        "rename(serialize = \"a\")",
        "skip_serializing_if = \"\"",
        "with = \"hex\"",
        "with = \"\"",
        "serialize_with = \"<A as B>::c\"",
        "getter = \"a\"",
        "flatten",
        "skip",
        "skip_serializing",
        "other",
        "rename_al = \"x\"",
        "rename = 5",
        "borrow = \"'a\"",
        "default = \"\"",
        "",
    ];
    let entries = choices.list(1, |choices| choices.word(RIGHT, WRONG));
    serde(choices, &entries)
}

fn property_struct(choices: &mut Choices<'_>) -> String {
    let names = field_names(choices);
    let mut entries: Vec<_> = crate_entry(choices).into_iter().collect();
    stray_entry(choices, &mut entries);
    let fields: String = names.iter().map(|name| named_field(choices, name, None)).collect();
    let attributes = trigger(choices, &entries);
    braced(choices, &attributes, "struct", &fields)
}

fn newtype(choices: &mut Choices<'_>) -> String {
    let entries: Vec<_> = crate_entry(choices).into_iter().collect();
    let mut fields = vec![field(choices).replace("NAME:", "")];
    let transparent = choices.once_in(5);
    if transparent {
        fields.push("std::marker::PhantomData<&'a ()>".to_owned());
    }
    if choices.wrong() {
        fields = choices.list(3, |choices| field(choices).replace("NAME:", ""));
    }
    let attributes = trigger(choices, &entries);
    let serde =
        if transparent { "#[serde(transparent)]".to_owned() } else { container_serde(choices) };
    let (name, (generics, clause)) = (name(choices), generics(choices));
    let documentation = documentation(choices);
    let fields = fields.join(", ");
    format!("{documentation}{attributes}{serde}struct {name}{generics}({fields}) {clause};")
}

fn enumeration(choices: &mut Choices<'_>) -> String {
    const RIGHT: &[&str] = &["Draft", "r#Sent", "PaidInFull", "Lost_", "x", "A1", "r#type"];
    const WRONG: &[&str] = &["\u{c4}rger", "\u{df}", "_A", "\u{10400}b", "Draft", "__"];
    let start = choices.below(RIGHT.len());
    let count = if choices.wrong() { 0 } else { 1 + choices.below(5) };
    let mut variants = Vec::new();
    for right in RIGHT.iter().cycle().skip(start).take(count) {
        let name = if choices.wrong() { choices.pick(WRONG) } else { right };
        let serde = choices.word(
            &[
                "",
                "",
                "",
                "#[serde(rename = \"a b\")] ",
                "#[serde(skip)] ",
                "#[serde(alias = \"z\")] ",
            ],
            &[
                "#[serde(other)] ",
                "#[serde(untagged)] ",
                "#[serde(serialize_with = \"a\")] ",
                "#[serde(rename_all = \"camelCase\")] ",
                "#[trigger(hidden)] ",
                "#[trigger]",
                "#[serde]",
            ],
        );
        let data = choices.word(
            &["", "", " = 1", " = -(1 + 2) as isize"],
            &["(u8)", "()", "{}", " { a: u8 }", "(#[serde(skip)] u8)", "(#[trigger(x)] A, B)"],
        );
        let label = label(choices);
        let label = trigger(choices, &label);
        variants.push(format!("{}{serde}{label}{name}{data},\n", documentation(choices)));
    }
    let mut entries: Vec<_> = crate_entry(choices).into_iter().collect();
    stray_entry(choices, &mut entries);
    let attributes = trigger(choices, &entries);
    braced(choices, &attributes, "enum", &variants.concat())
}

/// The item whole, with what may stand in front of it.
fn braced(choices: &mut Choices<'_>, attributes: &str, kind: &str, content: &str) -> String {
    let documentation = documentation(choices);
    let other =
        choices.pick(&["", "", "#[derive(Clone)] ", "#[cfg_attr(all(), trigger(x))] ", "#[a::b] "]);
    let serde = container_serde(choices);
    let visibility = visibility(choices);
    let (name, (generics, clause)) = (name(choices), generics(choices));
    format!(
        "{documentation}{other}{attributes}{serde}{visibility}{kind} {name}{generics} {clause} {{\n\
         {content}}}"
    )
}

fn other(choices: &mut Choices<'_>) -> String {
    let attributes = trigger(choices, &["key = \"k\"".to_owned()]);
    let serde = container_serde(choices);
    let item = choices.pick(&[
        "union A { a: u8 }",
        "struct A;",
        "struct A();",
        "struct A {}",
        "enum A {}",
    ]);
    format!("{attributes}{serde}{item}")
}
