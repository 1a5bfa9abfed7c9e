//! What actions post.

use super::*;

/// What became of the posts of an activation, with the minutes since the first.
fn posted(engine: &Engine, index: usize) -> Vec<(i64, Moment)> {
    let history = &engine.activations[index].history;
    let start = history[0].0;
    let posts = history.iter().filter(|it| !matches!(it.1, Moment::State(_) | Moment::Action(_)));
    posts.map(|(at, moment)| (start.duration_until(*at).as_mins(), *moment)).collect()
}

#[test]
fn an_action_posts_the_payload_and_goes_on() {
    let mut engine = engine();
    engine.add_automation(posting(vec![Step::Delay(1.day()), Step::action("Later")]));
    tell(&mut engine, Report { payload: json!({ "amount": 100 }), ..event("paid") });
    let id = letter(&mut engine);
    let letter = engine.open(id).expect("a letter");
    assert_eq!((letter.attempt, &*letter.to.to_string()), (1, "http://localhost:3000/hook"));
    let content = Content::Payload {
        activation: engine.activations[0].id,
        trigger_key: "paid".to_owned(),
        payload: r#"{"amount":100}"#.into(),
    };
    assert_eq!(letter.content, content);
    engine.advance(day(2));
    assert_eq!(acted(&engine, 0), [day(1), day(2)]);
    engine.answered(id, Outcome::Answered(204));
    let success = Moment::Posted(0, Outcome::Answered(204));
    assert_eq!(posted(&engine, 0), [(24 * 60, success)]);
    // It is answered for already.
    assert_eq!(engine.open(id), None);
    failed(&mut engine, id);
    assert_eq!(posted(&engine, 0).len(), 1);
    engine.advance(day(30));
    assert_eq!(engine.take_letters(), []);
}

/// At the times of Wix's webhooks.
#[test]
fn a_post_that_fails_is_tried_again_twelve_times() {
    let mut engine = engine();
    engine.add_automation(posting(Vec::new()));
    tell(&mut engine, event("paid"));
    let times = attempts();
    for (attempt, minutes) in times.iter().enumerate() {
        engine.advance(day(1) + SignedDuration::from_mins(*minutes) - 1.nanosecond());
        if attempt > 0 {
            assert_eq!(engine.take_letters(), [], "before the attempt {attempt}");
        }
        engine.advance(day(1) + SignedDuration::from_mins(*minutes));
        let letter = letter(&mut engine);
        assert_eq!(engine.open(letter).map(|it| it.attempt), Some(attempt + 1));
        let failure = if attempt % 2 == 0 { Outcome::Unanswered } else { Outcome::Answered(500) };
        engine.answered(letter, failure);
    }
    let told = posted(&engine, 0);
    assert_eq!(told[13], (times[12], Moment::PostFailed(0)));
    let at: Vec<_> = told[..13].iter().map(|(at, _)| *at).collect();
    assert_eq!(at, times);
    assert_eq!(engine.next_due(), None);
    assert!(engine.activations()[0].is_over());
}

#[test]
fn a_cancel_stops_what_is_to_be_posted_again() {
    let mut engine = engine();
    engine.add_automation(posting(Vec::new()));
    for _ in 0..3 {
        tell(&mut engine, event("paid"));
    }
    let letters = engine.take_letters();
    // One waits, one is under way, and one has still to go.
    failed(&mut engine, letters[0]);
    assert!(engine.open(letters[1]).is_some());
    assert_eq!(engine.cancel("app", SITE, "paid", ENTITY), Ok(3));
    assert_eq!(
        engine.cancel("app", SITE, "paid", ENTITY),
        Ok(0),
        "a second one stops nothing more"
    );
    failed(&mut engine, letters[1]);
    assert_eq!(engine.open(letters[2]), None);
    let failure = Moment::Posted(0, Outcome::Unanswered);
    assert_eq!(posted(&engine, 0), [(0, failure), (0, Moment::PostStopped(0))]);
    assert_eq!(posted(&engine, 1), [(0, failure), (0, Moment::PostFailed(0))]);
    assert_eq!(posted(&engine, 2), [(0, Moment::PostStopped(0))]);
    engine.advance(day(30));
    assert_eq!(engine.take_letters(), []);
    // What has ended has ended.
    assert_eq!([0, 1, 2].map(|it| state(&engine, it)), [State::Ended; 3]);
    assert!(engine.activations().iter().all(Activation::is_over));
}

/// Activations are counted from the start again then, and letters are not.
#[test]
fn an_answer_to_what_was_forgotten_is_none_to_what_came_after() {
    let mut engine = engine();
    engine.add_automation(posting(Vec::new()));
    tell(&mut engine, event("paid"));
    let old = letter(&mut engine);
    let saved = engine.save();
    let mut forget: [&dyn Fn(&mut Engine); 2] = [
        &|engine| {
            engine.reset();
            tell(engine, event("paid"));
        },
        &|engine| engine.load(saved.clone()).expect("a state"),
    ];
    for forget in &mut forget {
        forget(&mut engine);
        let new = letter(&mut engine);
        assert_eq!(engine.open(old), None);
        failed(&mut engine, old);
        assert_eq!(posted(&engine, 0), []);
        assert!(engine.open(new).is_some());
        failed(&mut engine, new);
        assert_eq!(posted(&engine, 0).len(), 1);
    }
}
