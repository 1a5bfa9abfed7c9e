//! `payload::to_vec`, and the body of a report, beside `serde_json::to_vec`: the time, as a ratio,
//! and the allocations.
//!
//! `cargo bench -p trigger-tests --bench payload`. The events hold no `None`, so both write the
//! same bytes, and what is measured is what the judging costs. Without `--bench` among the
//! arguments, as `cargo test --all-targets` runs it, nothing is timed.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;
use trigger_core::report::{App, IdempotencyKey, Report, Request, Sending, Transport};
use trigger_core::{Property, Trigger, payload};
use trigger_tests::Quartiles;
use uuid::Uuid;

/// `payload::to_vec` may take this much of what `serde_json::to_vec` takes.
const LIMIT: f64 = 1.05;
const ROUNDS: usize = 200;
/// What one batch lasts: long for the clock, short for whatever else the machine does.
const BATCH: Duration = Duration::from_micros(300);

#[derive(Serialize, Trigger)]
#[trigger(key = "temperature_measured")]
struct Small {
    sensor: u32,
    degrees: f64,
    raining: bool,
    #[trigger(example = "Kitchen")]
    room: String,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(dead_code)]
enum Status {
    Draft,
    Sent,
    PartlyPaid,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "camelCase")]
struct Line {
    #[trigger(example = "Piano lesson")]
    description: String,
    quantity: u32,
    #[serde(with = "rust_decimal::serde::str")]
    unit_price: Decimal,
}

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "invoice_due",
    scheduled_at = due_at,
    contact = contact_id,
    entity_id = invoice_id,
)]
struct InvoiceDue {
    invoice_id: Uuid,
    due_at: Timestamp,
    contact_id: Uuid,
    #[serde(with = "rust_decimal::serde::str")]
    amount: Decimal,
    #[trigger(example = "INV-0042")]
    number: String,
    #[trigger(example = "Ada Lovelace")]
    customer_name: String,
    status: Status,
    lines: Vec<Line>,
    #[trigger(format = "email", example = "ada@example.com")]
    email: Option<String>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "camelCase")]
struct Participant {
    #[trigger(example = "Ada")]
    first_name: String,
    #[trigger(example = "Lovelace")]
    last_name: String,
    #[trigger(example = "+44 20 7946 0000")]
    phone: String,
    seats: u32,
    price: f64,
}

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(key = "class_held", name = "Class held")]
struct Large {
    #[trigger(example = "Pottery")]
    class_name: String,
    participants: Vec<Participant>,
}

fn small() -> Small {
    Small { sensor: 7, degrees: 21.5, raining: false, room: "Kitchen".to_owned() }
}

fn invoice_due() -> InvoiceDue {
    let line = |description: &str, quantity, cents| Line {
        description: description.to_owned(),
        quantity,
        unit_price: Decimal::new(cents, 2),
    };
    InvoiceDue {
        invoice_id: Uuid::from_u128(0x2a4c_8a1e_3f0d_4f5b_9f0e_6b1d_2c3e_4f50),
        // Not past, which would be told.
        due_at: Timestamp::constant(3_774_908_000, 0),
        contact_id: Uuid::from_u128(0x6b1d_2c3e_4f50_4f5b_9f0e_2a4c_8a1e_3f0d),
        amount: Decimal::new(12_050, 2),
        number: "INV-0042".to_owned(),
        customer_name: "Ada Lovelace".to_owned(),
        status: Status::PartlyPaid,
        lines: vec![
            line("Piano lesson", 2, 3_000),
            line("Sheet music", 1, 1_250),
            line("Rental of a metronome, monthly", 3, 1_600),
        ],
        email: Some("ada@example.com".to_owned()),
    }
}

fn large() -> Large {
    let participant = |number: u32| Participant {
        first_name: format!("First{number}"),
        last_name: format!("Last \"the {number}th\" Name"),
        phone: format!("+44 20 7946 {number:04}"),
        seats: number % 5,
        price: f64::from(number) * 1.25,
    };
    Large { class_name: "Pottery".to_owned(), participants: (0..100).map(participant).collect() }
}

/// The same bytes, written by us and by `serde_json`.
struct Case<'e> {
    name: &'static str,
    ours: Box<dyn Fn() -> Vec<u8> + 'e>,
    plain: Box<dyn Fn() -> Vec<u8> + 'e>,
}

impl<'e> Case<'e> {
    fn payload<T: Trigger + Serialize>(name: &'static str, event: &'e T) -> Self {
        Self { name, ours: Box::new(|| encode(event)), plain: Box::new(|| encode_plainly(event)) }
    }

    /// The whole body of a report.
    fn report<T: Trigger + Serialize>(
        name: &'static str,
        report: &'e Report<'e, T>,
        key: &'e IdempotencyKey,
        by_hand: &'e ByHand<'e, T>,
    ) -> Self {
        let ours = Box::new(|| encode_report(report, key));
        Self { name, ours, plain: Box::new(|| encode_plainly(by_hand)) }
    }

