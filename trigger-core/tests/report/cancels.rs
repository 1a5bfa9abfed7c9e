//! Reports that end other events, or take their place; and dates that have passed.

use serde::Serialize;
use serde_json::json;
use trigger_core::Trigger;
use trigger_core::report::{App, CallError, RescheduleError};
use uuid::Uuid;

use crate::wix::{Fate, Wix};
use crate::{DUE, INVOICE, InvoiceDue, SECRET, SITE, site};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_reminded", name = "Invoice reminded", entity_id = invoice_id)]
struct InvoiceReminded {
    invoice_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "invoice_paid", name = "Invoice paid", entity_id = invoice_id,
    cancels(InvoiceDue, InvoiceReminded)
)]
struct InvoicePaid {
    invoice_id: Uuid,
}

const PAID: InvoicePaid = InvoicePaid { invoice_id: INVOICE };

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_shared", name = "Invoice shared", entity_id = invoice_id)]
struct InvoiceShared {
    invoice_id: Uuid,
    share: f64,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "customer_left", name = "Customer left", cancels(InvoiceDue))]
struct CustomerLeft {
    seats: u32,
}

/// Path, trigger key and entity of what came.
fn calls(wix: &Wix) -> Vec<(String, String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let call = |came: crate::wix::Came| {
        let path = came.path.rsplit('/').next().unwrap_or_default().to_owned();
        (path, text(&came.body["triggerKey"]), text(&came.body["externalEntityId"]))
    };
    wix.came().into_iter().map(call).collect()
}

fn call(path: &str, key: &str, entity: Uuid) -> (String, String, String) {
    (path.to_owned(), key.to_owned(), entity.to_string())
}

#[tokio::test(start_paused = true)]
async fn a_report_cancels_the_events_of_its_entity_afterwards_and_in_order() {
    let wix = Wix::default();
    PAID.report(&site(&wix)).await.expect("goes well");
    let expected = [
        call("report", "invoice_paid", INVOICE),
        call("cancel", "invoice_due", INVOICE),
        call("cancel", "invoice_reminded", INVOICE),
    ];
    assert_eq!(calls(&wix), expected);
}

