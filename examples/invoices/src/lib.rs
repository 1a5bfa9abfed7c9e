//! Invoices: a business bills its contacts, with line items.
//!
//! The app keeps [`Invoice`]s and tells Wix Automations what happens to them:
//!
//! | what happens | events |
//! | --- | --- |
//! | an invoice is sent | [`InvoiceDue`] at its due time |
//! | an invoice is paid | [`InvoicePaid`] at once, which cancels the `InvoiceDue` of the same invoice |
//!
//! One contact has many invoices, so events are canceled by the invoice's id. Without the
//! cancellation, the site would send reminders of what has been paid.
//!
//! It shows money as [`Decimal`](rust_decimal::Decimal) that travels as a numeric string, line
//! items as an array of objects, calendar dates, enums and optional properties.
//!
//! ```
//! use invoices::{ContactId, Currency, Invoice, InvoiceDue, InvoiceId, LineItem, Status};
//! use rust_decimal::Decimal;
//! use trigger_core::payload;
//! use uuid::Uuid;
//!
//! let invoice = Invoice {
//!     id: InvoiceId(Uuid::from_u128(1)),
//!     number: "INV-0042".to_owned(),
//!     contact_id: ContactId(Uuid::from_u128(2)),
//!     customer_name: "Ada Lovelace".to_owned(),
//!     email: None,
//!     issued_on: "2026-03-02".parse()?,
//!     due_at: "2026-03-30T22:00:00Z".parse()?,
//!     currency: Currency::Eur,
//!     status: Status::Sent,
//!     lines: vec![LineItem {
//!         description: "Piano lesson".to_owned(),
//!         quantity: 2,
//!         unit_price: Decimal::new(30_00, 2),
//!         tax_percent: None,
//!     }],
//! };
//! assert_eq!(invoice.total(), Decimal::new(60_00, 2));
//! assert!(!payload::to_vec(&InvoiceDue::from(&invoice))?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod invoice;
mod triggers;

pub use invoice::{ContactId, Currency, Invoice, InvoiceId, LineItem, Status};
pub use triggers::{InvoiceDue, InvoicePaid, PaymentMethod};
