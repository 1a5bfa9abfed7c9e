//! The app against the emulator, in one process: `cargo run --package events --example
//! against_emulator`.
//!
//! The emulator's clock stands still and is turned, so that four weeks take no time. What the app
//! tells is printed as it comes, and in the end all that the emulator has seen.

use std::error::Error;

use events::{EventCanceled, EventPublished, EventStarting, Settings, serve};
use jiff::ToSpan;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use trigger_core::report::App;
use trigger_core::webhook::{Event, Webhooks};
use trigger_emulator::{Emulator, Webhook};
use uuid::Uuid;

const DRAWING: Uuid = Uuid::from_u128(0x0d);
const POTTERY: Uuid = Uuid::from_u128(0x09);

fn published(event: Uuid, title: &str, starts_at: &str) -> Webhook {
    let body: Value = json!({
        "eventId": event,
        "status": "UPCOMING",
        "title": title,
        "dateAndTimeSettings": { "startDate": starts_at, "timeZoneId": "Europe/Dublin" },
        "registration": { "type": "RSVP", "status": "OPEN_RSVP" },
    });
    Webhook::action(EventPublished::TYPE, &body).entity_id(event.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let wix = Emulator::builder().at("2026-03-02T09:00:00Z".parse()?).start().await?;
    wix.automation::<EventStarting>("Reminder").before(2.days());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    wix.send_webhooks_to(&format!("http://{address}/webhook"));

    println!("-- Wix delivers while the app is not there, and again a minute later");
    drop(listener);
    wix.deliver(published(DRAWING, "Life drawing", "2026-03-20T18:00:00Z").sequence(1));
    wix.posts_answered().await;
    let listener = TcpListener::bind(address).await?;
    let (settings, mut told) = settings(&wix)?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let app = tokio::spawn(serve(listener, settings, async { drop(stopped.await) }));
    wix.clock().advance(1.minute());
    until(&mut told, "reported").await;

    println!("-- The event is moved by a week");
    wix.deliver(published(DRAWING, "Life drawing", "2026-03-27T18:00:00Z").sequence(2));
    until(&mut told, "reported").await;

    println!("-- Another one is published, and canceled");
    wix.deliver(published(POTTERY, "Pottery", "2026-03-21T18:00:00Z").sequence(1));
    until(&mut told, "reported").await;
    let canceled = Webhook::action(EventCanceled::TYPE, &json!({ "eventId": POTTERY }));
    wix.deliver(canceled.entity_id(POTTERY.to_string()).sequence(2));
    until(&mut told, "canceled").await;

    println!("-- Four weeks pass");
    wix.posts_answered().await;
    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(DRAWING).times(1);
    wix.expect_nothing_ran(POTTERY);
    println!("{}", wix.history());
    drop(stop);
    assert!(app.await??.is_empty(), "the app leaves nothing undone");
    Ok(())
}

/// The app, which reports to the emulator, takes what it signs, and tells what it does.
fn settings(wix: &Emulator) -> Result<(Settings, UnboundedReceiver<String>), Box<dyn Error>> {
    let clock = wix.clock();
    let app = App::builder("an-app", "not-a-secret").base_url(format!("http://{}", wix.address()));
    let app = app.clock(move || clock.now().into()).build()?;
    let (tell, told) = mpsc::unbounded_channel();
    let settings = Settings::new(app, Webhooks::new(wix.webhook_public_key())?);
    Ok((settings.tell(move |line| drop(tell.send(line.to_owned()))), told))
}

/// Prints what the app tells until a line has these words.
async fn until(told: &mut UnboundedReceiver<String>, words: &str) {
    while let Some(line) = told.recv().await {
        println!("{line}");
        if line.contains(words) {
            return;
        }
    }
}
