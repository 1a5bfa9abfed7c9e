//! Webhooks that the emulator delivers, read as an app reads them.

mod calls;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde::Deserialize;
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
    let key = include_str!("../../src/webhook/public.pem");
    Webhooks::new(key).expect("a key").verify(body).expect("it is signed")
}

async fn start(app: &App) -> Emulator {
    let wix = builder().start().await.expect("an emulator");
    wix.send_webhooks_to(&app.url);
    wix
}

fn published() -> Webhook {
    Webhook::action(PUBLISHED, &json!({ "title": "Pottery" }))
}

#[tokio::test]
async fn a_webhook_is_signed_and_says_all_that_it_was_told() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let site = Uuid::from_u128(9);
    let webhook = published()
        .id("an-id")
        .entity_fqdn("wix.events.events.v3.event")
        .slug("event_published")
        .entity_id("an-entity")
        .sequence(i64::MAX)
        .event_time("2026-03-01T08:00:00.000001Z".parse().expect("a time"))
        .instance(site)
        .originated_from("an-import")
        .triggered_by_anonymize_request()
        .identity(Identity::app("an-app"));
    assert_eq!(wix.deliver(webhook), "an-id");
    let Request { headers, body, answer } = app.request().await;
    assert_eq!(headers["content-type"], "text/plain");
    assert_eq!(headers["x-emulator-attempt"], "1");
    assert_eq!(format!("http://{}/webhook", headers["host"].to_str().expect("text")), app.url);
    let webhooks = Webhooks::new(wix.webhook_public_key()).expect("a key");
    let delivery = webhooks.verify(&body).expect("it is signed");
    assert_eq!((&*delivery.event_type, delivery.instance_id), (PUBLISHED, Some(site)));
    assert_eq!(delivery.event_id.as_deref(), Some("an-id"));
    assert_eq!(delivery.entity_fqdn.as_deref(), Some("wix.events.events.v3.event"));
    assert_eq!(delivery.slug.as_deref(), Some("event_published"));
    assert_eq!(delivery.entity_id.as_deref(), Some("an-entity"));
    assert_eq!(delivery.time.as_deref(), Some("2026-03-01T08:00:00.000001Z"));
    assert_eq!(delivery.sequence, Some(i64::MAX));
    assert_eq!(delivery.originated_from.as_deref(), Some("an-import"));
    assert!(delivery.triggered_by_anonymize_request);
    let identity = delivery.identity.as_ref().expect("an identity");
    assert_eq!((&identity.kind, identity.id.as_deref()), (&IdentityKind::App, Some("an-app")));
    let body: EventPublished = delivery.body().expect("its body");
    assert_eq!(body, EventPublished { title: "Pottery".to_owned() });

    assert_eq!(wix.deliveries()[0].state, DeliveryState::UnderWay);
    answer.send(200).expect("the emulator waits");
    wix.posts_answered().await;
    let [delivery] = &wix.deliveries()[..] else { panic!("{:?}", wix.deliveries()) };
    assert_eq!((&*delivery.event_id, &*delivery.event_type), ("an-id", PUBLISHED));
    assert_eq!((delivery.instance_id, &delivery.to), (site, &app.url));
    assert_eq!((delivery.state, delivery.next), (DeliveryState::Taken, None));
    let attempts: Vec<_> = delivery.attempts.iter().map(|it| (it.at, it.status)).collect();
    assert_eq!(attempts, [(now(), Some(200))]);
}

#[tokio::test]
async fn what_is_not_said_is_as_wix_has_it() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let ids = [(); 2].map(|()| wix.deliver(published()));
    assert_ne!(ids[0], ids[1]);
    let delivery = app.answer(200).await;
    assert_eq!(delivery.entity_fqdn.as_deref(), Some("wix.events.events.v3.event"));
    assert_eq!(delivery.slug.as_deref(), Some("published"));
    assert_eq!(delivery.time.as_deref(), Some("2026-03-02T09:00:00Z"));
    assert_eq!(delivery.instance_id, Some(Uuid::from_u128(0xb001)));
    assert!(!delivery.triggered_by_anonymize_request);
    assert_eq!((delivery.entity_id, delivery.sequence, delivery.identity), (None, None, None));
    app.answer(200).await;
    for (event_type, fqdn, slug) in [
        ("wix.ecom.v1.order_payment_status_updated", "wix.ecom.v1.order", "payment_status_updated"),
        ("order_paid", "order", "paid"),
        ("wix.a_b.thing_made", "wix.a_b.thing", "made"),
    ] {
        wix.deliver(Webhook::action(event_type, &1));
        let delivery = app.answer(200).await;
        assert_eq!(delivery.entity_fqdn.as_deref(), Some(fqdn));
        assert_eq!(delivery.slug.as_deref(), Some(slug));
    }
    for event_type in ["AppInstalled", "wix.apps._installed", "wix.apps.app_"] {
        wix.deliver(Webhook::action(event_type, &1));
        let delivery = app.answer(200).await;
        assert_eq!((delivery.entity_fqdn, delivery.slug), (None, None));
    }
}

