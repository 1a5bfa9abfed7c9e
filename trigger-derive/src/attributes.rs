//! The `#[trigger(…)]` attributes, as they are written.

mod choice;
mod entry;

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Path};
use trigger_dialect::{Format, Level, RULES, Rule};

use crate::errors::Errors;
use crate::literal::Literal;
pub(crate) use choice::{Choice, Label};
pub(crate) use entry::nearest;
use entry::{Entries, Place};

/// What stands on a struct that derives `Trigger`.
pub(crate) struct TriggerAttributes {
    pub(crate) krate: Path,
    pub(crate) key: Option<LitStr>,
    /// Whether a key was attempted, right or wrong: a wrong one is not also a missing one.
    pub(crate) key_written: bool,
    pub(crate) name: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(crate) roles: Roles,
    pub(crate) claims: Claims,
    pub(crate) cancels: Vec<Path>,
    /// The ids of the rules whose advice is not wanted.
    pub(crate) allowed: Vec<&'static str>,
    pub(crate) payload: Payload,
}

/// What is said of a payload as a whole.
#[derive(Default)]
pub(crate) struct Payload {
    pub(crate) label: Label,
    pub(crate) default: Option<Literal>,
    pub(crate) examples: Vec<Literal>,
}

/// What a trigger means to be. If it fails to be that, the failure is the mistake to tell, and not
/// that it is nothing of the kind.
#[derive(Clone, Copy)]
pub(crate) struct Claims {
    pub(crate) is_scheduled: bool,
    pub(crate) is_cancelable: bool,
    pub(crate) cancels_others: bool,
}

/// The fields that the schema gives a part, by their Rust names.
#[derive(Default)]
pub(crate) struct Roles {
    pub(crate) scheduled_at: Option<Ident>,
    pub(crate) contact: Option<Ident>,
    pub(crate) member: Option<Ident>,
    pub(crate) visitor: Option<Ident>,
    pub(crate) user: Option<Ident>,
    pub(crate) entity_id: Option<Ident>,
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) title: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(crate) format: Option<(Format, LitStr)>,
    pub(crate) examples: Vec<Literal>,
    pub(crate) default: Option<Literal>,
    pub(crate) hidden: Option<Ident>,
    pub(crate) namespace: Option<LitStr>,
    pub(crate) custom_type: Option<LitStr>,
    pub(crate) choice: Option<Choice>,
    /// What is said of the items of an array, and the attribute's name.
    pub(crate) items: Option<(Ident, Label)>,
    /// Whether an example was attempted, right or wrong, or a choice, whose first value is one: a
    /// wrong one is not also a missing one.
    pub(crate) example_written: bool,
}

impl TriggerAttributes {
    pub(crate) fn parse(errors: &Errors, attributes: &[Attribute]) -> Self {
        let mut entries = Entries::parse(errors, attributes);
        let key_written = entries.is_attempted(&["key"]);
        let claims = Claims {
            is_scheduled: entries.has("scheduled_at"),
            is_cancelable: entries.has("entity_id"),
            cancels_others: entries.has("cancels"),
        };
        let this = Self {
            key_written,
            claims,
            krate: take_crate(&mut entries),
            key: entries.take_text("key"),
            name: entries.take_text("name"),
            description: entries.take_text("description"),
            roles: Roles {
                scheduled_at: entries.take_field("scheduled_at"),
                contact: entries.take_field("contact"),
                member: entries.take_field("member"),
                visitor: entries.take_field("visitor"),
                user: entries.take_field("user"),
                entity_id: entries.take_field("entity_id"),
            },
            cancels: entries.take_list("cancels", "triggers: `cancels(InvoiceDue)`"),
            allowed: take_allowed(&mut entries),
            payload: take_payload(&mut entries),
        };
        entries.finish(Place::Trigger);
        this
    }
}

/// What stands on a type that derives `Property`: where `trigger_core` is found, nothing else.
pub(crate) fn parse_property(errors: &Errors, attributes: &[Attribute]) -> Path {
    let mut entries = Entries::parse(errors, attributes);
    let krate = take_crate(&mut entries);
    entries.finish(Place::Property);
    krate
}

/// What stands on a variant of an enum.
pub(crate) fn parse_variant(errors: &Errors, attributes: &[Attribute]) -> Label {
    let mut entries = Entries::parse(errors, attributes);
    let label = Label::take(&mut entries);
    entries.finish(Place::Variant);
    label
}

/// Refuses every attribute, where none has a meaning.
pub(crate) fn refuse_all(errors: &Errors, attributes: &[Attribute]) {
    Entries::parse(errors, attributes).finish(Place::Elsewhere);
}

