//! The rules of a trigger and its payload schema: the first part of the table.
//!
//! A rule that goes leaves a gap: an id is never given again. Tests hold the examples to what the
//! derive and the compiler say of them, and `docs/rules.md` to this table.

// All examples stand between the same marks, whether they hold a quote or not.
#![expect(clippy::needless_raw_string_hashes)]

use super::{Kind, Language, Level, Mistake, Rule, Weight};

macro_rules! rules {
    ($($name:ident: $id:literal, $level:ident, $language:ident {
        words: $words:literal,
        source: $weight:ident, $source:literal,
        bad: $bad:literal,
        mended: $mended:literal,
    })*) => {
        impl Rule {
            $(
                #[doc = concat!($id, ": ", $words, ".")]
                pub const $name: Self = Self {
                    id: $id,
                    words: $words,
                    level: Level::$level,
                    source: $source,
                    weight: Weight::$weight,
                    kind: Kind::Schema(Mistake {
                        language: Language::$language,
                        bad: $bad,
                        mended: $mended,
                    }),
                };
            )*
        }

        /// All rules of schemas, in the order of their ids.
        pub(super) const SCHEMAS: &[Rule] = &[$(Rule::$name),*];
    };
}

// The trigger and its attribute.
rules! {
    KEY_WRITTEN: "T001", Error, Rust {
        words: "a trigger has a key, written in the attribute",
        source: Certain, "Wix's pages on adding a trigger: the key cannot change once the trigger is published, so it is never made from a name that may",
        bad: r#"#[derive(Serialize, Trigger)]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    KEY_PATTERN: "T002", Error, Rust {
        words: "a trigger key is 1 to 100 small letters, digits, `_` and `-`, the first a letter or digit",
        source: Certain, "Wix's pages on adding a trigger, put together",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "Invoice due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    NAME_LENGTH: "T003", Error, Rust {
        words: "a trigger's name has 5 to 80 characters",
        source: Certain, "Wix's pages on adding a trigger",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Invoice due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    DESCRIPTION_LENGTH: "T004", Error, Rust {
        words: "a trigger's description has at most 250 characters",
        source: Strong, "Wix's older pages on adding a trigger",
        bad: r#"/// An invoice is about to be due. Whoever keeps the books may want to know of it some days
/// before, so that there is time to write to the customer, to ask whether the invoice has
/// arrived at all, and to agree on another date where the customer cannot pay in time.
#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"/// An invoice is about to be due.
///
/// Only the first paragraph is the description.
#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    TRIGGER_SHAPE: "T005", Error, Rust {
        words: "a trigger is a struct with named fields",
        source: Certain, "Wix's article on the payload schema: the payload is an object",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue(Uuid);"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    PROPERTY_SHAPE: "T006", Error, Rust {
        words: "a property is a struct with named fields, an enum of unit variants or a newtype",
        source: Certain, "Wix's article on the payload schema, which lists the types, and serde's documentation of what it writes",
        bad: r#"#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid { by: String },
}"#,
        mended: r#"#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid,
}"#,
    }
    NO_PARAMETERS: "T007", Error, Rust {
        words: "a payload schema has no type or const parameters",
        source: Ours, "a trigger has one schema, and a generic struct would have many",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue<const REMINDER: u8> {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
    reminder: u8,
}"#,
    }
    PROPERTY_PRESENT: "T008", Error, Rust {
        words: "a payload schema has at least one property",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[serde(skip)]
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    ATTRIBUTE_KNOWN: "T009", Error, Rust {
        words: "a `trigger` attribute is one of those in the reference",
        source: Ours, "the reference of attributes, on the pages of the derive macros",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(titel = "Invoice")]
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(title = "Invoice")]
    invoice_id: Uuid,
}"#,
    }
    ATTRIBUTE_ONCE: "T010", Error, Rust {
        words: "a `trigger` attribute is given once, with the value that it takes",
        source: Ours, "the reference of attributes, on the pages of the derive macros",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Invoice due", name = "Due invoice")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Invoice due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }
    ROLE_FIELD: "T011", Error, Rust {
        words: "a role names a field of the struct that is in the payload",
        source: Ours, "a role is written on the struct and marks a property",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact)]
