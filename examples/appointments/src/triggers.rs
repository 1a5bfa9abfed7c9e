//! What the app reports: its triggers, and how they are made of an [`Appointment`].

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::{Property, Trigger};

use crate::appointment::{Appointment, AppointmentId, ContactId, Location, Price};

/// Triggered when a customer schedules an appointment.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(key = "appointment_scheduled", contact = contact_id, entity_id = appointment_id)]
pub struct AppointmentScheduled {
    /// The appointment that was scheduled.
    pub appointment_id: AppointmentId,
    /// The customer who scheduled the appointment.
    pub contact_id: ContactId,
    /// When the appointment starts.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// What all appointment triggers tell.
    #[serde(flatten)]
    pub details: AppointmentDetails,
    /// The price of the service; a free service has none.
    #[trigger(custom_type = "MONEY")]
    pub price: Option<Price>,
    /// What the customer wrote on the booking form.
    #[trigger(example = "I have a parking permit for zone B")]
    pub customer_note: Option<String>,
}

/// Triggered in relation to the start time of an appointment.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "appointment_starting",
    scheduled_at = starts_at,
    contact = contact_id,
    entity_id = appointment_id,
)]
pub struct AppointmentStarting {
    /// The appointment that starts.
    pub appointment_id: AppointmentId,
    /// The customer who scheduled the appointment.
    pub contact_id: ContactId,
    /// When the appointment starts.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// What all appointment triggers tell.
    #[serde(flatten)]
    pub details: AppointmentDetails,
}

/// Triggered when an appointment is canceled by the customer or by the business.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "appointment_canceled",
    contact = contact_id,
    entity_id = appointment_id,
    cancels(AppointmentScheduled, AppointmentStarting),
)]
pub struct AppointmentCanceled {
    /// The appointment that was canceled.
    pub appointment_id: AppointmentId,
    /// The customer who scheduled the appointment.
    pub contact_id: ContactId,
    /// When the appointment would have started.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// What all appointment triggers tell.
    #[serde(flatten)]
    pub details: AppointmentDetails,
    /// Who canceled the appointment.
    pub canceled_by: CanceledBy,
    /// The reason given for the cancellation.
    #[trigger(title = "Cancellation reason", example = "I caught a cold")]
    pub reason: Option<String>,
}

/// What all triggers of an appointment tell.
#[derive(Clone, Debug, Serialize, Property)]
#[serde(rename_all = "camelCase")]
pub struct AppointmentDetails {
    /// The customer's name as written on the booking form.
    #[trigger(example = "Ada Lovelace")]
    pub customer_name: String,
    /// The customer's email address.
    #[trigger(format = "email", example = "ada@example.com")]
    pub customer_email: Option<String>,
    /// The customer's phone number.
    #[trigger(example = "+353 1 555 0123")]
    pub customer_phone: Option<String>,
    /// The service that the appointment is for.
    #[trigger(example = "Haircut")]
    pub service_name: String,
    /// The staff member who provides the service.
    #[trigger(title = "Staff member name", example = "Grace Hopper")]
    pub staff_member: String,
    /// How the customer and the staff member meet.
    pub location_type: LocationType,
    /// The address of an appointment at the business.
    #[trigger(example = "12 Harbour Street, Galway")]
    pub address: Option<String>,
    /// The link to an online appointment.
    #[trigger(
        title = "Online meeting URL",
        format = "uri",
        example = "https://meet.example.com/k7f-2qd"
    )]
    pub meeting_url: Option<String>,
    /// How long the appointment takes.
    #[trigger(title = "Duration in minutes", example = 45)]
    pub duration_minutes: u32,
}

/// How the customer and the staff member meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LocationType {
    /// The customer comes to the business.
    Business,
    /// They meet online.
    Online,
    /// They talk on the phone.
    Phone,
}

/// Who canceled an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CanceledBy {
    /// The customer.
    Customer,
    /// The business.
    Business,
}

impl From<&Appointment> for AppointmentScheduled {
    fn from(appointment: &Appointment) -> Self {
        Self {
            appointment_id: appointment.id,
            contact_id: appointment.customer.contact_id,
            starts_at: appointment.starts_at,
            details: appointment.into(),
            price: appointment.service.price.clone(),
            customer_note: appointment.customer_note.clone(),
        }
    }
}

impl From<&Appointment> for AppointmentStarting {
    fn from(appointment: &Appointment) -> Self {
        Self {
            appointment_id: appointment.id,
            contact_id: appointment.customer.contact_id,
            starts_at: appointment.starts_at,
            details: appointment.into(),
        }
    }
}

impl From<&Appointment> for AppointmentDetails {
    fn from(appointment: &Appointment) -> Self {
        let Appointment { customer, service, staff_member, location, .. } = appointment;
        let (location_type, address, meeting_url) = match location {
            Location::Business(address) => (LocationType::Business, Some(address.clone()), None),
            Location::Online(url) => (LocationType::Online, None, Some(url.clone())),
            Location::Phone => (LocationType::Phone, None, None),
        };
        Self {
            customer_name: customer.name.clone(),
            customer_email: customer.email.clone(),
            customer_phone: customer.phone.clone(),
            service_name: service.name.clone(),
            staff_member: staff_member.clone(),
            location_type,
            address,
            meeting_url,
            duration_minutes: service.minutes,
        }
    }
}