impl FieldAttributes {
    pub(crate) fn parse(errors: &Errors, attributes: &[Attribute]) -> Self {
        let mut entries = Entries::parse(errors, attributes);
        let title = entries.take_text("title");
        let description = entries.take_text("description");
        let format = take_format(&mut entries);
        let example_written = entries.is_attempted(&["example", "examples", "values"]);
        let examples = take_examples(&mut entries);
        let default = entries.take_value("default", "a JSON value, such as `\"text\"` or `12.5`");
        let hidden = entries.take_flag("hidden");
        let namespace = entries.take_text("namespace");
        let custom_type = entries.take_text("custom_type");
        let choice = Choice::take(&mut entries);
        let items = take_items(&mut entries);
        entries.finish(Place::Field);
        Self {
            title,
            description,
            format,
            examples,
            default,
            hidden,
            namespace,
            custom_type,
            choice,
            items,
            example_written,
        }
    }
}

/// `items(title = "…", description = "…")`
fn take_items(entries: &mut Entries<'_>) -> Option<(Ident, Label)> {
    const SHAPE: &str = "what is said of an array's items: `items(title = \"Line\")`";
    let (name, mut list) = entries.take_entries("items", SHAPE)?;
    let label = Label::take(&mut list);
    list.finish(Place::List);
    Some((name, label))
}

/// `payload(title = "…", description = "…", default = {…}, examples = [{…}])`
fn take_payload(entries: &mut Entries<'_>) -> Payload {
    const SHAPE: &str = "what is said of the payload as a whole: `payload(title = \"An invoice\")`";
    let Some((_, mut list)) = entries.take_entries("payload", SHAPE) else {
        return Payload::default();
    };
    let payload = Payload {
        label: Label::take(&mut list),
        default: list.take_value("default", "an object, such as `{}`"),
        examples: take_examples(&mut list),
    };
    list.finish(Place::List);
    payload
}

fn take_crate(entries: &mut Entries<'_>) -> Path {
    let path: Option<CratePath> =
        entries.take_value("crate", "a path, such as `crate = \"trigger_core\"`");
    path.map_or_else(|| syn::parse_quote!(::trigger_core), |CratePath(path)| path)
}

/// A path, or one in quotes.
struct CratePath(Path);

impl Parse for CratePath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `crate = "a<b>"` would be a comparison where the output names it.
        let path = if input.peek(LitStr) {
            input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)
        } else {
            Path::parse_mod_style(input)
        };
        path.map(Self)
    }
}

/// `allow(T070)`
fn take_allowed(entries: &mut Entries<'_>) -> Vec<&'static str> {
    let ids: Vec<Ident> = entries.take_list("allow", "ids of rules: `allow(T070)`");
    let advice = || RULES.iter().filter(|rule| rule.level == Level::Advice);
    let known = |id: &Ident| advice().find(|rule| id == rule.id).map(|rule| rule.id);
    for id in ids.iter().filter(|id| known(id).is_none()) {
        let list: Vec<_> = advice().map(|rule| format!("`{}`", rule.id)).collect();
        let words = format!(
            "`{id}` is no rule that gives advice; `allow` takes {}: all others are errors",
            list.join(", ")
        );
        entries.errors().push(id, Rule::ATTRIBUTE_ONCE, words);
    }
    ids.iter().filter_map(known).collect()
}

fn take_format(entries: &mut Entries<'_>) -> Option<(Format, LitStr)> {
    let text = entries.take_text("format")?;
    let name = text.value();
    let Some(format) = Format::from_name(&name) else {
        let names = || Format::ALL.iter().map(|format| format.name());
        let words = match nearest(&name, names()) {
            Some(near) => format!("unknown format `{name}`; did you mean `{near}`?"),
            None => format!(
                "unknown format `{name}`; leave it out, or write one that Wix's builder knows: \
                 `uuid`, `date-time`, `date`, `email`, `uri` or `number`"
            ),
        };
        entries.errors().push(text, Rule::FORMAT_KNOWN, words);
        return None;
    };
    Some((format, text))
}

/// `example = X`, or `examples = [X, Y]`
fn take_examples(entries: &mut Entries<'_>) -> Vec<Literal> {
    const SHAPE: &str = "a JSON value, such as `\"text\"` or `12.5`";
    let one: Option<Literal> = entries.take_value("example", SHAPE);
    let many: Option<Literal> = entries.take_value("examples", "an array: `examples = [1, 2]`");
    match (one, many) {
        (Some(example), Some(many)) => {
            let words = "`example` and `examples` say the same; keep one of them";
            entries.errors().push(many, Rule::ATTRIBUTE_ONCE, words);
            vec![example]
        }
        (Some(example), None) => vec![example],
        (None, Some(many)) => split_examples(entries.errors(), many),
        (None, None) => Vec::new(),
    }
}

fn split_examples(errors: &Errors, many: Literal) -> Vec<Literal> {
    match many.value {
        crate::literal::Value::Array(examples) if !examples.is_empty() => examples,
        _ => {
            let words = "`examples` takes an array of at least one example; for one, write \
                         `example = …`";
            errors.push(&many, Rule::ATTRIBUTE_ONCE, words);
            Vec::new()
        }
    }
}