struct InvoiceDue {
    contact_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id)]
struct InvoiceDue {
    contact_id: Uuid,
}"#,
    }

    PROPERTY_NAME: "T020", Error, Rust {
        words: "a property's name holds only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_`",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[serde(rename = "invoice-id")]
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[serde(rename = "invoiceId")]
    invoice_id: Uuid,
}"#,
    }
    PROPERTY_NAME_ONCE: "T021", Error, Rust {
        words: "a property's name stands once in its object",
        source: Certain, "RFC 8259: of a name that stands twice in an object, a reader may take either value",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    id: Uuid,
    #[serde(rename = "id")]
    contact_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    id: Uuid,
    contact_id: Uuid,
}"#,
    }
    PROPERTY_TYPE: "T022", Error, Rust {
        words: "a property is a string, number, integer, boolean, array of objects or object",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    overdue: std::time::Duration,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    overdue_days: u32,
}"#,
    }
    MEMBER_TYPE: "T023", Error, Rust {
        words: "a member of an object is a string, number, integer or boolean",
        source: Certain, "Wix's article on the payload schema: there are two levels",
        bad: r#"#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    price: Price,
}

#[derive(Serialize, Property)]
struct Price {
    amount: f64,
}"#,
        mended: r#"#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    price: f64,
}"#,
    }
    ITEM_TYPE: "T024", Error, Rust {
        words: "the items of an array are objects",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    tags: Vec<String>,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    tags: Vec<Tag>,
}

#[derive(Serialize, Property)]
struct Tag {
    #[trigger(example = "VIP")]
    name: String,
}"#,
    }
    KEYWORD_KNOWN: "T025", Error, Json {
        words: "a schema has the keywords of Wix's dialect, and no others",
        source: Inferred, "Wix's article on the payload schema, which lists keywords and says nothing of others",
        bad: r#"{
  "type": "object",
  "properties": {
    "amount": { "type": "number", "title": "Amount", "minimum": 0, "examples": [120.5] }
  }
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "amount": { "type": "number", "title": "Amount", "examples": [120.5] }
  }
}"#,
    }
    ROOT_OBJECT: "T026", Error, Json {
        words: "a payload schema is of type `object` and describes its properties",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"{
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
    }
    REQUIRED_DESCRIBED: "T027", Error, Json {
        words: "`required` lists names of properties, each once",
        source: Inferred, "Wix's article on the payload schema: without a required property no automation is activated, so a name that nothing describes stops all of them",
        bad: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  },
  "required": ["number", "amount"]
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  },
  "required": ["number"]
}"#,
    }
    CHOICE_VALUES: "T028", Error, Json {
        words: "a choice lists different values of its property's own type",
        source: Inferred, "Wix's article on the payload schema, which offers the values as a choice in conditions, and JSON Schema draft-07",
        bad: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "enum": ["SENT", "VIEWED", "SENT"],
      "examples": ["SENT"]
    }
  }
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "enum": ["SENT", "VIEWED"],
      "examples": ["SENT"]
    }
  }
}"#,
    }
    CUSTOM_TYPE: "T029", Error, Json {
        words: "a `wixCustomType` stands on the shape that Wix fixed for it",
        source: Strong, "Wix's older or neighbouring documents on payload schemas, which give each shape",
        bad: r#"{
  "type": "object",
  "properties": {
    "total": {
      "type": "object",
      "title": "Total",
      "wixCustomType": "MONEY",
      "properties": {
        "amount": { "type": "string", "title": "Amount" },
        "currency": { "type": "string", "title": "Currency" }
      },
      "examples": [{ "amount": "120.50", "currency": "EUR" }]
    }
  }
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "total": {
      "type": "object",
      "title": "Total",
      "wixCustomType": "MONEY",
      "properties": {
        "value": { "type": "string", "title": "Value" },
        "currency": { "type": "string", "title": "Currency" }
      },
      "examples": [{ "value": "120.50", "currency": "EUR" }]
    }
  }
}"#,
    }

    SCHEDULED_AT: "T030", Error, Rust {
        words: "a scheduled event happens at a required date-time of its payload",
        source: Inferred, "Wix's article on the payload schema: `futureDate` stands on a string with `format: date-time`; that the date is required follows, since no event can happen at a date that is missing",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", scheduled_at = due_at, entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    #[trigger(format = "date", example = "2026-01-15")]
    due_at: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", scheduled_at = due_at, entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    due_at: String,
}"#,
    }
    IDENTITY: "T031", Error, Rust {
        words: "an identity is a UUID, one property for each type of identity",
        source: Strong, "Wix's article on the payload schema for the UUID; of two articles, the newer allows one property of each type",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id)]
