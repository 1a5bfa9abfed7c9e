//! The payloads of a pottery studio's classes.

use classes::{
    Class, ClassCanceled, ClassId, ClassStarting, ContactId, Enrollment, EnrollmentId, Level,
    MemberId, Participant, ParticipantEnrolledInClass, ParticipantLeftClass,
};
use serde_json::{Value, json};
use trigger_core::Trigger;
use trigger_core::payload::{self, PayloadProblem};
use trigger_core::schema::{Format, TriggerSpec};
use uuid::{Uuid, uuid};

const ADAS_ENROLLMENT: Uuid = uuid!("8f14e45f-ceea-467f-9f0e-3b2b1d7c5a01");
const ALANS_ENROLLMENT: Uuid = uuid!("c9f0f895-fb98-4b91-8d5e-6f0a2c4e8b02");

fn pottery() -> Class {
    Class {
        id: ClassId(uuid!("45c48cce-2e2d-4fbd-8a1c-9d3f5b7e1c03")),
        name: "Throwing \"big\" pots".to_owned(),
        instructor: "Magdalene Odundo".to_owned(),
        level: Level::AllLevels,
        room: Some("Studio 2".to_owned()),
        starts_at: "2026-03-02T18:00:00+01:00".parse().expect("a timestamp"),
        seats: 8,
        seats_taken: 5,
    }
}

/// A member of the site, about whom everything is known.
fn ada(class: &Class) -> Enrollment<'_> {
    Enrollment {
        id: EnrollmentId(ADAS_ENROLLMENT),
        class,
        participant: Participant {
            contact_id: ContactId(uuid!("0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e")),
            member_id: Some(MemberId(uuid!("7d793037-a076-4c3a-b6d4-2e8f0a1c3d04"))),
            name: "Ada Lovelace".to_owned(),
            email: Some("ada@example.com".to_owned()),
        },
    }
}

/// Somebody who called the studio.
fn alan(class: &Class) -> Enrollment<'_> {
    Enrollment {
        id: EnrollmentId(ALANS_ENROLLMENT),
        class,
        participant: Participant {
            contact_id: ContactId(uuid!("3c59dc04-8e88-4502-9d7f-5a1b3c7e9f05")),
            member_id: None,
            name: "Alan".to_owned(),
            email: None,
        },
    }
}

fn payload<T: Trigger>(event: &T) -> Value {
    let bytes = payload::to_vec(event).expect("fits the schema");
    serde_json::from_slice(&bytes).expect("is JSON")
}

fn cancels<T: Trigger>() -> Vec<&'static str> {
    T::SPEC.cancels().map(TriggerSpec::key).collect()
}

#[test]
fn an_enrollment_tells_of_the_participant_and_the_class() {
    let class = pottery();
    let enrollment = ada(&class);
    let event = ParticipantEnrolledInClass::from(&enrollment);
    // The bytes themselves: properties stand in the order of the fields, those of the flattened
    // structs in their places, and the enrollment's id is not among them.
    let expected = concat!(
        r#"{"contactId":"0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e","#,
        r#""memberId":"7d793037-a076-4c3a-b6d4-2e8f0a1c3d04","#,
        r#""participantName":"Ada Lovelace","participantEmail":"ada@example.com","#,
        r#""startsAt":"2026-03-02T17:00:00Z","#,
        r#""classId":"45c48cce-2e2d-4fbd-8a1c-9d3f5b7e1c03","#,
        r#""className":"Throwing \"big\" pots","instructor":"Magdalene Odundo","#,
        r#""level":"ALL_LEVELS","room":"Studio 2","seatsLeft":3,"occupancy":0.625}"#,
    );
    let bytes = payload::to_vec(&event).expect("fits the schema");
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
    assert_eq!(event.entity_id(), ADAS_ENROLLMENT);
}

