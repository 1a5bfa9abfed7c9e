//! A payload as its schema describes it, wherever that comes from.

use trigger_core::schema::Format;

use super::Json;

pub(super) struct Payload {
    pub(super) properties: Vec<Property>,
    /// What stands in comments above the struct.
    pub(super) notes: Vec<String>,
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
    /// Empty where it does not matter which.
    pub(super) examples: Vec<Json>,
    /// What stands in comments above the field.
    pub(super) notes: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text,
    /// A string with a choice of values.
    Choice(Vec<String>),
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

    /// Whether one Rust field can stand for both: all is equal but for examples.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let texts = |it: &Self| {
            let description = it.description.clone();
            [it.title.clone(), description, it.custom_type.clone(), it.namespace.clone()]
        };
        let facts = |it: &Self| (it.is_required, it.format, it.is_hidden);
        let defaults_agree = match (&self.default, &other.default) {
            (Some(one), Some(other)) => one.is_same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        self.key == other.key
            && texts(self) == texts(other)
            && facts(self) == facts(other)
            && defaults_agree
            && self.kind.is_like(&other.kind)
    }
}

impl Kind {
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text, Self::Text)
            | (Self::Integer, Self::Integer)
            | (Self::Number, Self::Number)
            | (Self::Boolean, Self::Boolean) => true,
            (Self::Choice(one), Self::Choice(other)) => one == other,
            (Self::Object(one), Self::Object(other)) | (Self::Array(one), Self::Array(other)) => {
                are_like(one, other)
            }
            _ => false,
        }
    }
}

/// Whether one Rust struct can stand for both.
pub(super) fn are_like(one: &[Property], other: &[Property]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_like(other))
}
