//! Each rule by itself.

mod delivery;
mod post;

use jiff::{Span, ToSpan};
use serde_json::json;

use super::*;

const SITE: Uuid = Uuid::from_u128(1);
const OTHER_SITE: Uuid = Uuid::from_u128(2);
const ENTITY: Uuid = Uuid::from_u128(3);
const OTHER_ENTITY: Uuid = Uuid::from_u128(4);

/// A day of January 2026, at noon.
fn day(day: i8) -> Timestamp {
    format!("2026-01-{day:02}T12:00:00Z").parse().expect("a time")
}

fn engine() -> Engine {
    let paid = json!({ "type": "object" });
    let planned = json!({ "type": "object", "properties": { "at": { "futureDate": true } } });
    let triggers = [("paid", paid.clone()), ("planned", planned), ("other", paid)];
    let triggers = triggers
        .map(|(key, schema)| TriggerDefinition::new(key, "A trigger", &schema).expect("a schema"));
    Engine::new(day(1), triggers.into())
}

fn off(assumption: Assumption) -> Engine {
    let mut engine = engine();
    engine.assumptions.set(assumption, false);
    engine
}

fn event(trigger: &str) -> Report {
    Report {
        app: "app".into(),
        site: SITE,
        trigger_key: trigger.to_owned(),
        payload: json!({}),
        entity: Some(ENTITY),
        idempotency: None,
    }
}

fn planned(at: &str) -> Report {
    Report { payload: json!({ "at": at }), ..event("planned") }
}

fn keyed(ttl: Option<SignedDuration>) -> Report {
    Report { idempotency: Some(Idempotency { key: "key".to_owned(), ttl }), ..event("paid") }
}

fn delayed(trigger: &str, name: &str, span: Span) -> Automation {
    let steps = vec![Step::Delay(span), Step::action(name)];
    Automation { steps, ..Automation::new(name, trigger) }
}

fn early(span: Span) -> Automation {
    Automation { before: span, ..Automation::new("Remind", "planned") }
}

fn tell(engine: &mut Engine, report: Report) -> Vec<Uuid> {
    engine.report(report).expect("a report")
}

/// The one letter that is to be sent now.
fn letter(engine: &mut Engine) -> LetterId {
    let letters = engine.take_letters();
    let [letter] = letters[..] else { panic!("{letters:?}") };
    letter
}

fn failed(engine: &mut Engine, letter: LetterId) {
    engine.answered(letter, Outcome::Unanswered);
}

/// The minutes from the first attempt to each, of Wix's webhooks.
fn attempts() -> Vec<i64> {
    let hours = [0, 2, 2, 2, 4, 4, 4, 8, 8, 12].iter().scan(71, |sum, hours| {
        *sum += hours * 60;
        Some(*sum)
    });
    [0, 1, 11].into_iter().chain(hours).collect()
}

/// When the activation acted.
fn acted(engine: &Engine, index: usize) -> Vec<Timestamp> {
    let history = engine.activations[index].history.iter();
    history.filter(|it| matches!(it.1, Moment::Action(_))).map(|it| it.0).collect()
}

fn state(engine: &Engine, index: usize) -> State {
    engine.activations[index].state()
}

#[test]
fn a_real_time_event_acts_at_once() {
    let mut engine = engine();
    tell(&mut engine, event("paid"));
    assert_eq!(acted(&engine, 0), [day(1)]);
    assert_eq!(state(&engine, 0), State::Ended);
}

#[test]
fn a_real_time_event_acts_after_a_delay() {
    let mut engine = engine();
    engine.add_automation(delayed("paid", "Thank", 2.days()));
    tell(&mut engine, event("paid"));
    engine.advance(day(3) - 1.second());
    assert!(acted(&engine, 0).is_empty());
    assert_eq!(state(&engine, 0), State::Started);
    engine.advance(day(3));
    assert_eq!(acted(&engine, 0), [day(3)]);
}

