//! What is sent, beside what Wix's own SDK sends for the same.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use trigger_core::Trigger;
use trigger_core::report::{App, IdempotencyKey};
use uuid::Uuid;

use crate::wix::{Came, Wix};

const RECORDED: &str = include_str!("../../../tests/sdk/recorded.json");

/// The recorded call of this case: its arguments, and the request.
fn recorded(case: &str) -> (Value, Value) {
    let recorded: Value = serde_json::from_str(RECORDED).expect("JSON");
    let calls = recorded["calls"].as_array().expect("calls");
    let call = calls.iter().find(|call| call["case"] == case).unwrap_or_else(|| panic!("{case}"));
    (call["arguments"].clone(), call["request"].clone())
}

#[track_caller]
fn same(came: &Came, expected: &Value) {
    assert_eq!(came.method, expected["method"].as_str().expect("a method"));
    assert_eq!(came.path, expected["path"].as_str().expect("a path"));
    assert_eq!(came.headers["content-type"], expected["headers"]["content-type"].as_str().unwrap());
    assert_eq!(came.body, expected["body"]);
}

/// The trigger of the recording.
#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(key = "appointment_scheduled", name = "Appointment scheduled", entity_id = appointment_id)]
struct AppointmentScheduled {
    appointment_id: Uuid,
}

const APPOINTMENT: Uuid = Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_c001);
const SECOND: Uuid = Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_c002);
const SITE: Uuid = Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_b001);
const APP: &str = "00000000-0000-4000-8000-00000000a001";

fn app(wix: &Wix) -> App {
    App::builder(APP, "not-a-secret").transport(wix.clone()).build().expect("an app")
}

#[tokio::test(start_paused = true)]
async fn a_report_is_that_of_the_sdk() {
    let wix = Wix::default();
    let (arguments, expected) = recorded("report with everything");
    assert_eq!(arguments[1]["payload"]["appointmentId"], APPOINTMENT.to_string());
    let event = AppointmentScheduled { appointment_id: APPOINTMENT };
    let report = event.report(&app(&wix).instance(SITE));
    let report = report.idempotency_key(IdempotencyKey::new("once").expect("a key"));
    report.ttl(Duration::from_hours(1)).await.expect("goes well");
    same(&wix.came()[0], &expected);
}

#[tokio::test(start_paused = true)]
async fn a_cancel_is_that_of_the_sdk() {
    let wix = Wix::default();
    let (_, expected) = recorded("cancel");
    let site = app(&wix).instance(SITE);
    AppointmentScheduled::cancel(&site, APPOINTMENT).await.expect("goes well");
    same(&wix.came()[0], &expected);
}

#[tokio::test(start_paused = true)]
async fn a_bulk_report_is_that_of_the_sdk() {
    let wix = Wix::default();
    let (_, expected) = recorded("bulk report with external entity ids and idempotency");
    let events =
        [APPOINTMENT, SECOND].map(|appointment_id| AppointmentScheduled { appointment_id });
    let is_first = |event: &AppointmentScheduled| event.appointment_id == APPOINTMENT;
    let reports = AppointmentScheduled::report_all(&app(&wix).instance(SITE), &events)
        .idempotency_keys(|event| {
            IdempotencyKey::new(if is_first(event) { "first" } else { "second" }).expect("a key")
        })
        .ttls(|event| (!is_first(event)).then_some(Duration::from_hours(1)));
    assert_eq!(reports.await.failed().count(), 0);
    same(&wix.came()[0], &expected);
}

#[tokio::test(start_paused = true)]
async fn a_bulk_cancel_is_that_of_the_sdk() {
    let wix = Wix::default();
    let (_, expected) = recorded("bulk cancel");
    let site = app(&wix).instance(SITE);
    let outcomes = AppointmentScheduled::cancel_all(&site, [APPOINTMENT, SECOND]).await;
    assert_eq!(outcomes.failed().count(), 0);
    same(&wix.came()[0], &expected);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_asked_for_as_the_sdk_does() {
    let wix = Wix::default();
    let site = app(&wix).instance(SITE);
    AppointmentScheduled::cancel(&site, APPOINTMENT).await.expect("goes well");
    let recorded: Value = serde_json::from_str(RECORDED).expect("JSON");
    let [came] = &wix.token_calls()[..] else { panic!("one call") };
    same(came, &recorded["tokenRequest"]);
    assert!(!came.headers.contains_key("authorization"));
}

/// A token as it is, without `Bearer`.
#[tokio::test(start_paused = true)]
async fn a_token_is_sent_as_the_sdk_sends_it() {
    let wix = Wix::default();
    let (_, expected) = recorded("cancel");
    assert_eq!(expected["headers"]["authorization"], "not-a-token");
    let site = app(&wix).instance(SITE);
    AppointmentScheduled::cancel(&site, APPOINTMENT).await.expect("goes well");
    assert_eq!(wix.came()[0].headers["authorization"], "token-1");
}