struct InvoiceDue {
    contact_id: u64,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id)]
struct InvoiceDue {
    contact_id: Uuid,
}"#,
    }
    ENTITY_ID: "T032", Error, Rust {
        words: "an external entity id is a required UUID",
        source: Certain, "Wix's article on reporting and canceling events: the id is a GUID, and an event without it cannot be canceled",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", entity_id = number)]
struct InvoiceDue {
    #[trigger(example = "INV-0042")]
    number: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", entity_id = invoice_id)]
struct InvoiceDue {
    #[serde(skip)]
    invoice_id: Uuid,
    #[trigger(example = "INV-0042")]
    number: String,
}"#,
    }
    CANCELS: "T033", Error, Rust {
        words: "what is canceled has an external entity id, and what cancels it says `cancels(…)`",
        source: Certain, "Wix's article on reporting and canceling events",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_sent")]
struct InvoiceSent {
    invoice_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", entity_id = invoice_id, cancels(InvoiceSent))]
struct InvoicePaid {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_sent", entity_id = invoice_id)]
struct InvoiceSent {
    invoice_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", entity_id = invoice_id, cancels(InvoiceSent))]
struct InvoicePaid {
    invoice_id: Uuid,
}"#,
    }

    EXAMPLE_PRESENT: "T040", Error, Rust {
        words: "a property has an example",
        source: Certain, "Wix's article on the payload schema: examples are the placeholders when an automation is tested",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    number: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = "INV-0042")]
    number: String,
}"#,
    }
    EXAMPLE_TYPE: "T041", Error, Rust {
        words: "an example or default is of its property's own type",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = 42)]
    number: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = "INV-0042")]
    number: String,
}"#,
    }
    EXAMPLE_FORMAT: "T042", Error, Rust {
        words: "an example, a default or a value of a choice fits its property's format",
        source: Inferred, "JSON Schema draft-07; whether Wix enforces a format is not public",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "email", example = "ada at example.com")]
    email: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "email", example = "ada@example.com")]
    email: String,
}"#,
    }
    FORMAT_KNOWN: "T043", Error, Rust {
        words: "a format is one of draft-07's, or Wix's `number`",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "e-mail", example = "ada@example.com")]
    email: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "email", example = "ada@example.com")]
    email: String,
}"#,
    }
    FORMAT_STRING: "T044", Error, Rust {
        words: "only strings have a format",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "number", example = "120.50")]
    amount: f64,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "number", example = "120.50")]
    amount: String,
}"#,
    }
    NAMESPACE: "T045", Error, Rust {
        words: "a namespace names an identity's object",
        source: Strong, "Wix's older or neighbouring documents on payload schemas",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(namespace = "customer")]
    contact_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id)]
