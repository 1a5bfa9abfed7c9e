//! What is told while events are reported, and what never is.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use trigger_core::Trigger;

use crate::wix::{Fate, Wix};
use crate::{DUE, SECRET, site};

/// Writes down all spans and events.
#[derive(Clone, Default)]
struct Book(Arc<Mutex<String>>);

impl Visit for Book {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = self.0.lock().expect("nobody panicked");
        write!(text, "{field}={value:?} ").expect("a text takes all");
    }
}

impl Subscriber for Book {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("trigger_core")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn attempts_are_told_and_neither_payloads_nor_secrets() {
    let book = Book::default();
    // Where there is one subscriber only, an event that another test comes to first, without it, is
    // silent for ever.
    let _second = tracing::Dispatch::new(Book::default());
    let guard = tracing::subscriber::set_default(book.clone());
    let wix = Wix::default().calls([Fate::body(503, &json!({})), Fate::body(429, &json!({}))]);
    DUE.report(&site(&wix)).await.expect("goes well");
    let wix = Wix::default().calls([Fate::status(403)]);
    DUE.report(&site(&wix)).await.expect_err("fails");
    drop(guard);
    let text = book.0.lock().expect("nobody panicked").clone();
    for told in [
        "trigger=\"invoice_due\"",
        &format!("site={}", crate::SITE),
        "path=\"/automations/v1/events/report\"",
        "attempt=1 status=503 request_id=\"request-1\"",
        "attempt=2 status=429 request_id=\"request-1\"",
        "attempt=3 status=200",
        "attempt=1 status=403",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for hidden in [SECRET, "token-1", "12050", &DUE.invoice_id.to_string()] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
}