#[test]
fn a_scheduled_event_acts_at_its_date() {
    let mut engine = engine();
    tell(&mut engine, planned("2026-01-20T12:00:00Z"));
    assert_eq!(state(&engine, 0), State::Scheduled);
    engine.advance(day(30));
    assert_eq!(acted(&engine, 0), [day(20)]);
}

#[test]
fn a_scheduled_event_acts_before_its_date_by_the_calendar() {
    let mut engine = engine();
    engine.add_automation(early(1.month()));
    tell(&mut engine, planned("2026-02-28T12:00:00Z"));
    engine.advance(day(30));
    assert_eq!(acted(&engine, 0), [day(28)]);
}

#[test]
fn a_scheduled_event_acts_after_its_date() {
    let mut engine = engine();
    engine.add_automation(delayed("planned", "Ask", 1.week()));
    tell(&mut engine, planned("2026-01-10T12:00:00Z"));
    engine.advance(day(30));
    assert_eq!(acted(&engine, 0), [day(17)]);
}

#[test]
fn filters_look_at_properties_and_nested_ones() {
    let mut engine = engine();
    let path = vec!["order".to_owned(), "kind".to_owned()];
    let filters = vec![Filter { path, values: vec![json!("gift"), json!(7)] }];
    engine.add_automation(Automation { filters, ..Automation::new("Wrap", "paid") });
    for payload in [json!({ "order": { "kind": 7 } }), json!({ "order": {} }), json!({})] {
        tell(&mut engine, Report { payload, ..event("paid") });
    }
    assert_eq!(state(&engine, 0), State::Ended);
    for index in 1..3 {
        assert_eq!(state(&engine, index), State::Skipped(Reason::TriggerFiltersNotPassed));
    }
}

#[test]
fn a_past_date_is_skipped_as_expired() {
    let mut engine = engine();
    tell(&mut engine, planned("2026-01-01T11:59:59Z"));
    assert_eq!(state(&engine, 0), State::Skipped(Reason::ScheduleDateExpired));
    tell(&mut engine, planned("2026-01-01T12:00:00Z"));
    assert_eq!(acted(&engine, 1), [day(1)]);
}

#[test]
fn a_date_that_cannot_be_read_fails() {
    let mut engine = engine();
    tell(&mut engine, planned("soon"));
    assert_eq!(state(&engine, 0), State::Failed(Reason::ScheduleDateEvaluationFailed));
}

#[test]
fn a_late_start_is_skipped_or_at_once() {
    let mut skipping = engine();
    let mut starting = off(Assumption::LateStartsAreSkipped);
    for engine in [&mut skipping, &mut starting] {
        engine.add_automation(early(1.week()));
        tell(engine, planned("2026-01-05T12:00:00Z"));
    }
    assert_eq!(state(&skipping, 0), State::Skipped(Reason::ScheduleDateExpired));
    assert_eq!(acted(&starting, 0), [day(1)]);
}

#[test]
fn duplicates_are_ignored_for_a_week_and_answered_with_the_first_ids() {
    let mut engine = engine();
    let first = tell(&mut engine, keyed(None));
    engine.advance(day(8) - 1.second());
    assert_eq!(tell(&mut engine, keyed(None)), first);
    assert_eq!(state(&engine, 1), State::Skipped(Reason::EventAlreadyProcessed));
    engine.advance(day(8));
    assert_ne!(tell(&mut engine, keyed(None)), first);
    assert_eq!(engine.events().len(), 2);
}

#[test]
fn duplicates_are_ignored_until_their_own_ttl_ends() {
    let mut engine = off(Assumption::DuplicatesTellFirstIds);
    let ttl = Some(SignedDuration::from_hours(24));
    tell(&mut engine, keyed(ttl));
    assert!(tell(&mut engine, keyed(ttl)).is_empty());
    engine.advance(day(2));
    assert_eq!(tell(&mut engine, keyed(ttl)).len(), 1);
}

