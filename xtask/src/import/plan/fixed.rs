//! Wix's fixed shapes, which have types of their own.

use trigger_core::schema::Format;
use trigger_dialect::sentence_case;

use super::super::Json;
use super::super::model::{Kind, Property, signature};

/// A type of `trigger_core::types`.
#[derive(Clone, Copy)]
pub(super) enum Fixed {
    Money,
    ImageUrl,
    Attachment,
}

impl Fixed {
    /// The type that is described by exactly this property, if there is one.
    pub(super) fn of(property: &Property) -> Option<Self> {
        if property.choice.is_some() {
            return None;
        }
        match (property.custom_type.as_deref()?, &property.kind) {
            ("MONEY", Kind::Object(members)) => {
                let expected = [member("currency", None), member("value", Some(Format::Number))];
                has(members, &expected).then_some(Self::Money)
            }
            ("ATTACHMENT", Kind::Object(members)) => {
                let expected = [member("downloadUrl", Some(Format::Uri)), member("fileName", None)];
                has(members, &expected).then_some(Self::Attachment)
            }
            ("IMAGE_URL", Kind::Text) => {
                (property.format == Some(Format::Uri)).then_some(Self::ImageUrl)
            }
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Money => "Money",
            Self::ImageUrl => "ImageUrl",
            Self::Attachment => "Attachment",
        }
    }

    /// What the type gives for an example.
    pub(super) fn example(self) -> Json {
        let object = |members: [(&str, &str); 2]| {
            let members = members.map(|(name, value)| (name.to_owned(), Json::text(value)));
            Json::Object(members.into())
        };
        match self {
            Self::Money => object([("value", "120.50"), ("currency", "EUR")]),
            Self::ImageUrl => Json::text("https://example.com/image.png"),
            Self::Attachment => object([
                ("fileName", "invoice.pdf"),
                ("downloadUrl", "https://example.com/invoice.pdf"),
            ]),
        }
    }
}

fn member(key: &str, format: Option<Format>) -> Property {
    let title = Some(sentence_case(key));
    Property { title, format, is_required: true, ..Property::new(key, Kind::Text) }
}

/// Whether these are the members, in any order; those that are expected come by their keys.
fn has(members: &[Property], expected: &[Property]) -> bool {
    let mut members = members.to_vec();
    members.sort_by(|one, other| one.key.cmp(&other.key));
    signature(&members) == signature(expected)
}