    /// Asserts that both write the same bytes and ours allocates no more; both figures.
    fn compare_output(&self) -> String {
        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        let our_allocations = allocation_counter::measure(|| ours = (self.ours)()).count_total;
        let plain_allocations = allocation_counter::measure(|| plain = (self.plain)()).count_total;
        assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&plain));
        assert!(
            our_allocations <= plain_allocations,
            "{our_allocations} allocations, serde_json makes {plain_allocations}"
        );
        format!(
            "{} bytes, {our_allocations} allocations (serde_json: {plain_allocations})",
            ours.len()
        )
    }

    fn time(&self) -> Timing {
        let calls = calls_per_batch(&self.plain);
        let (mut ratios, mut plain_times) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            // In this order, a machine that steadily slows down or speeds up favours neither.
            let mut plain = batch(calls, &self.plain);
            let mut ours = batch(calls, &self.ours);
            ours += batch(calls, &self.ours);
            plain += batch(calls, &self.plain);
            ratios.push(ours.as_secs_f64() / plain.as_secs_f64());
            plain_times.push(plain.as_secs_f64() * 1e9 / (2.0 * f64::from(calls)));
        }
        Timing { ratio: Quartiles::of(ratios), plain_nanos: Quartiles::of(plain_times).median }
    }
}

/// A report's body as one would write it without this crate.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ByHand<'e, T> {
    trigger_key: &'static str,
    payload: &'e T,
    external_entity_id: Option<Uuid>,
    idempotency: Idempotency,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Idempotency {
    key: String,
    ttl_in_milliseconds: String,
}

impl<'e, T: Trigger> ByHand<'e, T> {
    fn new(payload: &'e T, external_entity_id: Uuid, key: &IdempotencyKey) -> Self {
        let idempotency = Idempotency {
            key: key.as_str().to_owned(),
            ttl_in_milliseconds: TTL.as_millis().to_string(),
        };
        let external_entity_id = Some(external_entity_id);
        Self { trigger_key: T::SPEC.key(), payload, external_entity_id, idempotency }
    }
}

const TTL: Duration = Duration::from_hours(48);

fn main() -> ExitCode {
    let (small, due, large) = (small(), invoice_due(), large());
    let app = App::builder("an-app", "not-a-secret").transport(Nowhere).build().expect("an app");
    let site = app.instance(Uuid::nil());
    let key = IdempotencyKey::random();
    let due_report = due.report(&site).ttl(TTL);
    let large_report = large.report(&site).external_entity_id(Uuid::nil()).ttl(TTL);
    let due_by_hand = ByHand::new(&due, due.invoice_id, &key);
    let large_by_hand = ByHand::new(&large, Uuid::nil(), &key);
    let cases = [
        Case::payload("small: 4 scalars", &small),
        Case::payload("InvoiceDue: 9 properties, 3 lines", &due),
        Case::payload("large: 100 items of 5", &large),
        Case::report("report of InvoiceDue", &due_report, &key, &due_by_hand),
        Case::report("report of large", &large_report, &key, &large_by_hand),
    ];
    for case in &cases {
        println!("{}: {}", case.name, case.compare_output());
    }
    if std::env::args().all(|argument| argument != "--bench") {
        return ExitCode::SUCCESS;
    }
    println!("\nours / serde_json::to_vec, {ROUNDS} rounds of four batches");
    let mut within = true;
    for case in &cases {
        let timing = case.time();
        within &= timing.ratio.median <= LIMIT;
        println!("{}: {timing}", case.name);
    }
    println!("{} the limit of {LIMIT}", if within { "all within" } else { "OVER" });
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Nothing is sent here.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request) -> Sending<'_> {
        Box::pin(std::future::pending())
    }
}

// Not inlined, so that each is compiled as it is in an app, apart from the loop around it.
#[inline(never)]
fn encode<T: Trigger>(event: &T) -> Vec<u8> {
    payload::to_vec(event).expect("the event fits its schema")
}

#[inline(never)]
fn encode_report<T: Trigger>(report: &Report<'_, T>, key: &IdempotencyKey) -> Vec<u8> {
    report.encoded(key).expect("the event fits its schema")
}

#[inline(never)]
fn encode_plainly<T: Serialize>(event: &T) -> Vec<u8> {
    serde_json::to_vec(event).expect("the event is JSON")
}

fn batch(calls: u32, encode: impl Fn() -> Vec<u8>) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(black_box(&encode)());
    }
    start.elapsed()
}

fn calls_per_batch(encode: impl Fn() -> Vec<u8>) -> u32 {
    let mut calls = 1;
    while batch(calls, &encode) < BATCH {
        calls *= 2;
    }
    calls
}

/// What one event takes.
struct Timing {
    ratio: Quartiles,
    /// Of one call of `serde_json::to_vec`.
    plain_nanos: f64,
}

impl std::fmt::Display for Timing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Quartiles { lower, median, upper } = self.ratio;
        let nanos = self.plain_nanos;
        write!(f, "{median:.3} (quartiles {lower:.3} to {upper:.3}; serde_json {nanos:.0} ns)")
    }
}
