//! A payload as its schema describes it, wherever that comes from.

use trigger_core::schema::Format;

use super::Json;

pub(super) struct Payload {
    pub(super) properties: Vec<Property>,
    /// Of the payload as a whole.
    pub(super) label: Label,
    pub(super) default: Option<Json>,
    pub(super) examples: Vec<Json>,
    /// Whether it is known which properties have a role, but for the entity id.
    pub(super) knows_roles: bool,
}

/// A property, or a member of one.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
    /// `None` where it is made from the key.
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Of a [`Kind::Text`].
    pub(super) format: Option<Format>,
    pub(super) custom_type: Option<String>,
    pub(super) identity: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) is_future_date: bool,
    pub(super) is_hidden: bool,
    pub(super) default: Option<Json>,
    /// The values of a choice that becomes no Rust enum.
    pub(super) choice: Option<Choice>,
    /// Of the items of an array.
    pub(super) items: Label,
    /// Empty where it does not matter which.
    pub(super) examples: Vec<Json>,
    /// What stands in comments above the field.
    pub(super) notes: Vec<String>,
}

/// What people read in the place of a value, of an item or of a payload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Label {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) values: Vec<(Json, Label)>,
    /// Whether it is a `oneOf`.
    pub(super) is_one_of: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text,
    /// A string with a choice of values that becomes a Rust enum.
    Enum(Vec<(String, Label)>),
    Integer,
    Number,
    Boolean,
    Object(Vec<Property>),
    /// An array of objects with these members.
    Array(Vec<Property>),
}

impl Property {
    pub(super) fn new(key: &str, kind: Kind) -> Self {
        Self {
            key: key.to_owned(),
            kind,
            is_required: false,
            title: None,
            description: None,
            format: None,
            custom_type: None,
            identity: None,
            namespace: None,
            is_future_date: false,
            is_hidden: false,
            default: None,
            choice: None,
            items: Label::default(),
            examples: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The members of an object, or of an array's items; nothing for everything else.
    pub(super) fn members(&self) -> &[Self] {
        match &self.kind {
            Kind::Object(members) | Kind::Array(members) => members,
            _ => &[],
        }
    }

    pub(super) fn members_mut(&mut self) -> &mut [Self] {
        match &mut self.kind {
            Kind::Object(members) | Kind::Array(members) => members,
            _ => &mut [],
        }
    }
}

/// What one struct has in common that stands for these members: all but their examples.
pub(super) fn signature(members: &[Property]) -> String {
    let bare = |member: &Property| {
        let (examples, notes) = (Vec::new(), Vec::new());
        Property { examples, notes, ..member.clone() }
    };
    let members: Vec<_> = members.iter().map(bare).collect();
    format!("{members:?}")
}
