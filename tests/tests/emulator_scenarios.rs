//! The scenarios of Wix's page "Reporting and Canceling Events", each row of its two tables "Example
//! logic for your app", with the example apps on an emulator whose clock is turned.
//!
//! Each test sets up automations as a site's owner would, reports what the app's business does, turns
//! the clock, and asks what ran when.

use std::error::Error;

use appointments::{
    Appointment, AppointmentCanceled, AppointmentId, AppointmentScheduled, AppointmentStarting,
    CanceledBy, Customer, Location, Service,
};
use classes::{
    Class, ClassCanceled, ClassId, ClassStarting, Enrollment, EnrollmentId, Level, Participant,
    ParticipantEnrolledInClass, ParticipantLeftClass,
};
use invoices::{
    Currency, Invoice, InvoiceDue, InvoiceId, InvoicePaid, LineItem, PaymentMethod, Status,
};
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use trigger_core::Trigger;
use trigger_emulator::Emulator;
use uuid::Uuid;

type Outcome = Result<(), Box<dyn Error>>;

/// A Wix on the morning of a Monday, with no automations yet.
async fn wix() -> Emulator {
    let builder = Emulator::builder().at(time("2026-03-02T09:00:00Z"));
    builder.start().await.expect("an emulator")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

// Scenario 1: one customer has many appointments, and an appointment's id cancels its events.

fn appointment(number: u128, starts_at: &str) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::from_u128(number)),
        customer: Customer {
            contact_id: appointments::ContactId(Uuid::from_u128(0xada)),
            name: "Ada Lovelace".to_owned(),
            email: Some("ada@example.com".to_owned()),
            phone: None,
        },
        service: Service { name: "Haircut".to_owned(), minutes: 45, price: None },
        staff_member: "Grace Hopper".to_owned(),
        location: Location::Business("12 Harbour Street, Galway".to_owned()),
        starts_at: time(starts_at),
        customer_note: None,
    }
}

/// What the owner of a salon set up.
fn automate_appointments(wix: &Emulator) {
    wix.automation::<AppointmentScheduled>("Confirm to customer");
    wix.automation::<AppointmentScheduled>("Notify staff");
    wix.automation::<AppointmentScheduled>("How to get here").after(1.hour());
    wix.automation::<AppointmentStarting>("Remind customer").before(2.days());
    wix.automation::<AppointmentStarting>("Remind staff").before(30.minutes());
    wix.automation::<AppointmentStarting>("Open the door");
    wix.automation::<AppointmentStarting>("Ask for a review").after(1.day());
    wix.automation::<AppointmentCanceled>("Tell customer of cancellation");
    wix.automation::<AppointmentCanceled>("Tell staff of cancellation");
}

/// What the app does when an appointment is scheduled.
async fn schedule(wix: &Emulator, appointment: &Appointment) -> Outcome {
    AppointmentScheduled::from(appointment).report(&wix.instance()).await?;
    AppointmentStarting::from(appointment).report(&wix.instance()).await?;
    Ok(())
}

/// When an action ran for an entity; it must have.
#[track_caller]
fn ran(wix: &Emulator, action: &str, id: Uuid) -> Vec<Timestamp> {
    wix.expect_action(action).for_entity(id).at()
}