#[test]
fn keys_count_for_all_sites_or_for_their_own() {
    let elsewhere = || Report { site: OTHER_SITE, ..keyed(None) };
    for (mut engine, events) in [(engine(), 1), (off(Assumption::KeysLeaveOutSites), 2)] {
        tell(&mut engine, keyed(None));
        tell(&mut engine, elsewhere());
        assert_eq!(engine.events().len(), events);
        tell(&mut engine, Report { trigger_key: "other".to_owned(), ..keyed(None) });
        assert_eq!(engine.events().len(), events + 1);
    }
}

#[test]
fn a_cancel_stops_all_events_of_its_key_and_entity_and_no_other() {
    for (mut engine, stopped) in [(engine(), 2), (off(Assumption::CancelsStayOnTheirSite), 3)] {
        engine.add_automation(delayed("paid", "Thank", 1.day()));
        engine.add_automation(delayed("other", "Tell", 1.day()));
        let elsewhere = Report { site: OTHER_SITE, ..event("paid") };
        let another = Report { entity: Some(OTHER_ENTITY), ..event("paid") };
        let nobody = Report { entity: None, ..event("paid") };
        let reports = [event("paid"), event("paid"), elsewhere, another, nobody, event("other")];
        for report in reports {
            tell(&mut engine, report);
        }
        assert_eq!(engine.cancel("app", SITE, "paid", ENTITY), Ok(stopped));
        assert_eq!(engine.cancel("app", SITE, "paid", ENTITY), Ok(0));
        engine.advance(day(3));
        for index in 0..6 {
            let canceled = State::Cancelled(Reason::EventCancelled);
            let expected = if index < stopped { canceled } else { State::Ended };
            assert_eq!(state(&engine, index), expected);
            assert_eq!(acted(&engine, index).is_empty(), index < stopped);
        }
    }
}

#[test]
fn a_canceled_key_stays_used_or_is_freed() {
    for (mut engine, events) in [(engine(), 1), (off(Assumption::CanceledKeysStayUsed), 2)] {
        tell(&mut engine, keyed(None));
        engine.cancel("app", SITE, "paid", ENTITY).expect("a cancel");
        tell(&mut engine, keyed(None));
        assert_eq!(engine.events().len(), events);
    }
}

#[test]
fn an_automation_that_ends_cancels_what_is_under_way() {
    for reason in [Reason::AutomationDeactivated, Reason::AutomationDeleted] {
        let mut engine = engine();
        let ended = engine.add_automation(delayed("paid", "Thank", 1.day()));
        engine.add_automation(delayed("paid", "Tell", 1.day()));
        tell(&mut engine, event("paid"));
        engine.end_automation(ended, reason);
        engine.advance(day(3));
        assert_eq!(state(&engine, 0), State::Cancelled(reason));
        assert_eq!(state(&engine, 1), State::Ended);
        assert_eq!(tell(&mut engine, event("paid")).len(), 1);
    }
}

#[test]
fn what_is_due_at_the_same_time_runs_in_the_order_in_which_it_was_put() {
    let mut engine = engine();
    let mut twice = delayed("paid", "Thank", 1.day());
    twice.steps.extend(twice.steps.clone());
    engine.add_automation(twice);
    engine.add_automation(delayed("other", "Tell", 2.days()));
    tell(&mut engine, event("paid"));
    tell(&mut engine, event("other"));
    engine.advance(day(2));
    engine.all_is_told();
    // The first one was put to this time after the second.
    engine.advance(day(3));
    let places = engine.untold().iter().filter_map(|effect| match effect {
        Effect::Happened(index, _) => Some(*index),
        _ => None,
    });
    assert_eq!(places.collect::<Vec<_>>(), [1, 1, 0, 0]);
}

#[test]
fn a_trigger_has_a_default_automation_only_where_none_was_ever_set_up() {
    let mut engine = engine();
    assert_eq!(tell(&mut engine, event("paid")).len(), 1);
    let index = engine.add_automation(Automation::new("Thank", "paid"));
    tell(&mut engine, event("paid"));
    assert_eq!(engine.activations[1].automation, index);
    engine.end_automation(index, Reason::AutomationDeleted);
    assert!(tell(&mut engine, event("paid")).is_empty());
}

