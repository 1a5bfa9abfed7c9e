//! The emulator over its port: the time to its first answer, reports per second beside a bare axum
//! handler, the memory of an event that waits, and the time that a year takes.
//!
//! `cargo bench -p trigger-tests --bench emulator`. Without `--bench` among the arguments, as
//! `cargo test --all-targets` runs it, nothing is timed.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use trigger_core::Trigger;
use trigger_emulator::Emulator;
use trigger_tests::Quartiles;
use uuid::Uuid;

/// From nothing to the first report's answer.
const START_LIMIT: Duration = Duration::from_millis(50);
/// Of the reports that the bare handler answers in a second.
const RATE_LIMIT: f64 = 0.7;
/// For a year with `PENDING` actions in it.
const YEAR_LIMIT: Duration = Duration::from_secs(2);

const STARTS: usize = 20;
const ROUNDS: usize = 20;
const CONNECTIONS: u32 = 4;
/// What each connection reports in a round.
const REPORTS: u32 = 1_000;
const PENDING: u32 = 100_000;
/// Between the dates of the events that wait: all of them are within a year.
const APART: SignedDuration = SignedDuration::from_mins(5);

const NOW: Timestamp = Timestamp::constant(1_772_442_000, 0);
const REPORT: &str = "/automations/v1/events/report";

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(key = "temperature_measured")]
struct Measured {
    sensor: u32,
    degrees: f64,
    raining: bool,
    #[trigger(example = "Kitchen")]
    room: String,
}

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(key = "invoice_due", scheduled_at = due_at, contact = contact_id, entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    due_at: Timestamp,
    contact_id: Uuid,
    #[trigger(example = "INV-0042")]
    number: String,
    #[trigger(example = "Ada Lovelace")]
    customer_name: String,
    #[trigger(format = "email", example = "ada@example.com")]
    email: String,
    amount: f64,
}

fn measured(number: u32) -> Measured {
    Measured { sensor: number, degrees: 21.5, raining: false, room: "Kitchen".to_owned() }
}

fn invoice_due(number: u32) -> InvoiceDue {
    InvoiceDue {
        invoice_id: Uuid::from_u128(u128::from(number)),
        due_at: NOW + APART * i32::try_from(number % PENDING + 1).expect("a small number"),
        contact_id: Uuid::from_u128(42),
        number: format!("INV-{number:06}"),
        customer_name: "Ada Lovelace".to_owned(),
        email: "ada@example.com".to_owned(),
        amount: 120.5,
    }
}

/// The body of a report, as trigger-core sends it: its own key, so that none is a repetition.
fn body<T: Trigger + Serialize>(event: &T, entity: Option<Uuid>) -> String {
    let key = Uuid::new_v4().to_string();
    json!({
        "triggerKey": T::SPEC.key(),
        "payload": event,
        "externalEntityId": entity,
        "idempotency": { "key": key, "ttlInMilliseconds": "604800000" },
    })
    .to_string()
}

fn measured_body(number: u32) -> String {
    body(&measured(number), None)
}

fn invoice_body(number: u32) -> String {
    let event = invoice_due(number);
    body(&event, Some(event.invoice_id))
}

/// A connection that is kept alive. Written by hand: both servers have the same client, and it costs
/// next to nothing.
struct Client {
    stream: TcpStream,
    token: String,
    answer: Vec<u8>,
}

impl Client {
    async fn connect(address: SocketAddr, token: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, token: token.to_owned(), answer: Vec::new() }
    }

    /// A connection to an emulator, with a token of it.
    async fn with_token(address: SocketAddr) -> Self {
        let mut client = Self::connect(address, "").await;
        let asked = json!({
            "grant_type": "client_credentials", "client_id": "app", "client_secret": "not-a-secret",
            "instance_id": Uuid::nil(),
        });
        let request = client.request("/oauth2/token", &asked.to_string());
        let answer: Value =
            serde_json::from_slice(client.send(&request).await).expect("an answer of JSON");
        answer["access_token"].as_str().expect("a token").clone_into(&mut client.token);
        client
    }

    fn request(&self, path: &str, body: &str) -> Vec<u8> {
        let (token, length) = (&self.token, body.len());
        format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: {token}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }

    /// Sends a request; the answer's body.
    async fn send(&mut self, request: &[u8]) -> &[u8] {
        self.stream.write_all(request).await.expect("the server reads");
        self.answer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.answer).await.expect("the server answers");
            assert_ne!(read, 0, "the server hung up");
            if let Some(start) = whole(&self.answer) {
                let head = String::from_utf8_lossy(&self.answer[..start]);
                assert!(head.starts_with("HTTP/1.1 200"), "{head}");
                return &self.answer[start..];
            }
        }
    }

    async fn report(&mut self, request: &[u8]) {
        let answer = self.send(request).await;
        let is_taken = answer.starts_with(br#"{"activationIds":[""#);
        assert!(is_taken, "{}", String::from_utf8_lossy(answer));
    }
}

/// Where the body of an answer begins, once all of it is there.
fn whole(answer: &[u8]) -> Option<usize> {
    let start = answer.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&answer[..start]).expect("a head of ASCII");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.expect("a length").parse().expect("a number");
    (answer.len() >= start + length).then_some(start)
}

/// What one reads of a report at least, to answer it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and that is all")]
struct Reported {
    trigger_key: String,
    payload: Value,
    external_entity_id: Option<Uuid>,
    idempotency: Option<Value>,
}

