//! The emulator's port: who is let in, how much of a request is read, and how many are served.
//!
//! It may be left running for days, beside a browser that shows pages of strangers and tests that
//! forget their connections. So it takes nothing on trust, and holds nothing without a limit.

mod guard;
mod line;

use std::fmt;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Uri};
use axum::response::Response;
use hyper::body::{Body as _, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tower::Service;

pub(crate) use guard::Hosts;
use guard::Refusal;
use line::{Line, Stage, Wire};

use crate::http::{self, Cut};
use crate::state::Shared;

/// The most connections at once. A test has a handful; a usual process may open 1,024 files.
const MAX_CONNECTIONS: usize = 512;

/// How long the head of a request may take from its first byte on: a local one is there at once.
const HEAD_LIMIT: Duration = Duration::from_secs(5);

/// How long all of a request may take from its first byte on: 4 MB are there at once as well, and
/// who types one by hand has it in a file.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// How long a connection may do nothing. Pools of clients keep theirs for a minute and more; who
/// comes back later connects again.
const IDLE_LIMIT: Duration = Duration::from_mins(2);

/// The longest head, in bytes: a token, an idempotency key and a browser's headers are a tenth.
const MAX_HEAD: usize = 16 << 10;

/// What is held of a connection's bytes at most before they are used.
const MAX_BUFFER: usize = 64 << 10;

/// How often it is looked for connections that take too long.
const TICK: Duration = Duration::from_millis(250);

/// How long it waits when the system gives it no connection, as when too many files are open: to
/// try again at once would take all of a core.
const PAUSE: Duration = Duration::from_millis(50);

/// How long it waits if it could close a connection for it.
const MOMENT: Duration = Duration::from_millis(1);

/// How long a connection whose request was refused unread stays open: to close it at once would
/// tell the client, which is still writing, of a reset instead of the answer.
const LINGER: Duration = Duration::from_millis(500);

/// What requests pass to their calls.
pub(crate) struct Gate {
    pub(crate) router: Router,
    pub(crate) shared: Arc<Shared>,
    pub(crate) hosts: Hosts,
}

/// Serves until its task ends, and its connections with it.
pub(crate) async fn serve(listener: TcpListener, gate: Gate) {
    let gate = Arc::new(gate);
    let mut lines = Lines::default();
    loop {
        let accepted = if lines.open.is_empty() {
            Ok(listener.accept().await)
        } else {
            tokio::time::timeout(TICK, listener.accept()).await
        };
        lines.sweep(&gate);
        match accepted {
            Ok(Ok((stream, _))) => lines.take(stream, &gate),
            Ok(Err(error)) if is_of_the_client(&error) => {}
            Ok(Err(error)) => {
                gate.shared.tell(|| format!("cannot take a connection: {error}"));
                // One file less may be all that is missing, once its task has ended.
                let wait = if lines.make_room() { MOMENT } else { PAUSE };
                tokio::time::sleep(wait).await;
            }
            Err(_) => {}
        }
    }
}

/// The client has gone again; there is nothing to wait for.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// The connections that are open.
#[derive(Default)]
struct Lines {
    /// Those that came first stand first.
    open: Vec<(AbortHandle, Arc<Line>)>,
    /// Dropped, it ends them.
    tasks: JoinSet<()>,
}

impl Lines {
    /// Forgets what has ended, and ends what takes too long.
    fn sweep(&mut self, gate: &Gate) {
        while self.tasks.try_join_next().is_some() {}
        self.open.retain(|(task, line)| {
            let (stage, since) = line.stage();
            let is_over = match stage {
                Stage::Idle => since > IDLE_LIMIT,
                Stage::Head => since > HEAD_LIMIT,
                Stage::Body => {
                    if since > REQUEST_LIMIT {
                        // It answers that before it closes.
                        line.late.notify_waiters();
                    }
                    false
                }
                // It is soon over, unless nobody reads what was answered before.
                Stage::Refused => since > REQUEST_LIMIT,
                Stage::Answer => false,
            };
            if is_over {
                task.abort();
                if stage == Stage::Head {
                    let limit = HEAD_LIMIT.as_secs();
                    gate.shared
                        .tell(|| format!("closed a connection: no request within {limit} s"));
                }
            }
            !is_over && !task.is_finished()
        });
    }

    fn take(&mut self, stream: TcpStream, gate: &Arc<Gate>) {
        if self.open.len() >= MAX_CONNECTIONS && !self.make_room() {
            let words = || format!("closed a connection: {MAX_CONNECTIONS} are being answered");
            return gate.shared.tell(words);
        }
        // An answer is one small write: nothing is worth waiting for. Without it, it is slow only.
        let _ = stream.set_nodelay(true);
        let line = Arc::new(Line::new());
        let task = self.tasks.spawn(attend(stream, Arc::clone(&line), Arc::clone(gate)));
        self.open.push((task, line));
    }

    /// Closes the connection that has waited for its client the longest; whether there was one.
    fn make_room(&mut self) -> bool {
        let waits = |(place, (_, line)): (usize, &(AbortHandle, Arc<Line>))| {
            let (stage, since) = line.stage();
            (stage != Stage::Answer).then_some((since, place))
        };
        let Some((_, place)) = self.open.iter().enumerate().filter_map(waits).max() else {
            return false;
        };
        self.open.remove(place).0.abort();
        true
    }
}

/// Answers the requests of one connection.
async fn attend(stream: TcpStream, line: Arc<Line>, gate: Arc<Gate>) {
    let service = service_fn(|request| answer(&gate, &line, request));
    let mut http = http1::Builder::new();
    // The sweep sees to the time that a head takes: hyper would set up a timer for each request.
    http.header_read_timeout(None).max_header_size(MAX_HEAD).max_buf_size(MAX_BUFFER);
    let wire = TokioIo::new(Wire::new(stream, &line));
    let mut connection = pin!(http.serve_connection(wire, service));
    // What goes wrong is the client's, or was meant to: see `Cut`.
    let _ = connection.as_mut().await;
    if line.stage().0 == Stage::Refused {
        tokio::time::sleep(LINGER).await;
    }
}

/// The error that makes hyper close a connection without an answer.
#[derive(Debug)]
struct CutOff;

impl fmt::Display for CutOff {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection is to be cut")
    }
}