#[test]
fn an_automation_replaces_the_one_of_its_name_for_new_events() {
    let mut engine = engine();
    engine.add_automation(delayed("paid", "Thank", 1.day()));
    tell(&mut engine, event("paid"));
    engine.add_automation(Automation::new("Thank", "paid"));
    engine.add_automation(Automation::new("Thank", "other"));
    assert_eq!(tell(&mut engine, event("paid")).len(), 1);
    engine.advance(day(2));
    assert_eq!((acted(&engine, 0), acted(&engine, 1)), (vec![day(2)], vec![day(1)]));
}

#[test]
fn one_leap_does_what_many_steps_do() {
    let [mut leap, mut steps] = [engine(), engine()];
    for engine in [&mut leap, &mut steps] {
        let mut automation = delayed("paid", "Thank", 5.hours());
        automation.steps.extend(automation.steps.clone());
        engine.add_automation(automation);
        tell(engine, event("paid"));
        tell(engine, planned("2026-01-01T17:00:00Z"));
    }
    leap.advance(day(2));
    for hours in 0..=24 {
        steps.advance(day(1) + SignedDuration::from_hours(hours));
    }
    assert_eq!(leap.activations(), steps.activations());
    assert_eq!(leap.log(), steps.log());
}

#[test]
fn a_reset_forgets_what_happened_and_keeps_what_was_set_up() {
    let mut engine = engine();
    engine.add_automation(delayed("paid", "Thank", 1.day()));
    tell(&mut engine, keyed(None));
    engine.reset();
    assert_eq!((engine.events().len(), engine.next_due()), (0, None));
    assert_eq!(engine.cancel("app", SITE, "paid", ENTITY), Ok(0));
    tell(&mut engine, keyed(None));
    engine.advance(day(2));
    assert_eq!(acted(&engine, 0), [day(2)]);
}

#[test]
fn numbers_are_equal_however_they_are_written() {
    let mut automation = Automation::new("A", "paid");
    automation.filters.push(Filter { path: vec!["amount".to_owned()], values: vec![json!(100)] });
    let mut engine = Engine::new(Timestamp::UNIX_EPOCH, vec![any("paid")]);
    engine.add_automation(automation);
    for amount in [json!(100.0), json!(100), json!(100.5), json!("100")] {
        engine
            .report(Report { payload: json!({ "amount": amount }), ..event("paid") })
            .expect("ok");
    }
    let states: Vec<_> = engine.activations().iter().map(Activation::state).collect();
    let skipped = State::Skipped(Reason::TriggerFiltersNotPassed);
    assert_eq!(states, [State::Ended, State::Ended, skipped, skipped]);
}

/// What was activated goes on as it was; what ends an automation ends what its edits left.
#[test]
fn an_edit_is_for_the_events_to_come() {
    let mut engine = Engine::new(Timestamp::UNIX_EPOCH, vec![any("paid")]);
    let first = engine.add_automation(Automation::new("A", "paid"));
    engine.report(event("paid")).expect("ok");
    let delay = |automation: &mut Automation| {
        automation.steps.insert(0, Step::Delay(1.hour()));
    };
    let edited = engine.edit_automation(first, delay);
    assert_ne!(first, edited);
    assert!(matches!(engine.automations()[first].steps[..], [Step::Action(_)]));
    engine.report(event("paid")).expect("ok");
    // By its first place, too.
    let again = engine.edit_automation(first, |automation| automation.name = "B".to_owned());
    assert_eq!(engine.activations().len(), 2);
    assert_eq!(engine.activations()[1].state(), State::Started);
    engine.end_automation(first, Reason::AutomationDeleted);
    assert_eq!(engine.activations()[1].state(), State::Cancelled(Reason::AutomationDeleted));
    assert_eq!(engine.automations()[again].status, Status::Deleted);
}

fn any(key: &str) -> TriggerDefinition {
    TriggerDefinition::new(key, "A trigger", &json!({})).expect("a schema")
}

