//! Values and texts that nobody expects.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Numbers at the edges of those that programs count with.
const NUMBERS: [&str; 16] = [
    "0",
    "-0.0",
    "1",
    "-1",
    "127",
    "65536",
    "4294967295",
    "9007199254740993",
    "-9223372036854775808",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551614",
    "1e308",
    "5e-324",
    "1.5",
    "-1e19",
];

pub(super) const TIMES: [&str; 14] = [
    "9999-12-30T22:00:00Z",
    "9999-12-30T22:00:00.999999999Z",
    "-009999-01-02T01:59:59Z",
    "9999-12-31T23:59:59Z",
    "-009999-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026-03-02T09:00:00Z",
    "2026-03-29T02:30:00",
    "2026-10-25T02:30:00",
    "9999-12-31T23:59:59",
    "2026-06-30T23:59:60Z",
    "2024-02-29T00:00:00+25:59",
    "+010000-01-01T00:00:00Z",
    "2026-03-02",
];

pub(super) const SPANS: [&str; 14] = [
    "P9999Y",
    "-P9999Y",
    "P19998Y",
    "PT175307616H",
    "-PT175307616H",
    "PT631107417600S",
    "P239976M",
    "P7304484D",
    "PT0S",
    "PT1M",
    "P1D",
    "P1M",
    "1h 30m",
    "PT0.000000001S",
];

const TEXTS: [&str; 18] = [
    "",
    " ",
    "\u{0}",
    "\u{feff}",
    "NaN",
    "-Infinity",
    "null",
    "../../etc/passwd",
    "\u{1f600}\u{301}",
    "\u{202e}",
    "\r\nx: y",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "00000000-0000-4000-8000-00000000b001",
    "http://127.0.0.1:1/hook",
    "Bearer ",
    "%00%ff",
    "{}",
];

pub(super) fn pick<T: Clone>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(..all.len())].clone()
}

pub(super) fn number(rng: &mut Rng) -> Value {
    serde_json::from_str(pick(rng, &NUMBERS)).expect("a number")
}

pub(super) fn text(rng: &mut Rng) -> String {
    match rng.u8(..10) {
        0 => pick(rng, &TIMES).to_owned(),
        1 => pick(rng, &SPANS).to_owned(),
        2 => rng.i64(..).to_string(),
        3 => "x".repeat(rng.usize(..5_000)),
        4 => (0..rng.usize(..20)).map(|_| rng.char(..)).collect(),
        5 => uuid::Uuid::from_u128(rng.u128(..)).to_string(),
        _ => pick(rng, &TEXTS).to_owned(),
    }
}

/// A small value of any kind.
pub(super) fn value(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2..=4 => number(rng),
        5..=7 => json!(text(rng)),
        8 => json!([value(rng)]),
        9 => json!({ text(rng): value(rng) }),
        10 => deep(rng.usize(..130)),
        _ => Value::Array(vec![json!({}); rng.usize(..120)]),
    }
}

fn deep(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, _| json!([inner]))
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of this number, in the order of the text.
fn nth<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(list) => list.iter_mut().find_map(|it| nth(it, number)),
        Value::Object(map) => map.values_mut().find_map(|it| nth(it, number)),
        _ => None,
    }
}

/// Changes something, anywhere.
pub(super) fn change(rng: &mut Rng, whole: &mut Value) {
    let mut number = rng.usize(..count(whole));
    let mut other = rng.usize(..count(whole));
    let other = nth(whole, &mut other).map(|it| it.clone()).unwrap_or_default();
    let Some(found) = nth(whole, &mut number) else { return };
    match (rng.u8(..8), &mut *found) {
        (0..=4, Value::Array(list)) => change_list(rng, list, other),
        (0..=4, Value::Object(map)) => change_map(rng, map, other),
        (0..=5, Value::Number(_)) => *found = near(rng, found),
        (0..=2, Value::String(text)) => {
            let bytes = bytes(rng, std::mem::take(text).into_bytes());
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        (0..=5, _) => *found = other,
        _ => *found = value(rng),
    }
}

/// A number that is one more or less, or one that nobody expects.
fn near(rng: &mut Rng, value: &Value) -> Value {
    match (rng.u8(..4), value.as_i64()) {
        (0, Some(number)) => json!(number.wrapping_add(1)),
        (1, Some(number)) => json!(number.wrapping_sub(1)),
        (2, _) => json!(rng.u8(..6)),
        _ => number(rng),
    }
}

fn change_list(rng: &mut Rng, list: &mut Vec<Value>, other: Value) {
    let place = rng.usize(..=list.len());
    match rng.u8(..4) {
        0 if place < list.len() => {
            list.remove(place);
        }
        1 if place < list.len() => {
            let again = list[place].clone();
            list.push(again);
        }
        2 if place < list.len() => list.swap(0, place),
        _ => list.insert(place, other),
    }
}

fn change_map(rng: &mut Rng, map: &mut Map<String, Value>, other: Value) {
    let key = map.keys().nth(rng.usize(..map.len().max(1))).cloned().unwrap_or_default();
    match rng.u8(..3) {
        0 => {
            map.remove(&key);
        }
        1 => {
            map.insert(key, other);
        }
        _ => {
            map.insert(text(rng), other);
        }
    }
}

/// Pieces of texts of JSON that are no values.
fn piece(rng: &mut Rng) -> Vec<u8> {
    match rng.u8(..12) {
        0 => "[".repeat(rng.usize(..10_001)).into(),
        1 => "{\"a\":".repeat(rng.usize(..10_001)).into(),
        2 => b"\"\\ud800\"".to_vec(),
        3 => b"1e999".to_vec(),
        4 => b"NaN".to_vec(),
        5 => b"\"triggerKey\":\"due\",".to_vec(),
        6 => b"\"\":0,".to_vec(),
        7 => vec![b'9'; rng.usize(..2_000)],
        8 => vec![0xff, 0xfe],
        9 => text(rng).into(),
        10 => number(rng).to_string().into(),
        _ => vec![pick(rng, b"{}[]\",:\\\0\n=.'#-")],
    }
}

/// The bytes with one thing changed.
pub(super) fn bytes(rng: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    let at = rng.usize(..=bytes.len());
    let end = (at + rng.usize(..=20)).min(bytes.len());
    match rng.u8(..7) {
        0 => bytes.truncate(at),
        1 if at < bytes.len() => bytes[at] = rng.u8(..),
        2 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
        3 => {
            bytes.drain(at..end);
        }
        4 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        5 => {
            bytes.splice(at..end, piece(rng));
        }
        _ => {
            bytes.splice(at..at, piece(rng));
        }
    }
    bytes
}

/// A text of JSON: as it is, with other values, or broken.
pub(super) fn written(rng: &mut Rng, mut value: Value) -> Vec<u8> {
    let kind = rng.u8(..10);
    if kind >= 4 {
        for _ in 0..rng.usize(1..=3) {
            change(rng, &mut value);
        }
    }
    let text = value.to_string().into_bytes();
    if kind >= 8 { bytes(rng, text) } else { text }
}
