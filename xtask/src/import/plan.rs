//! The items of the source: a struct for the trigger, and the types inside it.

mod examples;
mod fixed;
mod roles;
mod said;

use std::collections::{BTreeSet, HashMap};

use trigger_core::schema::Format;
use trigger_dialect::{NAME_MAX, is_trigger_name, sentence_case};

use super::model::{Kind, Label, Payload, Property, signature};
use super::names::{self, Case, Names};
use super::{Json, Time};

use fixed::Fixed;
pub(super) use said::Said;
use said::{entries, has_format_by_type, label, whole};

/// Rust source, before it is printed.
pub(super) struct File {
    /// The names that it uses, with their paths.
    pub(super) uses: BTreeSet<(&'static str, &'static str)>,
    pub(super) items: Vec<Item>,
}

pub(super) enum Item {
    Struct(Struct),
    Enum(Enum),
}

pub(super) struct Struct {
    pub(super) name: String,
    /// The macro that is derived beside `Serialize`.
    pub(super) derive: &'static str,
    pub(super) case: Case,
    /// What stands in its own `trigger` attribute.
    pub(super) entries: Vec<Entry>,
    pub(super) fields: Vec<Field>,
}

/// An entry of a struct's `trigger` attribute.
pub(super) enum Entry {
    Written(Said),
    /// It stands in a comment, to be decided by whoever reads it.
    Proposed {
        entry: String,
        condition: &'static str,
    },
}

pub(super) struct Field {
    pub(super) notes: Vec<String>,
    pub(super) description: Option<String>,
    /// What serde writes, where the struct's case gives another name.
    pub(super) rename: Option<String>,
    /// What stands in the `trigger` attribute.
    pub(super) entries: Vec<Said>,
    pub(super) name: String,
    pub(super) ty: String,
}

pub(super) struct Enum {
    pub(super) name: String,
    pub(super) case: Case,
    pub(super) variants: Vec<Variant>,
}

pub(super) struct Variant {
    pub(super) name: String,
    /// What serde writes, where the enum's case gives another name.
    pub(super) rename: Option<String>,
    /// What stands in the `trigger` attribute.
    pub(super) entries: Vec<Said>,
}

/// Plans the source of a trigger with this key.
pub(super) fn file(key: &str, payload: Payload, time: Time) -> File {
    let name = trigger_name(key);
    let mut planner = Planner::new(&name, time);
    let whole = whole(&payload);
    let mut properties = payload.properties;
    for property in &mut properties {
        examples::give_to_members(property);
    }
    let (case, fields) = planner.fields(&properties);
    let mut entries = vec![Entry::Written(Said::Plain(format!("key = {key:?}")))];
    entries.extend(written_name(&name).map(Said::Plain).map(Entry::Written));
    let named: Vec<_> = fields.iter().map(|field| field.name.as_str()).zip(&properties).collect();
    entries.extend(whole.map(Entry::Written));
    entries.extend(roles::entries(&named, payload.knows_roles));
    let trigger = Struct { name, derive: "Trigger", case, entries, fields };
    planner.uses.insert(("trigger_core", "Trigger"));
    let mut items = vec![Item::Struct(trigger)];
    items.extend(planner.items);
    File { uses: planner.uses, items }
}

/// The name of the struct: from a key of one word, with another one behind it, because the display
/// name that is made of it has at least five characters.
fn trigger_name(key: &str) -> String {
    // A line has room for so many letters.
    let name: String = names::pascal(key, "Trigger").chars().take(NAME_MAX).collect();
    let is_short = sentence_case(&name).len() < trigger_dialect::NAME_MIN;
    if is_short || names::taken().any(|taken| taken == name) {
        format!("{name}Trigger")
    } else {
        name
    }
}

/// `name = "…"`, where the one that is made from the struct's is too long.
fn written_name(name: &str) -> Option<String> {
    let name = sentence_case(name);
    let shorter: String = name.chars().take(NAME_MAX).collect();
    (!is_trigger_name(&name)).then(|| format!("name = {:?}", shorter.trim_end()))
}

struct Planner {
    trigger: String,
    time: Time,
    names: Names,
    /// The enums that are planned already, by their values.
    enums: HashMap<Vec<(String, Label)>, String>,
    /// The structs that are, by their signatures, with their members.
    structs: HashMap<String, (String, Vec<Property>)>,
    items: Vec<Item>,
    uses: BTreeSet<(&'static str, &'static str)>,
}

impl Planner {
    fn new(trigger: &str, time: Time) -> Self {
        let mut names = Names::default();
        for name in names::taken() {
            names.take(name);
        }
        names.take(trigger);
        let uses = BTreeSet::from([("serde", "Serialize")]);
        Self {
            trigger: trigger.to_owned(),
            time,
            names,
            enums: HashMap::new(),
            structs: HashMap::new(),
            items: Vec::new(),
            uses,
        }
    }

    /// The fields of an object, and the case in which serde writes their names.
    fn fields(&mut self, properties: &[Property]) -> (Case, Vec<Field>) {
        let mut names = Names::default();
        let name = |property: &Property| {
            let name = names.take_numbered(names::plain_field(&property.key), "_");
            (name, property.key.clone())
        };
        let names: Vec<_> = properties.iter().map(name).collect();
        let case = Case::of_fields(&names);
        let fields = names.into_iter().zip(properties).map(|((name, key), property)| {
            let rename = (case.of_field(&name) != key).then_some(key);
            self.field(&name, rename, property)
        });
        (case, fields.collect())
    }

