//! No input makes the import panic or hang: bytes, broken JSON, JSON of any shape, and schemas with
//! whatever in them.
//!
//! A test run takes the same some thousand cases. `NEVER_PANICS_SECONDS=600 cargo test -p
//! trigger-xtask --test import never_panics -- --nocapture` goes on with fresh seeds for ten minutes.
//! A failure names its seed; `NEVER_PANICS_SEED=…` does that case again.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::{Map, Value, json};
use trigger_core::schema::Format;
use trigger_xtask::ImportError;
use trigger_xtask::import::{Input, Options, Time, to_rust};

use crate::golden::GOLDEN;

/// How long a case may take.
const CASE_LIMIT: Duration = Duration::from_secs(30);

/// As the main thread of some systems has.
const STACK: usize = 1 << 20;

/// How often each end was met.
type Met = BTreeMap<&'static str, usize>;

#[test]
fn never_panics() {
    let number = |name: &str| std::env::var(name).ok().map(|it| it.parse().expect("a number"));
    if let Some(seed) = number("NEVER_PANICS_SEED") {
        return println!("{:?}", one(seed));
    }
    let limit = Duration::from_secs(number("NEVER_PANICS_SECONDS").unwrap_or_default());
    let (start, mut met, mut done) = (Instant::now(), Met::new(), 0);
    while done < 3_000 || start.elapsed() < limit {
        // A test run is the same each time; longer ones are not.
        let seed = if limit.is_zero() { done } else { fastrand::u64(..) };
        *met.entry(one(seed)).or_default() += 1;
        done += 1;
    }
    println!("{done} cases in {:?}: {met:#?}", start.elapsed());
    // One that never gets there proves nothing.
    for end in ["schema", "samples", "refused", "no JSON", "no UTF-8", "several", "empty"] {
        assert!(met.contains_key(end), "`{end}` was never met: {met:#?}");
    }
}

/// Does one case on a thread of its own, whose name says how to do it again: that is told even if
/// the stack overflows.
fn one(seed: u64) -> &'static str {
    let again = format!("NEVER_PANICS_SEED={seed}");
    let (done, ended) = mpsc::channel();
    let body = move || {
        // Whoever waited may have given up.
        let _ = done.send(case(&mut Rng::with_seed(seed)));
    };
    let thread = thread::Builder::new().name(again.clone()).stack_size(STACK).spawn(body);
    let _thread = thread.expect("a thread");
    match ended.recv_timeout(CASE_LIMIT) {
        Ok(end) => end,
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("it failed; {again}"),
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs; {again}"),
    }
}

fn case(rng: &mut Rng) -> &'static str {
    let mut texts = vec![input(rng)];
    while rng.u8(..4) == 0 {
        texts.push(input(rng));
    }
    let inputs: Vec<_> =
        texts.iter().map(|bytes| Input { name: "seat_taken.json", bytes }).collect();
    let time = if rng.bool() { Time::Jiff } else { Time::Chrono };
    let options = Options { time, ..Options::default() };
    match to_rust(&inputs, &options) {
        Ok(source) => {
            assert!(source.contains("pub struct SeatTaken {\n"), "{source}");
            assert!(source.lines().all(|line| !line.contains(char::is_control)), "{source}");
            let is_schema =
                texts.iter().any(|text| text.windows(12).any(|it| it == b"\"properties\""));
            if is_schema { "schema" } else { "samples" }
        }
        Err(ImportError::Refused(refusals)) => {
            assert!(!refusals.is_empty());
            "refused"
        }
        Err(ImportError::NotJson { .. }) => "no JSON",
        Err(ImportError::NotUtf8 { .. }) => "no UTF-8",
        Err(ImportError::SeveralSchemas) => "several",
        Err(ImportError::Empty { .. }) => "empty",
        Err(error) => panic!("{error}"),
    }
}

fn input(rng: &mut Rng) -> Vec<u8> {
    match rng.u8(..12) {
        0 => (0..rng.usize(..200)).map(|_| rng.u8(..)).collect(),
        1 => characters(rng).into_bytes(),
        2 | 3 => broken(rng),
        4..=6 => value(rng, 4).to_string().into_bytes(),
        7 => json!({ word(rng): value(rng, 3), word(rng): value(rng, 2) }).to_string().into_bytes(),
        _ => schema(rng).to_string().into_bytes(),
    }
}

/// What JSON is made of, in any order.
fn characters(rng: &mut Rng) -> String {
    const PARTS: [&str; 20] = [
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\u0000", "\\ud800", "1", "-", "1e400", ".5",
        "null", "true", "{\"a\":", "[[[[", " ", "\n",
    ];
    (0..rng.usize(..60)).map(|_| PARTS[rng.usize(..PARTS.len())]).collect()
}

const SIGNS: &[u8] = b"{}[]\",:0\x00\xff9eE-truaz";

