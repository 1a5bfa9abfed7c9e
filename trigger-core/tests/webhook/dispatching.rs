use std::io;
use std::sync::{Arc, Mutex};

use serde::Deserialize;
use trigger_core::webhook::{
    Arrival, Delivery, DispatchError, Dispatched, Event, Handlers, Mark, Recent, Store,
};

use crate::signer::{claims, token, webhooks};
use crate::{EventPublished, delivery, published};

/// What was handled, in order.
type Seen = Arc<Mutex<Vec<String>>>;

fn handlers(seen: &Seen) -> Handlers {
    let seen = Arc::clone(seen);
    Handlers::new().on::<EventPublished>(move |event, delivery: Delivery| {
        let seen = Arc::clone(&seen);
        async move {
            if event.seats == 13 {
                return Err(io::Error::other("a bad number"));
            }
            let late = delivery.overtaken_by.map(|last| format!(" after {last}"));
            let it = format!("{:?}{}", delivery.sequence, late.unwrap_or_default());
            seen.lock().expect("a lock").push(it);
            Ok(())
        }
    })
}

fn numbered(id: &str, sequence: u32) -> Delivery {
    delivery(&format!(r#"{{"id":"{id}","entityId":"e","entityEventSequence":"{sequence}"}}"#))
}

fn seen(seen: &Seen) -> Vec<String> {
    seen.lock().expect("a lock").clone()
}

#[derive(Deserialize)]
struct Uninstalled {}

impl Event for Uninstalled {
    const TYPE: &'static str = "AppRemoved";
}

async fn uninstalled(_: Uninstalled, _: Delivery) -> Result<(), String> {
    Err("a text is an error".to_owned())
}

#[tokio::test]
async fn an_event_goes_to_the_handler_of_its_type() {
    let log = Seen::default();
    let handlers = handlers(&log).on::<Uninstalled>(uninstalled);
    assert_eq!(handlers.dispatch(numbered("a", 1)).await.expect("goes well"), Dispatched::Handled);
    assert_eq!(seen(&log), ["Some(1)"]);
    let removed = webhooks().verify(token(&claims("AppRemoved", "{}"))).expect("verifies");
    let failed = handlers.dispatch(removed).await.expect_err("fails");
    let DispatchError::Handler(error) = failed else { panic!("{failed}") };
    assert_eq!(error.to_string(), "a text is an error");
    assert_eq!(seen(&log).len(), 1);
    let debug = format!("{handlers:?}");
    assert_eq!(
        debug,
        format!("Handlers {{ types: [\"AppRemoved\", \"{}\"], .. }}", EventPublished::TYPE)
    );
}

#[tokio::test]
async fn an_unknown_event_is_answered() {
    let log = Seen::default();
    let unknown =
        webhooks().verify(token(&claims("wix.new.v1.thing_made", "[5]"))).expect("verifies");
    let handlers = handlers(&log).once(Recent::new(10));
    for _ in 0..2 {
        let dispatched = handlers.dispatch(unknown.clone()).await.expect("goes well");
        assert_eq!(dispatched, Dispatched::Unknown);
    }
    assert_eq!(seen(&log).len(), 0);
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_told() {
    let log = Seen::default();
    let failed =
        handlers(&log).dispatch(published(r#"{"seats":"many"}"#)).await.expect_err("fails");
    assert!(matches!(failed, DispatchError::Body(_)), "{failed}");
}

#[tokio::test]
async fn an_event_that_was_handled_is_not_handled_again() {
    let log = Seen::default();
    let handlers = handlers(&log).once(Recent::new(10));
    let dispatch = async |delivery| handlers.dispatch(delivery).await.expect("goes well");
    assert_eq!(dispatch(numbered("a", 2)).await, Dispatched::Handled);
    assert_eq!(dispatch(numbered("a", 2)).await, Dispatched::Repeated);
    assert_eq!(dispatch(numbered("b", 1)).await, Dispatched::Handled);
    assert_eq!(dispatch(numbered("b", 1)).await, Dispatched::Repeated);
    assert_eq!(dispatch(numbered("c", 3)).await, Dispatched::Handled);
    assert_eq!(seen(&log), ["Some(2)", "Some(1) after 2", "Some(3)"]);
}

#[tokio::test]
async fn an_event_that_failed_is_handled_when_it_comes_again() {
    let log = Seen::default();
    let handlers = handlers(&log).once(Recent::new(10));
    let bad = published(r#"{"seats":13}"#);
    for _ in 0..2 {
        let failed = handlers.dispatch(bad.clone()).await.expect_err("fails");
        assert!(matches!(failed, DispatchError::Handler(_)), "{failed}");
    }
    let good = published(r#"{"seats":12}"#);
    assert_eq!(good.event_id, bad.event_id);
    assert_eq!(handlers.dispatch(good).await.expect("goes well"), Dispatched::Handled);
}

/// A database that cannot be reached.
struct Broken;

impl Store for Broken {
    type Error = io::Error;

    async fn arrival(&self, _: &Mark) -> Result<Arrival, io::Error> {
        Err(io::Error::other("no connection"))
    }

    async fn handled(&self, _: &Mark) -> Result<(), io::Error> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_is_handled_where_the_store_cannot_say_what_came() {
    let log = Seen::default();
    let failed = handlers(&log).once(Broken).dispatch(numbered("a", 1)).await.expect_err("fails");
    assert!(matches!(failed, DispatchError::Store(_)), "{failed}");
    assert_eq!(seen(&log).len(), 0);
}

#[test]
fn dispatching_is_sent_between_threads() {
    fn sent<T: Send>(_: &T) {}
    let handlers = handlers(&Seen::default()).once(Recent::new(10));
    sent(&handlers.dispatch(numbered("a", 1)));
}
