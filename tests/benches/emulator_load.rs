//! The emulator under load, with faults on and its clock turning: does its memory grow, and is
//! anything lost?
//!
//! `cargo bench -p trigger-tests --bench emulator_load`, for ten minutes, or as many seconds as
//! `LOAD_SECONDS` says. The emulator is a process of its own, whose memory Linux tells. Parcels are
//! reported with a date some days ahead, at which an automation posts them back: each one whose
//! report returned `Ok` is to come back once, unless it was canceled.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Json;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use trigger_core::Trigger;
use trigger_core::report::{App, Instance};
use trigger_emulator::Emulator;
use uuid::Uuid;

const SECONDS: u64 = 600;
const WORKERS: u32 = 8;
/// The clock is turned by an hour that often: a token, which has four, and an idempotency key, come to
/// their end many times.
const HOUR: Duration = Duration::from_secs(1);
/// How long an idempotency key is kept.
const DAY: Duration = Duration::from_hours(24);
/// After a report that failed.
const PAUSE: Duration = Duration::from_millis(200);
/// What is remembered: lines of history.
const LINES: usize = 100_000;
/// Memory may be so much more at the end than at the first of three points.
const GROWTH_LIMIT: f64 = 1.1;

#[derive(Serialize, Deserialize, Trigger)]
#[trigger(key = "parcel_due", scheduled_at = due_at, entity_id = parcel_id)]
struct ParcelDue {
    parcel_id: Uuid,
    due_at: Timestamp,
    number: u32,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "temperature_measured")]
struct Measured {
    sensor: u32,
    degrees: f64,
}

/// What became of a parcel.
#[derive(Clone, Copy, Default)]
struct Parcel {
    is_reported: bool,
    /// Canceled, or perhaps canceled.
    is_canceled: bool,
    /// How often it came back and was taken.
    came_back: u32,
}

#[derive(Default)]
struct Books {
    parcels: Mutex<HashMap<u32, Parcel>>,
    /// What the emulator's clock shows, in seconds.
    now: AtomicI64,
    next: AtomicU32,
    measured: AtomicU32,
    failed: AtomicU32,
    /// Of the posts that came, every tenth is refused.
    posts: AtomicU32,
}

impl Books {
    fn parcel(&self, number: u32, edit: impl FnOnce(&mut Parcel)) {
        edit(self.parcels.lock().expect("nobody panicked").entry(number).or_default());
    }
}

/// The process that is measured: it ends when nobody reads what it says any more.
fn serve(hook: &str) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let now = Timestamp::UNIX_EPOCH;
        let wix = Emulator::builder().at(now).remember(LINES).start().await.expect("an emulator");
        wix.automation::<ParcelDue>("Send back").post_to(hook);
        println!("{}", wix.address());
        wix.wait().await;
    });
}

struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(hook: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["serve", hook])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let output = child.stdout.as_mut().expect("a pipe");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let address = line.trim().parse().expect("an address");
        Self { child, address }
    }

    /// In megabytes, as Linux tells it of the process.
    fn memory(&self) -> f64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).expect("Linux tells");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kilobytes / 1024.0
    }

    /// One of the emulator's own calls.
    async fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let request = format!(
            "{method} /_emulator/{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(body).expect("JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the parcels come back.
async fn hook(books: Arc<Books>) -> String {
    let take = move |Json(parcel): Json<ParcelDue>| {
        let books = Arc::clone(&books);
        async move {
            if books.posts.fetch_add(1, Ordering::Relaxed) % 10 == 9 {
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            books.parcel(parcel.number, |it| it.came_back += 1);
            StatusCode::NO_CONTENT
        }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async { axum::serve(listener, Router::new().route("/hook", post(take))).await });
    format!("http://{address}/hook")
}

async fn work(site: Instance, books: Arc<Books>, until: Instant) {
    while Instant::now() < until {
        let number = books.next.fetch_add(1, Ordering::Relaxed);
        let now = Timestamp::from_second(books.now.load(Ordering::Relaxed)).expect("a time");
        // It is reported long before that, however often it is tried.
        let due_at = now + SignedDuration::from_hours(48);
        let parcel_id = Uuid::from_u128(number.into());
        let reported = ParcelDue { parcel_id, due_at, number }.report(&site).ttl(DAY).await;
        match reported {
            Ok(_) => books.parcel(number, |it| it.is_reported = true),
            Err(_) => {
                books.failed.fetch_add(1, Ordering::Relaxed);
                // An app that was refused twice asks for no token for a while.
                sleep(PAUSE).await;
            }
        }
        if number.is_multiple_of(7) {
            books.parcel(number, |it| it.is_canceled = true);
            let _ = ParcelDue::cancel(&site, parcel_id).await;
        }
        if number.is_multiple_of(10) {
            let events = (0..50).map(|sensor| Measured { sensor, degrees: 21.5 });
            let events: Vec<_> = events.collect();
            let outcomes = Measured::report_all(&site, events).ttls(|_| Some(DAY)).await;
            let well = u32::try_from(outcomes.into_iter().flatten().count());
            books.measured.fetch_add(well.expect("fifty at most"), Ordering::Relaxed);
        }
    }
}

async fn turn_clock(server: &Server, books: &Books, until: Instant) {
    while Instant::now() < until {
        let shown = server.call("POST", "clock", &json!({ "advance": "PT1H" })).await;
        let now: Timestamp = shown["now"].as_str().and_then(|it| it.parse().ok()).expect("a time");
        books.now.store(now.as_second(), Ordering::Relaxed);
        sleep(HOUR).await;
    }
}

async fn inject_faults(server: &Server) {
    for (seed, mut fault) in (0..).zip([
        json!({ "status": 503 }),
        json!({ "status": 429 }),
        json!({ "delay": "600ms" }),
        json!({ "cut": "before" }),
        json!({ "cut": "after" }),
        json!({ "items": 0.2 }),
        json!({ "expiredToken": true }),
    ]) {
        fault["probability"] = json!(if fault["expiredToken"] == true { 0.001 } else { 0.01 });
        fault["seed"] = json!(seed);
        server.call("POST", "faults", &fault).await;
    }
}

/// Turns the clock until nothing is left, with what is posted on the way.
async fn run_out(server: &Server) {
    loop {
        let shown = server.call("POST", "clock", &json!({ "runOut": true })).await;
        if shown["postsUnderWay"] == 0 && shown["next"].is_null() {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

/// Memory at a third, two thirds and the end of the time.
async fn load(server: &Server, books: &Arc<Books>, seconds: u64) -> [f64; 3] {
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    inject_faults(server).await;
    let app = App::builder("an-app", "not-a-secret").base_url(format!("http://{}", server.address));
    let app = app.timeout(Duration::from_millis(300)).deadline(Duration::from_secs(2));
    let app = app.calls_per_minute(u32::MAX).build().expect("an app");
    let workers: Vec<_> = (0..WORKERS)
        .map(|number| app.instance(Uuid::from_u128(u128::from(number % 4))))
        .map(|site| tokio::spawn(work(site, Arc::clone(books), until)))
        .collect();
    let measure = async {
        let mut memory = [0.0; 3];
        for (point, third) in memory.iter_mut().zip(1_u32..) {
            let at = begun + Duration::from_secs(seconds) * third / 3;
            sleep(at.saturating_duration_since(Instant::now())).await;
            *point = server.memory();
            println!("after {:.0} s: {point:.0} MB", begun.elapsed().as_secs_f64());
        }
        memory
    };
    let (memory, ()) = tokio::join!(measure, turn_clock(server, books, until));
    for worker in workers {
        worker.await.expect("nobody panics");
    }
    let faults = server.call("DELETE", "faults", &Value::Null).await;
    assert_eq!(faults, json!([]));
    run_out(server).await;
    memory
}

/// Whether every parcel that was to come back did so once, and no other one.
fn nothing_is_lost(books: &Books) -> bool {
    let parcels = books.parcels.lock().expect("nobody panicked");
    let all = || parcels.values();
    let due = all().filter(|it| it.is_reported && !it.is_canceled).count();
    let lost = all().filter(|it| it.is_reported && !it.is_canceled && it.came_back == 0).count();
    let twice = all().filter(|it| it.came_back > 1).count();
    let canceled = all().filter(|it| it.is_canceled).count();
    let failed = books.failed.load(Ordering::Relaxed);
    let measured = books.measured.load(Ordering::Relaxed);
    let posts = books.posts.load(Ordering::Relaxed);
    println!(
        "{due} parcels were reported to come back, {canceled} canceled, {failed} not reported; \
         {measured} other events; {posts} posts: {lost} lost, {twice} came twice"
    );
    due > 0 && lost == 0 && twice == 0
}

async fn measure(seconds: u64) -> bool {
    let books = Arc::new(Books::default());
    let server = Server::start(&hook(Arc::clone(&books)).await);
    let [first, _, last] = load(&server, &books, seconds).await;
    let growth = last / first;
    println!("memory at the end: {growth:.2} of that at a third (limit {GROWTH_LIMIT})");
    let is_all_there = nothing_is_lost(&books);
    is_all_there && growth <= GROWTH_LIMIT
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [command, hook] = &arguments[..]
        && command == "serve"
    {
        serve(hook);
        return ExitCode::SUCCESS;
    }
    if !arguments.iter().any(|it| it == "--bench") {
        return ExitCode::SUCCESS;
    }
    let seconds = std::env::var("LOAD_SECONDS").ok().and_then(|it| it.parse().ok());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if runtime.block_on(measure(seconds.unwrap_or(SECONDS))) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
