//! Appointments: customers of a site schedule appointments with its staff members.
//!
//! The app keeps [`Appointment`]s and tells Wix Automations what happens to them:
//!
//! | what happens | events |
//! | --- | --- |
//! | an appointment is scheduled | [`AppointmentScheduled`] at once, [`AppointmentStarting`] at its start |
//! | an appointment is canceled | [`AppointmentCanceled`], which cancels the events of the other two |
//!
//! One customer has many appointments, so events are canceled by the appointment's id.
//!
//! It shows triggers made from a domain type by `From` and by a method, a struct that all
//! triggers share by `flatten`, newtypes of ids, enums, optional properties that are left out,
//! and money in Wix's own shape.
//!
//! ```
//! use appointments::{Appointment, AppointmentScheduled, Customer, Location, Service};
//! use appointments::{AppointmentId, ContactId};
//! use trigger_core::payload;
//! use uuid::Uuid;
//!
//! let appointment = Appointment {
//!     id: AppointmentId(Uuid::from_u128(1)),
//!     customer: Customer {
//!         contact_id: ContactId(Uuid::from_u128(2)),
//!         name: "Ada Lovelace".to_owned(),
//!         email: None,
//!         phone: None,
//!     },
//!     service: Service { name: "Haircut".to_owned(), minutes: 45, price: None },
//!     staff_member: "Grace Hopper".to_owned(),
//!     location: Location::Phone,
//!     starts_at: "2026-03-02T09:30:00Z".parse()?,
//!     customer_note: None,
//! };
//! let payload = payload::to_vec(&AppointmentScheduled::from(&appointment))?;
//! assert!(payload.starts_with(br#"{"appointmentId":"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod appointment;
mod triggers;

pub use appointment::{Appointment, AppointmentId, ContactId, Customer, Location, Price, Service};
pub use triggers::{
    AppointmentCanceled, AppointmentDetails, AppointmentScheduled, AppointmentStarting, CanceledBy,
    LocationType,
};
