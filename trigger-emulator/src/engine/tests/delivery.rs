//! Webhooks that are delivered.

use super::*;
use crate::webhook::Webhook;

fn deliver(engine: &mut Engine, id: &str) {
    let webhook = Webhook::action("wix.things.v1.thing_changed", &1).id(id);
    let webhook = webhook.complete(engine.now()).expect("a webhook");
    engine.deliver(webhook, "http://localhost:3000/webhook".parse().expect("an address"));
}

/// What became of the attempts of a delivery, with the minutes since the first.
fn outcomes(engine: &Engine, index: usize) -> Vec<(i64, Outcome)> {
    let delivery = &engine.deliveries[index];
    let minutes = |at: &Timestamp| delivery.at.duration_until(*at).as_mins();
    delivery.attempts.iter().map(|(at, outcome)| (minutes(at), *outcome)).collect()
}

#[test]
fn a_webhook_that_fails_is_delivered_again_twelve_times() {
    let mut engine = engine();
    deliver(&mut engine, "an-id");
    let times = attempts();
    // Wix takes 200 alone for success.
    let failures = [Outcome::Unanswered, Outcome::Answered(204), Outcome::Answered(500)];
    let mut failures = failures.into_iter().cycle();
    for (attempt, minutes) in times.iter().enumerate() {
        if attempt > 0 {
            engine.advance(day(1) + SignedDuration::from_mins(*minutes) - 1.nanosecond());
            assert_eq!(engine.take_letters(), [], "before the attempt {attempt}");
        }
        engine.advance(day(1) + SignedDuration::from_mins(*minutes));
        let letter = letter(&mut engine);
        let opened = engine.open(letter).expect("a letter");
        assert_eq!(opened.attempt, attempt + 1);
        assert_eq!(opened.to.to_string(), "http://localhost:3000/webhook");
        let claims = engine.deliveries[0].webhook.claims();
        assert_eq!(opened.content, Content::Webhook { claims });
        engine.answered(letter, failures.next().expect("one"));
    }
    let at: Vec<_> = outcomes(&engine, 0).iter().map(|(at, _)| *at).collect();
    assert_eq!(at, times);
    assert!(engine.deliveries[0].is_given_up());
    assert_eq!(engine.next_due(), None);
}

#[test]
fn what_is_taken_is_not_delivered_again() {
    let mut engine = engine();
    deliver(&mut engine, "an-id");
    let first = letter(&mut engine);
    failed(&mut engine, first);
    engine.advance(day(1) + 1.minute());
    let second = letter(&mut engine);
    // An answer to the first one is none to the second.
    assert_eq!(engine.open(first), None);
    engine.answered(first, Outcome::Answered(200));
    assert!(!engine.deliveries[0].is_taken());
    engine.answered(second, Outcome::Answered(200));
    let expected = [(0, Outcome::Unanswered), (1, Outcome::Answered(200))];
    assert_eq!(outcomes(&engine, 0), expected);
    assert!(engine.deliveries[0].is_taken() && !engine.deliveries[0].is_given_up());
    engine.advance(day(30));
    assert_eq!(engine.take_letters(), []);
}

#[test]
fn what_is_forgotten_is_delivered_no_more() {
    let mut engine = engine();
    deliver(&mut engine, "one");
    deliver(&mut engine, "another");
    let letters = engine.take_letters();
    failed(&mut engine, letters[0]);
    engine.reset();
    assert!(engine.deliveries.is_empty() && engine.next_due().is_none());
    assert_eq!(engine.open(letters[1]), None);
    // Deliveries are counted from the start again then, and letters are not.
    deliver(&mut engine, "one");
    engine.answered(letters[0], Outcome::Answered(200));
    assert_eq!(outcomes(&engine, 0), []);
    let new = letter(&mut engine);
    engine.answered(new, Outcome::Answered(200));
    assert!(engine.deliveries[0].is_taken());
}

/// A clock that goes no further ends it as well.
#[test]
fn nobody_waits_beyond_the_end_of_time() {
    let mut engine = engine();
    engine.advance(Timestamp::MAX);
    deliver(&mut engine, "an-id");
    let letter = letter(&mut engine);
    failed(&mut engine, letter);
    assert!(engine.deliveries[0].is_given_up());
}

#[test]
fn no_state_has_attempts_that_nobody_made() {
    let mut engine = engine();
    deliver(&mut engine, "waits");
    deliver(&mut engine, "under way");
    deliver(&mut engine, "taken");
    let letters = engine.take_letters();
    failed(&mut engine, letters[0]);
    engine.answered(letters[2], Outcome::Answered(200));
    let saved = serde_json::to_value(engine.save()).expect("JSON");
    engine.load(serde_json::from_value(saved.clone()).expect("a state")).expect("a state");
    for (place, value, words) in [
        ("/deliveries/0/sending/attempts", json!(0), "a delivery's attempts"),
        ("/deliveries/0/sending/attempts", json!(13), "a delivery's attempts"),
        ("/deliveries/0/sending/due", json!(null), "a delivery's attempts"),
        ("/deliveries/0/attempts", json!([]), "a delivery's attempts"),
        ("/deliveries/0/attempts/0/1", json!({ "answered": 200 }), "a delivery's attempts"),
        ("/deliveries/1/sending/attempts", json!(2), "a delivery's attempts"),
        ("/deliveries/1/sending", json!(null), "a delivery's attempts"),
        ("/deliveries/1/number", json!(0), "a delivery's number"),
        ("/deliveries/2/number", json!(3), "a delivery's number"),
        ("/nextDelivery", json!(u64::MAX), "a delivery's number"),
        ("/log/0", json!({ "delivers": 3 }), "the log"),
        ("/log/0", json!({ "delivered": [0, 1] }), "the log"),
        ("/deliveries/0/sending/due/1", json!(7), "a place in the queue"),
    ] {
        let mut saved = saved.clone();
        *saved.pointer_mut(place).expect(place) = value;
        let saved = serde_json::from_value(saved).expect("a state");
        assert_eq!(engine.load(saved), Err(LoadError::Inconsistent(words)), "{place}");
    }
}

#[test]
fn what_is_over_is_forgotten_and_what_waits_is_not() {
    let mut engine = engine();
    engine.history = Some(4);
    for number in 0..30 {
        deliver(&mut engine, &number.to_string());
        let letter = letter(&mut engine);
        let status = if number == 0 { 500 } else { 200 };
        engine.answered(letter, Outcome::Answered(status));
        engine.forget_what_is_over();
    }
    let ids: Vec<_> = engine.deliveries.iter().map(|it| it.webhook.event_id()).collect();
    assert!(ids.len() < 7 && ids[0] == "0" && ids[1] != "1" && ids.ends_with(&["29"]), "{ids:?}");
    // It is told as what it is, and delivered when its time has come.
    let last = engine.log.last().map(|it| crate::view::words(&engine, it)).expect("a line");
    assert!(last.contains(" 29 to ") && last.ends_with("answered with 200"), "{last}");
    engine.advance(day(1) + 1.minute());
    let letter = letter(&mut engine);
    let Some(Content::Webhook { claims }) = engine.open(letter).map(|it| it.content) else {
        panic!("no letter");
    };
    assert_eq!(claims, engine.deliveries[0].webhook.claims());
}