#[test]
fn what_is_not_known_of_a_participant_or_class_is_left_out() {
    let class = Class { room: None, ..pottery() };
    let enrollment = alan(&class);
    let event = ClassStarting::from(&enrollment);
    let expected = json!({
        "contactId": "3c59dc04-8e88-4502-9d7f-5a1b3c7e9f05",
        "participantName": "Alan",
        "startsAt": "2026-03-02T17:00:00Z",
        "classId": "45c48cce-2e2d-4fbd-8a1c-9d3f5b7e1c03",
        "className": "Throwing \"big\" pots",
        "instructor": "Magdalene Odundo",
        "level": "ALL_LEVELS",
    });
    assert_eq!(payload(&event), expected);
    assert_eq!(ClassStarting::SPEC.scheduled_at(), Some("startsAt"));
    assert_eq!(event.entity_id(), ALANS_ENROLLMENT);
}

#[test]
fn leaving_ends_the_events_of_the_enrollment_alone() {
    let class = pottery();
    let enrollment = ada(&class);
    let event = enrollment.left(Some("I moved to Cork"));
    let expected = json!({
        "contactId": "0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e",
        "memberId": "7d793037-a076-4c3a-b6d4-2e8f0a1c3d04",
        "participantName": "Ada Lovelace",
        "participantEmail": "ada@example.com",
        "startsAt": "2026-03-02T17:00:00Z",
        "classId": "45c48cce-2e2d-4fbd-8a1c-9d3f5b7e1c03",
        "className": "Throwing \"big\" pots",
        "instructor": "Magdalene Odundo",
        "level": "ALL_LEVELS",
        "room": "Studio 2",
        "reason": "I moved to Cork",
    });
    assert_eq!(payload(&event), expected);
    assert_eq!(event.entity_id(), ADAS_ENROLLMENT);
    assert_eq!(
        cancels::<ParticipantLeftClass<'_>>(),
        ["participant_enrolled_in_class", "class_starting"]
    );
}

#[test]
fn canceling_a_class_ends_the_events_of_each_enrollment() {
    let class = pottery();
    let other = Class { id: ClassId(Uuid::from_u128(1)), ..pottery() };
    let elsewhere =
        Enrollment { id: EnrollmentId(Uuid::from_u128(2)), class: &other, ..ada(&class) };
    let enrollments = [ada(&class), elsewhere, alan(&class)];
    let events: Vec<_> = class.canceled(&enrollments, Some("The kiln is broken")).collect();
    let expected = json!({
        "contactId": "3c59dc04-8e88-4502-9d7f-5a1b3c7e9f05",
        "participantName": "Alan",
        "startsAt": "2026-03-02T17:00:00Z",
        "classId": "45c48cce-2e2d-4fbd-8a1c-9d3f5b7e1c03",
        "className": "Throwing \"big\" pots",
        "instructor": "Magdalene Odundo",
        "level": "ALL_LEVELS",
        "room": "Studio 2",
        "reason": "The kiln is broken",
    });
    assert_eq!(payload(&events[1]), expected);
    let entities: Vec<_> = events.iter().map(Trigger::entity_id).collect();
    assert_eq!(entities, [ADAS_ENROLLMENT, ALANS_ENROLLMENT]);
    assert_eq!(cancels::<ClassCanceled<'_>>(), ["participant_enrolled_in_class", "class_starting"]);
}

/// A class whose seats nobody entered: 0 of 0 are taken.
#[test]
fn an_occupancy_that_is_no_number_is_refused() {
    let class = Class { seats: 0, seats_taken: 0, ..pottery() };
    let enrollment = ada(&class);
    let error = payload::to_vec(&ParticipantEnrolledInClass::from(&enrollment))
        .expect_err("JSON has no NaN");
    assert_eq!(error.property(), "occupancy");
    assert!(matches!(error.problem(), PayloadProblem::NotFinite));
}

#[test]
fn an_email_that_is_none_is_refused() {
    let class = pottery();
    let mut enrollment = alan(&class);
    enrollment.participant.email = Some("none".to_owned());
    let error = payload::to_vec(&ClassStarting::from(&enrollment)).expect_err("is no address");
    assert_eq!(error.property(), "participantEmail");
    assert!(matches!(error.problem(), PayloadProblem::Format { format: Format::Email }));
}