/// Row 1: a customer schedules an appointment, so the app reports two events, "scheduled" and
/// "starting".
#[tokio::test]
async fn a_scheduled_appointment_is_confirmed_at_once_and_reminded_of_before_it_starts() -> Outcome
{
    let wix = wix().await;
    automate_appointments(&wix);
    let haircut = appointment(1, "2026-03-10T14:00:00Z");
    let id = haircut.id.0;

    schedule(&wix, &haircut).await?;
    wix.expect_event::<AppointmentScheduled>().for_entity(id).times(1);
    wix.expect_event::<AppointmentStarting>().for_entity(id).times(1);

    // Immediately.
    assert_eq!(ran(&wix, "Confirm to customer", id), [time("2026-03-02T09:00:00Z")]);
    assert_eq!(ran(&wix, "Notify staff", id), [time("2026-03-02T09:00:00Z")]);
    wix.expect_no_action("How to get here", id);
    // After the event.
    wix.clock().advance(1.hour());
    assert_eq!(ran(&wix, "How to get here", id), [time("2026-03-02T10:00:00Z")]);

    // Days before the appointment, and not a second earlier.
    wix.clock().set(time("2026-03-08T13:59:59Z"));
    wix.expect_no_action("Remind customer", id);
    wix.clock().advance(1.second());
    assert_eq!(ran(&wix, "Remind customer", id), [time("2026-03-08T14:00:00Z")]);

    // Minutes before it.
    assert_eq!(wix.clock().next(), Some(time("2026-03-10T13:30:00Z")));
    assert_eq!(ran(&wix, "Remind staff", id), [time("2026-03-10T13:30:00Z")]);

    // When it starts, and after it: each at its own time, however far the clock is turned.
    wix.clock().advance(1.month());
    assert_eq!(ran(&wix, "Open the door", id), [time("2026-03-10T14:00:00Z")]);
    assert_eq!(ran(&wix, "Ask for a review", id), [time("2026-03-11T14:00:00Z")]);

    // Nothing ran twice, and nobody was told of a cancellation.
    wix.expect_action("Confirm to customer").times(1);
    wix.expect_action("Remind customer").times(1);
    wix.expect_no_action("Tell customer of cancellation", id);
    wix.expect_nothing_pending(id);
    Ok(())
}

/// Row 2: a customer cancels an appointment, so the app reports "canceled" and cancels "scheduled"
/// and "starting": `cancels(..)` on the trigger makes one report of it.
#[tokio::test]
async fn a_canceled_appointment_has_no_reminders_and_the_customers_other_one_has() -> Outcome {
    let wix = wix().await;
    automate_appointments(&wix);
    let haircut = appointment(1, "2026-03-10T14:00:00Z");
    let coloring = appointment(2, "2026-03-20T14:00:00Z");
    schedule(&wix, &haircut).await?;
    schedule(&wix, &coloring).await?;

    wix.clock().advance(30.minutes());
    let canceled = haircut.canceled(CanceledBy::Customer, Some("I caught a cold".to_owned()));
    canceled.report(&wix.instance()).await?;
    wix.expect_nothing_pending(haircut.id.0);

    wix.clock().run_out();
    // The haircut: confirmed, then canceled.
    let id = haircut.id.0;
    assert_eq!(ran(&wix, "Confirm to customer", id), [time("2026-03-02T09:00:00Z")]);
    assert_eq!(ran(&wix, "Tell customer of cancellation", id), [time("2026-03-02T09:30:00Z")]);
    assert_eq!(ran(&wix, "Tell staff of cancellation", id), [time("2026-03-02T09:30:00Z")]);
    // What was left of "scheduled" and of "starting".
    wix.expect_no_action("How to get here", id);
    for action in ["Remind customer", "Remind staff", "Open the door", "Ask for a review"] {
        wix.expect_no_action(action, id);
    }
    // The coloring: all as if nothing were.
    let id = coloring.id.0;
    assert_eq!(ran(&wix, "How to get here", id), [time("2026-03-02T10:00:00Z")]);
    assert_eq!(ran(&wix, "Remind customer", id), [time("2026-03-18T14:00:00Z")]);
    assert_eq!(ran(&wix, "Remind staff", id), [time("2026-03-20T13:30:00Z")]);
    assert_eq!(ran(&wix, "Open the door", id), [time("2026-03-20T14:00:00Z")]);
    assert_eq!(ran(&wix, "Ask for a review", id), [time("2026-03-21T14:00:00Z")]);
    wix.expect_no_action("Tell customer of cancellation", id);
    Ok(())
}

/// Row 2 once more, its two cancels one by one: each ends the events of its own trigger.
#[tokio::test]
async fn a_cancel_ends_the_events_of_its_own_trigger() -> Outcome {
    let wix = wix().await;
    automate_appointments(&wix);
    let haircut = appointment(1, "2026-03-10T14:00:00Z");
    let id = haircut.id.0;
    schedule(&wix, &haircut).await?;

    AppointmentScheduled::cancel(&wix.instance(), haircut.id).await?;
    wix.clock().set(time("2026-03-09T00:00:00Z"));
    wix.expect_no_action("How to get here", id);
    assert_eq!(ran(&wix, "Remind customer", id), [time("2026-03-08T14:00:00Z")]);

    // What ran before the cancel stays; what was to come does not.
    AppointmentStarting::cancel(&wix.instance(), haircut.id).await?;
    wix.clock().run_out();
    wix.expect_action("Remind customer").for_entity(id).times(1);
    wix.expect_no_action("Remind staff", id);
    wix.expect_nothing_pending(id);
    Ok(())
}

