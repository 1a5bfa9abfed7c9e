//! The payloads of a hairdresser's appointments.

use appointments::{
    Appointment, AppointmentCanceled, AppointmentId, AppointmentScheduled, AppointmentStarting,
    CanceledBy, ContactId, Customer, Location, Price, Service,
};
use serde_json::{Value, json};
use trigger_core::Trigger;
use trigger_core::payload::{self, PayloadProblem};
use trigger_core::schema::{Format, TriggerSpec};
use uuid::{Uuid, uuid};

const APPOINTMENT: Uuid = uuid!("6a6f1b2e-6a57-4c0c-9a1e-0c7d3f6f2a11");
const CONTACT: Uuid = uuid!("0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e");

fn haircut() -> Appointment {
    Appointment {
        id: AppointmentId(APPOINTMENT),
        customer: Customer {
            contact_id: ContactId(CONTACT),
            name: "Siobhán O'Neill".to_owned(),
            email: Some("siobhan.oneill@example.com".to_owned()),
            phone: Some("+353 86 555 0123".to_owned()),
        },
        service: Service {
            name: "Cut & blow-dry".to_owned(),
            minutes: 60,
            price: Some(Price::from_cents(62_05, "EUR")),
        },
        staff_member: "Maeve Byrne".to_owned(),
        location: Location::Business("12 Harbour Street, Galway".to_owned()),
        starts_at: "2026-03-02T09:30:00+00:00".parse().expect("a timestamp"),
        customer_note: Some("Shoulder length, please.\nI am a bit early.".to_owned()),
    }
}

/// A free video consultation of a customer who gave nothing but a name.
fn consultation(url: &str) -> Appointment {
    let mut appointment = haircut();
    appointment.customer.email = None;
    appointment.customer.phone = None;
    appointment.service =
        Service { name: "Colour consultation".to_owned(), minutes: 20, price: None };
    appointment.location = Location::Online(url.to_owned());
    appointment.customer_note = None;
    appointment
}

fn payload<T: Trigger>(event: &T) -> Value {
    let bytes = payload::to_vec(event).expect("fits the schema");
    serde_json::from_slice(&bytes).expect("is JSON")
}

#[test]
fn a_scheduled_appointment_tells_everything_known() {
    let event = AppointmentScheduled::from(&haircut());
    let expected = json!({
        "appointmentId": "6a6f1b2e-6a57-4c0c-9a1e-0c7d3f6f2a11",
        "contactId": "0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e",
        "startsAt": "2026-03-02T09:30:00Z",
        "customerName": "Siobhán O'Neill",
        "customerEmail": "siobhan.oneill@example.com",
        "customerPhone": "+353 86 555 0123",
        "serviceName": "Cut & blow-dry",
        "staffMember": "Maeve Byrne",
        "locationType": "BUSINESS",
        "address": "12 Harbour Street, Galway",
        "durationMinutes": 60,
        "price": {"value": "62.05", "currency": "EUR"},
        "customerNote": "Shoulder length, please.\nI am a bit early.",
    });
    assert_eq!(payload(&event), expected);
    assert_eq!(event.entity_id(), APPOINTMENT);
}

#[test]
fn what_an_appointment_does_not_have_is_left_out() {
    let event = AppointmentScheduled::from(&consultation("https://meet.example.com/k7f-2qd"));
    let expected = json!({
        "appointmentId": "6a6f1b2e-6a57-4c0c-9a1e-0c7d3f6f2a11",
        "contactId": "0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e",
        "startsAt": "2026-03-02T09:30:00Z",
        "customerName": "Siobhán O'Neill",
        "serviceName": "Colour consultation",
        "staffMember": "Maeve Byrne",
        "locationType": "ONLINE",
        "meetingUrl": "https://meet.example.com/k7f-2qd",
        "durationMinutes": 20,
    });
    assert_eq!(payload(&event), expected);
}

#[test]
fn a_starting_appointment_is_scheduled_at_its_start() {
    let mut appointment = consultation("");
    appointment.location = Location::Phone;
    let event = AppointmentStarting::from(&appointment);
    // The bytes themselves: properties stand in the order of the fields.
    let expected = concat!(
        r#"{"appointmentId":"6a6f1b2e-6a57-4c0c-9a1e-0c7d3f6f2a11","#,
        r#""contactId":"0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e","#,
        r#""startsAt":"2026-03-02T09:30:00Z","customerName":"Siobhán O'Neill","#,
        r#""serviceName":"Colour consultation","staffMember":"Maeve Byrne","#,
        r#""locationType":"PHONE","durationMinutes":20}"#,
    );
    let bytes = payload::to_vec(&event).expect("fits the schema");
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
    assert_eq!(AppointmentStarting::SPEC.scheduled_at(), Some("startsAt"));
    assert_eq!(event.entity_id(), APPOINTMENT);
}

#[test]
fn a_cancellation_ends_the_events_of_its_appointment() {
    let event = haircut().canceled(CanceledBy::Customer, Some("Train strike".to_owned()));
    let expected = json!({
        "appointmentId": "6a6f1b2e-6a57-4c0c-9a1e-0c7d3f6f2a11",
        "contactId": "0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e",
        "startsAt": "2026-03-02T09:30:00Z",
        "customerName": "Siobhán O'Neill",
        "customerEmail": "siobhan.oneill@example.com",
        "customerPhone": "+353 86 555 0123",
        "serviceName": "Cut & blow-dry",
        "staffMember": "Maeve Byrne",
        "locationType": "BUSINESS",
        "address": "12 Harbour Street, Galway",
        "durationMinutes": 60,
        "canceledBy": "CUSTOMER",
        "reason": "Train strike",
    });
    assert_eq!(payload(&event), expected);
    assert_eq!(event.entity_id(), APPOINTMENT);
    let canceled: Vec<_> = AppointmentCanceled::SPEC.cancels().map(TriggerSpec::key).collect();
    assert_eq!(canceled, ["appointment_scheduled", "appointment_starting"]);
}

/// Staff members paste links as chat programs show them.
#[test]
fn a_meeting_link_without_its_scheme_is_refused() {
    let event = AppointmentScheduled::from(&consultation("meet.example.com/k7f-2qd"));
    let error = payload::to_vec(&event).expect_err("is no URI");
    assert_eq!(error.property(), "meetingUrl");
    assert!(matches!(error.problem(), PayloadProblem::Format { format: Format::Uri }));
}
