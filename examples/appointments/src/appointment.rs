//! What the app keeps.

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::Property;
use uuid::Uuid;

use crate::triggers::{AppointmentCanceled, AppointmentDetails, CanceledBy};

/// The id of an appointment, by which its events are canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct AppointmentId(pub Uuid);

/// The id of a contact of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct ContactId(pub Uuid);

/// An appointment of a customer with a staff member.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// Its id.
    pub id: AppointmentId,
    /// Who comes.
    pub customer: Customer,
    /// What for.
    pub service: Service,
    /// Who is there for the customer.
    pub staff_member: String,
    /// Where they meet.
    pub location: Location,
    /// When it starts.
    pub starts_at: Timestamp,
    /// What the customer wrote on the booking form.
    pub customer_note: Option<String>,
}

/// Who scheduled an appointment.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The site's contact for the customer.
    pub contact_id: ContactId,
    /// The name as the customer wrote it.
    pub name: String,
    /// The email address, where the customer gave one.
    pub email: Option<String>,
    /// The phone number, where the customer gave one.
    pub phone: Option<String>,
}

/// What an appointment is for.
#[derive(Clone, Debug)]
pub struct Service {
    /// The name on the site.
    pub name: String,
    /// How long an appointment takes.
    pub minutes: u32,
    /// The price; a service without one is free.
    pub price: Option<Price>,
}

/// Where an appointment takes place.
#[derive(Clone, Debug)]
pub enum Location {
    /// At the business, at this address.
    Business(String),
    /// In an online meeting at this URL.
    Online(String),
    /// By phone.
    Phone,
}

/// A price, in the shape that Wix knows as money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Property)]
pub struct Price {
    #[trigger(title = "Amount", format = "number", example = "45.00")]
    value: String,
    #[trigger(example = "EUR")]
    currency: String,
}

impl Price {
    /// A price in a currency's hundredths, such as cents, and the currency's ISO 4217 code.
    #[must_use]
    pub fn from_cents(cents: u32, currency: &str) -> Self {
        Self { value: format!("{}.{:02}", cents / 100, cents % 100), currency: currency.to_owned() }
    }
}

impl Appointment {
    /// The event of its cancellation.
    #[must_use]
    pub fn canceled(&self, by: CanceledBy, reason: Option<String>) -> AppointmentCanceled {
        AppointmentCanceled {
            appointment_id: self.id,
            contact_id: self.customer.contact_id,
            starts_at: self.starts_at,
            details: AppointmentDetails::from(self),
            canceled_by: by,
            reason,
        }
    }
}