/// What waits for one that is the same or was edited goes on; what waits for one that is gone does not.
#[test]
fn automations_are_set_as_a_whole() {
    let mut engine = engine();
    let [same, edited, gone] = ["Same", "Edited", "Gone"].map(|it| delayed("paid", it, 1.day()));
    let wanted = vec![same.clone(), edited.clone(), gone];
    let changes = engine.set_automations(wanted);
    assert_eq!(changes, Changes { added: 3, changed: 0, ended: 0 });
    tell(&mut engine, event("paid"));
    let edited = Automation { steps: vec![Step::action("Now")], ..edited };
    let added = Automation::new("Added", "other");
    let changes = engine.set_automations(vec![added, edited.clone(), same.clone()]);
    assert_eq!(changes, Changes { added: 1, changed: 1, ended: 1 });
    let deleted = State::Cancelled(Reason::AutomationDeleted);
    assert_eq!([0, 1, 2].map(|it| state(&engine, it)), [State::Started, State::Started, deleted]);
    tell(&mut engine, event("paid"));
    assert_eq!(engine.activations().len(), 5);
    assert_eq!([3, 4].map(|it| state(&engine, it)), [State::Started, State::Ended]);

    let off = Automation { status: Status::Ended, ..same.clone() };
    let changes = engine.set_automations(vec![off.clone(), edited.clone()]);
    assert_eq!(changes, Changes { added: 0, changed: 0, ended: 2 });
    assert_eq!(engine.set_automations(vec![off, edited.clone()]), Changes::default());
    assert_eq!(state(&engine, 3), State::Cancelled(Reason::AutomationDeactivated));
    let changes = engine.set_automations(vec![same, edited]);
    assert_eq!(changes, Changes { added: 1, changed: 0, ended: 0 });
    tell(&mut engine, event("paid"));
    assert_eq!(engine.activations().len(), 7);
}

/// As if nobody had ever set one up.
#[test]
fn a_trigger_whose_automations_are_gone_has_its_default_one_again() {
    let mut engine = engine();
    engine.set_automations(vec![delayed("paid", "Thank", 1.day())]);
    engine.set_automations(Vec::new());
    tell(&mut engine, event("paid"));
    assert_eq!(state(&engine, 0), State::Ended);
    engine.set_automations(vec![delayed("paid", "Thank", 1.day())]);
    tell(&mut engine, event("paid"));
    assert_eq!(engine.activations().len(), 2);
    assert_eq!(state(&engine, 1), State::Started);
}

#[test]
fn triggers_are_set_by_their_keys() {
    let mut engine = engine();
    engine.set_automations(vec![delayed("paid", "Thank", 1.day())]);
    tell(&mut engine, event("paid"));
    let strict = json!({ "type": "object", "properties": { "a": {} }, "required": ["a"] });
    let strict = TriggerDefinition::new("paid", "A trigger", &strict).expect("a schema");
    engine.set_triggers(vec![any("new"), strict]);
    assert!(matches!(engine.report(event("paid")), Err(Refusal::Payload(_))));
    assert_eq!(engine.report(event("other")), Err(Refusal::UnknownTrigger));
    tell(&mut engine, event("new"));
    assert_eq!(engine.triggers()[engine.events()[0].trigger].key(), "paid");
    engine.advance(day(2));
    assert_eq!(acted(&engine, 0), [day(2)]);
    engine.set_triggers(vec![any("paid")]);
    tell(&mut engine, event("paid"));
}

/// A day is one of the site's own.
#[test]
fn sites_have_time_zones_of_their_own() {
    let mut engine = engine();
    let berlin = jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone");
    engine.zones.of_site.insert(OTHER_SITE, berlin);
    engine.add_automation(early(1.day()));
    // Summer time begins in between.
    let report = planned("2026-03-29T12:00:00Z");
    tell(&mut engine, Report { site: OTHER_SITE, ..report.clone() });
    tell(&mut engine, report);
    let due = |index: usize| engine.activations()[index].due().map(|it| it.to_string());
    assert_eq!(due(0).as_deref(), Some("2026-03-28T13:00:00Z"));
    assert_eq!(due(1).as_deref(), Some("2026-03-28T12:00:00Z"));
}

