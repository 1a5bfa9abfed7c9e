//! The report function over real sockets of this machine, in real time.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use trigger_core::Trigger;
use trigger_core::report::{App, CallError, Instance, TransportError};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
}

const DUE: InvoiceDue = InvoiceDue { invoice_id: Uuid::from_u128(7) };

/// What becomes of a call; those for a token go well.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answer(&'static str, &'static str),
    /// The connection is cut before the request is read, or after.
    CutBefore,
    CutAfter,
    Hang,
    Endless,
}

const OK: Fate = Fate::Answer("200 OK", r#"{"activationIds":["a"]}"#);

/// A server that deals out fates, and what it read.
struct Server {
    address: SocketAddr,
    read: Arc<Mutex<Read>>,
}

#[derive(Default)]
struct Read {
    /// How many calls for a token.
    tokens: usize,
    /// The bodies of the others.
    bodies: Vec<String>,
}

impl Server {
    async fn start(fates: Vec<Fate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = Self { address, read: Arc::default() };
        let read = Arc::clone(&server.read);
        tokio::spawn(async move {
            let mut fates = fates.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &mut fates, &read).await;
            }
        });
        server
    }

    fn site(&self) -> Instance {
        let app = App::builder("an-app", "not-a-secret");
        let app = app.base_url(format!("http://{}", self.address));
        let app = app.timeout(Duration::from_millis(300)).deadline(Duration::from_secs(3));
        app.build().expect("an app").instance(Uuid::from_u128(1))
    }

    /// How often the same report was read.
    fn reports(&self) -> usize {
        let Read { bodies, .. } = &*self.read.lock().expect("nobody panicked");
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
        bodies.len()
    }

    fn tokens(&self) -> usize {
        self.read.lock().expect("nobody panicked").tokens
    }
}

/// Answers one request, and closes the connection.
async fn serve(
    mut stream: TcpStream,
    fates: &mut impl Iterator<Item = Fate>,
    all_read: &Mutex<Read>,
) {
    let mut start = [0; 24];
    let Ok(length) = stream.peek(&mut start).await else { return };
    let is_token = start[..length].starts_with(b"POST /oauth2");
    let fate = if is_token {
        Fate::Answer("200 OK", r#"{"access_token":"t","expires_in":14400}"#)
    } else {
        fates.next().unwrap_or(OK)
    };
    if matches!(fate, Fate::CutBefore) {
        return;
    }
    let Some(body) = read(&mut stream).await else { return };
    {
        let mut all_read = all_read.lock().expect("nobody panicked");
        if is_token {
            all_read.tokens += 1;
        } else {
            all_read.bodies.push(body);
        }
    }
    match fate {
        Fate::Answer(status, body) => {
            let answer = format!(
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            // Who has left needs no answer.
            let _ = stream.write_all(answer.as_bytes()).await;
        }
        Fate::CutBefore | Fate::CutAfter => {}
        Fate::Hang => tokio::time::sleep(Duration::from_millis(400)).await,
        Fate::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            let chunk = vec![b' '; 1 << 16];
            // At most 64 MiB, should nobody hang up.
            for _ in 0..1024 {
                if stream.write_all(&chunk).await.is_err() {
                    break;
                }
            }
        }
    }
}

/// The body of a request.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        text.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&text);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
        if body.len() >= length.parse().ok()? {
            return Some(body.to_owned());
        }
    }
}

async fn report(fates: Vec<Fate>) -> (Server, Result<Vec<String>, CallError>) {
    let server = Server::start(fates).await;
    let reported = DUE.report(&server.site()).await;
    let result = reported.map(|reported| reported.activation_ids.told().to_vec());
    (server, result.map_err(|failed| failed.error))
}

#[tokio::test]
async fn what_passes_goes_well_in_the_end() {
    for fate in [
        Fate::CutBefore,
        Fate::CutAfter,
        Fate::Hang,
        Fate::Answer("500 Internal Server Error", ""),
        Fate::Answer("503 Service Unavailable", "<html>"),
        Fate::Answer("429 Too Many Requests", "{}"),
        Fate::Answer("429 Too Many Requests\r\nretry-after: 1", "{}"),
        Fate::Answer("401 Unauthorized", "{}"),
    ] {
        let start = Instant::now();
        let (server, result) = report(vec![fate]).await;
        assert_eq!(result.expect("goes well"), ["a"], "{fate:?}");
        let is_unread = matches!(fate, Fate::CutBefore);
        assert_eq!(server.reports(), if is_unread { 1 } else { 2 }, "{fate:?}");
        assert!(start.elapsed() < Duration::from_secs(3), "{fate:?}");
    }
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let server = Server { address, read: Arc::default() };
    let failed = DUE.report(&server.site()).await.expect_err("fails").error;
    let CallError::Token(call) = &failed else { panic!("{failed:?}") };
    assert!(matches!(**call, CallError::Transport(TransportError::Connection(_))), "{failed:?}");
    assert!(failed.is_retryable());
}

#[tokio::test]
async fn answers_that_are_none() {
    for body in ["", "garbage", "[", "\u{fffd}"] {
        let (server, result) = report(vec![Fate::Answer("200 OK", body)]).await;
        assert!(matches!(result, Err(CallError::Answer { .. })), "{body}: {result:?}");
        assert_eq!(server.reports(), 1, "{body}");
    }
    let (server, result) = report(vec![Fate::Endless]).await;
    let is_answer = matches!(result, Err(CallError::Transport(TransportError::Answer(_))));
    assert!(is_answer, "{result:?}");
    assert_eq!(server.reports(), 1);
}

/// Tokio tells of these by a panic alone.
#[test]
fn a_runtime_that_lacks_something_is_an_error() {
    let mut without_timers = tokio::runtime::Builder::new_current_thread();
    let mut without_sockets = tokio::runtime::Builder::new_current_thread();
    for runtime in [without_timers.enable_io(), without_sockets.enable_time()] {
        let runtime = runtime.build().expect("a runtime");
        let server = Server { address: ([127, 0, 0, 1], 9).into(), read: Arc::default() };
        let failed = runtime.block_on(async { DUE.report(&server.site()).await });
        let failed = failed.expect_err("fails").error;
        assert!(matches!(failed, CallError::NoRuntime), "{failed:?}");
        assert!(!failed.is_retryable());
    }
}

/// A token that is taken away in the middle of a run is fetched once more.
#[tokio::test]
async fn a_token_ends_in_the_middle_of_a_run() {
    let gone = Fate::Answer("401 Unauthorized", "{}");
    let server = Server::start(vec![OK, OK, gone, OK, OK, gone, gone]).await;
    let site = server.site();
    for number in 0..4 {
        DUE.report(&site).await.unwrap_or_else(|failed| panic!("{number}: {failed:?}"));
    }
    assert_eq!(server.tokens(), 2);
    // The fresh one is not taken either: the app is not authorized, and does not ask for a third.
    for _ in 0..2 {
        let failed = DUE.report(&site).await.expect_err("fails").error;
        assert!(matches!(failed, CallError::Unauthorized { status: 401, .. }), "{failed:?}");
    }
    assert_eq!(server.tokens(), 3);
}