/// Row 1 at short notice: it is too late for "days before", and not for "minutes before".
#[tokio::test]
async fn an_appointment_within_the_hour_has_no_reminder_of_days_before() -> Outcome {
    let wix = wix().await;
    automate_appointments(&wix);
    let haircut = appointment(1, "2026-03-02T10:00:00Z");
    schedule(&wix, &haircut).await?;

    wix.clock().run_out();
    wix.expect_no_action("Remind customer", haircut.id.0);
    assert_eq!(ran(&wix, "Remind staff", haircut.id.0), [time("2026-03-02T09:30:00Z")]);
    Ok(())
}

/// An appointment is moved: Wix cannot change an event, so the old one is canceled and a new one
/// reported.
#[tokio::test]
async fn a_rescheduled_appointment_is_reminded_of_at_its_new_time_alone() -> Outcome {
    let wix = wix().await;
    automate_appointments(&wix);
    let mut haircut = appointment(1, "2026-03-10T14:00:00Z");
    schedule(&wix, &haircut).await?;

    haircut.starts_at = time("2026-03-12T16:00:00Z");
    AppointmentStarting::from(&haircut).reschedule(&wix.instance()).await?;

    wix.clock().run_out();
    let id = haircut.id.0;
    wix.expect_event::<AppointmentStarting>().for_entity(id).times(2);
    assert_eq!(ran(&wix, "Remind customer", id), [time("2026-03-10T16:00:00Z")]);
    assert_eq!(ran(&wix, "Remind staff", id), [time("2026-03-12T15:30:00Z")]);
    // Moved, not canceled: the confirmation's own follow-up goes on.
    assert_eq!(ran(&wix, "How to get here", id), [time("2026-03-02T10:00:00Z")]);
    Ok(())
}

// Scenario 2: participants take many classes, and classes have many participants. An enrollment's id,
// unique to each combination, cancels its events.

fn class(number: u128, name: &str, starts_at: &str) -> Class {
    Class {
        id: ClassId(Uuid::from_u128(number)),
        name: name.to_owned(),
        instructor: "Bernard Leach".to_owned(),
        level: Level::Beginner,
        room: None,
        starts_at: time(starts_at),
        seats: 8,
        seats_taken: 2,
    }
}

fn enrollment<'c>(number: u128, class: &'c Class, name: &str) -> Enrollment<'c> {
    let participant = Participant {
        contact_id: classes::ContactId(Uuid::from_u128(0xc0)),
        member_id: None,
        name: name.to_owned(),
        email: None,
    };
    Enrollment { id: EnrollmentId(Uuid::from_u128(number)), class, participant }
}

/// What the owner of a studio set up.
fn automate_classes(wix: &Emulator) {
    wix.automation::<ParticipantEnrolledInClass<'_>>("Confirm to participant");
    wix.automation::<ParticipantEnrolledInClass<'_>>("Notify owner");
    wix.automation::<ParticipantEnrolledInClass<'_>>("What to bring").after(1.hour());
    wix.automation::<ClassStarting<'_>>("Remind participant").before(2.days());
    wix.automation::<ClassStarting<'_>>("Remind owner").before(30.minutes());
    wix.automation::<ParticipantLeftClass<'_>>("Say goodbye");
    wix.automation::<ParticipantLeftClass<'_>>("Tell owner who left");
    wix.automation::<ClassCanceled<'_>>("Tell participant of cancellation");
    wix.automation::<ClassCanceled<'_>>("Tell owner of cancellation");
}

/// What the app does when a participant enrolls.
async fn enroll(wix: &Emulator, enrollment: &Enrollment<'_>) -> Outcome {
    ParticipantEnrolledInClass::from(enrollment).report(&wix.instance()).await?;
    ClassStarting::from(enrollment).report(&wix.instance()).await?;
    Ok(())
}

