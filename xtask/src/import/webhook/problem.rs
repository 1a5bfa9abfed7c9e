/// What is wrong with a line of a webhook's page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageProblem {
    /// The page has no schema of a webhook.
    #[error(
        "no line of this page starts with `Webhook:`; the page is to have its line breaks and \
         indentation, as Wix has it under the address that ends with `.md`"
    )]
    NoWebhook,
    /// The page has no list of fields.
    #[error("no line after this one is `Event body:`, which the fields stand below")]
    NoEventBody,
    /// The list of fields has none.
    #[error("nothing stands below `Event body:`")]
    NoFields,
    /// A field is not written as fields are.
    #[error("a field is written `- name: … | type: … | description: …`")]
    Field,
    /// A page without its line breaks.
    #[error("several fields stand on this line; the page is to have its line breaks")]
    SeveralFields,
    /// A field's name cannot be a key.
    #[error("`{name}` is no name of a field: 1 to 100 characters, no blanks")]
    Name {
        /// What stands there.
        name: String,
    },
    /// A field's type is none that pages have.
    #[error("`{ty}` is no type that is known; as `object`, it is read as any JSON")]
    Type {
        /// What stands there.
        ty: String,
    },
    /// A line is indented unlike those it stands beside.
    #[error("this line is indented neither as line {sibling} nor below the line before it")]
    Indentation {
        /// A line that it could stand beside.
        sibling: usize,
    },
    /// Tabs in one line, blanks in the other.
    #[error("this line and line {other} are indented by tabs and by blanks; use one of them")]
    TabsAndBlanks {
        /// The other line.
        other: usize,
    },
    /// A line stands where nothing can.
    #[error("this line belongs to no field")]
    Stray,
    /// Too much stands inside each other.
    #[error("this line is inside more than {limit} others")]
    TooDeep {
        /// How many it may be.
        limit: usize,
    },
    /// Something stands inside a field that has no inside.
    #[error("nothing can stand inside `{name}`, which is a `{ty}`")]
    Inside {
        /// The field's name.
        name: String,
        /// The field's type.
        ty: String,
    },
    /// A field has both fields and values inside.
    #[error("`{name}` has both fields and values of an enum")]
    FieldsAndValues {
        /// The field's name.
        name: String,
    },
    /// An enum or `ONE-OF` is empty.
    #[error("nothing stands below `{what}`")]
    Empty {
        /// `- enum:` or `- ONE-OF:`
        what: &'static str,
    },
    /// A name or value stands twice in the same place.
    #[error("`{name}` stands here already, on line {first}")]
    Twice {
        /// The name or value.
        name: String,
        /// The line of the first.
        first: usize,
    },
    /// A part of the fields stands outside of the schema.
    #[error("this field is outside of the schema, which ends on line {end}")]
    Outside {
        /// The line of the fence that ends it.
        end: usize,
    },
    /// No field holds a body.
    #[error(
        "none of the fields is `createdEvent`, `updatedEvent`, `deletedEvent` or `actionEvent`"
    )]
    NoEvent,
    /// The field that holds the body does not tell it.
    #[error("the fields of the body are missing inside `{name}`")]
    NoBody {
        /// The field's name.
        name: String,
    },
}