/// A golden file with some bytes changed, taken out or put in.
fn broken(rng: &mut Rng) -> Vec<u8> {
    let mut bytes = GOLDEN[rng.usize(..GOLDEN.len())].1.as_bytes().to_vec();
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(..bytes.len());
        let new = SIGNS[rng.usize(..SIGNS.len())];
        match rng.u8(..4) {
            0 => bytes[at] = new,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, new),
            _ => drop(bytes.drain(at..(at + rng.usize(..40)).min(bytes.len()))),
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

const KEYWORDS: [&str; 26] = [
    "type",
    "title",
    "description",
    "default",
    "examples",
    "format",
    "enum",
    "oneOf",
    "const",
    "hidden",
    "wixCustomType",
    "identityType",
    "namespace",
    "futureDate",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "$schema",
    "$id",
    "$ref",
    "anyOf",
    "allOf",
    "minimum",
    "definitions",
    "not",
];

fn word(rng: &mut Rng) -> String {
    const WORDS: [&str; 22] = [
        "a",
        "b",
        "contactId",
        "self",
        "Self",
        "crate",
        "_id",
        "",
        "due-at",
        "\u{e4}",
        "\u{202e}",
        "\0",
        "a/b~c",
        "type",
        "properties",
        "string",
        "number",
        "integer",
        "object",
        "array",
        "boolean",
        "1",
    ];
    match rng.u8(..6) {
        0 => KEYWORDS[rng.usize(..KEYWORDS.len())].to_owned(),
        1 => Format::ALL[rng.usize(..Format::ALL.len())].name().to_owned(),
        2 => Format::ALL[rng.usize(..Format::ALL.len())].sample().to_owned(),
        3 => (0..rng.usize(..8)).map(|_| rng.char(..)).collect(),
        _ => WORDS[rng.usize(..WORDS.len())].to_owned(),
    }
}

fn value(rng: &mut Rng, depth: usize) -> Value {
    match rng.u8(..if depth == 0 { 7 } else { 12 }) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i64(-3..9)),
        3 => json!([i64::MIN, i64::MAX, 1 << 53, (1 << 53) + 1][rng.usize(..4)]),
        4 => json!([1.8e19, -0.0, 1e308, 5e-324, 12.0, 0.1][rng.usize(..6)]),
        5 | 6 => json!(word(rng)),
        7 | 8 => (0..rng.usize(..4)).map(|_| value(rng, depth - 1)).collect(),
        _ => object(rng, |rng| value(rng, depth - 1)),
    }
}

fn object(rng: &mut Rng, value: impl Fn(&mut Rng) -> Value) -> Value {
    Value::Object((0..rng.usize(..5)).map(|_| (word(rng), value(rng))).collect())
}

/// A schema that is nearly right, or right.
fn schema(rng: &mut Rng) -> Value {
    let mut schema = described(rng, 2);
    schema["type"] = json!("object");
    for keyword in ["title", "examples", "enum", "format", "default", "description"] {
        if rng.u8(..8) > 0 {
            schema.as_object_mut().expect("an object").remove(keyword);
        }
    }
    schema
}

/// An object with members that are described, as deep as that.
fn described(rng: &mut Rng, depth: usize) -> Value {
    let mut members = Map::new();
    for at in 0..rng.usize(1..4) {
        let name = if rng.u8(..8) == 0 { word(rng) } else { format!("k{at}") };
        members.insert(name, property(rng, depth));
    }
    let required: Vec<_> = members.keys().filter(|_| rng.bool()).cloned().collect();
    json!({ "type": "object", "properties": members, "required": required })
}

fn property(rng: &mut Rng, depth: usize) -> Value {
    let mut property = match rng.u8(..if depth == 2 { 9 } else { 7 }) {
        0 => json!({ "type": "integer", "examples": [rng.i32(..)] }),
        1 => json!({ "type": "number", "examples": [rng.f64()] }),
        2 => json!({ "type": "boolean", "examples": [true] }),
        3 => json!({ "type": "string", "enum": ["A", "b c"], "examples": ["A"] }),
        4 | 5 => {
            let format = Format::ALL[rng.usize(..Format::ALL.len())];
            json!({ "type": "string", "format": format.name(), "examples": [format.sample()] })
        }
        6 => json!({ "type": "string", "examples": [word(rng)] }),
        7 => json!({ "type": "array", "items": described(rng, depth - 1), "examples": [[]] }),
        _ => {
            let mut object = described(rng, depth - 1);
            // Wrong where a member is required.
            object["examples"] = json!([{}]);
            object
        }
    };
    property["title"] = json!("Title");
    if depth < 2 && rng.u8(..30) > 0 {
        property.as_object_mut().expect("an object").remove("examples");
    }
    if rng.u8(..12) == 0 {
        property[KEYWORDS[rng.usize(..KEYWORDS.len())]] = value(rng, 2);
    }
    property
}