/// Row 1: a participant enrolls in a class, so the app reports "enrolled" and "starting".
#[tokio::test]
async fn an_enrollment_is_confirmed_at_once_and_reminded_of_before_the_class_starts() -> Outcome {
    let wix = wix().await;
    automate_classes(&wix);
    let pottery = class(1, "Pottery", "2026-03-10T18:00:00Z");
    let ada = enrollment(11, &pottery, "Ada Lovelace");
    let id = ada.id.0;

    enroll(&wix, &ada).await?;
    assert_eq!(ran(&wix, "Confirm to participant", id), [time("2026-03-02T09:00:00Z")]);
    assert_eq!(ran(&wix, "Notify owner", id), [time("2026-03-02T09:00:00Z")]);

    wix.clock().set(time("2026-03-08T17:59:59Z"));
    wix.expect_no_action("Remind participant", id);
    wix.clock().run_out();
    assert_eq!(ran(&wix, "What to bring", id), [time("2026-03-02T10:00:00Z")]);
    assert_eq!(ran(&wix, "Remind participant", id), [time("2026-03-08T18:00:00Z")]);
    assert_eq!(ran(&wix, "Remind owner", id), [time("2026-03-10T17:30:00Z")]);
    Ok(())
}

/// Row 2: a participant leaves a class, so the app reports "left" and cancels "enrolled" and
/// "starting".
#[tokio::test]
async fn who_leaves_a_class_has_no_reminder_and_other_enrollments_have() -> Outcome {
    let wix = wix().await;
    automate_classes(&wix);
    let pottery = class(1, "Pottery", "2026-03-10T18:00:00Z");
    let weaving = class(2, "Weaving", "2026-03-11T18:00:00Z");
    let ada = enrollment(11, &pottery, "Ada Lovelace");
    let ada_in_weaving = enrollment(12, &weaving, "Ada Lovelace");
    let grace = enrollment(13, &pottery, "Grace Hopper");
    for enrollment in [&ada, &ada_in_weaving, &grace] {
        enroll(&wix, enrollment).await?;
    }

    wix.clock().advance(10.minutes());
    ada.left(Some("I moved to another town")).report(&wix.instance()).await?;
    wix.expect_nothing_pending(ada.id.0);

    wix.clock().run_out();
    assert_eq!(ran(&wix, "Say goodbye", ada.id.0), [time("2026-03-02T09:10:00Z")]);
    assert_eq!(ran(&wix, "Tell owner who left", ada.id.0), [time("2026-03-02T09:10:00Z")]);
    for action in ["What to bring", "Remind participant", "Remind owner"] {
        wix.expect_no_action(action, ada.id.0);
    }
    // The same participant in another class, and another participant in the same class.
    let reminded = ran(&wix, "Remind participant", ada_in_weaving.id.0);
    assert_eq!(reminded, [time("2026-03-09T18:00:00Z")]);
    let reminded = ran(&wix, "Remind participant", grace.id.0);
    assert_eq!(reminded, [time("2026-03-08T18:00:00Z")]);
    wix.expect_action("What to bring").times(2);
    wix.expect_action("Say goodbye").times(1);
    Ok(())
}

/// Row 3: a class is canceled, so the app reports "canceled" and cancels "enrolled" and "starting":
/// here with one event for each participant, so that each is written to.
#[tokio::test]
async fn a_canceled_class_has_no_reminders_and_tells_each_participant() -> Outcome {
    let wix = wix().await;
    automate_classes(&wix);
    let pottery = class(1, "Pottery", "2026-03-10T18:00:00Z");
    let weaving = class(2, "Weaving", "2026-03-11T18:00:00Z");
    let enrollments = [
        enrollment(11, &pottery, "Ada Lovelace"),
        enrollment(12, &weaving, "Ada Lovelace"),
        enrollment(13, &pottery, "Grace Hopper"),
    ];
    for enrollment in &enrollments {
        enroll(&wix, enrollment).await?;
    }

    wix.clock().advance(10.minutes());
    let canceled = pottery.canceled(&enrollments, Some("The instructor is ill"));
    let outcomes = ClassCanceled::report_all(&wix.instance(), canceled).await;
    assert_eq!(outcomes.failed().count(), 0);

    wix.clock().run_out();
    let [ada, ada_in_weaving, grace] = enrollments.each_ref().map(|enrollment| enrollment.id.0);
    for id in [ada, grace] {
        let told = ran(&wix, "Tell participant of cancellation", id);
        assert_eq!(told, [time("2026-03-02T09:10:00Z")]);
        for action in ["What to bring", "Remind participant", "Remind owner"] {
            wix.expect_no_action(action, id);
        }
    }
    assert_eq!(ran(&wix, "What to bring", ada_in_weaving), [time("2026-03-02T10:00:00Z")]);
    assert_eq!(ran(&wix, "Remind participant", ada_in_weaving), [time("2026-03-09T18:00:00Z")]);
    wix.expect_no_action("Tell participant of cancellation", ada_in_weaving);
    Ok(())
}