/// A server that answers reports, and does nothing else.
async fn bare() -> SocketAddr {
    let answer = async |body: Bytes| {
        serde_json::from_slice::<Reported>(&body).expect("a report");
        let answer = json!({ "activationIds": [Uuid::nil()] }).to_string();
        ([("content-type", "application/json")], answer)
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().route(REPORT, post(answer));
    tokio::spawn(async { axum::serve(listener, router).await });
    address
}

async fn start() -> Emulator {
    Emulator::builder().at(NOW).start().await.expect("an emulator")
}

async fn first_answer() -> Duration {
    let begun = Instant::now();
    let emulator = start().await;
    let mut client = Client::with_token(emulator.address()).await;
    let request = client.request(REPORT, &invoice_body(0));
    client.report(&request).await;
    begun.elapsed()
}

/// Reports over some connections at once; the time that it takes.
async fn round(clients: &mut Vec<Client>, make_body: fn(u32) -> String) -> Duration {
    let mut loads = Vec::new();
    for (place, client) in (0..).zip(clients.drain(..)) {
        let numbers = place * REPORTS..(place + 1) * REPORTS;
        let requests =
            numbers.map(|number| client.request(REPORT, &make_body(number))).collect::<Vec<_>>();
        loads.push((client, requests));
    }
    let begun = Instant::now();
    let tasks: Vec<_> = loads.into_iter().map(|load| tokio::spawn(report_all(load))).collect();
    for task in tasks {
        clients.push(task.await.expect("all are answered"));
    }
    begun.elapsed()
}

async fn report_all((mut client, requests): (Client, Vec<Vec<u8>>)) -> Client {
    for request in requests {
        client.report(&request).await;
    }
    client
}

/// How many of the bare handler's reports per second the emulator has, and how many the latter are.
async fn rates(make_body: fn(u32) -> String) -> (Quartiles, f64) {
    let bare_address = bare().await;
    let (mut ratios, mut rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // As a test has it: one emulator, and what is reported to it.
        let emulator = start().await;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..CONNECTIONS {
            let client = Client::with_token(emulator.address()).await;
            theirs.push(Client::connect(bare_address, &client.token).await);
            ours.push(client);
        }
        // In this order, a machine that steadily slows down or speeds up favours neither.
        let mut bare = round(&mut theirs, make_body).await;
        let mut emulated = round(&mut ours, make_body).await;
        emulated += round(&mut ours, make_body).await;
        bare += round(&mut theirs, make_body).await;
        ratios.push(bare.as_secs_f64() / emulated.as_secs_f64());
        rates.push(f64::from(2 * CONNECTIONS * REPORTS) / emulated.as_secs_f64());
    }
    (Quartiles::of(ratios), Quartiles::of(rates).median)
}

/// Reports events that wait; the bytes that are held of them then.
fn fill(runtime: &tokio::runtime::Runtime, emulator: &Emulator) -> i64 {
    let mut client = runtime.block_on(async {
        let mut client = Client::with_token(emulator.address()).await;
        // What the connection holds is no event's.
        let request = client.request(REPORT, &invoice_body(0));
        client.report(&request).await;
        client
    });
    // The counters are this thread's: so is the runtime.
    let held = allocation_counter::measure(|| {
        runtime.block_on(async {
            for number in 1..PENDING {
                let request = client.request(REPORT, &invoice_body(number));
                client.report(&request).await;
            }
        });
    });
    held.bytes_current
}

/// The memory of events that wait, and whether a year passes soon enough.
fn pass_a_year() -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let emulator = runtime.block_on(start());
    let held = fill(&runtime, &emulator);
    let payload = serde_json::to_vec(&invoice_due(1)).expect("JSON").len();
    println!(
        "memory: {} bytes for each of {PENDING} events that wait, of {payload} bytes of payload",
        held / i64::from(PENDING)
    );
    let begun = Instant::now();
    emulator.clock().advance(1.year());
    let took = begun.elapsed();
    assert_eq!(emulator.clock().next(), None, "all is done within the year");
    let is_soon = took < YEAR_LIMIT;
    println!("a year with {PENDING} actions: {took:.0?} (limit {YEAR_LIMIT:?})");
    is_soon
}

fn run<R>(task: impl Future<Output = R>) -> R {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(task)
}

fn start_up() -> bool {
    let times: Vec<_> = (0..STARTS).map(|_| run(first_answer()).as_secs_f64() * 1e3).collect();
    // What is made once in a process is in this one.
    let first = times[0];
    let Quartiles { lower, median, upper } = Quartiles::of(times);
    println!(
        "first answer: {first:.1} ms in this process, then {median:.1} ms (quartiles {lower:.1} to \
         {upper:.1}; limit {START_LIMIT:?})"
    );
    median < START_LIMIT.as_secs_f64() * 1e3
}

fn throughput(name: &str, make_body: fn(u32) -> String) -> bool {
    let (Quartiles { lower, median, upper }, rate) = run(rates(make_body));
    let bytes = make_body(1).len();
    println!(
        "reports, {name}, {bytes} bytes: {median:.2} of a bare handler's (quartiles {lower:.2} to \
         {upper:.2}; limit {RATE_LIMIT}), {rate:.0} a second"
    );
    median >= RATE_LIMIT
}

fn main() -> ExitCode {
    if std::env::args().all(|argument| argument != "--bench") {
        run(first_answer());
        return ExitCode::SUCCESS;
    }
    let within = [
        start_up(),
        throughput("real-time", measured_body),
        throughput("scheduled", invoice_body),
        pass_a_year(),
    ];
    let within = within.into_iter().all(|it| it);
    println!("{} the limits", if within { "all within" } else { "OVER" });
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