impl std::error::Error for CutOff {}

async fn answer(gate: &Gate, line: &Line, request: Request<Incoming>) -> Result<Response, CutOff> {
    let (parts, body) = request.into_parts();
    let body = match gate.hosts.judge(&parts) {
        Ok(()) => read(body, line, http::body_limit(parts.uri.path())).await,
        Err(refusal) => Err(refusal),
    };
    let body = match body {
        Ok(body) => body,
        Err(refusal) => return Ok(refuse(gate, line, &parts.uri, &refusal).await),
    };
    line.answers();
    let request = Request::from_parts(parts, Body::from(body));
    let response = match gate.router.clone().call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if response.extensions().get::<Cut>().is_some() {
        return Err(CutOff);
    }
    line.idles();
    Ok(response)
}

/// The rest of the request is not read: the connection is of no more use.
async fn refuse(gate: &Gate, line: &Line, uri: &Uri, refusal: &Refusal) -> Response {
    line.is_refused();
    let Refusal { status, message } = refusal;
    let mut response = http::refuse(&gate.shared, uri.path(), *status, message).await;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The whole body, if it is short enough and there in time.
async fn read(body: Incoming, line: &Line, limit: usize) -> Result<Bytes, Refusal> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    // What the header says is believed if it is too much, and counted if it is not.
    if body.size_hint().lower() > limit as u64 {
        return Err(too_long(limit));
    }
    line.reads();
    let mut late = pin!(line.late.notified());
    let mut body = pin!(body);
    let mut next = async || {
        std::future::poll_fn(|context| {
            if late.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(too_late()));
            }
            body.as_mut().poll_frame(context).map(|frame| frame.transpose().map_err(|_| broken()))
        })
        .await
    };
    let (mut first, mut whole) = (Bytes::new(), Vec::new());
    while let Some(frame) = next().await? {
        // Trailers say nothing here.
        let Ok(bytes) = Frame::into_data(frame) else { continue };
        if first.len() + whole.len() + bytes.len() > limit {
            return Err(too_long(limit));
        }
        // Most come in one piece, which is not copied.
        if first.is_empty() && whole.is_empty() {
            first = bytes;
        } else {
            whole.extend_from_slice(&std::mem::take(&mut first));
            whole.extend_from_slice(&bytes);
        }
    }
    Ok(if whole.is_empty() { first } else { whole.into() })
}

fn too_long(limit: usize) -> Refusal {
    let message = format!("the body is longer than {limit} bytes; send less at once");
    Refusal { status: 413, message }
}

fn too_late() -> Refusal {
    let limit = REQUEST_LIMIT.as_secs();
    let message = format!(
        "the body was not there within {limit} seconds; send as much as `content-length` says, at once"
    );
    Refusal { status: 408, message }
}

fn broken() -> Refusal {
    let message = "the body broke off or is no chunked one; send all of it".to_owned();
    Refusal { status: 400, message }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use axum::Extension;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::engine::Engine;
    use crate::posts::Letterbox;
    use crate::state::{Running, State};

    async fn answer_of(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close");
        let request = format!("{head}\r\ncontent-length: 2\r\n\r\n{{}}");
        stream.write_all(request.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("it ends");
        answer
    }

    #[tokio::test]
    async fn a_cut_connection_ends_without_a_byte() {
        let router = Router::new()
            .route("/cut", post(async || (Extension(Cut), "never sent")))
            .route("/sent", post(async || "sent"));
        let engine = Engine::new(jiff::Timestamp::UNIX_EPOCH, Vec::new());
        let state = State::new(engine, Running::Frozen);
        let shared = Arc::new(Shared::new(state, Letterbox::new().0, None));
        let gate = Gate { router, shared, hosts: Hosts { names: Vec::new(), any_address: false } };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(serve(listener, gate));
        assert!(answer_of(address, "/sent").await.ends_with("\r\n\r\nsent"));
        assert_eq!(answer_of(address, "/cut").await, "");
    }

    #[tokio::test]
    async fn room_is_made_by_who_waits_longest_and_by_nobody_who_is_answered() {
        let mut lines = Lines::default();
        let mut open = || {
            let line = Arc::new(Line::new());
            let task = lines.tasks.spawn(std::future::pending());
            lines.open.push((task, Arc::clone(&line)));
            line
        };
        let [answered, served, idle] = [open(), open(), open()];
        answered.answers();
        std::thread::sleep(Duration::from_millis(1));
        served.idles();
        for expected in [&idle, &served] {
            assert!(lines.make_room());
            assert!(lines.open.iter().all(|(_, line)| !Arc::ptr_eq(line, expected)));
        }
        assert!(!lines.make_room());
        assert_eq!(lines.open.len(), 1);
    }
}
