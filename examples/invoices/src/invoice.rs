//! What the app keeps.

use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::Serialize;
use trigger_core::Property;
use uuid::Uuid;

use crate::triggers::{InvoicePaid, PaymentMethod};

/// The id of an invoice, by which its events are canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct InvoiceId(pub Uuid);

/// The id of a contact of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct ContactId(pub Uuid);

/// An invoice that was sent to a contact.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// The number that is printed on it.
    pub number: String,
    /// The site's contact for the customer.
    pub contact_id: ContactId,
    /// Whom it is made out to.
    pub customer_name: String,
    /// Where it was sent, unless by post.
    pub email: Option<String>,
    /// The date that is printed on it.
    pub issued_on: Date,
    /// Until when it is to be paid.
    pub due_at: Timestamp,
    /// What its amounts are in.
    pub currency: Currency,
    /// What has become of it.
    pub status: Status,
    /// What it bills.
    pub lines: Vec<LineItem>,
}

/// What has become of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// The customer got it.
    Sent,
    /// The customer opened it.
    Viewed,
    /// All of it has been paid.
    Paid,
}

/// What the business bills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// The euro.
    Eur,
    /// The pound sterling.
    Gbp,
    /// The dollar of the United States.
    Usd,
}

/// A line of an invoice.
#[derive(Clone, Debug, Serialize, Property)]
#[serde(rename_all = "camelCase")]
pub struct LineItem {
    /// What is billed.
    #[trigger(example = "Piano lesson")]
    pub description: String,
    /// How many of it.
    #[trigger(example = 4)]
    pub quantity: u64,
    /// The price of one, without tax.
    #[serde(with = "rust_decimal::serde::str")]
    #[trigger(example = "32.50")]
    pub unit_price: Decimal,
    /// The tax on the line, in percent; a line without one is exempt.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[trigger(title = "Tax rate in percent", example = "13.5")]
    pub tax_percent: Option<Decimal>,
}

impl LineItem {
    /// What the line costs with tax.
    #[must_use]
    pub fn total(&self) -> Decimal {
        let percent = Decimal::ONE_HUNDRED + self.tax_percent.unwrap_or_default();
        Decimal::from(self.quantity) * self.unit_price * percent / Decimal::ONE_HUNDRED
    }
}

impl Invoice {
    /// What is to be paid, with tax, in whole cents.
    #[must_use]
    pub fn total(&self) -> Decimal {
        let mut total = self.lines.iter().map(LineItem::total).sum::<Decimal>().round_dp(2);
        // `60.00` and not `60`: site owners put it into emails.
        total.rescale(2);
        total
    }

    /// Marks the invoice as paid.
    pub fn pay(&mut self, at: Timestamp, method: PaymentMethod) -> InvoicePaid {
        self.status = Status::Paid;
        InvoicePaid {
            invoice_id: self.id,
            contact_id: self.contact_id,
            number: self.number.clone(),
            customer_name: self.customer_name.clone(),
            email: self.email.clone(),
            paid_at: at,
            amount: self.total(),
            currency: self.currency,
            method,
        }
    }
}
