use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, Request, State};
use axum::routing::post;
use http::StatusCode;
use tower::ServiceExt;
use trigger_core::webhook::{Delivery, DispatchError, Dispatched, Handlers, VerifyError, Webhooks};

use crate::EventPublished;
use crate::signer::{claims, token, webhooks};

#[derive(Clone, FromRef)]
struct Shop {
    webhooks: Webhooks,
    handlers: Arc<Handlers>,
}

async fn dispatch(
    State(handlers): State<Arc<Handlers>>,
    delivery: Delivery,
) -> Result<Dispatched, DispatchError> {
    handlers.dispatch(delivery).await
}

async fn told(delivery: Result<Delivery, VerifyError>) -> String {
    match delivery {
        Ok(delivery) => delivery.event_type,
        Err(error) => error.to_string(),
    }
}

async fn published(event: EventPublished, _: Delivery) -> Result<(), String> {
    if event.seats == 13 { Err("a bad number".to_owned()) } else { Ok(()) }
}

async fn send(path: &str, body: Body) -> (StatusCode, String) {
    let handlers = Arc::new(Handlers::new().on::<EventPublished>(published));
    let shop = Shop { webhooks: webhooks(), handlers };
    let router = Router::new().route("/webhook", post(dispatch)).route("/told", post(told));
    let request = Request::post(path).body(body).expect("a request");
    let response = router.with_state(shop).oneshot(request).await.expect("an answer");
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1000).await.expect("a body");
    (status, String::from_utf8(body.to_vec()).expect("a text"))
}

async fn status(body: impl Into<Body>) -> u16 {
    let (status, body) = send("/webhook", body.into()).await;
    assert_eq!(body, "");
    status.as_u16()
}

fn body(seats: u8) -> String {
    let data = format!(r#"{{"actionEvent":{{"body":{{"seats":{seats}}}}}}}"#);
    token(&claims("wix.events.events.v3.event_published", &data))
}

#[tokio::test]
async fn a_delivery_is_an_argument_of_a_handler() {
    assert_eq!(status(body(12)).await, 200);
    assert_eq!(status(body(13)).await, 500);
    assert_eq!(status(token(&claims("an_unknown_type", "[]"))).await, 200);
}

#[tokio::test]
async fn what_is_refused_does_not_get_to_the_handler() {
    assert_eq!(status("hello").await, 400);
    assert_eq!(status("{".repeat(10_000_000)).await, 413);
    let mut good = body(12);
    good.replace_range(..1, "f");
    assert_eq!(status(good).await, 400);
    assert_eq!(status(format!("{}AAAA", body(12))).await, 401);
}

#[tokio::test]
async fn a_handler_may_ask_for_the_error() {
    let (status, said) = send("/told", "hello".into()).await;
    assert_eq!((status.as_u16(), said.as_str()), (200, "the body is no JSON Web Token"));
}

/// A body that says neither how long it is nor ends.
#[tokio::test]
async fn a_body_without_an_end_is_read_up_to_the_limit() {
    let endless = Body::new(Endless { sent: 0 });
    assert_eq!(status(endless).await, 413);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let (status, said) = send("/told", Body::new(Endless { sent: usize::MAX })).await;
    assert_eq!((status.as_u16(), said.as_str()), (200, "the body could not be read to its end"));
}

struct Endless {
    sent: usize,
}

impl hyper::body::Body for Endless {
    type Data = axum::body::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Ready(Some(match self.sent {
            usize::MAX => Err(std::io::Error::other("cut")),
            sent => {
                assert!(sent < 2 << 20, "more is read than the limit");
                self.sent += 1 << 16;
                Ok(hyper::body::Frame::data(vec![b'a'; 1 << 16].into()))
            }
        }))
    }
}
