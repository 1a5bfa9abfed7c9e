//! The webhooks that a test has delivered to the app.

use super::Emulator;
use crate::delivery::{self, Delivery};
use crate::local::LocalUrl;
use crate::webhook::{PUBLIC_KEY, Webhook};

impl Emulator {
    /// Where [`deliver`](Self::deliver) sends webhooks to from now on: an address of this machine, such
    /// as `http://127.0.0.1:3000/webhook`.
    ///
    /// # Panics
    ///
    /// If it is none of this machine.
    #[track_caller]
    pub fn send_webhooks_to(&self, url: &str) {
        let url: LocalUrl = match url.parse() {
            Ok(url) => url,
            Err(error) => panic!("`{url}`: {error}"),
        };
        self.shared.act(|state| state.webhooks_to = Some(url));
    }

    /// What the app verifies the emulator's webhooks with, as PEM.
    ///
    /// It is the same for all emulators, and the key that signs is no secret. An app that took this one
    /// in production would take webhooks that anybody has forged.
    ///
    /// ```
    /// use trigger_core::webhook::Webhooks;
    /// # use trigger_emulator::Emulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::start().await?;
    /// let webhooks = Webhooks::new(wix.webhook_public_key())?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn webhook_public_key(&self) -> &'static str {
        PUBLIC_KEY
    }

    /// Delivers a webhook to the app, signed as Wix signs it: the id of its event.
    ///
    /// The app takes it with status 200, within 1250 ms of this machine's time. Whatever else comes, or
    /// nothing, is a failure, after which it is tried again as Wix does: 1 min, 10 min, 1 h, 2 h three
    /// times, 4 h three times, 8 h twice and 12 h after the last failure, by the emulator's clock. Wait
    /// for [`posts_answered`](Self::posts_answered) before the clock is turned or anything expected.
    ///
    /// # Panics
    ///
    /// If nobody said where webhooks [go to](Self::send_webhooks_to), or Wix would send no such thing:
    /// a name is longer than 200 characters, the body is nested deeper than 100, or the signed webhook
    /// longer than 1 MB.
    ///
    /// ```
    /// use axum::{Router, routing::post};
    /// use serde_json::json;
    /// use trigger_core::webhook::{Delivery, Webhooks};
    /// use trigger_emulator::{DeliveryState, Emulator, Webhook};
    ///
    /// // The app under test.
    /// async fn published(delivery: Delivery) {
    ///     println!("{} is {}", delivery.event_type, delivery.json()["status"]);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let wix = Emulator::start().await?;
    /// let webhooks = Webhooks::new(wix.webhook_public_key())?;
    /// let app = Router::new().route("/webhook", post(published)).with_state(webhooks);
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// wix.send_webhooks_to(&format!("http://{}/webhook", listener.local_addr()?));
    /// tokio::spawn(async { axum::serve(listener, app).await });
    ///
    /// let body = json!({ "status": "PUBLISHED" });
    /// wix.deliver(Webhook::action("wix.events.events.v3.event_published", &body));
    /// wix.posts_answered().await;
    /// assert_eq!(wix.deliveries()[0].state, DeliveryState::Taken);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn deliver(&self, webhook: Webhook) -> String {
        match self.shared.act(|state| state.deliver(webhook, None)) {
            Ok(delivery) => delivery.event_id,
            Err(refused) => panic!("{refused}"),
        }
    }

    /// Delivers once more what was delivered with this id last, byte for byte: Wix may send a webhook
    /// twice, or long after later ones.
    ///
    /// # Panics
    ///
    /// If no event was delivered with this id, or it is forgotten, or nobody said where webhooks go to.
    ///
    /// ```
    /// # use serde_json::json;
    /// # use trigger_emulator::{Emulator, Webhook};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let wix = Emulator::start().await?;
    /// # wix.send_webhooks_to("http://127.0.0.1:1/");
    /// let moved = |sequence| {
    ///     let body = json!({ "seat": sequence });
    ///     Webhook::updated("wix.seats.v1.seat_updated", &body).entity_id("a").sequence(sequence)
    /// };
    /// let first = wix.deliver(moved(1));
    /// wix.deliver(moved(2));
    /// wix.deliver_again(&first); // twice, and late
    /// # assert_eq!(wix.deliveries().len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn deliver_again(&self, event_id: &str) {
        if let Err(refused) = self.shared.act(|state| state.deliver_again(event_id, None)) {
            panic!("{refused}");
        }
    }

    /// The webhooks that were delivered or are to be, each with its attempts.
    ///
    /// ```
    /// use jiff::ToSpan;
    /// use serde_json::json;
    /// use trigger_emulator::{DeliveryState, Emulator, Webhook};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let app = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// # let nobody_listens = format!("http://{}/webhook", app.local_addr()?);
    /// # drop(app);
    /// let wix = Emulator::start().await?;
    /// wix.send_webhooks_to(&nobody_listens);
    /// wix.deliver(Webhook::created("wix.contacts.v4.contact_created", &json!({ "id": "a" })));
    /// wix.posts_answered().await;
    /// assert_eq!(wix.deliveries()[0].state, DeliveryState::Waiting);
    ///
    /// wix.clock().advance(1.minute());
    /// wix.posts_answered().await;
    /// let statuses = wix.deliveries()[0].attempts.iter().map(|it| it.status).collect::<Vec<_>>();
    /// assert_eq!(statuses, [None, None]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.act(|state| delivery::all(&state.engine))
    }
}
