//! What the app reports: its triggers, and how they are made of an [`Invoice`].

use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::Serialize;
use trigger_core::{Property, Trigger};

use crate::invoice::{ContactId, Currency, Invoice, InvoiceId, LineItem, Status};

/// Triggered in relation to the due time of an invoice that has not been paid.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "invoice_due",
    scheduled_at = due_at,
    contact = contact_id,
    entity_id = invoice_id,
)]
pub struct InvoiceDue {
    /// The invoice that is due.
    pub invoice_id: InvoiceId,
    /// The customer who is billed.
    pub contact_id: ContactId,
    /// The number printed on the invoice.
    #[trigger(title = "Invoice number", example = "INV-0042")]
    pub number: String,
    /// The name of the customer.
    #[trigger(example = "Ada Lovelace")]
    pub customer_name: String,
    /// The address that the invoice was sent to.
    #[trigger(title = "Customer email", format = "email", example = "ada@example.com")]
    pub email: Option<String>,
    /// The date printed on the invoice.
    #[trigger(title = "Invoice date", example = "2026-03-02")]
    pub issued_on: Date,
    /// When the payment is due.
    #[trigger(title = "Due time", example = "2026-03-30T22:00:00Z")]
    pub due_at: Timestamp,
    /// Total with tax.
    #[serde(with = "rust_decimal::serde::str")]
    #[trigger(title = "Amount due", example = "147.55")]
    pub amount: Decimal,
    /// The currency of all amounts of the invoice.
    pub currency: Currency,
    /// Whether the customer has opened the invoice.
    #[trigger(title = "Invoice status")]
    pub status: Status,
    /// What the invoice bills.
    #[trigger(title = "Line items")]
    pub lines: Vec<LineItem>,
}

/// Triggered when an invoice is paid in full.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "invoice_paid",
    contact = contact_id,
    entity_id = invoice_id,
    cancels(InvoiceDue),
)]
pub struct InvoicePaid {
    /// The invoice that was paid.
    pub invoice_id: InvoiceId,
    /// The customer who was billed.
    pub contact_id: ContactId,
    /// The number printed on the invoice.
    #[trigger(title = "Invoice number", example = "INV-0042")]
    pub number: String,
    /// The name of the customer.
    #[trigger(example = "Ada Lovelace")]
    pub customer_name: String,
    /// The address that the invoice was sent to.
    #[trigger(title = "Customer email", format = "email", example = "ada@example.com")]
    pub email: Option<String>,
    /// When the payment arrived.
    #[trigger(title = "Payment time")]
    pub paid_at: Timestamp,
    /// Total with tax.
    #[serde(with = "rust_decimal::serde::str")]
    #[trigger(title = "Amount paid", example = "147.55")]
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
    /// How the customer paid.
    #[trigger(title = "Payment method")]
    pub method: PaymentMethod,
}

/// How a customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentMethod {
    /// By card, on the invoice's page.
    Card,
    /// By bank transfer.
    BankTransfer,
    /// In cash.
    Cash,
}

impl From<&Invoice> for InvoiceDue {
    fn from(invoice: &Invoice) -> Self {
        Self {
            invoice_id: invoice.id,
            contact_id: invoice.contact_id,
            number: invoice.number.clone(),
            customer_name: invoice.customer_name.clone(),
            email: invoice.email.clone(),
            issued_on: invoice.issued_on,
            due_at: invoice.due_at,
            amount: invoice.total(),
            currency: invoice.currency,
            status: invoice.status,
            lines: invoice.lines.clone(),
        }
    }
}