/// Triggered once when a whole class is canceled.
#[derive(Serialize, Trigger)]
#[trigger(
    key = "whole_class_canceled",
    cancels(ParticipantEnrolledInClass<'_>, ClassStarting<'_>),
)]
struct WholeClassCanceled {
    /// The class's name.
    #[trigger(example = "Pottery")]
    name: String,
}

/// Row 3 once more, with one event for the class, which ends those of its enrollments.
#[tokio::test]
async fn one_event_of_a_class_ends_the_reminders_of_its_enrollments() -> Outcome {
    let wix = wix().await;
    automate_classes(&wix);
    wix.automation::<WholeClassCanceled>("Post on the site");
    let pottery = class(1, "Pottery", "2026-03-10T18:00:00Z");
    let weaving = class(2, "Weaving", "2026-03-11T18:00:00Z");
    let ada = enrollment(11, &pottery, "Ada Lovelace");
    let ada_in_weaving = enrollment(12, &weaving, "Ada Lovelace");
    let grace = enrollment(13, &pottery, "Grace Hopper");
    for enrollment in [&ada, &ada_in_weaving, &grace] {
        enroll(&wix, enrollment).await?;
    }

    let canceled = WholeClassCanceled { name: pottery.name.clone() };
    canceled.report(&wix.instance()).cancel_entities([ada.id.0, grace.id.0]).await?;

    wix.clock().run_out();
    assert_eq!(wix.expect_action("Post on the site").at(), [time("2026-03-02T09:00:00Z")]);
    for id in [ada.id.0, grace.id.0] {
        wix.expect_no_action("What to bring", id);
        wix.expect_no_action("Remind participant", id);
    }
    wix.expect_action("Remind participant").times(1).for_entity(ada_in_weaving.id.0);
    Ok(())
}

// Invoices: what happens without a cancel is that a paid invoice is called overdue.

fn invoice(number: u128) -> Invoice {
    Invoice {
        id: InvoiceId(Uuid::from_u128(number)),
        number: format!("INV-{number:04}"),
        contact_id: invoices::ContactId(Uuid::from_u128(0xada)),
        customer_name: "Ada Lovelace".to_owned(),
        email: None,
        issued_on: "2026-03-02".parse().expect("a date"),
        due_at: time("2026-03-30T22:00:00Z"),
        currency: Currency::Eur,
        status: Status::Sent,
        lines: vec![LineItem {
            description: "Piano lesson".to_owned(),
            quantity: 2,
            unit_price: 30.into(),
            tax_percent: None,
        }],
    }
}

