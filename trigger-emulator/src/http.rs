//! The emulator over HTTP: Wix's calls, and its own under `/_emulator/`.

mod control;
mod request;
mod webhooks;
mod wix;

pub(crate) use request::{MAX_DEPTH, guid, is_deeper};
pub(crate) use wix::Failure;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::State as Shares;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fault::Strike;
use crate::page;
use crate::state::Shared;

/// The longest body that is read, in bytes: a hundred events of forty kilobytes.
const MAX_BODY: usize = 4 << 20;

/// The longest state that is read, in bytes.
const MAX_STATE: usize = 256 << 20;

const STATE: &str = "/_emulator/state";

/// The longest body that is read of a call.
pub(crate) fn body_limit(path: &str) -> usize {
    if path == STATE { MAX_STATE } else { MAX_BODY }
}

/// What answers the requests for a path.
pub(crate) type Calls = MethodRouter<Arc<Shared>>;

/// All calls: the path, its methods, and what answers them.
fn calls() -> Vec<(&'static str, &'static str, Calls)> {
    let wix = |call: wix::Call| {
        post(
            move |Shares(shared): Shares<Arc<Shared>>, uri: Uri, headers: HeaderMap, body: Body| async move {
                answer(&shared, call, &uri, &headers, body).await
            },
        )
    };
    let faults = get(control::faults).post(control::inject).delete(control::clear_faults);
    let state = get(control::state).put(control::load).layer(DefaultBodyLimit::max(MAX_STATE));
    let mut calls: Vec<(_, _, Calls)> = vec![
        ("/oauth2/token", "POST", post(token)),
        ("/automations/v1/events/report", "POST", wix(wix::REPORT)),
        ("/automations/v1/events/bulk-report", "POST", wix(wix::BULK_REPORT)),
        ("/automations/v1/events/cancel", "POST", wix(wix::CANCEL)),
        ("/automations/v1/events/bulk-cancel", "POST", wix(wix::BULK_CANCEL)),
        ("/_emulator/triggers", "GET", get(control::triggers)),
        ("/_emulator/automations", "GET", get(control::automations)),
        ("/_emulator/events", "GET", get(control::events)),
        ("/_emulator/activations", "GET", get(control::activations)),
        ("/_emulator/clock", "GET, POST", get(control::clock).post(control::turn)),
        ("/_emulator/reset", "POST", post(control::reset)),
        ("/_emulator/cancel-reach", "POST", post(control::cancel_reach)),
        ("/_emulator/faults", "GET, POST, DELETE", faults),
        ("/_emulator/webhooks", "GET, POST", get(webhooks::deliveries).post(webhooks::deliver)),
        ("/_emulator/webhooks/public-key", "GET", get(webhooks::public_key)),
        (STATE, "GET, PUT", state),
    ];
    calls.extend(page::calls());
    calls
}

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new().route("/", get(front)).merge(page::files());
    for (path, _, answers) in calls() {
        router = router.route(path, answers);
    }
    router
        .method_not_allowed_fallback(async |shared: _, method, uri| {
            no_such_call(405, shared, &method, &uri)
        })
        .fallback(async |shared: _, method, uri| no_such_call(404, shared, &method, &uri))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(map_response(with_request_id))
        .with_state(shared)
}

/// The page for who looks, and the list of calls for who reads.
async fn front(headers: HeaderMap) -> Response {
    if page::is_asked_for(&headers) {
        return page::index();
    }
    let varies = [(VARY, HeaderValue::from_static("accept"))];
    (varies, list_of_calls()).into_response()
}

fn list_of_calls() -> Answer {
    let calls = calls().into_iter().map(|(path, methods, _)| format!("{methods} {path}"));
    Answer::from(Ok(json!({ "calls": calls.collect::<Vec<_>>() })))
}

fn no_such_call(
    status: u16,
    Shares(shared): Shares<Arc<Shared>>,
    method: &Method,
    uri: &Uri,
) -> Answer {
    let path = uri.path();
    let message = format!("there is no call `{method} {path}`; `GET /` lists all calls");
    shared.tell(|| format!("refused {path}: {status} {message}"));
    Answer::from(Err(wix::Failure::plain(status, &message)))
}

async fn answer(
    shared: &Shared,
    call: wix::Call,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Response {
    let body = match read(body) {
        Ok(body) => body,
        Err(failure) => return Answer::from(Err(failure)).into_response(),
    };
    let wix::Answered { result, strike } = wix::answer(shared, &call, headers, &body);
    if let Some(strike) = &strike {
        shared.tell(|| format!("a fault struck {}: {strike}", uri.path()));
    }
    if let (Err(wix::Failure { status, message, .. }), None) = (&result, &strike) {
        shared.tell(|| format!("refused {}: {status} {message}", uri.path()));
    }
    match strike {
        Some(Strike::CutBefore | Strike::CutAfter) => return Cut.into_response(),
        Some(Strike::Delay(delay)) => tokio::time::sleep(delay).await,
        _ => {}
    }
    Answer::from(result).into_response()
}

/// What a response carries that is never to be sent: its connection is cut instead, without a byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut;

impl IntoResponse for Cut {
    fn into_response(self) -> Response {
        let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

async fn token(Shares(shared): Shares<Arc<Shared>>, uri: Uri, body: Body) -> Answer {
    let body = match read(body) {
        Ok(body) => body,
        Err(failure) => return Answer::from(Err(failure)),
    };
    let answer = wix::token(&shared, &body);
    if let Some(words) = answer.body["error_description"].as_str() {
        shared.tell(|| format!("refused {}: {} {words}", uri.path(), answer.status));
    }
    answer
}

/// A body, or why it was not read.
pub(crate) type Body = Result<Bytes, BytesRejection>;

pub(crate) fn read(body: Body) -> Result<Bytes, wix::Failure> {
    body.map_err(|error| wix::Failure::plain(error.status().as_u16(), &error.body_text()))
}

/// Refuses a request that no call is to see, and tells the observer.
pub(crate) async fn refuse(shared: &Shared, path: &str, status: u16, message: &str) -> Response {
    shared.tell(|| format!("refused {path}: {status} {message}"));
    let answer = Answer::from(Err(wix::Failure::plain(status, message)));
    with_request_id(answer.into_response()).await
}

/// Counts requests from a random one on: the system's own randomness costs as much as a report.
async fn with_request_id(mut response: Response) -> Response {
    const REQUEST_ID: HeaderName = HeaderName::from_static("x-wix-request-id");
    static FIRST: LazyLock<Uuid> = LazyLock::new(Uuid::new_v4);
    static REQUESTS: AtomicU64 = AtomicU64::new(0);
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let (high, low) = FIRST.as_u64_pair();
    let id = Uuid::from_u64_pair(high, low.wrapping_add(number));
    if let Ok(id) = HeaderValue::from_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A status and a body of JSON: never an empty one, which Wix's SDK cannot read.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// In seconds.
    pub(crate) retry_after: Option<i64>,
    pub(crate) body: Value,
}

impl From<Result<Value, wix::Failure>> for Answer {
    fn from(result: Result<Value, wix::Failure>) -> Self {
        match result {
            Ok(body) => Self { status: 200, retry_after: None, body },
            Err(failure) => Self {
                status: failure.status,
                retry_after: failure.retry_after,
                body: json!({ "message": failure.message, "details": failure.details }),
            },
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let json = [("content-type", "application/json")];
        // A `Value` is always JSON. Its `to_string` would go through `fmt`.
        let body = serde_json::to_vec(&self.body).unwrap_or_default();
        let mut response = (status, json, body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