#[tokio::test]
async fn each_way_of_changing_and_each_identity_is_told() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let thing = json!({ "name": "A thing" });
    for (webhook, body, kind, id) in [
        (
            Webhook::created("thing_created", &thing).identity(Identity::member("a")),
            &thing,
            IdentityKind::Member,
            "a",
        ),
        (
            Webhook::updated("thing_updated", &thing).identity(Identity::wix_user("b")),
            &thing,
            IdentityKind::WixUser,
            "b",
        ),
        (
            Webhook::deleted("thing_deleted", Some(&thing)).identity(Identity::app("c")),
            &thing,
            IdentityKind::App,
            "c",
        ),
        (
            Webhook::deleted("thing_deleted", None::<&()>)
                .identity(Identity::anonymous_visitor("d")),
            &Value::Null,
            IdentityKind::AnonymousVisitor,
            "d",
        ),
    ] {
        wix.deliver(webhook);
        let delivery = app.answer(200).await;
        assert_eq!(delivery.json(), body, "{delivery:?}");
        let identity = delivery.identity.expect("an identity");
        assert_eq!((identity.kind, identity.id.as_deref()), (kind, Some(id)));
    }
}

#[tokio::test]
async fn what_fails_is_delivered_again_by_the_emulators_clock() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let id = wix.deliver(published());
    let mut bodies = Vec::new();
    for (status, wait) in [(500, 1.minute()), (204, 10.minutes()), (302, 1.hour()), (200, 1.hour())]
    {
        let Request { headers, body, answer } = app.request().await;
        bodies.push(body);
        assert_eq!(headers["x-emulator-attempt"], bodies.len().to_string().as_str());
        answer.send(status).expect("the emulator waits");
        wix.posts_answered().await;
        wix.clock().advance(wait);
    }
    // The same token each time.
    assert!(bodies.windows(2).all(|two| two[0] == two[1]));
    let [delivery] = &wix.deliveries()[..] else { panic!("{:?}", wix.deliveries()) };
    assert_eq!((delivery.state, delivery.next), (DeliveryState::Taken, None));
    let about = format!("the webhook {PUBLISHED} {id} to {}", app.url);
    let lines = [
        format!("2026-03-02T09:00:00Z delivers {about}"),
        format!("2026-03-02T09:00:00Z delivered {about}: answered with 500"),
        format!("2026-03-02T09:01:00Z delivered {about}: answered with 204"),
        format!("2026-03-02T09:11:00Z delivered {about}: answered with 302"),
        format!("2026-03-02T10:11:00Z delivered {about}: answered with 200"),
    ];
    let history = wix.history();
    let told: Vec<_> = history.lines().skip(1).map(str::trim).collect();
    assert_eq!(told, lines);
}

/// The app takes it, but too late for Wix.
#[tokio::test]
async fn a_late_answer_is_none() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let id = wix.deliver(published());
    let late = app.request().await;
    let about = format!("the webhook {PUBLISHED} {id} to {}", app.url);
    let under_way = format!("2026-03-02T09:00:00Z (not answered yet) delivers {about}");
    assert!(wix.history().ends_with(&under_way), "{}", wix.history());
    wix.posts_answered().await;
    // Whoever has hung up reads no answer.
    let _ = late.answer.send(200);
    let delivery = &wix.deliveries()[0];
    assert_eq!(delivery.attempts.iter().map(|it| it.status).collect::<Vec<_>>(), [None]);
    assert_eq!(delivery.state, DeliveryState::Waiting);
    assert_eq!(delivery.next.map(|at| at.to_string()).as_deref(), Some("2026-03-02T09:01:00Z"));
    let again = format!("2026-03-02T09:01:00Z (not yet) delivers {about} again");
    assert!(wix.history().ends_with(&again), "{}", wix.history());
    wix.clock().next();
    assert_eq!(app.answer(200).await.event_id, Some(id));
    wix.posts_answered().await;
    assert_eq!(wix.deliveries()[0].state, DeliveryState::Taken);
}

