//! The document of a struct that uses every attribute.

use std::sync::Arc;

use serde::Serialize;
use trigger_core::schema::Document;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

/// Everything that the attributes
/// can say was said.
///
/// This paragraph is for developers.
#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "everything_said",
    name = "Everything was said",
    scheduled_at = due_at,
    contact = contact_id,
    member = member_id,
    visitor = visitor_id,
    user = user_id,
    entity_id = entity_id,
    payload(title = "All", description = "The payload as a whole", default = {"paid": false})
)]
#[allow(dead_code)]
struct EverythingSaid {
    entity_id: Uuid,
    /// When it is due.
    #[trigger(title = "Due", example = "2027-02-03T04:05:06Z")]
    due_at: jiff::Timestamp,
    #[trigger(namespace = "customer")]
    contact_id: Uuid,
    member_id: Option<Uuid>,
    #[trigger(format = "uuid", example = "00000000-0000-0000-0000-000000000001")]
    visitor_id: String,
    user_id: Option<UserId>,
    /// Total with tax.
    ///
    /// In the currency of the site.
    #[trigger(format = "number", examples = ["120.50", "1"], default = "0")]
    amount: String,
    #[trigger(description = "What is read by \"people\"", title = "The \"link\"", format = "uri")]
    #[trigger(example = "https://example.com/?a=1&b=%3C2%3E", hidden)]
    page_url: String,
    #[trigger(custom_type = "IMAGE_URL", format = "uri", example = "https://example.com/a.png")]
    image: Option<String>,
    #[serde(rename = "STATUS")]
    #[trigger(example = "not-yet", default = "done")]
    status: Status,
    #[trigger(default = true)]
    paid: bool,
    #[trigger(examples = [1, -2, 9_007_199_254_740_992])]
    count: i64,
    #[trigger(example = 1, default = -2.5)]
    ratio: Option<f64>,
    plain: f32,
    day: jiff::civil::Date,
    /// Put together from its members.
    address: Address,
    #[trigger(example = {"street": "Elm", "houseNumber": 7})]
    written: Option<Arc<Address>>,
    lines: Vec<Address>,
    #[trigger(items(title = "Place", description = "Each of them"))]
    places: Vec<Place>,
    level: Level,
    #[trigger(values = [1, 2, 5], example = 5)]
    stars: u8,
    #[trigger(values = [{"const": 1.5, "title": "Half more", "description": "Of it"}, {"const": 2}])]
    rate: Option<f64>,
    #[trigger(format = "uri", values = ["https://example.com/a", "https://example.com/b"])]
    choice: String,
    #[trigger(examples = [[{"street": "Elm"}, {"street": "Oak", "houseNumber": 8}], []])]
    written_lines: Vec<Address>,
    #[serde(flatten)]
    contact: Option<Contact>,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[trigger(example = "Thanks")]
    note: String,
    #[serde(skip)]
    internal: (),
}

#[derive(Serialize, Property)]
#[serde(transparent)]
struct UserId(#[trigger(example = "00000000-0000-0000-0000-000000000002")] Uuid);

#[derive(Serialize, Property)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
enum Status {
    NotYet,
    #[serde(rename = "done")]
    Finished,
}

/// Nobody reads this in a schema.
#[derive(Serialize, Property)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Address {
    /// Without the number.
    #[trigger(examples = ["Elm Street", "Oak Street"], title = "Street name")]
    street: String,
    #[trigger(hidden, default = 1)]
    house_number: Option<u32>,
    status: Option<Status>,
    since: Option<jiff::Timestamp>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "UPPERCASE")]
#[allow(dead_code)]
enum Level {
    /// For developers.
    #[trigger(title = "For beginners", description = "No skill is needed")]
    One,
    #[serde(skip)]
    #[trigger(title = "Hidden")]
    Hidden,
    Two,
}

#[derive(Serialize, Property)]
#[allow(dead_code)]
struct Place {
    #[trigger(values = ["here", "there"])]
    name: String,
    level: Level,
}

#[derive(Serialize, Property)]
#[allow(dead_code)]
struct Contact {
    #[trigger(format = "email", example = "ada@example.com")]
    email: String,
    #[serde(flatten)]
    phone: Phone,
}

#[derive(Serialize, Property)]
#[allow(dead_code)]
struct Phone {
    #[trigger(example = "+1 555 0100")]
    phone: String,
}

#[test]
fn every_attribute_is_in_the_document() {
    insta::assert_snapshot!(EverythingSaid::payload_document());
}

#[test]
fn the_document_is_right() {
    let document = serde_json::to_value(EverythingSaid::payload_document()).unwrap();
    assert_eq!(trigger_xtask::judge::document(&document), []);
    assert_eq!(EverythingSaid::payload_schema().to_value(), document);
}

/// Streamed from constants: what is displayed is what is serialized, without and with a value in
/// between but for the order of the keys.
#[test]
fn a_document_is_the_same_each_way() {
    const DOCUMENT: Document = EverythingSaid::SPEC.payload_document();
    let text = DOCUMENT.to_string();
    assert_eq!(text, serde_json::to_string_pretty(&DOCUMENT).unwrap());
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed, serde_json::to_value(DOCUMENT).unwrap());
}

#[test]
fn what_is_no_part_of_the_document_is_in_the_description() {
    let spec = EverythingSaid::SPEC;
    assert_eq!(spec.key(), "everything_said");
    assert_eq!(spec.name(), "Everything was said");
    assert_eq!(spec.description(), Some("Everything that the attributes can say was said."));
    assert_eq!(spec.scheduled_at(), Some("dueAt"));
    let entity_id = spec.entity_id().unwrap();
    assert_eq!((entity_id.field(), entity_id.property()), ("entity_id", Some("entityId")));
    assert_eq!(spec.rust_type(), "document::EverythingSaid");
    assert_eq!(spec.package(), "trigger-tests");
    assert_eq!(spec.file(), file!());
}

/// More types that the derive knows by their names than it asks for at once, and others between.
#[derive(Serialize, Trigger)]
#[trigger(key = "types_in_order", scheduled_at = at, contact = contact)]
struct TypesInOrder {
    a: bool,
    b: Option<Choice>,
    c: u8,
    d: i64,
    e: f64,
    contact: Uuid,
    own: names::Uuid,
    at: jiff::Timestamp,
    #[trigger(example = "x")]
    f: String,
    #[trigger(format = "email", example = "ada@example.com")]
    g: Option<String>,
    h: bool,
    i: u16,
    j: u16,
    k: u16,
    l: f32,
    m: u8,
    n: f32,
}

#[derive(Serialize, Property)]
#[expect(dead_code, reason = "only its schema is looked at")]
enum Choice {
    One,
}

mod names {
    /// A type of the program's own, with a name that the derive knows.
    #[derive(serde::Serialize, trigger_core::Property)]
    pub(crate) struct Uuid(pub(crate) u8);
}

#[test]
fn types_stand_with_their_fields() {
    let types: Vec<_> = TypesInOrder::SPEC
        .properties()
        .map(|property| format!("{}:{}", property.name(), property.json_type().name()))
        .collect();
    let expected = "a:boolean b:string c:integer d:integer e:number contact:string own:integer \
                    at:string f:string g:string h:boolean i:integer j:integer k:integer l:number \
                    m:integer n:number";
    assert_eq!(types.join(" "), expected);
}