    fn field(&mut self, name: &str, rename: Option<String>, property: &Property) -> Field {
        // The members of the type that stands for the property may have other examples.
        let mut property = property.clone();
        let ty = self.ty(&mut property);
        let ty = if property.is_required { ty } else { format!("Option<{ty}>") };
        let entries = entries(&property);
        let Property { notes, description, .. } = property;
        Field { notes, description, rename, entries, name: names::field(name), ty }
    }

    fn ty(&mut self, property: &mut Property) -> String {
        if let Some(fixed) = Fixed::of(property) {
            self.uses.insert(("trigger_core::types", fixed.name()));
            return fixed.name().to_owned();
        }
        let key = property.key.clone();
        match &mut property.kind {
            Kind::Text if property.choice.is_some() => "String".to_owned(),
            Kind::Text => self.text(property.format),
            Kind::Integer => "i64".to_owned(),
            Kind::Number => "f64".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Enum(values) => self.enumeration(&key, values),
            Kind::Object(members) => self.object(&names::pascal(&key, &self.trigger), members),
            Kind::Array(members) => {
                let name = match names::singular(&names::snake(&key)) {
                    Some(one) => names::pascal(&one, &self.trigger),
                    None => format!("{}Item", names::pascal(&key, &self.trigger)),
                };
                format!("Vec<{}>", self.object(&name, members))
            }
        }
    }

    fn text(&mut self, format: Option<Format>) -> String {
        let (uses, ty): (&[_], _) = match (format, self.time) {
            (Some(Format::Uuid), _) => (&[("uuid", "Uuid")], "Uuid"),
            (Some(Format::DateTime), Time::Jiff) => (&[("jiff", "Timestamp")], "Timestamp"),
            (Some(Format::DateTime), Time::Chrono) => {
                (&[("chrono", "DateTime"), ("chrono", "Utc")], "DateTime<Utc>")
            }
            (Some(Format::Date), Time::Jiff) => (&[("jiff", "civil::Date")], "Date"),
            (Some(Format::Date), Time::Chrono) => (&[("chrono", "NaiveDate")], "NaiveDate"),
            _ => (&[], "String"),
        };
        self.uses.extend(uses);
        ty.to_owned()
    }

    fn enumeration(&mut self, key: &str, values: &[(String, Label)]) -> String {
        if let Some(name) = self.enums.get(values) {
            return name.clone();
        }
        let name = self.type_name(&names::pascal(key, &self.trigger));
        self.enums.insert(values.to_vec(), name.clone());
        self.items.push(Item::Enum(enumeration(name.clone(), values)));
        name
    }

    /// The struct with these members; its own ones take their place if it is planned already.
    fn object(&mut self, name: &str, members: &mut Vec<Property>) -> String {
        let signature = signature(members);
        if let Some((name, own)) = self.structs.get(&signature) {
            members.clone_from(own);
            return name.clone();
        }
        let name = self.type_name(name);
        self.structs.insert(signature, (name.clone(), members.clone()));
        // Above the types of its own fields.
        let place = self.items.len();
        let (case, fields) = self.fields(members);
        let (derive, entries) = ("Property", Vec::new());
        let item = Struct { name: name.clone(), derive, case, entries, fields };
        self.items.insert(place, Item::Struct(item));
        name
    }

    fn type_name(&mut self, wanted: &str) -> String {
        self.uses.insert(("trigger_core", "Property"));
        if self.names.take(wanted) {
            return wanted.to_owned();
        }
        self.names.take_numbered(format!("{}{wanted}", &self.trigger), "")
    }
}

fn enumeration(name: String, values: &[(String, Label)]) -> Enum {
    let mut names = Names::default();
    let variant = |(value, _): &(String, Label)| {
        let name = names::pascal(value, "Value");
        let name = if name == "Self" { "SelfValue".to_owned() } else { name };
        (names.take_numbered(name, ""), value.clone())
    };
    let variants: Vec<_> = values.iter().map(variant).collect();
    let case = Case::of_variants(&variants);
    let variant = |((name, value), (_, said)): ((String, String), &(String, Label))| {
        let rename = (case.of_variant(&name) != value).then_some(value);
        Variant { name, rename, entries: label(said).into_iter().map(Said::Plain).collect() }
    };
    Enum { name, case, variants: variants.into_iter().zip(values).map(variant).collect() }
}

/// The value that the type of a property gives for an example, if it gives one.
fn own_example(property: &Property) -> Option<Json> {
    if let Some(fixed) = Fixed::of(property) {
        return Some(fixed.example());
    }
    if let Some(choice) = &property.choice {
        return choice.values.first().map(|(value, _)| value.clone());
    }
    match &property.kind {
        Kind::Text if has_format_by_type(property) => {
            property.format.map(|format| Json::text(format.sample()))
        }
        Kind::Text => None,
        Kind::Enum(values) => values.first().map(|(value, _)| Json::text(value)),
        Kind::Integer => Some(Json::Integer(1)),
        Kind::Number => Some(Json::Number(1.5)),
        Kind::Boolean => Some(Json::Boolean(true)),
        Kind::Object(members) => Some(examples::of_members(members)),
        Kind::Array(members) => Some(Json::Array(vec![examples::of_members(members)])),
    }
}
