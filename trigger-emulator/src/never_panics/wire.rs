//! Bytes on the port: heads and bodies of chunks that are broken, requests behind each other, and
//! some that end in the middle.

use std::net::SocketAddr;

use axum::http::StatusCode;
use fastrand::Rng;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::evil::{self, pick};
use super::world::{LIMIT, SITE, VIEWS, triggers};
use super::{Met, run};
use crate::Emulator;

const PATHS: [&str; 9] = [
    "/oauth2/token",
    "/automations/v1/events/report",
    "/automations/v1/events/bulk-cancel",
    "/_emulator/clock",
    "/_emulator/cancel-reach",
    "/_emulator/reset",
    "/_emulator/webhooks",
    "/nowhere?%ff#a",
    "*",
];

const METHODS: [&str; 8] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "CONNECT", "BREW"];

const HEADERS: [&str; 16] = [
    "host: localhost",
    "host: 127.0.0.1:99999",
    "host: [::1]:1",
    "host: example.com",
    "host:",
    "origin: null",
    "expect: 100-continue",
    "connection: upgrade",
    "upgrade: websocket",
    "transfer-encoding: chunked",
    "transfer-encoding: chunked, gzip",
    "content-length: 18446744073709551616",
    "content-length: -1",
    "content-length: 0",
    "te: trailers",
    "authorization: Bearer \u{e9}",
];

fn body(rng: &mut Rng) -> Vec<u8> {
    let value = match rng.u8(..4) {
        0 => json!({ "triggerKey": "any", "payload": evil::value(rng) }),
        1 => json!({ "advance": pick(rng, &evil::SPANS) }),
        2 => json!({
            "grant_type": "client_credentials", "client_id": "a", "client_secret": "b",
            "instance_id": SITE,
        }),
        _ => json!({ "freeze": true }),
    };
    evil::written(rng, value)
}

fn chunked(rng: &mut Rng, body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    for chunk in body.chunks(rng.usize(1..200)) {
        let extension = pick(rng, &["", "", ";a=b", ";", "\t"]);
        whole.extend(format!("{:x}{extension}\r\n", chunk.len()).bytes());
        whole.extend(chunk);
        whole.extend(b"\r\n");
    }
    whole.extend(pick(rng, &["0\r\n\r\n", "0\r\na: b\r\n\r\n", "fffffffffffffffff\r\n"]).bytes());
    whole
}

fn request(rng: &mut Rng) -> Vec<u8> {
    let view = format!("/_emulator/{}", pick(rng, &VIEWS));
    let path = if rng.bool() { &view } else { pick(rng, &PATHS) };
    let method = if rng.bool() { "POST" } else { pick(rng, &METHODS) };
    let target = match rng.u8(..8) {
        0 => format!("http://localhost{path}"),
        1 => "localhost:80".to_owned(),
        2 => format!("{path}?{}", "a".repeat(rng.usize(..70_000))),
        _ => path.to_owned(),
    };
    let version = pick(rng, &["1.1", "1.1", "1.1", "1.0", "2.0", "0.9"]);
    let mut head = format!("{method} {target} HTTP/{version}\r\n");
    if rng.u8(..8) > 0 {
        head += "host: localhost\r\n";
    }
    for _ in 0..rng.u8(..3) {
        head += pick(rng, &HEADERS);
        head += "\r\n";
    }
    let mut body = body(rng);
    match rng.u8(..6) {
        0..=2 => head = format!("{head}content-length: {}\r\n", body.len()),
        3 | 4 => {
            head += "transfer-encoding: chunked\r\n";
            body = chunked(rng, &body);
        }
        _ => head = format!("{head}content-length: {}\r\n", body.len() + rng.usize(..9)),
    }
    [head.as_bytes(), b"\r\n", &body].concat()
}

fn attack(rng: &mut Rng) -> Vec<u8> {
    let mut bytes: Vec<_> = (0..rng.usize(1..4)).flat_map(|_| request(rng)).collect();
    for _ in 0..rng.u8(..3) {
        bytes = evil::bytes(rng, bytes);
    }
    match rng.u8(..20) {
        0 => (0..rng.usize(..300)).map(|_| rng.u8(..)).collect(),
        1 => b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        2 => b"\x16\x03\x01\x02\x00\x01".to_vec(),
        _ => bytes,
    }
}

/// What comes back for these bytes, which come in some pieces, until the server has no more to say.
async fn answer(rng: &mut Rng, address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let stream = TcpStream::connect(address).await.expect("it listens");
    let (mut reads, mut writes) = stream.into_split();
    let pieces: Vec<_> = bytes.chunks(rng.usize(1..=bytes.len().max(1))).collect();
    let sends = async {
        for piece in pieces.iter().take(50) {
            // A server that has answered reads no more.
            if writes.write_all(piece).await.is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let _ = writes.shutdown().await;
    };
    let mut text = Vec::new();
    let gets = async {
        let _ = reads.read_to_end(&mut text).await;
    };
    let both = timeout(LIMIT, async { tokio::join!(sends, gets) }).await;
    assert!(both.is_ok(), "it neither answers nor closes: {:?}", String::from_utf8_lossy(bytes));
    text
}

/// Each answer but the last is whole, and none is of a fault of the server.
fn judge(answers: &[u8], met: &mut Met) {
    let text = String::from_utf8_lossy(answers);
    met.count(if text.is_empty() { "closed" } else { "answered" });
    for line in text.lines().filter(|line| line.starts_with("HTTP/1.")) {
        let status = line.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
        let status = StatusCode::from_u16(status).expect("a status");
        assert!(!status.is_server_error() || status == 501 || status == 505, "{text}");
        met.count(status.as_str());
    }
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return };
    // Of several, the first stands alone up to the next.
    let body = body.split("HTTP/1.").next().unwrap_or_default();
    if head.contains("content-type: application/json") && !body.is_empty() {
        let read = serde_json::from_str::<Value>(body);
        assert!(read.is_ok(), "{text}");
    }
}

async fn serves(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = "GET /_emulator/clock HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    let whole = timeout(LIMIT, stream.read_to_string(&mut answer)).await;
    whole.expect("at once").expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

async fn attacks(rng: &mut Rng, met: &mut Met) {
    let wix = Emulator::builder().triggers(triggers()).start().await.expect("an emulator");
    for _ in 0..rng.u8(1..20) {
        let bytes = attack(rng);
        let answers = answer(rng, wix.address(), &bytes).await;
        judge(&answers, met);
    }
    serves(wix.address()).await;
}

fn case(rng: &mut Rng, met: &mut Met) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(attacks(rng, met));
}

#[test]
fn bytes_on_the_port() {
    let reaches = ["closed", "200", "400", "403", "404", "405", "431"];
    run("never_panics::wire", 30, case, &reaches);
}
