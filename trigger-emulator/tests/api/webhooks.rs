//! Webhooks that the emulator delivers, read as an app reads them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde::Deserialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use trigger_core::webhook::{self, Event, IdentityKind, Webhooks};
use trigger_emulator::{DeliveryState, Identity, Webhook};
use uuid::Uuid;

use super::*;

const PUBLISHED: &str = "wix.events.events.v3.event_published";

#[derive(Debug, PartialEq, Deserialize)]
struct EventPublished {
    title: String,
}

impl Event for EventPublished {
    const TYPE: &'static str = PUBLISHED;
}

/// What an app was sent, and when it is to answer with what.
struct Request {
    headers: HeaderMap,
    body: Bytes,
    answer: oneshot::Sender<u16>,
}

/// An app that answers when and as the test says; what the test drops is answered with 500.
struct App {
    url: String,
    requests: mpsc::UnboundedReceiver<Request>,
}

impl App {
    async fn start() -> Self {
        let (sender, requests) = mpsc::unbounded_channel();
        let handler = async move |headers: HeaderMap, body: Bytes| {
            let (answer, answered) = oneshot::channel();
            sender.send(Request { headers, body, answer }).expect("the test listens");
            StatusCode::from_u16(answered.await.unwrap_or(500)).expect("a status")
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/webhook", listener.local_addr().expect("an address"));
        let router = Router::new().route("/webhook", post(handler));
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { url, requests }
    }

    async fn request(&mut self) -> Request {
        self.requests.recv().await.expect("a request")
    }

    /// What the next request says, which is answered so.
    async fn answer(&mut self, status: u16) -> webhook::Delivery {
        let Request { body, answer, .. } = self.request().await;
        answer.send(status).expect("the emulator waits");
        read(&body)
    }
}

fn read(body: &[u8]) -> webhook::Delivery {
    let key = get_key();
    Webhooks::new(key).expect("a key").verify(body).expect("it is signed")
}

fn get_key() -> &'static str {
    include_str!("../../src/webhook/public.pem")
}

async fn start(app: &App) -> Emulator {
    let wix = builder().start().await.expect("an emulator");
    wix.send_webhooks_to(&app.url);
    wix
}

fn published() -> Webhook {
    Webhook::action(PUBLISHED, &json!({ "title": "Pottery" }))
}
