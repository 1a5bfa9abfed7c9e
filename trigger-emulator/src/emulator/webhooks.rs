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
    /// use jiff::ToSpan;
    /// use serde_json::json;
    /// use trigger_emulator::{DeliveryState, Emulator, Webhook};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let app = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// # let url = format!("http://{}/webhook", app.local_addr()?);
    /// # drop(app);
    /// let wix = Emulator::start().await?;
    /// wix.send_webhooks_to(&url);
    /// let body = json!({ "status": "PUBLISHED" });
    /// wix.deliver(Webhook::action("wix.events.events.v3.event_published", &body));
    /// wix.posts_answered().await;
    ///
    /// // Nobody listens there yet: it is tried again a minute later.
    /// assert_eq!(wix.deliveries()[0].state, DeliveryState::Waiting);
    /// wix.clock().advance(1.minute());
    /// wix.posts_answered().await;
    /// assert_eq!(wix.deliveries()[0].attempts.len(), 2);
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

    /// Delivers once more what was delivered before, byte for byte: Wix may send a webhook twice, or
    /// long after later ones.
    ///
    /// # Panics
    ///
    /// If no event was delivered with this id, or it is forgotten.
    #[track_caller]
    pub fn deliver_again(&self, event_id: &str) {
        if let Err(refused) = self.shared.act(|state| state.deliver_again(event_id, None)) {
            panic!("{refused}");
        }
    }

    /// The webhooks that were delivered or are to be, each with its attempts.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.act(|state| delivery::all(&state.engine))
    }
}