#[tokio::test]
async fn an_invoice_is_overdue_unless_it_is_paid() -> Outcome {
    let wix = wix().await;
    wix.automation::<InvoiceDue>("Due soon").before(2.days());
    wix.automation::<InvoiceDue>("Overdue").after(3.days());
    wix.automation::<InvoicePaid>("Thank you");
    let (mut paid, unpaid) = (invoice(1), invoice(2));
    let due = [InvoiceDue::from(&paid), InvoiceDue::from(&unpaid)];
    let outcomes = InvoiceDue::report_all(&wix.instance(), due).await;
    assert_eq!(outcomes.failed().count(), 0);

    // The day before it is due, Ada pays the first one.
    wix.clock().set(time("2026-03-29T12:00:00Z"));
    let payment = paid.pay(wix.clock().now(), PaymentMethod::Card);
    payment.report(&wix.instance()).await?;
    wix.clock().run_out();

    assert_eq!(ran(&wix, "Due soon", paid.id.0), [time("2026-03-28T22:00:00Z")]);
    assert_eq!(ran(&wix, "Thank you", paid.id.0), [time("2026-03-29T12:00:00Z")]);
    wix.expect_no_action("Overdue", paid.id.0);

    assert_eq!(ran(&wix, "Due soon", unpaid.id.0), [time("2026-03-28T22:00:00Z")]);
    assert_eq!(ran(&wix, "Overdue", unpaid.id.0), [time("2026-04-02T22:00:00Z")]);
    wix.expect_no_action("Thank you", unpaid.id.0);
    Ok(())
}

// Sessions, many in a call: Bulk Report and Bulk Cancel.

/// Triggered in relation to the start of a session of a course.
#[derive(Serialize, Trigger)]
#[trigger(key = "session_starting", scheduled_at = starts_at, entity_id = session_id)]
struct SessionStarting {
    /// The session that starts.
    session_id: Uuid,
    /// When the session starts.
    starts_at: Timestamp,
}

#[tokio::test]
async fn many_sessions_are_booked_in_one_call_and_canceled_in_another() -> Outcome {
    let wix = wix().await;
    wix.automation::<SessionStarting>("Remind").before(1.day());
    // One a week, from the 10th of March on.
    let session = |week: u8| SessionStarting {
        session_id: Uuid::from_u128(week.into()),
        starts_at: time("2026-03-10T18:00:00Z") + (7 * 24 * i64::from(week)).hours(),
    };
    let sessions: Vec<_> = (0..5).map(session).collect();
    let ids: Vec<_> = sessions.iter().map(|session| session.session_id).collect();
    let outcomes = SessionStarting::report_all(&wix.instance(), &sessions).await;
    assert_eq!(outcomes.failed().count(), 0);
    wix.expect_event::<SessionStarting>().times(5);

    // After the first one, the course is given up; the last session is somebody else's.
    wix.clock().set(time("2026-03-12T09:00:00Z"));
    let outcomes = SessionStarting::cancel_all(&wix.instance(), &ids[..4]).await;
    assert_eq!(outcomes.failed().count(), 0);

    wix.clock().run_out();
    assert_eq!(ran(&wix, "Remind", ids[0]), [time("2026-03-09T18:00:00Z")]);
    for canceled in &ids[1..4] {
        wix.expect_no_action("Remind", *canceled);
    }
    assert_eq!(ran(&wix, "Remind", ids[4]), [time("2026-04-06T18:00:00Z")]);
    Ok(())
}

// Tests run side by side, each with an emulator of its own.

#[tokio::test]
async fn emulators_of_one_process_do_not_disturb_each_other() -> Outcome {
    let (one, other) = (wix().await, wix().await);
    one.automation::<InvoiceDue>("Remind").before(2.days());
    other.automation::<InvoiceDue>("Remind").before(1.week());
    // The same site and the same invoice, in two worlds.
    let due = InvoiceDue::from(&invoice(1));
    let id = due.invoice_id.0;
    due.report(&one.instance()).await?;
    other.expect_nothing_pending(id);
    due.report(&other.instance()).await?;

    // Each has its own clock,
    one.clock().set(time("2026-03-25T00:00:00Z"));
    assert_eq!(other.clock().now(), time("2026-03-02T09:00:00Z"));
    other.expect_no_action("Remind", id);
    // its own automations,
    one.expect_no_action("Remind", id);
    other.clock().set(time("2026-03-25T00:00:00Z"));
    assert_eq!(ran(&other, "Remind", id), [time("2026-03-23T22:00:00Z")]);
    // and its own events,
    InvoiceDue::cancel(&other.instance(), invoices::InvoiceId(id)).await?;
    one.clock().run_out();
    assert_eq!(ran(&one, "Remind", id), [time("2026-03-28T22:00:00Z")]);
    // of which it forgets none with another.
    one.reset();
    other.expect_event::<InvoiceDue>().times(1);
    Ok(())
}