#[tokio::test]
async fn an_app_that_is_down_is_given_up_after_two_days() {
    let app = App::start().await;
    let wix = start(&app).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    wix.send_webhooks_to(&format!("http://{}/", nobody.local_addr().expect("an address")));
    drop(nobody);
    let id = wix.deliver(published());
    // Over HTTP, a turn waits for what is delivered on its way.
    let turned = super::post(&wix, "/_emulator/clock", None, r#"{"runOut":true}"#.to_owned()).await;
    assert_eq!(turned.body["now"], "2026-03-04T08:11:00Z");
    let [delivery] = &wix.deliveries()[..] else { panic!("{:?}", wix.deliveries()) };
    assert_eq!((delivery.state, delivery.attempts.len()), (DeliveryState::GivenUp, 13));
    assert!(wix.history().ends_with(": not answered, and given up"), "{}", wix.history());
    assert_eq!(wix.history().matches("given up").count(), 1);
    // It can still be delivered by hand.
    wix.deliver_again(&id);
    wix.posts_answered().await;
    assert_eq!(wix.deliveries()[1].event_id, id);
}

/// Twice, and an older one after a newer one.
#[tokio::test]
async fn what_was_delivered_is_delivered_again_as_it_was() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let recent = webhook::Recent::new(10);
    let first = wix.deliver(published().entity_id("an-entity").sequence(1));
    let Request { body: first_body, .. } = app.request().await;
    recent.remember(&read(&first_body).mark());
    wix.clock().advance(1.second());
    wix.deliver(published().entity_id("an-entity").sequence(3));
    recent.remember(&app.answer(200).await.mark());
    wix.deliver(published().entity_id("an-entity").sequence(2));
    let late = app.answer(200).await.mark();
    assert_eq!(recent.look(&late), webhook::Arrival::Late { last: 3 });
    wix.deliver_again(&first);
    let Request { body, .. } = app.request().await;
    assert_eq!(body, first_body);
    assert_eq!(recent.look(&read(&body).mark()), webhook::Arrival::Repeated);
    let ids: Vec<_> = wix.deliveries().into_iter().map(|it| it.event_id).collect();
    assert_eq!((ids.len(), &ids[0], &ids[3]), (4, &first, &first));
    // Of two that share an id, the last one.
    for sequence in [4, 5] {
        wix.deliver(published().id("an-id").sequence(sequence));
        app.answer(200).await;
    }
    wix.deliver_again("an-id");
    assert_eq!(app.answer(200).await.sequence, Some(5));
}

#[tokio::test]
async fn deliveries_are_saved_and_loaded_and_forgotten() {
    let mut app = App::start().await;
    let tape = super::state::Tape::default();
    let wix = builder().record(tape.clone()).start().await.expect("an emulator");
    wix.send_webhooks_to(&app.url);
    let taken = wix.deliver(published());
    app.answer(200).await;
    let fails = wix.deliver(published());
    app.answer(500).await;
    wix.posts_answered().await;
    let under_way = wix.deliver(published());
    let _pending = app.request().await;

    let saved = wix.save();
    let history = tape.text();
    for is_loaded in [true, false] {
        let wix = builder().start().await.expect("an emulator");
        if is_loaded {
            wix.load(&saved).expect("a state");
        } else {
            wix.replay(&history).expect("a history");
        }
        assert_eq!(wix.save(), saved);
        // What was under way is delivered once more.
        assert_eq!(app.answer(200).await.event_id.as_ref(), Some(&under_way));
        wix.posts_answered().await;
        wix.clock().next();
        assert_eq!(app.answer(200).await.event_id.as_ref(), Some(&fails));
        wix.posts_answered().await;
        let states = wix.deliveries().into_iter().map(|it| (it.event_id, it.state));
        let expected = [&taken, &fails, &under_way].map(|it| (it.clone(), DeliveryState::Taken));
        assert_eq!(states.collect::<Vec<_>>(), expected);
        wix.reset();
        assert!(wix.deliveries().is_empty());
        // Where webhooks go was said before, or not, and is not forgotten.
        let words = super::expectations::message(|| wix.deliver(published()));
        assert!(words.starts_with("nobody said where webhooks go to: "), "{words}");
    }
}