struct InvoiceDue {
    #[trigger(namespace = "customer")]
    contact_id: Uuid,
}"#,
    }
    TEXT_PRESENT: "T046", Error, Rust {
        words: "a title, description, namespace or custom type is not empty",
        source: Ours, "the site's people read these texts, and an empty one is a mistake",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(title = "")]
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(title = "Invoice")]
    invoice_id: Uuid,
}"#,
    }
    TITLE_PRESENT: "T047", Error, Json {
        words: "a property has a title, on either level",
        source: Certain, "Wix's article on the payload schema",
        bad: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "examples": ["INV-0042"] }
  }
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
    }
    MEMBER_EXAMPLE: "T048", Error, Json {
        words: "a member of an object has no examples of its own",
        source: Certain, "Wix's article on the payload schema: the examples stand on the first level",
        bad: r#"{
  "type": "object",
  "properties": {
    "customer": {
      "type": "object",
      "title": "Customer",
      "properties": {
        "name": { "type": "string", "title": "Name", "examples": ["Ada"] }
      },
      "examples": [{ "name": "Ada" }]
    }
  }
}"#,
        mended: r#"{
  "type": "object",
  "properties": {
    "customer": {
      "type": "object",
      "title": "Customer",
      "properties": {
        "name": { "type": "string", "title": "Name" }
      },
      "examples": [{ "name": "Ada" }]
    }
  }
}"#,
    }

    SERDE_FOLLOWED: "T050", Error, Rust {
        words: "the schema describes what serde writes",
        source: Ours, "serde's documentation of its attributes; one that no schema can follow is refused",
        bad: r#"#[derive(Serialize, Trigger)]
#[serde(tag = "type")]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[serde(rename = "type")]
    #[trigger(example = "InvoiceDue")]
    kind: String,
    invoice_id: Uuid,
}"#,
    }
    INTEGER_RANGE: "T051", Error, Rust {
        words: "a payload's integers are at most 2^53 either way",
        source: Inferred, "Wix's REST reference: a payload is a protobuf `Struct`, whose numbers are doubles",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = 9007199254740993)]
    number: u64,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = "9007199254740993")]
    number: String,
}"#,
    }
    TYPE_WRITES: "T052", Error, Rust {
        words: "a type writes the JSON that it declares",
        source: Ours, "`Property` tells the schema of a type and `Serialize` writes it; the export asks both of the types of other crates, and a type of one's own is held to it when a payload is written",
        bad: r#"#[derive(Property)]
struct Minutes(u32);

impl Serialize for Minutes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} min", self.0))
    }
}"#,
        mended: r#"#[derive(Serialize, Property)]
struct Minutes(u32);"#,
    }
    SERIALIZE_DERIVED: "T053", Error, Rust {
        words: "a trigger derives serde's `Serialize`",
        source: Ours, "serde writes the payload, and what it writes is what the schema describes",
        bad: r#"#[derive(Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}"#,
    }

    CANCEL_ADVICE: "T070", Advice, Rust {
        words: "a scheduled trigger has an `entity_id`, so that its events can be canceled",
        source: Certain, "Wix's article on reporting and canceling events, which strongly recommends to cancel what is no longer relevant",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", scheduled_at = due_at)]
struct InvoiceDue {
    invoice_id: Uuid,
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    due_at: String,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", scheduled_at = due_at, entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    due_at: String,
}"#,
    }
    ENTITY_ADVICE: "T071", Advice, Rust {
        words: "an `entity_id` is not the contact or member that many events share",
        source: Certain, "Wix's article on reporting and canceling events: a cancel ends all events that share the id, so it is the one of the many side",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id, entity_id = contact_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    contact_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id, entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    contact_id: Uuid,
}"#,
    }
    NAME_ADVICE: "T072", Advice, Rust {
        words: "a trigger's name is in sentence case and singular, without a final period",
        source: Certain, "Wix's advice on display names, which asks for the passive voice besides",
        bad: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", name = "Invoice Was Paid.")]
struct InvoicePaid {
    invoice_id: Uuid,
}"#,
        mended: r#"#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", name = "Invoice paid")]
struct InvoicePaid {
    invoice_id: Uuid,
}"#,
    }
}