#[tokio::test(start_paused = true)]
async fn or_those_of_the_entities_that_are_named() {
    let good = |index| json!({ "itemMetadata": { "originalIndex": index, "success": true } });
    let wix = Wix::default().calls([
        Fate::body(200, &json!({})),
        Fate::body(200, &json!({ "results": [good(0), good(1)] })),
    ]);
    let left = CustomerLeft { seats: 2 };
    let failed = left.report(&site(&wix)).await.expect_err("names none");
    assert!(matches!(failed.error, CallError::NoEntities), "{failed:?}");
    assert_eq!(calls(&wix), []);
    let entities = [Uuid::from_u128(1), Uuid::from_u128(2)];
    left.report(&site(&wix)).cancel_entities(entities).await.expect("goes well");
    let canceled = &wix.came()[1];
    assert_eq!(canceled.path, "/automations/v1/events/bulk-cancel");
    let ids = entities.map(|entity| entity.to_string());
    assert_eq!(canceled.body, json!({ "triggerKey": "invoice_due", "externalEntityIds": ids }));
    left.report(&site(&wix)).cancel_entities([]).await.expect("goes well");
    assert_eq!(calls(&wix).len(), 3);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_canceled_for_an_event_that_was_not_reported() {
    let wix = Wix::default().calls([Fate::status(400)]);
    PAID.report(&site(&wix)).await.expect_err("fails");
    assert_eq!(calls(&wix).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_cancel_that_fails_is_told_and_mended_by_the_same_report() {
    let wix = Wix::default().calls([Fate::body(200, &json!({})), Fate::status(403)]);
    let site = site(&wix);
    let failed = PAID.report(&site).await.expect_err("fails");
    let CallError::Cancels { failures } = &failed.error else { panic!("{failed:?}") };
    assert_eq!((failures[0].trigger_key, failures[0].entity), ("invoice_due", INVOICE));
    // The others are canceled all the same.
    assert_eq!(calls(&wix).len(), 3);
    PAID.report(&site).idempotency_key(failed.idempotency_key).await.expect("goes well");
    let came = wix.came();
    assert_eq!(came[0].body["idempotency"], came[3].body["idempotency"]);
    assert_eq!(came.len(), 6);
}

#[tokio::test(start_paused = true)]
async fn an_event_takes_the_place_of_the_others() {
    let wix = Wix::default();
    let site = site(&wix);
    DUE.report(&site).await.expect("goes well");
    DUE.reschedule(&site).await.expect("goes well");
    let expected = ["report", "cancel", "report"].map(|path| call(path, "invoice_due", INVOICE));
    assert_eq!(calls(&wix), expected);
    let came = wix.came();
    assert_ne!(came[0].body["idempotency"], came[2].body["idempotency"]);

    let broken = InvoiceShared { invoice_id: INVOICE, share: f64::NAN };
    let wix = Wix::default();
    let failed = broken.reschedule(&crate::site(&wix)).await.expect_err("fails");
    assert!(matches!(failed, RescheduleError::Event(CallError::Payload(_))), "{failed:?}");
    assert_eq!(calls(&wix), []);

    let wix = Wix::default().calls([Fate::status(403)]);
    let failed = DUE.reschedule(&crate::site(&wix)).await.expect_err("fails");
    assert!(matches!(failed, RescheduleError::Cancel(_)), "{failed:?}");
    assert_eq!(calls(&wix).len(), 1);

    let wix = Wix::default().calls([Fate::body(200, &json!({})), Fate::status(400)]);
    let failed = DUE.reschedule(&crate::site(&wix)).await.expect_err("fails");
    let RescheduleError::Report(failed) = failed else { panic!("{failed:?}") };
    assert_eq!(wix.came()[1].body["idempotency"]["key"], failed.idempotency_key.as_str());
}

#[tokio::test(start_paused = true)]
async fn many_reports_cancel_what_ends_with_those_that_went_well() {
    let entities = [1, 2, 3].map(Uuid::from_u128);
    let events = entities.map(|invoice_id| InvoicePaid { invoice_id });
    let good = |index| json!({ "itemMetadata": { "originalIndex": index, "success": true } });
    let error = json!({ "code": "REQUIRED_PROPERTY", "description": "D" });
    let bad = |index| {
        let metadata = json!({ "originalIndex": index, "success": false, "error": error });
        json!({ "itemMetadata": metadata })
    };
    let wix = Wix::default().calls([
        Fate::body(200, &json!({ "results": [good(0), bad(1), good(2)] })),
        Fate::body(200, &json!({ "results": [good(0), bad(1)] })),
        Fate::body(200, &json!({ "results": [good(0), good(1)] })),
    ]);
    let outcomes = InvoicePaid::report_all(&site(&wix), &events).await;
    let came = wix.came();
    let calls: Vec<_> = came.iter().map(|came| came.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(calls, ["bulk-report", "bulk-cancel", "bulk-cancel"]);
    let canceled = json!([entities[0].to_string(), entities[2].to_string()]);
    for (came, key) in came[1..].iter().zip(["invoice_due", "invoice_reminded"]) {
        assert_eq!(came.body, json!({ "triggerKey": key, "externalEntityIds": canceled }));
    }
    let errors: Vec<_> = outcomes.failed().map(|(index, failed)| (index, &failed.error)).collect();
    let [(1, CallError::Refused(_)), (2, CallError::Cancels { failures })] = &errors[..] else {
        panic!("{errors:?}");
    };
    assert_eq!((failures.len(), failures[0].entity), (1, entities[2]));

    let left = [CustomerLeft { seats: 1 }, CustomerLeft { seats: 2 }];
    let outcomes = CustomerLeft::report_all(&site(&wix), &left).await;
    assert!(outcomes.failed().all(|(_, failed)| matches!(failed.error, CallError::NoEntities)));
    assert_eq!((outcomes.failed().count(), wix.came().len()), (2, 3));
}

#[tokio::test(start_paused = true)]
async fn many_reports_cancel_the_events_of_the_entities_that_are_named() {
    let wix = Wix::default().calls([Fate::Well, Fate::body(200, &json!({ "results": [] }))]);
    let left = [2, 0, 1].map(|seats| CustomerLeft { seats });
    let id = |number: u32| Uuid::from_u128(number.into());
    let seats = |left: &CustomerLeft| {
        (0..left.seats).map(|seat| id(10 * left.seats + seat)).collect::<Vec<_>>()
    };
    let outcomes = CustomerLeft::report_all(&site(&wix), &left).cancel_entities(seats).await;
    let canceled: Vec<_> = [20, 21, 10].map(|number| id(number).to_string()).into();
    assert_eq!(wix.came()[1].body["externalEntityIds"], json!(canceled));
    // Wix mentions none of them at first, and then all.
    assert_eq!(outcomes.failed().count(), 0, "{outcomes:?}");

    let wix = Wix::default().calls([Fate::Well, Fate::status(403)]);
    let outcomes = CustomerLeft::report_all(&site(&wix), &left).cancel_entities(seats).await;
    let failures = outcomes.failed().map(|(index, failed)| match &failed.error {
        CallError::Cancels { failures } => (index, failures.len()),
        error => panic!("{error:?}"),
    });
    assert_eq!(failures.collect::<Vec<_>>(), [(0, 2), (2, 1)]);
}

#[derive(Serialize, Trigger)]
#[trigger(key = "class_starting", name = "Class starting", scheduled_at = starts_at)]
struct ClassStarting {
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    starts_at: &'static str,
}

#[tokio::test(start_paused = true)]
async fn a_date_that_has_passed_is_told_or_refused() {
    let wix = Wix::default();
    let [past, future] = ["2020-01-15T09:30:00Z", "9000-01-15T09:30:00Z"]
        .map(|starts_at| ClassStarting { starts_at });
    let site = site(&wix);
    assert!(past.report(&site).await.expect("goes well").date_has_passed);
    assert!(!future.report(&site).await.expect("goes well").date_has_passed);

    // As another clock has it.
    let app = App::builder("an-app", SECRET).transport(wix.clone());
    let early = app.clock(|| std::time::SystemTime::UNIX_EPOCH).build().expect("an app");
    assert!(!past.report(&early.instance(SITE)).await.expect("goes well").date_has_passed);

    let strict = App::builder("an-app", SECRET).transport(wix.clone()).refuse_past_dates();
    let strict = strict.build().expect("an app").instance(SITE);
    let failed = past.report(&strict).await.expect_err("fails");
    let CallError::PastDate { property, .. } = failed.error else { panic!("{failed:?}") };
    assert_eq!(property, "starts_at");
    future.report(&strict).await.expect("goes well");
    assert_eq!(calls(&wix).len(), 4);

    let good = |index| json!({ "itemMetadata": { "originalIndex": index, "success": true } });
    let wix = Wix::default().calls([Fate::body(200, &json!({ "results": [good(0), good(1)] }))]);
    let outcomes = ClassStarting::report_all(&crate::site(&wix), [&past, &future]).await;
    let passed = outcomes.iter().map(|outcome| outcome.as_ref().is_ok_and(|it| it.date_has_passed));
    assert_eq!(passed.collect::<Vec<_>>(), [true, false]);
    let outcomes = ClassStarting::report_all(&strict, [&past]).await;
    let (_, failed) = outcomes.failed().next().expect("one");
    assert!(matches!(failed.error, CallError::PastDate { .. }), "{failed:?}");
}