fn posting(steps: Vec<Step>) -> Automation {
    let post = Some("http://localhost:3000/hook".parse().expect("an address"));
    let post = Step::Action(Action { name: "Tell".to_owned(), post });
    let steps = [vec![post], steps].concat();
    Automation { steps, ..Automation::new("Tell", "paid") }
}

/// In what the second of two reports with the same key is said to differ.
fn conflict(first: Value, second: Report) -> Vec<String> {
    let mut engine = engine();
    tell(&mut engine, Report { payload: first, ..keyed(None) });
    tell(&mut engine, second);
    let repeats: Vec<_> = engine
        .log()
        .iter()
        .filter_map(|effect| match effect {
            Effect::Repeated(repeat) => Some(repeat.differs.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(repeats.len(), 1);
    repeats.into_iter().flatten().collect()
}

#[test]
fn a_key_that_is_repeated_with_another_payload_is_a_conflict() {
    let first = || json!({ "amount": 100, "note": "a" });
    let again = |payload| Report { payload, ..keyed(None) };
    let same = json!({ "note": "a", "amount": 100 });
    assert_eq!(conflict(first(), again(same)), [""; 0]);
    let written_otherwise = json!({ "note": "a", "amount": 100.0 });
    assert_eq!(conflict(first(), again(written_otherwise)), [""; 0]);
    let other = json!({ "amount": 120, "more": true });
    let differs = conflict(first(), again(other));
    assert_eq!(differs, ["payload.amount", "payload.more", "payload.note"]);
    let differs = conflict(first(), Report { entity: Some(OTHER_ENTITY), ..again(first()) });
    assert_eq!(differs, ["externalEntityId"]);
    let differs = conflict(first(), Report { site: OTHER_SITE, ..again(first()) });
    assert_eq!(differs, ["instanceId"]);
}

/// A key is kept for a week, and what it stands for perhaps not.
#[test]
fn what_is_forgotten_can_still_be_in_conflict() {
    let mut engine = engine();
    engine.history = Some(1);
    let again = |amount: u32| Report { payload: json!({ "amount": amount }), ..keyed(None) };
    tell(&mut engine, again(100));
    for _ in 0..9 {
        tell(&mut engine, event("paid"));
        engine.forget_what_is_over();
    }
    for (amount, differs) in [(100, vec![]), (120, vec!["payload".to_owned()])] {
        tell(&mut engine, again(amount));
        let Some(Effect::Repeated(repeat)) = engine.log().last() else { panic!("no repeat") };
        assert_eq!((repeat.event, &repeat.differs), (None, &differs), "{amount}");
    }
}

#[test]
fn what_is_pending_has_its_time() {
    let mut engine = engine();
    let steps = [Step::action("Remind"), Step::Delay(2.days()), Step::action("Ask")];
    engine.add_automation(Automation { steps: steps.into(), ..early(1.day()) });
    tell(&mut engine, planned("2026-01-20T12:00:00Z"));
    let pending = |engine: &Engine| {
        let pending = engine.pending_actions(0);
        pending.map(|it| (it.action.to_owned(), it.at)).collect::<Vec<_>>()
    };
    let [remind, ask] =
        [("Remind", 19), ("Ask", 21)].map(|(it, at)| (it.to_owned(), Some(day(at))));
    assert_eq!(pending(&engine), [remind, ask.clone()]);
    engine.advance(day(19));
    assert_eq!(pending(&engine), [ask]);
    engine.cancel("app", SITE, "planned", ENTITY).expect("a trigger");
    assert_eq!(pending(&engine), []);
}

#[test]
fn a_state_that_does_not_fit_is_refused_and_changes_nothing() {
    let mut engine = engine();
    engine.add_automation(posting(vec![Step::Delay(1.day())]));
    tell(&mut engine, keyed(None));
    tell(&mut engine, keyed(None));
    let saved = serde_json::to_value(engine.save()).expect("JSON");
    let refused = |pointer: &str, value: Value| {
        let mut saved = saved.clone();
        *saved.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        let saved =
            serde_json::from_value(saved).unwrap_or_else(|error| panic!("{pointer}: {error}"));
        let mut fresh = self::engine();
        let error = fresh.load(saved).expect_err(pointer);
        assert!(fresh.activations().is_empty());
        error.to_string()
    };
    let unfit = |what: &str| format!("{what} does not fit together with the rest");
    let version = "it is of the form 2, and this emulator reads the form 1";
    assert_eq!(refused("/version", json!(2)), version);
    for (pointer, value, what) in [
        ("/events/0/trigger", json!(9), "a trigger"),
        ("/events/0/activations", json!([0, 3]), "an event's list of activations"),
        ("/events/0/activations", json!([usize::MAX, 1]), "an event's list of activations"),
        ("/activations/0/event", json!(1), "an event's list of activations"),
        ("/activations/1/event", json!(1), "an activation's event"),
        ("/activations/1/automation", json!(7), "an activation's automation"),
        ("/activations/1/id", json!(Uuid::max()), "an activation's id"),
        ("/activations/1/id", saved["activations"][0]["id"].clone(), "an activation's id"),
        ("/nextId", json!(1), "an activation's id"),
        ("/automations/0/edited", json!(0), "an edit"),
        ("/keys/0/1/event", json!(1), "an idempotency key"),
        ("/keys/0/1/activations/1", json!(1_000_000), "an idempotency key"),
        ("/log/0/reported", json!(1), "the log"),
        ("/log/1/happened", json!([0, 99]), "the log"),
        ("/log/1/happened", json!([9, 0]), "the log"),
        ("/forgottenTo", json!(1_000), "the log"),
        ("/put", json!(0), "a place in the queue"),
        ("/activations/0/posts/0/attempts", json!(0), "a post's attempts"),
    ] {
        assert_eq!(refused(pointer, value.clone()), unfit(what), "{pointer} {value}");
    }
}

/// Who watches misses nothing that is forgotten, and is told nothing twice.
#[test]
fn what_was_not_told_is_told_when_something_is_forgotten() {
    let mut engine = engine();
    engine.history = Some(4);
    for _ in 0..3 {
        tell(&mut engine, event("paid"));
    }
    engine.all_is_told();
    tell(&mut engine, event("other"));
    assert_eq!(engine.untold().len(), 4);
    let words = |engine: &Engine| {
        let untold = engine.untold().iter();
        untold.map(|it| crate::view::words(engine, it)).collect::<Vec<_>>()
    };
    let before = words(&engine);
    engine.forget_what_is_over();
    assert_eq!(engine.events().len(), 1);
    assert_eq!(words(&engine), before);
}

/// As the file or the code has them, however often one was edited.
#[test]
fn automations_keep_their_order_when_one_is_edited() {
    let mut engine = engine();
    let [first, second] = ["First", "Second"].map(|it| delayed("paid", it, 1.day()));
    let later = Automation { steps: delayed("", "", 2.days()).steps, ..first.clone() };
    engine.set_automations(vec![first, second.clone()]);
    tell(&mut engine, event("paid"));
    engine.set_automations(vec![later, second]);
    let start = engine.activations().len();
    tell(&mut engine, event("paid"));
    let name = |engine: &Engine, index: ActivationIndex| {
        engine.automations[engine.activations[index].automation].name.clone()
    };
    assert_eq!([start, start + 1].map(|it| name(&engine, it)), ["First", "Second"]);
    let before = engine.log().len();
    engine.set_automations(Vec::new());
    let stopped = engine.log()[before..].iter().map(|effect| match effect {
        Effect::Happened(activation, _) => name(&engine, *activation),
        _ => panic!("{effect:?}"),
    });
    assert_eq!(stopped.collect::<Vec<_>>(), ["First", "First", "Second", "Second"]);
}
